//! A compiler with a standard library for `wasm32-unknown-unknown`.
//! Law: the ordinary way first (rustup's target); where its server cannot be reached, Debian's Rust with the library's source.
//!
//! A failed try is remembered for a day, so that the second command does not wait again.

use super::{apt, say};
use crate::shell;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// The target's name for rustc.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// What a visitor need not download: the places and the words of panics that nobody ever reads. A panic still ends the
/// program at once. Seen: 8 KB of 100 KB (brotli). It takes a standard library that is built along.
const SMALL: &str =
    "-Zlocation-detail=none -Zfmt-debug=none -Zunstable-options -Cpanic=immediate-abort";

/// How long rustup may take before we turn to the system's compiler.
const PATIENCE: Duration = Duration::from_secs(45);

/// How long a failed try stays remembered.
const MEMORY: Duration = Duration::from_secs(24 * 60 * 60);

/// Which compiler builds WebAssembly here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Compiler {
    /// The one that builds everything else; its standard library for the target is installed.
    Usual,
    /// The operating system's, building the standard library from its source.
    System,
}

/// Compiler flags for WebAssembly alone.
const FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// A visitor's download needs no places of panics and no `Debug` words: nobody reads them, and they weigh
/// (`docs/performance.md`, P2). Where the standard library is built too, a panic is an abort and nothing else.
const QUIET: &str = "-Zlocation-detail=none -Zfmt-debug=none";

impl Compiler {
    /// The variables that make cargo use it.
    pub fn environment(self) -> Vec<(&'static str, String)> {
        let linker = || {
            system_linker().map_or_else(
                || "wasm-ld".to_owned(),
                |linker| linker.display().to_string(),
            )
        };
        match self {
            Self::Usual => vec![
                // Unstable options of a stable compiler.
                ("RUSTC_BOOTSTRAP", "1".to_owned()),
                (FLAGS, QUIET.to_owned()),
            ],
            Self::System => vec![
                ("RUSTUP_TOOLCHAIN", "/usr".to_owned()),
                // Building the standard library is an unstable feature of cargo; this lets a stable one do it.
                ("RUSTC_BOOTSTRAP", "1".to_owned()),
                ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort".to_owned()),
                (
                    "CARGO_UNSTABLE_BUILD_STD_FEATURES",
                    "optimize_for_size".to_owned(),
                ),
                ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker()),
                (
                    FLAGS,
                    format!("{QUIET} -Zunstable-options -Cpanic=immediate-abort"),
                ),
                (
                    "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
                    SMALL.to_owned(),
                ),
            ],
        }
    }

    /// What it calls itself, so that a new compiler means a new build.
    pub fn version(self) -> Result<String> {
        let mut rustc = shell::command("rustc");
        shell::capture(rustc.arg("--version").envs(self.environment()))
    }
}

/// Finds or installs a compiler for WebAssembly. `PORCHLIGHT_WASM_COMPILER=system` chooses the second way outright.
pub fn ensure() -> Result<Compiler> {
    let chosen = std::env::var("PORCHLIGHT_WASM_COMPILER").unwrap_or_default();
    if chosen != "system" && (usual_has_target() || add_target()?) {
        return Ok(Compiler::Usual);
    }
    if !system_is_ready() {
        let why = "it can build WebAssembly where rustup's server cannot be reached";
        let wanted = ["rustc-web", "cargo-web", "rust-web-src", "lld-19"]
            .map(|name| apt::Package { name, why });
        apt::install(&wanted).with_context(|| {
            format!("{TARGET} is missing; the usual way is: rustup target add {TARGET}")
        })?;
        if !system_is_ready() {
            bail!(
                "{TARGET} is missing, and the operating system's Rust cannot build it; try: rustup target add {TARGET}"
            );
        }
    }
    Ok(Compiler::System)
}

fn usual_has_target() -> bool {
    let mut rustc = shell::command("rustc");
    let folder = shell::capture(rustc.args(["--print", "target-libdir", "--target", TARGET]));
    folder.is_ok_and(|folder| Path::new(&folder).is_dir())
}

fn add_target() -> Result<bool> {
    let failed = super::folder()?.join("rustup-target-failed");
    if shell::find_on_path("rustup").is_none() || failed_lately(&failed) {
        return Ok(false);
    }
    say(&format!(
        "Adding {TARGET} with rustup, because the widget runs as WebAssembly."
    ));
    let log = super::folder()?.join("log").join("rustup.txt");
    let mut rustup = shell::command("rustup");
    if shell::run_logged(rustup.args(["target", "add", TARGET]), &log, Some(PATIENCE)).is_ok()
        && usual_has_target()
    {
        return Ok(true);
    }
    say("rustup could not; using the operating system's Rust instead, for a day at least.");
    fs::write(
        &failed,
        "rustup could not add the target; this is tried again a day after this file was written\n",
    )?;
    Ok(false)
}

/// Whether a try failed less than a day ago, by the file that remembers it.
fn failed_lately(memory: &Path) -> bool {
    let age = fs::metadata(memory)
        .and_then(|file| file.modified())
        .ok()
        .and_then(|written| written.elapsed().ok());
    age.is_some_and(|age| age < MEMORY)
}

fn system_is_ready() -> bool {
    let mut rustc = Command::new("/usr/bin/rustc");
    let Ok(sysroot) = shell::capture(rustc.args(["--print", "sysroot"])) else {
        return false;
    };
    let source = Path::new(&sysroot).join("lib/rustlib/src/rust/library/std/Cargo.toml");
    source.is_file() && Path::new("/usr/bin/cargo").is_file() && system_linker().is_some()
}

/// The newest linker for WebAssembly that the system has.
fn system_linker() -> Option<PathBuf> {
    (17..=30)
        .rev()
        .find_map(|version| shell::find_on_path(&format!("wasm-ld-{version}")))
        .or_else(|| shell::find_on_path("wasm-ld"))
}
