//! What has already been said when the demonstration starts: conversations of the cast at plausible times.
//!
//! The law: times are counted back from the start, so that "yesterday" is yesterday whenever somebody starts it. Cora is
//! left out: she is for whoever tries it.

/// A long thread: something to scroll back in.
mod long_thread;
/// The short ones.
mod scenes;

pub use long_thread::LONG_THREAD;
pub use scenes::SCENES;

use shared::samples::Person;

/// One conversation.
pub struct Scene {
    pub customer: &'static Person,
    pub standing: Standing,
    /// When it began. **Units**: minutes before the start.
    pub began_minutes_ago: i64,
    /// At least one; the first is the customer's.
    pub lines: &'static [Line],
}

/// How the customer is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Guest,
    User,
}

/// One message.
pub struct Line {
    /// **Units**: minutes after the line before.
    pub minutes: i64,
    pub speaker: Speaker,
    pub text: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaker {
    Customer,
    Mina,
    Teo,
}

const fn customer(minutes: i64, text: &'static str) -> Line {
    Line {
        minutes,
        speaker: Speaker::Customer,
        text,
    }
}

const fn mina(minutes: i64, text: &'static str) -> Line {
    Line {
        minutes,
        speaker: Speaker::Mina,
        text,
    }
}

const fn teo(minutes: i64, text: &'static str) -> Line {
    Line {
        minutes,
        speaker: Speaker::Teo,
        text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{samples::CORA, text::MessageText};

    #[test]
    fn every_scene_is_begun_by_its_customer_and_over_before_the_start() {
        for scene in SCENES.iter().chain([&LONG_THREAD]) {
            let name = scene.customer.name;
            assert_ne!(scene.customer.key, CORA.key);
            assert_eq!(scene.lines[0].speaker, Speaker::Customer, "{name}");
            assert!(
                scene
                    .lines
                    .iter()
                    .all(|line| line.minutes >= 0 && MessageText::parse(line.text).is_ok()),
                "{name}"
            );
            let lasted: i64 = scene.lines.iter().map(|line| line.minutes).sum();
            assert!(
                lasted < scene.began_minutes_ago,
                "{name} talks past the start"
            );
        }
    }

    #[test]
    fn the_long_thread_needs_more_than_one_page() {
        assert!(LONG_THREAD.lines.len() > 60, "{}", LONG_THREAD.lines.len());
        assert!(LONG_THREAD.lines.len() > 2 * shared::limits::PAGE_ROWS_DEFAULT as usize);
    }

    #[test]
    fn somebody_waits_for_an_answer_and_somebody_has_one() {
        let waits = |scene: &Scene| scene.lines.last().unwrap().speaker == Speaker::Customer;
        assert!(SCENES.iter().filter(|scene| waits(scene)).count() >= 2);
        assert!(SCENES.iter().any(|scene| !waits(scene)));
    }
}
