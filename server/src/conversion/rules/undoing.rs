//! What becomes of a conversation whose conversion is taken back: pure counting.
//!
//! The laws: up to the cut it is the guest's, with the notice of the conversion and the one of its undoing behind it;
//! every text after it goes on in a conversation of the user's, in its order, behind one notice. Where nothing was
//! written since, the guest's part is as it was.

use crate::conversation::store::{Counters, Participant, Said};
use shared::{
    conversation::Side,
    ids::{PersonId, Position, Time},
};

/// What there is, after it was given back.
pub struct Before<'a> {
    pub guest: &'a PersonId,
    pub became: &'a PersonId,
    /// The highest position that is the guest's.
    pub cut: Position,
    /// Up to which the staff have seen it.
    pub staff_seen: Position,
    /// What each said last on each side, up to the cut.
    pub said: &'a [Said],
    /// Every text after the notice, ascending.
    pub later: &'a [Said],
    pub participants: &'a [Participant],
}

/// What one of the two conversations is.
#[derive(Debug, PartialEq, Eq)]
pub struct Part {
    pub counters: Counters,
    pub participants: Vec<Participant>,
}

/// What the user wrote since, and what was answered.
#[derive(Debug, PartialEq, Eq)]
pub struct Carried {
    pub part: Part,
    /// Of the customer's that nobody has answered: what waits for the staff.
    pub unanswered: u32,
}

#[derive(Debug, PartialEq, Eq)]
pub struct UndoPlan {
    pub kept: Part,
    /// `None`: nothing was written since.
    pub carried: Option<Carried>,
}

impl Before<'_> {
    /// Where the notice of the conversion stands.
    pub fn notice(&self) -> Position {
        self.cut.next()
    }

    /// Where a text of after it arrives: behind the notice of the other conversation.
    pub fn arrives_at(&self, position: Position) -> Position {
        match self.later.partition_point(|said| said.position <= position) {
            0 => Position::NONE,
            texts => Position(texts as u64 + 1),
        }
    }
}

/// Says what the two parts are.
pub fn plan_undo(before: &Before<'_>) -> UndoPlan {
    UndoPlan {
        kept: kept(before),
        carried: carried(before),
    }
}

fn kept(before: &Before<'_>) -> Part {
    let upto = before.notice();
    let wrote = |person_id: &PersonId, on: Option<Side>| {
        let own = before
            .said
            .iter()
            .filter(|said| said.author == *person_id && on.is_none_or(|side| said.side == side));
        own.map(|said| said.position).max().unwrap_or_default()
    };
    let participants = before.participants.iter().filter_map(|participant| {
        let seen = participant.seen.min(upto);
        if participant.person_id != *before.became {
            return Some(Participant {
                seen,
                last_written: wrote(&participant.person_id, None),
                ..participant.clone()
            });
        }
        // Somebody of the staff who was the guest too: they answered here before.
        let last_written = wrote(before.became, Some(Side::Staff));
        (last_written > Position::NONE).then(|| Participant {
            side: Side::Staff,
            seen,
            last_written,
            ..participant.clone()
        })
    });
    let participants: Vec<Participant> = participants.collect();
    let seen_by_guest = participants
        .iter()
        .find(|participant| participant.person_id == *before.guest)
        .map(|guest| guest.seen);
    let was_written_to = !before.later.is_empty();
    Part {
        counters: Counters {
            last_position: upto.next(),
            last_activity_at: latest(before.said).filter(|_| was_written_to),
            last_customer: last_of(before.said, Side::Customer),
            last_staff: last_of(before.said, Side::Staff),
            customer_seen: seen_by_guest.unwrap_or_default(),
            staff_seen: before.staff_seen.min(upto),
        },
        participants,
    }
}

fn carried(before: &Before<'_>) -> Option<Carried> {
    let arrived: Vec<Said> = before
        .later
        .iter()
        .map(|said| Said {
            position: before.arrives_at(said.position),
            ..said.clone()
        })
        .collect();
    let last = arrived.last()?;
    let participants = before.participants.iter().filter_map(|participant| {
        let own = arrived
            .iter()
            .filter(|said| said.author == participant.person_id);
        let arrived = Participant {
            seen: before.arrives_at(participant.seen),
            last_written: own.map(|said| said.position).max().unwrap_or_default(),
            ..participant.clone()
        };
        let was_there = arrived.seen.max(arrived.last_written) > Position::NONE;
        (was_there || arrived.person_id == *before.became).then_some(arrived)
    });
    let participants: Vec<Participant> = participants.collect();
    let seen_by = |side| {
        let of_side = participants
            .iter()
            .filter(|participant| participant.side == side);
        of_side
            .map(|participant| participant.seen)
            .max()
            .unwrap_or_default()
    };
    let last_staff = last_of(&arrived, Side::Staff);
    let is_unanswered = |said: &&Said| said.side == Side::Customer && said.position > last_staff;
    Some(Carried {
        unanswered: u32::try_from(arrived.iter().filter(is_unanswered).count()).unwrap_or(u32::MAX),
        part: Part {
            counters: Counters {
                last_position: last.position,
                last_activity_at: latest(&arrived),
                last_customer: last_of(&arrived, Side::Customer),
                last_staff,
                customer_seen: seen_by(Side::Customer),
                staff_seen: seen_by(Side::Staff),
            },
            participants,
        },
    })
}

fn last_of(said: &[Said], side: Side) -> Position {
    let of_side = said.iter().filter(|said| said.side == side);
    of_side.map(|said| said.position).max().unwrap_or_default()
}

fn latest(said: &[Said]) -> Option<Time> {
    said.iter().map(|said| said.at).max()
}

#[cfg(test)]
mod tests;
