//! P6: the start, memory without connections, the binary.

use super::Page;
use crate::figures::megabytes;
use crate::footprint::Start;
use crate::part::Part;
use crate::plot::{self, Bar};

pub(super) fn say(page: &mut Page, start: &Part<Start>) {
    page.say("\n## P6: start and memory\n");
    page.excuse(start);
    let Part::Measured(start) = start else { return };
    let Start {
        first_ms,
        median_ms,
        worst_ms,
        resident_bytes,
        private_bytes,
        binary_bytes,
    } = *start;
    page.say("| | |\n|---|---|");
    page.say(format!(
        "| first start, which creates the database | {first_ms:.0} ms |"
    ));
    page.say(format!("| a further start, median | {median_ms:.0} ms |"));
    page.say(format!("| a further start, worst | {worst_ms:.0} ms |"));
    page.say(format!(
        "| memory without connections | {:.1} MB |",
        megabytes(resident_bytes)
    ));
    page.say(format!(
        "| of that its own, not pages of the program file | {:.1} MB |",
        megabytes(private_bytes)
    ));
    page.say(format!(
        "| the binary | {:.1} MB |",
        megabytes(binary_bytes)
    ));
    let bars = [
        Bar::new("first start", first_ms),
        Bar::new("a further start", median_ms).against(100.0, Some(50.0)),
    ];
    page.show(
        "start",
        "Start to first answer",
        plot::bars("Start to first answer", " ms", &bars),
    );
}
