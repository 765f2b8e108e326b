//! What anybody may do right now: settings, the guest group and the admins, kept in memory and watched.
//!
//! The law: whatever changes it raises `site.policy_version` in the same transaction; a running server notices within
//! a second, also when another process did it, and at once when it did so itself.

use crate::{
    conversation::rules::Terms,
    database::{AnyConnection, Database, without_values},
    error::Refusal,
    group::store::{GroupsMark, find_groups_mark, list_members},
    identity::{keys::IdentityKeys, store::list_signing_keys},
    person::store::list_admins,
    safety::reserved_names::ReservedNames,
    settings::{
        change::standing,
        store::{find_policy_version, find_site},
    },
    webhook::{rules::Wanted, store::list_webhooks},
};
use shared::{
    identity::Role,
    ids::{GroupId, PersonId, SiteId, Time},
    settings::{GuestDoor, GuestGroup, Settings},
};
use std::{collections::HashMap, sync::Arc};
use tokio::sync::watch;

/// Somebody who answers customers.
#[derive(Clone)]
pub struct StaffMember {
    pub person_id: PersonId,
    pub name: String,
    /// Nothing older is unread for them.
    pub since: Time,
}

/// One reading of what anybody may do.
pub struct Policy {
    /// `site.policy_version`.
    pub version: i64,
    /// `site.settings_version`.
    pub settings_version: i64,
    pub site_id: SiteId,
    pub settings: Settings,
    /// Made on the admin page, and not retired.
    pub identity_keys: IdentityKeys,
    /// How the group stands that is to answer guests, whether or not groups are on.
    pub guest_group_standing: GuestGroup,
    /// Of the guest group, the longest there first.
    pub members: Vec<StaffMember>,
    /// The longest-serving first.
    pub admins: Vec<StaffMember>,
    /// Names no guest may take.
    pub reserved_names: ReservedNames,
    /// Another one where somebody joined or left a group, or a permission came or went.
    pub groups: GroupsMark,
    /// What webhooks want to hear of.
    pub webhooks: Wanted,
    roles: HashMap<PersonId, Role>,
}

impl Policy {
    /// Reads it.
    ///
    /// **Errors**: `Broken` before the site was founded.
    pub async fn read(connection: &mut AnyConnection) -> Result<Self, Refusal> {
        let site = find_site(connection)
            .await?
            .ok_or(Refusal::Broken("a site is founded before it is served"))?;
        let guest_group_standing =
            standing(connection, site.settings.guest_group_id.as_ref()).await?;
        let admins: Vec<StaffMember> = list_admins(connection)
            .await?
            .into_iter()
            .map(|admin| StaffMember {
                person_id: admin.person_id,
                name: admin.name,
                since: admin.admin_since.unwrap_or_default(),
            })
            .collect();
        let members: Vec<StaffMember> = match guest_group(&site.settings) {
            Some(group_id) => list_members(connection, group_id)
                .await?
                .into_iter()
                .map(|member| StaffMember {
                    person_id: member.person_id,
                    name: member.name,
                    since: member.joined_at,
                })
                .collect(),
            None => Vec::new(),
        };
        let staff = members
            .iter()
            .map(|member| (member, Role::Agent))
            .chain(admins.iter().map(|admin| (admin, Role::Admin)));
        let roles = staff
            .map(|(person, role)| (person.person_id.clone(), role))
            .collect();
        let people = members
            .iter()
            .chain(&admins)
            .map(|person| person.name.as_str());
        let called = [
            site.settings.site_name.as_str(),
            site.settings.support_name.as_str(),
        ];
        let listed = site.settings.reserved_names.iter().map(String::as_str);
        let reserved_names = ReservedNames::new(people.chain(called).chain(listed));
        Ok(Self {
            version: site.policy_version,
            settings_version: site.settings_version,
            site_id: site.site_id,
            settings: site.settings,
            identity_keys: IdentityKeys::kept(list_signing_keys(connection).await?),
            guest_group_standing,
            members,
            admins,
            reserved_names,
            groups: find_groups_mark(connection).await?,
            webhooks: wanted(connection).await?,
            roles,
        })
    }

    /// What a user may do who is signed in.
    pub fn role_of_user(&self, person_id: &PersonId) -> Role {
        self.roles.get(person_id).copied().unwrap_or(Role::User)
    }

    /// Since when somebody answers customers: the earlier of joining the group and becoming an admin.
    pub fn staff_since(&self, person_id: &PersonId) -> Option<Time> {
        let of_person = |person: &&StaffMember| person.person_id == *person_id;
        self.members
            .iter()
            .chain(&self.admins)
            .filter(of_person)
            .map(|person| person.since)
            .min()
    }

    /// The group that answers guests; `None` where user groups are off, or none is chosen.
    pub fn guest_group(&self) -> Option<&GroupId> {
        guest_group(&self.settings)
    }

    /// What conversations depend on.
    pub fn terms(&self) -> Terms {
        Terms {
            guest_group: self.guest_group().cloned(),
            user_groups: self.settings.user_groups,
            show_addresses: self.settings.show_addresses,
            webhooks: self.webhooks,
        }
    }

    /// Whether the door takes new guests.
    pub fn door(&self) -> GuestDoor {
        if !self.settings.guest_mode.is_on() || !self.settings.user_groups.is_on() {
            GuestDoor::Closed
        } else if self.members.is_empty() {
            GuestDoor::NobodyHere
        } else {
            GuestDoor::Open
        }
    }
}

async fn wanted(connection: &mut AnyConnection) -> Result<Wanted, Refusal> {
    let webhooks = list_webhooks(connection).await?;
    let events = webhooks.into_iter().flat_map(|webhook| webhook.events);
    Ok(Wanted::of(events))
}

fn guest_group(settings: &Settings) -> Option<&GroupId> {
    settings
        .guest_group_id
        .as_ref()
        .filter(|_| settings.user_groups.is_on())
}

/// The latest reading, and news of the next.
pub struct PolicyWatch {
    latest: watch::Sender<Arc<Policy>>,
}

impl PolicyWatch {
    pub async fn open(database: &Database) -> Result<Self, Refusal> {
        let policy = Policy::read(&mut *database.snapshot().await?).await?;
        Ok(Self {
            latest: watch::Sender::new(Arc::new(policy)),
        })
    }

    pub fn latest(&self) -> Arc<Policy> {
        self.latest.borrow().clone()
    }

    /// Wakes whenever there is a newer reading.
    pub fn changes(&self) -> watch::Receiver<Arc<Policy>> {
        self.latest.subscribe()
    }

    /// Reads it again where it is older than what is stored. Call it after every own change; it is also called every
    /// second, for what other processes change.
    pub async fn refresh(&self, database: &Database) -> Result<(), Refusal> {
        let stored = find_policy_version(&mut *database.read().await?).await?;
        if stored == self.latest().version {
            return Ok(());
        }
        let mut snapshot = database.snapshot().await?;
        let policy = Policy::read(&mut snapshot).await?;
        self.latest.send_if_modified(|latest| {
            // Two refreshes at once: the older reading does not win.
            let is_newer = policy.version > latest.version;
            if is_newer {
                *latest = Arc::new(policy);
            }
            is_newer
        });
        Ok(())
    }

    /// Watches for what other processes change, until it is dropped.
    pub async fn watch(&self, database: &Database) {
        let mut every_second = tokio::time::interval(std::time::Duration::from_secs(1));
        every_second.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            every_second.tick().await;
            match self.refresh(database).await {
                Ok(()) => {}
                Err(Refusal::Database(error)) => {
                    tracing::warn!(error = %without_values(&error), "who may do what could not be read again");
                }
                Err(refusal) => {
                    tracing::error!(%refusal, "who may do what could not be read again")
                }
            }
        }
    }
}
