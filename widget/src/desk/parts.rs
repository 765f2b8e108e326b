//! What the program of users and staff hands in.
//!
//! The law: the page's address names at most one conversation, behind the `#`, which no server ever sees.

use super::alerts::alert;
use super::menu::menu;
use super::panes::show;
use super::state::DeskState;
use crate::conversation::api::get_conversation;
use crate::conversation::drafts::Destination;
use crate::frame::{page, spawn_local};
use crate::i18n::digits;
use crate::reactive::Effect;
use crate::shell::app::App;
use crate::shell::desk::DeskParts;
use shared::conversation::Side;
use shared::identity::Role;
use shared::ids::ConversationId;

/// The desk.
pub const DESK: DeskParts = DeskParts {
    make: DeskState::new,
    start,
    show,
    menu,
    alert,
    asked_for,
    open,
    went,
};

/// What stands before the id in the page's address.
const ASKED: &str = "conversation=";

fn start(app: App, desk: DeskState) {
    desk.start();
    page::on_fragment(move || {
        if let Some(id) = asked_for().filter(|id| app.thread.conversation_id().as_ref() != Some(id))
        {
            app.open_anything(id);
        }
    });
    Effect::new(move |_: Option<()>| page::set_title(&title(app)));
    // Whose session ends without them hears why they are asked again.
    Effect::new(move |before: Option<Option<Role>>| {
        let now = app
            .identity
            .session
            .with(|session| session.as_ref().map(|session| session.role));
        if now == Some(Role::Visitor) && before.flatten().is_some_and(|role| role > Role::Guest) {
            desk.account.sign_in.was_ended.set(true);
        }
        if now.is_none() {
            desk.account.wipe();
        }
        now
    });
}

/// "(3) Lantern & Loom": seen in the row of tabs.
fn title(app: App) -> String {
    let name = app.site.with(|site| site.site_name.clone());
    match app.unread() {
        0 => name,
        unread => ["(", &digits(unread.into()), ") ", &name].concat(),
    }
}

fn asked_for() -> Option<ConversationId> {
    let fragment = page::fragment();
    ConversationId::parse(fragment.strip_prefix(ASKED)?)
}

fn went(id: Option<&ConversationId>) {
    page::set_fragment(&id.map_or_else(String::new, |id| [ASKED, id.as_str()].concat()));
}

/// Which side one is on decides how a thread is shown; what the lists do not know is asked for.
fn open(app: App, id: ConversationId) {
    let Some(several) = app.several else { return };
    if several.known(&id, Side::Staff).is_some() {
        return app.open_support(id);
    }
    if several.known(&id, Side::Customer).is_some() {
        return app.open_own(Destination::In(id));
    }
    spawn_local(async move {
        let is_support = get_conversation(&id).await.is_ok_and(|head| {
            head.customer
                .is_some_and(|customer| Some(customer.face.person_id) != app.person_id())
        });
        if is_support {
            app.open_support(id);
        } else {
            // Also what is not there: the thread says so.
            app.open_own(Destination::In(id));
        }
    });
}
