//! What changes a conversation, inside the writer's transaction.
//!
//! The law: a command may be run again, so it decides from what it reads here and now.

/// Blocking somebody of the other side.
pub mod block;
/// The first message of a direct conversation.
mod direct;
/// Who opens a conversation.
mod opener;
/// What somebody has had on screen.
mod seen;

pub use opener::{Newcomer, Opener};
pub use seen::{Advance, advance_seen};

use super::{
    announce::Fact,
    rules::{Hand, Sight, Terms},
    store::{self, Head, NewConversation, Viewer},
};
use crate::{
    conversion::{
        change::{ConversionTerms, bring_along},
        store::find_written_as_guest,
    },
    database::writer::{Tx, messages::Sending},
    error::Refusal,
    identity::store::SessionKind,
    safety::audit::By,
    webhook::enqueue::{Happening, happened},
};
use opener::{Found, find_opener};
use shared::{
    conversation::{Conversation, Started},
    host::WebhookEvent,
    ids::{ClientId, ConversationId, PersonId, Position, Time},
    problem::{Field, Problem, ProblemCode},
    settings::Switch,
    text::MessageText,
};

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
    /// For a guest beside whom somebody signs in at this very moment.
    pub conversion: ConversionTerms,
    pub now: Time,
}

/// The first message: guest, session, conversation and message in one transaction.
///
/// A retry is recognised by the cookie (or the user) *and* the client id, never by the client id alone, which staff
/// see. A guest has one conversation: another first message of theirs, from a second tab, goes into it. What they wrote
/// as a guest is still the same message when they are a user.
///
/// **Errors**: `no_identity` for a guest whose session has ended, `continued` for what they sent before; `id_reused`;
/// `undeliverable`; `not_found` for somebody whom the opener may not find.
pub async fn start(tx: &mut Tx<'_>, opening: &Opening) -> Result<Started, Refusal> {
    let opener = find_opener(tx, opening).await?;
    let opened_by = opener.person_id.clone();
    let opened = store::find_opened(tx.connection(), &opened_by, &opening.client_id).await?;
    if let Some((conversation_id, peer)) = opened {
        if peer != opening.with {
            return Err(Problem::about(ProblemCode::IdReused, Field::ClientId).into());
        }
        return join(tx, opening, opened_by, conversation_id).await;
    }
    if opener.kind == SessionKind::User
        && let Some(conversation_id) =
            find_written_as_guest(tx.connection(), &opened_by, &opening.client_id).await?
    {
        // Sent by the guest they were, answered to the user they are.
        return join(tx, opening, opened_by, conversation_id).await;
    }
    if let Some(peer) = &opening.with {
        return direct::start(tx, opening, opened_by, peer).await;
    }
    if opener.kind == SessionKind::Guest
        && let Some(conversation_id) =
            store::find_latest_of_owner(tx.connection(), &opened_by).await?
    {
        return join(tx, opening, opened_by, conversation_id).await;
    }
    let started = open(tx, opening, &opener).await?;
    if let Some(user) = &opener.awaited_by {
        let by = By {
            actor: None,
            mint: tx.mint(),
            now: opening.now,
        };
        bring_along(tx, &by, user, &opened_by, &opening.conversion).await?;
    }
    Ok(started)
}

/// A new conversation with support, and its first message.
async fn open(tx: &mut Tx<'_>, opening: &Opening, opener: &Found) -> Result<Started, Refusal> {
    let opened_by = opener.person_id.clone();
    let new = NewConversation {
        conversation_id: &opening.conversation_id,
        opened_by: &opened_by,
        opening_client_id: &opening.client_id,
        peer: None,
        now: opening.now,
    };
    store::insert_conversation(tx.connection(), &new).await?;
    let is_guest = opener.kind == SessionKind::Guest;
    if is_guest && opening.terms.webhooks.wants(WebhookEvent::GuestStarted) {
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
