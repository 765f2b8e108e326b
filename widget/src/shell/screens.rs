//! The screens: states from below, put into views from beside.
//!
//! The law: a screen holds no state of its own; what it shows is the shell's, so that a wiped state is a wiped screen.

use super::app::App;
use super::choice::Showing;
use super::{
    Action, Drawing, Header, banner_view, empty_state, footer, header_title, screen, screen_body,
    waiting,
};
use crate::conversation::drafts::Destination;
use crate::conversation::state::Loaded;
use crate::conversation::{BubbleActions, Composer, MessageList, support_header, typing_line};
use crate::frame::bridge::ToLoader;
use crate::frame::draw::{Drawn, draw};
use crate::guest::Door;
use crate::i18n::{Text, say};
use crate::reactive::{Callback, untrack};
use crate::reactive::{Memo, Signal};
use crate::realtime::Banner;
use crate::settings::state::privacy_address;
use crate::theme::themed;
use crate::ui::MenuItem;
use shared::identity::Role;

/// Everything visible.
pub fn root(app: App) -> Drawn {
    let accent = Signal::derive(move || app.site.with(|site| site.accent.clone()));
    // What somebody may do decides which lists there are.
    let has_groups = Memo::new(move |_| app.site.with(|site| site.user_groups.is_on()));
    draw("div").show(move || {
        let showing = app.showing.get();
        if showing == Showing::Lists {
            app.role_now.track();
            has_groups.track();
        }
        // A thread that is opened after another one is another screen.
        if showing == Showing::Thread {
            app.thread.opened.track();
        }
        // The language is known from the first screen with words of the site on: the whole is made anew with it.
        untrack(|| Some(themed(accent).child(shown(app, showing))))
    })
}

fn shown(app: App, showing: Showing) -> Drawn {
    match showing {
        Showing::Starting => around(app, waiting(say(Text::Opening))),
        Showing::Unreachable => around(
            app,
            unreachable(Callback::new(move |()| app.identity.retry())),
        ),
        Showing::Stale => around(
            app,
            empty_state(Drawing::Porch, say(Text::ReloadToContinue), None),
        ),
        Showing::OwnWindow => {
            let action = Some(Action::Follow {
                label: say(Text::OpenOwnWindow),
                href: "/chat".into(),
            });
            around(
                app,
                empty_state(Drawing::Window, say(Text::OwnWindowNeeded), action),
            )
        }
        Showing::Door => door(app),
        Showing::Thread => thread(app),
        // Only a program with lists shows them; the other one has opened a thread.
        Showing::Lists => app
            .several
            .map_or_else(|| thread(app), |several| several.home(app)),
    }
}

/// Closes the card; a window of our own has none.
pub fn on_close(app: App) -> Option<Callback<()>> {
    app.host
        .is_there()
        .then(|| Callback::new(move |()| app.host.say(ToLoader::Close)))
}

/// The header of a screen that is about no one conversation.
pub fn team_header(app: App) -> Drawn {
    let title = Signal::derive(move || app.site.with(|site| site.support_name.clone()));
    Header {
        on_close: on_close(app),
        ..Header::default()
    }
    .draw([header_title(title, [])])
}

/// The header of the lists.
pub fn lists_header(app: App) -> Drawn {
    let title = Signal::derive(move || app.site.with(|site| site.support_name.clone()));
    Header {
        on_close: on_close(app),
        menu: app.sound_item().into_iter().collect(),
        ..Header::default()
    }
    .draw([header_title(title, [])])
}

/// A screen with nothing but one thing in it.
fn around(app: App, middle: Drawn) -> Drawn {
    screen([team_header(app), screen_body(middle)])
}

pub(crate) fn unreachable(on_press: Callback<()>) -> Drawn {
    let action = Some(Action::Press {
        label: say(Text::TryAgain),
        on_press,
    });
    empty_state(Drawing::Line, say(Text::CouldNotLoad), action)
}

fn door(app: App) -> Drawn {
    let door = Door {
        site: app.site.into(),
        form: app.door.form,
        refused: app.door.refused.into(),
        is_starting: app.door.is_starting.into(),
        on_start: Callback::new(move |()| {
            app.door
                .start(move |name, email| app.open_first(name, email))
        }),
        on_close: on_close(app),
        privacy: privacy_address(app.site.into()),
    };
    // A door without a socket is a door all the same.
    let banner = Signal::derive(move || match app.realtime.banner.get() {
        Banner::Reconnecting => Banner::Quiet,
        banner => banner,
    });
    screen([banner_view(banner), door.draw()])
}

fn thread(app: App) -> Drawn {
    let again = Callback::new(move |()| app.thread.catch_up());
    let body = draw("div")
        .class("screen-thread")
        .show(move || match app.thread.loaded.get() {
            Loaded::Ready => thread_body(app),
            Loaded::Loading => vec![waiting(say(Text::Opening))],
            Loaded::Unreachable => vec![unreachable(again)],
            Loaded::Gone => vec![empty_state(Drawing::Line, say(Text::ProblemNotFound), None)],
        });
    // The first message makes a visitor a guest, while the thread stays.
    let role = Memo::new(move |_| app.role());
    let header = draw("div").show(move || {
        let role = role.get();
        untrack(|| Some(thread_header(app, role)))
    });
    screen([
        header,
        banner_view(app.realtime.banner.into()),
        body,
        foot(app),
    ])
}

fn thread_header(app: App, role: Role) -> Drawn {
    let lists = app
        .several
        .filter(|_| app.is_support_thread.get_untracked());
    if let Some(several) = lists {
        return several.customer_header(app);
    }
    let has_list = app.several.is_some() && role != Role::Guest;
    let forget = MenuItem {
        label: say(Text::ForgetMe).into(),
        on_choose: Callback::new(move |()| app.forget()),
    };
    let header = Header {
        on_back: has_list.then(|| Callback::new(move |()| app.go_home())),
        on_close: on_close(app),
        menu: app
            .sound_item()
            .into_iter()
            .chain((role == Role::Guest).then_some(forget))
            .collect(),
    };
    support_header(app.site.into(), header)
}

fn thread_body(app: App) -> Vec<Drawn> {
    let thread = app.thread;
    let names = Memo::new(move |_| {
        let id = thread.destination.with(|open| {
            open.as_ref()
                .and_then(Destination::conversation_id)
                .cloned()
        });
        id.map_or_else(Vec::new, |id| {
            app.typists.with(|typists| typists.names(&id))
        })
    });
    let messages = MessageList {
        rows: thread.rows.into(),
        older: thread.older.into(),
        on_older: Callback::new(move |()| thread.fetch_older()),
        at_newest: thread.at_newest,
        actions: BubbleActions {
            on_retry: Callback::new(move |key: String| thread.retry(&key)),
            on_reply: Some(Callback::new(move |position| thread.reply_to(position))),
        },
        welcome: || Some(empty_state(Drawing::Porch, say(Text::FirstMessage), None)),
    };
    let composer = Composer {
        draft: thread.draft,
        reply: thread.reply.into(),
        on_cancel_reply: Callback::new(move |()| thread.cancel_reply()),
        note: thread.note.into(),
        on_send: Callback::new(move |()| thread.send()),
        on_typing: Callback::new(move |()| thread.typed()),
    };
    vec![messages.draw(), typing_line(names.into()), composer.draw()]
}

pub(crate) fn foot(app: App) -> Drawn {
    let text = Signal::derive(move || app.site.with(|site| site.footer_text.clone()));
    let url = Signal::derive(move || app.site.with(|site| site.footer_url.clone()));
    footer(text, url, privacy_address(app.site.into()))
}
