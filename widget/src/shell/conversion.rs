//! How a guest's chats become somebody's, on screen: a mailed code, the question in the same browser, *Not me*, and what
//! staff are told.
//!
//! The law: not in what a guest downloads (D10): only `lists.rs` leads here.

use super::app::App;
use super::choice::Place;
use super::lists::Lists;
use super::returning::PLACE_KEYS;
use super::screens::{foot, on_close};
use super::tabs::Tab;
use super::{Header, banner_view, header_title, screen, screen_body};
use crate::conversation::drafts::Destination;
use crate::conversation::list_state::Listed;
use crate::conversation::rows::Offer;
use crate::conversion::{
    Answer, CodeEntry, NotMe, NotMeAsked, Others, QuestionCard, UserOrGuest, acted_by_line,
    same_address_line,
};
use crate::frame::draw::{Drawn, draw};
use crate::frame::{clock, intl, page, storage};
use crate::i18n::{UserText, say};
use crate::reactive::{Callback, Effect, Memo, Signal, untrack};
use crate::ui::MenuItem;
use shared::conversation::{Conversation, Customer};
use shared::conversion::{Proof, Question};
use shared::identity::{Role, Session};

/// The screen on which earlier chats are brought by a mailed code.
pub fn code(app: App, lists: Lists) -> Drawn {
    let conversion = lists.conversion;
    let title = Signal::derive(move || app.site.with(|site| site.support_name.clone()));
    let header = Header {
        on_back: Some(Callback::new(move |()| leave_code(app, lists))),
        on_close: on_close(app),
        ..Header::default()
    };
    let entry = CodeEntry {
        form: conversion.code,
        title: match untrack(|| app.role()) {
            Role::Visitor | Role::Guest => UserOrGuest::Guest,
            _ => UserOrGuest::User,
        },
        on_ask: Callback::new(move |()| conversion.ask_for_code()),
        on_enter: Callback::new(move |()| {
            conversion.enter_code(move |session| brought(app, session));
        }),
    };
    screen([
        header.draw([header_title(title, [])]),
        banner_view(app.realtime.banner.into()),
        screen_body(entry.draw()),
        foot(app),
    ])
}

/// To that screen, with the address that is known.
pub fn enter_code(app: App, lists: Lists) {
    let own = app.identity.session.with_untracked(|session| {
        let person = session.as_ref()?.person.as_ref()?;
        person.email.clone()
    });
    let typed = app.door.form.email.get_untracked();
    lists.conversion.code.wipe();
    lists.conversion.code.email.set(own.unwrap_or(typed));
    app.go_to(Place::Code);
}

fn leave_code(app: App, lists: Lists) {
    lists.conversion.code.wipe();
    app.leave_code();
}

/// The code was right.
fn brought(app: App, session: Session) {
    app.tab.set(Tab::Chats);
    app.go_home();
    app.identity.changed(session);
}

/// Whoever has just signed in finds the chat that they had as a guest open before them, once, with its quiet line.
pub fn show_what_came(app: App, lists: Lists) {
    Effect::new(move |before: Option<Listed>| {
        let now = lists.chats.listed.get();
        if now == Listed::Ready && before != Some(Listed::Ready) {
            untrack(|| open_what_came(app, lists));
        }
        now
    });
}

fn open_what_came(app: App, lists: Lists) {
    let is_at_home = app.place.get() == Place::Home && app.desk.is_none();
    let Some(person_id) = app
        .person_id()
        .filter(|_| is_at_home && app.role() == Role::User)
    else {
        return;
    };
    let newest = lists.chats.listing.with(|listing| {
        let newest = listing.conversations().first();
        newest
            .filter(|newest| has_just_come(newest))
            .map(|newest| newest.conversation_id.clone())
    });
    let key = [PLACE_KEYS, person_id.as_str(), ".came"].concat();
    if let Some(id) = newest.filter(|id| storage::get(&key).as_deref() != Some(id.as_str())) {
        storage::put(&key, id.as_str());
        app.open_own(Destination::In(id));
    }
}

/// Whether a conversation came along from this browser, and nothing was written in it since. By no clock: before the
/// socket has said what time it is at the server, this machine's is all there is.
fn has_just_come(conversation: &Conversation) -> bool {
    conversation.converted.is_some_and(|converted| {
        converted.proof == Proof::SameBrowser && converted.cut.next() == conversation.last_position
    })
}

/// "Continue here?", above the lists, for as long as it is to be answered.
pub fn question(app: App, lists: Lists) -> Drawn {
    let asked = Memo::new(move |_| {
        app.identity.session.with(|session| {
            let session = session.as_ref()?;
            let name = session.person.as_ref()?.name.clone();
            Some((session.question.clone()?, name))
        })
    });
    let conversion = lists.conversion;
    let on_answer = Callback::new(move |answer: Answer| {
        conversion.answer(answer, move |session| {
            if answer == Answer::ContinueHere {
                app.tab.set(Tab::Chats);
            }
            app.identity.changed(session);
            // What had the keyboard is gone.
            clock::after(0, page::focus_typing);
        });
    });
    let card = move |(question, name): (Question, String)| QuestionCard {
        question,
        name,
        mistake: conversion.question_mistake.into(),
        on_answer,
    };
    draw("div")
        .class("screen-below")
        .show(move || asked.get().map(|asked| card(asked).draw()))
}

/// Whether the open thread's earlier part can be said to be somebody else's: by the user whose it is.
pub fn may_say_not_me(app: App) -> bool {
    let may_undo = app.thread.head.with(|head| {
        let converted = head.as_ref().and_then(|head| head.converted);
        converted.is_some_and(|converted| converted.may_undo)
    });
    may_undo && app.thread.is_of_team()
}

/// The way to say it, in the menu of the thread.
pub fn not_me_item(app: App, lists: Lists) -> Option<MenuItem> {
    untrack(|| may_say_not_me(app)).then(|| MenuItem {
        label: [say(UserText::NotMine), "…"].concat().into(),
        on_choose: Callback::new(move |()| lists.conversion.ask_not_me(true)),
    })
}

/// What stands beside a line about a conversion.
pub fn on_offer(app: App, lists: Lists) -> Callback<Offer> {
    Callback::new(move |offer| match offer {
        Offer::NotMe => lists.conversion.ask_not_me(true),
        // Admin powers are never usable from a frame (D2).
        Offer::Undo => {
            if let Some(id) = app.thread.conversation_id() {
                page::open(&["/admin/conversations/", id.as_str()].concat());
            }
        }
    })
}

/// The question before the guest's part goes back, while it is asked.
pub fn not_me(app: App, lists: Lists) -> impl Fn() -> Option<Drawn> {
    let conversion = lists.conversion;
    let on_answer = Callback::new(move |asked| match asked {
        NotMeAsked::Leave => conversion.ask_not_me(false),
        NotMeAsked::Confirm => {
            if let Some(id) = app.thread.conversation_id() {
                conversion.say_not_me(id, move || {
                    app.tab.set(Tab::Chats);
                    app.go_home();
                    app.fetch_lists();
                });
            }
        }
    });
    let question = NotMe {
        mistake: conversion.not_me_mistake.into(),
        on_answer,
    };
    move || {
        conversion
            .is_not_me_asked
            .get()
            .then(|| untrack(|| question.draw()))
    }
}

/// What staff are told above a customer's thread: who is signed in as them, and others with the same address.
pub fn about_customer(app: App, lists: Lists) -> [Drawn; 2] {
    let conversion = lists.conversion;
    let acting = Memo::new(move |_| {
        read_customer(app, |customer| {
            let who = customer.acted_by.clone()?;
            Some((customer.face.name.clone(), who))
        })
    });
    let addressed = Memo::new(move |_| {
        read_customer(app, |customer| {
            customer.email.as_ref()?;
            Some(customer.face.person_id.clone())
        })
    });
    Effect::new(move |_: Option<()>| {
        let id = app.thread.conversation_id();
        match addressed.get().zip(id) {
            Some((person_id, id)) => {
                conversion.find_others((app.thread.opened.get_untracked(), id, person_id));
            }
            None => conversion.forget_others(),
        }
    });
    let others = Memo::new(move |_| {
        let now = clock::server_now();
        conversion.others.with(|others| {
            let shown = others.iter().map(|other| Others {
                conversation_id: other.conversation_id.clone(),
                name: other.name.clone(),
                time: intl::row_time(other.last_activity_at, now),
                is_user: other.is_user,
            });
            shown.collect::<Vec<_>>()
        })
    });
    let on_open = Callback::new(move |id| app.open_support(id));
    [
        acted_by_line(acting.into()),
        same_address_line(others.into(), on_open),
    ]
}

fn read_customer<Read>(app: App, read: impl FnOnce(&Customer) -> Option<Read>) -> Option<Read> {
    app.thread
        .head
        .with(|head| head.as_ref()?.customer.as_ref().and_then(read))
}
