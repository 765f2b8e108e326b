//! The visitor's door.

use super::script::LONG_WORD;
use super::story::{Stage, in_accent, nowhere, story};
use crate::frame::draw::Drawn;
use crate::guest::{Door, DoorForm};
use crate::shell::screen;
use shared::problem::{Field, Problem, ProblemCode};
use shared::samples::{self, CORA, LONG, MINA, RIGHT_TO_LEFT, TEO};
use shared::settings::{GuestDoor, Presence, Site};

pub fn stories() -> Vec<Option<Drawn>> {
    vec![
        story("Door", Stage::Card, || {
            door(
                samples::site(),
                DoorForm::new(String::new(), String::new()),
                None,
            )
        }),
        story("Door, mistakes", Stage::Card, || {
            door(samples::site(), mistaken(), None)
        }),
        story("Door, refused by the server", Stage::Card, || {
            door(
                away(),
                filled(),
                Some(Problem::about(ProblemCode::NameReserved, Field::Name)),
            )
        }),
        story("Door, too quick", Stage::Card, || {
            door(
                away(),
                filled(),
                Some(Problem::retry_after(ProblemCode::SlowDown, 7)),
            )
        }),
        story("Door, nobody here", Stage::Card, || {
            door(
                Site {
                    door: GuestDoor::NobodyHere,
                    faces: Vec::new(),
                    ..away()
                },
                filled(),
                None,
            )
        }),
        story("Door, closed", Stage::Card, || {
            door(
                Site {
                    door: GuestDoor::Closed,
                    ..away()
                },
                filled(),
                None,
            )
        }),
        story("Door, long words", Stage::Narrow, || {
            door(wordy(), mistaken(), None)
        }),
        story("Door, another accent", Stage::Card, || {
            in_accent(
                "#FACC15",
                door(
                    samples::site(),
                    DoorForm::new(String::new(), String::new()),
                    None,
                ),
            )
        }),
    ]
}

fn away() -> Site {
    Site {
        presence: Presence::Away,
        ..samples::site()
    }
}

fn wordy() -> Site {
    Site {
        site_name: LONG_WORD.into(),
        greeting: format!("Chat with {LONG_WORD}"),
        faces: vec![LONG.face(), RIGHT_TO_LEFT.face(), MINA.face(), TEO.face()],
        ..samples::site()
    }
}

fn filled() -> DoorForm {
    DoorForm::new(CORA.name.into(), CORA.email.into())
}

fn mistaken() -> DoorForm {
    let form = DoorForm::new(String::new(), "cora.example.org".into());
    form.say_mistakes();
    form
}

fn door(site: Site, form: DoorForm, refused: Option<Problem>) -> Option<Drawn> {
    let door = Door {
        site: site.into(),
        form,
        refused: refused.into(),
        is_starting: false.into(),
        on_start: nowhere(),
        on_close: Some(nowhere()),
        privacy: "https://example.org/privacy".into(),
    };
    Some(screen([door.draw()]))
}
