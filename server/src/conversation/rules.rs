//! Who may see and do what in a conversation: pure decisions.
//!
//! The laws: somebody else's conversation is not there. Every "no" about seeing is `not_found`, so that an id tells
//! nothing. What was written stays readable to both, whoever may no longer write. Whoever is blocked is told that a
//! message reaches nobody, and not why.

use crate::webhook::rules::Wanted;
use shared::{
    conversation::{ConversationKind, Side, Writing},
    group::permission::{Permissions, Standing, may_chat, may_find},
    identity::Role,
    ids::{GroupId, PersonId, Position},
    problem::{Field, Problem, ProblemCode},
    settings::{Settings, Switch},
};

/// What of the site's settings a conversation depends on.
#[derive(Clone, Debug)]
pub struct Terms {
    /// The group whose people speak for the site.
    pub guest_group: Option<GroupId>,
    /// Off: nobody chats directly with anybody.
    pub user_groups: Switch,
    /// Whether the two of a direct conversation see each other's address.
    pub show_addresses: Switch,
    /// What webhooks want to hear of.
    pub webhooks: Wanted,
}

/// What staff see of a customer, besides who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight {
    pub addresses: Switch,
    /// Which page they are on.
    pub pages: Switch,
}

/// What somebody of the staff sees by the site's settings. An address is never hidden from admins.
pub fn sight(role: Role, settings: &Settings) -> Sight {
    Sight {
        addresses: match role {
            Role::Admin => Switch::On,
            _ => settings.agents_see_addresses,
        },
        pages: settings.agents_see_pages,
    }
}

/// Somebody, as far as a conversation cares.
#[derive(Clone, Copy, Debug)]
pub struct Asker<'a> {
    pub person_id: &'a PersonId,
    pub role: Role,
}

/// Who is at the keyboard of somebody's session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    Own,
    /// Somebody who is signed in as them (C9): it marks nothing seen.
    Another,
}

/// A conversation, as far as permission cares.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub kind: ConversationKind,
    pub owner: &'a PersonId,
    /// The other one of a direct conversation.
    pub peer: Option<&'a PersonId>,
    pub last_position: Position,
}

/// One of the two of a direct conversation, as the group rules see them.
#[derive(Clone, PartialEq, Eq)]
pub struct Member {
    pub is_admin: bool,
    /// Disabled, or no user at all.
    pub is_gone: bool,
    pub groups: Vec<GroupId>,
}

/// What joins the two of a direct conversation.
#[derive(Clone, PartialEq, Eq)]
pub struct Bond {
    pub owner: Member,
    pub peer: Member,
    /// Those between a group of one and a group of the other.
    pub permissions: Permissions,
}

/// What stands between somebody and those they write to.
#[derive(Clone, Copy)]
pub struct Between<'a> {
    pub user_groups: Switch,
    /// Of a direct conversation.
    pub bond: Option<&'a Bond>,
    /// One of the sides blocked the other.
    pub is_blocked: bool,
}

impl Member {
    fn standing(&self) -> Standing<'_> {
        Standing {
            is_admin: self.is_admin,
            groups: &self.groups,
        }
    }
}

/// Whether somebody in this role writes to people at all, and not to support only.
///
/// **Errors**: `no_identity`; `not_found` for guests, to whom nobody is there but support.
pub const fn may_write_to_people(role: Role) -> Result<(), ProblemCode> {
    match role {
        Role::Visitor => Err(ProblemCode::NoIdentity),
        Role::Guest => Err(ProblemCode::NotFound),
        Role::User | Role::Agent | Role::Admin => Ok(()),
    }
}

/// Whether the owner may begin a direct conversation with the peer.
///
/// **Errors**: `not_found`: whom somebody may not find is not there.
pub fn may_begin_direct(user_groups: Switch, bond: &Bond) -> Result<(), Problem> {
    let Bond {
        owner,
        peer,
        permissions,
    } = bond;
    let finds = may_find(
        user_groups.is_on(),
        permissions,
        owner.standing(),
        peer.standing(),
    );
    match finds {
        Ok(_) if !owner.is_gone && !peer.is_gone => Ok(()),
        _ => Err(ProblemCode::NotFound.into()),
    }
}

/// Whether the two of a direct conversation may write to each other now.
fn is_open(user_groups: Switch, bond: &Bond) -> bool {
    let Bond {
        owner,
        peer,
        permissions,
    } = bond;
    !owner.is_gone
        && !peer.is_gone
        && may_chat(
            user_groups.is_on(),
            permissions,
            owner.standing(),
            peer.standing(),
        )
        .is_ok()
}

/// Whether the asker may read along, and for whom they would speak.
///
/// An agent in a conversation of their own is its customer. A direct conversation is there for its two only.
///
/// **Errors**: `not_found`.
pub fn may_see(asker: Asker<'_>, place: Place<'_>) -> Result<Side, Problem> {
    let is_staffs = match place.kind {
        ConversationKind::Support => asker.role.is_staff(),
        ConversationKind::Direct => place.peer == Some(asker.person_id),
    };
    if asker.person_id == place.owner {
        Ok(Side::Customer)
    } else if is_staffs {
        Ok(Side::Staff)
    } else {
        Err(ProblemCode::NotFound.into())
    }
}

/// Whether the asker may write, and for whom they speak.
///
/// **Errors**: `not_found`, also where the two of a direct conversation may no longer chat; `undeliverable` where one
/// side blocked the other; `no_such_position` for a quote of what is not there.
pub fn may_send(
    asker: Asker<'_>,
    place: Place<'_>,
    between: Between<'_>,
    reply_to: Option<Position>,
) -> Result<Side, Problem> {
    let side = may_reach(asker, place, between)?;
    match reply_to {
        Some(quoted) if quoted == Position::NONE || quoted > place.last_position => {
            Err(Problem::about(ProblemCode::NoSuchPosition, Field::ReplyTo))
        }
        _ => Ok(side),
    }
}

/// Whether what the asker does here reaches the others: words, and that they are at the keyboard.
///
/// **Errors**: `not_found`; `undeliverable`.
pub fn may_reach(
    asker: Asker<'_>,
    place: Place<'_>,
    between: Between<'_>,
) -> Result<Side, Problem> {
    let side = may_see(asker, place)?;
    let is_shut = place.kind == ConversationKind::Direct
        && !between
            .bond
            .is_some_and(|bond| is_open(between.user_groups, bond));
    if is_shut {
        Err(ProblemCode::NotFound.into())
    } else if between.is_blocked {
        Err(ProblemCode::Undeliverable.into())
    } else {
        Ok(side)
    }
}

/// Whether somebody is offered to write. `has_blocked`: their own side blocked the other as a whole; whoever is blocked
/// is not told.
pub fn writing(bond: Option<&Bond>, user_groups: Switch, has_blocked: bool) -> Writing {
    if has_blocked {
        // Before anything else: it is what they can undo.
        Writing::Blocked
    } else if bond.is_some_and(|bond| !is_open(user_groups, bond)) {
        Writing::Ended
    } else {
        Writing::Open
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
mod tests;
