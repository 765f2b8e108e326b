//! The binary: hands what was typed to the command line's module, and nothing else.
#![forbid(unsafe_code)]

fn main() -> std::process::ExitCode {
    porchlight::cli::run()
}
