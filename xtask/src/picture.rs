//! `cargo xtask picture`: the picture in the README, taken from the demo itself.
//! Law: the picture shows what the product is now, so a script takes it and nobody draws it.

use crate::{build, shell, tools};
use anyhow::{Context, Result};

/// `cargo xtask picture`.
pub fn run(arguments: &[String]) -> Result<()> {
    tools::ensure(tools::FOR_STORIES)?;
    let server = build::release(&["porchlight"])?;
    let browser = tools::chromium().context("there is no browser to take the picture with")?;
    let mut node = shell::command("node");
    node.current_dir(shell::root().join("e2e"))
        .arg("picture.mjs")
        .args(arguments);
    shell::run(node.env("CHROMIUM", browser).env("PORCHLIGHT_BIN", server))
}
