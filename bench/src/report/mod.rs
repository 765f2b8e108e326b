//! `docs/performance.md`, `docs/performance.json` and the drawings in `docs/performance/`.
//!
//! The laws: every figure stands beside its target and its yardstick; what was not measured says why; nothing of an
//! earlier run is left beside what this one found.

/// P4.
mod connections;
/// P3.
mod delivery;
/// P5.
mod growth;
/// How it was measured.
mod method;
/// P6.
mod start;
/// P1 and P2.
mod visitor;

use crate::delivery::{Highest, Steady};
use crate::fan_out::FanOut;
use crate::footprint::{Idle, Start, Weights};
use crate::growth::Growth;
use crate::machine::Machine;
use crate::opening::Opening;
use crate::part::Part;
use crate::storm::Storm;
use crate::verdict::Verdict;
use anyhow::Result;
use serde::Serialize;
use std::fmt::Write;
use std::path::Path;

/// Everything of one run of the bench.
#[derive(Serialize)]
pub struct Report {
    pub machine: Machine,
    /// What the run was: `full`, `quick` or `rehearsal`.
    pub extent: &'static str,
    pub weights: Part<Weights>,
    pub opening: Part<Opening>,
    pub engines: Vec<Engine>,
    pub idle: Part<Idle>,
    pub storm: Part<Storm>,
    pub start: Part<Start>,
}

/// What is measured on each database engine.
#[derive(Serialize)]
pub struct Engine {
    pub name: &'static str,
    pub steady: Part<Steady>,
    pub highest: Part<Highest>,
    pub fan_out: Part<FanOut>,
    pub growth: Part<Growth>,
}

impl Engine {
    /// Nothing of it could be measured.
    pub fn failed(name: &'static str, why: &str) -> Self {
        Self {
            name,
            steady: Part::Failed(why.to_owned()),
            highest: Part::Failed(why.to_owned()),
            fan_out: Part::Failed(why.to_owned()),
            growth: Part::Failed(why.to_owned()),
        }
    }
}

/// What `performance.json` holds.
#[derive(Serialize)]
struct Kept<'a> {
    verdicts: Vec<Verdict>,
    #[serde(flatten)]
    report: &'a Report,
}

/// A page being written, and the drawings in it.
#[derive(Default)]
pub struct Page {
    text: String,
    drawings: Vec<(&'static str, String)>,
}

impl Page {
    /// A line of text, or several.
    fn say(&mut self, text: impl AsRef<str>) {
        self.text.push_str(text.as_ref());
        self.text.push('\n');
    }

    /// A drawing, shown here.
    fn show(&mut self, name: &'static str, what: &str, drawing: String) {
        self.say(format!("\n![{what}](performance/{name}.svg)"));
        self.drawings.push((name, drawing));
    }

    /// The sentence of a part without figures.
    fn excuse<T>(&mut self, part: &Part<T>) {
        if let Some(apology) = part.apology() {
            self.say(apology);
        }
    }
}

impl Report {
    /// Writes everything. What cannot be written leaves what was there.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let page = self.page();
        let json = serde_json::to_string_pretty(&Kept {
            verdicts: self.verdicts(),
            report: self,
        })? + "\n";
        let drawings = folder.join("performance");
        std::fs::create_dir_all(&drawings)?;
        for entry in std::fs::read_dir(&drawings)? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "svg") {
                std::fs::remove_file(path)?;
            }
        }
        for (name, drawing) in &page.drawings {
            std::fs::write(drawings.join(format!("{name}.svg")), drawing)?;
        }
        std::fs::write(folder.join("performance.json"), json)?;
        std::fs::write(folder.join("performance.md"), page.text)?;
        Ok(())
    }

    /// Every figure that was promised something, in the order of the promises.
    pub fn verdicts(&self) -> Vec<Verdict> {
        let mut verdicts = Vec::new();
        verdicts.extend(
            self.weights
                .measured()
                .map(Weights::verdicts)
                .unwrap_or_default(),
        );
        verdicts.extend(
            self.opening
                .measured()
                .map(Opening::verdicts)
                .unwrap_or_default(),
        );
        for engine in &self.engines {
            let name = engine.name;
            verdicts.extend(
                engine
                    .steady
                    .measured()
                    .map(|steady| steady.verdicts(name))
                    .unwrap_or_default(),
            );
            verdicts.extend(
                engine
                    .highest
                    .measured()
                    .map(|highest| highest.verdict(name)),
            );
            verdicts.extend(
                engine
                    .growth
                    .measured()
                    .map(|growth| growth.verdicts(name))
                    .unwrap_or_default(),
            );
            verdicts.extend(
                engine
                    .fan_out
                    .measured()
                    .map(|fan_out| fan_out.verdict(name)),
            );
        }
        verdicts.extend(self.idle.measured().map(Idle::verdict));
        verdicts.extend(
            self.storm
                .measured()
                .map(Storm::verdicts)
                .unwrap_or_default(),
        );
        verdicts.extend(
            self.start
                .measured()
                .map(Start::verdicts)
                .unwrap_or_default(),
        );
        verdicts.sort_by_key(|verdict| verdict.target.part);
        verdicts
    }

    /// What failed, and why: these make the run end badly.
    pub fn failures(&self) -> Vec<String> {
        let mut failures = Vec::new();
        let mut note = |part: &str, why: Option<&str>| {
            failures.extend(why.map(|why| format!("{part}: {why}")));
        };
        note("what a visitor downloads", self.weights.failure());
        note("the opening in a browser", self.opening.failure());
        for engine in &self.engines {
            note(
                &format!("delivery, {}", engine.name),
                engine.steady.failure(),
            );
            note(
                &format!("the highest rate, {}", engine.name),
                engine.highest.failure(),
            );
            note(&format!("growth, {}", engine.name), engine.growth.failure());
            note(
                &format!("further agents, {}", engine.name),
                engine.fan_out.failure(),
            );
            let lost = engine
                .steady
                .measured()
                .is_some_and(|steady| !steady.outcome.nothing_lost());
            let why = "something was lost, doubled or refused in the steady run";
            note(engine.name, lost.then_some(why));
        }
        note("idle connections", self.idle.failure());
        note("everybody back at once", self.storm.failure());
        note("the start", self.start.failure());
        failures
    }

    fn page(&self) -> Page {
        let mut page = Page::default();
        page.say(INTRODUCTION);
        self.say_machine(&mut page);
        self.say_summary(&mut page);
        visitor::say(&mut page, &self.weights, &self.opening);
        delivery::say(&mut page, &self.engines);
        connections::say(&mut page, &self.idle, &self.storm);
        growth::say(&mut page, &self.engines);
        start::say(&mut page, &self.start);
        page.say(method::METHOD);
        page
    }

    fn say_machine(&self, page: &mut Page) {
        let Machine {
            processor,
            cores,
            memory_gib,
            kernel,
            file_system,
            busy_before,
        } = &self.machine;
        page.say(format!(
            "## The machine\n\n{processor}, {cores} cores, {memory_gib} GiB of memory, {kernel}, {file_system}.\nServer, load generator and database shared its cores.\nJust before the run others kept {busy_before:.1} of them busy."
        ));
        match self.extent {
            "full" => {}
            "quick" => page.say("This was a quick run: a first impression."),
            _ => page.say("**This was a rehearsal: the figures mean nothing.**"),
        }
    }

    fn say_summary(&self, page: &mut Page) {
        let verdicts = self.verdicts();
        let mut table = String::from(
            "\n## In short\n\n| | | measured | first | goal |\n|---|---|---|---|---|\n",
        );
        for verdict in &verdicts {
            // Writing to a string cannot fail.
            let _written = writeln!(table, "{}", verdict.row());
        }
        page.say(table.trim_end());
        for failure in self.failures() {
            page.say(format!("\n**Not measured**, {failure}."));
        }
        let remainders: Vec<String> = verdicts.iter().filter_map(Verdict::remainder).collect();
        if !remainders.is_empty() {
            page.say("\n## What is left, and what would close it\n");
            remainders.iter().for_each(|remainder| page.say(remainder));
        }
    }
}

const INTRODUCTION: &str = "# Performance

Written by `cargo xtask bench`; do not edit.
The same figures with more particulars are in `performance.json`.
Times on a shared machine mean little by themselves, so each stands beside a yardstick of the same run.
*First* is what the foundation must reach, *goal* is where we are going.
";

#[cfg(test)]
mod tests {
    use super::*;

    fn nothing() -> Report {
        Report {
            machine: Machine::here(Path::new("/"), 0.0),
            extent: "full",
            weights: Part::Failed("no widget".to_owned()),
            opening: Part::Skipped("there is no Chromium".to_owned()),
            engines: vec![Engine::failed("SQLite", "no disk")],
            idle: Part::Failed("no memory".to_owned()),
            storm: Part::Failed("no network".to_owned()),
            start: Part::Measured(Start {
                first_ms: 10.0,
                median_ms: 6.0,
                worst_ms: 7.0,
                resident_bytes: 12_600_000,
                private_bytes: 1_400_000,
                binary_bytes: 17_700_000,
            }),
        }
    }

    #[test]
    fn a_part_that_failed_says_so_in_its_section_and_the_others_stand() {
        let report = nothing();
        let page = report.page();
        for sentence in [
            "it failed: no widget.",
            "Not measured: there is no Chromium.",
            "it failed: no memory.",
            "| P6 | Start to first answer, median | 6 ms |",
        ] {
            assert!(
                page.text.contains(sentence),
                "{sentence} is missing in:\n{}",
                page.text
            );
        }
        assert!(!page.text.contains("NaN"));
        assert_eq!(report.failures().len(), 7);
        assert_eq!(page.drawings.len(), 1);
    }

    #[test]
    fn nothing_of_an_earlier_run_is_left_beside_this_one() {
        let folder = tempfile::tempdir().unwrap();
        let stale = folder.path().join("performance/weights.svg");
        std::fs::create_dir_all(stale.parent().unwrap()).unwrap();
        std::fs::write(&stale, "old").unwrap();
        nothing().write(folder.path()).unwrap();
        assert!(!stale.exists());
        assert!(folder.path().join("performance/start.svg").exists());
        let json = std::fs::read_to_string(folder.path().join("performance.json")).unwrap();
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value["weights"]["failed"], "no widget");
        assert_eq!(value["verdicts"][0]["part"], "P6");
    }
}
