//! The host site's server: the API it calls, the keys it calls with, and the webhooks it is told by.
//!
//! The laws: a key is shown once and kept as a hash; it may do what it was made for and nothing else. What the host is
//! told is signed (Standard Webhooks), and never sent to a private network.

use crate::ids::{DeliveryId, HostKeyId, PersonId, Time, WebhookId};
use serde::{Deserialize, Serialize};

/// What a key of the host's server may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HostScope {
    /// Say who its users are, and that an address was verified.
    UsersWrite,
    /// Erase a user.
    UsersErase,
    /// Be handed everything about a user.
    UsersExport,
}

/// `PUT /api/host/users/{external_id}`: a user of the host, made or changed. What is left out stays as it is.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct PutHostUser {
    pub name: Option<String>,
    pub email: Option<String>,
    /// Whether the host verified that the address is the user's. Counts for the address of this very call.
    pub email_verified: Option<bool>,
}

/// `POST /api/host/users/{external_id}/email-verified`: the address that the user has is now verified.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EmailIsVerified {
    /// Which one. Another than the user's becomes the user's.
    pub email: String,
}

/// A user, as the host's server is answered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HostUser {
    pub external_id: String,
    pub person_id: PersonId,
    pub name: String,
    pub email: Option<String>,
    pub email_verified: bool,
    /// Guests' conversations that became this user's by this call (C14).
    pub converted: u32,
}

/// `GET /api/admin/host-keys`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostKeyList {
    pub keys: Vec<HostKeyRow>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostKeyRow {
    pub host_key_id: HostKeyId,
    pub name: String,
    pub scopes: Vec<HostScope>,
    pub created_at: Time,
    /// To the hour.
    pub last_used_at: Option<Time>,
}

/// `POST /api/admin/host-keys`. `DELETE /api/admin/host-keys/{id}` revokes one, at once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MakeHostKey {
    pub name: String,
    /// At least one.
    pub scopes: Vec<HostScope>,
}

/// Shown once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostKeyMade {
    pub host_key_id: HostKeyId,
    /// `Authorization: Bearer …`.
    pub key: String,
}

/// What a webhook can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum WebhookEvent {
    #[serde(rename = "guest.started")]
    GuestStarted,
    #[serde(rename = "message.sent")]
    MessageSent,
    #[serde(rename = "conversion.done")]
    ConversionDone,
    #[serde(rename = "conversion.undone")]
    ConversionUndone,
}

impl WebhookEvent {
    pub const ALL: [Self; 4] = [
        Self::GuestStarted,
        Self::MessageSent,
        Self::ConversionDone,
        Self::ConversionUndone,
    ];

    /// As the payload's `type` says it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::GuestStarted => "guest.started",
            Self::MessageSent => "message.sent",
            Self::ConversionDone => "conversion.done",
            Self::ConversionUndone => "conversion.undone",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.word() == word)
    }
}

/// `GET /api/admin/webhooks`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookList {
    pub webhooks: Vec<WebhookRow>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookRow {
    pub webhook_id: WebhookId,
    pub url: String,
    pub events: Vec<WebhookEvent>,
    pub created_at: Time,
    /// Deliveries that wait to be tried again.
    pub waiting: u64,
    /// Tried for days, and given up.
    pub given_up: u64,
}

/// `POST /api/admin/webhooks`. `DELETE /api/admin/webhooks/{id}` ends one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MakeWebhook {
    /// `https` to a public address.
    pub url: String,
    /// At least one.
    pub events: Vec<WebhookEvent>,
}

/// Shown once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookMade {
    pub webhook_id: WebhookId,
    /// `whsec_` and base64, as Standard Webhooks has it.
    pub secret: String,
}

/// `GET /api/admin/webhooks/{id}/deliveries?cursor=…&limit=…`, newest first.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryPage {
    pub deliveries: Vec<DeliveryRow>,
    pub cursor: Option<String>,
}

/// `POST /api/admin/webhooks/{id}/deliveries/{delivery_id}/repeat` tries one again at once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryRow {
    /// Also the payload's `webhook-id`.
    pub delivery_id: DeliveryId,
    pub event: WebhookEvent,
    pub created_at: Time,
    pub tries: u32,
    pub delivered_at: Option<Time>,
    /// `None` once delivered or given up.
    pub next_try_at: Option<Time>,
    /// HTTP status of the last try; `None` where there was no answer.
    pub last_status: Option<u32>,
    /// Why there was no answer: a word.
    pub last_failure: Option<String>,
}
