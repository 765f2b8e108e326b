//! Node, and what npm brings: the shrinkers for the widget, Playwright for the stories.
//! Law: versions are pinned here or in a lock file; npm is asked only when something is missing or the lock is newer.

use super::say;
use crate::shell;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// `wasm-opt` and the JavaScript and CSS minifier.
const SHRINKERS: [&str; 2] = ["binaryen@132.0.0", "esbuild@0.28.2"];

/// The folder that holds `wasm-opt` and `esbuild`.
pub fn shrinkers_bin() -> Result<PathBuf> {
    Ok(shrinkers_folder()?.join("node_modules").join(".bin"))
}

/// What the shrinkers are, so that a new version means a new build.
pub fn shrinkers_version() -> String {
    SHRINKERS.join(" ")
}

/// Installs the shrinkers unless they are there.
pub fn ensure_shrinkers() -> Result<()> {
    let folder = shrinkers_folder()?;
    let bin = shrinkers_bin()?;
    let stamp = folder.join("versions.txt");
    if fs::read_to_string(&stamp).is_ok_and(|text| text == shrinkers_version())
        && bin.join("esbuild").exists()
    {
        return Ok(());
    }
    require_node()?;
    say(&format!(
        "Fetching {} with npm, because visitors should download little.",
        SHRINKERS.join(" and ")
    ));
    fs::create_dir_all(&folder)?;
    // A package file of its own keeps npm from looking for one in the folders above.
    fs::write(
        folder.join("package.json"),
        "{\"name\":\"porchlight-shrinkers\",\"private\":true}\n",
    )?;
    let mut npm = shell::command("npm");
    npm.current_dir(&folder)
        .args(["install", "--no-audit", "--no-fund", "--save-exact"])
        .args(SHRINKERS);
    shell::run_logged(
        &mut npm,
        &super::folder()?.join("log").join("npm.txt"),
        None,
    )
    .with_context(|| {
        format!(
            "by hand: npm install --prefix {} {}",
            folder.display(),
            SHRINKERS.join(" ")
        )
    })?;
    fs::write(stamp, shrinkers_version())?;
    Ok(())
}

/// Installs what `e2e/package-lock.json` lists, unless it has been since the list changed.
pub fn ensure_story_packages() -> Result<()> {
    let folder = shell::root().join("e2e");
    let lock = folder.join("package-lock.json");
    // npm writes this file last, so its time says when the folder became complete.
    let installed = folder.join("node_modules").join(".package-lock.json");
    if modified(&installed)
        .zip(modified(&lock))
        .is_some_and(|(installed, lock)| installed >= lock)
    {
        return Ok(());
    }
    require_node()?;
    say("Fetching Playwright with npm, because the stories are told in a browser.");
    let mut npm = shell::command("npm");
    // The browser is the system's; Playwright's own need not be fetched.
    npm.current_dir(&folder)
        .args(["ci", "--no-audit", "--no-fund"])
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    shell::run_logged(
        &mut npm,
        &super::folder()?.join("log").join("npm-e2e.txt"),
        None,
    )
    .context("by hand: cd e2e && npm ci")
}

fn shrinkers_folder() -> Result<PathBuf> {
    Ok(super::folder()?.join("npm"))
}

fn modified(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|file| file.modified()).ok()
}

fn require_node() -> Result<()> {
    if shell::find_on_path("node").is_none() || shell::find_on_path("npm").is_none() {
        bail!(
            "Node is missing (version 20 or later, with npm); on Debian or Ubuntu the command is: sudo apt-get install -y nodejs npm"
        );
    }
    Ok(())
}
