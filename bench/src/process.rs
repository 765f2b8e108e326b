//! What the kernel says about a process: its memory and the time it kept processors busy.
//!
//! The law: user-space memory only, counted by the kernel; nothing is estimated from sizes of types.

use anyhow::{Context, Result};
use std::fs;
use std::time::Duration;

/// The kernel's ticks. **Units**: a second. Source: `USER_HZ`, 100 on every Linux we run on.
const TICKS: u32 = 100;

/// Time that all threads of a process have spent running.
pub fn cpu_time(process_id: u32) -> Result<Duration> {
    let line = fs::read_to_string(format!("/proc/{process_id}/stat"))?;
    // The second field, the name, may hold anything; the fields behind its closing bracket count from 3.
    let (_, fields) = line.rsplit_once(')').context("/proc/…/stat has no name")?;
    let ticks = |field: usize| {
        fields
            .split_whitespace()
            .nth(field - 3)
            .and_then(|ticks| ticks.parse::<u32>().ok())
    };
    let (user, system) = ticks(14)
        .zip(ticks(15))
        .context("/proc/…/stat is too short")?;
    Ok(Duration::from_secs(u64::from(user + system)) / TICKS)
}

/// Time that all of the machine's cores have spent on anything.
pub fn machine_cpu_time() -> Result<Duration> {
    let text = fs::read_to_string("/proc/stat")?;
    let first = text.lines().next().context("/proc/stat is empty")?;
    // cpu user nice system idle iowait irq softirq steal …; a core that idles or waits for a disk is free.
    let ticks: Vec<u64> = first
        .split_whitespace()
        .skip(1)
        .filter_map(|ticks| ticks.parse().ok())
        .collect();
    let busy = ticks
        .iter()
        .take(8)
        .enumerate()
        .filter(|(field, _)| !matches!(field, 3 | 4))
        .map(|(_, ticks)| ticks)
        .sum();
    Ok(Duration::from_secs(busy) / TICKS)
}

/// Memory of its own that is in use now. **Units**: bytes.
pub fn private_memory(process_id: u32) -> Result<u64> {
    status_bytes(process_id, "RssAnon:")
}

/// All memory that is in use now, pages of the program file included. **Units**: bytes.
pub fn resident_memory(process_id: u32) -> Result<u64> {
    status_bytes(process_id, "VmRSS:")
}

fn status_bytes(process_id: u32, field: &str) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process_id}/status"))?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix(field))
        .with_context(|| format!("no {field} in /proc"))?;
    let kibibytes: u64 = line
        .split_whitespace()
        .next()
        .context("an empty field")?
        .parse()?;
    Ok(kibibytes * 1_024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_has_memory_of_its_own() {
        let own = std::process::id();
        assert!(private_memory(own).unwrap() > 100_000);
        assert!(resident_memory(own).unwrap() >= private_memory(own).unwrap());
        assert!(cpu_time(own).unwrap() <= machine_cpu_time().unwrap());
    }
}
