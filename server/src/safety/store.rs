//! How the server keeps the audit log: who did what, append-only until it is old.
//!
//! The law: an action and ids, never a message's text, never a name, an address or a token.

use crate::database::AnyConnection;
use shared::{ids::Time, safety::Action};
use sqlx::{Error, Row};

/// One line of the log.
#[derive(Clone, Debug)]
pub struct AuditLine<'a> {
    /// Its own id.
    pub audit_id: &'a str,
    /// A person's id; `None` for the system, the command line, or nobody known.
    pub actor: Option<&'a str>,
    pub action: Action,
    /// The id of what it was done to.
    pub subject: Option<&'a str>,
    /// JSON; holds codes, keys and ids only.
    pub particulars: String,
}

/// Where something stands in a list of what was done, the newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    pub at: Time,
    /// Tells what was done in the same millisecond apart.
    pub id: String,
}

pub async fn insert_audit(
    connection: &mut AnyConnection,
    line: &AuditLine<'_>,
    now: Time,
) -> Result<(), Error> {
    sqlx::query(
        "insert into audit (audit_id, at, actor, action, subject, particulars)
        values ($1, $2, cast($3 as text), $4, cast($5 as text), $6)",
    )
    .bind(line.audit_id)
    .bind(now.0)
    .bind(line.actor.map(str::to_owned))
    .bind(line.action.word())
    .bind(line.subject.map(str::to_owned))
    .bind(line.particulars.as_str())
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes a line that may stand there already, saying less.
pub async fn upsert_audit(
    connection: &mut AnyConnection,
    line: &AuditLine<'_>,
    now: Time,
) -> Result<(), Error> {
    let updated = sqlx::query("update audit set particulars = $2 where audit_id = $1")
        .bind(line.audit_id)
        .bind(line.particulars.as_str())
        .execute(&mut *connection)
        .await?;
    if updated.rows_affected() == 0 {
        insert_audit(connection, line, now).await?;
    }
    Ok(())
}

/// When the oldest line was written.
pub async fn find_oldest_line(connection: &mut AnyConnection) -> Result<Option<Time>, Error> {
    let row = sqlx::query("select min(at) as oldest from audit")
        .fetch_one(connection)
        .await?;
    let oldest: Option<i64> = row.try_get("oldest")?;
    Ok(oldest.map(Time))
}

/// Deletes lines from before then, the oldest first, at most `limit`. **Shape**: how many.
pub async fn delete_lines_before(
    connection: &mut AnyConnection,
    before: Time,
    limit: u32,
) -> Result<u64, Error> {
    let deleted = sqlx::query(
        "delete from audit
        where audit_id in (
            select a.audit_id
            from audit a
            where a.at < $1
            order by a.at, a.audit_id
            limit $2
        )",
    )
    .bind(before.0)
    .bind(i64::from(limit))
    .execute(connection)
    .await?;
    Ok(deleted.rows_affected())
}
