//! What the writer promises whatever it is given.

/// What a batch may consist of.
mod guards;

use super::*;
use crate::database::{Database, violated};
use shared::{ids::Time, samples::NOON_ISH};
use sqlx::AssertSqlSafe;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

struct Desk {
    writer: Writer,
    database: Database,
    facts: mpsc::Receiver<Vec<Fact>>,
    _folder: tempfile::TempDir,
}

async fn desk() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let url = format!(
        "sqlite:{}",
        folder.path().join("porchlight.sqlite").display()
    );
    desk_at(&url, folder).await
}

async fn desk_at(url: &str, folder: tempfile::TempDir) -> Desk {
    let database = Database::open(url).await.unwrap();
    let clock = Clock::stepped(NOON_ISH);
    let (tell, facts) = mpsc::channel(32);
    let (writer, _) = Writer::start(&database, clock.clone(), Mint::seeded(clock, 7), tell);
    Desk {
        writer,
        database,
        facts,
        _folder: folder,
    }
}

/// A command that stores one row: a group's name is its own.
async fn name_group(tx: &mut Tx<'_>, name: &str) -> Result<(), Refusal> {
    sqlx::query("insert into user_group (group_id, group_name, created_at) values ($1, $1, $2)")
        .bind(name)
        .bind(Time::default().0)
        .execute(tx.connection())
        .await?;
    Ok(())
}

impl Desk {
    async fn names(&self, name: &str) -> Result<(), Refusal> {
        self.writer
            .run(name.to_owned(), |tx, name| Box::pin(name_group(tx, name)))
            .await
    }

    /// How large the writer's database may become; it is never smaller than it is.
    async fn has_pages(&self, pages: i64) {
        let limited = self.writer.run(pages, |tx, pages| {
            let pragma = AssertSqlSafe(format!("pragma max_page_count = {pages}"));
            Box::pin(async move {
                Ok(sqlx::raw_sql(pragma)
                    .execute(tx.connection())
                    .await
                    .map(|_| ())?)
            })
        });
        limited.await.unwrap();
    }

    async fn groups(&self) -> Vec<String> {
        let mut connection = self.database.read().await.unwrap();
        sqlx::query_scalar("select group_name from user_group order by group_name")
            .fetch_all(&mut *connection)
            .await
            .unwrap()
    }
}

fn code(refused: &Refusal) -> Option<ProblemCode> {
    match refused {
        Refusal::Problem(problem) => Some(problem.code),
        _ => None,
    }
}

#[tokio::test]
async fn one_bad_command_never_sinks_the_others_of_its_batch() {
    let desk = desk().await;
    desk.names("taken").await.unwrap();
    // All of them wait for one transaction, because nobody lets the writer run before they stand in its queue.
    let (first, bad, refused, last) = tokio::join!(
        desk.names("first"),
        desk.names("taken"),
        desk.writer.run((), |tx, ()| Box::pin(async move {
            name_group(tx, "undone").await?;
            Err::<(), _>(ProblemCode::NotFound.into())
        })),
        desk.names("last"),
    );
    assert!(first.is_ok() && last.is_ok());
    assert!(bad.is_err());
    assert_eq!(code(&refused.unwrap_err()), Some(ProblemCode::NotFound));
    assert_eq!(
        desk.groups().await,
        ["first", "last", "taken"],
        "a refusal writes nothing"
    );
}

#[tokio::test]
async fn a_violated_constraint_is_known_by_its_name() {
    let desk = desk().await;
    desk.names("taken").await.unwrap();
    let caught = desk
        .writer
        .run((), |tx, ()| {
            Box::pin(async move {
                match name_group(tx, "taken").await {
                    Err(Refusal::Database(error)) => Ok(violated(&error).map(str::to_owned)),
                    other => other.map(|()| None),
                }
            })
        })
        .await;
    assert_eq!(caught.unwrap().as_deref(), Some("user_group_name_unique"));
}

#[tokio::test]
async fn what_cannot_be_stored_is_refused_loudly_and_what_was_acknowledged_stays() {
    let mut desk = desk().await;
    desk.names("before").await.unwrap();
    // A full disk, as SQLite sees it.
    desk.has_pages(1).await;
    let mut stored = 1;
    let refused = loop {
        match desk
            .names(&format!("{stored:04}{}", "x".repeat(2_000)))
            .await
        {
            Ok(()) => stored += 1,
            Err(refused) => break refused,
        }
        assert!(stored < 500, "the disk is full");
    };
    assert_eq!(code(&refused), Some(ProblemCode::NotStored));
    assert_eq!(desk.groups().await.len(), stored);
    // There is room again.
    desk.has_pages(1_000_000).await;
    desk.names("after").await.unwrap();
    assert!(
        desk.facts.try_recv().is_err(),
        "nobody was told of anything"
    );
}

#[tokio::test]
async fn a_full_queue_refuses_at_once() {
    let desk = desk().await;
    // Nobody lets the writer run in between: the queue fills.
    let names: Vec<String> = (0..QUEUE + 5).map(|number| number.to_string()).collect();
    let waiting = names.iter().map(|name| desk.names(name));
    let answers = futures_util::future::join_all(waiting).await;
    let refused: Vec<_> = answers
        .iter()
        .filter_map(|answer| answer.as_ref().err().and_then(code))
        .collect();
    assert_eq!(refused, [ProblemCode::NotStored; 5]);
    assert_eq!(desk.groups().await.len(), QUEUE);
}

#[tokio::test]
async fn a_finished_writer_answers_what_is_queued_and_takes_nothing_more() {
    let desk = desk().await;
    let (early, (), late) = tokio::join!(desk.names("early"), desk.writer.finish(), async {
        tokio::task::yield_now().await;
        desk.writer.queue.closed().await;
        desk.names("late").await
    });
    assert!(early.is_ok());
    assert_eq!(code(&late.unwrap_err()), Some(ProblemCode::NotStored));
    assert_eq!(desk.groups().await, ["early"]);
}

#[tokio::test]
async fn a_command_may_be_run_again_and_answers_once() {
    let desk = desk().await;
    desk.names("taken").await.unwrap();
    let runs = Arc::new(AtomicUsize::new(0));
    let (bad, counted) = tokio::join!(
        desk.names("taken"),
        desk.writer
            .run(Arc::clone(&runs), |tx, runs| Box::pin(async move {
                runs.fetch_add(1, Ordering::SeqCst);
                name_group(tx, "counted").await
            })),
    );
    assert!(bad.is_err() && counted.is_ok());
    assert_eq!(desk.groups().await, ["counted", "taken"]);
    assert!(runs.load(Ordering::SeqCst) <= 2);
}
