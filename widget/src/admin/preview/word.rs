//! What the admin page says to its preview.
//!
//! The law: whole settings each time, so that the preview is never between two of them.

use crate::net::body;
use serde::{Deserialize, Serialize};
use shared::samples::{MINA, TEO};
use shared::settings::{GuestDoor, Presence, Settings, Site};

/// Which screen is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    #[default]
    Door,
    Thread,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    pub settings: Settings,
    pub view: View,
}

impl Word {
    /// Before the page has said anything.
    pub fn first() -> Self {
        Self {
            settings: Settings::default(),
            view: View::Door,
        }
    }

    pub fn bytes(&self) -> Vec<u8> {
        body(self).unwrap_or_default()
    }

    /// `None` for what is no word of ours.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }

    /// What visitors would see of it, with the cast behind the door.
    pub fn site(&self) -> Site {
        let settings = self.settings.clone();
        let door = match settings.guest_mode.is_on() {
            true => GuestDoor::Open,
            false => GuestDoor::Closed,
        };
        Site {
            site_name: settings.site_name,
            support_name: settings.support_name,
            greeting: settings.greeting,
            usual_answer: settings.usual_answer,
            privacy_url: settings.privacy_url,
            footer_text: settings.footer_text,
            footer_url: settings.footer_url,
            accent: settings.accent,
            logo: settings.logo.map(|id| ["/pictures/", id.as_str()].concat()),
            notification_sound: settings.notification_sound,
            open_on_message: settings.open_on_message,
            language: settings.language,
            page_size: settings.page_size,
            user_groups: settings.user_groups,
            door,
            codes: shared::settings::Switch::Off,
            presence: Presence::There,
            faces: vec![MINA.face(), TEO.face()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::settings::Switch;

    #[test]
    fn a_word_arrives_as_it_was_said_and_nonsense_is_not_heard() {
        let word = Word {
            settings: Settings {
                greeting: "<b>Hello</b>".into(),
                ..Settings::default()
            },
            view: View::Thread,
        };
        assert!(Word::read(&word.bytes()) == Some(word));
        assert!(Word::read(b"").is_none());
        assert!(Word::read(&[255; 40]).is_none());
    }

    #[test]
    fn the_door_is_open_exactly_while_guest_mode_is_on() {
        let with = |guest_mode| Word {
            settings: Settings {
                guest_mode,
                ..Settings::default()
            },
            view: View::Door,
        };
        assert_eq!(with(Switch::On).site().door, GuestDoor::Open);
        assert_eq!(with(Switch::Off).site().door, GuestDoor::Closed);
    }
}
