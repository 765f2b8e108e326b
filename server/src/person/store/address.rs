//! Addresses of people: labels, read where somebody vouches for one.

use crate::database::{AnyConnection, read_id};
use shared::{host::HostUser, ids::PersonId};
use sqlx::{Error, Row};

/// The address that somebody has.
pub struct Address {
    /// What is compared.
    pub normalised: String,
    pub as_typed: String,
    pub is_verified: bool,
}

/// `None`: they have none.
pub async fn find_address(
    connection: &mut AnyConnection,
    person_id: &PersonId,
) -> Result<Option<Address>, Error> {
    let row = sqlx::query(
        "select email, coalesce(email_as_typed, email) as as_typed, case when email_verified then 1 else 0 end as verified
        from person
        where person_id = $1 and email is not null",
    )
    .bind(person_id.as_str())
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Address {
        normalised: row.try_get("email")?,
        as_typed: row.try_get("as_typed")?,
        is_verified: row.try_get::<i64, _>("verified")? == 1,
    }))
}

/// A user as the host's server is answered; nothing was converted.
pub async fn find_host_user(
    connection: &mut AnyConnection,
    external_id: &str,
) -> Result<Option<HostUser>, Error> {
    let row = sqlx::query(
        "select person_id, display_name, email_as_typed, case when email_verified then 1 else 0 end as verified
        from person
        where external_id = $1",
    )
    .bind(external_id)
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(HostUser {
        external_id: external_id.to_owned(),
        person_id: read_id(&row, "person_id")?,
        name: row.try_get("display_name")?,
        email: row.try_get("email_as_typed")?,
        email_verified: row.try_get::<i64, _>("verified")? == 1,
        converted: 0,
    }))
}
