//! What is decided about a batch before anything of it is written.
//!
//! The law: `conversation/rules.rs` decides, from what was found inside the transaction; what is stored already is
//! answered as it was.

use super::{
    super::statements::{Found, Stored},
    Accepted, News, Sending, message,
};
use crate::conversation::rules::{Asker, Between, Place, may_see, may_send};
use shared::{
    conversation::{Message, Sent, Side},
    problem::{Field, Problem, ProblemCode},
};
use std::collections::HashMap;

/// What is decided about one sending before anything is written.
pub(super) enum Verdict {
    Refuse(Problem),
    /// Stored before, by the same command.
    Again(Box<Accepted>),
    /// The same command stands earlier in this batch.
    LikeEarlier(usize),
    /// To be written on this side.
    Write(Side),
}

/// Decides about each sending from what is stored and from what stands earlier in the batch.
pub(super) fn judge(sendings: &[&Sending], found: &[Found]) -> Vec<Verdict> {
    let mut earlier = HashMap::new();
    let mut verdicts: Vec<Verdict> = Vec::with_capacity(sendings.len());
    for (place_in_batch, (sending, found)) in sendings.iter().zip(found).enumerate() {
        let key = (&sending.conversation_id, &sending.client_id);
        let verdict = match earlier.get(&key).copied() {
            Some(first) if is_same_command(sending, sendings[first]) => Verdict::LikeEarlier(first),
            Some(_) => Verdict::Refuse(id_reused()),
            None => judge_alone(sending, found),
        };
        if matches!(verdict, Verdict::Write(_)) {
            earlier.insert(key, place_in_batch);
        }
        verdicts.push(verdict);
    }
    verdicts
}

fn judge_alone(sending: &Sending, found: &Found) -> Verdict {
    let Some((head, author)) = found.head.as_ref().zip(found.author.as_ref()) else {
        return Verdict::Refuse(ProblemCode::NotFound.into());
    };
    let asker = Asker {
        person_id: &sending.author,
        role: author.role,
    };
    let place = Place {
        kind: head.kind,
        owner: &head.owner,
        peer: head.peer.as_ref(),
        last_position: head.last_position,
    };
    let Some(stored) = &found.stored else {
        let between = Between {
            user_groups: sending.terms.user_groups,
            bond: head.bond.as_ref(),
            is_blocked: head.is_blocked,
        };
        return match may_send(asker, place, between, sending.reply_to) {
            Ok(side) => Verdict::Write(side),
            Err(problem) => Verdict::Refuse(problem),
        };
    };
    judge_again(sending, asker, place, stored)
}

/// What is stored is stored: its retry is answered like its first try, whatever was blocked or ended since, and wherever
/// an undo carried it.
fn judge_again(sending: &Sending, asker: Asker<'_>, place: Place<'_>, stored: &Stored) -> Verdict {
    let place = match &stored.moved {
        None => place,
        Some(moved) => Place {
            owner: &moved.owner,
            ..place
        },
    };
    if let Err(problem) = may_see(asker, place) {
        return Verdict::Refuse(problem);
    }
    // Erased words are like none: a text that was stored has a character at least.
    let is_other_text = !stored.body.is_empty() && stored.body != sending.text.as_str();
    // Theirs too is what they wrote as the guest they were. A quote may have stayed behind what was carried on.
    if (stored.author.person_id != sending.author && !stored.was_own)
        || is_other_text
        || (stored.reply_to != sending.reply_to && stored.moved.is_none())
    {
        return Verdict::Refuse(id_reused());
    }
    let moved_to = stored.moved.as_ref().map(|moved| &moved.conversation_id);
    Verdict::Again(Box::new(Accepted {
        sent: Sent {
            message: Message {
                reply_to: stored.reply_to,
                text: stored.body.clone(),
                ..message(
                    sending,
                    stored.author.clone(),
                    stored.side,
                    stored.message_id.clone(),
                    stored.position,
                    stored.sent_at,
                )
            },
            revision: stored.revision,
            moved_to: moved_to.cloned(),
        },
        side: stored.side,
        owner: place.owner.clone(),
        peer: place.peer.cloned(),
        conversation_id: moved_to.unwrap_or(&sending.conversation_id).clone(),
        news: News::Retried,
    }))
}

fn is_same_command(one: &Sending, other: &Sending) -> bool {
    one.author == other.author && one.text == other.text && one.reply_to == other.reply_to
}

fn id_reused() -> Problem {
    Problem::about(ProblemCode::IdReused, Field::ClientId)
}
