//! How a database stands to this Porchlight, without touching it.

use super::{
    Damage, OpenRefused,
    open::{is_newest_migration, knows_migration, options, sqlite_file},
};
use shared::ids::Time;
use sqlx::{AnyConnection, ConnectOptions, Connection, Row};

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There is none, or nothing of ours is in it.
    Missing,
    /// It would be brought up to date by a start.
    Older,
    /// It was used by a newer Porchlight.
    Newer,
    Current {
        /// When something happened last.
        newest: Time,
    },
}

/// Looks at the database of this URL. Makes nothing, brings nothing up to date.
///
/// **Errors**: it cannot be opened, or is damaged.
pub async fn find_standing(url: &str) -> Result<Standing, OpenRefused> {
    if let Some(file) = sqlite_file(url) {
        if !file.is_file() {
            return Ok(Standing::Missing);
        }
        Damage::look_at(&file).await.map_err(OpenRefused::Damaged)?;
    }
    sqlx::any::install_default_drivers();
    let (_, options) = options(url)?;
    let mut connection = options.connect().await?;
    let standing = look(&mut connection).await;
    connection.close().await?;
    Ok(standing?)
}

async fn look(connection: &mut AnyConnection) -> Result<Standing, sqlx::Error> {
    let migrations = sqlx::query("select version from _sqlx_migrations order by version")
        .fetch_all(&mut *connection)
        .await;
    let Ok(migrations) = migrations else {
        // No such table.
        return Ok(Standing::Missing);
    };
    let versions: Vec<i64> = migrations
        .iter()
        .map(|row| row.try_get("version"))
        .collect::<Result<_, _>>()?;
    if !versions.iter().copied().all(knows_migration) {
        return Ok(Standing::Newer);
    }
    if !versions.last().copied().is_some_and(is_newest_migration) {
        return Ok(Standing::Older);
    }
    let newest =
        sqlx::query("select coalesce(max(last_activity_at), 0) as newest from conversation")
            .fetch_one(connection)
            .await?;
    Ok(Standing::Current {
        newest: Time(newest.try_get("newest")?),
    })
}
