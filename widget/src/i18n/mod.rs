//! Every sentence of the interface, and the languages it is said in.
//!
//! The law: no view holds a word of its own. English is compiled in; any other language is one file in
//! `widget/locales`, with exactly the keys of English. A frame speaks one language from its first view to its last.

/// A whole number in its digits.
mod digits;
/// English: every key with its sentence.
mod english;
/// English: what only users and staff meet.
mod english_users;
/// Keys of sentences, made short.
mod key;
/// How languages count.
mod plural;
/// Problems as sentences (D11).
mod problem_words;
/// The sentences of one language.
mod strings;

pub use digits::digits;
pub use english::Text;
pub use english_users::{KEYS as USER_KEYS, UserText};
pub use key::{Key, key_of};
pub use plural::plural_forms;
pub use problem_words::{problem_sentence, problem_text, send_failure_sentence};
pub use strings::{Direction, Sentence, Strings, also_knows};

use std::sync::{LazyLock, OnceLock};

/// What this frame speaks. Process-wide instead of a context, because a language never changes under a view: every
/// sentence is a plain `&'static str`, and no view carries a handle around.
static SPOKEN: OnceLock<Strings> = OnceLock::new();

/// What is spoken until somebody chose: a frame that waits for its server must be able to say so.
static ENGLISH: LazyLock<Strings> = LazyLock::new(Strings::english);

/// Chooses the language, once, before the first view is built. Later calls change nothing.
pub fn speak(strings: Strings) {
    // Whoever comes second finds the language settled; that is the law above, not a mistake to report.
    let _ = SPOKEN.set(strings);
}

/// The sentences that this frame speaks; English until somebody chose.
pub fn strings() -> &'static Strings {
    SPOKEN.get().unwrap_or(&ENGLISH)
}

/// One sentence.
pub fn say(text: impl Sentence) -> &'static str {
    strings().say(text)
}

/// One sentence with a number in it.
pub fn say_count(text: impl Sentence, count: u32) -> String {
    strings().count(text, count)
}

/// The same, where the number is shown as something else: "99+".
pub fn say_count_as(text: impl Sentence, count: u32, shown: &str) -> String {
    strings().count_as(text, count, shown)
}

/// One sentence with names in it.
pub fn say_with(text: impl Sentence, particulars: &[(&str, &str)]) -> String {
    strings().fill(text, particulars)
}
