//! Who is writing just now.
//!
//! The law: best effort, and quiet: it is never announced, and the line keeps its room so nothing jumps.

use crate::frame::draw::{Drawn, draw};
use crate::i18n::{Text, say, say_with};
use crate::reactive::Signal;

/// "Mina is typing", "Mina and Teo are typing", "Several people are typing"; empty for nobody.
fn sentence(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [name] => say_with(Text::IsTyping, &[("name", name)]),
        [name, other] => say_with(Text::BothTyping, &[("name", name), ("other", other)]),
        _ => say(Text::SeveralTyping).into(),
    }
}

/// `names`: of those who are typing, not the viewer.
pub fn typing_line(names: Signal<Vec<String>>) -> Drawn {
    let dots = draw("span")
        .class("typing-dots")
        .set("aria-hidden", "true")
        .children([draw("i"), draw("i"), draw("i")]);
    let words = draw("bdi")
        .class("typing-words")
        .text_with(move || names.with(|names| sentence(names)));
    let line = draw("p")
        .class("typing")
        .class_while("is-quiet", move || names.with(Vec::is_empty));
    line.child(dots).child(words)
}

#[cfg(test)]
mod tests {
    use super::sentence;
    use shared::samples::{ADA, MINA, TEO};

    #[test]
    fn who_is_typing_is_said_in_one_line() {
        let names = [MINA.name, TEO.name, ADA.name].map(String::from);
        assert_eq!(sentence(&names[..0]), "");
        assert_eq!(sentence(&names[..1]), "Mina Okafor is typing");
        assert_eq!(
            sentence(&names[..2]),
            "Mina Okafor and Teo Marchetti are typing"
        );
        assert_eq!(sentence(&names), "Several people are typing");
    }
}
