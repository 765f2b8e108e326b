//! From an asking to a mail, while nobody waits.
//!
//! The laws: whoever asks is answered before anything is looked up, so neither the time nor the fate of a mail tells
//! whether an address is known. What waits is bounded. A mail that the mail server did not take is a line that admins
//! read, and costs nobody anything else.

use super::change::{Asking, Mailing, ask};
use super::letter;
use crate::app::App;
use crate::error::Refusal;
use crate::mail;
use crate::safety::audit::{self, Done};
use crate::safety::limiter::{Limit, Limiter, Peer, Reached};
use shared::ids::Time;
use shared::limits::{CODE_TRIES, CODES_PER_PEER, STARTS_WINDOW_SECONDS};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc, watch};

/// Askings and mails that may wait. Whoever comes when it is full asks again.
const WAITING: usize = 256;
/// Mails on their way at once: a mail server that does not answer holds up that many and no more.
const AT_ONCE: usize = 4;
/// For what was asked for before the server leaves.
const FINISH: Duration = Duration::from_secs(5);

/// Where askings are taken, and how often.
pub struct CodePost {
    askings: mpsc::Sender<Asking>,
    asked: Limiter<Peer>,
    entered: Limiter<Peer>,
    /// How many were taken and are not done with.
    waiting: watch::Sender<usize>,
}

/// The other end.
pub struct Askings(mpsc::Receiver<Asking>);

impl CodePost {
    pub fn open() -> (Self, Askings) {
        let (askings, taken) = mpsc::channel(WAITING);
        let per_peer = |times| Limiter::new(Limit::per_seconds(times, STARTS_WINDOW_SECONDS));
        let post = Self {
            askings,
            asked: per_peer(CODES_PER_PEER),
            entered: per_peer(CODES_PER_PEER * CODE_TRIES),
            waiting: watch::Sender::new(0),
        };
        (post, Askings(taken))
    }

    /// Takes an asking, or lets it go: the answer is the same.
    pub fn take(&self, asking: Asking, peer: &Peer) {
        if self.asked.count(peer, asking.by.now).is_err() {
            return;
        }
        self.waiting.send_modify(|waiting| *waiting += 1);
        if self.askings.try_send(asking).is_err() {
            self.is_done();
            tracing::warn!("more codes are asked for than can be mailed");
        }
    }

    /// Counts a code that is entered.
    ///
    /// **Errors**: [`Reached`].
    pub fn count_entered(&self, peer: &Peer, now: Time) -> Result<(), Reached> {
        self.entered.count(peer, now)
    }

    /// Forgets the network addresses that did nothing lately.
    pub fn forget_peers(&self, now: Time) {
        self.asked.forget_passed(now);
        self.entered.forget_passed(now);
    }

    fn is_done(&self) {
        self.waiting.send_modify(|waiting| *waiting -= 1);
    }

    /// Resolves when everything that was taken is done with.
    pub async fn settled(&self) {
        let mut waiting = self.waiting.subscribe();
        // The sender is `self`.
        let _open = waiting.wait_for(|waiting| *waiting == 0).await;
    }

    /// Lets what was taken leave before the server does, within reason.
    pub async fn finish(&self) {
        if tokio::time::timeout(FINISH, self.settled()).await.is_err() {
            tracing::warn!("some codes were not mailed in time");
        }
    }
}

/// Takes one asking after the other: the newest of a session is the last that was asked for.
pub async fn keep_posting(app: Arc<App>, Askings(mut askings): Askings) {
    let at_once = Arc::new(Semaphore::new(AT_ONCE));
    let places = Arc::new(Semaphore::new(WAITING));
    while let Some(asking) = askings.recv().await {
        let asked = app
            .writer
            .run(asking, |tx, asking| Box::pin(ask(tx, asking)))
            .await;
        let mailing = match asked {
            Ok(Some(mailing)) => mailing,
            Ok(None) => {
                app.codes.is_done();
                continue;
            }
            Err(refusal) => {
                tracing::warn!(%refusal, "a code could not be kept, so it was not mailed");
                app.codes.is_done();
                continue;
            }
        };
        let place = Arc::clone(&places).try_acquire_owned();
        let (app, at_once) = (Arc::clone(&app), Arc::clone(&at_once));
        tokio::spawn(async move {
            let was_mailed = match place {
                Ok(_place) => {
                    let _turn = at_once.acquire().await;
                    deliver(&app, &mailing).await
                }
                Err(_) => false,
            };
            note(&app, mailing, was_mailed).await;
            app.codes.is_done();
        });
    }
}

async fn deliver(app: &App, mailing: &Mailing) -> bool {
    let policy = app.policy();
    let settings = &policy.settings;
    let letter = letter::write(
        mailing.email.clone(),
        &mailing.code,
        &settings.site_name,
        &settings.language,
    );
    mail::send(app, letter).await.is_ok()
}

/// Leaves a line for admins.
async fn note(app: &App, mailing: Mailing, was_mailed: bool) {
    let Mailing { guest, by, .. } = mailing;
    let done = if was_mailed {
        Done::CodeMailed { guest }
    } else {
        Done::CodeNotMailed { guest }
    };
    let noted: Result<(), Refusal> = app
        .writer
        .run((by, done), |tx, (by, done)| {
            Box::pin(audit::record(tx.connection(), by, done))
        })
        .await;
    if noted.is_err() {
        tracing::warn!("a mail was not noted");
    }
}
