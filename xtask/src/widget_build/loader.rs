//! The loader: plain script with its settings filled in by the server, so it is only minified here.
//! Law: the marks around what only some sites need stay, each on a line of its own, because the server takes the marked
//! parts out for everybody else.

use super::{dist, is_stamped, program, stage_dir, stamp};
use crate::shell;
use anyhow::{Result, ensure};
use std::fs;

/// What the settings take the place of.
const PLACE: &str = "\"__PORCHLIGHT_SETTINGS__\"";

/// How a mark begins, in the source and in what is served.
const MARK: &str = "// ‹";

/// The same as a comment that the minifier keeps.
const KEPT_MARK: &str = "//! ‹";

/// Minifies the loader, if it changed.
pub fn build(looks: &str) -> Result<()> {
    let stage = stage_dir().join("loader");
    let finished = dist("loader").join("embed.js");
    if is_stamped(&stage, "looks", looks) && finished.is_file() {
        return Ok(());
    }
    fs::create_dir_all(&stage)?;
    fs::create_dir_all(dist("loader"))?;
    let source = fs::read_to_string(shell::root().join("widget/loader/embed.js"))?;
    let (marked, small) = (stage.join("marked.js"), stage.join("embed.js"));
    fs::write(&marked, with_kept_marks(&source))?;
    let target = format!("--target={}", program::BROWSERS);
    shell::run(
        program::esbuild()?
            .arg(&marked)
            .args([
                "--minify",
                "--charset=utf8",
                "--legal-comments=inline",
                "--log-level=warning",
                &target,
            ])
            .arg(format!("--outfile={}", small.display())),
    )?;
    let text = with_marks_on_lines(&fs::read_to_string(&small)?);
    ensure!(
        text.contains(PLACE) || !source.contains(PLACE),
        "minifying lost the place for the settings in embed.js"
    );
    ensure!(
        text.matches(MARK).count() == source.matches(MARK).count(),
        "minifying lost a mark in embed.js"
    );
    fs::write(&finished, text.trim_end())?;
    stamp(&stage, "looks", looks)
}

/// Only the marks are comments that the minifier keeps.
fn with_kept_marks(source: &str) -> String {
    let mut marked = String::new();
    for line in source.lines() {
        let kept = match line.trim_start().strip_prefix(MARK) {
            Some(rest) => format!("{KEPT_MARK}{rest}"),
            None => line.replacen("//!", "//", 1),
        };
        marked.push_str(&kept);
        marked.push('\n');
    }
    marked
}

/// The minifier puts a comment behind what stands before it.
fn with_marks_on_lines(small: &str) -> String {
    small.replace(KEPT_MARK, &format!("\n{MARK}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marks_stay_and_nothing_else_of_the_comments() {
        let source = "//! The loader.\n  // ‹icon›\n  // Why.\n  draw();\n  // ‹/icon›\n";
        let marked = with_kept_marks(source);
        assert_eq!(
            marked,
            "// The loader.\n//! ‹icon›\n  // Why.\n  draw();\n//! ‹/icon›\n"
        );
        assert_eq!(
            with_marks_on_lines("a();//! ‹icon›\ndraw();//! ‹/icon›\nb();"),
            "a();\n// ‹icon›\ndraw();\n// ‹/icon›\nb();"
        );
    }
}
