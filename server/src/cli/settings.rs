//! `porchlight settings get|set`.

use super::arguments::SettingsCommand;
use super::{Stop, say};
use crate::office::Office;
use crate::settings::LANGUAGES;
use crate::settings::change::{found_site, set_from_text};
use crate::settings::store::SiteRow;
use crate::settings::text_form::{KEYS, TypedFault, value_of};

/// The one line that nobody can set: what identity tokens call this site.
const SITE_ID: &str = "site_id";

pub async fn run(office: &Office, command: SettingsCommand) -> Result<(), Stop> {
    match command {
        SettingsCommand::Get { key: None } => {
            let site = read(office).await?;
            say(&format!("{SITE_ID} = {}", site.site_id));
            for key in KEYS {
                say(&format!(
                    "{key} = {}",
                    value_of(&site.settings, key).unwrap_or_default()
                ));
            }
        }
        SettingsCommand::Get { key: Some(key) } if key == SITE_ID => {
            say(read(office).await?.site_id.as_str())
        }
        SettingsCommand::Get { key: Some(key) } => {
            match value_of(&read(office).await?.settings, &key) {
                Some(value) => say(&value),
                None => {
                    return Err(Stop::Refused(TypedFault::NoSuchKey.to_string()));
                }
            }
        }
        SettingsCommand::Set { key, .. } if key == SITE_ID => {
            return Err(Stop::Refused(
                "site_id was given at the first start and never changes.".to_owned(),
            ));
        }
        SettingsCommand::Set { key, value } => {
            let settings = office
                .change((key.clone(), value), |tx, by, (key, value)| {
                    Box::pin(set_from_text(tx, by, LANGUAGES, key, value))
                })
                .await?;
            say(&format!(
                "{key} = {}",
                value_of(&settings, &key).unwrap_or_default()
            ));
        }
    }
    Ok(())
}

async fn read(office: &Office) -> Result<SiteRow, Stop> {
    let site = office.change((), |tx, by, ()| {
        Box::pin(async move { Ok(Ok::<_, TypedFault>(found_site(tx, by).await?)) })
    });
    Ok(site.await?)
}
