//! One message, as a bubble.
//!
//! The law: whose it is, when it came and how far it got are words for those who listen and looks for those who see;
//! nothing is told by colour alone. Only what can change later listens to its signal, so a tick moves and nothing
//! else does.

use super::message_text::with_message_text;
use super::quote::quote_view;
use super::rows::{Bubble, Mark, Offer, Place, Quote, Tick, Whose};
use crate::frame::draw::{Drawn, draw};
use crate::i18n::{Text, say, send_failure_sentence};
use crate::reactive::{Callable, Callback};
use crate::reactive::{Memo, RwSignal, Signal};
use crate::ui::{FaceSize, Icon, face_view, icon, named_button};
use shared::ids::Position;
use shared::problem::ProblemCode;

/// What a bubble offers.
#[derive(Clone, Copy)]
pub struct BubbleActions {
    /// Send the same message again; the key of its row.
    pub on_retry: Callback<String>,
    /// Answer this message. `None` where nobody can answer.
    pub on_reply: Option<Callback<Position>>,
    /// What else can be done about a message of the other side: report it, block who wrote it.
    pub on_more: Option<Callback<Position>>,
    /// What stands beside a line about a conversion. `None` in the program of guests.
    pub on_offer: Option<Callback<Offer>>,
}

/// Which *Reply* of a thread Tab leads to: a thread has one such stop, not one for every message.
#[derive(Clone, Copy)]
pub struct ReplyEntry {
    /// The key of the row whose button somebody was on.
    pub at: RwSignal<Option<String>>,
    /// The newest that can be answered.
    pub newest: Signal<Option<String>>,
}

impl ReplyEntry {
    fn is(self, key: &str) -> bool {
        let at = self.at.with(|at| at.as_deref().map(|at| at == key));
        at.unwrap_or_else(|| self.newest.with(|newest| newest.as_deref() == Some(key)))
    }
}

/// What of a bubble changes after it is first shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Standing {
    pub place: Place,
    pub tick: Tick,
    pub time: String,
    pub position: Option<Position>,
    /// Its words may come later, with older messages.
    pub quote: Option<Quote>,
    pub mark: Mark,
}

impl From<&Bubble> for Standing {
    fn from(bubble: &Bubble) -> Self {
        Self {
            place: bubble.place,
            tick: bubble.tick,
            time: bubble.time.clone(),
            position: bubble.position,
            quote: bubble.quote.clone(),
            mark: bubble.mark,
        }
    }
}

/// A message in its thread.
pub struct BubbleView {
    /// The key of its row.
    pub key: String,
    /// The message as it is first shown.
    pub first: Bubble,
    /// Where it stands since.
    pub standing: Signal<Standing>,
    pub actions: BubbleActions,
    pub entry: ReplyEntry,
}

impl BubbleView {
    pub fn draw(self) -> Drawn {
        let standing = self.standing;
        let opens = move || standing.with(|standing| standing.place.opens());
        let tick = Memo::new(move |_| standing.with(|standing| standing.tick));
        let whose = self.first.whose;
        let bubble = draw("div").class("bubble").class_while("is-opening", opens);
        let bubble = bubble
            .class_if("is-own", whose != Whose::Other)
            .class_if("is-colleague", whose == Whose::Colleague);
        let bubble = bubble.class_while("is-pending", move || tick.get() == Tick::Pending);
        let bubble = bubble.class_while("is-failed", move || matches!(tick.get(), Tick::Failed(_)));
        let bubble = marked(bubble, standing);
        let bubble = bubble.children(face(&self.first, standing));
        let main = draw("div")
            .class("bubble-main")
            .child(speaker(&self.first, standing))
            .child(self.line());
        let foot = Memo::new(move |_| foot(&standing.get()));
        let (key, on_retry) = (self.key, self.actions.on_retry);
        bubble.child(main.show(move || match foot.get() {
            Foot::Nothing => None,
            Foot::Failure(code) => Some(failure(code, &key, on_retry)),
            Foot::Time => Some(meta(standing, tick)),
        }))
    }

    /// What is said, and what can be done about it once it is stored.
    fn line(&self) -> Drawn {
        let standing = self.standing;
        let quote = Memo::new(move |_| standing.with(|standing| standing.quote.clone()));
        let body = draw("div")
            .class("bubble-body")
            .show(move || quote.with(|quote| quote.as_ref().map(quote_view)));
        let text = draw("div").class("bubble-text").set("dir", "auto");
        let line = draw("div")
            .class("bubble-line")
            .child(body.child(with_message_text(text, &self.first.text)));
        let (position, actions) = (
            Memo::new(move |_| standing.with(|standing| standing.position)),
            self.actions,
        );
        let (key, entry, is_other) = (
            self.key.clone(),
            self.entry,
            self.first.whose == Whose::Other,
        );
        line.show(move || {
            let position = position.get();
            let button = |icon, name, class, act: Option<Callback<Position>>| {
                let (position, act) = (position?, act?);
                let button = named_button(icon, say(name)).class(class);
                let button = entered(button, &key, entry);
                Some(button.on("click", move |_| act.run(position)))
            };
            let on_more = actions.on_more.filter(|_| is_other);
            let reply = button(Icon::Reply, Text::Reply, REPLY, actions.on_reply);
            let more = button(Icon::More, Text::AboutMessage, MORE, on_more);
            reply.into_iter().chain(more).collect::<Vec<_>>()
        })
    }
}

/// What is to be known of its words: never by looks alone, a line above or the text itself says it too.
fn marked(bubble: Drawn, standing: Signal<Standing>) -> Drawn {
    if !cfg!(feature = "users") {
        return bubble;
    }
    let mark = Memo::new(move |_| standing.with(|standing| standing.mark));
    bubble
        .class_while("is-unproven", move || mark.get() == Mark::Unproven)
        .class_while("is-erased", move || mark.get() == Mark::Erased)
}

const REPLY: &str = "icon-button bubble-reply";
const MORE: &str = "icon-button bubble-more";

/// Tab leads to the buttons of one message; arrow keys lead to those of others.
fn entered(button: Drawn, key: &str, entry: ReplyEntry) -> Drawn {
    let (here, focused) = (key.to_owned(), key.to_owned());
    let button = button.set_with("tabindex", move || {
        Some(if entry.is(&here) { "0" } else { "-1" })
    });
    button.on("focus", move |_| entry.at.set(Some(focused.clone())))
}

/// What stands under a bubble.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Foot {
    Nothing,
    /// When, and how far it got.
    Time,
    Failure(ProblemCode),
}

/// The time stands once in a group, a failure under each bubble that failed.
const fn foot(standing: &Standing) -> Foot {
    match (standing.tick, standing.place.closes()) {
        (Tick::Failed(code), _) => Foot::Failure(code),
        (_, true) => Foot::Time,
        (_, false) => Foot::Nothing,
    }
}

/// The other side has a face, once in a group; the room for it stays.
fn face(first: &Bubble, standing: Signal<Standing>) -> Option<Drawn> {
    let author = first
        .author
        .as_ref()
        .filter(|_| first.whose == Whose::Other)?;
    let place = draw("span")
        .class("bubble-face")
        .child(face_view(author, FaceSize::Small, None));
    Some(place.class_while("is-hidden", move || {
        !standing.with(|standing| standing.place.opens())
    }))
}

/// Who says it: shown above the first of a group, said with every bubble.
fn speaker(first: &Bubble, standing: Signal<Standing>) -> Drawn {
    let is_own = first.whose == Whose::Own;
    let name = match &first.author {
        Some(face) if !is_own => &face.name,
        _ => say(Text::You),
    };
    let speaker = draw("bdi").class("bubble-name").text(name);
    speaker.class_while("said", move || {
        is_own || !standing.with(|standing| standing.place.opens())
    })
}

/// When, and how far it got.
fn meta(standing: Signal<Standing>, tick: Memo<Tick>) -> Drawn {
    let time = draw("span")
        .class("bubble-time")
        .text_with(move || standing.with(|standing| standing.time.clone()));
    draw("div")
        .class("bubble-meta")
        .child(time)
        .show(move || tick_view(tick.get()))
}

fn tick_view(tick: Tick) -> Option<Drawn> {
    let (which, words) = match tick {
        Tick::None | Tick::Failed(_) => return None,
        Tick::Pending => (Icon::Clock, Text::Sending),
        Tick::Sent => (Icon::Check, Text::Sent),
        Tick::Seen => (Icon::Checks, Text::Seen),
    };
    let view = draw("span")
        .class("bubble-tick")
        .class_if("is-seen", tick == Tick::Seen)
        .set("role", "img");
    Some(
        view.set("aria-label", say(words))
            .set("title", say(words))
            .child(icon(which)),
    )
}

/// What went wrong, and *Retry* beside it.
fn failure(code: ProblemCode, key: &str, on_retry: Callback<String>) -> Drawn {
    // A message that reaches nobody is told in one sentence, the same whatever the reason.
    let not_sent = match code {
        ProblemCode::Undeliverable => "",
        _ => say(Text::NotSent),
    };
    let words = draw("span")
        .text(not_sent)
        .text(" ")
        .text(send_failure_sentence(code));
    let key = key.to_owned();
    let retry = draw("button")
        .class("bubble-retry")
        .set("type", "button")
        .text(say(Text::Retry));
    let retry = retry.on("click", move |_| on_retry.run(key.clone()));
    draw("div")
        .class("bubble-failure")
        .child(icon(Icon::Failed))
        .child(words)
        .child(retry)
}
