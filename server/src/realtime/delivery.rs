//! Events and who they are for.

use shared::{ids::PersonId, realtime::Event};

/// Who is told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Audience {
    /// Everybody connected, visitors too.
    Everyone,
    /// Users, agents and admins.
    Users,
    /// Agents and admins.
    Staff,
    /// Staff who are no admins.
    Agents,
    Admins,
    /// All sockets of one person.
    Person(PersonId),
    /// Staff, and the customer whose conversation it is; a socket that is both is told once.
    Conversation {
        owner: PersonId,
    },
    /// The two of a direct conversation, and nobody of the staff.
    Pair {
        owner: PersonId,
        peer: PersonId,
    },
}

/// One event for one audience.
#[derive(Clone)]
pub struct Delivery {
    pub audience: Audience,
    /// Left out, whatever the audience says.
    pub except: Option<PersonId>,
    pub event: Event,
}

impl Delivery {
    pub const fn to(audience: Audience, event: Event) -> Self {
        Self {
            audience,
            except: None,
            event,
        }
    }

    #[must_use]
    pub fn except(mut self, person_id: PersonId) -> Self {
        self.except = Some(person_id);
        self
    }
}
