//! Conversions as they are read: one to be taken back, those of a conversation, and who has the same address.

use crate::{
    conversation::store::{conversation_id, position},
    conversion::rules::{Holding, Undoer, may_undo},
    database::{AnyConnection, read_id},
};
use shared::{
    conversion::{ConversionRow, ConversionSide, Proof, SameAddressRow},
    ids::{ConversationId, ConversionId, PersonId, Position, Time},
};
use sqlx::{Error, Row, any::AnyRow};

/// Rows of a hint that an agent can take in.
const SAME_ADDRESS: i64 = 20;

/// A conversion, as far as taking it back cares.
#[derive(Clone, Debug)]
pub struct Kept {
    pub conversion_id: ConversionId,
    pub conversation_id: ConversationId,
    pub guest: PersonId,
    pub cut: Position,
    pub holding: Holding,
    pub is_undone: bool,
}

macro_rules! kept {
    ($which:literal) => {
        concat!(
            "select
                v.conversion_id, v.conversation_id, v.guest, v.became, v.cut, v.converted_at, v.undone_at,
                (
                    select count(*)
                    from person e
                    where e.person_id in (v.guest, v.became) and e.erased_at is not null
                ) as erased
            from conversion v
            where ",
            $which,
            "
            order by v.converted_at desc, v.conversion_id desc
            limit 1"
        )
    };
}

/// The conversion of an id.
pub async fn find_conversion(
    connection: &mut AnyConnection,
    conversion_id: &ConversionId,
) -> Result<Option<Kept>, Error> {
    let row = sqlx::query(kept!("v.conversion_id = $1"))
        .bind(conversion_id.as_str())
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read_kept).transpose()
}

/// The latest conversion that makes a conversation somebody's.
pub async fn find_holding(
    connection: &mut AnyConnection,
    conversation_id: &ConversationId,
    became: &PersonId,
) -> Result<Option<Kept>, Error> {
    let row = sqlx::query(kept!(
        "v.conversation_id = $1 and v.became = $2 and v.undone_at is null
            and exists (
                select 1 from conversation c where c.conversation_id = v.conversation_id and c.owner = v.became
            )"
    ))
    .bind(conversation_id.as_str())
    .bind(became.as_str())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read_kept).transpose()
}

/// A conversion of a conversation that somebody took back themselves.
pub async fn find_undone_by(
    connection: &mut AnyConnection,
    conversation_id: &ConversationId,
    person_id: &PersonId,
) -> Result<Option<Kept>, Error> {
    let row = sqlx::query(kept!(
        "v.conversation_id = $1 and v.became = $2 and v.undone_by = $2 and v.undone_how = 'not_me'"
    ))
    .bind(conversation_id.as_str())
    .bind(person_id.as_str())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read_kept).transpose()
}

fn read_kept(row: &AnyRow) -> Result<Kept, Error> {
    Ok(Kept {
        conversion_id: read_id(row, "conversion_id")?,
        conversation_id: conversation_id(row)?,
        guest: read_id(row, "guest")?,
        cut: position(row, "cut")?,
        holding: read_holding(row)?,
        is_undone: row.try_get::<Option<i64>, _>("undone_at")?.is_some(),
    })
}

fn read_holding(row: &AnyRow) -> Result<Holding, Error> {
    Ok(Holding {
        became: read_id(row, "became")?,
        at: Time(row.try_get("converted_at")?),
        is_final: row.try_get::<i64, _>("erased")? > 0,
    })
}

/// **Shape**: every conversion of a conversation, the newest first; `now`: whether an admin may still take it back.
pub async fn list_conversions(
    connection: &mut AnyConnection,
    conversation_id: &ConversationId,
    now: Time,
) -> Result<Vec<ConversionRow>, Error> {
    let rows = sqlx::query(
        "select
            v.conversion_id, v.guest, v.became, v.proof, v.cut, v.converted_at, v.undone_at, v.undone_how, v.carried_to,
            g.display_name as guest_name, g.email_as_typed as guest_email, g.kind as guest_kind,
            b.display_name as became_name, b.email_as_typed as became_email, b.kind as became_kind,
            u.display_name as undone_by_name,
            case when g.erased_at is not null or b.erased_at is not null then 1 else 0 end as erased,
            case when c.owner = v.became then 1 else 0 end as is_theirs
        from conversion v
        join conversation c on c.conversation_id = v.conversation_id
        join person g on g.person_id = v.guest
        join person b on b.person_id = v.became
        left join person u on u.person_id = v.undone_by
        where v.conversation_id = $1
        order by v.converted_at desc, v.conversion_id desc",
    )
    .bind(conversation_id.as_str())
    .fetch_all(connection)
    .await?;
    let mut conversions = rows
        .iter()
        .map(|row| read_conversion(row, now))
        .collect::<Result<Vec<_>, _>>()?;
    // Only the latest that holds.
    let mut is_later = false;
    for conversion in &mut conversions {
        conversion.may_undo &= !is_later;
        is_later |= conversion.undone_at.is_none();
    }
    Ok(conversions)
}

fn read_conversion(row: &AnyRow, now: Time) -> Result<ConversionRow, Error> {
    let side = |id, name, email, kind| {
        Ok::<_, Error>(ConversionSide {
            person_id: read_id(row, id)?,
            name: row.try_get(name)?,
            email: row.try_get(email)?,
            is_user: row.try_get::<String, _>(kind)? == "user",
        })
    };
    let proof: String = row.try_get("proof")?;
    let undone_at = row.try_get::<Option<i64>, _>("undone_at")?.map(Time);
    let is_theirs = row.try_get::<i64, _>("is_theirs")? == 1;
    let carried_to: Option<String> = row.try_get("carried_to")?;
    Ok(ConversionRow {
        conversion_id: read_id(row, "conversion_id")?,
        guest: side("guest", "guest_name", "guest_email", "guest_kind")?,
        became: side("became", "became_name", "became_email", "became_kind")?,
        proof: Proof::parse(&proof).ok_or_else(|| no_id("proof"))?,
        cut: position(row, "cut")?,
        at: Time(row.try_get("converted_at")?),
        may_undo: undone_at.is_none()
            && is_theirs
            && may_undo(Undoer::Admin, &read_holding(row)?, now),
        undone_at,
        undone_by: row.try_get("undone_by_name")?,
        not_me: row.try_get::<Option<String>, _>("undone_how")?.as_deref() == Some("not_me"),
        carried_to: carried_to
            .map(|id| ConversationId::parse(&id).ok_or_else(|| no_id("carried_to")))
            .transpose()?,
    })
}

/// **Shape**: the support conversations of others than its owner with exactly the owner's address, newest activity
/// first, at most 20.
pub async fn list_same_address(
    connection: &mut AnyConnection,
    conversation_id: &ConversationId,
) -> Result<Vec<SameAddressRow>, Error> {
    let rows = sqlx::query(
        "select c.conversation_id, c.last_activity_at, other.display_name, other.kind
        from conversation here
        join person owner on owner.person_id = here.owner
        join person other on other.email = owner.email and other.person_id <> owner.person_id
        join conversation c on c.owner = other.person_id and c.kind = 'support'
        where here.conversation_id = $1 and here.kind = 'support'
        order by c.last_activity_at desc, c.conversation_id desc
        limit $2",
    )
    .bind(conversation_id.as_str())
    .bind(SAME_ADDRESS)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(SameAddressRow {
                conversation_id: self::conversation_id(row)?,
                name: row.try_get("display_name")?,
                is_user: row.try_get::<String, _>("kind")? == "user",
                last_activity_at: Time(row.try_get("last_activity_at")?),
            })
        })
        .collect()
}

fn no_id(column: &'static str) -> Error {
    Error::Decode(format!("{column} holds nothing of its kind").into())
}
