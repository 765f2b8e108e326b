//! How one delivery stands, in words.
//!
//! The law: it says how it ended or what comes next, and how the other side answered; a reason we have no words for is
//! still said.

use super::counted;
use shared::host::DeliveryRow;

/// How a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    Delivered,
    /// It is tried, or tried again.
    Waiting,
    GivenUp,
}

impl DeliveryState {
    pub const fn of(row: &DeliveryRow) -> Self {
        match (row.delivered_at, row.next_try_at) {
            (Some(_), _) => Self::Delivered,
            (None, Some(_)) => Self::Waiting,
            (None, None) => Self::GivenUp,
        }
    }

    pub const fn words(self) -> &'static str {
        match self {
            Self::Delivered => "Delivered",
            Self::Waiting => "Waiting",
            Self::GivenUp => "Given up",
        }
    }
}

/// "Your server took it.", "After 2 tries: your server answered 500. The next try: 14:05." Tries are counted from the last
/// time that somebody repeated it. `next`: the next try, in words.
pub fn delivery_words(row: &DeliveryRow, next: Option<&str>) -> String {
    let tries = tries(row.tries);
    match (DeliveryState::of(row), answer(row)) {
        (DeliveryState::Delivered, _) if row.tries <= 1 => "Your server took it.".into(),
        (DeliveryState::Delivered, _) => format!("Your server took it after {tries}."),
        (DeliveryState::Waiting, _) if row.tries == 0 => "It is on its way.".into(),
        (DeliveryState::Waiting, answer) => {
            let again = next.map_or_else(String::new, |next| format!(" The next try: {next}."));
            format!("After {tries}{answer}.{again}")
        }
        (DeliveryState::GivenUp, answer) => format!("After {tries}{answer}."),
    }
}

fn tries(count: u32) -> String {
    counted(count as usize, "try", "tries")
}

/// How the other side answered the last time: ": your server answered 500".
fn answer(row: &DeliveryRow) -> String {
    match (row.last_status, row.last_failure.as_deref()) {
        (Some(status), _) => format!(": your server answered {status}"),
        (None, Some(failure)) => [": ", &failure_in_words(failure)].concat(),
        (None, None) => String::new(),
    }
}

/// Why there was no answer.
fn failure_in_words(failure: &str) -> String {
    match failure {
        "address_private" => "the address isn't a public one".into(),
        "name_unknown" => "there is no server of that name".into(),
        "connection" => "your server couldn't be reached".into(),
        "timeout" => "your server took too long".into(),
        "nothing_to_tell" => "what it is about isn't there any more".into(),
        other => other.replace('_', " "),
    }
}

/// "Repeat: a message was sent, 14:05".
pub fn repeat_what(event: &str, when: &str) -> String {
    [super::REPEAT, ": ", event, ", ", when].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::host::WebhookEvent;
    use shared::ids::{DeliveryId, Time};
    use shared::samples::client_id;

    fn row() -> DeliveryRow {
        DeliveryRow {
            delivery_id: DeliveryId::parse(client_id(1).as_str()).unwrap(),
            event: WebhookEvent::MessageSent,
            created_at: Time(0),
            tries: 2,
            delivered_at: None,
            next_try_at: None,
            last_status: None,
            last_failure: None,
        }
    }

    #[test]
    fn a_delivery_says_how_it_stands_and_what_comes_next() {
        let (now, status) = (Some(Time(9)), Some(500));
        for (row, expected) in [
            (
                DeliveryRow {
                    delivered_at: now,
                    tries: 1,
                    ..row()
                },
                "Your server took it.",
            ),
            (
                DeliveryRow {
                    delivered_at: now,
                    last_status: Some(204),
                    ..row()
                },
                "Your server took it after 2 tries.",
            ),
            (
                DeliveryRow {
                    next_try_at: now,
                    tries: 0,
                    ..row()
                },
                "It is on its way.",
            ),
            (
                DeliveryRow {
                    next_try_at: now,
                    last_status: status,
                    ..row()
                },
                "After 2 tries: your server answered 500. The next try: 14:05.",
            ),
            (
                DeliveryRow {
                    last_failure: Some("timeout".into()),
                    ..row()
                },
                "After 2 tries: your server took too long.",
            ),
            (
                DeliveryRow {
                    last_failure: Some("of_a_newer_server".into()),
                    tries: 1,
                    ..row()
                },
                "After 1 try: of a newer server.",
            ),
        ] {
            assert_eq!(delivery_words(&row, Some("14:05")), expected);
        }
    }

    #[test]
    fn what_is_neither_taken_nor_tried_again_was_given_up() {
        assert_eq!(DeliveryState::of(&row()), DeliveryState::GivenUp);
        let waiting = DeliveryRow {
            next_try_at: Some(Time(1)),
            ..row()
        };
        assert_eq!(DeliveryState::of(&waiting), DeliveryState::Waiting);
        let taken = DeliveryRow {
            delivered_at: Some(Time(1)),
            ..waiting
        };
        assert_eq!(DeliveryState::of(&taken), DeliveryState::Delivered);
    }
}
