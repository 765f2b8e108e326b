//! With whom the open thread is, where it is not the support team: its header, and what stands where nobody can write.
//!
//! The law: not in what a guest downloads (D10): only `lists.rs` leads here.

use super::app::App;
use super::conversion;
use super::lists::{Lists, Reader};
use super::screens::{composer, is_beside_lists, on_close};
use super::{Drawing, Header, empty_state, header_title};
use crate::conversation::drafts::Destination;
use crate::conversation::list_state::Partner;
use crate::conversation::rows::{Row, Whose};
use crate::conversation::{customer_header, peer_header};
use crate::frame::draw::{Drawn, draw};
use crate::i18n::{Text, UserText, say, say_with};
use crate::net::Method;
use crate::reactive::{Callback, Memo, Signal};
use crate::safety::api::block;
use crate::safety::state::{About, Step};
use crate::safety::{Reason, closed_line};
use crate::ui::MenuItem;
use shared::conversation::{Conversation, ConversationKind, Message, Side, Writing};
use shared::identity::Face;
use shared::ids::{ConversationId, Position};

/// The header of a thread with a customer, or with another user. `None`: with the support team.
pub fn header(app: App, lists: Lists) -> Option<Drawn> {
    let partner = app.thread.partner();
    let customer = Memo::new(move |_| {
        app.thread
            .head
            .with(|head| head.as_ref().and_then(|head| head.customer.clone()))
    });
    let peer = Memo::new(move |_| {
        let told = app
            .thread
            .head
            .with(|head| head.as_ref().and_then(|head| head.peer.clone()));
        told.or_else(|| lists.groups.chosen.get())
    });
    let about = Memo::new(move |_| match partner {
        Partner::Team => None,
        Partner::Customer => customer.with(|customer| Some(customer.as_ref()?.face.clone())),
        Partner::Peer => peer.with(|peer| Some(peer.as_ref()?.face.clone())),
    });
    let became = Memo::new(move |_| {
        app.thread
            .head
            .with(|head| head.as_ref()?.converted.map(|converted| converted.proof))
    });
    let can_be_done = Memo::new(move |_| CanBeDone::now(app));
    // The header's elements stay while what is known of the other side changes in them.
    let is_known = Memo::new(move |_| about.with(Option::is_some));
    (partner != Partner::Team).then(|| {
        draw("div").show(move || {
            is_known.track();
            let menu = menu(app, about.into(), can_be_done.get());
            let around = Header {
                on_back: (!is_beside_lists(app)).then(|| Callback::new(move |()| app.go_home())),
                on_close: on_close(app),
                menu,
                ..Header::default()
            };
            Some(match (customer.get_untracked(), peer.get_untracked()) {
                (Some(first), _) if partner == Partner::Customer => {
                    let known = Signal::derive(move || customer.get().unwrap_or(first.clone()));
                    let header = customer_header(known, became.into(), around);
                    let told = conversion::about_customer(app, lists);
                    draw("div").child(header).children(told)
                }
                (_, Some(first)) if partner == Partner::Peer => {
                    let known = Signal::derive(move || peer.get().unwrap_or(first.clone()));
                    peer_header(known, around)
                }
                _ => around.draw([header_title(String::new().into(), [])]),
            })
        })
    })
}

/// What can be done about the other side.
#[derive(Clone, Copy, PartialEq, Eq)]
struct CanBeDone {
    /// They wrote something.
    report: bool,
    /// There is a conversation, so there is somebody to block.
    block: bool,
    is_blocked: bool,
}

impl CanBeDone {
    fn now(app: App) -> Self {
        let is_theirs =
            |row: &Row| matches!(row, Row::Bubble(bubble) if bubble.whose == Whose::Other);
        let writing = app
            .thread
            .head
            .with(|head| head.as_ref().map(|head| head.writing));
        Self {
            report: app
                .thread
                .rows
                .with(|rows| rows.iter().any(|(_, row)| is_theirs(row))),
            block: writing.is_some(),
            is_blocked: writing == Some(Writing::Blocked),
        }
    }
}

/// Whoever is meant may become somebody else while the menu stands there: a guest, the user they are.
fn menu(app: App, about: Signal<Option<Face>>, can_be_done: CanBeDone) -> Vec<MenuItem> {
    if about.with_untracked(Option::is_none) {
        return Vec::new();
    }
    let named = move |of_name: fn(&str) -> String, behind: &'static str| {
        Signal::derive(move || {
            about.with(|face| {
                let name = face.as_ref().map_or("", |face| face.name.as_str());
                of_name(name) + behind
            })
        })
    };
    let ask = |of_name, step: Step| MenuItem {
        label: named(of_name, "…"),
        on_choose: Callback::new(move |()| {
            if let Some(face) = about.get_untracked() {
                ask_about(app, &face, step);
            }
        }),
    };
    let report = can_be_done.report.then(|| ask(report_words, Step::Report));
    let block = match (can_be_done.block, can_be_done.is_blocked) {
        (false, _) => None,
        (true, false) => Some(ask(block_words, Step::Block)),
        (true, true) => Some(MenuItem {
            label: named(unblock_words, ""),
            on_choose: unblock(app),
        }),
    };
    report.into_iter().chain(block).collect()
}

fn report_words(name: &str) -> String {
    say_with(UserText::ReportPerson, &[("name", name)])
}

fn block_words(name: &str) -> String {
    say_with(Text::Block, &[("name", name)])
}

fn unblock_words(name: &str) -> String {
    say_with(Text::Unblock, &[("name", name)])
}

/// About the person and, where something is reported, the last thing they wrote.
fn ask_about(app: App, face: &Face, step: Step) {
    let newest = app
        .thread
        .newest_of_other()
        .filter(|_| step == Step::Report);
    let about = newest.unwrap_or_else(|| alone(face));
    app.safety.ask(About { step, ..about });
}

fn alone(face: &Face) -> About {
    About {
        author: face.clone(),
        position: Position::NONE,
        text: String::new(),
        step: Step::Block,
    }
}

/// Undone without a question.
fn unblock(app: App) -> Callback<()> {
    Callback::new(move |()| {
        if let Some(id) = app.thread.conversation_id() {
            app.carry_out(block(Method::Delete, &id, None), false);
        }
    })
}

/// What stands below the messages: the composer, or why nothing can be written.
pub fn below(app: App, lists: Lists) -> Drawn {
    let writing = Memo::new(move |_| {
        app.thread
            .head
            .with(|head| head.as_ref().map_or(Writing::Open, |head| head.writing))
    });
    let below = draw("div").class("screen-below");
    let below = below.show(conversion::not_me(app, lists));
    below.show(move || {
        Some(match why_closed(app, writing.get()) {
            Some(reason) => closed_line(&reason, app.safety.mistake.into(), unblock(app)),
            None => composer(app),
        })
    })
}

fn why_closed(app: App, writing: Writing) -> Option<Reason> {
    let name = other(app)?.name;
    match (writing, app.thread.partner()) {
        (Writing::Open, _) => None,
        (Writing::Ended, _) => Some(Reason::Ended),
        (Writing::Blocked, Partner::Customer) => Some(Reason::SiteBlock { name }),
        (Writing::Blocked, _) => Some(Reason::OwnBlock { name }),
    }
}

/// The other side, where it is one person.
fn other(app: App) -> Option<Face> {
    app.thread.head.with_untracked(|head| {
        let head = head.as_ref()?;
        let customer = head.customer.as_ref().map(|customer| &customer.face);
        customer
            .or(head.peer.as_ref().map(|peer| &peer.face))
            .cloned()
    })
}

/// Whom somebody is about to write to began the conversation themselves.
pub fn began_meanwhile(app: App, conversation: &Conversation) {
    let place = conversation
        .peer
        .as_ref()
        .map(|peer| Destination::With(peer.face.person_id.clone()));
    let (Some(place), Some(person_id)) = (place, app.person_id()) else {
        return;
    };
    let id = &conversation.conversation_id;
    app.outgoing
        .went_into(&app.outgoing.writer(), &place, &person_id, id);
    if app.thread.destination.get_untracked() == Some(place) {
        app.thread.go_on_in(id.clone());
        app.thread.catch_up();
    }
}

/// Whether a message is one of the other side's.
pub fn is_of_other(lists: Lists, reader: &Reader, id: &ConversationId, message: &Message) -> bool {
    match lists.chats.get(id).map(|own| own.kind) {
        Some(ConversationKind::Direct) => {
            let author = message.author.as_ref().map(|author| &author.person_id);
            author != reader.person_id.as_ref()
        }
        None if reader.role.is_staff() => message.side == Side::Customer,
        _ => message.side == Side::Staff,
    }
}

/// Before the first word to somebody.
pub fn welcome() -> Option<Drawn> {
    Some(empty_state(
        Drawing::PORCH,
        say(UserText::FirstDirect),
        None,
    ))
}
