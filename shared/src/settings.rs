//! What an admin decides about the site.
//!
//! The law: one struct, validated by the same code wherever it is changed (`porchlight settings`, the admin page).
//! What visitors may see of it is [`Site`]; nothing else of it leaves the server.

use crate::identity::Face;
use crate::ids::GroupId;
use serde::{Deserialize, Serialize};

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
    /// Whether the `groups` claim of an identity token changes memberships.
    pub token_groups: Switch,
    /// Names no guest may take, besides the support group's and its people's.
    pub reserved_names: Vec<String>,
    /// Days until an unused guest session ends: 1 to 180.
    pub guest_idle_days: u32,
    /// Days until any guest session ends: 1 to 365.
    pub guest_absolute_days: u32,
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
            language: "en".into(),
            page_size: crate::limits::PAGE_ROWS_DEFAULT,
            user_groups: Switch::Off,
            guest_mode: Switch::Off,
            guest_group_id: None,
            allowed_origins: Vec::new(),
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
    pub language: String,
    pub page_size: u32,
    pub door: GuestDoor,
    pub presence: Presence,
    /// Of the guest group, at most 4. First names only.
    pub faces: Vec<Face>,
}
