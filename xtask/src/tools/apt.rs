//! Packages of a Debian-like system.
//! Law: only what is missing, all in one go, and only as administrator; otherwise the person is told the exact command.

use super::say;
use crate::shell;
use anyhow::{Context, Result, bail};
use std::process::Command;
use std::sync::OnceLock;

/// A package and the reason it is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Package {
    /// Its name for `apt-get`.
    pub name: &'static str,
    /// Half a sentence that completes "because".
    pub why: &'static str,
}

/// Installs these packages, or says how a person could.
pub fn install(packages: &[Package]) -> Result<()> {
    if packages.is_empty() {
        return Ok(());
    }
    for package in packages {
        say(&format!(
            "Installing {} with apt-get, because {}.",
            package.name, package.why
        ));
    }
    let names: Vec<&str> = packages.iter().map(|package| package.name).collect();
    let Some(mut update) = as_administrator() else {
        let command = format!(
            "apt-get install -y --no-install-recommends {}",
            names.join(" ")
        );
        let what = if shell::find_on_path("apt-get").is_some() {
            "This needs the administrator"
        } else {
            "There is no apt-get here"
        };
        bail!(
            "{} missing. {what}; on Debian or Ubuntu the command is: sudo {command}",
            names.join(", ")
        );
    };
    let log = super::folder()?.join("log");
    refresh_lists(update.args(["update", "-q"]), &log)?;
    let mut install = as_administrator().context("the administrator's rights went away")?;
    install
        .args(["install", "-y", "-q", "--no-install-recommends"])
        .args(&names);
    shell::run_logged(&mut install, &log.join("apt-install.txt"), None).with_context(|| {
        format!(
            "try: sudo apt-get install -y --no-install-recommends {}",
            names.join(" ")
        )
    })
}

/// Fetches the package lists, once in a run; old lists may still do, so a failure is only said.
fn refresh_lists(update: &mut Command, log: &std::path::Path) -> Result<()> {
    static DONE: OnceLock<()> = OnceLock::new();
    if DONE.set(()).is_ok() && shell::run_logged(update, &log.join("apt-update.txt"), None).is_err()
    {
        say("apt-get could not fetch all package lists; trying with the old ones.");
    }
    Ok(())
}

/// `apt-get` with the rights to install, if we have or can take them without a password.
fn as_administrator() -> Option<Command> {
    let apt = shell::find_on_path("apt-get")?;
    if shell::is_root() {
        let mut command = shell::command(apt);
        command.env("DEBIAN_FRONTEND", "noninteractive");
        return Some(command);
    }
    let sudo = shell::find_on_path("sudo")?;
    shell::capture(shell::command(&sudo).args(["-n", "true"])).ok()?;
    let mut command = shell::command(sudo);
    command
        .args(["-n", "env", "DEBIAN_FRONTEND=noninteractive"])
        .arg(apt);
    Some(command)
}
