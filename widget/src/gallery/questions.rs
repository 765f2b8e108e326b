//! What is asked before somebody is blocked, or a message reported: each opens with its button, as the true one does.

use super::script::{LONG_WORD, RIGHT_TO_LEFT_TEXT};
use super::story::{Stage, story};
use crate::frame::draw::{Drawn, draw};
use crate::i18n::{Text, say};
use crate::reactive::{Callback, Memo, RwSignal};
use crate::safety::state::{About, Step};
use crate::safety::{Asking, Deed};
use crate::ui::{Weight, button};
use shared::ids::Position;
use shared::samples::{CORA, LONG, MINA, Person, RIGHT_TO_LEFT};

pub fn stories() -> Vec<Option<Drawn>> {
    vec![story("Questions", Stage::Open, || {
        [
            opener(
                "A message",
                &MINA,
                "Shall I put one aside for you?",
                Step::Choose,
                None,
            ),
            opener(
                "Of somebody blocked",
                &CORA,
                "Hello?",
                Step::Choose,
                Some(Blocked),
            ),
            opener("Report", &CORA, RIGHT_TO_LEFT_TEXT, Step::Report, None),
            opener(
                "Report, long words",
                &LONG,
                &LONG_WORD.repeat(20),
                Step::Report,
                None,
            ),
            opener("Reported", &CORA, "Hello?", Step::Reported, None),
            opener("Block", &CORA, "", Step::Block, None),
            opener("Block, long name", &LONG, "", Step::Block, None),
            opener(
                "Block, right to left",
                &RIGHT_TO_LEFT,
                "",
                Step::Block,
                None,
            ),
        ]
    })]
}

/// Somebody who is blocked already.
struct Blocked;

/// Confirming fails here, so that it can be seen how that looks.
fn opener(name: &str, author: &Person, text: &str, step: Step, blocked: Option<Blocked>) -> Drawn {
    let first = About {
        author: author.face(),
        position: Position(1),
        text: text.into(),
        step,
    };
    let about = RwSignal::new(None::<About>);
    let on_press = Callback::new(move |()| about.set(Some(first.clone())));
    let is_open = Memo::new(move |_| about.with(Option::is_some));
    let is_blocked = blocked.is_some();
    let press = button(name, Weight::Quiet, on_press);
    draw("div").child(press).show(move || {
        let mistake = RwSignal::new(String::new());
        let on_choose = Callback::new(move |deed| match deed {
            Deed::Leave => about.set(None),
            Deed::Ask(step) => about.update(|about| {
                if let Some(about) = about {
                    about.step = step;
                }
            }),
            _ => mistake.set(say(Text::ProblemNotStored).into()),
        });
        let asking = || Asking {
            about: about.into(),
            reason: RwSignal::new(String::new()),
            mistake: mistake.into(),
            is_blocked,
            on_choose,
        };
        is_open.get().then(|| asking().draw())
    })
}
