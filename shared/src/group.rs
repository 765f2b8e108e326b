//! User groups: who is in them, and which may chat with which.
//!
//! The law: one pure rule ([`permission`]) decides whom somebody may find; the server enforces it and the admin page
//! explains it.

use crate::identity::Face;
use crate::ids::{ConversationId, GroupId, PersonId, Time};
use crate::settings::Switch;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

/// Whom somebody may find.
pub mod permission;

/// `GET /api/groups`: the groups that the caller may chat with. **Shape**: by name, at most 200; empty: nobody.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupList {
    pub groups: Vec<ChatGroup>,
}

/// A group as somebody sees it who may chat with it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatGroup {
    pub group_id: GroupId,
    pub name: String,
    /// Without the caller and without people who are disabled.
    pub people: u32,
}

/// `GET /api/groups/{id}/people?search=…&cursor=…&limit=…`, and `GET /api/people?search=…&…` over all groups that the
/// caller may chat with. A search has at least 2 characters.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeoplePage {
    /// By name, each person once.
    pub people: Vec<PeerRow>,
    /// Where the next page begins; `None` on the last. Opaque.
    pub cursor: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeerRow {
    pub peer: Peer,
    /// The direct conversation that they and the caller have already.
    pub conversation_id: Option<ConversationId>,
}

/// The other side of a direct conversation.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Peer {
    pub face: Face,
    /// Where the site shows addresses; in JSON the field is absent otherwise.
    #[serde(default)]
    pub email: Option<String>,
}

impl Serialize for Peer {
    /// A hidden address leaves no trace in JSON; our own frame's encoding has no names, so there the place stays.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let is_absent = self.email.is_none() && serializer.is_human_readable();
        let fields = if is_absent { 1 } else { 2 };
        let mut peer = serializer.serialize_struct("Peer", fields)?;
        peer.serialize_field("face", &self.face)?;
        if is_absent {
            peer.skip_field("email")?;
        } else {
            peer.serialize_field("email", &self.email)?;
        }
        peer.end()
    }
}

/// `GET /api/admin/groups`: everything about groups at once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupBoard {
    /// By name.
    pub groups: Vec<GroupRow>,
    /// The pairs that may chat with each other. **Shape**: each once, the smaller id first; a group with itself too.
    pub permissions: Vec<PermissionPair>,
    pub user_groups: Switch,
    pub guest_group_id: Option<GroupId>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRow {
    pub group_id: GroupId,
    pub name: String,
    /// Without people who are disabled.
    pub people: u32,
    pub created_at: Time,
}

/// Two groups whose people may chat with each other, both ways.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PermissionPair {
    pub group_id: GroupId,
    pub other_group_id: GroupId,
}

/// `POST /api/admin/groups` (new) and `PUT /api/admin/groups/{id}` (rename). Answers [`GroupBoard`].
///
/// **Errors**: `name_required`, `name_too_long`, `name_taken`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameGroup {
    pub name: String,
}

/// `PUT /api/admin/permissions`. Answers [`GroupBoard`]; the same twice changes nothing.
///
/// **Errors**: `no_such_group`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangePermission {
    pub group_id: GroupId,
    pub other_group_id: GroupId,
    pub allowed: Switch,
}

/// `GET /api/admin/groups/{id}/members?search=…&cursor=…&limit=…`. `PUT` and `DELETE
/// /api/admin/groups/{id}/members/{person_id}` put in and take out; both answer 204.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberPage {
    /// By name.
    pub members: Vec<MemberRow>,
    pub cursor: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberRow {
    pub person: PersonRow,
    pub joined_at: Time,
    /// Put in by an identity token's `groups`, so the next token may take them out.
    pub by_token: bool,
}

/// `GET /api/admin/people?of=users|guests&search=…&cursor=…&limit=…`. A search looks at names and addresses.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminPeoplePage {
    /// By name.
    pub people: Vec<PersonRow>,
    pub cursor: Option<String>,
}

/// Somebody as admins see them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    pub person_id: PersonId,
    pub name: String,
    /// As typed, or as the host said.
    pub email: Option<String>,
    pub is_guest: bool,
    pub is_admin: bool,
    pub is_disabled: bool,
    /// Signs in with a password.
    pub has_account: bool,
    /// What the host site calls them.
    pub external_id: Option<String>,
    pub groups: Vec<GroupId>,
    pub created_at: Time,
}
