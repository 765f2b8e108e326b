//! Where a message is written.
//!
//! The law: Enter sends, Shift+Enter breaks the line, and an Enter that ends the composition of a character (Chinese,
//! Japanese, Korean keyboards) does neither. Escape lets go of the message that is being answered, then of the card. What is written stays until somebody else takes it out of the draft.

use super::quote::ReplyChip;
use super::rows::Quote;
use crate::frame::element::focus;
use crate::i18n::{Text, say, say_count};
use crate::ui::{Icon, icon, unique_id};
use leptos::ev::KeyboardEvent;
use crate::reactive::{Effect, Memo, RwSignal, Signal};
use leptos::prelude::*;
use shared::limits::{MESSAGE_CHARACTERS, MESSAGE_COUNTER_FROM};
use shared::text::MessageText;

/// What the counter says near the limit and beyond it; empty before.
fn counted(draft: &str) -> String {
    // Bytes bound characters from above: most drafts are never walked.
    if draft.len() + MESSAGE_COUNTER_FROM < MESSAGE_CHARACTERS {
        return String::new();
    }
    let characters = draft.chars().count();
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    if characters > MESSAGE_CHARACTERS {
        say_count(
            Text::CharactersOver,
            number(characters - MESSAGE_CHARACTERS),
        )
    } else if characters + MESSAGE_COUNTER_FROM >= MESSAGE_CHARACTERS {
        say_count(
            Text::CharactersLeft,
            number(MESSAGE_CHARACTERS - characters),
        )
    } else {
        String::new()
    }
}

#[component]
pub fn Composer(
    /// What is being written: kept per conversation by whoever owns it.
    draft: RwSignal<String>,
    /// The message that is being answered.
    #[prop(into, optional)]
    reply: Signal<Option<Quote>>,
    #[prop(optional)] on_cancel_reply: Option<Callback<()>>,
    /// One sentence above the field: "Mina answered while you were writing."; empty for none.
    #[prop(into, optional)]
    note: Signal<String>,
    /// Send the draft. Runs only when there is something that may be sent.
    on_send: Callback<()>,
    /// Somebody pressed a key that changed the draft.
    on_typing: Callback<()>,
) -> impl IntoView {
    let counter = Memo::new(move |_| draft.with(|draft| counted(draft)));
    let may_send = Memo::new(move |_| draft.with(|draft| MessageText::parse(draft).is_ok()));
    let field = NodeRef::<leptos::html::Textarea>::new();
    let write_on = move || {
        if let Some(field) = field.get_untracked() {
            focus(&field);
        }
    };
    let send = move || {
        if may_send.get_untracked() {
            on_send.run(());
            // *Send* falls asleep under the pointer, and would take the keyboard with it.
            write_on();
        }
    };
    // Whoever chose a message to answer goes on by writing.
    Effect::new(move |was_replying: Option<bool>| {
        let is_replying = reply.with(Option::is_some);
        if is_replying && was_replying == Some(false) {
            write_on();
        }
        is_replying
    });
    let counter_id = unique_id();
    let described_by = counter_id.clone();
    let cancel = on_cancel_reply.unwrap_or_else(|| Callback::new(|()| {}));
    let cancel = Callback::new(move |()| {
        cancel.run(());
        write_on();
    });
    let keys = move |event: KeyboardEvent| {
        if ends_message(&event) {
            event.prevent_default();
            send();
        } else if event.key() == "Escape" && reply.with_untracked(Option::is_some) {
            // Used up here, so the card stays open.
            event.prevent_default();
            cancel.run(());
        }
    };
    view! {
        <div class="composer">
            <Show when=move || note.with(|note| !note.is_empty())>
                <p class="composer-note" dir="auto">{move || note.get()}</p>
            </Show>
            <ReplyChip quote=reply on_cancel=cancel />
            <form class="composer-form" on:submit=move |event| { event.prevent_default(); send(); }>
                // The text once more, unseen: it gives the field the height of what is written, without measuring.
                <div class="composer-field">
                    <div class="composer-mirror" aria-hidden="true">{move || draft.with(|draft| mirrored(draft))}</div>
                    <textarea
                        class="composer-text"
                        rows="1"
                        node_ref=field
                        dir="auto"
                        data-focus=""
                        enterkeyhint="send"
                        aria-label=say(Text::WriteAMessage)
                        placeholder=say(Text::WriteAMessage)
                        aria-describedby=move || counter.with(|counter| (!counter.is_empty()).then(|| described_by.clone()))
                        prop:value=move || draft.get()
                        on:input=move |event| { draft.set(event_target_value(&event)); on_typing.run(()); }
                        on:keydown=keys
                    ></textarea>
                </div>
                <button type="submit" class="composer-send" class:is-awake=move || may_send.get() aria-label=say(Text::Send) title=say(Text::Send) disabled=move || !may_send.get()>
                    {icon(Icon::Send)}
                </button>
            </form>
            <p class="composer-counter" id=counter_id class:is-over=move || draft.with(|draft| is_over(draft)) hidden=move || counter.with(String::is_empty)>
                {move || counter.get()}
            </p>
        </div>
    }
}

fn is_over(draft: &str) -> bool {
    draft.len() > MESSAGE_CHARACTERS && draft.chars().count() > MESSAGE_CHARACTERS
}

/// A last line that is empty has no height of its own.
fn mirrored(draft: &str) -> String {
    // What lies beyond the sixth line is scrolled in the field, so the mirror need not hold a whole novel.
    let shown = draft
        .char_indices()
        .nth(1_000)
        .map_or(draft, |(end, _)| &draft[..end]);
    format!("{shown}\u{200b}")
}

/// 229 is what browsers report while a character is still being composed, where `isComposing` comes too late.
fn ends_message(event: &KeyboardEvent) -> bool {
    event.key() == "Enter" && !event.shift_key() && !event.is_composing() && event.key_code() != 229
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counter_speaks_near_the_limit_only() {
        for (characters, said) in [
            (0, ""),
            (7_499, ""),
            (7_500, "500 characters left"),
            (7_999, "1 character left"),
            (8_000, "0 characters left"),
            (8_001, "1 character too many"),
            (9_000, "1000 characters too many"),
        ] {
            assert_eq!(
                counted(&"x".repeat(characters)),
                said,
                "{characters} letters"
            );
            assert_eq!(
                counted(&"ж".repeat(characters)),
                said,
                "{characters} letters of two bytes"
            );
        }
    }

    #[test]
    fn a_last_empty_line_has_its_height() {
        assert_eq!(mirrored("a\n"), "a\n\u{200b}");
        assert!(mirrored(&"ж".repeat(5_000)).chars().count() < 1_100);
    }
}
