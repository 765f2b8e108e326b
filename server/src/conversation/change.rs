//! What changes a conversation, inside the writer's transaction.
//!
//! The law: a command may be run again, so it decides from what it reads here and now.

/// Blocking somebody of the other side.
pub mod block;
/// The first message of a direct conversation.
mod direct;

use super::{
    announce::Fact,
    rules::{Asker, Hand, Sight, Terms, may_advance_seen, role_of},
    store::{self, Head, NewConversation, Seen, Viewer},
};
use crate::{
    conversion::store::find_written_as_guest,
    database::writer::{Tx, messages::Sending},
    error::Refusal,
    identity::{
        store::{NewSession, SessionKind, find_ended_guest, find_session, insert_session},
        token::TokenHash,
    },
    person::{email::Email, store::insert_guest},
    webhook::enqueue::{Happening, happened},
};
use shared::{
    conversation::{Conversation, SeenAdvanced, Started},
    host::WebhookEvent,
    ids::{ClientId, ConversationId, PersonId, Position, Time},
    problem::{Field, Problem, ProblemCode},
    settings::Switch,
    text::{MessageText, Name},
};

/// Who opens a conversation.
pub enum Opener {
    User(PersonId),
    /// By their session, which may have ended since they were asked who they are.
    Guest(TokenHash),
    /// Pressed *Start chat*; becomes a guest with this message.
    Newcomer(Box<Newcomer>),
}

/// A guest to be.
pub struct Newcomer {
    /// Of the cookie that *Start chat* set.
    pub token_hash: TokenHash,
    /// Taken if the guest is new indeed.
    pub person_id: PersonId,
    pub name: Name,
    pub email: Email,
    pub session_ends: Time,
}

/// `StartConversation`, parsed.
pub struct Opening {
    pub opener: Opener,
    /// Taken if the conversation is new indeed.
    pub conversation_id: ConversationId,
    pub client_id: ClientId,
    pub text: MessageText,
    /// The other one of a direct conversation. `None`: with support.
    pub with: Option<PersonId>,
    pub hand: Hand,
    pub terms: Terms,
    pub now: Time,
}

/// The first message: guest, session, conversation and message in one transaction.
///
/// A retry is recognised by the cookie (or the user) *and* the client id, never by the client id alone, which staff
/// see. A guest has one conversation: another first message of theirs, from a second tab, goes into it. What they wrote
/// as a guest is still the same message when they are a user.
///
/// **Errors**: `no_identity` for a guest whose session has ended; `id_reused`; `undeliverable`; `not_found` for somebody whom the opener may not find.
pub async fn start(tx: &mut Tx<'_>, opening: &Opening) -> Result<Started, Refusal> {
    let (opened_by, kind) = opener(tx, opening).await?;
    let opened = store::find_opened(tx.connection(), &opened_by, &opening.client_id).await?;
    if kind == SessionKind::User
        && opened.is_none()
        && let Some(conversation_id) =
            find_written_as_guest(tx.connection(), &opened_by, &opening.client_id).await?
    {
        // Sent by the guest they were, answered to the user they are.
        return join(tx, opening, opened_by, conversation_id).await;
    }
    if let Some((conversation_id, peer)) = opened {
        if peer != opening.with {
            return Err(Problem::about(ProblemCode::IdReused, Field::ClientId).into());
        }
        return join(tx, opening, opened_by, conversation_id).await;
    }
    if let Some(peer) = &opening.with {
        return direct::start(tx, opening, opened_by, peer).await;
    }
    if kind == SessionKind::Guest
        && let Some(conversation_id) =
            store::find_latest_of_owner(tx.connection(), &opened_by).await?
    {
        return join(tx, opening, opened_by, conversation_id).await;
    }
    let new = NewConversation {
        conversation_id: &opening.conversation_id,
        opened_by: &opened_by,
        opening_client_id: &opening.client_id,
        peer: None,
        now: opening.now,
    };
    store::insert_conversation(tx.connection(), &new).await?;
    if kind == SessionKind::Guest && opening.terms.webhooks.wants(WebhookEvent::GuestStarted) {
        let happening = Happening::GuestStarted {
            conversation_id: opening.conversation_id.clone(),
            guest: opened_by.clone(),
        };
        let mint = tx.mint();
        happened(tx.connection(), &mint, &happening, opening.now).await?;
    }
    let sending = sending(opening, opened_by.clone(), opening.conversation_id.clone());
    // The readers are told about conversation and message together.
    let message = tx.send(&sending).await?.sent.message;
    let head = own_head(tx, &opened_by, &opening.conversation_id).await?;
    let for_staff = Box::new(as_staff_see_it(&head, opening.now));
    let conversation = head.for_participant(&opened_by, &opening.terms);
    tx.tell(Fact::Started {
        owner: opened_by,
        for_staff,
        for_customer: Box::new(conversation.clone()),
        message: Box::new(message.clone()),
    });
    Ok(Started {
        conversation,
        message,
    })
}

/// Who opens it, as a person: a newcomer's cookie may have been bound by an earlier try.
async fn opener(tx: &mut Tx<'_>, opening: &Opening) -> Result<(PersonId, SessionKind), Refusal> {
    let (token_hash, newcomer) = match &opening.opener {
        Opener::User(person_id) => return Ok((person_id.clone(), SessionKind::User)),
        Opener::Guest(token_hash) => (token_hash, None),
        Opener::Newcomer(newcomer) => (&newcomer.token_hash, Some(newcomer)),
    };
    let found = find_session(tx.connection(), SessionKind::Guest, token_hash, opening.now).await?;
    if let Some(session) = found {
        return Ok((session.person_id, SessionKind::Guest));
    }
    let has_ended = find_ended_guest(tx.connection(), token_hash)
        .await?
        .is_some();
    let Some(newcomer) = newcomer.filter(|_| !has_ended) else {
        return Err(ProblemCode::NoIdentity.into());
    };
    insert_guest(
        tx.connection(),
        &newcomer.person_id,
        &newcomer.name,
        &newcomer.email,
        opening.now,
    )
    .await?;
    let session = NewSession {
        token_hash: &newcomer.token_hash,
        kind: SessionKind::Guest,
        person_id: &newcomer.person_id,
        expires_at: newcomer.session_ends,
        device: "",
        signed_by: None,
        acted_by: None,
    };
    insert_session(tx.connection(), &session, opening.now).await?;
    Ok((newcomer.person_id.clone(), SessionKind::Guest))
}

/// The message in a conversation that is there already: a retry finds it stored, another one is stored now.
async fn join(
    tx: &mut Tx<'_>,
    opening: &Opening,
    author: PersonId,
    conversation_id: ConversationId,
) -> Result<Started, Refusal> {
    let accepted = tx
        .send(&sending(opening, author.clone(), conversation_id.clone()))
        .await?;
    if let Some(fact) = accepted.fact() {
        tx.tell(fact);
    }
    let conversation = own_head(tx, &author, &conversation_id)
        .await?
        .for_participant(&author, &opening.terms);
    Ok(Started {
        conversation,
        message: accepted.sent.message,
    })
}

fn sending(opening: &Opening, author: PersonId, conversation_id: ConversationId) -> Sending {
    Sending {
        conversation_id,
        client_id: opening.client_id.clone(),
        author,
        hand: opening.hand,
        terms: opening.terms.clone(),
        text: opening.text.clone(),
        reply_to: None,
    }
}

async fn own_head(
    tx: &mut Tx<'_>,
    viewer: &PersonId,
    conversation_id: &ConversationId,
) -> Result<Head, Refusal> {
    let viewer = Viewer {
        person_id: viewer,
        since: Time::default(),
    };
    let head = store::find_head(tx.connection(), viewer, conversation_id).await?;
    head.ok_or(Refusal::Broken(
        "a conversation is there after its first message",
    ))
}

/// Who of the staff may see less is told less, when they are told.
pub(crate) const EVERYTHING: Sight = Sight {
    addresses: Switch::On,
    pages: Switch::On,
};

/// Nobody of the staff has seen any of a conversation that has just begun.
fn as_staff_see_it(head: &Head, now: Time) -> Conversation {
    Conversation {
        own_seen: Position::NONE,
        unread: 1,
        ..head.clone().for_staff(None, EVERYTHING, now)
    }
}

/// `AdvanceSeen`, with who asks.
pub struct Advance {
    pub conversation_id: ConversationId,
    pub person_id: PersonId,
    pub hand: Hand,
    pub terms: Terms,
    pub position: Position,
}

/// Notes what somebody has had on screen. It never goes back; what is no news changes nothing, and what another hand
/// had on screen is none (C9).
///
/// **Errors**: `not_found`; `out_of_range`.
pub async fn advance_seen(tx: &mut Tx<'_>, advance: &Advance) -> Result<SeenAdvanced, Refusal> {
    let Advance {
        conversation_id,
        person_id,
        hand,
        terms,
        position,
    } = advance;
    let reader = store::find_reader(
        tx.connection(),
        conversation_id,
        person_id,
        terms.guest_group.as_ref(),
    )
    .await?;
    let reader = reader.ok_or(ProblemCode::NotFound)?;
    let role = role_of(reader.facts).ok_or(ProblemCode::NotFound)?;
    let standing = &reader.standing;
    let asker = Asker { person_id, role };
    let side = may_advance_seen(asker, standing.place(), *position)?;
    if *position <= reader.own_seen || *hand == Hand::Another {
        return Ok(SeenAdvanced {
            position: reader.own_seen,
            revision: standing.revision,
        });
    }
    let seen = Seen {
        conversation_id,
        owner: &standing.owner,
        person_id,
        side,
        position: *position,
    };
    let revision = store::update_seen(tx.connection(), &seen).await?;
    // Another process was quicker: whoever comes again is decided about anew.
    let revision = revision.ok_or(Problem::retry_after(ProblemCode::NotStored, 1))?;
    tx.tell(Fact::SeenAdvanced {
        conversation_id: conversation_id.clone(),
        owner: reader.standing.owner,
        peer: reader.standing.peer,
        revision,
        side,
        person_id: person_id.clone(),
        position: *position,
    });
    Ok(SeenAdvanced {
        position: *position,
        revision,
    })
}
