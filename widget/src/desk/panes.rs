//! List and thread side by side; on a narrow screen one after the other.
//!
//! The law: the list stays as it is while threads come and go beside it.

use super::state::DeskState;
use crate::account::{SessionList, SignIn, password_form};
use crate::frame::draw::{Drawn, draw};
use crate::i18n::{UserText, say};
use crate::reactive::{Callback, untrack};
use crate::shell::app::App;
use crate::shell::choice::{Place, Showing};
use crate::shell::screens::{foot, home, on_close, thread};
use crate::shell::{Drawing, Header, banner_view, empty_state, header_title, screen, screen_body};

/// The screens that only a desk has.
pub fn show(app: App, desk: DeskState, showing: Showing) -> Drawn {
    match showing {
        Showing::SignIn => sign_in(app, desk),
        Showing::Panes => panes(app, desk),
        _ => account(app, desk, app.place.get_untracked()),
    }
}

fn sign_in(app: App, desk: DeskState) -> Drawn {
    let sign_in = SignIn {
        site: app.site.into(),
        form: desk.account.sign_in,
        on_sign_in: Callback::new(move |()| {
            desk.account.sign_in(move |session| {
                desk.account.sign_in.wipe();
                app.identity.signed_in(session);
            })
        }),
    };
    screen([
        banner_view(app.realtime.banner.into()),
        sign_in.draw(),
        foot(app),
    ])
}

fn panes(app: App, desk: DeskState) -> Drawn {
    let list = draw("section")
        .class("panes-list")
        .set("aria-label", say(UserText::Conversations));
    let list = list.child(home(app));
    let beside = draw("section").class("panes-beside").show(move || {
        let place = app.place.get();
        app.thread.opened.track();
        untrack(|| Some(beside(app, desk, place)))
    });
    draw("div").class("panes").child(list).child(beside)
}

fn beside(app: App, desk: DeskState, place: Place) -> Drawn {
    match place {
        Place::Thread => thread(app),
        Place::Home => screen([
            Header::default().draw([]),
            empty_state(Drawing::PORCH, say(UserText::ChooseConversation), None),
        ]),
        Place::Code => app
            .several
            .map_or_else(|| thread(app), |several| several.code(app)),
        place => account(app, desk, place),
    }
}

/// The pages about the own account.
fn account(app: App, desk: DeskState, place: Place) -> Drawn {
    let (title, body) = if place == Place::Password {
        let on_change = Callback::new(move |()| desk.account.change_password());
        let form = password_form(desk.account.password, on_change);
        (UserText::ChangePassword, form)
    } else {
        let list = SessionList {
            sessions: desk.account.sessions.into(),
            on_end: Callback::new(move |name| desk.account.end_session(name)),
            on_again: Callback::new(move |()| desk.account.fetch_sessions()),
        };
        (UserText::Sessions, list.draw())
    };
    let header = Header {
        on_back: Some(Callback::new(move |()| app.go_home())),
        on_close: on_close(app),
        ..Header::default()
    };
    screen([
        header.draw([header_title(say(title).into(), [])]),
        banner_view(app.realtime.banner.into()),
        screen_body(body),
    ])
}
