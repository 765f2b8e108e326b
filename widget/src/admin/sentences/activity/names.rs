//! The kinds of lines in *Activity*, for its filter.
//!
//! The law: one exhaustive match, and no two kinds have the same name.

use shared::safety::Action;

/// The kind of thing, for the filter.
pub const fn action_name(action: Action) -> &'static str {
    match action {
        Action::SignedIn => "Signed in",
        Action::SignedOut => "Signed out",
        Action::SignInRefused => "Sign-in refused",
        Action::ClaimsIgnored => "Claims not used",
        Action::SignedInAtAdmin => "Signed in at the admin page",
        Action::PasswordRefused => "Wrong password",
        Action::PasswordChanged => "Password changed",
        Action::SessionEnded => "Session ended",
        Action::SessionsEnded => "Signed out everywhere",
        Action::SetUp => "Site set up",
        Action::SetupLinkMade => "Set-up link made",
        Action::InvitationMade => "Invitation made",
        Action::InvitationRevoked => "Invitation revoked",
        Action::InvitationTaken => "Invitation followed",
        Action::PasswordLinkMade => "Password link made",
        Action::PasswordLinkTaken => "Password link followed",
        Action::KeyMade => "Identity key added",
        Action::KeyRetired => "Identity key retired",
        Action::KeyDeleted => "Identity key deleted",
        Action::MailPasswordKept => "Mail password changed",
        Action::MailTested => "Mail tried",
        Action::SettingsChanged => "Settings changed",
        Action::GroupCreated => "Group created",
        Action::GroupRenamed => "Group renamed",
        Action::GroupDeleted => "Group deleted",
        Action::PermissionChanged => "Permission changed",
        Action::MemberAdded => "Put into a group",
        Action::MemberRemoved => "Taken out of a group",
        Action::UserAdded => "Person added",
        Action::UserDisabled => "Person disabled",
        Action::UserEnabled => "Person enabled",
        Action::AdminGranted => "Made an admin",
        Action::AdminRevoked => "No longer an admin",
        Action::PersonBlocked => "Blocked",
        Action::PersonUnblocked => "Unblocked",
        Action::MessageReported => "Message reported",
        Action::ReportDismissed => "Report dismissed",
        Action::ConversationRead => "Read along",
    }
}
