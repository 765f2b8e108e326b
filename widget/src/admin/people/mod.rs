//! *People* and *Invitations*, parts of *User Groups*.
//!
//! The law: what somebody may do is changed on their own page, where one sees whom one changes.

/// Calls.
mod api;
/// Erasing somebody.
mod erase;
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

pub use found::{FoundPeople, PickPerson};
pub use invitations::Invitations;
pub use list::People;
pub use one::OnePerson;

use shared::group::PersonRow;
use shared::identity::Face;

/// How somebody of a list looks.
pub fn face_of(person: &PersonRow) -> Face {
    Face {
        person_id: person.person_id.clone(),
        name: person.name.clone(),
        picture: None,
    }
}
