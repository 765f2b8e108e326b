//! `porchlight group list|create|delete|add|remove|allow|forbid`.

use super::arguments::GroupCommand;
use super::{Stop, say};
use crate::group::change::{
    add_member, create_group, delete_group, join_named_groups, remove_member,
};
use crate::group::store::list_groups;
use crate::office::Office;
use shared::settings::Switch;

pub async fn run(office: &Office, command: GroupCommand) -> Result<(), Stop> {
    match command {
        GroupCommand::List => {
            let groups = list_groups(&mut *office.database.read().await.map_err(Stop::database)?)
                .await
                .map_err(Stop::database)?;
            if groups.is_empty() {
                say("There are no groups yet: make one with `porchlight group create NAME`.");
            }
            for group in groups {
                say(&format!(
                    "{}\t{} {}\t{}",
                    group.group_id,
                    group.people,
                    people(group.people),
                    group.name
                ));
            }
        }
        GroupCommand::Create { name } => {
            let group_id = office
                .change(name, |tx, by, name| Box::pin(create_group(tx, by, name)))
                .await?;
            say(&format!("Made the group {group_id}."));
        }
        GroupCommand::Delete { group } => {
            let group_id = office
                .change(group, |tx, by, group| Box::pin(delete_group(tx, by, group)))
                .await?;
            say(&format!("Deleted the group {group_id}."));
        }
        GroupCommand::Add { group, user } => {
            let (user, is_new) = office
                .change((group, user), |tx, by, (group, user)| {
                    Box::pin(add_member(tx, by, group, user))
                })
                .await?;
            say(&format!(
                "{} {} in the group.",
                user.name,
                if is_new { "is now" } else { "was already" }
            ));
        }
        GroupCommand::Allow { group, other } => {
            join(office, group, other, Switch::On).await?;
            say("People of the two groups may chat with each other.");
        }
        GroupCommand::Forbid { group, other } => {
            join(office, group, other, Switch::Off).await?;
            say("People of the two groups may not chat with each other by this pair.");
        }
        GroupCommand::Remove { group, user } => {
            let (user, was_in) = office
                .change((group, user), |tx, by, (group, user)| {
                    Box::pin(remove_member(tx, by, group, user))
                })
                .await?;
            say(&format!(
                "{} {} in the group.",
                user.name,
                if was_in { "is no longer" } else { "was not" }
            ));
        }
    }
    Ok(())
}

async fn join(office: &Office, group: String, other: String, allowed: Switch) -> Result<(), Stop> {
    let pair = (group, other, allowed);
    let joined = office.change(pair, |tx, by, (group, other, allowed)| {
        Box::pin(join_named_groups(tx, by, group, other, *allowed))
    });
    Ok(joined.await?)
}

const fn people(count: i64) -> &'static str {
    if count == 1 { "person" } else { "people" }
}
