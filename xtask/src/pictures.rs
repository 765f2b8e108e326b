//! `cargo xtask pictures`: every picture in the documents, taken from the product itself.
//! Law: a picture shows what the product is now, so a script takes it and nobody draws it.

use crate::{build, shell, tools};
use anyhow::{Context, Result};

/// `cargo xtask pictures`; words behind it choose among them, as in `cargo xtask pictures demo`.
pub fn run(arguments: &[String]) -> Result<()> {
    tools::ensure(tools::FOR_STORIES)?;
    let server = build::release(&["porchlight"])?;
    let browser = tools::chromium().context("there is no browser to take pictures with")?;
    let mut npm = shell::command("npm");
    npm.current_dir(shell::root().join("e2e"))
        .args(["run", "pictures", "--"])
        .args(arguments);
    shell::run(npm.env("CHROMIUM", browser).env("PORCHLIGHT_BIN", server))
}
