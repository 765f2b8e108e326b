//! Where somebody with several conversations was on the host's last page.
//!
//! The law: kept by person, so nobody returns to a place of somebody else's; not in what a guest downloads (D10).

use super::app::App;
use super::choice::Place;
use super::lists::Lists;
use crate::conversation::drafts::Destination;
use crate::conversation::list_state::Partner;
use crate::frame::storage;
use crate::reactive::untrack;
use shared::group::Peer;
use shared::identity::{Face, Role};
use shared::ids::{ConversationId, PersonId};

/// What every key of such a place begins with.
pub const PLACE_KEYS: &str = "porchlight.place.";

/// A place that is worth returning to.
#[derive(Clone, PartialEq, Eq)]
enum Spot {
    /// A customer's conversation.
    Support(ConversationId),
    /// An own one with the support team.
    Own(ConversationId),
    Direct(ConversationId),
    /// Somebody who was not written to yet.
    With(Peer),
}

impl Spot {
    /// As it is stored: a letter, and what it needs; what somebody is called stands on lines of its own.
    fn as_text(&self) -> String {
        match self {
            Self::Support(id) => ["s", id.as_str()].concat(),
            Self::Own(id) => ["o", id.as_str()].concat(),
            Self::Direct(id) => ["d", id.as_str()].concat(),
            Self::With(peer) => {
                let email = peer.email.as_deref().unwrap_or_default();
                let face = &peer.face;
                ["w", face.person_id.as_str(), "\n", &face.name, "\n", email].concat()
            }
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_at_checked(1)?;
        let id = || ConversationId::parse(rest);
        match kind {
            "s" => id().map(Self::Support),
            "o" => id().map(Self::Own),
            "d" => id().map(Self::Direct),
            "w" => {
                let mut lines = rest.split('\n');
                let face = Face {
                    person_id: PersonId::parse(lines.next()?)?,
                    name: lines.next()?.into(),
                    picture: None,
                };
                let email = lines.next().filter(|email| !email.is_empty());
                Some(Self::With(Peer {
                    face,
                    email: email.map(Into::into),
                }))
            }
            _ => None,
        }
    }
}

/// So that the host's next page shows the same.
pub fn remember(app: App, lists: Lists) {
    let Some(key) = place_key(app) else { return };
    match spot(app, lists) {
        Some(spot) => storage::put(&key, &spot.as_text()),
        None => storage::remove(&key),
    }
}

fn spot(app: App, lists: Lists) -> Option<Spot> {
    if app.place.get_untracked() != Place::Thread {
        return None;
    }
    match app.thread.destination.get_untracked()? {
        Destination::New => None,
        Destination::With(_) => lists.groups.chosen.get_untracked().map(Spot::With),
        Destination::In(id) => Some(match app.thread.partner() {
            Partner::Team => Spot::Own(id),
            Partner::Customer => Spot::Support(id),
            Partner::Peer => Spot::Direct(id),
        }),
    }
}

/// Back to where they were.
pub fn return_to(app: App, lists: Lists) {
    let stored = place_key(app).and_then(|key| storage::get(&key));
    let is_staff = untrack(|| app.role()).is_staff();
    match stored.and_then(|text| Spot::from_text(&text)) {
        Some(Spot::Support(id)) if is_staff => app.open_support(id),
        Some(Spot::Own(id)) => app.open_own(Destination::In(id)),
        Some(Spot::Direct(id)) => app.open_direct(Destination::In(id)),
        Some(Spot::With(peer)) => {
            let place = Destination::With(peer.face.person_id.clone());
            lists.groups.chosen.set(Some(peer));
            app.open_direct(place);
        }
        Some(Spot::Support(_)) | None => {}
    }
}

fn place_key(app: App) -> Option<String> {
    let role = untrack(|| app.role());
    let person_id = app.person_id().filter(|_| role != Role::Guest)?;
    Some([PLACE_KEYS, person_id.as_str()].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::samples::{CAST, conversation_id};

    #[test]
    fn a_place_is_read_as_it_was_written() {
        let id = conversation_id(1);
        let mut spots = vec![
            Spot::Support(id.clone()),
            Spot::Own(id.clone()),
            Spot::Direct(id),
        ];
        for person in &CAST {
            for email in [None, Some(person.email.to_owned())] {
                spots.push(Spot::With(Peer {
                    face: person.face(),
                    email,
                }));
            }
        }
        for spot in spots {
            assert!(
                Spot::from_text(&spot.as_text()) == Some(spot.clone()),
                "{}",
                spot.as_text()
            );
        }
        for nonsense in ["", "s", "x1", "w", "wnobody\nCora", "ж"] {
            assert!(Spot::from_text(nonsense).is_none(), "{nonsense}");
        }
    }
}
