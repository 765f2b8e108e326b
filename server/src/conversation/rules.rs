//! Who may see and do what in a conversation: pure decisions.
//!
//! The law: somebody else's conversation is not there. Every "no" about seeing is `not_found`, so that an id tells
//! nothing.

use shared::{
    conversation::{ConversationKind, Side},
    identity::Role,
    ids::{PersonId, Position},
    problem::{Field, Problem, ProblemCode},
};

/// Somebody, as far as a conversation cares.
#[derive(Clone, Copy, Debug)]
pub struct Asker<'a> {
    pub person_id: &'a PersonId,
    pub role: Role,
}

/// A conversation, as far as permission cares.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub kind: ConversationKind,
    pub owner: &'a PersonId,
    pub last_position: Position,
}

/// Whether the asker may read along, and for whom they would speak.
///
/// An agent in a conversation of their own is its customer.
///
/// **Errors**: `not_found`.
pub fn may_see(asker: Asker<'_>, place: Place<'_>) -> Result<Side, Problem> {
    if asker.person_id == place.owner {
        Ok(Side::Customer)
    } else if place.kind == ConversationKind::Support && asker.role.is_staff() {
        Ok(Side::Staff)
    } else {
        Err(ProblemCode::NotFound.into())
    }
}

/// Whether the asker may write, and for whom they speak.
///
/// **Errors**: `not_found`; `no_such_position` for a quote of what is not there.
pub fn may_send(
    asker: Asker<'_>,
    place: Place<'_>,
    reply_to: Option<Position>,
) -> Result<Side, Problem> {
    let side = may_see(asker, place)?;
    match reply_to {
        Some(quoted) if quoted == Position::NONE || quoted > place.last_position => {
            Err(Problem::about(ProblemCode::NoSuchPosition, Field::ReplyTo))
        }
        _ => Ok(side),
    }
}

/// Whether the asker may have had `position` on screen, and on whose side.
///
/// **Errors**: `not_found`; `out_of_range` for what was never sent.
pub fn may_advance_seen(
    asker: Asker<'_>,
    place: Place<'_>,
    position: Position,
) -> Result<Side, Problem> {
    let side = may_see(asker, place)?;
    if position > place.last_position {
        return Err(Problem::about(ProblemCode::OutOfRange, Field::Position));
    }
    Ok(side)
}

/// What role the stored facts give a person, inside the transaction that relies on it.
///
/// `None` for somebody who is disabled: they are nobody.
pub const fn role_of(facts: Facts) -> Option<Role> {
    match facts {
        Facts {
            is_disabled: true, ..
        } => None,
        Facts { is_guest: true, .. } => Some(Role::Guest),
        Facts { is_admin: true, .. } => Some(Role::Admin),
        Facts {
            is_member: true, ..
        } => Some(Role::Agent),
        _ => Some(Role::User),
    }
}

/// What is stored about somebody who asks.
#[derive(Clone, Copy, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a row or a column that is there or not"
)]
pub struct Facts {
    pub is_guest: bool,
    pub is_disabled: bool,
    pub is_admin: bool,
    /// Of the guest group.
    pub is_member: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::samples::{ADA, CORA, IDRIS, MINA, NOOR};

    const OPEN: Facts = Facts {
        is_guest: false,
        is_disabled: false,
        is_admin: false,
        is_member: false,
    };

    fn place(owner: &PersonId) -> Place<'_> {
        Place {
            kind: ConversationKind::Support,
            owner,
            last_position: Position(4),
        }
    }

    #[test]
    fn a_conversation_is_there_for_its_customer_and_for_staff_only() {
        let owner = CORA.person_id();
        for (person, role, expected) in [
            (CORA, Role::Guest, Ok(Side::Customer)),
            (IDRIS, Role::Guest, Err(ProblemCode::NotFound.into())),
            (NOOR, Role::User, Err(ProblemCode::NotFound.into())),
            (MINA, Role::Agent, Ok(Side::Staff)),
            (ADA, Role::Admin, Ok(Side::Staff)),
            // Nobody is staff by holding an agent's id.
            (MINA, Role::User, Err(ProblemCode::NotFound.into())),
        ] {
            let person_id = person.person_id();
            let asker = Asker {
                person_id: &person_id,
                role,
            };
            assert_eq!(
                may_see(asker, place(&owner)),
                expected,
                "{} as {role:?}",
                person.key
            );
            assert_eq!(
                may_send(asker, place(&owner), None),
                expected,
                "{} as {role:?}",
                person.key
            );
        }
    }

    #[test]
    fn an_agent_is_the_customer_in_a_conversation_of_their_own() {
        let mina = MINA.person_id();
        let asker = Asker {
            person_id: &mina,
            role: Role::Agent,
        };
        assert_eq!(may_see(asker, place(&mina)), Ok(Side::Customer));
    }

    #[test]
    fn staff_do_not_read_what_users_write_to_each_other() {
        let (noor, ada) = (NOOR.person_id(), ADA.person_id());
        let direct = Place {
            kind: ConversationKind::Direct,
            ..place(&noor)
        };
        assert_eq!(
            may_see(
                Asker {
                    person_id: &ada,
                    role: Role::Admin
                },
                direct
            ),
            Err(ProblemCode::NotFound.into())
        );
        assert_eq!(
            may_see(
                Asker {
                    person_id: &noor,
                    role: Role::User
                },
                direct
            ),
            Ok(Side::Customer)
        );
    }

    #[test]
    fn only_what_is_there_is_quoted_or_seen() {
        let cora = CORA.person_id();
        let asker = Asker {
            person_id: &cora,
            role: Role::Guest,
        };
        for (position, quoted, seen) in [
            (0, false, true),
            (1, true, true),
            (4, true, true),
            (5, false, false),
        ] {
            let position = Position(position);
            assert_eq!(
                may_send(asker, place(&cora), Some(position)).is_ok(),
                quoted,
                "{position:?}"
            );
            assert_eq!(
                may_advance_seen(asker, place(&cora), position).is_ok(),
                seen,
                "{position:?}"
            );
        }
    }

    #[test]
    fn the_stored_facts_make_the_role() {
        assert_eq!(role_of(OPEN), Some(Role::User));
        assert_eq!(
            role_of(Facts {
                is_member: true,
                ..OPEN
            }),
            Some(Role::Agent)
        );
        assert_eq!(
            role_of(Facts {
                is_member: true,
                is_admin: true,
                ..OPEN
            }),
            Some(Role::Admin)
        );
        assert_eq!(
            role_of(Facts {
                is_guest: true,
                is_member: true,
                ..OPEN
            }),
            Some(Role::Guest)
        );
        assert_eq!(
            role_of(Facts {
                is_disabled: true,
                is_admin: true,
                ..OPEN
            }),
            None
        );
    }
}
