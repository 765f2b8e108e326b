//! R1 seen from the kernel: the message is written to the write-ahead log, the log is synced, and only then the
//! acknowledgement leaves.
//!
//! The law: kills alone cannot tell `synchronous=NORMAL` from `FULL`, because a killed process's writes survive in the
//! kernel; so the system calls are read. Fewer acknowledgements seen than sent fails too: a proof that saw nothing is none.

use crate::ledger::Entry;
use crate::world::World;
use anyhow::{Context, Result, bail, ensure};
use porchlight_bench::clock;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

const SENDS: usize = 300;
/// Enough that nobody sends more than the limit of 20 in 10 s.
const SENDERS: usize = 20;

const MISSING: &str = "`strace` cannot be run, and the proof of durability needs it; on Debian or Ubuntu: \
    sudo apt-get install -y strace (in a container, allow ptrace)";

#[tokio::test]
async fn each_acknowledgement_has_a_sync_of_its_own_behind_it() -> Result<()> {
    let can_trace = Command::new("strace")
        .args(["-f", "-o", "/dev/null", "true"])
        .status();
    ensure!(can_trace.is_ok_and(|status| status.success()), "{MISSING}");
    let world = World::on_sqlite(1)?;
    let trace = world.program.folder().join("trace.txt");
    let file = trace
        .to_str()
        .context("a temporary folder with a plain name")?;
    // -D: the traced process is our own child, so that it dies with us; -y: file names beside descriptors; -s: whole
    // pages, so that a message is recognised inside its own.
    let calls = "trace=fsync,fdatasync,pwrite64,write,writev,sendto,sendmsg";
    let mut server = world
        .program
        .start_under(&[
            "strace", "-D", "-f", "-y", "-s", "8192", "-o", file, "-e", calls,
        ])
        .await?;
    let guests = world.guests(SENDERS).await?;
    let mut connection = world.connection().await?;
    for send in 0..SENDS {
        let guest = &guests[send % SENDERS];
        let mut entry = Entry::new(&guest.person, &guest.conversation_id, tag(send));
        let answer = connection
            .call(&entry.call(&world.program.origin()))
            .await?;
        entry.acknowledge(&answer.read()?)?;
    }
    server.kill()?;
    let trace = whole_trace(&trace).await?;
    let unsynced = unsynced_acknowledgements(&trace, SENDS)?;
    ensure!(
        unsynced.is_empty(),
        "acknowledged without a sync of its own: {} of {SENDS}, the first is {}",
        unsynced.len(),
        unsynced[0]
    );
    println!("{SENDS} acknowledgements, each behind a sync of its own.");
    world.end().await
}

/// The text of a message, found again in the answer that acknowledges it.
fn tag(send: usize) -> String {
    format!("traced-{send:03}-message")
}

/// The trace once `strace` has written its last line.
async fn whole_trace(path: &Path) -> Result<String> {
    let until = clock::now() + Duration::from_secs(10);
    loop {
        let trace = std::fs::read_to_string(path)?;
        if trace.contains("+++ killed by SIGKILL +++") {
            return Ok(trace);
        }
        ensure!(clock::now() < until, "strace did not finish its file");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// What has become of the message that is to be acknowledged next.
#[derive(Default)]
struct Progress<'a> {
    is_in_log: bool,
    /// Processes that began to sync the log since.
    syncing: Vec<&'a str>,
    is_synced: bool,
}

impl<'a> Progress<'a> {
    fn see(&mut self, process: &'a str, call: &str, tag: &str) {
        let of_log = call.contains("-wal>");
        let is_done = call.ends_with("= 0");
        if call.starts_with("pwrite64(") && of_log && call.contains(tag) {
            *self = Self {
                is_in_log: true,
                ..Self::default()
            };
        } else if (call.starts_with("fdatasync(") || call.starts_with("fsync("))
            && of_log
            && self.is_in_log
        {
            self.is_synced |= is_done;
            self.syncing.push(process);
        } else if call.starts_with("<... fdatasync resumed")
            || call.starts_with("<... fsync resumed")
        {
            self.is_synced |= is_done && self.syncing.contains(&process);
        }
    }
}

/// Which of the acknowledgements left before their message was in the log and the log was synced.
///
/// **Errors**: not all of them were seen, or not in order.
fn unsynced_acknowledgements(trace: &str, sends: usize) -> Result<Vec<usize>> {
    let (mut unsynced, mut next, mut progress) = (Vec::new(), 0, Progress::default());
    for line in trace.lines() {
        let Some((process, call)) = line.split_once(' ') else {
            continue;
        };
        let call = call.trim_start();
        if let Some(send) = acknowledged_in(call) {
            ensure!(
                send == next,
                "acknowledgement {send} was seen when {next} was due"
            );
            if !progress.is_synced {
                unsynced.push(send);
            }
            next += 1;
            progress = Progress::default();
        } else {
            progress.see(process, call, &tag(next));
        }
    }
    if next != sends {
        bail!("only {next} of {sends} acknowledgements were seen in the trace");
    }
    Ok(unsynced)
}

/// The number of the message whose acknowledgement this call sends.
fn acknowledged_in(call: &str) -> Option<usize> {
    let sends = ["write(", "writev(", "sendto(", "sendmsg("]
        .iter()
        .any(|name| call.starts_with(name));
    if !sends || !call.contains("HTTP/1.1 200") {
        return None;
    }
    call.split_once("traced-")?.1.get(..3)?.parse().ok()
}

#[cfg(test)]
mod reading_a_trace {
    use super::*;

    const SYNC: &str = "7 fdatasync(9</data/p-wal>) = 0\n";

    fn log(send: usize) -> String {
        format!(
            "7 pwrite64(9</data/p-wal>, \"\\0\\3{}\", 4096, 56) = 4096\n",
            tag(send)
        )
    }

    fn answer(send: usize) -> String {
        format!(
            "8 writev(12<TCP:[1]>, [{{iov_base=\"HTTP/1.1 200 OK\", iov_len=9}}, {{iov_base=\"{}\"}}], 2) = 40\n",
            tag(send)
        )
    }

    #[test]
    fn written_synced_acknowledged_is_good() {
        let halves = "7 fdatasync(9</data/p-wal> <unfinished ...>\n8 write(3, \"x\") = 1\n7 <... fdatasync resumed>) = 0\n";
        let trace = [&log(0), SYNC, &answer(0), &log(1), halves, &answer(1)].concat();
        assert_eq!(
            unsynced_acknowledgements(&trace, 2).unwrap(),
            Vec::<usize>::new()
        );
    }

    #[test]
    fn any_other_order_is_told() {
        let other_file = "7 fdatasync(9</data/other.txt>) = 0\n";
        let failed = "7 fdatasync(9</data/p-wal>) = -1 EIO\n";
        let begun = "7 fdatasync(9</data/p-wal> <unfinished ...>\n";
        let ended = "7 <... fdatasync resumed>) = 0\n";
        let (log, answer) = (log(0), answer(0));
        let (log, answer) = (log.as_str(), answer.as_str());
        for (trace, why) in [
            ([log, answer].concat(), "no sync"),
            ([SYNC, log, answer].concat(), "synced before it was written"),
            (
                [begun, log, ended, answer].concat(),
                "a sync that began before it was written",
            ),
            ([log, begun, answer].concat(), "a sync that has not ended"),
            ([log, other_file, answer].concat(), "another file"),
            ([log, failed, answer].concat(), "a sync that failed"),
            ([SYNC, answer].concat(), "never written"),
            ([answer, log, SYNC].concat(), "answered before"),
        ] {
            assert_eq!(unsynced_acknowledgements(&trace, 1).unwrap(), [0], "{why}");
        }
    }

    #[test]
    fn a_trace_that_saw_too_little_is_no_proof() {
        assert!(unsynced_acknowledgements(&[&log(0), SYNC, &answer(0)].concat(), 2).is_err());
        assert!(unsynced_acknowledgements("", 300).is_err());
    }
}
