//! A compiler for `wasm32-unknown-unknown`, with the standard library's source.
//! Law: the ordinary compiler first, with the source that rustup has; where rustup's server cannot be reached, Debian's
//! Rust; and only where neither is to be had, the standard library as it comes, which makes a larger download.
//!
//! A failed try is remembered for a day, so that the second command does not wait again.

use super::{apt, say};
use crate::shell;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The target's name for rustc.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// How long rustup may take before we turn to the system's compiler.
const PATIENCE: Duration = Duration::from_secs(45);

/// How long a failed try stays remembered.
const MEMORY: Duration = Duration::from_secs(24 * 60 * 60);

/// Leptos then compiles what a component returns once, and not anew into each place that shows it.
const ERASED: &str = "--cfg=erase_components";

/// A visitor needs no places of panics and no words of `Debug`: nobody would ever read them.
const QUIET: &str = "-Zlocation-detail=none -Zfmt-debug=none";

/// A panic then ends the program where it stands; it takes a standard library that is built along.
/// **Source**: measured with both and a standard library built for size, 118 KB became 106 KB (brotli).
const SILENT: &str = "-Zunstable-options -Cpanic=immediate-abort";

/// Which compiler builds WebAssembly here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Compiler {
    /// The one that builds everything else, building the standard library from rustup's source, for size.
    Usual,
    /// The operating system's, building the standard library from its source, for size.
    System,
    /// The one that builds everything else, with rustup's standard library, built for speed.
    Prebuilt,
}

impl Compiler {
    /// The variables that make cargo use it.
    pub fn environment(self) -> Vec<(&'static str, String)> {
        // Building the standard library and some flags are unstable; this lets a stable compiler do it.
        let mut variables = vec![("RUSTC_BOOTSTRAP", "1".to_owned())];
        if self == Self::System {
            let linker = system_linker().unwrap_or_default().display().to_string();
            variables.push(("RUSTUP_TOOLCHAIN", "/usr".to_owned()));
            variables.push(("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker));
        }
        let wanted = if self == Self::Prebuilt {
            QUIET.to_owned()
        } else {
            format!("{QUIET} {SILENT}")
        };
        let known = if knows(&wanted, &variables) {
            wanted
        } else {
            String::new()
        };
        variables.push((
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            format!("{ERASED} {known}"),
        ));
        if self != Self::Prebuilt {
            variables.push(("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort".to_owned()));
            variables.push((
                "CARGO_UNSTABLE_BUILD_STD_FEATURES",
                "optimize_for_size".to_owned(),
            ));
        }
        variables
    }

    /// What it calls itself, so that a new compiler means a new build.
    pub fn version(self) -> Result<String> {
        shell::capture(
            shell::command("rustc")
                .arg("--version")
                .envs(self.environment()),
        )
    }
}

/// Finds or installs a compiler for WebAssembly.
/// `PORCHLIGHT_WASM_COMPILER` chooses one outright: `usual`, `system` or `prebuilt`.
pub fn ensure() -> Result<Compiler> {
    match std::env::var("PORCHLIGHT_WASM_COMPILER")
        .unwrap_or_default()
        .as_str()
    {
        "usual" => return Ok(Compiler::Usual),
        "system" => return Ok(Compiler::System),
        "prebuilt" => return Ok(Compiler::Prebuilt),
        _ => {}
    }
    if has_source("rustc")
        || fetched_by_rustup(&["component", "add", "rust-src"], "source")? && has_source("rustc")
    {
        return Ok(Compiler::Usual);
    }
    if system_is_ready() {
        return Ok(Compiler::System);
    }
    let why =
        "it brings the source of Rust's standard library where rustup's server cannot be reached";
    let wanted =
        ["rustc-web", "cargo-web", "rust-web-src", "lld-19"].map(|name| apt::Package { name, why });
    let installed = apt::install(&wanted);
    if installed.is_ok() && system_is_ready() {
        return Ok(Compiler::System);
    }
    if has_target() || fetched_by_rustup(&["target", "add", TARGET], "target")? && has_target() {
        say(
            "Building the widget with the standard library as it comes: a visitor will download about a tenth more.",
        );
        return Ok(Compiler::Prebuilt);
    }
    let usual = format!(
        "there is no compiler for {TARGET}; the usual way is: rustup target add {TARGET} && rustup component add rust-src"
    );
    installed.context(usual.clone())?;
    bail!(usual)
}

/// Asks rustup, unless it failed lately. Whether it worked is for the caller to see.
fn fetched_by_rustup(arguments: &[&str], what: &str) -> Result<bool> {
    let failed = super::folder()?.join(format!("rustup-{what}-failed"));
    if shell::find_on_path("rustup").is_none() || failed_lately(&failed) {
        return Ok(false);
    }
    say(&format!(
        "Running `rustup {}`, because the widget runs as WebAssembly.",
        arguments.join(" ")
    ));
    let log = super::folder()?.join("log").join("rustup.txt");
    if shell::run_logged(
        shell::command("rustup").args(arguments),
        &log,
        Some(PATIENCE),
    )
    .is_ok()
    {
        return Ok(true);
    }
    say("rustup could not; looking for another way, for a day at least.");
    fs::write(
        &failed,
        "rustup could not fetch this; it is tried again a day after this file was written\n",
    )?;
    Ok(false)
}

/// Whether a try failed less than a day ago, by the file that remembers it.
fn failed_lately(memory: &Path) -> bool {
    let written = fs::metadata(memory).and_then(|file| file.modified()).ok();
    written
        .and_then(|written| written.elapsed().ok())
        .is_some_and(|age| age < MEMORY)
}

/// Whether this compiler has the source of its standard library beside it.
fn has_source(rustc: &str) -> bool {
    let sysroot = shell::capture(shell::command(rustc).args(["--print", "sysroot"]));
    sysroot.is_ok_and(|sysroot| {
        Path::new(&sysroot)
            .join("lib/rustlib/src/rust/library/std/Cargo.toml")
            .is_file()
    })
}

/// Whether the usual compiler has its standard library for the target.
fn has_target() -> bool {
    let folder = shell::capture(shell::command("rustc").args([
        "--print",
        "target-libdir",
        "--target",
        TARGET,
    ]));
    folder.is_ok_and(|folder| Path::new(&folder).is_dir())
}

/// Whether the compiler chosen by these variables knows these unstable flags; they may change with any version.
fn knows(flags: &str, variables: &[(&'static str, String)]) -> bool {
    let mut rustc = shell::command("rustc");
    rustc
        .envs(variables.iter().cloned())
        .args(["--print", "cfg", "--target", TARGET])
        .args(flags.split(' '));
    shell::capture(&mut rustc).is_ok()
}

fn system_is_ready() -> bool {
    let is_there = ["/usr/bin/rustc", "/usr/bin/cargo"]
        .iter()
        .all(|program| Path::new(program).is_file());
    is_there && has_source("/usr/bin/rustc") && system_linker().is_some()
}

/// The newest linker for WebAssembly that the system has.
fn system_linker() -> Option<PathBuf> {
    let numbered = (17..=30)
        .rev()
        .find_map(|version| shell::find_on_path(&format!("wasm-ld-{version}")));
    numbered.or_else(|| shell::find_on_path("wasm-ld"))
}
