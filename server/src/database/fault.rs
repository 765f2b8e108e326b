//! What a database's errors mean.
//!
//! The law: a violated constraint has the same name on both engines, and an error never carries a value of a row into
//! a log.

use sqlx::error::{DatabaseError, ErrorKind};

/// SQLite names the columns of a violated unique constraint, not the constraint. Every unique constraint that code
/// turns into a problem stands here.
const SQLITE_UNIQUE: [(&str, &str); 9] = [
    ("person.person_id", "person_pk"),
    ("person.external_id", "person_external_id_unique"),
    ("session.token_hash", "session_pk"),
    ("identity_token_use.token_id", "identity_token_use_pk"),
    ("user_group.group_name", "user_group_name_unique"),
    (
        "group_member.group_id, group_member.person_id",
        "group_member_pk",
    ),
    (
        "conversation.opened_by, conversation.opening_client_id",
        "conversation_opening_unique",
    ),
    (
        "message.conversation_id, message.client_id",
        "message_client_id_unique",
    ),
    ("message.conversation_id, message.position", "message_pk"),
];

/// The name of the constraint that a statement violated, as the migration gives it.
///
/// `None` for any other error. SQLite does not name a foreign key: `Some("")` stands for one.
pub fn violated(error: &sqlx::Error) -> Option<&str> {
    let fault = error.as_database_error()?;
    match fault.kind() {
        ErrorKind::UniqueViolation | ErrorKind::ForeignKeyViolation | ErrorKind::CheckViolation => {
        }
        _ => return None,
    }
    if let Some(name) = fault.constraint() {
        return Some(name);
    }
    let (_, particulars) = fault
        .message()
        .split_once("constraint failed: ")
        .unwrap_or_default();
    let known = SQLITE_UNIQUE
        .iter()
        .find(|(columns, _)| *columns == particulars);
    Some(known.map_or(particulars, |(_, name)| name))
}

/// Whether the same transaction is worth another try at once: another node wrote the same row at the same moment, deleted
/// what this one points to, or waited for it while this one waited for the other, and one of the two had to go.
pub fn is_outdone(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(DatabaseError::code);
    // Postgres' class of transactions that were rolled back: serialisation, deadlock. SQLite has one writer.
    let is_rolled_back = code.is_some_and(|code| code.len() == 5 && code.starts_with("40"));
    is_rolled_back || violated(error).is_some()
}

/// Whether the same statement may succeed later: the disk is full or read-only, the database is away or busy.
pub fn is_passing(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(fault) => is_passing_code(fault.as_ref()),
        _ => false,
    }
}

fn is_passing_code(fault: &dyn DatabaseError) -> bool {
    let Some(code) = fault.code() else {
        return false;
    };
    if let Ok(sqlite) = code.parse::<u32>()
        && code.len() < 5
    {
        // The low byte is the primary code: perm, busy, locked, nomem, readonly, ioerr, full, cantopen.
        return matches!(sqlite & 0xff, 3 | 5 | 6 | 7 | 8 | 10 | 13 | 14);
    }
    // Connection, serialisation, resources, operator intervention, system; and a server that went read-only.
    ["08", "40", "53", "57", "58"]
        .iter()
        .any(|class| code.starts_with(class))
        || code == "25006"
}

/// Whether the database file itself is damaged: what it holds cannot be read, or it is no database.
pub fn is_damaged(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(DatabaseError::code);
    // SQLite's `corrupt` and `notadb`. Postgres' codes have five characters.
    code.filter(|code| code.len() < 5)
        .and_then(|code| code.parse::<u32>().ok())
        .is_some_and(|code| matches!(code & 0xff, 11 | 26))
}

/// The error as it may stand in a log: kind, code and constraint, without what Postgres calls the detail, which
/// quotes the row.
pub fn without_values(error: &sqlx::Error) -> String {
    match error.as_database_error() {
        Some(fault) => format!(
            "database error {} ({:?}) {}",
            fault.code().unwrap_or_default(),
            fault.kind(),
            violated(error).unwrap_or_default()
        ),
        None => match error {
            // A value that could not be read may be quoted by the error inside.
            sqlx::Error::ColumnDecode { index, .. } => {
                format!("column {index} holds something else than expected")
            }
            other => other.to_string(),
        },
    }
}
