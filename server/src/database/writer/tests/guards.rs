//! Three ways to lose the hot path's speed without losing a test: rows written one by one, a look-up that reads a whole
//! index, and telling other processes inside the writing transaction (on Postgres `NOTIFY` takes a lock of the whole
//! database until the commit).
//!
//! The law: statements are counted and read, on both engines, by what the library says it ran; no clock is looked at.
//! Nothing is announced through the database so far; whoever announces to other nodes does so after the commit (D6).

use super::*;
use crate::{conversation::rules::Hand, conversation::rules::Terms, webhook::rules::Wanted};
use futures_util::future::join_all;
use messages::Sending;
use porchlight_bench::postgres::TemporaryDatabase;
use shared::{ids::ConversationId, ids::PersonId, settings::Switch, text::MessageText};
use std::{
    fmt::Debug,
    sync::{Mutex, Once, PoisonError},
    thread::ThreadId,
};
use tracing::{
    Event, Metadata,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

/// Every statement that was run, by the thread that ran it: on SQLite each connection has one, on Postgres it is the
/// test's own.
static RUN: Mutex<Vec<(ThreadId, String)>> = Mutex::new(Vec::new());

/// Hears what the library says about statements.
struct Listener;

#[derive(Default)]
struct Statement {
    summary: String,
    whole: String,
}

impl Visit for Statement {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "summary" {
            self.summary = format!("{value:?}");
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.clone_into(&mut self.whole),
            _ => {}
        }
    }
}

impl tracing::Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn new_span(&self, _span: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _span: &Id, _values: &Record<'_>) {}

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut statement = Statement::default();
        event.record(&mut statement);
        // A short statement is its own summary.
        let text = match statement.whole.trim() {
            "" => statement.summary,
            whole => whole.to_owned(),
        };
        let mut run = RUN.lock().unwrap_or_else(PoisonError::into_inner);
        run.push((std::thread::current().id(), text));
    }

    fn enter(&self, _span: &Id) {}

    fn exit(&self, _span: &Id) {}
}

fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing::subscriber::set_global_default(Listener).expect("nobody else listens");
    });
}

/// The statements that this desk's writer runs for some work, its transactions' ends included.
async fn statements(desk: &Desk, work: impl Future<Output = ()>) -> Vec<String> {
    // The writer says a word that nobody else says, so that its thread is known.
    let marker = format!("select '{}'", fastrand::u64(..));
    let said = desk.writer.run(marker.clone(), |tx, marker| {
        let marker = AssertSqlSafe(marker.clone());
        Box::pin(async move {
            sqlx::raw_sql(marker).execute(tx.connection()).await?;
            Ok(())
        })
    });
    said.await.unwrap();
    work.await;
    let run = RUN.lock().unwrap_or_else(PoisonError::into_inner);
    let (at, (thread, _)) = run
        .iter()
        .enumerate()
        .find(|(_, (_, statement))| *statement == marker)
        .expect("the marker was heard");
    let of_writer = run[at..].iter().filter(|(other, _)| other == thread);
    let mut statements = of_writer.map(|(_, statement)| statement.clone());
    // What ended the marker's own command.
    statements.find(|statement| statement == "commit");
    statements.collect()
}

/// What each begins with, as far as it tells what it does.
fn beginnings(statements: &[String]) -> Vec<String> {
    let beginning = |statement: &String| {
        let words: Vec<&str> = statement.split_whitespace().take(3).collect();
        words.join(" ")
    };
    statements.iter().map(beginning).collect()
}

fn id(number: usize) -> String {
    format!("01900000-0000-7000-8000-{number:012}")
}

/// A guest and their conversation, both of this number.
async fn guest(tx: &mut Tx<'_>, id: &str) -> Result<(), Refusal> {
    for statement in [
        "insert into person (person_id, kind, display_name, email_verified, created_at, updated_at)
        values ($1, 'guest', 'Cora', false, 0, 0)",
        "insert into conversation
            (conversation_id, kind, opened_by, owner, opening_client_id, last_position, revision, created_at,
            last_activity_at, last_customer_position, last_staff_position, customer_seen_position, staff_seen_position)
        values ($1, 'support', $1, $1, $1, 0, 0, 0, 0, 0, 0, 0, 0)",
    ] {
        sqlx::query(statement)
            .bind(id)
            .execute(tx.connection())
            .await?;
    }
    Ok(())
}

const GUESTS: usize = 8;

fn sending(number: usize, client: usize) -> Sending {
    let id = id(number % GUESTS);
    Sending {
        conversation_id: ConversationId::parse(&id).unwrap(),
        client_id: shared::ids::ClientId::parse(&self::id(client)).unwrap(),
        author: PersonId::parse(&id).unwrap(),
        hand: Hand::Own,
        terms: Terms {
            guest_group: None,
            user_groups: Switch::Off,
            show_addresses: Switch::Off,
            webhooks: Wanted::default(),
        },
        text: MessageText::parse("When will my lamp arrive?").unwrap(),
        reply_to: None,
    }
}

/// Sends so many at once: all of them stand in the queue before the writer runs.
async fn send_at_once(desk: &Desk, messages: usize, first_client: usize) {
    let all = (0..messages).map(|number| desk.writer.send(sending(number, first_client + number)));
    for sent in join_all(all).await {
        assert!(sent.is_ok(), "a message was refused");
    }
}

/// A desk with its guests; on Postgres in a database of its own, which is returned to be dropped.
async fn desks() -> Vec<(Desk, Option<TemporaryDatabase>)> {
    listen();
    let mut desks = vec![(desk().await, None)];
    match std::env::var("PORCHLIGHT_TEST_POSTGRES") {
        Ok(server_url) => {
            let database = TemporaryDatabase::create(&server_url).await.unwrap();
            let desk = desk_at(&database.url().unwrap(), tempfile::tempdir().unwrap()).await;
            desks.push((desk, Some(database)));
        }
        Err(_) => println!("PORCHLIGHT_TEST_POSTGRES is not set: nothing was counted there."),
    }
    for (desk, _) in &desks {
        for number in 0..GUESTS {
            let made = desk
                .writer
                .run(id(number), |tx, id| Box::pin(guest(tx, id)));
            assert!(made.await.is_ok(), "the guest was not made");
        }
    }
    desks
}

async fn leave(desk: Desk, database: Option<TemporaryDatabase>) {
    desk.writer.finish().await;
    desk.database.close().await;
    if let Some(database) = database {
        database.drop_it().await.unwrap();
    }
}

#[tokio::test]
async fn a_batch_costs_the_same_statements_however_many_messages_it_holds() {
    for (mut desk, database) in desks().await {
        let one = statements(&desk, send_at_once(&desk, 1, 1_000)).await;
        let many = statements(&desk, send_at_once(&desk, 64, 2_000)).await;
        assert_eq!(beginnings(&one), beginnings(&many));
        // Without the word that only SQLite's has.
        let first = one[0].split(' ').next();
        assert_eq!(first, Some("begin"));
        let between: &[&str] = if database.is_some() {
            &["with asked as", "with shifted as", "commit"]
        } else {
            &[
                "with asked as",
                "update conversation set",
                "insert into message",
                "insert into participant",
                "commit",
            ]
        };
        assert_eq!(beginnings(&one)[1..], *between);
        let told: usize = std::iter::from_fn(|| desk.facts.try_recv().ok())
            .map(|facts| facts.len())
            .sum();
        assert_eq!(told, 65, "all of them were stored");
        leave(desk, database).await;
    }
}

#[tokio::test]
async fn nobody_is_told_inside_the_writing_transaction() {
    for (desk, database) in desks().await {
        let mut run = statements(&desk, send_at_once(&desk, 2, 3_000)).await;
        run.extend(statements(&desk, async { desk.names("told").await.unwrap() }).await);
        let is_open = |statements: &[String]| {
            let ends = |word: &str| {
                let is_it = |statement: &&String| statement.split(' ').next() == Some(word);
                statements.iter().filter(is_it).count()
            };
            ends("begin") > ends("commit")
        };
        for (place, statement) in run.iter().enumerate() {
            let tells = statement.to_lowercase().contains("notify");
            assert!(!(tells && is_open(&run[..place])), "{statement}");
        }
        assert!(
            !is_open(&run) && run.len() > 8,
            "the transactions were seen whole"
        );
        if database.is_some() {
            let mut connection = desk.database.read().await.unwrap();
            let triggers: i64 =
                sqlx::query_scalar("select count(*) from pg_trigger where not tgisinternal")
                    .fetch_one(&mut *connection)
                    .await
                    .unwrap();
            assert_eq!(triggers, 0, "a trigger could tell where no statement does");
        }
        leave(desk, database).await;
    }
}

/// How an engine goes about the statement that finds what is stored around a batch, line by line.
async fn plan(desk: &Desk, is_postgres: bool, statement: &str) -> Vec<String> {
    let (explain, column) = if is_postgres {
        ("explain", "QUERY PLAN")
    } else {
        ("explain query plan", "detail")
    };
    let explained = AssertSqlSafe(format!("{explain} {statement}"));
    let mut connection = desk.database.read().await.unwrap();
    let rows = sqlx::query(explained)
        .bind("[]")
        .fetch_all(&mut *connection)
        .await
        .unwrap();
    rows.iter().map(|row| sqlx::Row::get(row, column)).collect()
}

/// A message's key has two halves, and by the second alone the whole index is read for each message.
#[tokio::test]
async fn what_is_stored_already_is_looked_up_by_its_whole_key() {
    for (desk, database) in desks().await {
        let run = statements(&desk, send_at_once(&desk, 1, 4_000)).await;
        let plan = plan(&desk, database.is_some(), &run[1]).await;
        let at = plan
            .iter()
            .position(|line| line.contains("on message m ") || line.contains("SEARCH m "))
            .expect("messages are looked up");
        // Postgres says by what on the next line, and there nothing else.
        let said = &plan[at + usize::from(database.is_some())];
        assert!(
            said.contains("conversation_id") && said.contains("client_id"),
            "{plan:#?}"
        );
        leave(desk, database).await;
    }
}
