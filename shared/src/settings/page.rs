//! What the admin page asks about settings, and what it is answered.
//!
//! The law: a secret is shown when it is made, or never; a save names the version that it read.

use super::{GuestGroup, Settings};
use crate::ids::Time;
use serde::{Deserialize, Serialize};

/// `GET /api/admin/settings`, and the answer to each change of what stands here.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsPage {
    pub settings: Settings,
    /// One higher with every save; a save names the one that it read.
    pub version: i64,
    /// Who saved last, by name. `None`: nobody yet, or the command line.
    pub changed_by: Option<String>,
    pub changed_at: Option<Time>,
    pub guest_group: GuestGroup,
    /// Languages besides English.
    pub languages: Vec<String>,
    /// **Shape**: those in use first, the newest first.
    pub keys: Vec<KeyRow>,
    pub has_mail_password: bool,
}

/// `PUT /api/admin/settings`. Answers [`SettingsPage`].
///
/// **Errors**: `stale_version` where somebody else saved meanwhile: `GET` says who; a code and a field for what is wrong.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveSettings {
    pub version: i64,
    pub settings: Settings,
}

/// How a key signs. The algorithm belongs to the key, never to the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum KeyAlgorithm {
    /// A secret that host and server share.
    #[serde(rename = "HS256")]
    Hs256,
    /// The host keeps the private half; the server knows the public one.
    #[serde(rename = "ES256")]
    Es256,
    /// Ed25519. The host keeps the private half.
    #[serde(rename = "EdDSA")]
    EdDsa,
}

impl KeyAlgorithm {
    /// As tokens and the database name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hs256 => "HS256",
            Self::Es256 => "ES256",
            Self::EdDsa => "EdDSA",
        }
    }
}

/// A key with which the host site signs identity tokens, as admins see it: never the key itself.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRow {
    /// Its `kid`.
    pub key_id: String,
    pub algorithm: KeyAlgorithm,
    /// `None`: the operator gave it at the start; only the operator can change it.
    pub created_at: Option<Time>,
    /// Retired: tokens that it signed are refused; sessions live on until it is deleted.
    pub retired_at: Option<Time>,
}

/// `POST /api/admin/keys`. Answers [`KeyMade`]. `POST /api/admin/keys/{kid}/retire` and `DELETE /api/admin/keys/{kid}`
/// answer [`SettingsPage`].
///
/// **Errors**: `key_id_shape`, `key_taken`, `key_weak`, `key_shape`, `too_many` (two live at once).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MakeKey {
    pub key_id: String,
    pub algorithm: KeyAlgorithm,
    /// The public half as PEM for `ES256` and `EdDSA`; empty for `HS256`, whose secret the server makes.
    pub public_key: String,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyMade {
    pub key: KeyRow,
    /// Base64url, for `HS256`. Shown now and never again.
    pub secret: Option<String>,
}

/// `PUT /api/admin/mail-password`: kept, never shown. Empty: forgotten. Answers [`SettingsPage`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeepMailPassword {
    pub password: String,
}

/// `POST /api/admin/mail-test`: a mail to this address with the settings as they are stored. Answers 204.
///
/// **Errors**: `mail_off`, `mail_refused`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SendTestMail {
    pub email: String,
}
