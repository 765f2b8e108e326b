//! Who may see and do what, as tables.

use super::*;
use shared::{
    group::PermissionPair,
    samples::{ADA, CORA, IDRIS, MINA, NOOR, TEO, group_id},
};

const OPEN: Facts = Facts {
    is_guest: false,
    is_disabled: false,
    is_admin: false,
    is_member: false,
};

const FREE: Between<'_> = Between {
    user_groups: Switch::On,
    bond: None,
    is_blocked: false,
};

fn place(owner: &PersonId) -> Place<'_> {
    Place {
        kind: ConversationKind::Support,
        owner,
        peer: None,
        last_position: Position(4),
    }
}

fn member(groups: &[u8]) -> Member {
    Member {
        is_admin: false,
        is_gone: false,
        groups: groups.iter().copied().map(group_id).collect(),
    }
}

fn admin() -> Member {
    Member {
        is_admin: true,
        ..member(&[])
    }
}

fn gone(member: Member) -> Member {
    Member {
        is_gone: true,
        ..member
    }
}

/// Groups 1 and 2 may chat with each other.
fn bond(owner: Member, peer: Member) -> Bond {
    let joined = PermissionPair::of(group_id(1), group_id(2));
    Bond {
        owner,
        peer,
        permissions: Permissions::new([joined]),
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
            may_send(asker, place(&owner), FREE, None),
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
fn a_direct_conversation_is_there_for_its_two_only() {
    let (noor, teo) = (NOOR.person_id(), TEO.person_id());
    let direct = Place {
        kind: ConversationKind::Direct,
        peer: Some(&teo),
        ..place(&noor)
    };
    for (person, role, expected) in [
        (NOOR, Role::User, Ok(Side::Customer)),
        (TEO, Role::User, Ok(Side::Staff)),
        (TEO, Role::Agent, Ok(Side::Staff)),
        // Staff do not read what users write to each other.
        (MINA, Role::Agent, Err(ProblemCode::NotFound.into())),
        (ADA, Role::Admin, Err(ProblemCode::NotFound.into())),
        (CORA, Role::Guest, Err(ProblemCode::NotFound.into())),
    ] {
        let person_id = person.person_id();
        let asker = Asker {
            person_id: &person_id,
            role,
        };
        assert_eq!(
            may_see(asker, direct),
            expected,
            "{} as {role:?}",
            person.key
        );
    }
}

#[test]
fn who_may_begin_and_who_may_write_in_a_direct_conversation() {
    let (noor, teo) = (NOOR.person_id(), TEO.person_id());
    let direct = Place {
        kind: ConversationKind::Direct,
        peer: Some(&teo),
        ..place(&noor)
    };
    let (owner_asks, peer_asks) = (
        Asker {
            person_id: &noor,
            role: Role::User,
        },
        Asker {
            person_id: &teo,
            role: Role::User,
        },
    );
    let (on, off) = (Switch::On, Switch::Off);
    for (bond, user_groups, begins, writes) in [
        (bond(member(&[1]), member(&[2])), on, true, true),
        (bond(member(&[2]), member(&[1])), on, true, true),
        (bond(member(&[1]), member(&[1])), on, false, false),
        (bond(member(&[1]), member(&[])), on, false, false),
        (bond(member(&[1, 3]), member(&[2, 4])), on, true, true),
        (bond(member(&[1]), member(&[2])), off, false, false),
        (bond(admin(), member(&[])), on, true, true),
        (bond(admin(), member(&[])), off, false, false),
        // What an admin began is answered; nobody begins with an admin they do not find.
        (bond(member(&[]), admin()), on, false, true),
        (bond(member(&[1]), gone(member(&[2]))), on, false, false),
        (bond(gone(member(&[1])), member(&[2])), on, false, false),
        (bond(admin(), gone(member(&[2]))), on, false, false),
    ] {
        assert_eq!(may_begin_direct(user_groups, &bond).is_ok(), begins);
        let between = Between {
            user_groups,
            bond: Some(&bond),
            is_blocked: false,
        };
        let told = |side| match writes {
            true => Ok(side),
            false => Err(ProblemCode::NotFound.into()),
        };
        assert_eq!(
            may_send(owner_asks, direct, between, None),
            told(Side::Customer)
        );
        assert_eq!(
            may_send(peer_asks, direct, between, None),
            told(Side::Staff)
        );
        let offered = if writes {
            Writing::Open
        } else {
            Writing::Ended
        };
        assert_eq!(writing(Some(&bond), user_groups, false), offered);
        assert_eq!(writing(Some(&bond), user_groups, true), Writing::Blocked);
    }
    assert_eq!(
        may_send(owner_asks, direct, FREE, None),
        Err(ProblemCode::NotFound.into()),
        "nothing known about the two is a no"
    );
}

#[test]
fn what_is_blocked_reaches_nobody_and_strangers_learn_nothing_of_it() {
    let (cora, idris) = (CORA.person_id(), IDRIS.person_id());
    let blocked = Between {
        is_blocked: true,
        ..FREE
    };
    let asker = |person_id| Asker {
        person_id,
        role: Role::Guest,
    };
    for (person_id, code) in [
        (&cora, ProblemCode::Undeliverable),
        (&idris, ProblemCode::NotFound),
    ] {
        assert_eq!(
            may_send(asker(person_id), place(&cora), blocked, None),
            Err(code.into())
        );
    }
    assert_eq!(may_see(asker(&cora), place(&cora)), Ok(Side::Customer));
    assert_eq!(writing(None, Switch::Off, true), Writing::Blocked);
    assert_eq!(writing(None, Switch::Off, false), Writing::Open);
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
            may_send(asker, place(&cora), FREE, Some(position)).is_ok(),
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
