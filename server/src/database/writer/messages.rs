//! Sending a message: the hot path.
//!
//! The laws: a batch costs the same few statements however many messages it holds, of whatever kind (measured: a
//! statement hops threads or crosses a socket, 75–100 µs, so rows must go in together); who may send is decided inside the transaction, from
//! what the one statement found: roles, permissions between groups, blocks; positions come from the conversation's row;
//! one client id is one message for ever.

/// What is decided before anything is written.
mod judge;
/// Webhooks.
mod tell;

use super::{statements, task::Tools};
use crate::{
    conversation::{
        announce::Fact,
        rules::{Hand, Terms},
    },
    database::AnyConnection,
    error::Refusal,
    mint::Mint,
};
use judge::{Verdict, judge};
use shared::{
    conversation::{Message, MessageKind, Sent, Side},
    identity::Face,
    ids::{ClientId, ConversationId, MessageId, PersonId, Position, Revision, Time},
    problem::{Problem, ProblemCode},
    text::MessageText,
};
use statements::{At, Draft, Found, Shift};
use std::collections::{BTreeMap, HashMap};

/// One message on its way into the database.
#[derive(Clone)]
pub struct Sending {
    pub conversation_id: ConversationId,
    pub client_id: ClientId,
    pub author: PersonId,
    /// Whose hand writes: only their own has had on screen what stands above.
    pub hand: Hand,
    pub terms: Terms,
    pub text: MessageText,
    pub reply_to: Option<Position>,
}

/// A message that is in the database.
#[derive(Clone)]
pub struct Accepted {
    pub sent: Sent,
    pub side: Side,
    owner: PersonId,
    peer: Option<PersonId>,
    conversation_id: ConversationId,
    /// A retry changed nothing, so nobody is told.
    news: News,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum News {
    Fresh,
    Retried,
}

impl Accepted {
    /// What the readers are told.
    pub fn fact(&self) -> Option<Fact> {
        (self.news == News::Fresh).then(|| Fact::Sent {
            conversation_id: self.conversation_id.clone(),
            owner: self.owner.clone(),
            peer: self.peer.clone(),
            revision: self.sent.revision,
            message: Box::new(self.sent.message.clone()),
        })
    }
}

/// Stores a batch: one verdict and one answer for each sending, in order.
pub(super) async fn store(
    connection: &mut AnyConnection,
    tools: &Tools,
    sendings: &[&Sending],
) -> Result<Vec<Result<Accepted, Refusal>>, sqlx::Error> {
    if sendings.is_empty() {
        return Ok(Vec::new());
    }
    let (engine, now) = (tools.engine, tools.clock.now());
    let found = statements::find(connection, engine, sendings).await?;
    let verdicts = judge(sendings, &found);
    let shifts = shifts(sendings, &found, &verdicts);
    let drafts = drafts(sendings, &found, &verdicts, &shifts, &tools.mint)?;
    let at = At {
        now,
        active: tools.latest.next(now),
    };
    let moved = statements::write(connection, engine, &shifts, &drafts, at).await?;
    let accepted = place(drafts, sendings.len(), &moved, now);
    let told = tell::told(&accepted, sendings, &found);
    tell::tell_webhooks(connection, tools, &told, now).await?;
    Ok(answers(verdicts, accepted))
}

/// How far each conversation moves on. **Shape**: one for each conversation that is written to, in a fixed order, so
/// that two writers never wait for each other.
fn shifts<'a>(
    sendings: &[&'a Sending],
    found: &'a [Found],
    verdicts: &[Verdict],
) -> Vec<Shift<'a>> {
    let mut shifts: BTreeMap<&ConversationId, Shift<'a>> = BTreeMap::new();
    for ((sending, found), verdict) in sendings.iter().zip(found).zip(verdicts) {
        let (Verdict::Write(side), Some(head)) = (verdict, &found.head) else {
            continue;
        };
        let shift = shifts
            .entry(&sending.conversation_id)
            .or_insert_with(|| Shift::of(&sending.conversation_id, &head.owner, head.epoch));
        shift.messages += 1;
        match side {
            Side::Customer => shift.last_customer = shift.messages,
            Side::Staff => shift.last_staff = shift.messages,
            Side::System => {}
        }
        match (side, sending.hand) {
            (Side::Customer, Hand::Own) => shift.seen_customer = shift.messages,
            (Side::Staff, Hand::Own) => shift.seen_staff = shift.messages,
            (Side::System, _) | (_, Hand::Another) => {}
        }
    }
    shifts.into_values().collect()
}

/// What is written, if its conversation is still as it was when that was decided.
fn drafts<'a>(
    sendings: &[&'a Sending],
    found: &'a [Found],
    verdicts: &[Verdict],
    shifts: &[Shift<'_>],
    mint: &Mint,
) -> Result<Vec<Draft<'a>>, sqlx::Error> {
    let mut left: HashMap<&ConversationId, u64> = shifts
        .iter()
        .map(|shift| (shift.conversation_id, shift.messages))
        .collect();
    let mut drafts = Vec::new();
    for (place, ((sending, found), verdict)) in sendings.iter().zip(found).zip(verdicts).enumerate()
    {
        let Verdict::Write(side) = verdict else {
            continue;
        };
        let (head, author) = found
            .head
            .as_ref()
            .zip(found.author.as_ref())
            .ok_or(sqlx::Error::RowNotFound)?;
        let behind = left
            .get_mut(&sending.conversation_id)
            .ok_or(sqlx::Error::RowNotFound)?;
        *behind -= 1;
        drafts.push(Draft {
            place,
            sending,
            message_id: mint.id(),
            side: *side,
            head,
            face: &author.face,
            behind: *behind,
        });
    }
    Ok(drafts)
}

/// Gives the written ones their places: positions and revisions run up to where their conversation stands now.
fn place(
    drafts: Vec<Draft<'_>>,
    sendings: usize,
    moved: &HashMap<ConversationId, (Position, Revision)>,
    now: Time,
) -> Vec<Option<Accepted>> {
    let mut accepted: Vec<Option<Accepted>> =
        std::iter::repeat_with(|| None).take(sendings).collect();
    for draft in drafts {
        let Draft {
            sending,
            head,
            side,
            behind,
            ..
        } = draft;
        // Else it changed hands, or was erased, under the decision.
        let Some((position, revision)) = moved.get(&sending.conversation_id) else {
            continue;
        };
        let (position, face) = (Position(position.0 - behind), draft.face.clone());
        accepted[draft.place] = Some(Accepted {
            sent: Sent {
                message: message(sending, face, side, draft.message_id, position, now),
                revision: Revision(revision.0 - behind),
                moved_to: None,
            },
            side,
            owner: head.owner.clone(),
            peer: head.peer.clone(),
            conversation_id: sending.conversation_id.clone(),
            news: News::Fresh,
        });
    }
    accepted
}

fn message(
    sending: &Sending,
    author: Face,
    side: Side,
    message_id: MessageId,
    position: Position,
    sent_at: Time,
) -> Message {
    Message {
        message_id,
        position,
        client_id: Some(sending.client_id.clone()),
        kind: MessageKind::Text,
        side,
        author: Some(author),
        text: sending.text.as_str().to_owned(),
        reply_to: sending.reply_to,
        sent_at,
    }
}

fn answers(
    verdicts: Vec<Verdict>,
    accepted: Vec<Option<Accepted>>,
) -> Vec<Result<Accepted, Refusal>> {
    let earlier = |place: usize| {
        let first = accepted.get(place).and_then(Option::as_ref).cloned();
        first.map(|first| Accepted {
            news: News::Retried,
            ..first
        })
    };
    verdicts
        .into_iter()
        .enumerate()
        .map(|(place, verdict)| match verdict {
            Verdict::Refuse(problem) => Err(problem.into()),
            Verdict::Again(first) => Ok(*first),
            Verdict::LikeEarlier(first) => earlier(first).ok_or_else(changed_hands),
            Verdict::Write(_) => accepted[place].clone().ok_or_else(changed_hands),
        })
        .collect()
}

/// Another process made the conversation somebody else's, or erased it, between the decision and the writing: whoever
/// comes again is decided about anew.
fn changed_hands() -> Refusal {
    Problem::retry_after(ProblemCode::NotStored, 1).into()
}
