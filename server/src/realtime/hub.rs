//! Who is connected.
//!
//! The laws: telling somebody never waits; whoever's queue is full is cut off with [`Closing::Resync`]; a socket is told
//! an event at most once.

/// Cutting somebody off.
mod cutting_off;
/// Who is connected, by person and by role.
mod sockets;
/// Visitors who look at the door.
mod visitors;

use sockets::{Entry, Sockets};

use super::{
    closing::Closing,
    delivery::{Audience, Delivery},
    encoded::{Encoded, frame},
    places::VisitorPlaces,
};
use crate::{clock::Clock, http::answer::Encoding, identity::token::TokenHash, metrics::Census};
use axum::extract::ws::Message;
use shared::{
    identity::Role,
    ids::PersonId,
    realtime::{Event, GoingAway, PresenceChanged, Visibility},
    settings::Presence,
};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{mpsc, oneshot, watch};

/// Events that may wait for one socket: several of the writer's batches, because one batch is told all at once and must
/// not cut off readers that keep up. Events are shared between sockets, and places cost memory only while they are
/// filled.
pub const OUTBOX: usize = 8 * shared::limits::WRITER_BATCH;

/// Names a socket; later ones are higher.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SocketId(u64);

/// Whose socket it is.
#[derive(Clone, Debug)]
pub struct Listener {
    pub person_id: PersonId,
    pub role: Role,
    pub session: TokenHash,
    pub encoding: Encoding,
}

/// What the socket's own task holds.
pub struct Ticket {
    pub socket_id: SocketId,
    pub outbox: mpsc::Receiver<Arc<Message>>,
    /// Says why, when the socket is to be closed.
    pub closed: oneshot::Receiver<Closing>,
    /// Held until the last words are said.
    _life: watch::Receiver<()>,
}

/// Everybody connected.
pub struct Hub {
    clock: Clock,
    sockets: Mutex<Sockets>,
    /// How many visitors there may be.
    pub visitor_places: VisitorPlaces,
    /// The version of the policy that bites on every socket.
    applied: watch::Sender<i64>,
    /// Every socket's task holds a receiver until its last words are said.
    lives: watch::Sender<()>,
}

impl Hub {
    pub fn new(clock: Clock) -> Self {
        Self {
            clock,
            sockets: Mutex::default(),
            visitor_places: VisitorPlaces::default(),
            applied: watch::Sender::new(0),
            lives: watch::Sender::new(()),
        }
    }

    fn sockets(&self) -> MutexGuard<'_, Sockets> {
        // A panic while it was held leaves at most one socket half known, and that one's task is gone.
        self.sockets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets a socket in. A session that has too many gives up its oldest hidden one.
    pub fn enter(&self, listener: Listener) -> Ticket {
        let (outbox, waiting) = mpsc::channel(OUTBOX);
        let (close, closed) = oneshot::channel();
        let mut sockets = self.sockets();
        sockets.latest += 1;
        let socket_id = SocketId(sockets.latest);
        if let Some(crowded) = sockets.one_too_many(&listener) {
            self.close(&mut sockets, crowded, Closing::Replaced);
        }
        sockets
            .by_person
            .entry(listener.person_id.clone())
            .or_default()
            .push(socket_id);
        if listener.role.is_staff() {
            sockets.staff.push(socket_id);
        }
        sockets.entries.insert(
            socket_id,
            Entry {
                listener,
                outbox,
                close,
                visibility: Visibility::Hidden,
                page: None,
            },
        );
        Ticket {
            socket_id,
            outbox: waiting,
            closed,
            _life: self.lives.subscribe(),
        }
    }

    /// The socket's task has ended.
    pub fn leave(&self, socket_id: SocketId) {
        let mut sockets = self.sockets();
        if sockets.visitors.remove(&socket_id).is_some() {
            return;
        }
        sockets.remove(socket_id, &self.clock);
        self.tell_presence(&mut sockets);
    }

    /// Tells whoever is meant.
    pub fn deliver(&self, deliveries: &[Delivery]) {
        let mut sockets = self.sockets();
        for delivery in deliveries {
            self.tell(&mut sockets, delivery);
        }
    }

    fn tell(&self, sockets: &mut Sockets, delivery: &Delivery) {
        let encoded = Encoded::new(&delivery.event);
        for socket_id in sockets.meant_by(&delivery.audience) {
            let Some(entry) = sockets.entries.get(&socket_id) else {
                continue;
            };
            if delivery.except.as_ref() == Some(&entry.listener.person_id) {
                continue;
            }
            if entry
                .outbox
                .try_send(encoded.as_frame(entry.listener.encoding))
                .is_err()
            {
                self.close(sockets, socket_id, Closing::Resync);
            }
        }
        if delivery.audience == Audience::Everyone {
            visitors::tell(sockets, &delivery.event, &encoded);
        }
    }

    /// Who is connected now, as numbers.
    pub fn census(&self) -> Census {
        let sockets = self.sockets();
        Census {
            customers: sockets.entries.len() - sockets.staff.len(),
            staff: sockets.staff.len(),
            visitors: sockets.visitors.len(),
        }
    }

    /// Whether anybody is connected who has a session.
    pub fn has_listeners(&self) -> bool {
        !self.sockets().entries.is_empty()
    }

    fn tell_one(&self, sockets: &mut Sockets, socket_id: SocketId, event: &Event) {
        let Some(entry) = sockets.entries.get(&socket_id) else {
            return;
        };
        let message = Arc::new(frame(event, entry.listener.encoding));
        if entry.outbox.try_send(message).is_err() {
            self.close(sockets, socket_id, Closing::Resync);
        }
    }

    /// A page became visible or hidden.
    pub fn look(&self, socket_id: SocketId, visibility: Visibility) {
        let mut sockets = self.sockets();
        sockets.look(socket_id, visibility, &self.clock);
        self.tell_presence(&mut sockets);
    }

    /// Whether anybody of the staff is there.
    pub fn presence(&self) -> Presence {
        self.sockets().attendance.presence(self.clock.elapsed())
    }

    /// Tells everybody when presence has changed, by somebody's doing or by the passing of time.
    pub fn refresh_presence(&self) {
        self.tell_presence(&mut self.sockets());
    }

    fn tell_presence(&self, sockets: &mut Sockets) {
        let presence = sockets.attendance.presence(self.clock.elapsed());
        if presence != sockets.told_presence {
            sockets.told_presence = presence;
            let event = Event::PresenceChanged(PresenceChanged { presence });
            self.tell(sockets, &Delivery::to(Audience::Everyone, event));
        }
    }

    /// Notes the page that a socket's host page shows. `false`: it is the same as before.
    pub fn move_to(&self, socket_id: SocketId, page: Option<String>) -> bool {
        let mut sockets = self.sockets();
        let Some(entry) = sockets.entries.get_mut(&socket_id) else {
            return false;
        };
        let is_news = entry.page != page;
        entry.page = page;
        is_news
    }

    /// The page that somebody is on: the one of their latest socket that knows.
    pub fn page_of(&self, person_id: &PersonId) -> Option<String> {
        let sockets = self.sockets();
        let own = sockets.by_person.get(person_id)?;
        own.iter()
            .rev()
            .find_map(|socket_id| sockets.entries.get(socket_id)?.page.clone())
    }

    /// How many are connected, visitors too.
    pub fn count(&self) -> usize {
        let sockets = self.sockets();
        sockets.entries.len() + sockets.visitors.len()
    }

    /// Every socket was told what this version of the policy changed.
    pub fn has_applied(&self, policy_version: i64) {
        self.applied.send_replace(policy_version);
    }

    /// Resolves when every socket was told of this version of the policy, or of a later one.
    pub async fn applies(&self, policy_version: i64) {
        let mut applied = self.applied.subscribe();
        // The sender lives as long as this does, so it is reached sooner or later.
        let _reached = applied.wait_for(|applied| *applied >= policy_version).await;
    }

    /// Tells everybody to come back later, each at a time of their own, and closes.
    pub fn say_goodbye(&self, retry_after_ms: impl Fn() -> u32) {
        let mut sockets = self.sockets();
        let everybody: Vec<SocketId> = sockets.entries.keys().copied().collect();
        for socket_id in everybody {
            let event = Event::GoingAway(GoingAway {
                retry_after_ms: retry_after_ms(),
            });
            self.tell_one(&mut sockets, socket_id, &event);
            self.close(&mut sockets, socket_id, Closing::GoingAway);
        }
        visitors::say_goodbye(&mut sockets, &retry_after_ms);
    }

    /// Resolves when every socket's task has ended.
    pub async fn everybody_gone(&self) {
        self.lives.closed().await;
    }
}

#[cfg(test)]
mod tests;
