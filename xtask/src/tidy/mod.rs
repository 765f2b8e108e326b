//! `cargo xtask tidy`: the laws that no compiler checks, as checks of the text.
//! Law: each one names the file, the line, the law and its reason; each one has a test that shows it a violation.

/// Laws of style sheets.
mod css;
/// Laws of documents and lock files.
mod documents;
/// Laws of the layers: who may know what.
mod layers;
/// What a source file is, to a law.
mod source;
/// Laws of every Rust file.
mod style;

use crate::shell;
use anyhow::{Result, ensure};
use source::Source;
use std::fs;

/// A law: its sentence, its reason, and the lines of a file that break it (counted from 1, 0 for the whole file).
pub struct Law {
    /// What must hold.
    pub sentence: &'static str,
    /// Why.
    pub reason: &'static str,
    /// The lines that break it.
    pub broken_at: fn(&Source) -> Vec<usize>,
}

/// `cargo xtask tidy`.
pub fn run(_arguments: &[String]) -> Result<()> {
    let sources = sources()?;
    let laws: Vec<&Law> = [layers::LAWS, style::LAWS, css::LAWS, documents::LAWS].concat();
    let mut breaches = 0;
    for source in &sources {
        for law in &laws {
            for line in (law.broken_at)(source) {
                println!(
                    "{}:{}: {} Because {}.",
                    source.path,
                    line.max(1),
                    law.sentence,
                    law.reason
                );
                println!("    {}", source.line(line));
                breaches += 1;
            }
        }
        if let Some(length) = style::long_file(source) {
            println!(
                "{}: note: {length} lines; a file that stays under 300 is read in one go.",
                source.path
            );
        }
    }
    ensure!(
        breaches == 0,
        "{breaches} places break a law of the project"
    );
    println!("{} files keep the {} laws.", sources.len(), laws.len());
    Ok(())
}

/// Every text file that git knows or would add.
fn sources() -> Result<Vec<Source>> {
    let root = shell::root();
    let mut git = shell::command("git");
    let listed =
        shell::capture(git.args(["ls-files", "--cached", "--others", "--exclude-standard"]))?;
    let texts = listed.lines().filter_map(|path| {
        Some(Source::new(
            path,
            &fs::read_to_string(root.join(path)).ok()?,
        ))
    });
    Ok(texts.collect())
}

/// Whether a law finds something in a file; for the laws' tests.
#[cfg(test)]
pub fn breaks(law: &Law, path: &str, text: &str) -> bool {
    !(law.broken_at)(&Source::new(path, text)).is_empty()
}
