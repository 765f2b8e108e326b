//! Cutting somebody off: by session, by person, by what they may no longer do.

use super::{Hub, Listener, SocketId, sockets::Sockets};
use crate::{identity::token::TokenHash, realtime::closing::Closing};
use shared::{
    identity::Role,
    ids::PersonId,
    realtime::{Event, SessionChanged},
};
use std::collections::{HashMap, HashSet};

impl Hub {
    pub(super) fn close(&self, sockets: &mut Sockets, socket_id: SocketId, why: Closing) {
        if let Some(entry) = sockets.remove(socket_id, &self.clock) {
            // Where the task has ended already there is nothing left to close.
            let _ended = entry.close.send(why);
        }
    }

    fn close_where(&self, why: Closing, is_meant: impl Fn(&Listener) -> bool) {
        let mut sockets = self.sockets();
        let meant: Vec<SocketId> = sockets
            .entries
            .iter()
            .filter(|(_, entry)| is_meant(&entry.listener))
            .map(|(id, _)| *id)
            .collect();
        for socket_id in meant {
            self.close(&mut sockets, socket_id, why);
        }
    }

    /// Closes every socket of a session, and says why.
    pub fn close_session(&self, session: &TokenHash, why: Closing) {
        self.close_where(why, |listener| listener.session == *session);
    }

    /// Closes every socket of some sessions.
    pub fn close_sessions(&self, sessions: &[TokenHash], why: Closing) {
        if !sessions.is_empty() {
            let sessions: HashSet<&TokenHash> = sessions.iter().collect();
            self.close_where(why, |listener| sessions.contains(&listener.session));
        }
    }

    /// Closes every socket of a person.
    pub fn close_person(&self, person_id: &PersonId, why: Closing) {
        self.close_where(why, |listener| listener.person_id == *person_id);
    }

    /// Everybody connected, once for each session.
    pub fn listeners(&self) -> Vec<Listener> {
        let sockets = self.sockets();
        let mut by_session: HashMap<&TokenHash, &Listener> = HashMap::new();
        for entry in sockets.entries.values() {
            by_session
                .entry(&entry.listener.session)
                .or_insert(&entry.listener);
        }
        by_session.into_values().cloned().collect()
    }

    /// Whoever lost the staff's powers is cut off; whoever's role changed otherwise is told to look again.
    pub fn apply_roles(&self, role_of: impl Fn(&PersonId) -> Role) {
        let mut sockets = self.sockets();
        let users: Vec<(SocketId, PersonId, Role)> = sockets
            .entries
            .iter()
            .filter(|(_, entry)| entry.listener.role > Role::Guest)
            .map(|(id, entry)| (*id, entry.listener.person_id.clone(), entry.listener.role))
            .collect();
        for (socket_id, person_id, former) in users {
            let role = role_of(&person_id);
            if former.is_staff() && !role.is_staff() {
                sockets.attendance.dismiss(&person_id);
                self.close(&mut sockets, socket_id, Closing::Forbidden);
            } else if role != former {
                sockets.change_role(socket_id, role, &self.clock);
                self.tell_one(
                    &mut sockets,
                    socket_id,
                    &Event::SessionChanged(SessionChanged {}),
                );
            }
        }
        self.tell_presence(&mut sockets);
    }
}
