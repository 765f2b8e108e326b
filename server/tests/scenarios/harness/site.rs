//! A server of one's own, set up: Guest Mode on, Mina and Teo in the guest group, Ada the admin, Noor a user.

use super::{person::Browser, schema::Schema, tokens};
use porchlight::{
    app::App,
    clock::Clock,
    config::Config,
    group::change::{add_member, create_group, remove_member},
    identity::keys::IdentityKeys,
    mint::Mint,
    person::change::{NewUser, add_user, set_admin, set_disabled},
    safety::audit::By,
    serve::{Server, listen},
    settings::{LANGUAGES, change::edit},
    webhook::{names::Names, rules::Loopback},
};
use shared::{
    ids::{PersonId, Time},
    samples::{self, ADA, GUEST_GROUP, MINA, NOOR, Person, TEO},
    settings::{Settings, Switch},
};
use sqlx::AssertSqlSafe;
use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, atomic::AtomicU64},
};

/// Where the chat is, as browsers write it.
pub const ORIGIN: &str = "https://chat.example";
/// When every scenario begins.
const NOW: Time = samples::NOON_ISH;

/// Of everybody who has an account.
pub const PASSWORD: &str = "a lamp by the door";

/// On which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// A running server with its people.
pub struct Site {
    pub clock: Clock,
    /// One for all browsers: they are told apart by their cookies, and connections are kept.
    pub http: reqwest::Client,
    pub config: Config,
    pub(super) server: Mutex<Option<Server>>,
    pub(super) address: Mutex<SocketAddr>,
    /// Threads of the server's own, where it has any: so that it can be killed.
    pub(super) threads: Mutex<Option<tokio::runtime::Runtime>>,
    pub(super) tokens: AtomicU64,
    pub(super) schema: Option<Schema>,
    pub(super) _folder: tempfile::TempDir,
}

impl Site {
    /// Sets a site up, lets the story happen on it, and clears it away.
    pub async fn tell(engine: Engine, story: impl AsyncFnOnce(&Self)) {
        let Some(site) = Self::open(engine).await else {
            return;
        };
        story(&site).await;
        site.stop().await;
        if let Some(schema) = &site.schema {
            schema.tell("drop schema", "cascade").await;
        }
    }

    async fn open(engine: Engine) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let schema = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(Schema::create().await?),
        };
        let database_url = match &schema {
            Some(schema) => schema.url(),
            None => format!(
                "sqlite:{}",
                folder.path().join("porchlight.sqlite").display()
            ),
        };
        let key = tokens::operators_key();
        let config = Config {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            public_origin: ORIGIN.into(),
            database_url,
            data_dir: folder.path().into(),
            trusted_proxies: vec!["127.0.0.1/32".parse().unwrap()],
            identity_keys: Arc::new(IdentityKeys::parse([key.as_str()]).unwrap()),
            webhook_loopback: Loopback::Allowed,
            names: Names::Told(Arc::default()),
        };
        let clock = Clock::stepped(NOW);
        let server = start(&config, &clock).await;
        let address = server.address();
        let site = Self {
            clock,
            http: reqwest::Client::new(),
            config,
            server: Mutex::new(Some(server)),
            address: Mutex::new(address),
            threads: Mutex::new(None),
            tokens: AtomicU64::new(0),
            schema,
            _folder: folder,
        };
        site.set_up().await;
        // Somebody who joins starts at the present: whatever happens in a scenario happens after they joined.
        site.clock.advance(60_000);
        Some(site)
    }

    async fn set_up(&self) {
        for person in [&MINA, &TEO, &ADA, &NOOR] {
            let user = NewUser {
                external_id: person.key.into(),
                name: person.name.into(),
                email: Some(person.email.into()),
            };
            let by = self.by();
            let added = self
                .app()
                .writer
                .run((by, user), |tx, (by, user)| {
                    Box::pin(add_user(tx, by, user))
                })
                .await;
            added.unwrap().unwrap();
        }
        let by = self.by();
        let made = self
            .app()
            .writer
            .run(by, |tx, by| Box::pin(create_group(tx, by, GUEST_GROUP)))
            .await;
        let group_id = made.unwrap().unwrap();
        for agent in [&MINA, &TEO] {
            self.joins(agent).await;
        }
        self.makes_admin(&ADA, true).await;
        self.sets(move |settings| {
            settings.user_groups = Switch::On;
            settings.guest_group_id = Some(group_id.clone());
            settings.guest_mode = Switch::On;
        })
        .await;
    }

    pub fn is_sqlite(&self) -> bool {
        self.config.database_url.starts_with("sqlite:")
    }

    pub fn by(&self) -> By {
        By {
            actor: None,
            mint: self.app().mint.clone(),
            now: self.clock.now(),
        }
    }

    pub fn by_person(&self, person_id: &PersonId) -> By {
        By {
            actor: Some(person_id.clone()),
            ..self.by()
        }
    }

    /// On which database it runs.
    pub fn engine(&self) -> Engine {
        match self.config.database_url.starts_with("sqlite:") {
            true => Engine::Sqlite,
            false => Engine::Postgres,
        }
    }

    /// What the handlers reach.
    pub fn app(&self) -> Arc<App> {
        self.running().expect("the server runs")
    }

    pub fn address(&self) -> SocketAddr {
        *self.address.lock().unwrap()
    }

    /// Changes the settings as an admin would.
    pub async fn sets(&self, change: impl Fn(&mut Settings) + Send + Sync + 'static) {
        let done = self
            .app()
            .writer
            .run((self.by(), change), |tx, (by, change)| {
                Box::pin(edit(tx, by, LANGUAGES, |settings: &mut Settings| {
                    change(settings)
                }))
            })
            .await;
        done.unwrap().unwrap();
        self.app().policy_changed().await.unwrap();
    }

    /// Puts somebody into the guest group.
    pub async fn joins(&self, person: &'static Person) {
        let done = self
            .app()
            .writer
            .run((self.by(), person), |tx, (by, person)| {
                Box::pin(add_member(tx, by, GUEST_GROUP, person.key))
            })
            .await;
        assert!(done.unwrap().is_ok());
        self.app().policy_changed().await.unwrap();
    }

    /// Takes somebody out of the guest group, as another process would: this server has to notice by itself.
    pub async fn leaves_group(&self, person: &'static Person) {
        let done = self
            .app()
            .writer
            .run((self.by(), person), |tx, (by, person)| {
                Box::pin(remove_member(tx, by, GUEST_GROUP, person.key))
            })
            .await;
        assert!(done.unwrap().is_ok());
    }

    /// Makes somebody an admin, or takes it away.
    pub async fn makes_admin(&self, person: &'static Person, is_admin: bool) {
        let done = self
            .app()
            .writer
            .run(
                (self.by(), person, is_admin),
                |tx, (by, person, is_admin)| Box::pin(set_admin(tx, by, person.key, *is_admin)),
            )
            .await;
        assert!(done.unwrap().is_ok());
        self.app().policy_changed().await.unwrap();
    }

    /// Disables somebody, as another process would: this server has to notice by itself.
    pub async fn disables(&self, person: &'static Person) {
        let done = self
            .app()
            .writer
            .run((self.by(), person), |tx, (by, person)| {
                Box::pin(set_disabled(tx, by, person.key, true))
            })
            .await;
        assert!(done.unwrap().is_ok());
    }

    /// A browser that has never been here.
    pub fn browser(&self, person: &'static Person) -> Browser<'_> {
        Browser::visitor(self, person)
    }

    /// A browser on a page that vouches for somebody, after the exchange of a fresh token.
    pub async fn signed_in(&self, person: &'static Person) -> Browser<'_> {
        let mut browser = Browser::user(self, person);
        browser.signs_in().await;
        browser
    }

    /// Until every socket has been told what was changed so far: what comes afterwards is about what comes afterwards.
    pub async fn settles(&self) {
        let app = self.app();
        app.policy_changed().await.unwrap();
        app.hub.applies(app.policy().version).await;
    }

    /// How many rows a table has.
    pub async fn count(&self, table: &'static str) -> i64 {
        let mut connection = self.app().database.read().await.unwrap();
        sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {table}")))
            .fetch_one(&mut *connection)
            .await
            .unwrap()
    }
}

pub(super) async fn start(config: &Config, clock: &Clock) -> Server {
    let listener = listen(config.listen).unwrap();
    // Chance is true: two starts on one database must not mint the same ids.
    Server::start(
        config.clone(),
        clock.clone(),
        Mint::from_entropy(clock.clone()),
        listener,
    )
    .await
    .unwrap()
}
