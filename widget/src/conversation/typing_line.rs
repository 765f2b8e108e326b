//! Who is writing just now.
//!
//! The law: best effort, and quiet: it is never announced, and the line keeps its room so nothing jumps.

use crate::i18n::{Text, say, say_with};
use crate::reactive::Signal;
use leptos::prelude::*;

/// "Mina is typing", "Mina and Teo are typing", "Several people are typing"; empty for nobody.
fn sentence(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [name] => say_with(Text::IsTyping, &[("name", name)]),
        [name, other] => say_with(Text::BothTyping, &[("name", name), ("other", other)]),
        _ => say(Text::SeveralTyping).into(),
    }
}

#[component]
pub fn TypingLine(
    /// Names of those who are typing, not the viewer.
    #[prop(into)]
    names: Signal<Vec<String>>,
) -> impl IntoView {
    let is_quiet = move || names.with(Vec::is_empty);
    view! {
        <p class="typing" class:is-quiet=is_quiet>
            <span class="typing-dots" aria-hidden="true">
                <i></i>
                <i></i>
                <i></i>
            </span>
            <bdi class="typing-words">{move || names.with(|names| sentence(names))}</bdi>
        </p>
    }
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
