//! P1 and P2: what a visitor downloads, and how long it takes.

use super::Page;
use crate::footprint::{File, Weights};
use crate::opening::{Opened, Opening, median};
use crate::part::Part;
use crate::plot::{self, Bar};

/// **Source**: measured from its published files (Papercups), besides a hosted frame.
const LIGHTEST_PEER_BYTES: f64 = 110_000.0;

pub(super) fn say(page: &mut Page, weights: &Part<Weights>, opening: &Part<Opening>) {
    page.say("\n## P1, P2: what a visitor downloads\n");
    page.excuse(weights);
    if let Part::Measured(weights) = weights {
        say_weights(page, weights);
    }
    page.say("\n## P1, P2: in the browser\n");
    page.excuse(opening);
    if let Part::Measured(opening) = opening {
        say_opening(page, opening);
    }
}

fn say_weights(page: &mut Page, weights: &Weights) {
    page.say("Bytes as they travel. A page view is the loader alone; a first opening everything below it.\n\n| file | brotli | raw |\n|---|---|---|");
    for File { path, brotli, raw } in &weights.files {
        page.say(format!("| `{path}` | {brotli} | {raw} |"));
    }
    page.say(format!(
        "| first opening, together | {} | |",
        weights.first_open
    ));
    page.say(format!(
        "\nWith URL rules the loader weighs {} bytes.",
        weights.page_view_with_rules
    ));
    let bytes = |bytes: usize| u32::try_from(bytes).map_or(f64::MAX, f64::from);
    let mut bars = vec![
        Bar::new("first opening", bytes(weights.first_open)).against(100_000.0, Some(80_000.0)),
    ];
    for file in weights.files.iter().skip(1) {
        let ending = file.path.rsplit_once('.').map(|(_, ending)| ending);
        let label = format!("of that: {}", ending.unwrap_or("the page"));
        bars.push(Bar::new(label, bytes(file.brotli)));
    }
    bars.push(Bar::new("page view", bytes(weights.page_view)).against(2_000.0, None));
    let peer = "a page view of the lightest open peer";
    bars.push(Bar::yardstick(peer, LIGHTEST_PEER_BYTES));
    let drawing = plot::bars("What a visitor downloads, brotli", " bytes", &bars);
    page.show("weights", "What a visitor downloads", drawing);
}

fn say_opening(page: &mut Page, opening: &Opening) {
    let rounds = opening.cold.len();
    page.say(format!(
        "{}, {rounds} rounds, each in a browser of its own; 1.6 Mbit/s and 150 ms there and back by a proxy of our own, page and frame at a quarter of their processor's speed.\nMilliseconds after the click, medians.\n\n| | document | last file | who is there: asked | known | caret | worst caret | bytes, heads and calls included |\n|---|---|---|---|---|---|---|---|",
        opening.browser
    ));
    for (name, opened) in [("cold", &opening.cold), ("after hover", &opening.hovered)] {
        let of = |value: fn(&Opened) -> f64| median(opened.iter().map(value));
        let worst = opened.iter().map(|one| one.caret_ms).fold(0.0, f64::max);
        let bytes = opened
            .iter()
            .map(|one| one.transferred)
            .max()
            .unwrap_or_default();
        page.say(format!(
            "| {name} | {:.0} | {:.0} | {:.0} | {:.0} | {:.0} | {worst:.0} | {bytes} |",
            of(|one| one.document_ms),
            of(|one| one.files_ms),
            of(|one| one.asked_ms),
            of(|one| one.answered_ms),
            of(|one| one.caret_ms)
        ));
    }
    page.say(format!(
        "\nThe frame's processor was slowed down {:.0} ms after its document began (median): before any of its files had arrived.",
        median(opening.cold.iter().map(|one| one.throttled_ms))
    ));
    let of = |value: fn(&crate::opening::PageCost) -> f64| median(opening.loader.iter().map(value));
    page.say(format!(
        "A page view costs the page's main thread {:.1} ms of script; with the loader the whole page took {:.1} ms, without it {:.1} ms.",
        of(|cost| cost.script_ms),
        of(|cost| cost.with_ms),
        of(|cost| cost.without_ms)
    ));
    let bars = [
        Bar::new("click to caret, cold", opening.cold_ms()).against(1_500.0, Some(1_000.0)),
        Bar::new(
            "of that: who is there, known",
            of_cold(opening, |one| one.answered_ms),
        ),
        Bar::new(
            "of that: last file arrived",
            of_cold(opening, |one| one.files_ms),
        ),
        Bar::new("of that: document", of_cold(opening, |one| one.document_ms)),
        Bar::new("click to caret, after hover", opening.hovered_ms()).against(150.0, None),
    ];
    let drawing = plot::bars("From the click to the caret", " ms", &bars);
    page.show("opening", "From the click to the caret", drawing);
}

fn of_cold(opening: &Opening, value: fn(&Opened) -> f64) -> f64 {
    median(opening.cold.iter().map(value))
}
