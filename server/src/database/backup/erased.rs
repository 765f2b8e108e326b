//! Who is erased in a database that is about to be replaced: a backup from before would bring them back.
//!
//! The law: ids only, and a database that cannot be read is said to be so.

use super::open_beside_the_server;
use shared::ids::PersonId;
use sqlx::{Connection, Row};
use std::path::Path;

/// Somebody who is erased there.
#[derive(Clone, Debug)]
pub struct Gone {
    pub person_id: PersonId,
    pub how: How,
}

/// Why somebody is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// An admin or the host's server asked for it.
    Asked,
    /// By their age.
    Aged,
}

/// **Shape**: everybody, in no order. `None`: the database cannot be read.
pub(super) async fn list_gone(file: &Path) -> Option<Vec<Gone>> {
    let mut connection = open_beside_the_server(file).await.ok()?;
    let rows = sqlx::query(
        "select
            p.person_id,
            exists (
                select 1 from audit a where a.subject = p.person_id and a.action = 'person_erased'
            ) as is_asked
        from person p
        where p.erased_at is not null",
    )
    .fetch_all(&mut connection)
    .await;
    let closed = connection.close().await;
    let (rows, ()) = (rows.ok()?, closed.ok()?);
    let read = |row: &sqlx::sqlite::SqliteRow| {
        let person_id: String = row.try_get("person_id").ok()?;
        let how = match row.try_get::<bool, _>("is_asked").ok()? {
            true => How::Asked,
            false => How::Aged,
        };
        Some(Gone {
            person_id: PersonId::parse(&person_id)?,
            how,
        })
    };
    rows.iter().map(read).collect()
}
