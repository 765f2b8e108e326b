//! Where a message is written.
//!
//! The law: Enter sends, Shift+Enter breaks the line, and an Enter that ends the composition of a character (Chinese,
//! Japanese, Korean keyboards) does neither. Escape lets go of the message that is being answered, then of the card.
//! What is written stays until somebody else takes it out of the draft.

use super::quote::reply_chip;
use super::rows::Quote;
use crate::frame::draw::{Drawn, Event, Place, draw};
use crate::frame::element::{focus, is_plain_enter, key, use_up};
use crate::i18n::{Text, say, say_count};
use crate::reactive::{Callable, Callback};
use crate::reactive::{Effect, Memo, RwSignal, Signal};
use crate::ui::{Icon, direction, icon, unique_id};
use shared::limits::{MESSAGE_CHARACTERS, MESSAGE_COUNTER_FROM};
use shared::text::MessageText;

/// Where a message is written.
#[derive(Clone, Copy)]
pub struct Composer {
    /// What is being written: kept per conversation by whoever owns it.
    pub draft: RwSignal<String>,
    /// The message that is being answered.
    pub reply: Signal<Option<Quote>>,
    pub on_cancel_reply: Callback<()>,
    /// One sentence above the field: "Mina answered while you were writing."; empty for none.
    pub note: Signal<String>,
    /// Send the draft. Runs only when there is something that may be sent.
    pub on_send: Callback<()>,
    /// Somebody pressed a key that changed the draft.
    pub on_typing: Callback<()>,
}

/// What works in a composer: its own parts, and what they need of each other.
#[derive(Clone, Copy)]
struct Works {
    composer: Composer,
    field: Place,
    may_send: Memo<bool>,
}

impl Composer {
    pub fn draw(self) -> Drawn {
        let draft = self.draft;
        let may_send = Memo::new(move |_| draft.with(|draft| MessageText::parse(draft).is_ok()));
        let works = Works {
            composer: self,
            field: Place::new(),
            may_send,
        };
        works.write_on_after_reply();
        let counter = Memo::new(move |_| draft.with(|draft| counted(draft)));
        let counter_id = unique_id();
        let (note, reply) = (self.note, self.reply);
        let composer = draw("div")
            .class("composer")
            .show(move || note.with(|note| note_view(note)));
        let composer = composer.show(move || {
            let cancel = Callback::new(move |()| works.cancel_reply());
            reply.with(|reply| reply.as_ref().map(|reply| reply_chip(reply, cancel)))
        });
        composer
            .child(works.form(counter, &counter_id))
            .child(counter_view(draft, counter, &counter_id))
    }
}

impl Works {
    fn form(self, counter: Memo<String>, counter_id: &str) -> Drawn {
        let form = draw("form")
            .class("composer-form")
            .on("submit", move |event| {
                event.prevent_default();
                self.send();
            });
        let draft = self.composer.draft;
        // The text once more, unseen: it gives the field the height of what is written, without measuring.
        let mirror = draw("div")
            .class("composer-mirror")
            .set("aria-hidden", "true");
        let mirror = mirror.text_with(move || draft.with(|draft| mirrored(draft)));
        let field = draw("div")
            .class("composer-field")
            .child(mirror)
            .child(self.text_area(counter, counter_id));
        form.child(field).child(self.send_button())
    }

    fn text_area(self, counter: Memo<String>, counter_id: &str) -> Drawn {
        let Composer {
            draft, on_typing, ..
        } = self.composer;
        let area = draw("textarea")
            .class("composer-text")
            .set("rows", "1")
            .set_with("dir", move || draft.with(|draft| direction(draft)))
            .set("data-focus", "");
        let area = area.set("enterkeyhint", "send").lend(self.field);
        let area = area
            .set("aria-label", say(Text::WriteAMessage))
            .set("placeholder", say(Text::WriteAMessage));
        let counter_id = counter_id.to_owned();
        let area = area.set_with("aria-describedby", move || {
            counter.with(|counter| (!counter.is_empty()).then(|| counter_id.clone()))
        });
        let area = area.value(
            move || draft.get(),
            move |typed| {
                draft.set(typed);
                on_typing.run(());
            },
        );
        area.on("keydown", move |event| self.hear(&event))
    }

    fn send_button(self) -> Drawn {
        let may_send = self.may_send;
        let button = draw("button").class("composer-send").set("type", "submit");
        let button = button
            .set("aria-label", say(Text::Send))
            .set("title", say(Text::Send))
            .child(icon(Icon::Send));
        button
            .class_while("is-awake", move || may_send.get())
            .flag_while("disabled", move || !may_send.get())
    }

    fn hear(self, event: &Event) {
        if is_plain_enter(event) {
            event.prevent_default();
            self.send();
        } else if key(event) == "Escape" && self.composer.reply.with_untracked(Option::is_some) {
            use_up(event);
            self.cancel_reply();
        }
    }

    fn send(self) {
        if self.may_send.get_untracked() {
            self.composer.on_send.run(());
            // *Send* falls asleep under the pointer, and would take the keyboard with it.
            self.write_on();
        }
    }

    fn cancel_reply(self) {
        self.composer.on_cancel_reply.run(());
        self.write_on();
    }

    fn write_on(self) {
        if let Some(field) = self.field.get() {
            focus(&field);
        }
    }

    /// Whoever chose a message to answer goes on by writing.
    fn write_on_after_reply(self) {
        let reply = self.composer.reply;
        Effect::new(move |was_replying: Option<bool>| {
            let is_replying = reply.with(Option::is_some);
            if is_replying && was_replying == Some(false) {
                self.write_on();
            }
            is_replying
        });
    }
}

fn note_view(note: &str) -> Option<Drawn> {
    (!note.is_empty()).then(|| {
        draw("p")
            .class("composer-note")
            .set("dir", "auto")
            .text(note)
    })
}

fn counter_view(draft: RwSignal<String>, counter: Memo<String>, id: &str) -> Drawn {
    let view = draw("p")
        .class("composer-counter")
        .set("id", id)
        .text_with(move || counter.get());
    let view = view.flag_while("hidden", move || counter.with(String::is_empty));
    view.class_while("is-over", move || draft.with(|draft| is_over(draft)))
}

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
    [shown, "\u{200b}"].concat()
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
