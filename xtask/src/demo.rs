//! `cargo xtask demo`: from a fresh machine to a shop with a chat in it.
//! Law: only what the build needs is installed, and a flag the person gives wins over ours.

use crate::{build, shell};
use anyhow::{Context, Result};
use std::process::Stdio;

/// What the demo is started with unless the person says otherwise.
const DEFAULTS: [(&str, &str); 3] = [
    ("--chat-port", "8080"),
    ("--shop-port", "8081"),
    ("--data-dir", "demo-data"),
];

/// `cargo xtask demo`; everything behind it (or behind `--`) goes to `porchlight demo`.
pub fn run(arguments: &[String]) -> Result<()> {
    let binary = build::release(&["porchlight"])?;
    let mut demo = shell::command(&binary);
    demo.stdin(Stdio::inherit())
        .arg("demo")
        .args(with_defaults(arguments));
    take_over(&mut demo).with_context(|| format!("{} could not be started", binary.display()))
}

/// Lets the demo take our place, so that Ctrl-C and the exit code are its own.
#[cfg(unix)]
fn take_over(demo: &mut std::process::Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(demo.exec().into())
}

/// Where programs cannot take each other's place, waits for the demo.
#[cfg(not(unix))]
fn take_over(demo: &mut std::process::Command) -> Result<()> {
    shell::run(demo)
}

fn with_defaults(given: &[String]) -> Vec<String> {
    let given: Vec<String> = given.iter().filter(|word| *word != "--").cloned().collect();
    let is_given = |flag: &str| {
        given
            .iter()
            .any(|word| word == flag || word.starts_with(&format!("{flag}=")))
    };
    let missing = DEFAULTS.iter().filter(|(flag, _)| !is_given(flag));
    let mut words: Vec<String> = missing
        .flat_map(|(flag, value)| [(*flag).to_owned(), (*value).to_owned()])
        .collect();
    words.extend(given);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_the_person_gives_wins() {
        let given = ["--", "--shop-port=9001", "--chat-port", "9000"].map(str::to_owned);
        assert_eq!(
            with_defaults(&given),
            [
                "--data-dir",
                "demo-data",
                "--shop-port=9001",
                "--chat-port",
                "9000"
            ]
        );
    }
}
