//! Conversations as rows: *Customer Support* and *Chats* show the same list.
//!
//! The law: a row is one button whose name starts with whom it is with; arrow keys move, Enter opens; unread is a number
//! and weight, never colour alone.

use super::list_row::ListRow;
use super::thread_header::proof_words;
use crate::frame::element::{Step, move_focus};
use crate::i18n::{Text, say, say_with};
use crate::ui::{Badge, Button, FaceSize, FaceView, Weight};
use leptos::ev::KeyboardEvent;
use crate::reactive::{Memo, RwSignal, Signal, keyed_list};
use leptos::prelude::*;
use shared::ids::ConversationId;

#[component]
pub fn ConversationList(
    /// Newest activity first.
    #[prop(into)]
    rows: Signal<Vec<ListRow>>,
    /// What the list is called.
    label: &'static str,
    on_open: Callback<ConversationId>,
    /// Whether there is another page.
    #[prop(into, optional)]
    has_more: Signal<bool>,
    #[prop(optional)] on_more: Option<Callback<()>>,
) -> impl IntoView {
    // The one row that Tab leads to; the others are reached by arrow keys.
    let current = RwSignal::new(None::<ConversationId>);
    let entry = Memo::new(move |_| rows.with(|rows| entry_row(rows, current.get().as_ref())));
    let items = Signal::derive(move || {
        rows.with(|rows| {
            rows.iter()
                .map(|row| (row.conversation_id.as_str().to_owned(), row.clone()))
                .collect::<Vec<_>>()
        })
    });
    let more = on_more.unwrap_or_else(|| Callback::new(|()| {}));
    let list = keyed_list(items, move |_, row: Signal<ListRow>| {
        let id = row.with_untracked(|row| row.conversation_id.clone());
        let keyed_id = id.clone();
        let is_entry =
            Signal::derive(move || entry.with(|entry| entry.as_ref() == Some(&keyed_id)));
        view! { <ConversationRow id row is_entry current on_open /> }.into_any()
    });
    view! {
        <ul class="rows" aria-label=label on:keydown=|event| steer(&event)>
            {list}
        </ul>
        <Show when=move || has_more.get()>
            <div class="rows-more">
                <Button label=say(Text::ShowMore) on_press=more weight=Weight::Quiet />
            </div>
        </Show>
    }
}

/// The row somebody was on, or the first.
fn entry_row(rows: &[ListRow], current: Option<&ConversationId>) -> Option<ConversationId> {
    let current = rows
        .iter()
        .find(|row| Some(&row.conversation_id) == current);
    current
        .or(rows.first())
        .map(|row| row.conversation_id.clone())
}

fn steer(event: &KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowDown" => Step::Next,
        "ArrowUp" => Step::Previous,
        "Home" => Step::First,
        "End" => Step::Last,
        _ => return,
    };
    move_focus(event, ".row", step);
}

#[component]
fn ConversationRow(
    id: ConversationId,
    row: Signal<ListRow>,
    is_entry: Signal<bool>,
    current: RwSignal<Option<ConversationId>>,
    on_open: Callback<ConversationId>,
) -> impl IntoView {
    let unread = Memo::new(move |_| row.with(|row| row.unread));
    let focused = id.clone();
    view! {
        <li>
            <button
                type="button"
                class="row"
                class:is-unread=move || unread.get() != 0
                tabindex=move || if is_entry.get() { "0" } else { "-1" }
                on:focus=move |_| current.set(Some(focused.clone()))
                on:click=move |_| on_open.run(id.clone())
            >
                {leading_face(row)}
                <span class="row-top">
                    <bdi class="row-name">{move || row.with(|row| row.name.clone())}</bdi>
                    {said_proof(row)}
                    <span class="row-time">{move || row.with(|row| row.time.clone())}</span>
                </span>
                <span class="row-bottom">
                    <span class="row-text" class:is-typing=move || row.with(|row| row.typing.is_some()) dir="auto">
                        {move || row.with(last_line)}
                    </span>
                    {helper_face(row)}
                    <Badge count=unread />
                </span>
            </button>
        </li>
    }
}

/// Who is typing, else the last message.
fn last_line(row: &ListRow) -> String {
    match &row.typing {
        Some(name) => say_with(Text::IsTyping, &[("name", name)]),
        None if row.own_snippet => say_with(Text::OwnSnippet, &[("text", &row.snippet)]),
        None => row.snippet.clone(),
    }
}

fn leading_face(row: Signal<ListRow>) -> impl IntoView {
    let shown = Memo::new(move |_| row.with(|row| (row.face.clone(), row.proof)));
    move || {
        let (face, proof) = shown.get();
        face.map(|face| view! { <FaceView face proof /> })
    }
}

/// What the mark at the face means, for those who listen.
fn said_proof(row: Signal<ListRow>) -> impl IntoView {
    move || {
        row.with(|row| row.proof)
            .map(|proof| view! { <span class="said">{say(proof_words(proof))}</span> })
    }
}

fn helper_face(row: Signal<ListRow>) -> impl IntoView {
    let helper = Memo::new(move |_| row.with(|row| row.helper.clone()));
    move || {
        helper
            .get()
            .map(|face| view! { <FaceView face size=FaceSize::Tiny /> })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::samples;

    fn row(number: u8) -> ListRow {
        ListRow {
            conversation_id: samples::conversation_id(number),
            name: samples::CORA.name.into(),
            face: None,
            proof: None,
            time: "now".into(),
            snippet: "Thank you".into(),
            own_snippet: false,
            unread: 0,
            helper: None,
            typing: None,
        }
    }

    #[test]
    fn tab_leads_to_the_row_somebody_was_on() {
        let rows = [row(1), row(2)];
        let second = samples::conversation_id(2);
        assert!(entry_row(&rows, Some(&second)) == Some(second.clone()));
        assert!(entry_row(&rows, None) == Some(samples::conversation_id(1)));
        assert!(
            entry_row(&rows[..1], Some(&second)) == Some(samples::conversation_id(1)),
            "a row that is gone"
        );
        assert!(entry_row(&[], None).is_none());
    }

    #[test]
    fn the_line_says_who_spoke_last() {
        let mut row = row(1);
        assert_eq!(last_line(&row), "Thank you");
        row.own_snippet = true;
        assert_eq!(last_line(&row), "You: Thank you");
        row.typing = Some("Cora".into());
        assert_eq!(last_line(&row), "Cora is typing");
    }
}
