//! P4: idle connections, and everybody back at once.

use super::Page;
use crate::figures::kibibytes;
use crate::footprint::Idle;
use crate::part::Part;
use crate::plot::{self, Bar};
use crate::storm::Storm;

pub(super) fn say(page: &mut Page, idle: &Part<Idle>, storm: &Part<Storm>) {
    page.say("\n## P4: connections\n");
    page.excuse(idle);
    if let Part::Measured(idle) = idle {
        say_idle(page, idle);
    }
    page.say("\n### Everybody back at once\n");
    page.excuse(storm);
    if let Part::Measured(storm) = storm {
        say_storm(page, storm);
    }
}

fn say_idle(page: &mut Page, idle: &Idle) {
    let each = kibibytes(idle.bytes_per_socket);
    page.say(format!(
        "{} idle guests' sockets cost {each:.1} KiB each of the server's own memory (the kernel's buffers not counted).\nAt that price 10,000 take {:.0} MiB and 100,000 take {:.1} GiB.",
        idle.sockets,
        each * 10_000.0 / 1_024.0,
        each * 100_000.0 / 1_048_576.0
    ));
    let bars = [
        Bar::new("each idle connection", each).against(24.0, Some(12.0)),
        Bar::yardstick("with the library's own settings", 136.0),
    ];
    let drawing = plot::bars("The server's own memory", " KiB", &bars);
    page.show("idle", "Memory of an idle connection", drawing);
}

fn say_storm(page: &mut Page, storm: &Storm) {
    page.say(format!(
        "The server was killed with {} sockets open and started again; all came back in one moment, with nothing to spread them.\nBack means: connected, welcomed, told what is behind, and the thread fetched.\n\n| | p50 ms | p99 ms | worst ms |\n|---|---|---|---|",
        storm.sockets
    ));
    for (name, summary) in [
        ("socket open", &storm.welcomed),
        ("resumed", &storm.resumed),
    ] {
        page.say(format!(
            "| {name} | {:.0} | {:.0} | {:.0} |",
            summary.p50_ms, summary.p99_ms, summary.worst_ms
        ));
    }
    page.say(format!(
        "\nConnections that found the listen queue full: {}; connections on the whole machine that had to be asked for again meanwhile: {}.",
        storm.overflows, storm.repeated_syns
    ));
    let bars = [
        Bar::new("the last one back", storm.resumed.worst_ms).against(5_000.0, None),
        Bar::new("half of them back", storm.resumed.p50_ms),
        Bar::new("half of the sockets open", storm.welcomed.p50_ms),
    ];
    let drawing = plot::bars("Everybody back at once", " ms", &bars);
    page.show("storm", "Everybody back at once", drawing);
}
