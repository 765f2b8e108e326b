//! What somebody looks for.
//!
//! The law: the server is asked once they pause, and never about less than it searches for.

use crate::frame::clock;
use leptos::prelude::*;
use shared::limits::SEARCH_CHARACTERS;

/// How long a pause is. **Units**: milliseconds.
const PAUSE_MS: u32 = 300;

/// What was typed, once it stands still. `None`: nothing, or too little to look for.
pub fn settled(typed: RwSignal<String>) -> RwSignal<Option<String>> {
    let settled = RwSignal::new(typed.with_untracked(|typed| wanted(typed)));
    Effect::new(move |_| {
        let now = typed.with(|typed| wanted(typed));
        clock::after(PAUSE_MS, move || {
            let later = typed.try_with_untracked(|typed| wanted(typed));
            let stands = settled.try_get_untracked();
            if later.as_ref() == Some(&now) && stands.is_some_and(|stands| stands != now) {
                settled.set(now);
            }
        });
    });
    settled
}

fn wanted(typed: &str) -> Option<String> {
    let typed = typed.trim();
    (typed.chars().count() >= SEARCH_CHARACTERS).then(|| typed.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_little_is_not_looked_for() {
        for (typed, expected) in [
            ("", None),
            (" n ", None),
            ("no", Some("no")),
            ("  Noor ", Some("Noor")),
            ("ليلى", Some("ليلى")),
        ] {
            assert_eq!(wanted(typed).as_deref(), expected, "{typed:?}");
        }
    }
}
