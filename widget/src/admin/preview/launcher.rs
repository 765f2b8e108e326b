//! The launcher as the loader draws it.
//!
//! The law: its drawings are the loader's own; the test holds the two together.

use super::word::Word;
use crate::frame::draw::{Drawn, draw};
use crate::reactive::RwSignal;
use shared::settings::{ChatIcon, Corner};

pub fn launcher(word: RwSignal<Word>) -> Drawn {
    let icon = move || word.with(|word| word.settings.chat_icon);
    let drawing = draw("span")
        .class("preview-icon")
        .class_while("is-speech", move || icon() == ChatIcon::Speech)
        .style_with("clip-path", move || match path(icon()) {
            Some(path) => ["path(evenodd, \"", path, "\")"].concat(),
            None => "none".into(),
        });
    draw("div")
        .class("preview-launcher")
        .class_while("is-left", move || {
            word.with(|word| word.settings.corner == Corner::Left)
        })
        .set("aria-hidden", "true")
        .child(drawing)
}

/// On a 24 by 24 grid. `None`: the speech mark, which is drawn without one.
const fn path(icon: ChatIcon) -> Option<&'static str> {
    match icon {
        ChatIcon::Speech => None,
        ChatIcon::Question => Some(
            "M6.6 8.2a5.4 5.4 0 1 1 7.6 4.9q-.9.5-.9 1.5v.8h-2.9v-1.3q0-2 1.9-3a2.5 2.5 0 1 0-2.8-2.9zM10.3 17.4h3.1v3.1h-3.1z",
        ),
        ChatIcon::Lifebuoy => Some(
            "M12 2a10 10 0 0 1 0 20a10 10 0 0 1 0-20zm0 6.5a3.5 3.5 0 0 0 0 7a3.5 3.5 0 0 0 0-7zM14.6 7.8l3.2-3.2 1.6 1.6-3.2 3.2zM9.4 7.8L6.2 4.6 4.6 6.2l3.2 3.2zM14.6 16.2l3.2 3.2 1.6-1.6-3.2-3.2zM9.4 16.2l-3.2 3.2-1.6-1.6 3.2-3.2z",
        ),
        ChatIcon::Lantern => Some(
            "M12 .5a3.5 3.5 0 0 1 3.5 3.5H17l1 3H6l1-3h1.5A3.5 3.5 0 0 1 12 .5zm0 1.7A1.8 1.8 0 0 0 10.2 4h3.6A1.8 1.8 0 0 0 12 2.2zM7 8h10l1.5 11h-13zm5 1.8c-1.9 2.2-2.6 3.3-2.6 4.7a2.6 2.6 0 0 0 5.2 0c0-1.4-.7-2.5-2.6-4.7zM5 20h14v3H5z",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_drawings_are_the_loaders() {
        let loader = include_str!("../../../loader/embed.js");
        for icon in [ChatIcon::Question, ChatIcon::Lifebuoy, ChatIcon::Lantern] {
            assert!(
                path(icon).is_some_and(|path| loader.contains(path)),
                "{icon:?}"
            );
        }
        assert!(path(ChatIcon::Speech).is_none());
    }
}
