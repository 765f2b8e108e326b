//! The machine the figures come from, as far as a reader needs it to judge them.
//!
//! The law: no names of hosts, people or folders.

use crate::{clock, process};
use anyhow::Result;
use serde::Serialize;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// What it is.
#[derive(Clone, Serialize)]
pub struct Machine {
    pub processor: String,
    pub cores: usize,
    /// **Units**: GiB, rounded.
    pub memory_gib: u64,
    pub kernel: String,
    /// Of the disk that the database was on.
    pub file_system: String,
    /// Cores that others kept busy just before the bench began.
    pub busy_before: f64,
}

/// How many cores somebody keeps busy, over two seconds. More than a few tenths spoil every figure.
pub async fn busy_cores() -> Result<f64> {
    let (begun, before) = (clock::now(), process::machine_cpu_time()?);
    tokio::time::sleep(Duration::from_secs(2)).await;
    let busy = process::machine_cpu_time()? - before;
    Ok(busy.as_secs_f64() / begun.elapsed().as_secs_f64())
}

impl Machine {
    /// What the kernel says; "unknown" where it says nothing.
    pub fn here(folder: &Path, busy_before: f64) -> Self {
        let unknown = || "unknown".to_owned();
        let processor = field("/proc/cpuinfo", "model name").unwrap_or_else(unknown);
        let memory = field("/proc/meminfo", "MemTotal")
            .and_then(|line| line.split(' ').next()?.parse::<u64>().ok());
        Self {
            processor,
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            memory_gib: memory.map_or(0, |kibibytes| (kibibytes + (1 << 19)) >> 20),
            kernel: fs::read_to_string("/proc/sys/kernel/osrelease")
                .map_or_else(|_| unknown(), |text| format!("Linux {}", text.trim())),
            file_system: file_system(folder).unwrap_or_else(unknown),
            busy_before,
        }
    }
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

/// The type of the mount with the longest path that the folder is under.
fn file_system(folder: &Path) -> Option<String> {
    let folder = folder.canonicalize().ok()?;
    let mounts = fs::read_to_string("/proc/self/mounts").ok()?;
    let above = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        let (path, kind) = (words.next()?, words.next()?);
        folder
            .starts_with(path)
            .then(|| (path.len(), kind.to_owned()))
    });
    above
        .max_by_key(|(length, _)| *length)
        .map(|(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_on_some_file_system() {
        assert!(file_system(Path::new("/")).is_some());
        assert!(Machine::here(Path::new("/"), 0.0).cores >= 1);
    }
}
