//! Cuts off whoever may no longer listen.
//!
//! The law: a role that is lost, a session that ended and a person who was disabled close their sockets within two
//! seconds (R7), whichever process did it. What a change lets somebody see anew makes them look again: everybody where
//! settings or the door changed, all users where groups did, and the latter not at once for each change: a morning's
//! sign-ins may change many memberships.

use super::{
    closing::Closing,
    delivery::{Audience, Delivery},
};
use crate::{
    app::App,
    database::{DatabaseError, without_values},
    group::store::GroupsMark,
    identity::{
        store::{SessionKind, find_session, list_ended_since},
        token::TokenHash,
    },
    policy::{Policy, StaffMember},
};
use shared::{
    identity::Role,
    ids::{PersonId, Time},
    limits::DOOR_FACES,
    realtime::{Event, SessionChanged},
    settings::GuestDoor,
};
use std::time::Duration;

/// Sessions also end by themselves: looked for this often.
const RUN_OUT: Duration = Duration::from_secs(30);
/// Sessions that some process ended: looked for this often.
const ENDED: Duration = Duration::from_secs(1);
/// How far the clocks of two processes may differ. **Units**: milliseconds.
const CLOCKS_MS: i64 = 60_000;
/// Changes of groups that are told together. **Source**: with the second in which other processes' changes are noticed
/// it stays within the two that are promised.
const GROUPS: Duration = Duration::from_millis(500);
/// Presence passes by itself.
const PRESENCE: Duration = Duration::from_secs(10);

/// Runs for as long as the server does.
pub async fn keep_sweeping(app: &App) {
    let mut changes = app.policy.changes();
    let mut told = Told::by(&app.policy());
    let mut looked_at = app.clock.now();
    app.hub.set_door(told.door);
    app.hub.has_applied(app.policy().version);
    let (mut run_out, mut presence, mut groups, mut ended) = (
        tokio::time::interval(RUN_OUT),
        tokio::time::interval(PRESENCE),
        tokio::time::interval(GROUPS),
        tokio::time::interval(ENDED),
    );
    groups.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    ended.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            changed = changes.changed() => {
                if changed.is_err() {
                    return;
                }
                // Whoever is nobody any more is told so, before anybody is told that they may do less.
                close_run_out(app).await;
                apply(app, &mut told);
            }
            _ = ended.tick() => close_ended(app, &mut looked_at).await,
            _ = groups.tick() => tell_groups(app, &mut told),
            _ = run_out.tick() => close_run_out(app).await,
            _ = presence.tick() => app.hub.refresh_presence(),
        }
    }
}

/// What of the policy readers were told of.
struct Told {
    settings_version: i64,
    door: GuestDoor,
    /// Whose faces are on the door, and their names.
    faces: Vec<(PersonId, String)>,
    groups: GroupsMark,
}

impl Told {
    fn by(policy: &Policy) -> Self {
        let face = |member: &StaffMember| (member.person_id.clone(), member.name.clone());
        Self {
            settings_version: policy.settings_version,
            door: policy.door(),
            faces: policy.members.iter().take(DOOR_FACES).map(face).collect(),
            groups: policy.groups,
        }
    }

    /// Whether it differs in what anybody may see.
    fn differs_for_visitors(&self, other: &Self) -> bool {
        (self.settings_version, self.door, &self.faces)
            != (other.settings_version, other.door, &other.faces)
    }
}

/// Makes a new reading of the policy bite on open sockets.
fn apply(app: &App, told: &mut Told) {
    let policy = app.policy();
    app.hub
        .apply_roles(|person_id| policy.role_of_user(person_id));
    let now = Told::by(&policy);
    if now.differs_for_visitors(told) {
        app.hub.set_door(now.door);
        // Everybody, so that nobody needs to be told of groups besides.
        *told = now;
        tell(app, Audience::Everyone);
    }
    let waits = policy.groups != told.groups && policy.settings.user_groups.is_on();
    if !waits {
        app.hub.has_applied(policy.version);
    }
}

/// Tells users what changed of groups since they were told last.
fn tell_groups(app: &App, told: &mut Told) {
    let policy = app.policy();
    if policy.groups != told.groups && policy.settings.user_groups.is_on() {
        told.groups = policy.groups;
        tell(app, Audience::Users);
        app.hub.has_applied(policy.version);
    }
}

fn tell(app: &App, audience: Audience) {
    let event = Event::SessionChanged(SessionChanged {});
    app.hub.deliver(&[Delivery::to(audience, event)]);
}

/// Closes the sockets of sessions that were ended, whichever process did it: one indexed statement, which finds the
/// last minute's few. `looked_at`: when it was looked for last, by a clock that may have been set since.
async fn close_ended(app: &App, looked_at: &mut Time) {
    let now = app.clock.now();
    let since = Time(now.min(*looked_at).0 - CLOCKS_MS);
    *looked_at = now;
    if !app.hub.has_listeners() {
        return;
    }
    let ended = async {
        let mut connection = app.database.read().await?;
        list_ended_since(&mut connection, since).await
    };
    match ended.await {
        Ok(ended) => app.hub.close_sessions(&ended, Closing::SignedOut),
        Err(error) => {
            // Asked again in a second.
            tracing::warn!(error = %without_values(&error), "ended sessions could not be looked for");
        }
    }
}

/// Closes the sockets of sessions that are no more, also of those whose time ran out.
async fn close_run_out(app: &App) {
    for listener in app.hub.listeners() {
        match find_role(app, &listener.person_id, &listener.session, listener.role).await {
            Ok(Some(_)) => {}
            Ok(None) => app.hub.close_session(&listener.session, Closing::SignedOut),
            Err(error) => {
                // Asked again by the next round; whoever writes is checked anyway.
                tracing::warn!(error = %without_values(&error), "sessions could not be looked through");
                return;
            }
        }
    }
}

/// What the holder of a session may do right now; `None` where the session is no more.
pub(super) async fn find_role(
    app: &App,
    person_id: &PersonId,
    session: &TokenHash,
    former: Role,
) -> Result<Option<Role>, DatabaseError> {
    let kind = match former {
        Role::Guest => SessionKind::Guest,
        _ => SessionKind::User,
    };
    let mut connection = app.database.read().await?;
    let found = find_session(&mut connection, kind, session, app.clock.now()).await?;
    Ok(found.map(|_| match kind {
        SessionKind::Guest => Role::Guest,
        SessionKind::User | SessionKind::Admin => app.policy().role_of_user(person_id),
    }))
}
