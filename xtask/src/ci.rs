//! `cargo xtask ci`: format, laws, dependencies and lints.
//! Law: warnings are mistakes here, also in the widget, which is checked natively because its WASM build takes minutes.

use crate::{shell, supply, tidy};
use anyhow::Result;

/// `cargo xtask ci`.
pub fn run(_arguments: &[String]) -> Result<()> {
    println!("— Format");
    shell::run(shell::command("cargo").args(["fmt", "--all", "--check"]))?;
    println!("— Laws of the layers");
    tidy::run(&[])?;
    println!("— Dependencies");
    supply::check()?;
    println!("— Lints: server, shared, bench, xtask");
    let mut host = shell::command("cargo");
    host.args([
        "clippy",
        "--quiet",
        "--workspace",
        "--exclude",
        "porchlight-widget",
        "--all-targets",
    ]);
    // The server takes in the widget's files where they are built; its lints need none.
    shell::run(host.args(["--", "--deny", "warnings"]))?;
    println!("— Lints: widget");
    let mut widget = shell::command("cargo");
    widget.args([
        "clippy",
        "--quiet",
        "--package",
        "porchlight-widget",
        "--all-targets",
    ]);
    widget.env("CARGO_TARGET_DIR", shell::target_dir().join("widget-host"));
    shell::run(widget.args(["--", "--deny", "warnings"]))?;
    println!("Format, laws and lints are in order.");
    Ok(())
}
