//! Backups of a database with a person or two; what goes wrong is in a table.

use super::{BackupRefused, back_up, compare, restore::restore};
use crate::database::{Database, backup::checkup::Counts};
use std::{
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// A database with one site and one guest's message.
async fn with_one_message() -> (TempDir, PathBuf, Database) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("porchlight.sqlite");
    let database = Database::open(&format!("sqlite:{}", file.display()))
        .await
        .unwrap();
    write(
        &database,
        "insert into site (site_id, created_at, settings, settings_version, policy_version) values ('one', 1, '{}', 1, 1);
        insert into person (person_id, kind, display_name, email_verified, created_at, updated_at)
            values ('cora', 'guest', 'Cora', false, 1, 1);
        insert into conversation (conversation_id, kind, opened_by, owner, opening_client_id, last_position, revision,
                created_at, last_activity_at, last_customer_position, last_staff_position, customer_seen_position,
                staff_seen_position)
            values ('first', 'support', 'cora', 'cora', 'start', 1, 1, 1, 1, 1, 0, 1, 0);
        insert into message (message_id, conversation_id, position, kind, side, author, client_id, body, revision, sent_at)
            values ('hello', 'first', 1, 'text', 'customer', 'cora', 'start', 'Hello', 1, 1)",
    )
    .await;
    (folder, file, database)
}

async fn write(database: &Database, statements: &'static str) {
    sqlx::raw_sql(statements)
        .execute(&database.writing)
        .await
        .unwrap();
}

/// Epoch and revision of the one conversation.
async fn standing(file: &Path) -> (i64, i64) {
    let mut connection = super::open_beside_the_server(file).await.unwrap();
    sqlx::query_as("select epoch, revision from conversation")
        .fetch_one(&mut connection)
        .await
        .unwrap()
}

async fn messages(file: &Path) -> i64 {
    super::checkup::check_file(file)
        .await
        .unwrap()
        .counts
        .messages
}

#[tokio::test]
async fn a_backup_is_checked_counted_private_and_comes_back() {
    let (folder, file, database) = with_one_message().await;
    let backup = folder.path().join("deep/down/backup.sqlite");
    let checked = back_up(&file, &backup).await.unwrap();
    assert_eq!((checked.counts.messages, checked.counts.persons), (1, 1));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&backup).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let names: Vec<_> = fs::read_dir(backup.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["backup.sqlite"], "nothing else is left");

    write(
        &database,
        "update conversation set last_position = 2, revision = 2;
        insert into message (message_id, conversation_id, position, kind, side, author, client_id, body, revision, sent_at)
            values ('again', 'first', 2, 'text', 'customer', 'cora', 'again', 'Are you there?', 2, 2)",
    )
    .await;
    // As after a crash: the second message is in the log only.
    let crashed = folder.path().join("crashed.sqlite");
    for ending in ["", "-wal"] {
        fs::copy(
            super::with_ending(&file, ending),
            super::with_ending(&crashed, ending),
        )
        .unwrap();
    }
    drop(database);
    let restored = restore(&backup, &crashed, "now").await.unwrap();
    assert_eq!(restored.checked.counts.messages, 1);
    assert_eq!(messages(&crashed).await, 1);
    let former = restored.former.unwrap();
    assert_eq!(messages(&former).await, 2, "the log was folded in");
    assert!(backup.exists() && !super::with_ending(&crashed, "-wal").exists());
    let (epoch, revision) = standing(&crashed).await;
    assert!(epoch == 1 && revision > 1_000, "readers fetch it anew");
    // It is a database to go on with.
    let again = Database::open(&format!("sqlite:{}", crashed.display()))
        .await
        .unwrap();
    again.close().await;
}

#[tokio::test]
async fn a_backup_overwrites_nothing_and_needs_a_database() {
    let (folder, file, _database) = with_one_message().await;
    let taken = folder.path().join("taken");
    fs::write(&taken, "something").unwrap();
    assert!(matches!(
        back_up(&file, &taken).await,
        Err(BackupRefused::Taken(_))
    ));
    assert_eq!(fs::read_to_string(&taken).unwrap(), "something");
    let nowhere = folder.path().join("nowhere");
    assert!(matches!(
        back_up(&nowhere, &folder.path().join("new")).await,
        Err(BackupRefused::NoDatabase(_))
    ));
    assert!(matches!(
        back_up(&file, &taken.join("below a file")).await,
        Err(BackupRefused::Unwritable(..))
    ));
    assert!(matches!(
        restore(&nowhere, &file, "now").await,
        Err(BackupRefused::NoBackup(_))
    ));
    assert!(!nowhere.exists());
}

#[tokio::test]
async fn a_copy_that_is_not_whole_is_no_backup() {
    let (folder, file, database) = with_one_message().await;
    let flaws = [
        // A message that its head does not know.
        "update conversation set last_position = 0",
        // A gap.
        "update conversation set last_position = 1; update message set position = 2",
        // Nobody's conversation.
        "update message set position = 1; pragma foreign_keys = off; delete from person; pragma foreign_keys = on",
    ];
    for (number, flaw) in flaws.into_iter().enumerate() {
        write(&database, flaw).await;
        let to = folder.path().join(format!("backup-{number}"));
        let refused = back_up(&file, &to).await.unwrap_err();
        assert!(
            matches!(refused, BackupRefused::Differs(..)),
            "{flaw}: {refused}"
        );
        assert!(!to.exists(), "{flaw}");
        assert!(
            super::with_ending(&to, ".part").exists(),
            "what there is, is kept: {flaw}"
        );
    }
}

#[tokio::test]
async fn what_is_no_backup_is_never_put_back() {
    let (folder, file, database) = with_one_message().await;
    let good = folder.path().join("good");
    back_up(&file, &good).await.unwrap();
    database.close().await;
    let before = fs::read(&file).unwrap();
    let bytes = fs::read(&good).unwrap();
    let mut holed = bytes.clone();
    let half = holed.len() / 2;
    holed[half..half + 4_096].fill(0);
    let candidates: [(&str, Vec<u8>); 5] = [
        ("empty", Vec::new()),
        ("text", b"Dear Sir or Madam".repeat(400)),
        ("short", bytes[..bytes.len() / 2].to_vec()),
        ("holed", holed),
        ("headless", bytes[4_096..].to_vec()),
    ];
    for (name, content) in candidates {
        let backup = folder.path().join(name);
        fs::write(&backup, content).unwrap();
        let refused = restore(&backup, &file, "now").await.unwrap_err();
        assert!(
            matches!(refused, BackupRefused::Broken(..)),
            "{name}: {refused}"
        );
        assert_eq!(fs::read(&file).unwrap(), before, "{name}");
        assert!(!super::with_ending(&file, ".restoring").exists(), "{name}");
    }
    fs::write(super::with_ending(&good, "-wal"), "").unwrap();
    assert!(matches!(
        restore(&good, &file, "now").await,
        Err(BackupRefused::HasLog(_))
    ));
}

#[tokio::test]
async fn a_backup_of_a_newer_porchlight_waits_for_it() {
    let (folder, file, database) = with_one_message().await;
    let newer = folder.path().join("newer");
    back_up(&file, &newer).await.unwrap();
    let tomorrow = Database::open(&format!("sqlite:{}", newer.display()))
        .await
        .unwrap();
    write(
        &tomorrow,
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
            values (9999, 'tomorrow', true, x'00', 1)",
    )
    .await;
    tomorrow.close().await;
    database.close().await;
    assert!(matches!(
        restore(&newer, &file, "now").await,
        Err(BackupRefused::Newer(_))
    ));
}

#[test]
fn a_copy_lies_between_what_was_there_before_and_after() {
    let counts = |conversations, revisions, persons| Counts {
        conversations,
        revisions,
        persons,
        messages: 0,
    };
    let (before, after) = (counts(3, 30, 4), counts(5, 50, 6));
    for copy in [before, counts(4, 40, 5), after] {
        assert_eq!(compare(&before, &copy, &after), Ok(()));
    }
    for copy in [counts(2, 40, 5), counts(4, 29, 5), counts(4, 40, 7)] {
        assert!(compare(&before, &copy, &after).is_err(), "{copy:?}");
    }
}
