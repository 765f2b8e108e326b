//! `cargo xtask build`: the one release binary with everything inside.
//! Law: the files for the browser are finished before the server is compiled, because it takes them in.

use crate::shell::{self, Stopwatch};
use crate::tools::say;
use crate::widget_build;
use anyhow::Result;
use std::path::PathBuf;

/// `cargo xtask build`.
pub fn run(_arguments: &[String]) -> Result<()> {
    let watch = Stopwatch::start();
    let binary = release(&["porchlight"])?;
    let size = std::fs::metadata(&binary)?.len();
    println!(
        "{} is ready: {:.1} MB with everything inside ({}).",
        binary.display(),
        size as f64 / 1e6,
        watch.spoken()
    );
    Ok(())
}

/// Builds these packages for release, the files for the browser first, and returns the server's binary.
pub fn release(packages: &[&str]) -> Result<PathBuf> {
    widget_build::build_all()?;
    say("Building the release binary (the first time takes some minutes).");
    let mut cargo = shell::command("cargo");
    cargo.args(["build", "--release", "--quiet"]);
    for package in packages {
        cargo.args(["--package", package]);
    }
    shell::run(&mut cargo)?;
    Ok(shell::target_dir().join("release").join("porchlight"))
}
