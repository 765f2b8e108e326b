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

/// What the kernel has counted about connections on this machine, since it started.
#[derive(Clone, Copy, Debug)]
pub struct ListenCounters {
    /// Connections that had to be asked for again.
    pub repeated_syns: u64,
    /// Connections that found the queue of those not yet accepted full.
    pub overflows: u64,
}

/// The present counts.
pub fn listen_counters() -> Result<ListenCounters> {
    let text = fs::read_to_string("/proc/net/netstat")?;
    let mut lines = text.lines().filter(|line| line.starts_with("TcpExt:"));
    let (names, values) = lines
        .next()
        .zip(lines.next())
        .context("/proc/net/netstat has no TcpExt")?;
    let count = |wanted: &str| {
        let mut named = names.split(' ').zip(values.split(' '));
        let (_, value) = named
            .find(|(name, _)| *name == wanted)
            .with_context(|| format!("no {wanted} in /proc/net/netstat"))?;
        anyhow::Ok(value.parse()?)
    };
    Ok(ListenCounters {
        repeated_syns: count("TCPSynRetrans")?,
        overflows: count("ListenOverflows")?,
    })
}

/// Lets this process, and the servers it starts, have as many files and sockets open as the machine allows it.
pub fn open_many_files() -> Result<u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let wanted = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    setrlimit(Resource::Nofile, wanted)?;
    Ok(getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX))
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

    #[test]
    fn the_kernel_counts_connections_that_were_asked_for_again() {
        let counters = listen_counters().unwrap();
        assert!(counters.repeated_syns < u64::MAX && counters.overflows < u64::MAX);
    }

    #[test]
    fn as_many_files_may_be_open_as_the_machine_allows() {
        assert!(open_many_files().unwrap() >= 1_024);
    }
}
