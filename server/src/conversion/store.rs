//! How the server keeps conversions, and what it knows of those who could be converted.
//!
//! The law: a row is never deleted. An undone one keeps what it undid from happening again by itself.

/// First messages under way while somebody signs in.
mod awaited;
/// Conversions as somebody's export says them.
mod exported;
/// What is known of guests and users, for the rules.
mod facts;
/// Conversions as they are read.
mod listing;
/// For others.
mod told;

pub use awaited::{delete_awaited, is_continued, put_awaited, take_awaited};
pub use exported::{list_became, list_former_guests};
pub use facts::{
    AddressPlace, find_guest, find_guests_of_address, find_user_facts, list_guests_by_address,
    list_guests_without_address, list_users_of_addresses,
};
pub use listing::{
    Kept, find_conversion, find_holding, find_undone_by, list_conversions, list_same_address,
};
pub use told::{ToldConversion, find_told_conversion, list_guests_who_became};

use crate::{
    conversation::store::{conversation_id, number},
    database::AnyConnection,
    identity::token::TokenHash,
};
use shared::{
    conversion::Proof,
    ids::{ClientId, ConversationId, ConversionId, PersonId, Position, Time},
};
use sqlx::{Error, Row};

/// A conversion about to be kept.
pub struct NewConversion<'a> {
    pub conversion_id: &'a ConversionId,
    pub conversation_id: &'a ConversationId,
    pub guest: &'a PersonId,
    pub became: &'a PersonId,
    pub proof: Proof,
    /// The highest position that is the guest's.
    pub cut: Position,
    pub now: Time,
}

/// **Errors**: violates `conversion_once` where the conversation is converted from this guest already.
pub async fn insert_conversion(
    connection: &mut AnyConnection,
    new: &NewConversion<'_>,
) -> Result<(), Error> {
    sqlx::query(
        "insert into conversion (conversion_id, conversation_id, guest, became, proof, cut, converted_at)
        values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(new.conversion_id.as_str())
    .bind(new.conversation_id.as_str())
    .bind(new.guest.as_str())
    .bind(new.became.as_str())
    .bind(new.proof.word())
    .bind(number(new.cut))
    .bind(new.now.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Where a guest who became somebody put down the message of this client id, in a conversation that is that somebody's
/// now: how a retry is recognised across a conversion.
pub async fn find_written_as_guest(
    connection: &mut AnyConnection,
    became: &PersonId,
    client_id: &ClientId,
) -> Result<Option<ConversationId>, Error> {
    let row = sqlx::query(
        "select c.conversation_id
        from conversion v
        join conversation c on c.conversation_id = v.conversation_id and c.owner = v.became
        join message m
            on m.conversation_id = v.conversation_id and m.client_id = $2 and m.author = v.guest
        where v.became = $1 and v.undone_at is null
        order by v.converted_at
        limit 1",
    )
    .bind(became.as_str())
    .bind(client_id.as_str())
    .fetch_optional(connection)
    .await?;
    row.map(|row| conversation_id(&row)).transpose()
}

/// The address of the guest whose session this was, where they became somebody in another browser and still are.
pub async fn find_email_continued(
    connection: &mut AnyConnection,
    token_hash: &TokenHash,
) -> Result<Option<String>, Error> {
    let row = sqlx::query(
        "select g.email_as_typed
        from ended_guest_session e
        join person g on g.person_id = e.person_id
        where e.token_hash = $1
            and exists (
                select 1
                from conversion v
                where v.guest = e.person_id and v.undone_at is null and v.proof <> 'same_browser'
            )",
    )
    .bind(token_hash.as_str())
    .fetch_optional(connection)
    .await?;
    row.map_or(Ok(None), |row| row.try_get("email_as_typed"))
}

/// How a conversion was taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// By an admin.
    Undo,
    /// By the user.
    NotMe,
}

impl How {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Undo => "undo",
            Self::NotMe => "not_me",
        }
    }
}

/// Notes that a conversion was taken back: what keeps it from happening again.
pub async fn update_undone(
    connection: &mut AnyConnection,
    conversion_id: &ConversionId,
    by: &PersonId,
    how: How,
    carried_to: Option<&ConversationId>,
    now: Time,
) -> Result<(), Error> {
    sqlx::query(
        "update conversion
        set undone_at = $2, undone_by = $3, undone_how = $4, carried_to = cast($5 as text)
        where conversion_id = $1 and undone_at is null",
    )
    .bind(conversion_id.as_str())
    .bind(now.0)
    .bind(by.as_str())
    .bind(how.word())
    .bind(carried_to.map(ConversationId::as_str))
    .execute(connection)
    .await?;
    Ok(())
}
