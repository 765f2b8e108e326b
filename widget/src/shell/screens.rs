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
use crate::conversation::list_state::Partner;
use crate::conversation::state::Loaded;
use crate::conversation::{BubbleActions, Composer, MessageList, support_header, typing_line};
use crate::frame::bridge::ToLoader;
use crate::frame::draw::{Drawn, draw};
use crate::guest::Door;
use crate::i18n::{Text, say};
use crate::reactive::{Callback, untrack};
use crate::reactive::{Memo, Signal};
use crate::realtime::Banner;
use crate::safety::{Asking, Deed};
use crate::settings::state::privacy_address;
use crate::theme::themed;
use crate::ui::MenuItem;
use shared::conversation::Writing;
use shared::identity::Role;
use shared::ids::ConversationId;

/// Everything visible.
pub fn root(app: App) -> Drawn {
    let accent = Signal::derive(move || app.site.with(|site| site.accent.clone()));
    draw("div").show(move || {
        let showing = app.showing.get();
        // A thread that is opened after another one is another screen.
        if showing == Showing::Thread {
            app.thread.opened.track();
        }
        // The language is known from the first screen with words of the site on: the whole is made anew with it.
        untrack(|| Some(themed(accent).child(draw("main").child(shown(app, showing)))))
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
            empty_state(Drawing::PORCH, say(Text::ReloadToContinue), None),
        ),
        Showing::OwnWindow => {
            let action = Some(Action::Follow {
                label: say(Text::OpenOwnWindow),
                href: "/chat".into(),
            });
            around(
                app,
                empty_state(Drawing::WINDOW, say(Text::OwnWindowNeeded), action),
            )
        }
        Showing::Door => door(app),
        Showing::Thread => thread(app),
        // Only a program with lists shows them; the other one has opened a thread.
        Showing::Lists => home(app),
        Showing::Code => app
            .several
            .map_or_else(|| home(app), |several| several.code(app)),
        Showing::SignIn | Showing::Panes | Showing::Account => app.desk.map_or_else(
            || home(app),
            |desk| (desk.parts.show)(app, desk.state, showing),
        ),
    }
}

/// The lists of whoever has several conversations.
pub fn home(app: App) -> Drawn {
    app.several
        .map_or_else(|| thread(app), |several| several.home(app))
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
        whose: app.desk.map_or_else(String::new, |_| own_name(app)),
        menu: app.desk.map_or_else(
            || app.sound_item().into_iter().collect(),
            |desk| (desk.parts.menu)(app, desk.state),
        ),
        ..Header::default()
    }
    .draw([header_title(title, [])])
}

fn own_name(app: App) -> String {
    app.identity
        .session
        .with_untracked(|session| {
            session
                .as_ref()?
                .person
                .as_ref()
                .map(|own| own.name.clone())
        })
        .unwrap_or_default()
}

/// Whether the lists are beside a thread, so that there is no way back to them.
pub fn is_beside_lists(app: App) -> bool {
    app.desk.is_some_and(super::desk::Desk::is_wide)
}

/// The conversation that is open beside the lists.
pub fn open_beside(app: App) -> Signal<Option<ConversationId>> {
    Signal::derive(move || {
        let open = app.thread.destination.get();
        open.as_ref()
            .and_then(Destination::conversation_id)
            .cloned()
    })
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
    empty_state(Drawing::LINE, say(Text::CouldNotLoad), action)
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
        on_continue: Callback::new(move |()| app.continue_earlier()),
        told: app.told_at_door(),
        privacy: privacy_address(app.site.into()),
    };
    // A door without a socket is a door all the same.
    let banner = Signal::derive(move || match app.realtime.banner.get() {
        Banner::Reconnecting => Banner::Quiet,
        banner => banner,
    });
    screen([banner_view(banner), door.draw()])
}

pub fn thread(app: App) -> Drawn {
    let again = Callback::new(move |()| app.thread.catch_up());
    let body = draw("div")
        .class("screen-thread")
        .show(move || match app.thread.loaded.get() {
            Loaded::Ready => thread_body(app),
            Loaded::Loading => vec![waiting(say(Text::Opening))],
            Loaded::Unreachable => vec![unreachable(again)],
            Loaded::Gone => vec![empty_state(Drawing::LINE, say(Text::ProblemNotFound), None)],
        });
    let is_asking = Memo::new(move |_| app.safety.about.with(Option::is_some));
    // The first message makes a visitor a guest, while the thread stays.
    let role = Memo::new(move |_| app.role());
    let may_say_not_me = app.several.map(|several| several.may_say_not_me(app));
    let header = draw("div").show(move || {
        let role = role.get();
        if let Some(may_say_not_me) = may_say_not_me {
            may_say_not_me.track();
        }
        untrack(|| Some(thread_header(app, role)))
    });
    screen([
        header,
        banner_view(app.realtime.banner.into()),
        body,
        foot(app),
    ])
    .show(move || is_asking.get().then(|| untrack(|| asking(app))))
}

fn thread_header(app: App, role: Role) -> Drawn {
    if let Some(header) = app.several.and_then(|several| several.header(app)) {
        return header;
    }
    let has_list = app.lists().is_some();
    let mut menu = Vec::new();
    menu.extend(app.sound_item());
    let mut offer = |text, on_choose| {
        menu.push(MenuItem {
            label: say(text).into(),
            on_choose,
        });
    };
    if role == Role::Guest {
        if app.site.with(|site| site.codes.is_on()) {
            let on_choose = Callback::new(move |()| app.continue_earlier());
            offer(Text::ContinueEarlier, on_choose);
        }
        offer(Text::ForgetMe, Callback::new(move |()| app.forget()));
    }
    if let Some(several) = app.several {
        menu.extend(several.not_me_item(app));
    }
    let header = Header {
        on_back: (has_list && !is_beside_lists(app))
            .then(|| Callback::new(move |()| app.go_home())),
        on_close: on_close(app),
        menu,
        whose: String::new(),
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
            on_more: Some(Callback::new(move |position| {
                if let Some(about) = thread.about(position) {
                    app.safety.ask(about);
                }
            })),
            on_offer: app.several.map(|several| several.on_offer(app)),
        },
        welcome: match app.several {
            Some(several) if app.thread.partner() == Partner::Peer => several.welcome(),
            _ => || Some(empty_state(Drawing::PORCH, say(Text::FirstMessage), None)),
        },
    };
    let below = match app.several {
        Some(several) => several.below(app),
        None => composer(app),
    };
    vec![messages.draw(), typing_line(names.into()), below]
}

pub fn composer(app: App) -> Drawn {
    let thread = app.thread;
    let composer = Composer {
        draft: thread.draft,
        reply: thread.reply.into(),
        on_cancel_reply: Callback::new(move |()| thread.cancel_reply()),
        note: thread.note.into(),
        on_send: Callback::new(move |()| thread.send()),
        on_typing: Callback::new(move |()| thread.typed()),
    };
    composer.draw()
}

/// What is asked before somebody is blocked, or a message reported.
fn asking(app: App) -> Drawn {
    let safety = app.safety;
    let about = safety.about.get_untracked();
    let is_blocked = app.thread.head.with_untracked(|head| {
        let author = about.as_ref().map(|about| &about.author.person_id);
        head.as_ref().zip(author).is_some_and(|(head, author)| {
            head.writing == Writing::Blocked || head.blocked.contains(author)
        })
    });
    let on_choose = move |deed| match deed {
        Deed::Ask(step) => safety.go_on(step),
        Deed::Report | Deed::Block => app.act(deed, is_blocked),
        Deed::Leave => safety.close(),
        Deed::Reply => {
            let about = safety.about.get_untracked();
            safety.close();
            about
                .into_iter()
                .for_each(|about| app.thread.reply_to(about.position));
        }
    };
    let asking = Asking {
        about: safety.about.into(),
        reason: safety.reason,
        mistake: safety.mistake.into(),
        is_blocked,
        on_choose: Callback::new(on_choose),
    };
    asking.draw()
}

pub(crate) fn foot(app: App) -> Drawn {
    let text = Signal::derive(move || app.site.with(|site| site.footer_text.clone()));
    let url = Signal::derive(move || app.site.with(|site| site.footer_url.clone()));
    footer(text, url, privacy_address(app.site.into()))
}
