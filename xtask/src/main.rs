//! The one door for developers: every task of the project is a command here.
//! Law: one file per command, and a command fetches just the tools it needs, so that nobody waits for more.
#![forbid(unsafe_code)]

/// The load generator and the page of figures it writes.
mod bench;
/// What a visitor may have to download, measured as served.
mod budgets;
/// The one release binary.
mod build;
/// The long forms of the experiments with faults.
mod chaos;
/// Format, lints and laws, and what is too long for every change.
mod ci;
/// The product, running with sample people.
mod demo;
/// Experiments with faults, longer than in the tests.
mod experiments;
/// Every component in every state, without a server.
mod gallery;
/// The pictures in the documents.
mod pictures;
/// What widget and server say to each other, as a page.
mod protocol;
/// Starting other programs.
mod shell;
/// What others wrote and we ship.
mod supply;
/// Every test, in order.
mod test;
/// The layer laws as text checks.
mod tidy;
/// What the other commands need on the machine.
mod tools;
/// From Rust to the files a browser downloads.
mod widget_build;

use std::process::ExitCode;

/// One command: its name, the sentence that explains it, and what it does with the remaining arguments.
type Command = (
    &'static str,
    &'static str,
    fn(&[String]) -> anyhow::Result<()>,
);

const COMMANDS: &[Command] = &[
    (
        "demo",
        "Builds everything and starts the product with a sample shop and sample people.",
        demo::run,
    ),
    (
        "test",
        "Runs every test; `rust`, `wasm`, `budgets` or `e2e` behind it runs that part only.",
        test::run,
    ),
    (
        "chaos",
        "Runs the long forms of the experiments with faults: kills, full disks, bad networks, races.",
        chaos::run,
    ),
    (
        "build",
        "Makes the one release binary with everything inside.",
        build::run,
    ),
    (
        "setup",
        "Finds or installs every tool the other commands need, and says which and why.",
        tools::run,
    ),
    (
        "widget",
        "Builds what browsers download into `widget/dist`.",
        widget_build::run,
    ),
    (
        "gallery",
        "Shows every component in its main states on a local page, without a server.",
        gallery::run,
    ),
    (
        "bench",
        "Measures everything that is promised against its yardsticks and writes `docs/performance.md`.",
        bench::run,
    ),
    (
        "budgets",
        "Measures what a visitor has to download, and fails when it is too much.",
        budgets::run,
    ),
    (
        "tidy",
        "Checks the laws of the layers and of the style that no compiler checks.",
        tidy::run,
    ),
    (
        "ci",
        "Checks format, lints and laws and runs the longer forms, as the machine that guards `main` does.",
        ci::run,
    ),
    (
        "protocol",
        "Writes `docs/protocol.md` from the samples of the wire.",
        protocol::run,
    ),
    (
        "pictures",
        "Takes every picture in the documents from the product itself.",
        pictures::run,
    ),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = arguments.split_first() else {
        print_commands();
        return ExitCode::SUCCESS;
    };
    let Some((_, _, command)) = COMMANDS.iter().find(|(known, ..)| known == name) else {
        if !matches!(name.as_str(), "help" | "--help" | "-h") {
            eprintln!("There is no command `{name}`.\n");
            print_commands();
            return ExitCode::FAILURE;
        }
        print_commands();
        return ExitCode::SUCCESS;
    };
    match command(rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\ncargo xtask {name}: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn print_commands() {
    println!("cargo xtask <command>\n");
    for (name, sentence, _) in COMMANDS {
        println!("  {name:<9} {sentence}");
    }
}
