//! "You were chatting as Cora. Continue here as Alice?" (C2)
//!
//! The law: it waits above the list until somebody answers, and nothing happens before; the guest's address is masked.

use crate::frame::draw::{Drawn, draw};
use crate::i18n::{UserText, say, say_with};
use crate::reactive::{Callable, Callback, Signal};
use crate::ui::{Weight, unique_id};
use shared::conversion::Question;

/// What can be answered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    ContinueHere,
    KeepApart,
}

/// The question, to whoever is signed in.
pub struct QuestionCard {
    pub question: Question,
    /// What the user is called.
    pub name: String,
    /// Why the answer could not be stored; empty while nothing is wrong.
    pub mistake: Signal<String>,
    pub on_answer: Callback<Answer>,
}

impl QuestionCard {
    pub fn draw(self) -> Drawn {
        let (id, on_answer, mistake) = (unique_id(), self.on_answer, self.mistake);
        // Names and addresses run as they run, whatever stands around them.
        let apart = |words: &str| ["\u{2068}", words, "\u{2069}"].concat();
        let words = say_with(
            UserText::WereChatting,
            &[
                ("guest", &apart(&self.question.guest_name)),
                ("email", &apart(&self.question.masked_email)),
                ("name", &apart(&self.name)),
            ],
        );
        let words = draw("p")
            .class("question-words")
            .set("id", &id)
            .set("dir", "auto")
            .text(&words);
        let mistake = draw("p")
            .class("question-mistake")
            .set("role", "status")
            .text_with(move || mistake.get());
        let button = |text, weight, answer| {
            let on_press = Callback::new(move |()| on_answer.run(answer));
            crate::ui::button(say(text), weight, on_press)
        };
        let answers = draw("div")
            .class("question-answers")
            .child(button(
                UserText::ContinueHere,
                Weight::Loud,
                Answer::ContinueHere,
            ))
            .child(button(
                UserText::KeepApart,
                Weight::Quiet,
                Answer::KeepApart,
            ));
        draw("section")
            .class("question")
            .set("aria-labelledby", &id)
            .child(words)
            .child(mistake)
            .child(answers)
    }
}
