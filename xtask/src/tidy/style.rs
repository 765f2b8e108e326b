//! The laws of every Rust file: how it opens, how long it is, what it may not leave behind.
//! Law: the words this file looks for are written in pieces, so that it does not find itself.

use super::Law;
use super::source::Source;

/// Every law of this file.
pub const LAWS: &[&Law] = &[
    &OPENS_WITH_ITS_PURPOSE,
    &STAYS_READABLE,
    &NOTHING_IS_LEFT_FOR_LATER,
    &LINTS_ARE_EXPECTED,
];

/// Lines beyond which a file must be split.
const LONGEST: usize = 400;

/// Lines beyond which a file should be split.
const LONG: usize = 300;

const OPENS_WITH_ITS_PURPOSE: Law = Law {
    sentence: "A Rust file opens with `//!`: what it is and the law it keeps.",
    reason: "a reader should know what a file is for before its first line of code",
    broken_at: |source| match source.path.ends_with(".rs")
        && !source
            .lines
            .first()
            .is_some_and(|line| line.starts_with("//!"))
    {
        true => vec![1],
        false => Vec::new(),
    },
};

const STAYS_READABLE: Law = Law {
    sentence: "A file has at most 400 lines.",
    reason: "what does not fit into one sitting is two things",
    broken_at: |source| match source.path.ends_with(".rs") && source.lines.len() > LONGEST {
        true => vec![LONGEST + 1],
        false => Vec::new(),
    },
};

const NOTHING_IS_LEFT_FOR_LATER: Law = Law {
    sentence: "Nothing is left for later: no unfinished code, no skipped test, no note to oneself.",
    reason: "what is not done is not there, and a skipped test proves nothing",
    broken_at: |source| {
        let words = [
            concat!("to", "do!("),
            concat!("unimplement", "ed!("),
            concat!("FIX", "ME"),
            concat!("#[ign", "ore"),
            concat!("dbg", "!("),
        ];
        let kinds = [".rs", ".js", ".mjs", ".ts", ".css", ".sql", ".toml"];
        if kinds.iter().any(|kind| source.path.ends_with(kind)) {
            lines_with(source, &words)
        } else {
            Vec::new()
        }
    },
};

const LINTS_ARE_EXPECTED: Law = Law {
    sentence: "A lint is waived with `expect` and a reason, never with `allow`.",
    reason: "an expectation that is no longer met tells us so, a permission stays for ever",
    broken_at: |source| match source.path.ends_with(".rs") {
        true => lines_with(source, &[concat!("#[al", "low("), concat!("#![al", "low(")]),
        false => Vec::new(),
    },
};

/// The length of a file that should be split but need not be yet.
pub fn long_file(source: &Source) -> Option<usize> {
    let length = source.lines.len();
    (source.path.ends_with(".rs") && length > LONG && length <= LONGEST).then_some(length)
}

fn lines_with(source: &Source, words: &[&str]) -> Vec<usize> {
    let numbered = source.lines.iter().zip(1..);
    numbered
        .filter(|(line, _)| words.iter().any(|word| line.contains(word)))
        .map(|(_, number)| number)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::breaks;

    #[test]
    fn every_law_of_style_sees_its_violation() {
        let long = format!("//! A file.\n{}", "fn a() {}\n".repeat(LONGEST));
        let violations: &[(&Law, &str, &str)] = &[
            (&OPENS_WITH_ITS_PURPOSE, "server/src/app.rs", "use std::fs;"),
            (&STAYS_READABLE, "server/src/app.rs", &long),
            (
                &NOTHING_IS_LEFT_FOR_LATER,
                "server/src/app.rs",
                concat!("to", "do!()"),
            ),
            (
                &NOTHING_IS_LEFT_FOR_LATER,
                "server/src/app.rs",
                concat!("#[ign", "ore]"),
            ),
            (
                &NOTHING_IS_LEFT_FOR_LATER,
                "widget/loader/embed.js",
                concat!("// FIX", "ME later"),
            ),
            (
                &LINTS_ARE_EXPECTED,
                "server/src/app.rs",
                concat!("#[al", "low(dead_code)]"),
            ),
        ];
        for (law, path, text) in violations {
            assert!(
                breaks(law, path, text),
                "{path} got through: {}",
                law.sentence
            );
        }
    }

    #[test]
    fn a_tidy_file_passes() {
        let text = "//! A file.\n#[expect(clippy::todo, reason = \"why\")]\nfn a() {}\n";
        assert!(
            LAWS.iter()
                .all(|law| !breaks(law, "server/src/app.rs", text))
        );
        assert_eq!(
            long_file(&Source::new(
                "server/src/app.rs",
                &"//! a\n".repeat(LONG + 1)
            )),
            Some(LONG + 1)
        );
    }
}
