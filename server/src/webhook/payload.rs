//! What a receiver reads.
//!
//! The law: texts, names and addresses are read here, when they are sent: what was erased since is not told.

use super::{enqueue::Happening, store::ClaimedDelivery};
use crate::{
    clock::rfc3339,
    conversation::store::{ToldMessage, find_told_message},
    conversion::store::find_told_conversion,
    database::{AnyConnection, DatabaseError},
    person::store::{Person, PersonKind, find_person},
};
use serde::Serialize;
use shared::{
    conversation::Side,
    conversion::Proof,
    host::WebhookEvent,
    ids::{ConversationId, ConversionId, MessageId, PersonId, Position},
};

/// What is sent: `{"type": …, "timestamp": …, "data": …}`.
#[derive(Serialize)]
struct Payload<Data> {
    r#type: WebhookEvent,
    /// When it happened. RFC 3339.
    timestamp: String,
    data: Data,
}

/// `guest.started`: somebody wrote for the first time.
#[derive(Serialize, utoipa::ToSchema)]
pub struct GuestStarted {
    conversation_id: ConversationId,
    guest: Somebody,
    /// As typed, and proven by nothing.
    email: Option<String>,
}

/// `message.sent`: in a conversation with support, by either side.
#[derive(Serialize, utoipa::ToSchema)]
pub struct MessageSent {
    conversation_id: ConversationId,
    message_id: MessageId,
    /// Its place in the conversation: 1, 2, 3, without gaps. Deliveries may overtake each other; this orders them.
    #[schema(value_type = u64)]
    position: Position,
    /// `customer` or `staff`.
    #[schema(value_type = String)]
    side: Side,
    author: Option<Somebody>,
    /// Empty where it was erased since.
    text: String,
    is_erased: bool,
    /// RFC 3339.
    sent_at: String,
}

/// `conversion.done`: a guest's conversation became somebody's.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ConversionDone {
    conversion_id: ConversionId,
    conversation_id: ConversationId,
    /// Whose it was.
    guest: Somebody,
    /// Whose it is: a user, or a guest who proved the mailbox.
    became: Somebody,
    /// `same_browser`, `mailbox` or `address_only`.
    #[schema(value_type = String)]
    proof: Proof,
    /// Messages up to this position are the guest's.
    #[schema(value_type = u64)]
    cut: Position,
    /// RFC 3339.
    converted_at: String,
}

/// `conversion.undone`: it went back to the guest.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ConversionUndone {
    #[serde(flatten)]
    conversion: ConversionDone,
    /// `undo` by an admin, `not_me` by the user.
    how: Option<String>,
    /// Where what the user wrote since went; nowhere, if they wrote nothing.
    carried_to: Option<ConversationId>,
    /// RFC 3339.
    undone_at: Option<String>,
}

/// A guest or a user.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Somebody {
    person_id: PersonId,
    name: String,
    is_guest: bool,
    /// Your own id of them; guests have none.
    external_id: Option<String>,
}

/// Writes what a delivery says now. `None`: what it is about is not there.
pub async fn write(
    connection: &mut AnyConnection,
    delivery: &ClaimedDelivery,
) -> Result<Option<String>, DatabaseError> {
    let Some(happening) = Happening::read(&delivery.particulars) else {
        return Ok(None);
    };
    let written = match happening {
        Happening::GuestStarted {
            conversation_id,
            guest,
        } => guest_started(connection, conversation_id, &guest)
            .await?
            .map(|data| envelope(delivery, data)),
        Happening::MessageSent { message_id } => message_sent(connection, message_id)
            .await?
            .map(|data| envelope(delivery, data)),
        Happening::ConversionDone { conversion_id } => conversion(connection, conversion_id)
            .await?
            .map(|undone| envelope(delivery, undone.conversion)),
        Happening::ConversionUndone { conversion_id } => conversion(connection, conversion_id)
            .await?
            .map(|data| envelope(delivery, data)),
    };
    Ok(written)
}

fn envelope(delivery: &ClaimedDelivery, data: impl Serialize) -> String {
    let payload = Payload {
        r#type: delivery.event,
        timestamp: rfc3339(delivery.created_at),
        data,
    };
    serde_json::to_string(&payload).expect("a payload of texts and numbers is JSON")
}

async fn guest_started(
    connection: &mut AnyConnection,
    conversation_id: ConversationId,
    guest: &PersonId,
) -> Result<Option<GuestStarted>, DatabaseError> {
    let found = find_person(connection, guest).await?;
    Ok(found.map(|guest| GuestStarted {
        conversation_id,
        email: guest.email.clone(),
        guest: somebody(guest),
    }))
}

async fn message_sent(
    connection: &mut AnyConnection,
    message_id: MessageId,
) -> Result<Option<MessageSent>, DatabaseError> {
    let Some(told) = find_told_message(connection, &message_id).await? else {
        return Ok(None);
    };
    let ToldMessage {
        conversation_id,
        position,
        side,
        author,
        text,
        is_erased,
        sent_at,
    } = told;
    let author = match author {
        Some(author) => find_person(connection, &author).await?,
        None => None,
    };
    Ok(Some(MessageSent {
        conversation_id,
        message_id,
        position,
        side,
        author: author.map(somebody),
        text,
        is_erased,
        sent_at: rfc3339(sent_at),
    }))
}

async fn conversion(
    connection: &mut AnyConnection,
    conversion_id: ConversionId,
) -> Result<Option<ConversionUndone>, DatabaseError> {
    let Some(told) = find_told_conversion(connection, &conversion_id).await? else {
        return Ok(None);
    };
    let guest = find_person(connection, &told.guest).await?;
    let became = find_person(connection, &told.became).await?;
    let (Some(guest), Some(became)) = (guest, became) else {
        return Ok(None);
    };
    Ok(Some(ConversionUndone {
        conversion: ConversionDone {
            conversion_id,
            conversation_id: told.conversation_id,
            guest: somebody(guest),
            became: somebody(became),
            proof: told.proof,
            cut: told.cut,
            converted_at: rfc3339(told.converted_at),
        },
        how: told.undone_how,
        carried_to: told.carried_to,
        undone_at: told.undone_at.map(rfc3339),
    }))
}

fn somebody(person: Person) -> Somebody {
    Somebody {
        person_id: person.person_id,
        name: person.name,
        is_guest: person.kind == PersonKind::Guest,
        external_id: person.external_id,
    }
}
