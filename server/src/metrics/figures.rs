//! What each part counts.
//!
//! The law: labels are `&'static str`, or a number that the code chooses from a few: the compiler keeps everything
//! else out.

use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// Labels of a counter, in one order for each name.
pub type Words = Vec<(&'static str, &'static str)>;
pub type Counted = Family<Words, Counter>;
pub type Answers = Family<Answered, Counter>;
pub type Seconds = Family<Words, Histogram, fn() -> Histogram>;

/// One more.
pub fn count<const MANY: usize>(counted: &Counted, words: [(&'static str, &'static str); MANY]) {
    counted.get_or_create(&words.to_vec()).inc();
}

/// Which answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Answered {
    pub class: &'static str,
    /// Of HTTP.
    pub status: u32,
}

/// For what should take milliseconds. **Units**: seconds.
pub fn seconds() -> Histogram {
    Histogram::new([
        0.000_5, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
    ])
}

/// What the writer counts.
#[derive(Clone, Debug)]
pub struct Commits {
    commands: Histogram,
    seconds: Histogram,
    refused: Counter,
    /// Whether the last batch could not be stored.
    is_refusing: Arc<AtomicBool>,
}

impl Default for Commits {
    fn default() -> Self {
        Self {
            commands: Histogram::new([1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0]),
            seconds: seconds(),
            refused: Counter::default(),
            is_refusing: Arc::default(),
        }
    }
}

impl Commits {
    /// Whether the last batch was stored.
    pub fn is_storing(&self) -> bool {
        !self.is_refusing.load(Ordering::Relaxed)
    }

    /// A batch is on the disk.
    pub fn stored(&self, commands: usize, took: Duration) {
        let commands = u32::try_from(commands).unwrap_or(u32::MAX);
        self.commands.observe(f64::from(commands));
        self.seconds.observe(took.as_secs_f64());
        self.is_refusing.store(false, Ordering::Relaxed);
    }

    /// Commands could not be stored, and their senders were told; by the database's doing, or by their own.
    pub fn refused(&self, commands: usize, by_database: bool) {
        self.refused.inc_by(commands.try_into().unwrap_or(u64::MAX));
        if by_database {
            self.is_refusing.store(true, Ordering::Relaxed);
        }
    }

    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register(
            "porchlight_commit_commands",
            "Commands that shared a commit",
            self.commands.clone(),
        );
        registry.register(
            "porchlight_commit_seconds",
            "Time of a commit, from its first statement to the disk",
            self.seconds.clone(),
        );
        registry.register(
            "porchlight_commands_not_stored",
            "Commands that the database would not take",
            self.refused.clone(),
        );
    }
}

/// Who is connected, counted when somebody asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Census {
    pub customers: usize,
    pub staff: usize,
    pub visitors: usize,
}

/// Open sockets, and what became of others.
#[derive(Clone, Debug, Default)]
pub struct Sockets {
    pub open: Family<Words, Gauge>,
    pub closed: Counted,
}

impl Sockets {
    /// Now.
    pub fn set(&self, census: Census) {
        for (kind, many) in [
            ("customer", census.customers),
            ("staff", census.staff),
            ("visitor", census.visitors),
        ] {
            let many = i64::try_from(many).unwrap_or(i64::MAX);
            self.open.get_or_create(&vec![("kind", kind)]).set(many);
        }
    }

    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register(
            "porchlight_sockets",
            "Open sockets, by whose they are",
            self.open.clone(),
        );
        registry.register(
            "porchlight_sockets_closed",
            "Sockets that this server closed, and why; resync: it could not keep up",
            self.closed.clone(),
        );
    }
}
