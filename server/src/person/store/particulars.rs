//! Somebody as their export says them.

use crate::{
    database::{AnyConnection, read_id},
    person::export::document::{Particulars, Stamp},
};
use shared::ids::PersonId;
use sqlx::{Error, Row};

/// **Errors**: there is no such person.
pub async fn get_particulars(
    connection: &mut AnyConnection,
    person_id: &PersonId,
) -> Result<Particulars, Error> {
    let row = sqlx::query(
        "select
            person_id, kind, display_name, email, email_as_typed,
            case when email_verified then 1 else 0 end as is_verified,
            email_changed_at, external_id, picture, admin_since, disabled_at, created_at, updated_at
        from person
        where person_id = $1",
    )
    .bind(person_id.as_str())
    .fetch_one(connection)
    .await?;
    let stamp = |column| Ok::<_, Error>(row.try_get::<Option<i64>, _>(column)?.map(Stamp::of));
    Ok(Particulars {
        person_id: read_id(&row, "person_id")?,
        kind: row.try_get("kind")?,
        name: row.try_get("display_name")?,
        email: row.try_get("email")?,
        email_as_typed: row.try_get("email_as_typed")?,
        email_verified: row.try_get::<i64, _>("is_verified")? == 1,
        email_changed_at: stamp("email_changed_at")?,
        external_id: row.try_get("external_id")?,
        picture: row.try_get("picture")?,
        admin_since: stamp("admin_since")?,
        disabled_at: stamp("disabled_at")?,
        created_at: Stamp::of(row.try_get("created_at")?),
        updated_at: Stamp::of(row.try_get("updated_at")?),
    })
}
