//! What the commands need on the machine: found, or installed and said why.
//! Law: the second time nothing is fetched, and a thing that cannot be installed is named with the command that would.
//!
//! Our own tools live in a cached folder outside the tree (`$PORCHLIGHT_TOOLS`, else `$XDG_CACHE_HOME/porchlight`,
//! else `~/.cache/porchlight`), so that a second clone on the same machine does not build them again.

/// Packages of the operating system.
pub mod apt;
/// Trunk and wasm-bindgen, built by cargo.
pub mod cargo_install;
/// Node, and what npm brings.
pub mod node;
/// Where PostgreSQL's programs are.
pub mod postgres;
/// A compiler that knows WebAssembly.
pub mod wasm_target;

use crate::shell::Stopwatch;
use anyhow::{Context, Result};
use std::path::PathBuf;

/// Something a command needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tool {
    /// A Rust compiler for `wasm32-unknown-unknown`, with the standard library's source.
    WasmTarget,
    /// Turns a Rust program and a page into files for the browser.
    Trunk,
    /// Writes the JavaScript that stands between the browser and the WASM.
    WasmBindgen,
    /// `wasm-opt` and `esbuild`, which make the files small.
    Shrinkers,
    /// The browser the stories run in.
    Chromium,
    /// The second database engine the stories run on.
    Postgres,
    /// Shows that an answer waits for the disk.
    Strace,
    /// Playwright and what else `e2e/package.json` lists.
    StoryPackages,
}

/// What building the files for browsers needs.
pub const FOR_THE_WIDGET: &[Tool] = &[
    Tool::WasmTarget,
    Tool::Trunk,
    Tool::WasmBindgen,
    Tool::Shrinkers,
];

/// What the Rust tests need besides Rust.
pub const FOR_RUST_TESTS: &[Tool] = &[Tool::Postgres, Tool::Strace];

/// What the stories in the browser need.
pub const FOR_STORIES: &[Tool] = &[Tool::Chromium, Tool::StoryPackages];

/// `cargo xtask setup`: everything at once.
pub fn run(_arguments: &[String]) -> Result<()> {
    let watch = Stopwatch::start();
    ensure(&[FOR_THE_WIDGET, FOR_RUST_TESTS, FOR_STORIES].concat())?;
    println!(
        "Everything is there: `cargo xtask demo` and `cargo xtask test` can run ({}).",
        watch.spoken()
    );
    Ok(())
}

/// Finds or installs these tools; silent about those that are there.
pub fn ensure(tools: &[Tool]) -> Result<()> {
    let packages: Vec<apt::Package> = tools
        .iter()
        .flat_map(|tool| missing_packages(*tool))
        .copied()
        .collect();
    apt::install(&packages)?;
    for tool in tools {
        match tool {
            Tool::WasmTarget => drop(wasm_target::ensure()?),
            Tool::Trunk => cargo_install::ensure(&cargo_install::trunk())?,
            Tool::WasmBindgen => cargo_install::ensure(&cargo_install::wasm_bindgen()?)?,
            Tool::Shrinkers => node::ensure_shrinkers()?,
            Tool::StoryPackages => node::ensure_story_packages()?,
            Tool::Chromium | Tool::Postgres | Tool::Strace => {}
        }
    }
    Ok(())
}

/// The folder of our own tools.
pub fn folder() -> Result<PathBuf> {
    if let Some(own) = std::env::var_os("PORCHLIGHT_TOOLS") {
        return Ok(crate::shell::root().join(own));
    }
    if let Some(cache) = std::env::var_os("XDG_CACHE_HOME").filter(|cache| !cache.is_empty()) {
        return Ok(PathBuf::from(cache).join("porchlight"));
    }
    let home = std::env::var_os("HOME")
        .context("neither PORCHLIGHT_TOOLS nor HOME says where tools may be kept")?;
    Ok(PathBuf::from(home).join(".cache").join("porchlight"))
}

/// Says one line about what is being done and why.
pub fn say(line: &str) {
    println!("· {line}");
}

fn missing_packages(tool: Tool) -> &'static [apt::Package] {
    const CHROMIUM: &[apt::Package] = &[
        apt::Package {
            name: "chromium",
            why: "the stories run in a real browser",
        },
        apt::Package {
            name: "fonts-liberation",
            why: "the browser needs letters to draw",
        },
    ];
    const POSTGRES: &[apt::Package] = &[apt::Package {
        name: "postgresql",
        why: "every store test runs on both database engines",
    }];
    const STRACE: &[apt::Package] = &[apt::Package {
        name: "strace",
        why: "a test watches that an answer waits for the disk",
    }];
    match tool {
        Tool::Chromium if chromium().is_none() => CHROMIUM,
        Tool::Postgres if postgres::programs().is_none() => POSTGRES,
        Tool::Strace if crate::shell::find_on_path("strace").is_none() => STRACE,
        _ => &[],
    }
}

/// The browser the stories run in: `$CHROMIUM`, else the system's.
pub fn chromium() -> Option<PathBuf> {
    let chosen = std::env::var_os("CHROMIUM")
        .map(PathBuf::from)
        .filter(|file| file.is_file());
    chosen
        .or_else(|| crate::shell::find_on_path("chromium"))
        .or_else(|| crate::shell::find_on_path("chromium-browser"))
}
