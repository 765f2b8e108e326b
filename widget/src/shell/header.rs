//! The band at the top of every screen.
//!
//! The law: one heading, the way back at the start, the way out at the end.

use crate::frame::draw::{Drawn, draw};
use crate::i18n::{Text, say};
use crate::reactive::Callback;
use crate::reactive::Signal;
use crate::ui::{Icon, MenuItem, icon_button, menu};

/// What stands around the middle of a header.
#[derive(Clone, Default)]
pub struct Header {
    /// To where one came from; `None` on a first screen.
    pub on_back: Option<Callback<()>>,
    /// Closes the card; `None` where the chat has a window of its own.
    pub on_close: Option<Callback<()>>,
    /// Whose menu it is: stands above its items. Empty: nobody's.
    pub whose: String,
    /// Rare actions; none, no menu.
    pub menu: Vec<MenuItem>,
}

impl Header {
    /// `middle`: one [`header_title`], with faces before it where there are any.
    pub fn draw(self, middle: impl IntoIterator<Item = Drawn>) -> Drawn {
        let back = self
            .on_back
            .map(|on_press| icon_button(Icon::Back, say(Text::Back), on_press));
        let close = self
            .on_close
            .map(|on_press| icon_button(Icon::Close, say(Text::CloseChat), on_press));
        let name = match self.whose.is_empty() {
            true => say(Text::More).to_owned(),
            false => [say(Text::More), ": ", &self.whose].concat(),
        };
        let more = (!self.menu.is_empty()).then(|| menu(&name, &self.whose, self.menu));
        let middle = draw("div").class("header-middle").children(middle);
        draw("header")
            .class("header")
            .children(back)
            .child(middle)
            .children(more)
            .children(close)
    }
}

/// The heading of a screen, and quieter lines beneath it.
pub fn header_title(title: Signal<String>, lines: impl IntoIterator<Item = Drawn>) -> Drawn {
    let heading = draw("h1")
        .class("header-title")
        .set("dir", "auto")
        .text_with(move || title.get());
    draw("div")
        .class("header-words")
        .child(heading)
        .children(lines)
}
