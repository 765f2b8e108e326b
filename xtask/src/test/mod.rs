//! `cargo xtask test`: every test, in the order in which a mistake is found soonest for the least waiting.
//! Law: the first step that fails ends the run, its name is the last line, and the exit code says the same.

/// A database server that lives as long as the tests.
pub mod postgres;

use crate::shell::{self, Stopwatch};
use crate::{budgets, tools, widget_build};
use anyhow::{Context, Result, bail};
use postgres::TemporaryPostgres;

/// One part of the tests: what a person calls it, what it proves, what it does.
type Part = (&'static str, &'static str, fn() -> Result<()>);

const PARTS: &[Part] = &[
    (
        "wasm",
        "The widget, built for the browser",
        widget_build::build_all,
    ),
    (
        "rust",
        "Server, wire types and tools, on SQLite and PostgreSQL",
        test_rust,
    ),
    ("rust", "The widget's models, natively", test_widget),
    ("budgets", "What a visitor downloads", budgets::check),
    (
        "e2e",
        "The stories, in a browser across two sites",
        test_stories,
    ),
];

/// `cargo xtask test [wasm|rust|budgets|e2e]`.
pub fn run(arguments: &[String]) -> Result<()> {
    let chosen: Vec<&Part> = match arguments {
        [] => PARTS.iter().collect(),
        [name] => PARTS.iter().filter(|(part, ..)| part == name).collect(),
        _ => bail!("one part at a time"),
    };
    if chosen.is_empty() {
        bail!("there is no part of that name; the parts are wasm, rust, budgets and e2e");
    }
    let whole = Stopwatch::start();
    for (number, (_, heading, part)) in chosen.iter().enumerate() {
        println!("\n— {} of {}: {heading}", number + 1, chosen.len());
        let watch = Stopwatch::start();
        part().with_context(|| {
            format!(
                "FAILED after {} in \u{201c}{heading}\u{201d}",
                whole.spoken()
            )
        })?;
        println!("— done: {heading} ({})", watch.spoken());
    }
    let what = if arguments.is_empty() {
        "All tests passed"
    } else {
        "These tests passed"
    };
    let headings: Vec<&str> = chosen.iter().map(|(_, heading, _)| *heading).collect();
    println!("\n{what} in {}: {}.", whole.spoken(), headings.join("; "));
    Ok(())
}

fn test_rust() -> Result<()> {
    tools::ensure(tools::FOR_RUST_TESTS)?;
    // The server's tests ask for the widget's pages, so those must be there before it is compiled.
    widget_build::build_all()?;
    let postgres = TemporaryPostgres::start()?;
    shell::run(host_tests().env("PORCHLIGHT_TEST_POSTGRES", postgres.url()))
}

/// All Rust tests but the widget's, by the quicker runner where it is installed.
fn host_tests() -> std::process::Command {
    let mut cargo = shell::command("cargo");
    if shell::find_on_path("cargo-nextest").is_some() {
        cargo.args([
            "nextest",
            "run",
            "--cargo-quiet",
            "--status-level",
            "slow",
            "--no-fail-fast",
        ]);
    } else {
        cargo.args(["test", "--quiet", "--no-fail-fast"]);
    }
    cargo.args(["--workspace", "--exclude", "porchlight-widget"]);
    cargo
}

fn test_widget() -> Result<()> {
    let mut cargo = shell::command("cargo");
    cargo.args(["test", "--quiet", "--package", "porchlight-widget"]);
    // The admin page has models of its own.
    cargo.args(["--features", "admin,gallery"]);
    // Optimising Leptos would take minutes and gain nothing: the models are small and run in milliseconds.
    cargo.args(["--config", "profile.dev.package.\"*\".opt-level=0"]);
    // A folder of its own, because the widget asks the same libraries for other features than the server does.
    shell::run(cargo.env("CARGO_TARGET_DIR", shell::target_dir().join("widget-host")))
}

fn test_stories() -> Result<()> {
    tools::ensure(tools::FOR_STORIES)?;
    let binary = server_for_tests()?;
    let browser = tools::chromium()
        .context("there is no Chromium; on Debian or Ubuntu: sudo apt-get install -y chromium")?;
    let mut playwright = shell::command("npx");
    playwright
        .current_dir(shell::root().join("e2e"))
        .args(["--no-install", "playwright", "test"]);
    shell::run(
        playwright
            .env("CHROMIUM", browser)
            .env("PORCHLIGHT_BIN", binary),
    )
}

/// The server as the tests run it, with the widget's present files inside.
pub fn server_for_tests() -> Result<std::path::PathBuf> {
    widget_build::build_all()?;
    let mut cargo = shell::command("cargo");
    // The same choice of packages as in the tests, and one test among them: without any, cargo leaves out what only tests
    // ask of tokio, and compiles that and everything above it, the server included, a second time.
    cargo.args([
        "build",
        "--quiet",
        "--workspace",
        "--exclude",
        "porchlight-widget",
        "--bin",
        "porchlight",
        "--test",
        "guards",
    ]);
    shell::run(&mut cargo)?;
    Ok(shell::target_dir().join("debug").join("porchlight"))
}
