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
    pub ending: Ending,
}

/// How it was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The customer has read the last line.
    Read,
    /// The last line waits for the other side.
    Waiting,
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

/// One thing that happens when the seeds are played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// **Units**: minutes before the start.
    pub minutes_ago: i64,
    /// In `SCENES`; the one after the last is `LONG_THREAD`.
    pub scene: usize,
    pub act: Act,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Says the line of this number.
    Says(usize),
    /// The customer reads to the end.
    ReadsAll,
}

/// Every scene, in the order of the list that [`Step::scene`] counts in.
pub fn all_scenes() -> impl Iterator<Item = &'static Scene> {
    SCENES.iter().chain([&LONG_THREAD])
}

/// Everything in the order in which it happened: the conversations overlap, and time only goes forward.
pub fn plan_play() -> Vec<Step> {
    let mut steps = Vec::new();
    for (
        scene,
        Scene {
            began_minutes_ago,
            lines,
            ending,
            ..
        },
    ) in all_scenes().enumerate()
    {
        let mut minutes_ago = *began_minutes_ago;
        for (number, line) in lines.iter().enumerate() {
            minutes_ago -= line.minutes;
            steps.push(Step {
                minutes_ago,
                scene,
                act: Act::Says(number),
            });
        }
        if *ending == Ending::Read {
            steps.push(Step {
                minutes_ago: minutes_ago - 1,
                scene,
                act: Act::ReadsAll,
            });
        }
    }
    steps.sort_by_key(|step| std::cmp::Reverse(step.minutes_ago));
    steps
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
        for scene in all_scenes() {
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
    fn everything_is_played_once_and_time_goes_forward() {
        let steps = plan_play();
        assert!(steps.is_sorted_by_key(|step| -step.minutes_ago));
        assert!(steps.iter().all(|step| step.minutes_ago > 0));
        for (number, scene) in all_scenes().enumerate() {
            let said: Vec<usize> = steps
                .iter()
                .filter(|step| step.scene == number)
                .filter_map(|step| {
                    if let Act::Says(line) = step.act {
                        Some(line)
                    } else {
                        None
                    }
                })
                .collect();
            assert_eq!(
                said,
                (0..scene.lines.len()).collect::<Vec<_>>(),
                "{}",
                scene.customer.name
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
