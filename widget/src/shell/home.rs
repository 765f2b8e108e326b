//! Where users and staff begin: their lists, one tab each.
//!
//! The law: not in what a guest downloads (D10): only `lists.rs` leads here. Tabs come and go while somebody looks, as what
//! they may do changes.

use super::app::App;
use super::chats::chats_body;
use super::conversion::question;
use super::lists::Lists;
use super::screens::{foot, lists_header};
use super::{Tab, Tabs, banner_view, note, screen, tab_panel};
use crate::conversation::drafts::Destination;
use crate::frame::draw::{Drawn, draw};
use crate::group::home::GroupsHome;
use crate::i18n::{UserText, say};
use crate::inbox::home::support_body;
use crate::reactive::{Callback, Memo};
use shared::group::PeerRow;
use shared::identity::Role;
use shared::settings::GuestDoor;

/// The lists, as this person has them just now.
pub fn home(app: App, lists: Lists) -> Drawn {
    let all = Memo::new(move |_| {
        let has_groups = lists.groups.groups.with(|groups| !groups.is_empty());
        Tab::all_of(app.role(), has_groups)
    });
    let selected = Memo::new(move |_| all.with(|all| app.tab.get().shown(all)));
    let unread_chats = Memo::new(move |_| lists.chats.unread_messages());
    let tabs = Tabs {
        all: all.into(),
        selected: selected.into(),
        on_select: Callback::new(move |tab| app.tab.set(tab)),
        unread: lists.inbox.unread.into(),
        unread_chats: unread_chats.into(),
    };
    let panel = tab_panel(selected.into()).show(move || match selected.get() {
        Tab::CustomerSupport => support_body(app, lists),
        // Made anew with the tab, so that what is read in it is the tab's.
        Tab::Chats => vec![draw("div").class("tab-list").show(chats_body(app, lists))],
        Tab::Groups => vec![groups_body(app, lists)],
    });
    let is_staff = Memo::new(move |_| app.role().is_staff());
    screen([
        lists_header(app),
        banner_view(app.realtime.banner.into()),
        nobody_for_guests(app),
        question(app, lists),
        tabs.draw(),
        panel,
    ])
    .show(move || (!is_staff.get()).then(|| foot(app)))
}

/// Guests find the door shut because nobody is behind it: only whoever can mend that is told.
fn nobody_for_guests(app: App) -> Drawn {
    let is_due = Memo::new(move |_| {
        let is_nobody = app.site.with(|site| site.door == GuestDoor::NobodyHere);
        is_nobody && app.role() == Role::Admin
    });
    let told = || {
        let link = draw("a")
            .set("href", "/admin")
            .text(say(UserText::OpenAdmin));
        let link = link.set("target", "_blank").set("rel", "noopener");
        note(say(UserText::NobodyForGuests)).text(" ").child(link)
    };
    let line = draw("div").class("screen-note").set("role", "status");
    line.show(move || is_due.get().then(told))
}

fn groups_body(app: App, lists: Lists) -> Drawn {
    let on_choose = Callback::new(move |row: PeerRow| {
        let person_id = row.peer.face.person_id.clone();
        // The row was fetched before what was written since.
        let known = lists
            .chats
            .listing
            .with_untracked(|listing| listing.with_peer(&person_id).cloned());
        let place = match known.or(row.conversation_id) {
            Some(id) => Destination::In(id),
            None => Destination::With(person_id),
        };
        lists.groups.chosen.set(Some(row.peer));
        app.open_direct(place);
    });
    let home = GroupsHome {
        groups: lists.groups,
        on_choose,
    };
    home.draw()
}
