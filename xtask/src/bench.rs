//! `cargo xtask bench`: the figures of `docs/performance.md`, measured on the release build.
//! Law: this only builds and starts things; what is measured and how is the load generator's business. What is missing on
//! this machine costs its own part of the figures and no other.

use crate::test::postgres::TemporaryPostgres;
use crate::tools::{self, Tool, say};
use crate::{build, shell};
use anyhow::{Context, Result};
use std::path::PathBuf;

/// Where a Postgres server is, if somebody says so.
const POSTGRES: &str = "PORCHLIGHT_TEST_POSTGRES";

/// `cargo xtask bench`; everything behind it goes to the load generator.
pub fn run(arguments: &[String]) -> Result<()> {
    // With the files for browsers inside: what a guest downloads is measured too.
    let server = build::release(&["porchlight", "porchlight-bench"])?;
    let generator = shell::target_dir().join("release").join("porchlight-bench");
    let mut bench = shell::command(generator);
    bench
        .arg("--server")
        .arg(server)
        .args(arguments.iter().filter(|word| *word != "--"));
    match browser() {
        Ok(browser) => {
            bench
                .arg("--stories")
                .arg(shell::root().join("e2e"))
                .env("CHROMIUM", browser);
        }
        Err(why) => say(&format!("Nothing is measured in a browser: {why:#}.")),
    }
    // Held until the end of the run.
    let _postgres = match postgres(arguments) {
        Ok(Some(server)) => {
            bench.env(POSTGRES, server.url());
            Some(server)
        }
        Ok(None) => None,
        Err(why) => {
            say(&format!("SQLite alone is measured: {why:#}."));
            None
        }
    };
    shell::run(&mut bench)
}

/// The browser, and Playwright to drive it.
fn browser() -> Result<PathBuf> {
    tools::ensure(tools::FOR_STORIES)?;
    tools::chromium().context("there is no Chromium")
}

/// A server for the length of the run. `None`: one is named.
fn postgres(arguments: &[String]) -> Result<Option<TemporaryPostgres>> {
    let named = arguments.iter().any(|word| word.starts_with("--postgres"));
    if named || std::env::var_os(POSTGRES).is_some() {
        return Ok(None);
    }
    tools::ensure(&[Tool::Postgres])?;
    TemporaryPostgres::start().map(Some)
}
