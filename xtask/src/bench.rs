//! `cargo xtask bench`: the figures of `docs/performance.md`, measured on the release build.
//! Law: this only starts things; what is measured and how is the load generator's business.

use crate::{build, shell};
use anyhow::Result;

/// `cargo xtask bench`; everything behind it goes to the load generator.
pub fn run(arguments: &[String]) -> Result<()> {
    let server = build::release(&["porchlight", "porchlight-bench"])?;
    let generator = shell::target_dir().join("release").join("porchlight-bench");
    shell::run(
        shell::command(generator)
            .arg("--server")
            .arg(server)
            .args(arguments.iter().filter(|word| *word != "--")),
    )
}
