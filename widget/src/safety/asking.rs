//! What is asked before somebody is blocked or a message reported.
//!
//! The law: the browser's own modal dialog, so the keyboard stays in it, and goes back to where it was; Escape leaves it
//! and nothing else. The first thing that has the keyboard never does any harm.

use super::state::{About, Step};
use crate::frame::dialog::set_open;
use crate::frame::draw::{Drawn, Place, draw};
use crate::frame::element::{focus_inside, key, use_up};
use crate::i18n::{Text, digits, say, say_with};
use crate::reactive::{Callable, Callback, Effect, RwSignal, Signal};
use crate::ui::{Weight, button, direction, unique_id};
use shared::limits::REASON_CHARACTERS;

/// The question.
#[derive(Clone, Copy)]
pub struct Asking {
    /// `None`: nothing is asked.
    pub about: Signal<Option<About>>,
    pub reason: RwSignal<String>,
    /// Why it could not be done; empty while nothing is wrong.
    pub mistake: Signal<String>,
    pub is_blocked: bool,
    pub on_choose: Callback<Deed>,
}

/// What can be chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Asks on.
    Ask(Step),
    /// Answers the message.
    Reply,
    Report,
    /// Blocks, or unblocks who is blocked.
    Block,
    Leave,
}

impl Asking {
    pub fn draw(self) -> Drawn {
        let Self { about, mistake, .. } = self;
        let place = Place::new();
        Effect::new(move |_: Option<()>| {
            about.track();
            if let Some(dialog) = place.get() {
                set_open(&dialog, true);
                focus_inside(&dialog, ".ask-reason, .is-quiet");
            }
        });
        let id = unique_id();
        let dialog = draw("dialog")
            .class("ask")
            .set("aria-labelledby", &id)
            .lend(place)
            .on("keydown", move |event| {
                // Kept from the card, which would close on it.
                if key(&event) == "Escape" {
                    use_up(&event);
                    self.choose(Deed::Leave, place);
                }
            });
        let title = draw("h2")
            .class("ask-title")
            .set("id", &id)
            .set("dir", "auto")
            .text_with(move || about.with(|about| about.as_ref().map_or(String::new(), title)));
        let mistake = draw("p")
            .class("ask-mistake")
            .set("role", "status")
            .text_with(move || mistake.get());
        let inside = draw("div").class("ask-inside").child(title).child(mistake);
        let parts = move |about: &Option<About>| {
            let about = about.as_ref();
            about.map_or_else(Vec::new, |about| self.parts(about, place))
        };
        dialog.child(inside.show(move || about.with(parts)))
    }

    fn choose(self, deed: Deed, place: Place) {
        // Closed before it goes, so that the keyboard finds its way back.
        if let (Deed::Leave, Some(dialog)) = (deed, place.get()) {
            set_open(&dialog, false);
        }
        self.on_choose.run(deed);
    }

    /// What is said, and what can be done.
    fn parts(self, about: &About, place: Place) -> Vec<Drawn> {
        let step = about.step;
        let (class, words) = match step {
            Step::Choose | Step::Report => ("ask-quote", about.text.clone()),
            Step::Block => ("ask-words", name_in(Text::BlockMeans, about)),
            Step::Reported => ("ask-words", say(Text::Reported).into()),
        };
        let mut parts = vec![draw("p").class(class).set("dir", "auto").text(&words)];
        if step == Step::Report {
            parts.push(reason(self.reason));
        }
        for (label, weight, deed) in self.choices(about) {
            let on_press = Callback::new(move |()| self.choose(deed, place));
            parts.push(button(&label, weight, on_press));
        }
        parts
    }

    fn choices(self, about: &About) -> Vec<(String, Weight, Deed)> {
        let report = String::from(say(Text::Report));
        let mut choices = match about.step {
            Step::Choose => {
                let block = match self.is_blocked {
                    true => (Text::Unblock, "", Deed::Block),
                    false => (Text::Block, "…", Deed::Ask(Step::Block)),
                };
                vec![
                    (say(Text::Reply).into(), Weight::Quiet, Deed::Reply),
                    (report + "…", Weight::Quiet, Deed::Ask(Step::Report)),
                    (name_in(block.0, about) + block.1, Weight::Quiet, block.2),
                ]
            }
            Step::Report => vec![(report, Weight::Loud, Deed::Report)],
            Step::Block => vec![(name_in(Text::Block, about), Weight::Loud, Deed::Block)],
            Step::Reported => Vec::new(),
        };
        let leave = match about.step {
            Step::Reported => Text::Close,
            _ => Text::Cancel,
        };
        choices.push((say(leave).into(), Weight::Quiet, Deed::Leave));
        choices
    }
}

fn title(about: &About) -> String {
    match about.step {
        Step::Choose => about.author.name.clone(),
        Step::Report | Step::Reported => say(Text::Report).into(),
        Step::Block => name_in(Text::Block, about),
    }
}

fn name_in(text: Text, about: &About) -> String {
    say_with(text, &[("name", &about.author.name)])
}

/// Where the reporter may say why.
fn reason(reason: RwSignal<String>) -> Drawn {
    let area = draw("textarea")
        .class("ask-reason")
        .set_with("dir", move || reason.with(|typed| direction(typed)))
        .set("rows", "3")
        .set("maxlength", &digits(REASON_CHARACTERS as u64));
    let area = area.value(move || reason.get(), move |typed| reason.set(typed));
    draw("label")
        .class("ask-label")
        .text(say(Text::ReportReason))
        .child(area)
}
