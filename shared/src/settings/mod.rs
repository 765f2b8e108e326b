//! What an admin decides about the site.
//!
//! The law: one struct, validated by the same code wherever it is changed (`porchlight settings`, the admin page, the
//! server behind both).
//! What visitors may see of it is [`Site`]; nothing else of it leaves the server.

use crate::conversion::ConversionPolicy;
use crate::identity::Face;
use crate::ids::{GroupId, PictureId};
use serde::{Deserialize, Serialize};

/// The accent colour, and the ink that can be read on it.
pub mod colour;
/// Which sites may embed us.
#[cfg(feature = "rules")]
pub mod origin;
/// What the admin page asks, and what it is answered.
mod page;
/// Which settings are good ones.
#[cfg(feature = "rules")]
pub mod rules;
/// On which pages of the host site the launcher is shown.
pub mod url_rule;

pub use page::{
    KeepMailPassword, KeyAlgorithm, KeyMade, KeyRow, MakeKey, SaveSettings, SendTestMail,
    SettingsPage,
};

/// Two states with names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Switch {
    On,
    #[default]
    Off,
}

impl Switch {
    pub const fn is_on(self) -> bool {
        matches!(self, Self::On)
    }
}

/// Which lower corner the launcher sits in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Corner {
    #[default]
    Right,
    Left,
}

/// What the launcher shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChatIcon {
    /// A speech mark.
    #[default]
    Speech,
    Question,
    Lifebuoy,
    Lantern,
}

/// How the way to the mail server is kept from listeners.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailSecurity {
    /// Begins in the clear and turns to TLS before anything is said; refuses to go on without.
    #[default]
    StartTls,
    /// TLS from the first byte.
    Tls,
    /// For a mail server on this very machine only.
    None,
}

/// Everything an admin can set. Every field has a default, so that an older row still reads.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The site's name, 1 to 80 characters.
    pub site_name: String,
    /// What the support group is called towards customers: the header of their thread.
    pub support_name: String,
    /// The door's sentence.
    pub greeting: String,
    /// When somebody usually answers, as a sentence.
    pub usual_answer: String,
    /// The site's privacy page: an `https` URL, or a path on the host site. Empty: no link.
    pub privacy_url: String,
    /// The quiet line at the bottom. Empty: none.
    pub footer_text: String,
    /// Where that line leads: `https` only. Empty: nowhere.
    pub footer_url: String,
    /// `#RRGGBB`.
    pub accent: String,
    pub corner: Corner,
    /// Beside the site's name on the door. `None`: the name stands alone.
    pub logo: Option<PictureId>,
    pub chat_icon: ChatIcon,
    /// A short sound when a message comes while the card is closed or the page hidden.
    pub notification_sound: Switch,
    /// Whether a message from the other side opens the card.
    pub open_on_message: Switch,
    /// A language with a file in `widget/locales`; `en` is compiled in.
    pub language: String,
    /// Rows a page holds: 1 to 100.
    pub page_size: u32,
    /// User Groups: off until an admin turns them on.
    pub user_groups: Switch,
    /// Guest Mode: needs User Groups on and a guest group with somebody in it.
    pub guest_mode: Switch,
    pub guest_group_id: Option<GroupId>,
    /// Origins that may embed us; closed when empty. `https://host[:port]`, `https://*.host`, or loopback `http`.
    pub allowed_origins: Vec<String>,
    /// Paths of the host site where the launcher is shown: all when empty. At most one of the two lists is filled.
    pub include_urls: Vec<String>,
    /// Paths of the host site where it is not shown.
    pub exclude_urls: Vec<String>,
    /// Which proofs make a guest's conversations a user's at sign-in.
    pub conversion: ConversionPolicy,
    /// Whether people who may chat with each other see each other's address.
    pub show_addresses: Switch,
    /// Whether agents see customers' addresses; admins always do.
    pub agents_see_addresses: Switch,
    /// Whether staff see which page a customer is on.
    pub agents_see_pages: Switch,
    /// The mail server's host name. Empty: no mail is sent.
    pub mail_host: String,
    /// 1 to 65535.
    pub mail_port: u32,
    pub mail_security: MailSecurity,
    /// The user name at the mail server; the password is kept apart. Empty: none is asked for.
    pub mail_user: String,
    /// The address that mails come from.
    pub mail_from: String,
    /// Whether the `groups` claim of an identity token changes memberships.
    pub token_groups: Switch,
    /// Names no guest may take, besides the support group's and its people's.
    pub reserved_names: Vec<String>,
    /// Days until an unused guest session ends: 1 to 180.
    pub guest_idle_days: u32,
    /// Days until any guest session ends: 1 to 365.
    pub guest_absolute_days: u32,
    /// Days without a message after which a guest and their conversations are erased: 30 to 3,650, and at least
    /// `guest_idle_days`. 0: never.
    pub keep_guest_conversations_days: u32,
    /// The same for guests whose sessions have all ended: 30 to 3,650. 0: never.
    pub keep_ended_conversations_days: u32,
    /// Days until a line of the audit log is deleted: 30 to 3,650. 0: never.
    pub keep_audit_days: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            site_name: "Porchlight".into(),
            support_name: "Support".into(),
            greeting: "Chat with our support team".into(),
            usual_answer: "We usually answer within a few minutes.".into(),
            privacy_url: String::new(),
            footer_text: "Porchlight".into(),
            footer_url: String::new(),
            accent: "#2563EB".into(),
            corner: Corner::Right,
            logo: None,
            chat_icon: ChatIcon::Speech,
            notification_sound: Switch::On,
            open_on_message: Switch::Off,
            language: "en".into(),
            page_size: crate::limits::PAGE_ROWS_DEFAULT,
            user_groups: Switch::Off,
            guest_mode: Switch::Off,
            guest_group_id: None,
            allowed_origins: Vec::new(),
            include_urls: Vec::new(),
            exclude_urls: Vec::new(),
            conversion: ConversionPolicy::AutoVerified,
            show_addresses: Switch::Off,
            agents_see_addresses: Switch::On,
            agents_see_pages: Switch::On,
            mail_host: String::new(),
            mail_port: 587,
            mail_security: MailSecurity::StartTls,
            mail_user: String::new(),
            mail_from: String::new(),
            token_groups: Switch::Off,
            reserved_names: [
                "admin",
                "administrator",
                "moderator",
                "support",
                "support team",
                "staff",
                "system",
            ]
            .map(String::from)
            .into(),
            guest_idle_days: crate::limits::GUEST_IDLE_DAYS,
            guest_absolute_days: crate::limits::GUEST_ABSOLUTE_DAYS,
            keep_guest_conversations_days: crate::limits::KEEP_GUEST_CONVERSATIONS_DAYS,
            keep_ended_conversations_days: crate::limits::KEEP_ENDED_CONVERSATIONS_DAYS,
            keep_audit_days: crate::limits::KEEP_AUDIT_DAYS,
        }
    }
}

/// Whether anybody of the guest group is there: an agent's socket whose page was visible in the last 5 minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    There,
    #[default]
    Away,
}

/// Whether the door takes new guests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GuestDoor {
    /// Guest Mode is on, and there is somebody who could answer.
    Open,
    /// Guest Mode is on, but its group is gone or empty.
    NobodyHere,
    /// Guest Mode is off.
    Closed,
}

/// What anybody may see of the settings.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    pub site_name: String,
    pub support_name: String,
    pub greeting: String,
    pub usual_answer: String,
    pub privacy_url: String,
    pub footer_text: String,
    pub footer_url: String,
    /// `#RRGGBB`.
    pub accent: String,
    /// A path on the chat origin.
    pub logo: Option<String>,
    pub notification_sound: Switch,
    pub open_on_message: Switch,
    pub language: String,
    pub page_size: u32,
    pub user_groups: Switch,
    pub door: GuestDoor,
    /// Whether codes can be mailed: mail is set up, and conversion is not off.
    pub codes: Switch,
    pub presence: Presence,
    /// Of the guest group, at most 4. First names only.
    pub faces: Vec<Face>,
}

/// How the group that is to answer guests stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GuestGroup {
    /// None is chosen.
    NotChosen,
    /// There is no group of that id.
    Gone,
    /// Nobody who could answer is in it.
    Empty,
    /// Somebody is in it.
    Staffed,
}
