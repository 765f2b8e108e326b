//! One sheet out of the many small ones that lie beside the components.
//! Law: the order is stable — tokens, then the rest of the theme, then everything by path — so the cascade never
//! depends on a file system.

use super::{Program, hash};
use crate::shell;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Writes the program's sheet under a hashed name, and returns the name.
pub fn bundle(program: &Program, stage: &Path, output: &Path) -> Result<String> {
    let source = shell::root().join("widget").join("src");
    let mut whole = String::new();
    for file in in_order(program, &source)? {
        whole.push_str(
            &fs::read_to_string(&file)
                .with_context(|| format!("{} cannot be read", file.display()))?,
        );
        whole.push('\n');
    }
    let joined = stage.join("joined.css");
    let small = stage.join("small.css");
    fs::write(&joined, without_unused_tokens(whole))?;
    let mut esbuild = super::program::esbuild()?;
    esbuild.arg(&joined).args([
        "--minify",
        "--charset=utf8",
        "--legal-comments=none",
        "--log-level=warning",
    ]);
    esbuild
        .arg(format!("--target={}", super::program::BROWSERS))
        .arg(format!("--outfile={}", small.display()));
    shell::run(&mut esbuild)?;
    let sheet = fs::read(small)?;
    let name = format!("{}-{}.css", program.name, hash(&sheet));
    fs::write(output.join(&name), sheet)?;
    Ok(name)
}

/// Leaves out the tokens that nothing in this sheet asks for: a guest's has no use for the sizes of the admin page.
fn without_unused_tokens(mut sheet: String) -> String {
    loop {
        let is_needed = |line: &&str| {
            token(line).is_none_or(|name| sheet.contains(&["var(", name, ")"].concat()))
        };
        let kept: Vec<&str> = sheet.lines().filter(is_needed).collect();
        // What only an unused token asked for is unused now.
        if kept.len() == sheet.lines().count() {
            return sheet;
        }
        sheet = kept.join("\n");
    }
}

/// The token that a line of a sheet sets. In ours each stands on a line of its own.
fn token(line: &str) -> Option<&str> {
    let (name, rest) = line.trim().split_once(':')?;
    (name.starts_with("--") && rest.ends_with(';')).then_some(name)
}

fn in_order(program: &Program, source: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(source) {
        let path = entry?.into_path();
        let relative = path
            .strip_prefix(source)
            .expect("the walk stays inside its start")
            .to_string_lossy()
            .replace('\\', "/");
        let is_without = program.styles_without.iter().any(|without| {
            let rest = relative.strip_prefix(without);
            rest.is_some_and(|rest| rest.starts_with('/') || rest == ".css")
        });
        if relative.ends_with(".css") && !is_without {
            files.push((rank(&relative), relative, path));
        }
    }
    files.sort();
    Ok(files.into_iter().map(|(.., path)| path).collect())
}

/// Tokens first, then the theme, then the small general pieces, then the domains that use them.
fn rank(relative: &str) -> u8 {
    match relative {
        "theme/tokens.css" => 0,
        _ if relative.starts_with("theme/") => 1,
        _ if relative.starts_with("ui/") => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_keeps_the_tokens_that_it_asks_for_and_no_others() {
        let sheet = ":root {\n  --a: 1px;\n  --b: var(--c);\n  --c: 2px;\n  color: red;\n}\np {\n  margin: calc(-1 * var(--a));\n}";
        let kept = ":root {\n  --a: 1px;\n  color: red;\n}\np {\n  margin: calc(-1 * var(--a));\n}";
        assert_eq!(without_unused_tokens(sheet.to_owned()), kept);
    }

    #[test]
    fn tokens_come_before_whoever_uses_them() {
        let mut files = [
            "ui/button.css",
            "guest/door.css",
            "theme/reset.css",
            "theme/tokens.css",
            "conversation/thread.css",
        ];
        files.sort_by_key(|file| (rank(file), *file));
        assert_eq!(
            files,
            [
                "theme/tokens.css",
                "theme/reset.css",
                "ui/button.css",
                "conversation/thread.css",
                "guest/door.css"
            ]
        );
    }
}
