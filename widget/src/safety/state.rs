//! What is being asked, and doing it.
//!
//! The law: nothing is done before it was confirmed, and a question belongs to one thread: it goes when the thread goes.

use super::api::{self, Order};
use crate::i18n::problem_sentence;
use crate::reactive::RwSignal;
use shared::identity::Face;
use shared::ids::{ConversationId, Position};
use shared::safety::ReportMessage;

/// Whom it is about, and what they wrote.
#[derive(Clone, PartialEq, Eq)]
pub struct About {
    pub author: Face,
    /// Of the message; `Position::NONE` where it is about the person alone.
    pub position: Position,
    pub text: String,
    /// How far the question is.
    pub step: Step,
}

/// How far the question is.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub enum Step {
    /// What is to be done about a message.
    #[default]
    Choose,
    Report,
    Block,
    /// The report was taken.
    Reported,
}

/// The question.
#[derive(Clone, Copy)]
pub struct Safety {
    pub about: RwSignal<Option<About>>,
    pub reason: RwSignal<String>,
    /// Why it could not be done; empty while nothing is wrong.
    pub mistake: RwSignal<String>,
}

impl Safety {
    pub fn new() -> Self {
        Self {
            about: RwSignal::new(None),
            reason: RwSignal::new(String::new()),
            mistake: RwSignal::new(String::new()),
        }
    }

    pub fn ask(self, about: About) {
        self.reason.set(String::new());
        self.mistake.set(String::new());
        self.about.set(Some(about));
    }

    /// Asks on.
    pub fn go_on(self, step: Step) {
        self.about.update(|about| {
            if let Some(about) = about {
                about.step = step;
            }
        });
    }

    pub fn close(self) {
        self.about.set(None);
        self.mistake.set(String::new());
    }

    /// What reports the message in question.
    pub fn report(self, id: &ConversationId, position: Position) -> Order {
        let reason = self.reason.get_untracked();
        api::report(id, &ReportMessage { position, reason })
    }

    /// Waits for a command, and says what went wrong, if anything did. **Shape**: whether it was done.
    pub async fn is_done(self, order: Order) -> bool {
        let failed = order.await.err();
        let mistake = failed.map_or(String::new(), |failure| problem_sentence(failure.problem()));
        let is_done = mistake.is_empty();
        self.mistake.set(mistake);
        is_done
    }
}

impl Default for Safety {
    fn default() -> Self {
        Self::new()
    }
}
