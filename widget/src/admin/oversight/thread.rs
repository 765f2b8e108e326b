//! Reading along: a thread that nothing can be written into.
//!
//! The law: it says that reading is recorded; texts are text nodes; earlier messages come when they are asked for.

use super::conversions::Conversions;
use super::customer::TheCustomer;
use super::same_address::SameAddress;
use super::summary::{Summary, summary};
use super::thread_lines::{Line, Spoken, grown, joined, thread_lines};
use super::{Whose, api};
use crate::admin::errand::Errand;
use crate::admin::load::load;
use crate::admin::sentences as say;
use crate::admin::ui::{
    Button, Drawing, Empty, FaceView, Loudness, Mark, MarkKind, Mistake, Shown, drawing,
};
use crate::conversation::labels::BrowserLabels;
use crate::frame::{clock, intl, navigation};
use leptos::prelude::*;
use shared::conversation::{ConversationKind, Message};
use shared::ids::{ConversationId, Position};
use shared::safety::AdminThread;

/// In the place of the thread while none is chosen, though there are some.
#[component]
pub fn NoThread(#[prop(into)] has_rows: Signal<bool>) -> impl IntoView {
    view! {
        <Show when=move || has_rows.get()>
            <section class="card oversight-thread is-empty" aria-label=say::MESSAGES>
                <Empty words=say::PICK_CONVERSATION.to_owned()/>
            </section>
        </Show>
    }
}

#[component]
pub fn ReadAlong(
    whose: Whose,
    conversation_id: ConversationId,
    /// How often somebody asked for what is new.
    looked: RwSignal<u32>,
) -> impl IntoView {
    let loaded = load(move || {
        looked.track();
        api::messages(conversation_id.clone(), None)
    });
    let draw = move |thread: Signal<AdminThread>| view! { <Thread thread looked/> };
    view! {
        <section class="card oversight-thread" id="thread" tabindex="-1" aria-label=say::MESSAGES>
            <p class="oversight-back"><a class="page-back-link" href=whose.address()>{say::BACK_TO_LIST}</a></p>
            <Shown loaded draw/>
            <p class="oversight-note">{drawing(Drawing::Lines)}{say::READING_ALONG}</p>
        </section>
    }
}

#[component]
fn Thread(thread: Signal<AdminThread>, looked: RwSignal<u32>) -> impl IntoView {
    let conversation_id =
        thread.with_untracked(|thread| thread.conversation.conversation.conversation_id.clone());
    let whose = conversation_id.clone();
    let earlier = RwSignal::new(Vec::<Message>::new());
    let errand = Errand::new();
    let messages = Memo::new(move |_| {
        earlier.with(|earlier| thread.with(|thread| joined(earlier, &thread.messages)))
    });
    let first = Memo::new(move |_| {
        messages.with(|messages| messages.first().map(|message| message.position))
    });
    let has_earlier = move || {
        first
            .get()
            .is_some_and(|first| first > Position::NONE.next())
    };
    let more = move |()| {
        let call = api::messages(conversation_id.clone(), first.get_untracked());
        navigation::focus_around();
        errand.run(call, move |answer| {
            let newest = thread.with_untracked(|thread| thread.messages.clone());
            earlier.update(|known| *known = grown(&answer.messages, known, &newest));
        });
    };
    let more = Callback::new(more);
    let lines = Memo::new(move |_| {
        messages.with(|messages| thread_lines(messages, clock::server_now(), &BrowserLabels))
    });
    view! {
        {move || head(&thread.get())}
        <TheCustomer thread looked/>
        <SameAddress conversation_id=whose.clone() looked/>
        <Conversions conversation_id=whose looked/>
        <div class="oversight-log" role="log" aria-label=say::MESSAGES tabindex="0">
            <div class="oversight-column">
                <Show when=has_earlier>
                    <div class="oversight-more">
                        <Button label=say::EARLIER_MESSAGES loudness=Loudness::Quiet busy=errand.busy() on_press=more/>
                    </div>
                </Show>
                <Mistake words=errand.words()/>
                <For each=move || lines.get() key=|(key, _)| key.clone() let:line>{drawn(line.1)}</For>
            </div>
        </div>
    }
}

/// Who it is with, and the way into the chat.
fn head(thread: &AdminThread) -> impl IntoView + use<> {
    let Summary {
        name,
        face,
        email,
        is_blocked,
        acted_by,
        ..
    } = summary(&thread.conversation);
    let conversation = &thread.conversation.conversation;
    let address = [
        "/agent#conversation=",
        conversation.conversation_id.as_str(),
    ]
    .concat();
    let link = (conversation.kind == ConversationKind::Support).then(|| {
        view! {
            <a class="oversight-open" href=address target="_blank" rel="noopener">
                {say::OPEN_IN_CHAT}<span class="said">" "{say::IN_A_NEW_TAB}</span>
            </a>
        }
    });
    view! {
        <div class="oversight-head">
            <FaceView face/>
            <div class="rows-list-words">
                <h2 class="card-title"><span dir="auto">{name}</span></h2>
                <p class="rows-list-more">{email}</p>
                {acted_by.map(|who| view! { <p class="rows-list-more" dir="auto">{say::acted_by(&who)}</p> })}
            </div>
            {is_blocked.then(|| view! { <Mark words=say::BLOCKED_MARK kind=MarkKind::Warning/> })}
            {link}
        </div>
    }
}

fn drawn(line: Line) -> AnyView {
    match line {
        Line::Day(words) => view! { <p class="thread-day">{words}</p> }.into_any(),
        Line::Notice(words) => view! { <p class="thread-notice" dir="auto">{words}</p> }.into_any(),
        Line::Spoken(spoken) => bubble(spoken).into_any(),
    }
}

fn bubble(spoken: Spoken) -> impl IntoView {
    let Spoken {
        is_staff,
        author,
        text,
        time,
        sent_at,
        opens,
        closes,
        quote,
        ..
    } = spoken;
    let name = author
        .as_ref()
        .map(|author| author.name.clone())
        .unwrap_or_default();
    let face = author.map(|face| {
        view! { <span class="bubble-face" class:is-hidden=!opens><FaceView face small=true/></span> }
    });
    let quote = quote.map(|quote| {
        view! {
            <blockquote class="quote">
                <span class="quote-name" dir="auto">{quote.name}</span>
                <span class="quote-text" dir="auto">{quote.text}</span>
            </blockquote>
        }
    });
    view! {
        <div class="bubble" class:is-opening=opens class:is-own=is_staff class:is-colleague=is_staff>
            {face}
            <div class="bubble-main">
                <p class="bubble-name" class:said=!opens dir="auto">{name}</p>
                <div class="bubble-line">
                    <div class="bubble-body">{quote}<p class="bubble-text" dir="auto">{text}</p></div>
                </div>
                {closes.then(|| view! { <p class="bubble-meta"><time datetime=intl::iso(sent_at)>{time}</time></p> })}
            </div>
        </div>
    }
}
