//! The words of the audit log: everything that leaves a line in *Activity*.
//!
//! The law: a word never changes its meaning and never goes, because old lines keep it. The admin page has a sentence
//! for each, by one exhaustive match.

use serde::{Deserialize, Serialize};

macro_rules! actions {
    ($($(#[$meta:meta])* $name:ident = $word:literal,)*) => {
        /// What was done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Action {$(
            $(#[$meta])*
            #[serde(rename = $word)]
            $name,
        )*}

        impl Action {
            /// Every one of them, in the order of this page.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// As the log keeps it, and as a filter names it.
            pub const fn word(self) -> &'static str {
                match self {$(Self::$name => $word,)*}
            }

            /// `None` for a word that no line has.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|action| action.word() == word)
            }
        }
    };
}

actions! {
    SignedIn = "signed_in",
    SignedOut = "signed_out",
    SignInRefused = "sign_in_refused",
    /// Claims that were in a good identity token and not used.
    ClaimsIgnored = "claims_ignored",
    SignedInAtAdmin = "signed_in_at_admin",
    PasswordRefused = "password_refused",
    PasswordChanged = "password_changed",
    /// Somebody ended one of their own sessions, elsewhere.
    SessionEnded = "session_ended",
    /// An admin ended all of somebody's.
    SessionsEnded = "sessions_ended",

    /// The first admin made the site theirs.
    SetUp = "set_up",
    SetupLinkMade = "setup_link_made",
    InvitationMade = "invitation_made",
    InvitationRevoked = "invitation_revoked",
    InvitationTaken = "invitation_taken",
    PasswordLinkMade = "password_link_made",
    PasswordLinkTaken = "password_link_taken",

    KeyMade = "key_made",
    KeyRetired = "key_retired",
    KeyDeleted = "key_deleted",
    /// The operator ended every session that a key of theirs began.
    KeySessionsEnded = "key_sessions_ended",
    MailPasswordKept = "mail_password_kept",
    MailTested = "mail_tested",

    SettingsChanged = "settings_changed",

    GroupCreated = "group_created",
    GroupRenamed = "group_renamed",
    GroupDeleted = "group_deleted",
    /// Whether people of two groups may chat with each other.
    PermissionChanged = "permission_changed",
    MemberAdded = "member_added",
    MemberRemoved = "member_removed",

    UserAdded = "user_added",
    UserDisabled = "user_disabled",
    UserEnabled = "user_enabled",
    AdminGranted = "admin_granted",
    AdminRevoked = "admin_revoked",

    PersonBlocked = "person_blocked",
    PersonUnblocked = "person_unblocked",
    MessageReported = "message_reported",
    ReportDismissed = "report_dismissed",
    /// An admin read along.
    ConversationRead = "conversation_read",

    /// A guest's conversation became somebody's.
    ConversionDone = "conversion_done",
    /// It went back: an admin undid it, or the user said *Not me*.
    ConversionUndone = "conversion_undone",
    CodeMailed = "code_mailed",
    /// The mail server did not take it, or too many waited.
    CodeNotMailed = "code_not_mailed",
    CodeEntered = "code_entered",
    /// The fifth wrong try: the code is burned.
    CodeBurned = "code_burned",

    HostKeyMade = "host_key_made",
    HostKeyRevoked = "host_key_revoked",
    /// The host's server made or changed a user.
    HostUserPut = "host_user_put",
    HostEmailVerified = "host_email_verified",
    PersonErased = "person_erased",
    /// Everything about somebody was handed out as a file.
    PersonExported = "person_exported",
    /// Guests whose conversations were kept for as long as the settings say.
    GuestsErased = "guests_erased",
    /// Lines of this log that were kept for as long as the settings say.
    ActivityDeleted = "activity_deleted",
    WebhookMade = "webhook_made",
    WebhookEnded = "webhook_ended",
    DeliveryRepeated = "delivery_repeated",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_one_action_on_the_wire_in_the_log_and_in_a_filter() {
        for action in Action::ALL {
            let written = serde_json::to_string(action).unwrap();
            assert_eq!(written, format!("{:?}", action.word()));
            assert_eq!(Action::parse(action.word()), Some(*action));
        }
        for other in ["", "Signed_in", "signed_in ", "%", "drop"] {
            assert_eq!(Action::parse(other), None, "{other:?}");
        }
    }
}
