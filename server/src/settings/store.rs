//! How the server keeps the one row of `site`: settings, and the versions that others watch.
//!
//! The law: a save names the version that it read, so two admins never overwrite each other unseen.

use crate::database::AnyConnection;
use shared::ids::{PersonId, SiteId, Time};
use shared::settings::Settings;
use sqlx::{Error, Row};

/// The site as it is stored.
#[derive(Clone, Debug)]
pub struct SiteRow {
    pub site_id: SiteId,
    pub settings: Settings,
    /// One higher with every save of the settings.
    pub settings_version: i64,
    /// One higher with every change of what anybody may do.
    pub policy_version: i64,
    /// Who saved the settings last. `None`: nobody yet, or the command line.
    pub changed_by: Option<PersonId>,
    pub changed_at: Option<Time>,
}

/// The site; `None` before the first start.
pub async fn find_site(connection: &mut AnyConnection) -> Result<Option<SiteRow>, Error> {
    let row = sqlx::query(
        "select site_id, settings, settings_version, policy_version,
            settings_changed_by, settings_changed_at
        from site
        order by created_at, site_id
        limit 1",
    )
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let site_id: String = row.try_get("site_id")?;
    let settings: String = row.try_get("settings")?;
    let changed_by: Option<String> = row.try_get("settings_changed_by")?;
    let changed_at: Option<i64> = row.try_get("settings_changed_at")?;
    Ok(Some(SiteRow {
        site_id: SiteId::parse(&site_id)
            .ok_or_else(|| Error::Decode("site_id holds no id".into()))?,
        settings: serde_json::from_str(&settings).map_err(|error| Error::Decode(error.into()))?,
        settings_version: row.try_get("settings_version")?,
        policy_version: row.try_get("policy_version")?,
        changed_by: changed_by.as_deref().and_then(PersonId::parse),
        changed_at: changed_at.map(Time),
    }))
}

/// The first start: one installation is one site, so a second row is never made.
pub async fn insert_site(
    connection: &mut AnyConnection,
    site_id: &SiteId,
    settings: &Settings,
    now: Time,
) -> Result<(), Error> {
    sqlx::query(
        "insert into site (site_id, created_at, settings, settings_version, policy_version)
        select cast($1 as text), cast($2 as bigint), cast($3 as text), 1, 1
        where not exists (select 1 from site)",
    )
    .bind(site_id.as_str())
    .bind(now.0)
    .bind(written(settings))
    .execute(connection)
    .await?;
    Ok(())
}

/// Saves settings. `false`: somebody else saved since `read_version` was read, and nothing is stored.
pub async fn update_settings(
    connection: &mut AnyConnection,
    settings: &Settings,
    read_version: i64,
    changed_by: Option<&PersonId>,
    now: Time,
) -> Result<bool, Error> {
    let updated = sqlx::query(
        "update site
        set settings = $1, settings_version = settings_version + 1, policy_version = policy_version + 1,
            settings_changed_by = cast($3 as text), settings_changed_at = $4
        where settings_version = $2",
    )
    .bind(written(settings))
    .bind(read_version)
    .bind(changed_by.map(PersonId::as_str))
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(updated.rows_affected() == 1)
}

/// Says that what somebody may do has changed. Belongs into the transaction that changed it.
pub async fn raise_policy_version(connection: &mut AnyConnection) -> Result<(), Error> {
    sqlx::query("update site set policy_version = policy_version + 1")
        .execute(connection)
        .await?;
    Ok(())
}

/// What running servers watch. 0 before the first start.
pub async fn find_policy_version(connection: &mut AnyConnection) -> Result<i64, Error> {
    let row = sqlx::query("select coalesce(max(policy_version), 0) as policy_version from site")
        .fetch_one(connection)
        .await?;
    row.try_get("policy_version")
}

/// Whether there is a secret of this name. Its value is read by whoever uses it, and by nobody else.
pub async fn has_secret(connection: &mut AnyConnection, secret_name: &str) -> Result<bool, Error> {
    let row = sqlx::query("select 1 as there from site_secret where secret_name = $1")
        .bind(secret_name)
        .fetch_optional(connection)
        .await?;
    Ok(row.is_some())
}

fn written(settings: &Settings) -> String {
    serde_json::to_string(settings).expect("settings have text keys only, so they are JSON")
}
