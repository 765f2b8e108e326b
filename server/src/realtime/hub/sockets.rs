//! Who is connected, by person and by role.

use super::{
    super::{closing::Closing, delivery::Audience, presence::Attendance},
    Listener, SocketId,
    visitors::Visitor,
};
use crate::clock::Clock;
use axum::extract::ws::Message;
use shared::{
    identity::Role, ids::PersonId, limits::SOCKETS_PER_SESSION, realtime::Visibility,
    settings::Presence,
};
use std::{collections::HashMap, sync::Arc};
use tokio::sync::{mpsc, oneshot};

/// One socket, as the hub knows it.
pub(super) struct Entry {
    pub listener: Listener,
    /// What waits for it.
    pub outbox: mpsc::Sender<Arc<Message>>,
    /// Ends its task.
    pub close: oneshot::Sender<Closing>,
    pub visibility: Visibility,
    /// The path of the host page, where known.
    pub page: Option<String>,
}

/// Everybody, and the two ways in which they are looked up. What changes one of the fields keeps the others true.
#[derive(Default)]
pub(super) struct Sockets {
    /// The name given last.
    pub latest: u64,
    pub entries: HashMap<SocketId, Entry>,
    pub by_person: HashMap<PersonId, Vec<SocketId>>,
    /// Agents' and admins'.
    pub staff: Vec<SocketId>,
    /// Whoever looks at the door and is nobody we know.
    pub visitors: HashMap<SocketId, Visitor>,
    pub attendance: Attendance,
    /// What everybody was told last.
    pub told_presence: Presence,
    /// Whether new guests are not let in at all.
    pub is_door_closed: bool,
}

impl Sockets {
    /// **Shape**: each socket once.
    pub fn meant_by(&self, audience: &Audience) -> Vec<SocketId> {
        let of = |person_id: &PersonId| self.by_person.get(person_id).cloned().unwrap_or_default();
        match audience {
            Audience::Everyone => self.entries.keys().copied().collect(),
            Audience::Users => self
                .entries
                .iter()
                .filter(|(_, entry)| entry.listener.role > Role::Guest)
                .map(|(socket_id, _)| *socket_id)
                .collect(),
            Audience::Staff => self.staff.clone(),
            Audience::Agents => self.staff_as(Role::Agent),
            Audience::Admins => self.staff_as(Role::Admin),
            Audience::Person(person_id) => of(person_id),
            Audience::Pair { owner, peer } => {
                let mut meant = of(owner);
                meant.extend(of(peer));
                meant
            }
            Audience::Conversation { owner } => {
                let mut meant = self.staff.clone();
                // Once, also for an agent who is the customer here.
                meant.extend(
                    of(owner)
                        .into_iter()
                        .filter(|socket_id| !self.staff.contains(socket_id)),
                );
                meant
            }
        }
    }

    fn staff_as(&self, role: Role) -> Vec<SocketId> {
        let is_meant = |socket_id: &&SocketId| {
            let entry = self.entries.get(*socket_id);
            entry.is_some_and(|entry| entry.listener.role == role)
        };
        self.staff.iter().filter(is_meant).copied().collect()
    }

    /// Which socket has to go before another of this session comes: its oldest hidden one, else its oldest.
    pub fn one_too_many(&self, listener: &Listener) -> Option<SocketId> {
        let own = self.by_person.get(&listener.person_id)?;
        let of_session = |socket_id: &&SocketId| {
            self.entries
                .get(*socket_id)
                .is_some_and(|entry| entry.listener.session == listener.session)
        };
        if own.iter().filter(of_session).count() < SOCKETS_PER_SESSION {
            return None;
        }
        let is_hidden = |socket_id: &&SocketId| {
            self.entries
                .get(*socket_id)
                .is_some_and(|entry| entry.visibility == Visibility::Hidden)
        };
        let oldest_hidden = own.iter().filter(of_session).filter(is_hidden).min();
        oldest_hidden
            .or_else(|| own.iter().filter(of_session).min())
            .copied()
    }

    /// Forgets a socket; `None` where it was forgotten before.
    pub fn remove(&mut self, socket_id: SocketId, clock: &Clock) -> Option<Entry> {
        let entry = self.entries.remove(&socket_id)?;
        let person_id = &entry.listener.person_id;
        if let Some(own) = self.by_person.get_mut(person_id) {
            own.retain(|other| *other != socket_id);
            if own.is_empty() {
                self.by_person.remove(person_id);
            }
        }
        if entry.listener.role.is_staff() {
            self.staff.retain(|other| *other != socket_id);
            if entry.visibility == Visibility::Visible {
                self.attendance.leave(person_id, clock.elapsed());
            }
        }
        Some(entry)
    }

    /// A page became visible or hidden.
    pub fn look(&mut self, socket_id: SocketId, visibility: Visibility, clock: &Clock) {
        let Some(entry) = self.entries.get_mut(&socket_id) else {
            return;
        };
        if entry.visibility != visibility {
            entry.visibility = visibility;
            if entry.listener.role.is_staff() {
                self.attendance
                    .look(&entry.listener.person_id, visibility, clock.elapsed());
            }
        }
    }

    /// Somebody's role changed, and they stay.
    pub fn change_role(&mut self, socket_id: SocketId, role: Role, clock: &Clock) {
        let Some(entry) = self.entries.get_mut(&socket_id) else {
            return;
        };
        let joins = role.is_staff() && !entry.listener.role.is_staff();
        entry.listener.role = role;
        if joins {
            self.staff.push(socket_id);
            if entry.visibility == Visibility::Visible {
                self.attendance.look(
                    &entry.listener.person_id,
                    Visibility::Visible,
                    clock.elapsed(),
                );
            }
        }
    }
}
