//! One part of the report: what was measured, or the sentence that says why it was not.
//!
//! The law: a part that fails or hangs takes no other part with it, and nothing is written in its place.

use anyhow::Result;
use serde::Serialize;
use std::fmt::Display;
use std::time::Duration;
use tokio::time::timeout;

/// What came of a part.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part<T> {
    Measured(T),
    /// It was tried. The run ends badly.
    Failed(String),
    /// Something it needs is not on this machine, or it was not asked for.
    Skipped(String),
}

impl<T> Part<T> {
    /// What was measured.
    pub fn measured(&self) -> Option<&T> {
        match self {
            Self::Measured(measured) => Some(measured),
            Self::Failed(_) | Self::Skipped(_) => None,
        }
    }

    /// Why it failed.
    pub fn failure(&self) -> Option<&str> {
        match self {
            Self::Failed(why) => Some(why),
            Self::Measured(_) | Self::Skipped(_) => None,
        }
    }

    /// The sentence that stands where the figures would: `None` where there are figures.
    pub fn apology(&self) -> Option<String> {
        match self {
            Self::Measured(_) => None,
            Self::Failed(why) => Some(format!("**Not measured**, it failed: {}.", full_stop(why))),
            Self::Skipped(why) => Some(format!("Not measured: {}.", full_stop(why))),
        }
    }
}

fn full_stop(sentence: &str) -> &str {
    sentence.trim_end().trim_end_matches('.')
}

/// Does one part, and says on the way what it is and how it ended. Longer than `limit`, and it has failed.
pub async fn attempt<T>(
    name: impl Display,
    limit: Duration,
    work: impl Future<Output = Result<T>>,
) -> Part<T> {
    println!("{name}");
    let outcome = match timeout(limit, work).await {
        Ok(outcome) => outcome.map_err(|reason| one_line(&format!("{reason:#}"))),
        Err(_) => Err(format!("it did not end within {} s", limit.as_secs())),
    };
    match outcome {
        Ok(measured) => Part::Measured(measured),
        Err(why) => {
            println!("  FAILED: {why}");
            Part::Failed(why)
        }
    }
}

/// A reason as it may stand in a page: one line, and not the whole log.
fn one_line(reason: &str) -> String {
    let words: Vec<&str> = reason.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(400) {
        Some((end, _)) => format!("{} …", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::bail;

    #[tokio::test]
    async fn a_part_that_fails_or_hangs_is_told_and_over() {
        let patience = Duration::from_millis(20);
        let fine = attempt("fine", patience, async { Ok(1) }).await;
        assert_eq!(fine.measured(), Some(&1));
        let failed: Part<u8> = attempt("fails", patience, async { bail!("no\n  disk") }).await;
        assert_eq!(failed.failure(), Some("no disk"));
        let hangs: Part<u8> = attempt("hangs", patience, std::future::pending()).await;
        assert!(
            hangs
                .failure()
                .is_some_and(|why| why.contains("did not end"))
        );
        assert!(hangs.measured().is_none() && hangs.apology().is_some());
    }
}
