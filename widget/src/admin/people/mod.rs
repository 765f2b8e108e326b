//! *People* and *Invitations*, parts of *User Groups*.
//!
//! The law: what somebody may do is changed on their own page, where one sees whom one changes.

/// Calls.
mod api;
/// Erasing somebody.
mod erase;
/// Everything about somebody, as a file.
mod export;
/// Looking for somebody.
mod found;
/// Somebody new.
mod invitations;
/// The form of an invitation.
mod invite;
/// Everybody.
mod list;
/// A link that is shown once.
mod made;
/// One person.
mod one;
/// What they may do.
mod powers;
/// How they sign in.
mod signing_in;

pub use erase::Erasing;
pub use export::exporter;
pub use found::{FoundPeople, PickPerson};
pub use invitations::Invitations;
pub use list::People;
pub use one::OnePerson;

use shared::group::PersonRow;
use shared::identity::Face;
use shared::ids::PersonId;

/// Somebody about whom something is done.
#[derive(Clone, PartialEq, Eq)]
pub struct Whom {
    pub person_id: PersonId,
    pub name: String,
    pub is_guest: bool,
}

impl Whom {
    fn of(person: &PersonRow) -> Self {
        Self {
            person_id: person.person_id.clone(),
            name: person.name.clone(),
            is_guest: person.is_guest,
        }
    }
}

/// How somebody of a list looks.
pub fn face_of(person: &PersonRow) -> Face {
    Face {
        person_id: person.person_id.clone(),
        name: person.name.clone(),
        picture: None,
    }
}
