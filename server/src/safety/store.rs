//! How the server keeps the audit log: who did what, append-only.
//!
//! The law: an action and ids, never a message's text, never a name, an address or a token.

use crate::database::AnyConnection;
use shared::{ids::Time, safety::Action};
use sqlx::Error;

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
