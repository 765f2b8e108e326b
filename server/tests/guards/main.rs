//! What the true binary may not lose silently: the memory of an idle connection.
//!
//! The law: counts and slopes, never times, so that a busy machine changes nothing. The other guards stand beside what
//! they guard: the statements of a batch in `server/src/database/writer/tests/guards.rs`, what a long history costs in
//! `server/src/database/work.rs`. Each has been seen red.

use anyhow::Result;
use porchlight_bench::delivery::Crowd;
use porchlight_bench::program::Program;
use porchlight_bench::{footprint, people, process};
use std::path::Path;

/// More than this, and the kernel's pages outweigh what is counted.
const SOCKETS: usize = 300;
/// **Source**: P4, first. A debug build took 12 KiB, and 140 KiB with the library's own read buffer of 128 KiB.
const MOST_BYTES: u64 = 24 * 1024;

#[tokio::test]
async fn an_idle_connection_costs_no_more_than_its_few_buffers() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let binary = Path::new(env!("CARGO_BIN_EXE_porchlight"));
    let program = Program::new(binary, folder.path(), None)?;
    people::set_up(&program, 1)?;
    let server = program.start().await?;
    let crowd = Crowd::gather(&program, 1, SOCKETS / 20 + 1).await?;
    drop(server);
    let idle = footprint::idle(&program, &crowd, SOCKETS, process::open_many_files()?).await?;
    println!("{} bytes for each of {SOCKETS}", idle.bytes_per_socket);
    assert!(
        idle.bytes_per_socket <= MOST_BYTES,
        "each idle connection costs {} bytes",
        idle.bytes_per_socket
    );
    // Nothing at all would mean that nothing was seen.
    assert!(idle.bytes_per_socket > 1_024);
    Ok(())
}
