//! Taking from a person's row what says who they are.

use crate::{
    database::{AnyConnection, read_id},
    person::search::folded,
};
use shared::{
    ids::{PersonId, Time},
    text::Name,
};
use sqlx::Error;

/// Whether somebody was erased.
pub async fn is_erased(
    connection: &mut AnyConnection,
    person_id: &PersonId,
) -> Result<bool, Error> {
    let row =
        sqlx::query("select person_id from person where person_id = $1 and erased_at is not null")
            .bind(person_id.as_str())
            .fetch_optional(connection)
            .await?;
    Ok(row.is_some())
}

/// Leaves an id and what it is; nobody can be it any more. What was erased before is so from now on: what was written to
/// them meanwhile is gone too.
pub async fn update_erased(
    connection: &mut AnyConnection,
    person_id: &PersonId,
    name: &Name,
    now: Time,
) -> Result<(), Error> {
    sqlx::query(
        "update person
        set
            display_name = $2,
            search_name = $3,
            email = null,
            email_as_typed = null,
            email_verified = false,
            email_changed_at = null,
            external_id = null,
            picture = null,
            admin_since = null,
            disabled_at = coalesce(disabled_at, $4),
            erased_at = $4,
            updated_at = $4
        where person_id = $1",
    )
    .bind(person_id.as_str())
    .bind(name.as_str())
    .bind(folded(name.as_str()))
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes an address from every guest who has it: they chat on without one. **Shape**: those who had it, by id.
pub async fn delete_claims(
    connection: &mut AnyConnection,
    email: &str,
    now: Time,
) -> Result<Vec<PersonId>, Error> {
    let rows = sqlx::query(
        "update person
        set email = null, email_as_typed = null, email_verified = false, updated_at = $2
        where kind = 'guest' and email = $1
        returning person_id",
    )
    .bind(email)
    .bind(now.0)
    .fetch_all(connection)
    .await?;
    let mut claimants = rows
        .iter()
        .map(|row| read_id(row, "person_id"))
        .collect::<Result<Vec<_>, _>>()?;
    claimants.sort();
    Ok(claimants)
}
