//! How the audit log is read.
//!
//! The law: a page costs the same however long the log is.

use crate::{
    database::{AnyConnection, find_id},
    safety::{particulars, store::Moment},
};
use shared::{
    ids::{ConversationId, PersonId, Time},
    safety::{Action, ActivityLine},
};
use sqlx::{Error, Row, any::AnyRow};

/// A line with its own id, which orders those of one millisecond.
pub struct ListedLine {
    pub audit_id: String,
    pub line: ActivityLine,
}

macro_rules! lines {
    ($which:literal) => {
        concat!(
            "select
                l.audit_id, l.at, l.actor, l.action, l.subject, l.particulars,
                actor.display_name as actor_name,
                subject.display_name as subject_name,
                subject_group.group_name,
                subject_key.key_name,
                customer.display_name as customer_name,
                other.display_name as other_name
            from audit l
            left join person actor on actor.person_id = l.actor
            left join person subject on subject.person_id = l.subject
            left join user_group subject_group on subject_group.group_id = l.subject
            left join host_key subject_key on subject_key.host_key_id = l.subject
            left join conversation c on c.conversation_id = l.subject
            left join person customer on customer.person_id = c.owner
            left join person other on other.person_id = c.peer
            where ",
            $which,
            " (l.at, l.audit_id) < ($1, $2)
            order by l.at desc, l.audit_id desc
            limit $3"
        )
    };
}

/// **Shape**: the newest first, at most `limit`; of one action only where one is named.
pub async fn list_audit(
    connection: &mut AnyConnection,
    action: Option<Action>,
    below: &Moment,
    limit: u32,
) -> Result<Vec<ListedLine>, Error> {
    let query = match action {
        None => sqlx::query(lines!("")),
        Some(_) => sqlx::query(lines!("l.action = $4 and")),
    };
    let query = query
        .bind(below.at.0)
        .bind(below.id.as_str())
        .bind(i64::from(limit));
    let query = match action {
        None => query,
        Some(action) => query.bind(action.word()),
    };
    let rows = query.fetch_all(connection).await?;
    rows.iter().map(read_line).collect()
}

fn read_line(row: &AnyRow) -> Result<ListedLine, Error> {
    let text = |column: &'static str| row.try_get::<Option<String>, _>(column);
    let actor_id = text("actor")?;
    let subject = subject(row)?;
    Ok(ListedLine {
        audit_id: row.try_get("audit_id")?,
        line: ActivityLine {
            at: Time(row.try_get("at")?),
            actor: text("actor_name")?.or(actor_id),
            action: action(row)?,
            subject,
            particulars: particulars::read(&row.try_get::<String, _>("particulars")?),
        },
    })
}

fn action(row: &AnyRow) -> Result<Action, Error> {
    let word: String = row.try_get("action")?;
    Action::parse(&word).ok_or_else(|| Error::Decode("action holds no word of the log".into()))
}

/// A person's, a group's or a server key's name; of a conversation its people's; otherwise the id.
fn subject(row: &AnyRow) -> Result<Option<String>, Error> {
    for column in ["subject_name", "group_name", "key_name"] {
        if let Some(name) = row.try_get(column)? {
            return Ok(Some(name));
        }
    }
    let customer: Option<String> = row.try_get("customer_name")?;
    let other: Option<String> = row.try_get("other_name")?;
    match (customer, other) {
        (Some(customer), Some(other)) => Ok(Some(format!("{customer}, {other}"))),
        (Some(customer), None) => Ok(Some(customer)),
        (None, _) => row.try_get("subject"),
    }
}

/// What a user, a group or a key of the site's server is called. A guest's name was typed by a guest, so it is none here.
pub async fn find_name(connection: &mut AnyConnection, id: &str) -> Result<Option<String>, Error> {
    let row = sqlx::query(
        "select display_name as name
        from person
        where person_id = $1 and kind = 'user'
        union all
        select group_name as name
        from user_group
        where group_id = $1
        union all
        select key_name as name
        from host_key
        where host_key_id = $1",
    )
    .bind(id)
    .fetch_optional(connection)
    .await?;
    row.map(|row| row.try_get("name")).transpose()
}

/// A line of somebody's export.
pub struct LineOf {
    pub moment: Moment,
    pub actor: Option<PersonId>,
    pub action: Action,
}

/// **Shape**: what somebody did and what was done with them, the oldest first, at most `limit`.
pub async fn list_lines_of(
    connection: &mut AnyConnection,
    person_id: &PersonId,
    after: &Moment,
    limit: u32,
) -> Result<Vec<LineOf>, Error> {
    let rows = sqlx::query(
        "select audit_id, at, actor, action
        from audit
        where (actor = $1 or subject = $1) and (at, audit_id) > ($2, $3)
        order by at, audit_id
        limit $4",
    )
    .bind(person_id.as_str())
    .bind(after.at.0)
    .bind(after.id.as_str())
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(LineOf {
                moment: Moment {
                    at: Time(row.try_get("at")?),
                    id: row.try_get("audit_id")?,
                },
                actor: find_id(row, "actor")?,
                action: action(row)?,
            })
        })
        .collect()
}

/// Whether somebody's reading along in a conversation was written down after this moment.
pub async fn has_read_since(
    connection: &mut AnyConnection,
    reader: &PersonId,
    conversation_id: &ConversationId,
    since: Time,
) -> Result<bool, Error> {
    let row = sqlx::query(
        "select 1 as one
        from audit
        where subject = $1 and action = $2 and at > $3 and actor = $4
        limit 1",
    )
    .bind(conversation_id.as_str())
    .bind(Action::ConversationRead.word())
    .bind(since.0)
    .bind(reader.as_str())
    .fetch_optional(connection)
    .await?;
    Ok(row.is_some())
}
