//! P1 and P2 in a browser: from the click to the caret over a slow network, and what the loader costs a page.
//!
//! The law: the browser is driven by `e2e/measure/`, which says what it saw; the network is ours, so that the frame
//! is as slow as the page.

use crate::people;
use crate::plan::Plan;
use crate::program::{self, Program};
use crate::shaped::{PHONE, ShapedProxy};
use crate::verdict::{Better, Target, Verdict};
use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::process::Command;

/// What the browser saw, once for each round.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Opening {
    pub browser: String,
    pub cold: Vec<Opened>,
    pub hovered: Vec<Opened>,
    pub loader: Vec<PageCost>,
}

/// One opening. **Units**: milliseconds after the click.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    pub caret_ms: f64,
    /// When the frame's document began to arrive; before the click: negative.
    pub document_ms: f64,
    /// When the last of its files had arrived.
    pub files_ms: f64,
    /// When it asked who is there, and when it knew.
    pub asked_ms: f64,
    pub answered_ms: f64,
    /// When the frame's processor was slowed down, after its document was there.
    pub throttled_ms: f64,
    /// Everything the frame downloaded up to there, heads and calls included. **Units**: bytes.
    pub transferred: u64,
}

/// What a page view costs the page. **Units**: milliseconds of its main thread, at a quarter of its speed.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageCost {
    /// The loader's own script: compiled, evaluated, called.
    pub script_ms: f64,
    /// Everything the page did, with the loader and without.
    pub with_ms: f64,
    pub without_ms: f64,
}

const COLD: Target = Target {
    part: "P2",
    what: "Click to caret, cold, 1.6 Mbit/s, 150 ms, 4 × slower processor, median",
    unit: " ms",
    better: Better::Lower,
    first: 1_500.0,
    goal: Some(1_000.0),
    closes: "Fewer bytes before the form: its WASM is most of them. Asking who is there beside the WASM and not after it: a round trip. Or a form that the page brings as markup and the WASM takes over.",
};

const HOVERED: Target = Target {
    what: "Click to caret after hover, median",
    first: 150.0,
    goal: None,
    closes: "The frame does something between *look* and *focus*: see what.",
    ..COLD
};

const LOADER: Target = Target {
    part: "P1",
    what: "Main thread of a page view, 4 × slower processor, median",
    first: 10.0,
    goal: Some(3.0),
    closes: "The launcher's shadow root and style sheet are most of it.",
    ..COLD
};

impl Opening {
    pub fn cold_ms(&self) -> f64 {
        median(self.cold.iter().map(|opened| opened.caret_ms))
    }

    pub fn hovered_ms(&self) -> f64 {
        median(self.hovered.iter().map(|opened| opened.caret_ms))
    }

    /// The loader's own script, or what the page does more with it than without, whichever is more.
    pub fn loader_ms(&self) -> f64 {
        let script = median(self.loader.iter().map(|cost| cost.script_ms));
        let with = median(self.loader.iter().map(|cost| cost.with_ms));
        let without = median(self.loader.iter().map(|cost| cost.without_ms));
        script.max(with - without)
    }

    pub fn verdicts(&self) -> Vec<Verdict> {
        let unsteady = is_unsteady(self.cold.iter().map(|opened| opened.caret_ms));
        let pages_unsteady = is_unsteady(self.loader.iter().map(|cost| cost.without_ms));
        vec![
            LOADER.verdict("", self.loader_ms()).void_if(pages_unsteady),
            COLD.verdict("", self.cold_ms()).void_if(unsteady),
            HOVERED.verdict("", self.hovered_ms()).void_if(unsteady),
        ]
    }

    fn check(&self, rounds: usize) -> Result<()> {
        ensure!(
            self.cold.len() == rounds
                && self.hovered.len() == rounds
                && self.loader.len() == rounds,
            "the browser did not do as many rounds as it was asked for"
        );
        let opened = || self.cold.iter().chain(&self.hovered);
        ensure!(
            opened().all(|one| one.caret_ms.is_finite() && one.caret_ms >= 0.0),
            "a caret came before its click"
        );
        // Without the delay of the network the figure would be of something else.
        let least = PHONE.round_trip.as_secs_f64() * 2_000.0;
        ensure!(
            self.cold.iter().all(|one| one.caret_ms > least),
            "a cold opening was quicker than the network allows"
        );
        Ok(())
    }
}

/// Lets Chromium open the chat of a fresh server, behind a slow network. `stories`: the folder `e2e`.
pub async fn opening(binary: &Path, folder: &Path, stories: &Path, plan: &Plan) -> Result<Opening> {
    let program = Program::new(binary, &folder.join("opening"), None)?;
    let proxy = ShapedProxy::start(program.address(), PHONE).await?;
    let chat = format!("http://chat.localhost:{}", proxy.address().port());
    let program = program.behind(&chat);
    let host = program::free_address()?;
    people::set_up(&program, 1)?;
    let shop = format!("http://shop.localhost:{}", host.port());
    program.command_line(&["settings", "set", "allowed_origins", &shop])?;
    let _server = program.start().await?;
    let figures = folder.join("opening.json");
    drive(stories, &chat, host.port(), &figures, plan.openings).await?;
    let text = std::fs::read_to_string(&figures).context("the browser left no figures")?;
    let opening: Opening = serde_json::from_str(&text).context("the browser's figures")?;
    opening.check(plan.openings)?;
    println!(
        "  click to caret: {:.0} ms cold, {:.0} ms after hover; the loader: {:.1} ms",
        opening.cold_ms(),
        opening.hovered_ms(),
        opening.loader_ms()
    );
    Ok(opening)
}

/// Runs the browser's part to its end.
async fn drive(
    stories: &Path,
    chat: &str,
    host_port: u16,
    figures: &PathBuf,
    rounds: usize,
) -> Result<()> {
    let stories = stories
        .canonicalize()
        .context("there is no folder of stories")?;
    let cli = stories
        .join("node_modules")
        .join("@playwright")
        .join("test")
        .join("cli.js");
    ensure!(
        cli.is_file(),
        "Playwright is not installed in the folder of the stories"
    );
    let output = Command::new("node")
        .arg(cli)
        .args(["test", "--config", "measure.config.ts"])
        .current_dir(&stories)
        .env("PORCHLIGHT_CHAT", chat)
        .env("PORCHLIGHT_HOST_PORT", host_port.to_string())
        .env("PORCHLIGHT_FIGURES", figures)
        .env("PORCHLIGHT_ROUNDS", rounds.to_string())
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .context("node could not be started")?;
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    ensure!(output.status.success(), "the browser's part failed: {said}");
    Ok(())
}

/// The same thing took so different times that the machine was measured: then the figure is void.
fn is_unsteady(values: impl Iterator<Item = f64>) -> bool {
    let values: Vec<f64> = values.collect();
    let best = values.iter().copied().fold(f64::INFINITY, f64::min);
    let worst = values.iter().copied().fold(0.0, f64::max);
    worst > 1.5 * best
}

/// The middle one. None at all: no number, which reaches nothing.
pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opening(cold_ms: f64) -> Opening {
        let opened = |caret_ms| Opened {
            caret_ms,
            document_ms: 300.0,
            files_ms: 900.0,
            asked_ms: 950.0,
            answered_ms: 1_100.0,
            throttled_ms: 4.0,
            transferred: 90_000,
        };
        Opening {
            browser: "Chromium".to_owned(),
            cold: vec![opened(cold_ms)],
            hovered: vec![opened(40.0)],
            loader: vec![PageCost {
                script_ms: 2.0,
                with_ms: 30.0,
                without_ms: 24.0,
            }],
        }
    }

    #[test]
    fn figures_that_cannot_be_are_refused() {
        assert!(opening(1_200.0).check(1).is_ok());
        assert!(opening(1_200.0).check(2).is_err());
        assert!(opening(250.0).check(1).is_err());
        assert!(opening(-1.0).check(1).is_err());
        assert!(opening(f64::NAN).check(1).is_err());
    }

    #[test]
    fn rounds_that_differ_by_half_are_void() {
        let mut unsteady = opening(1_200.0);
        unsteady.cold.push(unsteady.cold[0]);
        let is_void = |opening: &Opening| opening.verdicts().iter().any(|verdict| verdict.is_void);
        assert!(!is_void(&unsteady));
        unsteady.cold[1].caret_ms = 1_900.0;
        assert!(is_void(&unsteady));
    }

    #[test]
    fn the_loader_costs_what_the_page_does_more() {
        assert!((opening(1_200.0).loader_ms() - 6.0).abs() < 1e-9);
    }
}
