//! One message, as a bubble.
//!
//! The law: whose it is, when it came and how far it got are words for those who listen and looks for those who see;
//! nothing is told by colour alone. Only what can change later listens to its signal, so a tick moves and nothing
//! else does.

use super::message_text::message_text;
use super::quote::quote_view;
use super::rows::{Bubble, Place, Quote, Tick, Whose};
use crate::i18n::{Text, say, send_failure_sentence};
use crate::ui::{FaceSize, FaceView, Icon, icon};
use crate::reactive::{Memo, RwSignal, Signal};
use leptos::prelude::*;
use shared::ids::Position;
use shared::problem::ProblemCode;

/// What a bubble offers.
#[derive(Clone, Copy)]
pub struct BubbleActions {
    /// Send the same message again; the key of its row.
    pub on_retry: Callback<String>,
    /// Answer this message. `None` where nobody can answer.
    pub on_reply: Option<Callback<Position>>,
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
}

impl From<&Bubble> for Standing {
    fn from(bubble: &Bubble) -> Self {
        Self {
            place: bubble.place,
            tick: bubble.tick,
            time: bubble.time.clone(),
            position: bubble.position,
            quote: bubble.quote.clone(),
        }
    }
}

#[component]
pub fn BubbleView(
    /// The key of its row.
    key: String,
    /// The message as it is first shown.
    first: Bubble,
    /// Where it stands since.
    #[prop(into)]
    standing: Signal<Standing>,
    actions: BubbleActions,
    entry: ReplyEntry,
) -> impl IntoView {
    let quote = Memo::new(move |_| standing.with(|standing| standing.quote.clone()));
    let opens = Signal::derive(move || standing.with(|standing| standing.place.opens()));
    let closes = move || standing.with(|standing| standing.place.closes());
    let tick = Memo::new(move |_| standing.with(|standing| standing.tick));
    let is_failed = move || matches!(tick.get(), Tick::Failed(_));
    let reply = actions
        .on_reply
        .map(|on_reply| reply_button(&key, standing, on_reply, entry));
    view! {
        <div
            class="bubble"
            class:is-own=first.whose != Whose::Other
            class:is-colleague=first.whose == Whose::Colleague
            class:is-opening=move || opens.get()
            class:is-pending=move || tick.get() == Tick::Pending
            class:is-failed=is_failed
        >
            {face(&first, opens)}
            <div class="bubble-main">
                {speaker(&first, opens)}
                <div class="bubble-line">
                    <div class="bubble-body">
                        {move || quote.get().map(quote_view)}
                        <div class="bubble-text" dir="auto">{message_text(&first.text)}</div>
                    </div>
                    {reply}
                </div>
                <Show when=move || closes() && !is_failed()>{meta(standing, tick)}</Show>
                {move || failed(tick.get(), &key, actions.on_retry)}
            </div>
        </div>
    }
}

/// The other side and colleagues have a face, once in a group; the room for it stays.
fn face(first: &Bubble, opens: Signal<bool>) -> impl IntoView + use<> {
    let author = if first.whose == Whose::Other {
        first.author.clone()
    } else {
        None
    };
    author.map(|face| {
        view! {
            <span class="bubble-face" class:is-hidden=move || !opens.get()>
                <FaceView face size=FaceSize::Small />
            </span>
        }
    })
}

/// Who says it: shown above the first of a group, said with every bubble.
fn speaker(first: &Bubble, opens: Signal<bool>) -> impl IntoView + use<> {
    let is_own = first.whose == Whose::Own;
    let name = match &first.author {
        Some(face) if !is_own => face.name.clone(),
        _ => say(Text::You).into(),
    };
    view! {
        <bdi class="bubble-name" class:said=move || is_own || !opens.get()>{name}</bdi>
    }
}

/// When, and how far it got.
fn meta(standing: Signal<Standing>, tick: Memo<Tick>) -> impl IntoView {
    let tick = move || {
        let (icon_of, words) = match tick.get() {
            Tick::None => return None,
            Tick::Pending => (Icon::Clock, Text::Sending),
            Tick::Sent => (Icon::Check, Text::Sent),
            Tick::Seen => (Icon::Checks, Text::Seen),
            Tick::Failed(_) => (Icon::Failed, Text::NotSent),
        };
        let is_seen = words == Text::Seen;
        Some(view! {
            <span class="bubble-tick" class:is-seen=is_seen role="img" aria-label=say(words) title=say(words)>
                {icon(icon_of)}
            </span>
        })
    };
    view! {
        <div class="bubble-meta">
            <span class="bubble-time">{move || standing.with(|standing| standing.time.clone())}</span>
            {tick}
        </div>
    }
}

/// What went wrong, and *Retry* beside it.
fn failed(tick: Tick, key: &str, on_retry: Callback<String>) -> impl IntoView + use<> {
    let Tick::Failed(code) = tick else {
        return None;
    };
    let key = key.to_owned();
    Some(failure(code, move || on_retry.run(key.clone())))
}

fn failure(code: ProblemCode, retry: impl Fn() + 'static) -> impl IntoView {
    view! {
        <div class="bubble-failure">
            {icon(Icon::Failed)}
            <span>{say(Text::NotSent)}" "{send_failure_sentence(code)}</span>
            <button type="button" class="bubble-retry" on:click=move |_| retry()>{say(Text::Retry)}</button>
        </div>
    }
}

/// Only what is stored can be answered.
fn reply_button(
    key: &str,
    standing: Signal<Standing>,
    on_reply: Callback<Position>,
    entry: ReplyEntry,
) -> impl IntoView + use<> {
    let position = Memo::new(move |_| standing.with(|standing| standing.position));
    let key = key.to_owned();
    move || {
        let (here, focused) = (key.clone(), key.clone());
        position.get().map(|position| {
            view! {
                <button
                    type="button"
                    class="icon-button bubble-reply"
                    aria-label=say(Text::Reply)
                    title=say(Text::Reply)
                    tabindex=move || if entry.is(&here) { "0" } else { "-1" }
                    on:focus=move |_| entry.at.set(Some(focused.clone()))
                    on:click=move |_| on_reply.run(position)
                >
                    {icon(Icon::Reply)}
                </button>
            }
        })
    }
}
