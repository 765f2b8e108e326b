//! `porchlight user list|add|export|disable|enable` and `porchlight admin grant|revoke`.

use super::arguments::{AdminCommand, UserCommand};
use super::{Stop, account, export, say};
use crate::office::Office;
use crate::person::change::{NewUser, add_user, set_admin, set_disabled};
use crate::person::store::{Person, list_users};

/// A terminal is no place to look through more.
const LISTED: i64 = 1_000;

pub async fn run(office: &Office, command: UserCommand) -> Result<(), Stop> {
    match command {
        UserCommand::List => {
            let users = list_users(
                &mut *office.database.read().await.map_err(Stop::database)?,
                LISTED,
            )
            .await
            .map_err(Stop::database)?;
            if users.is_empty() {
                say(
                    "There are no users yet: they come with their first sign-in, or with `porchlight user add`.",
                );
            }
            for user in &users {
                let external_id = user.external_id.as_deref().unwrap_or("-");
                say(&format!(
                    "{}\t{external_id}\t{}\t{}",
                    user.person_id,
                    standing(user),
                    user.name
                ));
            }
        }
        UserCommand::Add {
            external_id,
            name,
            email,
        } => {
            let user = NewUser {
                external_id,
                name,
                email,
            };
            let person_id = office
                .change(user, |tx, by, user| Box::pin(add_user(tx, by, user)))
                .await?;
            say(&format!("Added the user {person_id}."));
        }
        UserCommand::Export { user } => export::run(office, user).await?,
        UserCommand::Disable { user } => {
            let user = office
                .change(user, |tx, by, user| {
                    Box::pin(set_disabled(tx, by, user, true))
                })
                .await?;
            say(&format!(
                "{} is shut out and signed out everywhere.",
                user.name
            ));
        }
        UserCommand::Enable { user } => {
            let user = office
                .change(user, |tx, by, user| {
                    Box::pin(set_disabled(tx, by, user, false))
                })
                .await?;
            say(&format!("{} may sign in.", user.name));
        }
    }
    Ok(())
}

pub async fn run_admin(office: &Office, command: AdminCommand) -> Result<(), Stop> {
    match command {
        AdminCommand::Grant { user } => {
            let user = office
                .change(user, |tx, by, user| Box::pin(set_admin(tx, by, user, true)))
                .await?;
            say(&format!("{} is an admin.", user.name));
        }
        AdminCommand::Revoke { user } => {
            let user = office
                .change(user, |tx, by, user| {
                    Box::pin(set_admin(tx, by, user, false))
                })
                .await?;
            say(&format!("{} is no longer an admin.", user.name));
        }
        AdminCommand::SetupLink { reach } => account::make_setup_link(office, &reach).await?,
    }
    Ok(())
}

fn standing(user: &Person) -> &'static str {
    match (user.disabled_at, user.admin_since) {
        (Some(_), _) => "disabled",
        (None, Some(_)) => "admin",
        (None, None) => "user",
    }
}
