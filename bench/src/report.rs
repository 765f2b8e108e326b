//! `docs/performance.md` and `docs/performance.json`.
//!
//! The law: every figure stands beside its target and its yardstick; what was not measured says why.

use crate::engine::Engine;
use crate::footprint::{Idle, Start, Weights};
use crate::machine::Machine;
use anyhow::Result;
use serde::Serialize;
use std::fmt::Write;
use std::path::Path;

/// Everything of one run of the bench.
#[derive(Serialize)]
pub struct Report {
    pub machine: Machine,
    /// Why it is missing, where it is.
    pub weights: Result<Weights, String>,
    pub start: Start,
    pub idle: Idle,
    pub engines: Vec<Engine>,
}

impl Report {
    /// Writes both files.
    pub fn write(&self, folder: &Path) -> Result<()> {
        std::fs::create_dir_all(folder)?;
        std::fs::write(folder.join("performance.md"), self.markdown()?)?;
        std::fs::write(
            folder.join("performance.json"),
            serde_json::to_string_pretty(self)? + "\n",
        )?;
        Ok(())
    }

    fn markdown(&self) -> Result<String> {
        let mut page = String::from(INTRODUCTION);
        let Machine {
            processor,
            cores,
            memory_gib,
            kernel,
            file_system,
            busy_before,
        } = &self.machine;
        writeln!(
            page,
            "\n## The machine\n\n{processor}, {cores} cores, {memory_gib} GiB of memory, {kernel}, {file_system}."
        )?;
        writeln!(
            page,
            "Server, load generator and database shared its cores.\nJust before the run others kept {busy_before:.1} of them busy."
        )?;
        self.write_summary(&mut page)?;
        for engine in &self.engines {
            engine.write_steady(&mut page)?;
            engine.write_highest(&mut page)?;
        }
        self.write_weights(&mut page)?;
        self.write_footprint(&mut page)?;
        page.push_str(METHOD);
        Ok(page)
    }

    fn write_summary(&self, page: &mut String) -> Result<()> {
        writeln!(
            page,
            "\n## In short\n\n| | measured | target |\n|---|---|---|"
        )?;
        for Engine {
            name,
            steady,
            highest,
        } in &self.engines
        {
            let void = if steady.void { " (void)" } else { "" };
            writeln!(
                page,
                "| Delivery at {}/s to 5 agents, {name}: p50 | {:.2} ms, {:.2} × yardstick{void} | ≤ 2 × |",
                steady.outcome.rate, steady.outcome.delivery.p50_ms, steady.p50_ratio
            )?;
            writeln!(
                page,
                "| the same: p99 | {:.2} ms, {:.2} × yardstick{void} | ≤ 5 × |",
                steady.outcome.delivery.p99_ms, steady.p99_ratio
            )?;
            let more = if highest.is_open_ended {
                "at least "
            } else {
                ""
            };
            writeln!(
                page,
                "| Highest steady rate with p99 ≤ 10 ms and nothing lost, {name} | {more}{}/s | ≥ 3,000/s |",
                highest.rate
            )?;
        }
        if let Ok(weights) = &self.weights {
            writeln!(
                page,
                "| Page view without intent | {} bytes | ≤ 2,000 |",
                weights.page_view
            )?;
            writeln!(
                page,
                "| First opening, everything | {} bytes | ≤ 100,000 |",
                weights.first_open
            )?;
        }
        writeln!(
            page,
            "| Memory of an idle visitor's connection | {:.1} KiB | ≤ 24 KiB |",
            kibibytes(self.idle.bytes_per_socket)
        )?;
        writeln!(
            page,
            "| Start to first answer | {:.0} ms | ≤ 100 ms |",
            self.start.median_ms
        )?;
        writeln!(
            page,
            "| Memory without connections | {:.1} MB | ≤ 20 MB |",
            megabytes(self.start.resident_bytes)
        )?;
        writeln!(
            page,
            "| Binary with everything inside | {:.1} MB | ≤ 25 MB |",
            megabytes(self.start.binary_bytes)
        )?;
        Ok(())
    }

    fn write_weights(&self, page: &mut String) -> Result<()> {
        writeln!(page, "\n## What a visitor downloads\n")?;
        match &self.weights {
            Err(reason) => writeln!(page, "Not measured: {reason}.")?,
            Ok(weights) => {
                writeln!(
                    page,
                    "Bytes as they travel, brotli.\n\n| file | bytes |\n|---|---|"
                )?;
                for (file, bytes) in &weights.files {
                    writeln!(page, "| `{file}` | {bytes} |")?;
                }
            }
        }
        Ok(())
    }

    fn write_footprint(&self, page: &mut String) -> Result<()> {
        let Start {
            first_ms,
            median_ms,
            worst_ms,
            resident_bytes,
            private_bytes,
            ..
        } = self.start;
        writeln!(page, "\n## Start and memory\n")?;
        writeln!(
            page,
            "The first start, which creates the database, took {first_ms:.0} ms to its first answer; a further one {median_ms:.0} ms (median), {worst_ms:.0} ms (worst)."
        )?;
        writeln!(
            page,
            "Without connections the process holds {:.1} MB, of which {:.1} MB are its own and the rest pages of the program file.",
            megabytes(resident_bytes),
            megabytes(private_bytes)
        )?;
        writeln!(
            page,
            "{} idle guests' sockets cost {:.1} KiB each of the server's own memory (the kernel's buffers not counted).",
            self.idle.sockets,
            kibibytes(self.idle.bytes_per_socket)
        )?;
        Ok(())
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "bytes of memory and files are far below 2^52"
)]
fn kibibytes(bytes: u64) -> f64 {
    bytes as f64 / 1_024.0
}

#[expect(
    clippy::cast_precision_loss,
    reason = "bytes of memory and files are far below 2^52"
)]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1_000_000.0
}

const INTRODUCTION: &str = "# Performance

Written by `cargo xtask bench`; do not edit.
The same figures with more particulars are in `performance.json`.
Times on a shared machine mean little by themselves, so each stands beside a yardstick of the same run.
";

const METHOD: &str = "
## How it was measured

`cargo xtask bench` builds the release server and the load generator and starts both; `cargo xtask bench -- --quick` takes a tenth of the time.
With `PORCHLIGHT_TEST_POSTGRES` or `--postgres URL` the delivery is measured on Postgres too, in a database of its own.
The server is the product as it ships, on a fresh data directory, set up by its own command line; limits are on.
Guests come from different peers by `X-Forwarded-For`, as through a trusted proxy, and nobody sends more than 1.8 messages a second.
Guests and agents speak what our own frame speaks: HTTP with a kept-alive connection each (at most 600), and WebSocket.
A thread of its own writes each call at its intended moment by an absolute clock, whether or not earlier ones have been answered; latency counts from the intended moment.
A run is void if the 99th percentile of the generator's own lateness exceeds a quarter of the delivery's.
A run counts only if what was sent equals what was acknowledged and what each agent received.
The echo is an axum WebSocket echo in a second process with the settings of the server's socket, 256 bytes, 1,000 a second.
The commit is one `insert` by sqlx in a transaction of its own, one at a time: on SQLite with WAL and `synchronous=FULL` on the same disk, on Postgres in the same database.
Both yardsticks are taken before and after the run and added up.
The warm-up is not counted.
";
