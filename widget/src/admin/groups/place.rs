//! Where in *User Groups* somebody is, as the address says.
//!
//! The law: plain values; what no address of ours says is not there.

use shared::ids::{GroupId, PersonId};

/// What stands behind `/admin/groups`.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum Place {
    Groups,
    Group(GroupId),
    Permissions,
    People,
    Person(PersonId),
    Invitations,
    Nowhere,
}

pub const GROUPS: &str = "/admin/groups";
pub const PERMISSIONS: &str = "/admin/groups/permissions";
pub const PEOPLE: &str = "/admin/groups/people";
pub const INVITATIONS: &str = "/admin/groups/invitations";

impl Place {
    /// `rest`: what stands behind the screen's own path.
    pub fn parse(rest: &str) -> Self {
        match rest {
            "" => Self::Groups,
            "permissions" => Self::Permissions,
            "people" => Self::People,
            "invitations" => Self::Invitations,
            _ => match rest.strip_prefix("people/") {
                Some(person) => PersonId::parse(person).map_or(Self::Nowhere, Self::Person),
                None => GroupId::parse(rest).map_or(Self::Nowhere, Self::Group),
            },
        }
    }

    /// The tab it belongs to.
    pub const fn tab(&self) -> Option<&'static str> {
        match self {
            Self::Groups | Self::Group(_) => Some(GROUPS),
            Self::Permissions => Some(PERMISSIONS),
            Self::People | Self::Person(_) => Some(PEOPLE),
            Self::Invitations => Some(INVITATIONS),
            Self::Nowhere => None,
        }
    }
}

/// The address of one group.
pub fn of_group(group_id: &GroupId) -> String {
    [GROUPS, "/", group_id.as_str()].concat()
}

/// The address of one person.
pub fn of_person(person_id: &PersonId) -> String {
    [PEOPLE, "/", person_id.as_str()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::samples::{NOOR, group_id};

    #[test]
    fn an_address_is_a_place() {
        let (group, person) = (group_id(1), NOOR.person_id());
        for (rest, expected) in [
            (String::new(), Place::Groups),
            ("permissions".into(), Place::Permissions),
            ("people".into(), Place::People),
            ("invitations".into(), Place::Invitations),
            (group.as_str().into(), Place::Group(group.clone())),
            (format!("people/{person}"), Place::Person(person.clone())),
            ("people/".into(), Place::Nowhere),
            (format!("people/{person}/more"), Place::Nowhere),
            ("elsewhere".into(), Place::Nowhere),
            ("../settings".into(), Place::Nowhere),
        ] {
            assert_eq!(Place::parse(&rest), expected, "{rest}");
        }
        assert_eq!(
            Place::parse(&of_person(&person)["/admin/groups/".len()..]),
            Place::Person(person)
        );
        assert_eq!(
            Place::parse(&of_group(&group)["/admin/groups/".len()..]),
            Place::Group(group)
        );
    }
}
