//! The audit log: what admins, agents, tokens and the system did.
//!
//! The law: append-only, in the same transaction as what it tells of; a line goes by its age alone. It names actions, ids, keys and codes; never a
//! message's text, a name, an address or a token.

/// A line that grows.
mod growing;
/// How each deed is written down.
mod line;

pub use growing::GrowingLine;

use super::store::{AuditLine, insert_audit};
use crate::database::AnyConnection;
use crate::error::Refusal;
use crate::mint::Mint;
use line::Line;
use shared::conversion::Proof;
use shared::host::{HostScope, WebhookEvent};
use shared::ids::{
    ConversationId, DeliveryId, GroupId, HostKeyId, InvitationId, NotAnId, PersonId, Position,
    ReportId, Time, WebhookId,
};
use shared::safety::BlockScope;
use shared::settings::{KeyAlgorithm, Switch};

/// Who does something, when, and with whose dice: what a change needs besides what it changes.
#[derive(Clone)]
pub struct By {
    /// `None`: the command line, the system, or nobody known.
    pub actor: Option<PersonId>,
    pub mint: Mint,
    pub now: Time,
}

/// Something that was done. A new one gets its word in `shared::safety::Action`, and its arm in `audit/line.rs`, which
/// is the one place that knows how it is written.
#[derive(Clone, Debug)]
pub enum Done {
    SignedIn {
        user: PersonId,
        /// What the host calls whoever did it in their name (C9).
        acted_by: Option<String>,
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
        /// How many ended with it.
        sessions: usize,
    },
    /// The operator ended what a key of theirs began.
    KeySessionsEnded {
        key_id: String,
        sessions: usize,
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
    /// `guest`: whose address it is.
    CodeMailed {
        guest: PersonId,
    },
    CodeNotMailed {
        guest: PersonId,
    },
    /// `person`: who they are in the session that it was entered in.
    CodeEntered {
        person: PersonId,
    },
    CodeBurned {
        person: Option<PersonId>,
    },
    /// An admin read along.
    ConversationRead {
        conversation: ConversationId,
    },
    HostKeyMade {
        key: HostKeyId,
        scopes: Vec<HostScope>,
    },
    HostKeyRevoked {
        key: HostKeyId,
    },
    HostUserPut {
        user: PersonId,
        key: HostKeyId,
        is_new: bool,
    },
    HostEmailVerified {
        user: PersonId,
        key: HostKeyId,
    },
    /// It went back to its guest.
    ConversionUndone {
        conversation: ConversationId,
        guest: PersonId,
        /// Whose it was meanwhile.
        became: PersonId,
        /// `undo` or `not_me`.
        how: &'static str,
    },
    /// A guest's conversation became somebody's.
    ConversionDone {
        conversation: ConversationId,
        guest: PersonId,
        became: PersonId,
        proof: Proof,
    },
    /// `key`: of the host's server, where it asked for it.
    PersonErased {
        person: PersonId,
        key: Option<HostKeyId>,
    },
    /// `key`: of the host's server, where it asked for it.
    PersonExported {
        person: PersonId,
        key: Option<HostKeyId>,
    },
    /// Their conversations were kept for as long as the settings say.
    GuestsErased {
        /// Of them, whose sessions had all ended.
        ended: u32,
        /// Of them, whose sessions still lived.
        idle: u32,
    },
    /// Lines of this log from before then.
    ActivityDeleted {
        lines: u64,
    },
    WebhookMade {
        webhook: WebhookId,
        events: Vec<WebhookEvent>,
    },
    WebhookEnded {
        webhook: WebhookId,
        by_receiver: bool,
    },
    DeliveryRepeated {
        webhook: WebhookId,
        delivery: DeliveryId,
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

/// The id of a line.
struct AuditId(String);

impl TryFrom<String> for AuditId {
    type Error = NotAnId;

    fn try_from(text: String) -> Result<Self, NotAnId> {
        Ok(Self(text))
    }
}
