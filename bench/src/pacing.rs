//! An open loop: things happen at their intended moments, whether or not earlier ones have been answered.
//!
//! The law: latency counts from the intended moment, and how late the generator itself was is told beside it.

use crate::clock;
use crate::figures::Latencies;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// When each of a row of things is meant to happen.
#[derive(Clone, Copy)]
pub struct Schedule {
    start: Instant,
    /// **Units**: a second.
    rate: u32,
}

impl Schedule {
    pub fn new(start: Instant, rate: u32) -> Self {
        Self { start, rate }
    }

    pub fn start(&self) -> Instant {
        self.start
    }

    /// The intended moment of the thing of this number, after the start. No error adds up over time.
    pub fn offset(&self, number: usize) -> Duration {
        let nanoseconds = number as u128 * 1_000_000_000 / u128::from(self.rate);
        Duration::from_nanos(u64::try_from(nanoseconds).unwrap_or(u64::MAX))
    }

    /// Does `count` things on a thread of its own, each at its moment; returns how late each was begun.
    ///
    /// **Errors**: the first that a thing reports ends it.
    pub fn run<F>(
        self,
        count: usize,
        mut thing: F,
    ) -> std::thread::JoinHandle<anyhow::Result<Lateness>>
    where
        F: FnMut(usize) -> anyhow::Result<()> + Send + 'static,
    {
        std::thread::spawn(move || {
            clock::sharpen_this_thread();
            let mut lateness = Vec::with_capacity(count);
            for number in 0..count {
                let intended = self.start + self.offset(number);
                clock::wait_until(intended);
                lateness.push(clock::now().saturating_duration_since(intended));
                thing(number)?;
            }
            Ok(Lateness(lateness))
        })
    }
}

/// How late each thing was begun.
pub struct Lateness(Vec<Duration>);

impl Lateness {
    /// The distribution, without the first `skipped`.
    pub fn latencies(&self, skipped: usize) -> Latencies {
        let mut latencies = Latencies::new();
        self.0
            .iter()
            .skip(skipped)
            .for_each(|late| latencies.record(*late));
        latencies
    }
}

/// When each of a row of things was seen to arrive, after the schedule's start. Shared by whoever sees.
#[derive(Clone)]
pub struct Arrivals {
    start: Instant,
    /// Nanoseconds after the start; 0: not yet.
    seen: Arc<[AtomicU64]>,
    again: Arc<AtomicU64>,
}

impl Arrivals {
    pub fn new(start: Instant, count: usize) -> Self {
        Self {
            start,
            seen: (0..count).map(|_| AtomicU64::new(0)).collect(),
            again: Arc::default(),
        }
    }

    /// Notes that a thing has arrived now. A second arrival is counted, and changes nothing else.
    pub fn note(&self, number: usize) {
        let Some(seen) = self.seen.get(number) else {
            return;
        };
        let nanoseconds = u64::try_from(self.start.elapsed().as_nanos())
            .unwrap_or(u64::MAX)
            .max(1);
        if seen
            .compare_exchange(0, nanoseconds, Ordering::Relaxed, Ordering::Relaxed)
            .is_err()
        {
            self.again.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// How many different things have arrived.
    pub fn count(&self) -> usize {
        self.seen
            .iter()
            .filter(|seen| seen.load(Ordering::Relaxed) > 0)
            .count()
    }

    /// How many arrivals were of a thing that had arrived before.
    pub fn repeated(&self) -> u64 {
        self.again.load(Ordering::Relaxed)
    }

    /// From the intended moment to the arrival. `None`: it has not arrived.
    pub fn latency(&self, schedule: &Schedule, number: usize) -> Option<u64> {
        let seen = self.seen[number].load(Ordering::Relaxed);
        let intended = u64::try_from(schedule.offset(number).as_nanos()).unwrap_or(u64::MAX);
        (seen > 0).then(|| seen.saturating_sub(intended))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_do_not_drift() {
        let schedule = Schedule::new(clock::now(), 3_000);
        assert_eq!(schedule.offset(3_000_000), Duration::from_secs(1_000));
    }

    #[test]
    fn an_arrival_counts_once() {
        let arrivals = Arrivals::new(clock::now(), 3);
        arrivals.note(1);
        arrivals.note(1);
        arrivals.note(7);
        assert_eq!((arrivals.count(), arrivals.repeated()), (1, 1));
    }
}
