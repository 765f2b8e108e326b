//! R1 seen from the kernel: between two acknowledgements to one sequential sender there is a finished sync of the
//! write-ahead log.
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
    // -D: the traced process is our own child, so that it dies with us; -y: file names beside descriptors.
    let calls = "trace=fsync,fdatasync,write,writev,sendto,sendmsg";
    let mut server = world
        .program
        .start_under(&[
            "strace", "-D", "-f", "-y", "-s", "4096", "-o", file, "-e", calls,
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

/// Which of the acknowledgements left before a sync, begun after the one before them, had finished.
///
/// **Errors**: not all of them were seen, or not in order.
fn unsynced_acknowledgements(trace: &str, sends: usize) -> Result<Vec<usize>> {
    let (mut unsynced, mut next) = (Vec::new(), 0);
    // Processes whose sync has begun since the last acknowledgement, and whether any has finished.
    let (mut begun, mut finished) = (Vec::new(), false);
    for line in trace.lines() {
        let Some((process, call)) = line
            .split_once(' ')
            .map(|(process, call)| (process, call.trim_start()))
        else {
            continue;
        };
        let syncs_log = (call.starts_with("fdatasync(") || call.starts_with("fsync("))
            && call.contains("-wal>");
        let resumed =
            call.starts_with("<... fdatasync resumed") || call.starts_with("<... fsync resumed");
        if syncs_log && call.ends_with("<unfinished ...>") {
            begun.push(process);
        } else if (syncs_log || (resumed && begun.contains(&process))) && call.ends_with("= 0") {
            finished = true;
        } else if let Some(send) = acknowledged_in(call) {
            ensure!(
                send == next,
                "acknowledgement {send} was seen when {next} was due"
            );
            if !finished {
                unsynced.push(send);
            }
            next += 1;
            begun.clear();
            finished = false;
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

    const SYNC: &str = "7 fdatasync(9</data/porchlight.sqlite-wal>) = 0\n";

    fn answer(send: usize) -> String {
        format!(
            r#"8 writev(12<TCP:[1]>, [{{iov_base="HTTP/1.1 200 OK\r\n", iov_len=9}}, {{iov_base="{{\"text\":\"{}\"}}"}}], 2) = 40"#,
            tag(send)
        ) + "\n"
    }

    #[test]
    fn a_sync_before_each_is_good() {
        let halves = "7 fdatasync(9</data/p-wal> <unfinished ...>\n8 write(3, \"x\") = 1\n7 <... fdatasync resumed>) = 0\n";
        let trace = [SYNC, &answer(0), halves, &answer(1)].concat();
        assert_eq!(
            unsynced_acknowledgements(&trace, 2).unwrap(),
            Vec::<usize>::new()
        );
    }

    #[test]
    fn what_is_no_sync_of_its_own_is_told() {
        let other_file = "7 fdatasync(9</data/other.txt>) = 0\n";
        let failed = "7 fdatasync(9</data/p-wal>) = -1 EIO\n";
        let too_late = "7 fdatasync(9</data/p-wal> <unfinished ...>\n";
        let begun_before = [
            SYNC,
            too_late,
            &answer(0),
            "7 <... fdatasync resumed>) = 0\n",
            &answer(1),
        ]
        .concat();
        for (trace, expected) in [
            ([&answer(0), SYNC, &answer(1)].concat(), vec![0]),
            ([SYNC, &answer(0), &answer(1)].concat(), vec![1]),
            (
                [other_file, &answer(0), failed, &answer(1)].concat(),
                vec![0, 1],
            ),
            (begun_before, vec![1]),
        ] {
            assert_eq!(
                unsynced_acknowledgements(&trace, 2).unwrap(),
                expected,
                "{trace}"
            );
        }
    }

    #[test]
    fn a_trace_that_saw_too_little_is_no_proof() {
        assert!(unsynced_acknowledgements(&[SYNC, &answer(0)].concat(), 2).is_err());
        assert!(unsynced_acknowledgements("", 300).is_err());
    }
}
