//! How many visitors may hold a socket.
//!
//! The law: bounded, in all and from one peer, so that whoever opens sockets by the thousand keeps nobody else away
//! from theirs.

use crate::safety::limiter::Peer;
use shared::limits::{VISITOR_SOCKETS, VISITOR_SOCKETS_PER_PEER};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// How many places are taken, by peer.
#[derive(Clone, Default)]
pub struct VisitorPlaces(Arc<Mutex<HashMap<Peer, usize>>>);

/// A place that somebody holds for as long as they hold this.
pub struct VisitorPlace {
    peer: Peer,
    places: VisitorPlaces,
}

impl VisitorPlaces {
    fn taken(&self) -> MutexGuard<'_, HashMap<Peer, usize>> {
        // Nothing panics while it is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `None`: there are too many already.
    pub fn take(&self, peer: Peer) -> Option<VisitorPlace> {
        let mut taken = self.taken();
        let in_all: usize = taken.values().sum();
        let of_peer = taken.get(&peer).copied().unwrap_or_default();
        if in_all >= VISITOR_SOCKETS || of_peer >= VISITOR_SOCKETS_PER_PEER {
            return None;
        }
        taken.insert(peer, of_peer + 1);
        Some(VisitorPlace {
            peer,
            places: self.clone(),
        })
    }
}

impl Drop for VisitorPlace {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        match taken.get_mut(&self.peer) {
            Some(of_peer) if *of_peer > 1 => *of_peer -= 1,
            _ => {
                taken.remove(&self.peer);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::IpAddr;

    fn peer(last: u32) -> Peer {
        IpAddr::from(last.to_be_bytes()).into()
    }

    #[test]
    fn one_peer_takes_some_places_and_gives_them_back() {
        let places = VisitorPlaces::default();
        let mut own: Vec<_> = (0..VISITOR_SOCKETS_PER_PEER)
            .map(|_| places.take(peer(1)).unwrap())
            .collect();
        assert!(places.take(peer(1)).is_none());
        assert!(places.take(peer(2)).is_some(), "others are not kept away");
        own.pop();
        let again = places.take(peer(1));
        assert!(again.is_some() && places.take(peer(1)).is_none());
        drop((own, again));
        assert!(places.taken().is_empty(), "nothing is kept of who went");
    }

    #[test]
    fn all_together_take_no_more_than_there_are() {
        let places = VisitorPlaces::default();
        let held: Vec<_> = (0..VISITOR_SOCKETS)
            .map(|number| places.take(peer(u32::try_from(number).unwrap())).unwrap())
            .collect();
        assert!(places.take(peer(u32::MAX)).is_none());
        drop(held);
        assert!(places.take(peer(u32::MAX)).is_some());
    }
}
