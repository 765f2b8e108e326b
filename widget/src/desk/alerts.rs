//! Messages while another window is in front.
//!
//! The law: whoever sees the page is not alerted; of a conversation the newest message stands, once.

use super::state::DeskState;
use crate::frame::notification::{Alert, show};
use crate::reactive::untrack;
use crate::shell::app::App;
use shared::conversation::Message;
use shared::ids::ConversationId;

/// As much of a message as an alert shows. **Units**: characters.
const SHOWN: usize = 120;

/// A message of the other side arrived.
pub fn alert(app: App, desk: DeskState, id: &ConversationId, message: &Message) {
    let is_seen = app.host.is_page_visible.get_untracked();
    if is_seen || !untrack(|| desk.has_alerts()) {
        return;
    }
    let name = message.author.as_ref().map(|author| author.name.as_str());
    let alert = Alert {
        title: name.unwrap_or_default(),
        body: &beginning(&message.text),
        tag: id.as_str(),
    };
    let id = id.clone();
    show(&alert, move || app.open_anything(id));
}

/// The beginning of a text, in whole characters.
fn beginning(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => [&text[..end], "…"].concat(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_message_is_shown_by_its_beginning() {
        assert_eq!(beginning("Is it back?"), "Is it back?");
        let long = "ж".repeat(SHOWN + 1);
        let shown = beginning(&long);
        assert_eq!(shown.chars().count(), SHOWN + 1);
        assert!(shown.ends_with('…'));
    }
}
