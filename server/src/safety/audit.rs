//! The audit log: what admins, agents, tokens and the system did.
//!
//! The law: append-only, in the same transaction as what it tells of. It names actions, ids, keys and codes; never a
//! message's text, a name, an address or a token.

use super::store::{AuditLine, insert_audit};
use crate::database::AnyConnection;
use crate::error::Refusal;
use crate::mint::Mint;
use serde_json::{Value, json};
use shared::ids::{GroupId, NotAnId, PersonId, Time};

/// Who does something, when, and with whose dice: what a change needs besides what it changes.
#[derive(Clone)]
pub struct By {
    /// `None`: the command line, the system, or nobody known.
    pub actor: Option<PersonId>,
    pub mint: Mint,
    pub now: Time,
}

/// Something that was done.
#[derive(Clone, Debug)]
pub enum Done {
    SignedIn {
        user: PersonId,
    },
    /// Claims that were in a good token and not used.
    ClaimsIgnored {
        user: PersonId,
        claims: Vec<&'static str>,
    },
    SignInRefused {
        reason: &'static str,
        about: Option<&'static str>,
    },
    SignedOut {
        user: PersonId,
    },
    SettingsChanged {
        keys: Vec<String>,
    },
    GroupCreated {
        group: GroupId,
    },
    GroupDeleted {
        group: GroupId,
    },
    MemberAdded {
        group: GroupId,
        user: PersonId,
        by_token: bool,
    },
    MemberRemoved {
        group: GroupId,
        user: PersonId,
        by_token: bool,
    },
    UserAdded {
        user: PersonId,
    },
    UserDisabled {
        user: PersonId,
    },
    UserEnabled {
        user: PersonId,
    },
    AdminGranted {
        user: PersonId,
    },
    AdminRevoked {
        user: PersonId,
    },
}

/// Writes a line.
pub async fn record(connection: &mut AnyConnection, by: &By, done: &Done) -> Result<(), Refusal> {
    let (action, subject, particulars) = line(done);
    let AuditId(audit_id) = by.mint.id();
    let line = AuditLine {
        audit_id: &audit_id,
        actor: by.actor.as_ref().map(PersonId::as_str),
        action,
        subject,
        particulars: particulars.to_string(),
    };
    Ok(insert_audit(connection, &line, by.now).await?)
}

fn line(done: &Done) -> (&'static str, Option<&str>, Value) {
    let nothing = || json!({});
    match done {
        Done::SignedIn { user } => ("signed_in", Some(user.as_str()), nothing()),
        Done::ClaimsIgnored { user, claims } => (
            "claims_ignored",
            Some(user.as_str()),
            json!({ "claims": claims }),
        ),
        Done::SignInRefused { reason, about } => (
            "sign_in_refused",
            None,
            json!({ "reason": reason, "about": about }),
        ),
        Done::SignedOut { user } => ("signed_out", Some(user.as_str()), nothing()),
        Done::SettingsChanged { keys } => ("settings_changed", None, json!({ "keys": keys })),
        Done::GroupCreated { group } => ("group_created", Some(group.as_str()), nothing()),
        Done::GroupDeleted { group } => ("group_deleted", Some(group.as_str()), nothing()),
        Done::MemberAdded {
            group,
            user,
            by_token,
        } => (
            "member_added",
            Some(user.as_str()),
            json!({ "group": group, "by_token": by_token }),
        ),
        Done::MemberRemoved {
            group,
            user,
            by_token,
        } => (
            "member_removed",
            Some(user.as_str()),
            json!({ "group": group, "by_token": by_token }),
        ),
        Done::UserAdded { user } => ("user_added", Some(user.as_str()), nothing()),
        Done::UserDisabled { user } => ("user_disabled", Some(user.as_str()), nothing()),
        Done::UserEnabled { user } => ("user_enabled", Some(user.as_str()), nothing()),
        Done::AdminGranted { user } => ("admin_granted", Some(user.as_str()), nothing()),
        Done::AdminRevoked { user } => ("admin_revoked", Some(user.as_str()), nothing()),
    }
}

/// The id of a line.
struct AuditId(String);

impl TryFrom<String> for AuditId {
    type Error = NotAnId;

    fn try_from(text: String) -> Result<Self, NotAnId> {
        Ok(Self(text))
    }
}
