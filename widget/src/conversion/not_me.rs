//! What is asked before the guest's part of a chat goes back to its guest.
//!
//! The law: it says what will happen before it happens; the first thing that has the keyboard does no harm; Escape
//! leaves the question and nothing else.

use crate::frame::dialog::set_open;
use crate::frame::draw::{Drawn, Place, draw};
use crate::frame::element::{focus_inside, key, use_up};
use crate::i18n::{Text, UserText, say};
use crate::reactive::{Callable, Callback, Effect, Signal};
use crate::ui::{Weight, button, unique_id};

/// What was answered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum NotMeAsked {
    /// They are not mine.
    Confirm,
    Leave,
}

/// The question.
#[derive(Clone, Copy)]
pub struct NotMe {
    /// Why it could not be done; empty while nothing is wrong.
    pub mistake: Signal<String>,
    pub on_answer: Callback<NotMeAsked>,
}

impl NotMe {
    pub fn draw(self) -> Drawn {
        let (place, id, mistake) = (Place::new(), unique_id(), self.mistake);
        Effect::new(move |_: Option<()>| {
            if let Some(dialog) = place.get() {
                set_open(&dialog, true);
                focus_inside(&dialog, ".is-quiet");
            }
        });
        let title = draw("h2")
            .class("ask-title")
            .set("id", &id)
            .text(say(UserText::NotMe));
        let words = draw("p")
            .class("ask-words")
            .text(say(UserText::NotMineMeans));
        let mistake = draw("p")
            .class("ask-mistake")
            .set("role", "status")
            .text_with(move || mistake.get());
        let answer = |label, weight, asked| {
            let on_press = Callback::new(move |()| self.answer(asked, place));
            button(label, weight, on_press)
        };
        let inside = draw("div")
            .class("ask-inside")
            .child(title)
            .child(mistake)
            .child(words)
            .child(answer(
                say(UserText::NotMine),
                Weight::Loud,
                NotMeAsked::Confirm,
            ))
            .child(answer(say(Text::Cancel), Weight::Quiet, NotMeAsked::Leave));
        draw("dialog")
            .class("ask")
            .set("aria-labelledby", &id)
            .lend(place)
            .on("keydown", move |event| {
                // Kept from the card, which would close on it.
                if key(&event) == "Escape" {
                    use_up(&event);
                    self.answer(NotMeAsked::Leave, place);
                }
            })
            .child(inside)
    }

    fn answer(self, asked: NotMeAsked, place: Place) {
        // Closed before it goes, so that the keyboard finds its way back.
        if let (NotMeAsked::Leave, Some(dialog)) = (asked, place.get()) {
            set_open(&dialog, false);
        }
        self.on_answer.run(asked);
    }
}
