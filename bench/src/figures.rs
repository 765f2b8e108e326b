//! What was measured, in the shape that is printed and written down.
//!
//! The law: no mean without its tail; every latency is given as p50, p99, p99.9 and worst.

use anyhow::Result;
use hdrhistogram::Histogram;
use serde::Serialize;
use std::time::Duration;

/// A latency distribution being filled. **Units**: nanoseconds inside.
pub struct Latencies(Histogram<u64>);

impl Latencies {
    /// Three significant digits, from 1 ns to a minute; longer counts as a minute.
    pub fn new() -> Self {
        Self(Histogram::new_with_bounds(1, 60_000_000_000, 3).expect("the bounds are in order"))
    }

    pub fn record(&mut self, latency: Duration) {
        self.record_nanoseconds(u64::try_from(latency.as_nanos()).unwrap_or(u64::MAX));
    }

    pub fn record_nanoseconds(&mut self, nanoseconds: u64) {
        self.0.saturating_record(nanoseconds);
    }

    /// Adds another distribution to this one.
    pub fn add(&mut self, other: &Self) -> Result<()> {
        Ok(self.0.add(&other.0)?)
    }

    pub fn summary(&self) -> Summary {
        let at = |quantile| milliseconds(self.0.value_at_quantile(quantile));
        Summary {
            count: self.0.len(),
            p50_ms: at(0.5),
            p99_ms: at(0.99),
            p999_ms: at(0.999),
            worst_ms: milliseconds(self.0.max()),
        }
    }
}

impl Default for Latencies {
    fn default() -> Self {
        Self::new()
    }
}

/// A latency distribution. **Units**: milliseconds.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Summary {
    pub count: u64,
    pub p50_ms: f64,
    pub p99_ms: f64,
    pub p999_ms: f64,
    pub worst_ms: f64,
}

impl std::fmt::Display for Summary {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            p50_ms,
            p99_ms,
            p999_ms,
            worst_ms,
            ..
        } = self;
        write!(
            formatter,
            "p50 {p50_ms:.3} ms, p99 {p99_ms:.3} ms, p99.9 {p999_ms:.3} ms, worst {worst_ms:.3} ms"
        )
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "bytes of memory and files are far below 2^52"
)]
pub fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1_000_000.0
}

#[expect(
    clippy::cast_precision_loss,
    reason = "bytes of memory and files are far below 2^52"
)]
pub fn kibibytes(bytes: u64) -> f64 {
    bytes as f64 / 1_024.0
}

fn milliseconds(nanoseconds: u64) -> f64 {
    Duration::from_nanos(nanoseconds).as_secs_f64() * 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_is_not_hidden() {
        let mut latencies = Latencies::new();
        for _ in 0..995 {
            latencies.record(Duration::from_millis(1));
        }
        for _ in 0..5 {
            latencies.record(Duration::from_millis(500));
        }
        let summary = latencies.summary();
        assert!(
            (summary.p99_ms - 1.0).abs() < 0.01 && (summary.p999_ms - 500.0).abs() < 1.0,
            "{summary}"
        );
        assert_eq!(summary.count, 1_000);
    }
}
