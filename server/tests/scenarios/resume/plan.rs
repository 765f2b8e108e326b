//! What happens in one story, as chance has it.
//!
//! The law: a step that makes no sense where it stands does nothing, so a story with some of its steps left out is a
//! story too.

use fastrand::Rng;

/// Of each story.
pub const STEPS: usize = 50;

/// Between whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Cora the guest, and two agents.
    Support,
    /// Two users, one of them with two tabs.
    Direct,
}

/// What one of three does.
#[derive(Clone, Copy, Debug)]
pub enum Deed {
    /// Says something new.
    Says,
    /// Says the last thing once more, as if its answer had been lost.
    Retries,
    /// Has everything on screen that they know of.
    Looks,
    /// The connection is cut.
    Drops,
    /// The connection is there again.
    Returns,
}

#[derive(Clone, Copy, Debug)]
pub enum Step {
    Does(usize, Deed),
    /// The guest signs in where they chatted: the conversation is a user's from now on, and so are they.
    SignsIn,
    /// An admin takes that back: positions go, and the epoch says so.
    IsUndone,
    /// The host erases the user: words go, positions stay, and the epoch says so.
    IsErased,
}

/// A story.
#[derive(Clone, Debug)]
pub struct Plan {
    pub kind: Kind,
    pub steps: Vec<Step>,
    /// Before this step the server is killed and started again; at the end, where there are fewer.
    pub killed_before: usize,
}

impl Plan {
    pub fn by(chance: &mut Rng) -> Self {
        let kind = match chance.bool() {
            true => Kind::Support,
            false => Kind::Direct,
        };
        Self {
            kind,
            steps: (0..STEPS).map(|_| step(chance)).collect(),
            killed_before: chance.usize(..STEPS),
        }
    }

    /// Itself without a stretch of its steps.
    pub fn without(&self, from: usize, length: usize) -> Self {
        let mut shorter = self.clone();
        let end = (from + length).min(shorter.steps.len());
        shorter.steps.drain(from..end);
        shorter
    }
}

fn step(chance: &mut Rng) -> Step {
    let deed = match chance.u32(..58) {
        0..20 => Deed::Says,
        20..28 => Deed::Retries,
        28..40 => Deed::Looks,
        40..48 => Deed::Drops,
        48..55 => Deed::Returns,
        55 => return Step::SignsIn,
        56 => return Step::IsUndone,
        _ => return Step::IsErased,
    };
    Step::Does(chance.usize(..3), deed)
}
