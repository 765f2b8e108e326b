//! Changing the settings: the one way, for the command line, the demo and the admin page.
//!
//! The law: what is read, judged and written is one transaction; a change that is refused stores nothing.

use super::store::{self, SiteRow};
use super::text_form::{TypedFault, changed_keys, with_value};
use crate::database::AnyConnection;
use crate::database::writer::Tx;
use crate::error::Refusal;
use crate::safety::audit::{self, By, Done};
use crate::{group, picture};
use shared::ids::GroupId;
use shared::problem::ProblemCode;
use shared::settings::rules::{self, Fault, Surroundings};
use shared::settings::{GuestGroup, SaveSettings, Settings};
use unicode_normalization::UnicodeNormalization;

/// What became of a change.
pub type Changed = Result<Settings, Fault>;

/// Makes the row of this installation where there is none, and answers the site.
///
/// **Errors**: the database's.
pub async fn found_site(tx: &mut Tx<'_>, by: &By) -> Result<SiteRow, Refusal> {
    if let Some(site) = store::find_site(tx.connection()).await? {
        return Ok(site);
    }
    store::insert_site(tx.connection(), &by.mint.id(), &Settings::default(), by.now).await?;
    store::find_site(tx.connection())
        .await?
        .ok_or(Refusal::Broken("a site that was founded is there"))
}

/// Sets one setting from text, as the command line has it. A group may be named by its name.
///
/// **Errors**: the database's. A value that is refused is inside.
pub async fn set_from_text(
    tx: &mut Tx<'_>,
    by: &By,
    languages: &[&str],
    key: &str,
    text: &str,
) -> Result<Result<Settings, TypedFault>, Refusal> {
    let site = found_site(tx, by).await?;
    let by_name = if key == "guest_group_id" {
        group::store::find_group(tx.connection(), text.trim()).await?
    } else {
        None
    };
    let text = by_name.as_ref().map_or(text, GroupId::as_str);
    Ok(match with_value(&site.settings, key, text) {
        Ok(next) => save(tx, by, languages, &site, next)
            .await?
            .map_err(TypedFault::Refused),
        Err(fault) => Err(fault),
    })
}

/// Replaces the settings by what `edit` makes of them.
///
/// **Errors**: the database's. Settings that are refused are inside [`Changed`].
pub async fn edit(
    tx: &mut Tx<'_>,
    by: &By,
    languages: &[&str],
    edit: impl FnOnce(&mut Settings),
) -> Result<Changed, Refusal> {
    let site = found_site(tx, by).await?;
    let mut next = site.settings.clone();
    edit(&mut next);
    save(tx, by, languages, &site, next).await
}

/// Replaces the settings by those that an admin's page sends, which read `version`.
///
/// **Errors**: `stale_version` where somebody else saved meanwhile; the database's. Settings that are refused are inside
/// [`Changed`].
pub async fn replace(
    tx: &mut Tx<'_>,
    by: &By,
    languages: &[&str],
    save: &SaveSettings,
) -> Result<Changed, Refusal> {
    let site = found_site(tx, by).await?;
    if site.settings_version != save.version {
        return Err(ProblemCode::StaleVersion.into());
    }
    self::save(tx, by, languages, &site, save.settings.clone()).await
}

async fn save(
    tx: &mut Tx<'_>,
    by: &By,
    languages: &[&str],
    site: &SiteRow,
    next: Settings,
) -> Result<Changed, Refusal> {
    let guest_group = standing(tx.connection(), next.guest_group_id.as_ref()).await?;
    let has_logo = match &next.logo {
        Some(picture_id) => picture::store::has_picture(tx.connection(), picture_id).await?,
        None => true,
    };
    let surroundings = Surroundings {
        languages,
        guest_group,
        has_logo,
        compose,
    };
    let next = match rules::change(&site.settings, next, surroundings) {
        Ok(next) => next,
        Err(fault) => return Ok(Err(fault)),
    };
    let keys = changed_keys(&site.settings, &next);
    if keys.is_empty() {
        return Ok(Ok(next));
    }
    let version = site.settings_version;
    let actor = by.actor.as_ref();
    if !store::update_settings(tx.connection(), &next, version, actor, by.now).await? {
        // Another process was quicker, which only Postgres lets happen inside a transaction.
        return Err(ProblemCode::StaleVersion.into());
    }
    if let Some(former) = site
        .settings
        .logo
        .as_ref()
        .filter(|_| next.logo != site.settings.logo)
    {
        // Nothing names it any more.
        picture::store::delete_picture(tx.connection(), former).await?;
    }
    audit::record(tx.connection(), by, &Done::SettingsChanged { keys }).await?;
    Ok(Ok(next))
}

/// How the group stands that is to answer guests.
pub async fn standing(
    connection: &mut AnyConnection,
    group_id: Option<&GroupId>,
) -> Result<GuestGroup, Refusal> {
    let Some(group_id) = group_id else {
        return Ok(GuestGroup::NotChosen);
    };
    if !group::store::has_group(connection, group_id).await? {
        return Ok(GuestGroup::Gone);
    }
    let members = group::store::list_members(connection, group_id).await?;
    Ok(if members.is_empty() {
        GuestGroup::Empty
    } else {
        GuestGroup::Staffed
    })
}

/// Unicode's composed form.
pub fn compose(text: &str) -> String {
    text.nfc().collect()
}
