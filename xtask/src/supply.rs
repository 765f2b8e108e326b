//! What others wrote and we ship: its licences, where it comes from, and what is known to be wrong with it.
//! Law: what could not be checked is said in a sentence, and never counts as checked.

use crate::shell;
use anyhow::Result;
use std::process::Stdio;

/// Checks `deny.toml` where the tool is, and advisories where their data can be had.
pub fn check() -> Result<()> {
    if !has_cargo_deny() {
        println!(
            "cargo-deny is not installed, so licences, sources and advisories of dependencies were not checked; \
             `cargo install --locked cargo-deny` brings it."
        );
        return Ok(());
    }
    shell::run(deny().args([
        "check",
        "--hide-inclusion-graph",
        "licenses",
        "sources",
        "bans",
    ]))?;
    if shell::capture(deny().args(["fetch", "db"])).is_err() {
        println!(
            "The advisories could not be fetched, so known vulnerabilities were not looked for."
        );
        return Ok(());
    }
    shell::run(deny().args(["check", "--disable-fetch", "advisories"]))
}

fn deny() -> std::process::Command {
    let mut command = shell::command("cargo");
    command.args(["deny", "--log-level", "error", "--locked"]);
    command
}

fn has_cargo_deny() -> bool {
    let mut command = shell::command("cargo");
    let asked = command.args(["deny", "--version"]);
    let status = asked.stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}
