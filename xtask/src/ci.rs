//! `cargo xtask ci`: format, laws, dependencies, lints, and the experiments that are too long for every change.
//! Law: warnings are mistakes here, also in the widget, which is checked natively because its WASM build takes minutes.

use crate::experiments::{self, Experiment};
use crate::{shell, supply, tidy};
use anyhow::Result;

/// What `cargo xtask test` runs in a smaller form.
const LONGER: &[Experiment] = &[
    Experiment {
        heading: "Resuming, 2,000 stories of 50 steps on each engine",
        file: "scenarios",
        words: &["resume::"],
        longer: &[("PORCHLIGHT_TEST_CASES", "2000")],
        at_once: 2,
    },
    Experiment {
        heading: "Bytes that nobody would send, a minute for each reader of them",
        file: "fuzz",
        words: &[],
        longer: &[("PORCHLIGHT_TEST_FUZZ_SECONDS", "60")],
        at_once: 4,
    },
];

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
    println!("— Lints: what people chat with");
    lint_widget(&[])?;
    println!("— Lints: the admin page and the gallery");
    lint_widget(&["--features", "admin,gallery"])?;
    println!("— The longer forms");
    experiments::run(LONGER, &[])?;
    println!("Format, laws and lints are in order, and the longer forms held.");
    Ok(())
}

/// The widget as its programs are built: the admin page and the gallery have features of their own.
fn lint_widget(features: &[&str]) -> Result<()> {
    let mut widget = shell::command("cargo");
    widget.args([
        "clippy",
        "--quiet",
        "--package",
        "porchlight-widget",
        "--all-targets",
    ]);
    widget.env("CARGO_TARGET_DIR", shell::target_dir().join("widget-host"));
    shell::run(widget.args(features).args(["--", "--deny", "warnings"]))
}
