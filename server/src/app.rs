//! The parts of a running server, in one place.

use crate::{
    account::{back_off::BackOff, password::Passwords},
    clock::Clock,
    config::Config,
    conversation::{
        announce::{Fact, deliveries},
        limits::WritingLimits,
        rules::sight,
    },
    database::{Damage, Database, OpenRefused, without_values, writer::Writer},
    error::Refusal,
    host::caller::CALLS,
    identity::{sign_in::NOTED, upkeep::forget_ended},
    mail_code::post::{CodePost, keep_posting},
    metrics::Metrics,
    mint::Mint,
    policy::{Policy, PolicyWatch},
    realtime::{closing::Closing, hub::Hub, sweep::keep_sweeping},
    safety::{
        audit::By,
        limiter::{Limiter, Peer},
        report::http::REPORTS,
        retention::task::keep_to_periods,
    },
    settings::{change::found_site, loader::LoaderCache},
    webhook::task::{Dispatch, deliver},
};
use shared::{
    identity::Role,
    ids::{HostKeyId, PersonId},
};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use tokio::{sync::mpsc, task::JoinHandle};

/// What every handler can reach. Shared as `Arc<App>`.
pub struct App {
    pub config: Config,
    pub clock: Clock,
    pub mint: Mint,
    pub database: Database,
    pub writer: Writer,
    pub policy: PolicyWatch,
    pub hub: Hub,
    /// How often somebody may start and write.
    pub limits: WritingLimits,
    /// The script tag's file, rendered from the newest settings.
    pub loader: LoaderCache,
    /// How often each peer brings an identity token, or a wrong password.
    pub sign_ins: Limiter<Peer>,
    /// How often each person reports a message.
    pub reports: Limiter<PersonId>,
    /// How often each key of the host's server calls.
    pub host_calls: Limiter<HostKeyId>,
    /// Tells webhooks what happened.
    pub dispatch: Dispatch,
    /// Hashes passwords, few at a time.
    pub passwords: Passwords,
    /// Takes what is asked for by mail.
    pub codes: CodePost,
    /// How long whoever guesses passwords has to wait.
    pub back_off: BackOff,
    /// What is counted, for Prometheus.
    pub metrics: Metrics,
    /// Set once, when the server is about to leave.
    draining: AtomicBool,
}

/// Why the parts could not be put together: one sentence for the operator.
#[derive(Debug, thiserror::Error)]
pub enum AppRefused {
    #[error(transparent)]
    Open(#[from] OpenRefused),
    #[error("The site's settings cannot be read: {0}.")]
    Site(String),
}

impl AppRefused {
    /// What could not be read in the database of this URL, and whether its file is to blame.
    fn in_database(url: &str, refusal: Refusal) -> Self {
        let damage = match &refusal {
            Refusal::Database(error) => Damage::behind(url, error),
            Refusal::Problem(_) | Refusal::Broken(_) => None,
        };
        if let Some(damage) = damage {
            return OpenRefused::Damaged(damage).into();
        }
        Self::Site(match refusal {
            Refusal::Database(error) => without_values(&error),
            other => other.to_string(),
        })
    }
}

/// Facts that may wait between the writer and the readers, as batches. A full queue holds the writer up, which holds
/// up the senders, which is what bounds it.
const FACTS: usize = 64;

/// Work that goes on beside the requests.
pub struct Chores {
    writer: JoinHandle<()>,
    announcer: JoinHandle<()>,
    others: Vec<JoinHandle<()>>,
}

impl App {
    /// Opens the database, founds the site where there is none, and starts what works beside the requests.
    pub async fn start(
        config: Config,
        clock: Clock,
        mint: Mint,
    ) -> Result<(Arc<Self>, Chores), AppRefused> {
        let url = config.database_url.clone();
        let database = Database::open(&url).await?;
        let (tell, facts) = mpsc::channel(FACTS);
        let (writer, writing) = Writer::start(&database, clock.clone(), mint.clone(), tell);
        let by = By {
            actor: None,
            mint: mint.clone(),
            now: clock.now(),
        };
        writer
            .run(by, |tx, by| {
                Box::pin(async move { found_site(tx, by).await.map(|_| ()) })
            })
            .await
            .map_err(|refusal| AppRefused::in_database(&url, refusal))?;
        let policy = PolicyWatch::open(&database)
            .await
            .map_err(|refusal| AppRefused::in_database(&url, refusal))?;
        let (codes, askings) = CodePost::open();
        let app = Arc::new(Self {
            hub: Hub::new(clock.clone()),
            limits: WritingLimits::default(),
            loader: LoaderCache::default(),
            sign_ins: Limiter::new(NOTED),
            reports: Limiter::new(REPORTS),
            host_calls: Limiter::new(CALLS),
            dispatch: Dispatch::new(config.names.clone(), config.webhook_loopback),
            passwords: Passwords::default(),
            codes,
            back_off: BackOff::default(),
            metrics: Metrics::new(writer.commits(), clock.now()),
            draining: AtomicBool::new(false),
            config,
            clock,
            mint,
            database,
            writer,
            policy,
        });
        let announcer = tokio::spawn(announce(Arc::clone(&app), facts));
        let others = vec![
            tokio::spawn(watch_policy(Arc::clone(&app))),
            tokio::spawn(sweep(Arc::clone(&app))),
            tokio::spawn(forget_ended(Arc::clone(&app))),
            tokio::spawn(keep_to_periods(Arc::clone(&app))),
            tokio::spawn(keep_posting(Arc::clone(&app), askings)),
            tokio::spawn(deliver(Arc::clone(&app))),
        ];
        Ok((
            app,
            Chores {
                writer: writing,
                announcer,
                others,
            },
        ))
    }

    /// What anybody may do right now.
    pub fn policy(&self) -> Arc<Policy> {
        self.policy.latest()
    }

    /// After an own change of settings, groups, admins or disabled persons: makes it bite at once.
    pub async fn policy_changed(&self) -> Result<(), Refusal> {
        self.policy.refresh(&self.database).await
    }

    /// For what somebody does now.
    pub fn by(&self, actor: &PersonId) -> By {
        By {
            actor: Some(actor.clone()),
            ..self.by_nobody()
        }
    }

    /// For what the server does by itself, or nobody known; and for the host's server, which is no person: its key stands
    /// among a line's particulars.
    pub fn by_nobody(&self) -> By {
        By {
            actor: None,
            mint: self.mint.clone(),
            now: self.clock.now(),
        }
    }

    /// Whether the server is about to leave.
    pub fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Relaxed)
    }

    /// From now on `/readyz` says no.
    pub fn begin_draining(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }

    /// Stores and answers what is queued, takes nothing more, and lets go of the database.
    pub async fn finish(&self, chores: Chores) {
        self.codes.finish().await;
        for chore in chores.others {
            chore.abort();
        }
        self.writer.finish().await;
        // Both end by themselves: the writer with its queue, the announcer with the writer.
        let _ended = tokio::join!(chores.writer, chores.announcer);
        self.database.close().await;
    }
}

/// Tells the readers what was committed, in the order of the commits.
async fn announce(app: Arc<App>, mut facts: mpsc::Receiver<Vec<Fact>>) {
    while let Some(committed) = facts.recv().await {
        let policy = app.policy();
        if !policy.webhooks.is_nothing() {
            app.dispatch.wake();
        }
        for fact in committed {
            app.metrics.committed(&fact);
            if let Fact::SessionsEnded { ended, .. } = &fact {
                app.hub.close_sessions(ended, Closing::SignedOut);
            }
            // A guest is in no list of staff, so this holds for them too.
            let owner_role = policy.role_of_user(fact.owner());
            let of_agents = sight(Role::Agent, &policy.settings);
            app.hub.deliver(&deliveries(fact, owner_role, of_agents));
        }
    }
}

async fn watch_policy(app: Arc<App>) {
    app.policy.watch(&app.database).await;
}

async fn sweep(app: Arc<App>) {
    keep_sweeping(&app).await;
}
