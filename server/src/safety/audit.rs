//! The audit log: what admins, agents, tokens and the system did.
//!
//! The law: append-only, in the same transaction as what it tells of. It names actions, ids, keys and codes; never a
//! message's text, a name, an address or a token. [`Done::line`] is the one place that knows how a deed is written.

use super::store::{AuditLine, insert_audit};
use crate::database::AnyConnection;
use crate::error::Refusal;
use crate::mint::Mint;
use serde_json::{Value, json};
use shared::ids::{
    ConversationId, GroupId, InvitationId, NotAnId, PersonId, Position, ReportId, Time,
};
use shared::safety::{Action, BlockScope};
use shared::settings::{KeyAlgorithm, Switch};

/// Who does something, when, and with whose dice: what a change needs besides what it changes.
#[derive(Clone)]
pub struct By {
    /// `None`: the command line, the system, or nobody known.
    pub actor: Option<PersonId>,
    pub mint: Mint,
    pub now: Time,
}

/// Something that was done. A new one gets its word in `shared::safety::Action` and its arm in [`Done::line`].
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
    SignedInAtAdmin {
        user: PersonId,
    },
    /// `user`: whose account it was, where there is one.
    PasswordRefused {
        user: Option<PersonId>,
    },
    PasswordChanged {
        user: PersonId,
    },
    SessionEnded {
        user: PersonId,
    },
    SessionsEnded {
        user: PersonId,
    },
    SetUp {
        user: PersonId,
    },
    SetupLinkMade,
    InvitationMade {
        invitation: InvitationId,
        is_admin: bool,
        group: Option<GroupId>,
    },
    InvitationRevoked {
        invitation: InvitationId,
    },
    InvitationTaken {
        invitation: InvitationId,
        user: PersonId,
    },
    PasswordLinkMade {
        user: PersonId,
    },
    PasswordLinkTaken {
        user: PersonId,
    },
    KeyMade {
        key_id: String,
        algorithm: KeyAlgorithm,
    },
    KeyRetired {
        key_id: String,
    },
    KeyDeleted {
        key_id: String,
    },
    MailPasswordKept,
    MailTested,
    SettingsChanged {
        keys: Vec<String>,
    },
    GroupCreated {
        group: GroupId,
    },
    GroupRenamed {
        group: GroupId,
    },
    GroupDeleted {
        group: GroupId,
    },
    /// Whether people of two groups may chat with each other.
    PermissionChanged {
        group: GroupId,
        other: GroupId,
        allowed: Switch,
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
    PersonBlocked {
        blocked: PersonId,
        scope: BlockScope,
        conversation: ConversationId,
    },
    PersonUnblocked {
        blocked: PersonId,
        scope: BlockScope,
        conversation: ConversationId,
    },
    MessageReported {
        reported: PersonId,
        conversation: ConversationId,
        position: Position,
    },
    ReportDismissed {
        report: ReportId,
        reported: PersonId,
    },
    /// An admin read along.
    ConversationRead {
        conversation: ConversationId,
    },
}

/// Writes a line.
pub async fn record(connection: &mut AnyConnection, by: &By, done: &Done) -> Result<(), Refusal> {
    let Line {
        action,
        subject,
        particulars,
    } = done.line();
    let AuditId(audit_id) = by.mint.id();
    let line = AuditLine {
        audit_id: &audit_id,
        actor: by.actor.as_ref().map(PersonId::as_str),
        action,
        subject,
        particulars: super::particulars::write(&particulars),
    };
    Ok(insert_audit(connection, &line, by.now).await?)
}

/// How a deed is written down.
struct Line<'a> {
    action: Action,
    /// The id of what it was done to.
    subject: Option<&'a str>,
    /// **Shape**: names and values, in the order in which they are shown.
    particulars: Vec<(&'static str, Value)>,
}

impl<'a> Line<'a> {
    const fn of(action: Action) -> Self {
        Self {
            action,
            subject: None,
            particulars: Vec::new(),
        }
    }

    fn about(action: Action, subject: &'a str) -> Self {
        Self {
            subject: Some(subject),
            ..Self::of(action)
        }
    }

    fn person(action: Action, person: &'a PersonId) -> Self {
        Self::about(action, person.as_str())
    }

    fn with(mut self, name: &'static str, value: Value) -> Self {
        self.particulars.push((name, value));
        self
    }
}

impl Done {
    fn line(&self) -> Line<'_> {
        match self {
            Self::SignedIn { user } => Line::person(Action::SignedIn, user),
            Self::ClaimsIgnored { user, claims } => {
                Line::person(Action::ClaimsIgnored, user).with("claims", json!(claims))
            }
            Self::SignInRefused { reason, about } => Line::of(Action::SignInRefused)
                .with("reason", json!(reason))
                .with("about", json!(about)),
            Self::SignedOut { user } => Line::person(Action::SignedOut, user),
            Self::SignedInAtAdmin { user } => Line::person(Action::SignedInAtAdmin, user),
            Self::PasswordRefused { user: Some(user) } => {
                Line::person(Action::PasswordRefused, user)
            }
            Self::PasswordRefused { user: None } => Line::of(Action::PasswordRefused),
            Self::PasswordChanged { user } => Line::person(Action::PasswordChanged, user),
            Self::SessionEnded { user } => Line::person(Action::SessionEnded, user),
            Self::SessionsEnded { user } => Line::person(Action::SessionsEnded, user),
            Self::SetUp { user } => Line::person(Action::SetUp, user),
            Self::SetupLinkMade => Line::of(Action::SetupLinkMade),
            Self::InvitationMade {
                invitation,
                is_admin,
                group,
            } => Line::of(Action::InvitationMade)
                .with("invitation", json!(invitation))
                .with("admin", json!(is_admin))
                .with("group", json!(group)),
            Self::InvitationRevoked { invitation } => {
                Line::of(Action::InvitationRevoked).with("invitation", json!(invitation))
            }
            Self::InvitationTaken { invitation, user } => {
                Line::person(Action::InvitationTaken, user).with("invitation", json!(invitation))
            }
            Self::PasswordLinkMade { user } => Line::person(Action::PasswordLinkMade, user),
            Self::PasswordLinkTaken { user } => Line::person(Action::PasswordLinkTaken, user),
            Self::KeyMade { key_id, algorithm } => Line::of(Action::KeyMade)
                .with("key", json!(key_id))
                .with("algorithm", json!(algorithm)),
            Self::KeyRetired { key_id } => Line::of(Action::KeyRetired).with("key", json!(key_id)),
            Self::KeyDeleted { key_id } => Line::of(Action::KeyDeleted).with("key", json!(key_id)),
            Self::MailPasswordKept => Line::of(Action::MailPasswordKept),
            Self::MailTested => Line::of(Action::MailTested),
            Self::SettingsChanged { keys } => {
                Line::of(Action::SettingsChanged).with("keys", json!(keys))
            }
            Self::GroupCreated { group } => Line::about(Action::GroupCreated, group.as_str()),
            Self::GroupRenamed { group } => Line::about(Action::GroupRenamed, group.as_str()),
            Self::PermissionChanged {
                group,
                other,
                allowed,
            } => Line::about(Action::PermissionChanged, group.as_str())
                .with("other", json!(other))
                .with("allowed", json!(allowed)),
            Self::GroupDeleted { group } => Line::about(Action::GroupDeleted, group.as_str()),
            Self::MemberAdded {
                group,
                user,
                by_token,
            } => Line::person(Action::MemberAdded, user)
                .with("group", json!(group))
                .with("by_token", json!(by_token)),
            Self::MemberRemoved {
                group,
                user,
                by_token,
            } => Line::person(Action::MemberRemoved, user)
                .with("group", json!(group))
                .with("by_token", json!(by_token)),
            Self::UserAdded { user } => Line::person(Action::UserAdded, user),
            Self::UserDisabled { user } => Line::person(Action::UserDisabled, user),
            Self::UserEnabled { user } => Line::person(Action::UserEnabled, user),
            Self::AdminGranted { user } => Line::person(Action::AdminGranted, user),
            Self::AdminRevoked { user } => Line::person(Action::AdminRevoked, user),
            Self::PersonBlocked {
                blocked,
                scope,
                conversation,
            } => Line::person(Action::PersonBlocked, blocked)
                .with("scope", json!(scope))
                .with("conversation", json!(conversation)),
            Self::PersonUnblocked {
                blocked,
                scope,
                conversation,
            } => Line::person(Action::PersonUnblocked, blocked)
                .with("scope", json!(scope))
                .with("conversation", json!(conversation)),
            Self::MessageReported {
                reported,
                conversation,
                position,
            } => Line::person(Action::MessageReported, reported)
                .with("conversation", json!(conversation))
                .with("position", json!(position)),
            Self::ReportDismissed { report, reported } => {
                Line::person(Action::ReportDismissed, reported).with("report", json!(report))
            }
            Self::ConversationRead { conversation } => {
                Line::about(Action::ConversationRead, conversation.as_str())
            }
        }
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
