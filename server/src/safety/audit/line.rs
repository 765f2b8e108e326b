//! How each deed is written down: its word, whom it was done to, its particulars.
//!
//! The law: ids, keys and codes; never a message's text, a name, an address or a token.

use super::Done;
use serde_json::{Value, json};
use shared::{ids::PersonId, safety::Action};

/// How a deed is written down.
pub(super) struct Line<'a> {
    pub action: Action,
    /// The id of what it was done to.
    pub subject: Option<&'a str>,
    /// **Shape**: names and values, in the order in which they are shown.
    pub particulars: Vec<(&'static str, Value)>,
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
    pub(super) fn line(&self) -> Line<'_> {
        match self {
            Self::SignedIn {
                user,
                acted_by: None,
            } => Line::person(Action::SignedIn, user),
            Self::SignedIn {
                user,
                acted_by: Some(acted_by),
            } => Line::person(Action::SignedIn, user).with("acted_by", json!(acted_by)),
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
            Self::KeyDeleted { key_id, sessions } => Line::of(Action::KeyDeleted)
                .with("key", json!(key_id))
                .with("sessions", json!(sessions)),
            Self::KeySessionsEnded { key_id, sessions } => Line::of(Action::KeySessionsEnded)
                .with("key", json!(key_id))
                .with("sessions", json!(sessions)),
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
            Self::CodeMailed { guest } => Line::person(Action::CodeMailed, guest),
            Self::CodeNotMailed { guest } => Line::person(Action::CodeNotMailed, guest),
            Self::CodeEntered { person } => Line::person(Action::CodeEntered, person),
            Self::CodeBurned {
                person: Some(person),
            } => Line::person(Action::CodeBurned, person),
            Self::CodeBurned { person: None } => Line::of(Action::CodeBurned),
            Self::ConversationRead { conversation } => {
                Line::about(Action::ConversationRead, conversation.as_str())
            }
            Self::HostKeyMade { key, scopes } => {
                Line::about(Action::HostKeyMade, key.as_str()).with("scopes", json!(scopes))
            }
            Self::HostKeyRevoked { key } => Line::about(Action::HostKeyRevoked, key.as_str()),
            Self::HostUserPut { user, key, is_new } => Line::person(Action::HostUserPut, user)
                .with("key", json!(key))
                .with("new", json!(is_new)),
            Self::HostEmailVerified { user, key } => {
                Line::person(Action::HostEmailVerified, user).with("key", json!(key))
            }
            Self::ConversionUndone {
                conversation,
                guest,
                became,
                how,
            } => Line::person(Action::ConversionUndone, became)
                .with("conversation", json!(conversation))
                .with("guest", json!(guest))
                .with("how", json!(how)),
            Self::ConversionDone {
                conversation,
                guest,
                became,
                proof,
            } => Line::person(Action::ConversionDone, became)
                .with("conversation", json!(conversation))
                .with("guest", json!(guest))
                .with("proof", json!(proof)),
            Self::PersonErased { person, key } => {
                Line::person(Action::PersonErased, person).with("key", json!(key))
            }
            Self::PersonExported { person, key } => {
                Line::person(Action::PersonExported, person).with("key", json!(key))
            }
            Self::GuestsErased { ended, idle } => Line::of(Action::GuestsErased)
                .with("ended", json!(ended))
                .with("idle", json!(idle)),
            Self::ActivityDeleted { lines } => {
                Line::of(Action::ActivityDeleted).with("lines", json!(lines))
            }
            Self::WebhookMade { webhook, events } => {
                Line::about(Action::WebhookMade, webhook.as_str()).with("events", json!(events))
            }
            Self::WebhookEnded {
                webhook,
                by_receiver,
            } => Line::about(Action::WebhookEnded, webhook.as_str())
                .with("by_receiver", json!(by_receiver)),
            Self::DeliveryRepeated { webhook, delivery } => {
                Line::about(Action::DeliveryRepeated, webhook.as_str())
                    .with("delivery", json!(delivery))
            }
        }
    }
}
