//! What the server counts of itself, for Prometheus.
//!
//! The laws: a label is a word that stands in this code, so nothing that anybody typed, and nobody's name, address, id
//! or peer, can become one; counting never waits and never fails; what can be counted when somebody asks is counted
//! then.

/// What each part counts.
mod figures;
/// The page that Prometheus reads, on a listener of its own.
pub mod page;

pub use figures::{Census, Commits};

use crate::{conversation::announce::Fact, error::Refusal};
use figures::{Answered, Answers, Counted, Seconds, Sockets, count, seconds};
use prometheus_client::{
    metrics::{counter::Counter, family::Family, gauge::Gauge, info::Info},
    registry::Registry,
};
use shared::{ids::Time, problem::ProblemCode};
use std::time::Duration;

/// How somebody signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// By the host site's token.
    Token,
    /// By a password of their own.
    Password,
}

/// Everything that is counted. Each figure is cheap to clone and to count.
pub struct Metrics {
    registry: Registry,
    requests: Answers,
    request_seconds: Seconds,
    messages: Counter,
    conversations: Counter,
    conversions: Counted,
    sign_ins: Counted,
    mails: Counted,
    webhook_deliveries: Counted,
    sockets: Sockets,
    waiting: Gauge,
}

impl Metrics {
    /// With what the writer counts already.
    pub fn new(commits: &Commits, started_at: Time) -> Self {
        let mut metrics = Self {
            registry: Registry::default(),
            requests: Answers::default(),
            request_seconds: Family::new_with_constructor(seconds),
            messages: Counter::default(),
            conversations: Counter::default(),
            conversions: Counted::default(),
            sign_ins: Counted::default(),
            mails: Counted::default(),
            webhook_deliveries: Counted::default(),
            sockets: Sockets::default(),
            waiting: Gauge::default(),
        };
        metrics.register_server(started_at);
        commits.register(&mut metrics.registry);
        metrics.register_work();
        metrics
    }

    fn register_server(&mut self, started_at: Time) {
        let (registry, started) = (&mut self.registry, Gauge::<i64>::default());
        started.set(started_at.0.div_euclid(1_000));
        registry.register(
            "process_start_time_seconds",
            "When it started, in seconds since 1970",
            started,
        );
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("porchlight_build", "What runs", build);
        registry.register(
            "porchlight_http_requests",
            "Answers, by who may call the route and by status",
            self.requests.clone(),
        );
        registry.register(
            "porchlight_http_request_seconds",
            "Time to an answer, by who may call the route",
            self.request_seconds.clone(),
        );
        self.sockets.register(registry);
        registry.register(
            "porchlight_writer_waiting",
            "Commands that wait for the writer now",
            self.waiting.clone(),
        );
    }

    fn register_work(&mut self) {
        let registry = &mut self.registry;
        registry.register(
            "porchlight_messages_stored",
            "Messages stored by this process",
            self.messages.clone(),
        );
        registry.register(
            "porchlight_conversations_started",
            "Conversations begun by this process",
            self.conversations.clone(),
        );
        for (name, help, counted) in [
            (
                "porchlight_conversions",
                "Conversations that changed hands",
                &self.conversions,
            ),
            (
                "porchlight_sign_ins",
                "Tries to sign in, by door and result",
                &self.sign_ins,
            ),
            (
                "porchlight_mails",
                "Mails handed to the mail server",
                &self.mails,
            ),
            (
                "porchlight_webhook_deliveries",
                "Calls of webhooks, by what came of them",
                &self.webhook_deliveries,
            ),
        ] {
            registry.register(name, help, counted.clone());
        }
    }

    /// An answer went out.
    pub fn answered(&self, class: &'static str, status: u16, took: Duration) {
        let answered = Answered {
            class,
            status: status.into(),
        };
        self.requests.get_or_create(&answered).inc();
        self.request_seconds
            .get_or_create(&vec![("class", class)])
            .observe(took.as_secs_f64());
    }

    /// Something was committed.
    pub fn committed(&self, fact: &Fact) {
        match fact {
            Fact::Started { .. } | Fact::StartedDirect { .. } => {
                self.conversations.inc();
                self.messages.inc();
            }
            Fact::Sent { .. } => {
                self.messages.inc();
            }
            Fact::Converted { .. } => count(&self.conversions, [("change", "converted")]),
            Fact::GivenBack { .. } => count(&self.conversions, [("change", "given_back")]),
            Fact::SeenAdvanced { .. } | Fact::SessionsEnded { .. } | Fact::Changed { .. } => {}
        }
    }

    /// Somebody tried to sign in.
    pub fn signed_in<T>(&self, door: Door, tried: &Result<T, Refusal>) {
        let door = match door {
            Door::Token => "token",
            Door::Password => "password",
        };
        let result = match tried {
            Ok(_) => "let_in",
            Err(Refusal::Problem(problem)) if problem.code == ProblemCode::SlowDown => {
                "slowed_down"
            }
            Err(Refusal::Problem(problem)) if problem.code != ProblemCode::NotStored => "refused",
            Err(_) => "failed",
        };
        count(&self.sign_ins, [("door", door), ("result", result)]);
    }

    /// A mail was taken by the mail server, or was not.
    pub fn mailed(&self, sent: &Result<(), Refusal>) {
        let result = if sent.is_ok() { "sent" } else { "refused" };
        count(&self.mails, [("result", result)]);
    }

    /// A webhook was called.
    pub fn delivered(&self, result: &'static str) {
        count(&self.webhook_deliveries, [("result", result)]);
    }

    /// A socket is closed by us.
    pub fn closed(&self, why: &'static str) {
        count(&self.sockets.closed, [("why", why)]);
    }
}
