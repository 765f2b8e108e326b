//! One program: Trunk makes WASM and glue, and the start-up script becomes a file.
//! Law: the page never starts anything itself; one hashed script does, so that no inline script is ever needed.

use super::{Program, hash, names, recreate};
use crate::shell;
use crate::tools::{
    cargo_install, node,
    wasm_target::{Compiler, TARGET},
};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The oldest browsers the scripts and styles are written for.
pub const BROWSERS: &str = "chrome111,firefox114,safari16.4";

/// Compiles a program; WASM and glue lie in `<stage>/trunk` afterwards.
pub fn compile(program: &Program, stage: &Path, compiler: Compiler) -> Result<()> {
    let root = shell::root();
    let output = stage.join("trunk");
    recreate(&output)?;
    let trunk = cargo_install::trunk();
    let bindgen = cargo_install::wasm_bindgen()?;
    fetch(compiler)?;
    let mut command = shell::command(trunk.bin()?.join("trunk"));
    command
        .args([
            "build",
            "--offline",
            "--skip-version-check",
            "--color=never",
            "--config",
        ])
        .arg(root.join("Trunk.toml"));
    command.arg("--dist").arg(&output);
    command.arg(
        root.join("widget")
            .join("pages")
            .join(format!("{}.html", program.name)),
    );
    command.env(
        "PATH",
        shell::path_with(&[bindgen.bin()?, node::shrinkers_bin()?])?,
    );
    command.env("TRUNK_TOOLS_WASM_BINDGEN", bindgen.version());
    command.env("CARGO_TARGET_DIR", shell::target_dir().join("wasm"));
    command.envs(compiler.environment());
    // Trunk reads the first too and wants `true` or `false`; with the second it hides the compiler's words.
    command.env_remove("NO_COLOR").env("RUST_BACKTRACE", "0");
    shell::run_logged(&mut command, &stage.join("trunk.txt"), None)
}

/// Fetches what `Cargo.lock` lists, because Trunk then works offline: left alone it would fetch tools of its own choice.
fn fetch(compiler: Compiler) -> Result<()> {
    let mut cargo = shell::command("cargo");
    cargo.args(["fetch", "--quiet", "--target", TARGET]);
    shell::run(cargo.envs(compiler.environment()))
}

/// Writes the WASM and the one script that starts it under hashed names, and returns both names.
pub fn bundle(program: &Program, stage: &Path, output: &Path) -> Result<(String, String)> {
    let trunk = stage.join("trunk");
    let wasm =
        fs::read(trunk.join(format!("{}_bg.wasm", program.name))).context("Trunk wrote no WASM")?;
    let glue = fs::read_to_string(trunk.join(format!("{}.js", program.name)))
        .context("Trunk wrote no glue")?;
    let (wasm, glue) = names::shorten(&wasm, &glue)?;
    // Beside Trunk's own, which stays as it is for the next time.
    fs::write(trunk.join("glue.js"), glue + GLUE_PARTS)?;
    let wasm_name = format!("{}-{}.wasm", program.name, hash(&wasm));
    fs::write(output.join(&wasm_name), wasm)?;
    let start = trunk.join("start.js");
    fs::write(&start, start_script(&wasm_name))?;
    let bundled = trunk.join("bundled.js");
    let mut esbuild = esbuild()?;
    esbuild.arg(&start).args([
        "--bundle",
        "--format=esm",
        "--minify",
        "--charset=utf8",
        "--legal-comments=none",
        "--log-level=warning",
    ]);
    esbuild
        .arg(format!("--target={BROWSERS}"))
        .arg(format!("--outfile={}", bundled.display()));
    shell::run(&mut esbuild)?;
    let script = fs::read(bundled)?;
    let script_name = format!("{}-{}.js", program.name, hash(&script));
    fs::write(output.join(&script_name), script)?;
    Ok((wasm_name, script_name))
}

/// The glue's own start copes with servers and browsers that we do not have; these two parts of it are enough.
const GLUE_PARTS: &str =
    "\nexport { __wbg_get_imports as imports, __wbg_finalize_init as finish };\n";

/// What Trunk writes inline, as a module of its own: fetch the WASM and hand it to the glue. Our server says what it is,
/// and every browser that we are written for compiles it while it comes.
fn start_script(wasm_name: &str) -> String {
    format!(
        "import {{ imports, finish }} from './glue.js';\n\
         WebAssembly.instantiateStreaming(fetch('/assets/{wasm_name}'), imports())\n\
         .then(({{ instance, module }}) => finish(instance, module));\n"
    )
}

/// The minifier.
pub fn esbuild() -> Result<Command> {
    Ok(shell::command(node::shrinkers_bin()?.join("esbuild")))
}
