//! Porchlight accounts: agents and admins of sites without a log-in of their own.
//!
//! The laws: a password travels in the body of these commands only, and is answered by nothing that tells whether an
//! address has an account; links carry their token behind the `#`, which no server and no log ever sees.

use crate::group::PersonRow;
use crate::identity::{Own, Role};
use crate::ids::{GroupId, InvitationId, SiteId, Time};
use crate::settings::{Site, Switch};
use serde::{Deserialize, Serialize};

/// `POST /api/setup/check` and `POST /api/invitations/check`: whether the link still works. Otherwise `not_found`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckLink {
    pub token: String,
}

/// `POST /api/setup`: the first admin and the site, once. Answers [`AdminSession`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetUp {
    /// Of the link that `porchlight serve` printed.
    pub token: String,
    pub name: String,
    pub email: String,
    pub password: String,
    pub site_name: String,
    /// The host site's origin, as in `https://shop.example`: the first that may embed us.
    pub site_address: String,
}

/// `POST /api/account/session` (for `/agent`; answers `Session`) and `POST /api/admin/session` (for `/admin`; answers
/// [`AdminSession`]).
///
/// **Errors**: `sign_in_refused`, whatever is wrong; `slow_down` after too many tries.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignInWithPassword {
    pub email: String,
    pub password: String,
}

/// `POST /api/account/password`: ends every other session of the account.
///
/// **Errors**: `sign_in_refused` about `password`; `password_short`, `password_long`, `password_weak` about
/// `new_password`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    pub password: String,
    pub new_password: String,
}

/// `GET /api/account/sessions`: where the caller is signed in. **Shape**: the latest used first.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionList {
    pub sessions: Vec<SessionRow>,
}

/// `DELETE /api/account/sessions/{name}` ends one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Names it, and opens nothing.
    pub name: String,
    pub door: SessionDoor,
    /// Browser and system, as far as the browser says: "Firefox on Linux". Empty where unknown.
    pub device: String,
    pub created_at: Time,
    pub last_used_at: Time,
    /// The one that asks.
    pub is_own: bool,
}

/// Through which door somebody came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionDoor {
    /// The widget, or `/agent`.
    Chat,
    /// `/admin`.
    Admin,
}

/// `GET /api/admin/session`, and the answer to signing in: what the admin page starts from.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminSession {
    pub person: Own,
    /// Whether they have a password to change; an admin vouched for by the host alone has none.
    pub has_account: bool,
    pub site: Site,
    /// Where browsers reach the chat: what the script tag names.
    pub public_origin: String,
    /// `iss` of identity tokens: what a host developer needs besides a key.
    pub site_id: SiteId,
    /// What an admin should know. Empty: all is well.
    pub warnings: Vec<Warning>,
    /// Reports that nobody has dismissed.
    pub open_reports: u32,
}

/// Something an admin should mend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// Guest Mode is on, and its group was deleted.
    GuestGroupGone,
    /// Guest Mode is on, and nobody is in its group.
    GuestGroupEmpty,
    /// No site may embed the chat.
    NoAllowedOrigin,
}

/// `POST /api/admin/invitations`: somebody new, by a link. Answers [`InvitationMade`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invite {
    pub name: String,
    pub email: String,
    /// Whether they become an admin.
    pub admin: Switch,
    /// The group they join.
    pub group_id: Option<GroupId>,
    /// Whether the link is mailed to them. Needs mail set up.
    pub by_mail: Switch,
}

/// Also the answer to `POST /api/admin/people/{id}/password-link`, for an account whose password was forgotten.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationMade {
    pub invitation: Invitation,
    /// Works once, for 7 days. Shown now and never again.
    pub link: String,
    pub was_mailed: bool,
}

/// A link that waits to be followed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub invitation_id: InvitationId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub expires_at: Time,
}

/// `GET /api/admin/invitations`. **Shape**: those that still work, the newest first, at most 100.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationList {
    pub invitations: Vec<Invitation>,
}

/// The answer to `POST /api/invitations/check`: what the one who follows the link is shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationShown {
    pub name: String,
    /// What they sign in with.
    pub email: String,
    pub role: Role,
    pub site_name: String,
}

/// `POST /api/invitations`: takes the invitation up. Signs in at `/agent`, and admins at `/admin` too. Answers
/// `Session`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptInvitation {
    pub token: String,
    pub name: String,
    pub password: String,
}

/// `GET /api/admin/people/{id}`: one person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonShown {
    pub person: PersonRow,
    pub sessions: Vec<SessionRow>,
}

/// `PUT /api/admin/people/{id}/powers`. Answers [`PersonRow`].
///
/// **Errors**: `last_admin` where nobody would be left to undo it; `not_found` for guests.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangePowers {
    pub admin: Switch,
    /// Off: shut out, and every session ended.
    pub enabled: Switch,
}
