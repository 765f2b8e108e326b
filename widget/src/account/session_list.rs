//! Where somebody is signed in.
//!
//! The law: the one that asks says so and cannot be ended from here by mistake; *Sign out* is for that.

use crate::frame::draw::{Drawn, draw};
use crate::frame::{clock, intl};
use crate::i18n::{Text, UserText, say, say_with};
use crate::reactive::{Callable, Callback, Signal};
use crate::shell::{Action, Drawing, empty_state, waiting};
use crate::ui::{Weight, button};
use shared::account::{SessionDoor, SessionRow};

/// How much of the list is here.
#[derive(Clone, PartialEq, Eq)]
pub enum SessionsShown {
    Asking,
    /// The server cannot be asked just now.
    Unreachable,
    /// The latest used first.
    Here(Vec<SessionRow>),
}

/// The list.
#[derive(Clone, Copy)]
pub struct SessionList {
    pub sessions: Signal<SessionsShown>,
    /// *Sign out there*, of the session that this names.
    pub on_end: Callback<String>,
    pub on_again: Callback<()>,
}

impl SessionList {
    pub fn draw(self) -> Drawn {
        let (on_end, on_press) = (self.on_end, self.on_again);
        draw("div").class("sessions").show(move || {
            self.sessions.with(|shown| {
                Some(match shown {
                    SessionsShown::Asking => waiting(say(Text::Opening)),
                    SessionsShown::Unreachable => {
                        let action = Some(Action::Press {
                            label: say(Text::TryAgain),
                            on_press,
                        });
                        empty_state(Drawing::LINE, say(Text::CouldNotLoad), action)
                    }
                    SessionsShown::Here(rows) => draw("ul")
                        .class("sessions-rows")
                        .children(rows.iter().map(|row| session(row, on_end))),
                })
            })
        })
    }
}

fn session(row: &SessionRow, on_end: Callback<String>) -> Drawn {
    let device = match row.device.as_str() {
        "" => say(UserText::UnknownDevice),
        device => device,
    };
    let device = draw("p")
        .class("sessions-device")
        .set("dir", "auto")
        .text(device);
    let words = draw("div")
        .class("sessions-words")
        .child(device)
        .child(draw("p").class("sessions-details").text(&details(row)));
    let name = row.name.clone();
    let end = (!row.is_own).then(|| {
        let on_press = Callback::new(move |()| {
            on_end.run(name.clone());
        });
        button(say(UserText::SignOutThere), Weight::Quiet, on_press)
    });
    draw("li").class("sessions-row").child(words).children(end)
}

/// "The admin page · here, now", "The chat · last used yesterday".
fn details(row: &SessionRow) -> String {
    let door = say(match row.door {
        SessionDoor::Chat => UserText::DoorChat,
        SessionDoor::Admin => UserText::DoorAdmin,
    });
    let used = if row.is_own {
        say(UserText::ThisOne).to_owned()
    } else {
        let time = intl::row_time(row.last_used_at, clock::server_now());
        say_with(UserText::LastUsed, &[("time", &time)])
    };
    [door, " · ", &used].concat()
}
