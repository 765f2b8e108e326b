//! The settings as the admin page shows them.
//!
//! The law: everything of one and the same moment, and never a secret.

use super::change::standing;
use super::store::{find_site, has_secret};
use super::{LANGUAGES, MAIL_PASSWORD};
use crate::app::App;
use crate::error::Refusal;
use crate::identity::store::list_keys;
use crate::person::store::find_person;
use shared::settings::SettingsPage;

/// **Errors**: the database's.
pub async fn settings_page(app: &App) -> Result<SettingsPage, Refusal> {
    let mut snapshot = app.database.snapshot().await?;
    let site = find_site(&mut snapshot)
        .await?
        .ok_or(Refusal::Broken("a site is founded before it is served"))?;
    let changed_by = match &site.changed_by {
        Some(person_id) => find_person(&mut snapshot, person_id).await?,
        None => None,
    };
    let mut keys = app.config.identity_keys.rows();
    keys.extend(list_keys(&mut snapshot).await?);
    keys.sort_by_key(|key| (key.retired_at.is_some(), std::cmp::Reverse(key.created_at)));
    Ok(SettingsPage {
        guest_group: standing(&mut snapshot, site.settings.guest_group_id.as_ref()).await?,
        settings: site.settings,
        version: site.settings_version,
        changed_by: changed_by.map(|person| person.name),
        changed_at: site.changed_at,
        languages: LANGUAGES.iter().map(ToString::to_string).collect(),
        keys,
        has_mail_password: has_secret(&mut snapshot, MAIL_PASSWORD).await?,
    })
}
