//! From Rust to the files a browser downloads: WASM, one script, one style sheet and one page per program.
//! Laws: names carry a hash of their content, no page holds inline script or style (our content security policy
//! forbids both), and nothing is built again while its inputs are the same.

/// The loader.
mod loader;
/// Short names between the WASM and its glue.
mod names;
/// The page a program starts from.
mod page;
/// Trunk, and the script around the WASM.
mod program;
/// Small copies and fingerprints.
mod squeeze;
/// One sheet out of many.
mod styles;

use crate::shell::{self, Stopwatch};
use crate::tools::{self, say};
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// One program of the widget crate.
pub struct Program {
    /// Its name: `src/bin/<name>.rs`, `pages/<name>.html`, `dist/<name>/`.
    pub name: &'static str,
    /// Folders of `widget/src`, and single components, whose styles it does not need.
    styles_without: &'static [&'static str],
}

/// Everything that runs in a browser. A guest downloads `widget` only, so that one must not carry the others' styles.
pub const PROGRAMS: &[Program] = &[
    Program {
        name: "widget",
        styles_without: &[
            "account",
            "conversion",
            "desk",
            "inbox",
            "group",
            "settings",
            "gallery",
            "admin",
            "conversation/conversation_list",
            "conversation/thread_about",
            "safety/closed",
            "shell/lists",
            "shell/tabs",
            "ui/badge",
            "ui/face_mark",
        ],
    },
    Program {
        name: "agent",
        styles_without: &["settings", "gallery", "admin"],
    },
    Program {
        name: "admin",
        styles_without: &["gallery"],
    },
    Program {
        name: "gallery",
        styles_without: &["admin"],
    },
];

/// `cargo xtask widget`: all programs, or those named.
pub fn run(arguments: &[String]) -> Result<()> {
    if arguments.is_empty() {
        return build_all();
    }
    let chosen: Vec<&Program> = PROGRAMS
        .iter()
        .filter(|program| arguments.iter().any(|name| name == program.name))
        .collect();
    anyhow::ensure!(
        chosen.len() == arguments.len(),
        "the programs are: {}",
        PROGRAMS
            .iter()
            .map(|program| program.name)
            .collect::<Vec<_>>()
            .join(", ")
    );
    build(&chosen)
}

/// Builds every program and the loader, as far as they changed.
pub fn build_all() -> Result<()> {
    build(&PROGRAMS.iter().collect::<Vec<_>>())
}

/// Where the finished files of a program lie.
pub fn dist(name: &str) -> PathBuf {
    shell::root().join("widget").join("dist").join(name)
}

/// Builds these programs and the loader, as far as they changed.
pub fn build(programs: &[&Program]) -> Result<()> {
    tools::ensure(tools::FOR_THE_WIDGET)?;
    let _held = one_at_a_time()?;
    let compiler = tools::wasm_target::ensure()?;
    let makers = [
        compiler.version()?,
        format!("{:?}", compiler.environment()),
        tools::node::shrinkers_version(),
    ];
    let code = squeeze::fingerprint(&makers, &INPUTS, decides_the_code)?;
    let looks = squeeze::fingerprint(std::slice::from_ref(&code), &INPUTS, |_| true)?;
    loader::build(&looks)?;
    for program in programs {
        build_if_changed(program, compiler, &code, &looks)?;
    }
    Ok(())
}

/// Where everything lies that decides the result.
const INPUTS: [&str; 6] = [
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "shared",
    "widget",
    "xtask/src/widget_build",
];

/// Whether a file decides the WASM; styles, the loader and the native tests do not. Paths start at the project.
fn decides_the_code(file: &Path) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str());
    let is_apart = ["widget/loader", "widget/tests", "shared/tests"]
        .iter()
        .any(|folder| file.starts_with(folder));
    matches!(extension, Some("rs" | "toml" | "lock" | "html" | "json")) && !is_apart
}

fn build_if_changed(
    program: &Program,
    compiler: tools::wasm_target::Compiler,
    code: &str,
    looks: &str,
) -> Result<()> {
    let stage = stage_dir().join(program.name);
    let finished = dist(program.name);
    if is_stamped(&stage, "looks", looks) && finished.join("index.html").is_file() {
        return Ok(());
    }
    let watch = Stopwatch::start();
    if !is_stamped(&stage, "code", code) {
        say(&format!(
            "Building the {} program for the browser.",
            program.name
        ));
        program::compile(program, &stage, compiler)?;
        stamp(&stage, "code", code)?;
    }
    let fresh = stage.join("finished");
    recreate(&fresh)?;
    page::assemble(program, &stage, &fresh)?;
    squeeze::compress_beside(&fresh)?;
    replace(&finished, &fresh)?;
    stamp(&stage, "looks", looks)?;
    say(&format!(
        "{} is in widget/dist/{} ({}).",
        program.name,
        program.name,
        watch.spoken()
    ));
    Ok(())
}

/// Two builds at once would take away each other's half-finished files; the lock ends with its process.
fn one_at_a_time() -> Result<fs::File> {
    fs::create_dir_all(stage_dir())?;
    let lock = fs::File::create(stage_dir().join("lock"))?;
    if lock.try_lock().is_err() {
        say("Waiting for another build of the widget to end.");
        lock.lock()?;
    }
    Ok(lock)
}

fn stage_dir() -> PathBuf {
    shell::target_dir().join("widget-stage")
}

fn is_stamped(stage: &Path, what: &str, value: &str) -> bool {
    fs::read_to_string(stage.join(format!("{what}.stamp"))).is_ok_and(|text| text == value)
}

fn stamp(stage: &Path, what: &str, value: &str) -> Result<()> {
    fs::write(stage.join(format!("{what}.stamp")), value)
        .context("the build's stamp could not be written")
}

fn recreate(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    Ok(())
}

/// Puts a finished folder in the place of an older one.
fn replace(old: &Path, fresh: &Path) -> Result<()> {
    if old.exists() {
        fs::remove_dir_all(old)?;
    }
    fs::create_dir_all(old)?;
    for entry in fs::read_dir(fresh)? {
        let entry = entry?;
        // Copied, because the folder of built things may lie on another disk.
        fs::copy(entry.path(), old.join(entry.file_name()))?;
    }
    Ok(())
}

/// Eight bytes of a SHA-256, as they stand in file names and stamps.
fn hash(content: &[u8]) -> String {
    Sha256::digest(content)
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
