//! The visitor's door.

use super::script::LONG_WORD;
use super::story::{Stage, in_accent, nowhere, story};
use crate::frame::draw::Drawn;
use crate::guest::{Door, DoorForm};
use crate::i18n::{Text, say_with};
use crate::shell::screen;
use shared::problem::{Field, Problem, ProblemCode};
use shared::samples::{self, CORA, LONG, MINA, RIGHT_TO_LEFT, TEO};
use shared::settings::{GuestDoor, Presence, Site, Switch};

pub fn stories() -> Vec<Option<Drawn>> {
    vec![
        story("Door", Stage::Card, || {
            door(
                samples::site(),
                DoorForm::new(String::new(), String::new()),
                None,
            )
        }),
        story("Door, an earlier conversation", Stage::Card, || {
            door(with_codes(), filled(), None)
        }),
        story("Door, continued in an account", Stage::Card, || {
            told_door(with_codes(), &told("And the shade, does it come with it?"))
        }),
        story(
            "Door, continued in an account, narrow",
            Stage::Narrow,
            || told_door(away(), &told(LONG_WORD)),
        ),
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
        story("Door, starting", Stage::Card, || {
            let door = Door {
                is_starting: true.into(),
                ..made(samples::site(), filled(), None, &[])
            };
            Some(screen([door.draw()]))
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

fn with_codes() -> Site {
    Site {
        codes: Switch::On,
        ..samples::site()
    }
}

fn told(unsent: &str) -> Vec<String> {
    vec![
        say_with(Text::ContinuedAs, &[("email", "c•••@example.org")]),
        say_with(Text::NotSentThere, &[("text", unsent)]),
    ]
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

fn told_door(site: Site, told: &[String]) -> Option<Drawn> {
    let form = DoorForm::new(String::new(), String::new());
    Some(screen([made(site, form, None, told).draw()]))
}

fn door(site: Site, form: DoorForm, refused: Option<Problem>) -> Option<Drawn> {
    Some(screen([made(site, form, refused, &[]).draw()]))
}

fn made(site: Site, form: DoorForm, refused: Option<Problem>, told: &[String]) -> Door {
    Door {
        site: site.into(),
        form,
        refused: refused.into(),
        is_starting: false.into(),
        on_start: nowhere(),
        on_close: Some(nowhere()),
        on_continue: nowhere(),
        told: told.to_vec(),
        privacy: "https://example.org/privacy".into(),
    }
}
