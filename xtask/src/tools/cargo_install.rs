//! Tools that cargo builds once: Trunk and wasm-bindgen.
//! Law: the folder's name carries the version, so a folder that is there is right, and two versions never mix.

use super::say;
use crate::shell::{self, Stopwatch};
use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;

/// A program on the package registry, at one version.
pub struct CargoTool {
    package: &'static str,
    program: &'static str,
    folder: &'static str,
    version: String,
    arguments: &'static [&'static str],
    why: &'static str,
}

impl CargoTool {
    /// The folder that holds the program.
    pub fn bin(&self) -> Result<PathBuf> {
        Ok(super::folder()?
            .join(format!("{}-{}", self.folder, self.version))
            .join("bin"))
    }

    /// Which version it is.
    pub fn version(&self) -> &str {
        &self.version
    }
}

/// Trunk. 0.22 wants a newer Rust than our oldest; the unoptimised build is quick to make and quick enough to use.
pub fn trunk() -> CargoTool {
    CargoTool {
        package: "trunk",
        program: "trunk",
        folder: "trunk",
        version: "0.21.14".to_owned(),
        arguments: &["--locked", "--no-default-features", "--features", "rustls"],
        why: "it turns the widget's Rust into files for the browser",
    }
}

/// wasm-bindgen, which refuses to work with a library of any other version than its own.
/// Its own lock file names a crate that is not served, so it is installed without.
pub fn wasm_bindgen() -> Result<CargoTool> {
    Ok(CargoTool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        folder: "wasm-bindgen",
        version: locked_version("wasm-bindgen")?,
        arguments: &[],
        why: "Cargo.lock has this version of its library",
    })
}

/// Builds the tool unless it is there.
pub fn ensure(tool: &CargoTool) -> Result<()> {
    let bin = tool.bin()?;
    if bin.join(tool.program).is_file() {
        return Ok(());
    }
    let named = format!("{}@{}", tool.package, tool.version);
    say(&format!(
        "Building {named} (about three minutes, once), because {}.",
        tool.why
    ));
    let watch = Stopwatch::start();
    let tools = super::folder()?;
    let root = bin.parent().expect("a bin folder lies in the tool's own");
    let build = tools.join(format!("build-{}", tool.folder));
    let mut install = shell::command("cargo");
    install
        .args(["install", "--debug", &named, "--root"])
        .arg(root)
        .args(tool.arguments);
    install
        .env("CARGO_TARGET_DIR", &build)
        .env_remove("RUSTC_BOOTSTRAP")
        .env_remove("CARGO_UNSTABLE_BUILD_STD");
    let log = tools.join("log").join(format!("{}.txt", tool.folder));
    shell::run_logged(&mut install, &log, None).with_context(|| {
        format!(
            "{named} is missing; by hand: cargo install --debug {named} {} --root {}",
            tool.arguments.join(" "),
            root.display()
        )
    })?;
    // A gigabyte that nobody needs again.
    fs::remove_dir_all(&build)?;
    say(&format!("{named} is there ({}).", watch.spoken()));
    Ok(())
}

/// The version of a crate in `Cargo.lock`.
fn locked_version(crate_name: &str) -> Result<String> {
    let path = shell::root().join("Cargo.lock");
    if !path.is_file() {
        shell::run(shell::command("cargo").arg("generate-lockfile"))?;
    }
    let text = fs::read_to_string(&path).context("Cargo.lock cannot be read")?;
    version_in_lock(&text, crate_name)
        .with_context(|| format!("Cargo.lock does not list {crate_name}"))
}

fn version_in_lock(text: &str, crate_name: &str) -> Option<String> {
    let wanted = format!("name = \"{crate_name}\"");
    let mut lines = text.lines().skip_while(|line| *line != wanted);
    lines.next()?;
    let version = lines
        .next()?
        .strip_prefix("version = \"")?
        .strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_decides_the_version_of_wasm_bindgen() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(
            version_in_lock(lock, "wasm-bindgen").as_deref(),
            Some("0.2.130")
        );
        assert_eq!(version_in_lock(lock, "leptos"), None);
    }
}
