//! Cuts off whoever may no longer listen.
//!
//! The law: a role that is lost, a session that ended and a person who was disabled close their sockets within two
//! seconds (R7), whichever process did it. A change of settings makes everybody look again; a change of groups all
//! users, and at most once a second: a morning's sign-ins may change many memberships.

use super::{
    closing::Closing,
    delivery::{Audience, Delivery},
};
use crate::{
    app::App,
    database::{DatabaseError, without_values},
    identity::{
        store::{SessionKind, find_session},
        token::TokenHash,
    },
};
use shared::{
    identity::Role,
    ids::PersonId,
    realtime::{Event, SessionChanged},
};
use std::time::Duration;

/// Sessions also end by themselves: looked for this often.
const ENDED: Duration = Duration::from_secs(30);
/// Changes of groups that are told together.
const GROUPS: Duration = Duration::from_secs(1);
/// Presence passes by itself.
const PRESENCE: Duration = Duration::from_secs(10);

/// Runs for as long as the server does.
pub async fn keep_sweeping(app: &App) {
    let mut changes = app.policy.changes();
    let mut settings_version = app.policy().settings_version;
    let mut told_groups = app.policy().groups;
    let (mut ended, mut presence, mut groups) = (
        tokio::time::interval(ENDED),
        tokio::time::interval(PRESENCE),
        tokio::time::interval(GROUPS),
    );
    groups.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            changed = changes.changed() => {
                if changed.is_err() {
                    return;
                }
                // Whoever is nobody any more is told so, before anybody is told that they may do less.
                close_ended(app).await;
                let policy = app.policy();
                app.hub.apply_roles(|person_id| policy.role_of_user(person_id));
                if policy.settings_version != settings_version {
                    settings_version = policy.settings_version;
                    // Everybody, so that nobody needs to be told of groups besides.
                    told_groups = policy.groups;
                    app.hub.deliver(&[Delivery::to(Audience::Everyone, Event::SessionChanged(SessionChanged {}))]);
                }
            }
            _ = groups.tick() => {
                let policy = app.policy();
                if policy.groups != told_groups && policy.settings.user_groups.is_on() {
                    told_groups = policy.groups;
                    app.hub.deliver(&[Delivery::to(Audience::Users, Event::SessionChanged(SessionChanged {}))]);
                }
            }
            _ = ended.tick() => close_ended(app).await,
            _ = presence.tick() => app.hub.refresh_presence(),
        }
    }
}

/// Closes the sockets of sessions that are no more.
async fn close_ended(app: &App) {
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
