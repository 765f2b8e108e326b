//! What is decided about invitations.
//!
//! The law: pure.

use crate::account::store::invitation::InvitationRow;
use shared::identity::Role;
use shared::ids::{GroupId, PersonId};

/// What whoever follows a link will be.
///
/// `present`: what somebody is who is there already. `guest_group`: the group that answers guests.
pub fn role_of(
    invitation: &InvitationRow,
    present: impl FnOnce(&PersonId) -> Role,
    guest_group: Option<&GroupId>,
) -> Role {
    match &invitation.person_id {
        Some(person_id) => present(person_id),
        None if invitation.is_admin => Role::Admin,
        None if invitation.group_id.is_some() && invitation.group_id.as_ref() == guest_group => {
            Role::Agent
        }
        None => Role::User,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::ids::{InvitationId, Time};
    use shared::samples::{MINA, group_id};

    fn invitation(person_id: Option<PersonId>, is_admin: bool, group: Option<u8>) -> InvitationRow {
        InvitationRow {
            invitation_id: InvitationId::parse(MINA.person_id().as_str()).unwrap(),
            person_id,
            name: MINA.name.into(),
            login: MINA.email.into(),
            email_as_typed: MINA.email.into(),
            is_admin,
            group_id: group.map(group_id),
            invited_by: None,
            expires_at: Time(0),
        }
    }

    #[test]
    fn a_link_says_what_it_makes_of_somebody() {
        let guest_group = group_id(1);
        for (row, role) in [
            (invitation(None, false, None), Role::User),
            (invitation(None, false, Some(2)), Role::User),
            (invitation(None, false, Some(1)), Role::Agent),
            (invitation(None, true, Some(1)), Role::Admin),
            // Somebody who is there stays what they are.
            (invitation(Some(MINA.person_id()), false, None), Role::Agent),
        ] {
            assert_eq!(role_of(&row, |_| Role::Agent, Some(&guest_group)), role);
        }
        assert_eq!(
            role_of(&invitation(None, false, None), |_| Role::Agent, None),
            Role::User
        );
    }
}
