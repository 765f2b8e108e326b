//! What the site shows, as a signal, and the language it is said in.

use crate::frame::{bridge, fetch};
use crate::i18n::{Strings, speak, strings};
use crate::reactive::Signal;
use shared::settings::{GuestDoor, Presence, Site, Switch};

/// What is shown of the site before it is known.
pub fn unknown_site() -> Site {
    Site {
        site_name: String::new(),
        support_name: String::new(),
        greeting: String::new(),
        usual_answer: String::new(),
        privacy_url: String::new(),
        footer_text: String::new(),
        footer_url: String::new(),
        accent: String::new(),
        logo: None,
        notification_sound: Switch::Off,
        open_on_message: Switch::Off,
        language: String::new(),
        page_size: 0,
        user_groups: Switch::Off,
        door: GuestDoor::Closed,
        codes: Switch::Off,
        presence: Presence::Away,
        faces: Vec::new(),
    }
}

/// Learns a language, before the first view that needs it. One that cannot be fetched is English.
pub async fn learn(language: &str) {
    let is_tag = language
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !is_tag || language.is_empty() || language == "en" || strings().language() == language {
        return;
    }
    let path = ["/assets/", language, ".json"].concat();
    if let Some(pairs) = fetch::fetch_pairs(&path).await {
        let mut learned = Strings::new(language);
        for (key, sentence) in pairs {
            learned.put(&key, sentence);
        }
        speak(learned);
    }
}

/// The privacy page as a whole address: settings may name a path on the host site.
pub fn privacy_address(site: Signal<Site>) -> Signal<String> {
    let host = bridge::host_origin().unwrap_or_default();
    Signal::derive(move || {
        let url = site.with(|site| site.privacy_url.clone());
        match (url.starts_with('/'), host.is_empty()) {
            (true, false) => [host.as_str(), &url].concat(),
            // In a window of our own there is no host page to complete it.
            (true, true) => String::new(),
            _ => url,
        }
    })
}
