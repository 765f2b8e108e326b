//! From rows to conversations and messages.
//!
//! The law: a row that holds nonsense is an error, never a guess.

use super::{
    Standing,
    bond::read_bond,
    heads::{Acted, Direct, Head},
};
use crate::{conversion::rules::Holding, database::read_id};
use shared::{
    conversation::{
        Conversation, ConversationKind, Customer, CustomerKind, Message, MessageKind, Side, Writing,
    },
    conversion::{Converted, Proof},
    group::Peer,
    identity::{Face, ProofLevel},
    ids::{ClientId, ConversationId, MessageId, PersonId, Position, Revision, Time},
};
use sqlx::{Error, Row, any::AnyRow};

/// Folds the rows of a page: a conversation comes once for each colleague, at least once.
pub fn read_heads(rows: &[AnyRow]) -> Result<Vec<Head>, Error> {
    let mut heads: Vec<Head> = Vec::new();
    for row in rows {
        let id = conversation_id(row)?;
        if heads
            .last()
            .is_none_or(|head| head.conversation.conversation_id != id)
        {
            heads.push(read_head(row, id)?);
        }
        let colleague: Option<String> = row.try_get("colleague_id")?;
        if let (Some(_), Some(head)) = (colleague, heads.last_mut()) {
            head.conversation.staff.push(Face {
                person_id: read_id(row, "colleague_id")?,
                name: row.try_get("colleague_name")?,
                picture: None,
            });
        }
    }
    Ok(heads)
}

fn read_head(row: &AnyRow, conversation_id: ConversationId) -> Result<Head, Error> {
    let owner = read_id(row, "owner")?;
    let last_message: Option<String> = row.try_get("message_id")?;
    let direct = read_direct(row, &owner)?;
    let (converted, holding) = read_converted(row)?.unzip();
    let customer = match &direct {
        None => Some(read_customer(row, owner.clone())?),
        Some(_) => None,
    };
    Ok(Head {
        conversation: Conversation {
            conversation_id,
            kind: conversation_kind(row)?,
            revision: Revision(position(row, "revision")?.0),
            last_position: position(row, "last_position")?,
            last_message: last_message.map(|_| read_message(row)).transpose()?,
            last_activity_at: Time(row.try_get("last_activity_at")?),
            customer_seen: position(row, "customer_seen_position")?,
            staff_seen: position(row, "staff_seen_position")?,
            own_seen: position(row, "own_seen")?,
            last_staff_position: position(row, "last_staff_position")?,
            unread: count(row, "unread")?,
            customer,
            peer: None,
            writing: Writing::Open,
            staff: Vec::new(),
            blocked: read_persons(row, "blocked")?,
            converted,
            epoch: count(row, "epoch")?,
        },
        direct,
        owner,
        holding,
        acted: read_acted(row)?,
    })
}

/// When it ends, a space, and who it is.
fn read_acted(row: &AnyRow) -> Result<Option<Acted>, Error> {
    let Some(written) = row.try_get::<Option<String>, _>("acted")? else {
        return Ok(None);
    };
    let no_session = || Error::Decode("acted holds no session".into());
    let (until, by) = written.split_once(' ').ok_or_else(no_session)?;
    Ok(Some(Acted {
        by: by.to_owned(),
        until: Time(until.parse().map_err(|_| no_session())?),
    }))
}

/// Words with a space between, as the head's statement writes them.
fn read_converted(row: &AnyRow) -> Result<Option<(Converted, Holding)>, Error> {
    let Some(written) = row.try_get::<Option<String>, _>("converted")? else {
        return Ok(None);
    };
    let words: Vec<&str> = written.split(' ').collect();
    let [proof, cut, at, became, erased] = words[..] else {
        return Err(no_conversion());
    };
    let number = |word: &str| word.parse::<i64>().map_err(|_| no_conversion());
    let at = Time(number(at)?);
    let converted = Converted {
        proof: Proof::parse(proof).ok_or_else(no_conversion)?,
        cut: Position(number(cut)?.unsigned_abs()),
        at,
        may_undo: false,
    };
    let holding = Holding {
        became: PersonId::parse(became).ok_or_else(no_conversion)?,
        at,
        is_final: number(erased)? > 0,
    };
    Ok(Some((converted, holding)))
}

fn no_conversion() -> Error {
    Error::Decode("converted holds no conversion".into())
}

fn read_direct(row: &AnyRow, owner: &PersonId) -> Result<Option<Box<Direct>>, Error> {
    let Some(bond) = read_bond(row)? else {
        return Ok(None);
    };
    let peer = |person_id, name: &str, email: &str| {
        Ok::<_, Error>(Peer {
            face: Face {
                person_id,
                name: row.try_get(name)?,
                picture: None,
            },
            email: row.try_get(email)?,
        })
    };
    Ok(Some(Box::new(Direct {
        owner: peer(owner.clone(), "owner_name", "owner_email")?,
        peer: peer(read_id(row, "peer")?, "peer_name", "peer_email")?,
        bond,
    })))
}

pub fn read_standing(row: &AnyRow) -> Result<Standing, Error> {
    Ok(Standing {
        kind: conversation_kind(row)?,
        owner: read_id(row, "owner")?,
        peer: read_persons(row, "peer")?.pop(),
        last_position: position(row, "last_position")?,
        revision: Revision(position(row, "revision")?.0),
    })
}

fn read_customer(row: &AnyRow, owner: PersonId) -> Result<Customer, Error> {
    let is_guest = row.try_get::<String, _>("owner_kind")? == "guest";
    let is_verified = row.try_get::<i64, _>("owner_verified")? == 1;
    Ok(Customer {
        face: Face {
            person_id: owner,
            name: row.try_get("owner_name")?,
            picture: None,
        },
        kind: if is_guest {
            CustomerKind::Guest
        } else {
            CustomerKind::User
        },
        email: row.try_get("owner_email")?,
        proof: match (is_guest, is_verified) {
            (true, false) => ProofLevel::Claimed,
            (true, true) => ProofLevel::Mailbox,
            (false, _) => ProofLevel::Host,
        },
        page: None,
        acted_by: None,
    })
}

pub fn read_message(row: &AnyRow) -> Result<Message, Error> {
    let author: Option<String> = row.try_get("author")?;
    let client_id: Option<String> = row.try_get("client_id")?;
    let message_id: String = row.try_get("message_id")?;
    Ok(Message {
        message_id: MessageId::parse(&message_id).ok_or_else(|| no_id("message_id"))?,
        position: position(row, "position")?,
        client_id: client_id
            .map(|id| ClientId::parse(&id).ok_or_else(|| no_id("client_id")))
            .transpose()?,
        kind: if row.try_get::<String, _>("message_kind")? == "notice" {
            MessageKind::Notice
        } else {
            MessageKind::Text
        },
        side: side(row)?,
        author: match author {
            Some(_) => Some(Face {
                person_id: read_id(row, "author")?,
                name: row.try_get("author_name")?,
                picture: None,
            }),
            None => None,
        },
        text: row.try_get("body")?,
        reply_to: row
            .try_get::<Option<i64>, _>("reply_to")?
            .map(|quoted| Position(quoted.unsigned_abs())),
        sent_at: Time(row.try_get("sent_at")?),
    })
}

pub fn side(row: &AnyRow) -> Result<Side, Error> {
    Ok(match row.try_get::<String, _>("side")?.as_str() {
        "customer" => Side::Customer,
        "staff" => Side::Staff,
        _ => Side::System,
    })
}

pub fn conversation_kind(row: &AnyRow) -> Result<ConversationKind, Error> {
    let kind: String = row.try_get("kind")?;
    Ok(if kind == "direct" {
        ConversationKind::Direct
    } else {
        ConversationKind::Support
    })
}

pub const fn kind_name(kind: ConversationKind) -> &'static str {
    match kind {
        ConversationKind::Support => "support",
        ConversationKind::Direct => "direct",
    }
}

pub const fn side_name(side: Side) -> &'static str {
    match side {
        Side::Customer => "customer",
        Side::Staff => "staff",
        Side::System => "system",
    }
}

pub fn conversation_id(row: &AnyRow) -> Result<ConversationId, Error> {
    read_id(row, "conversation_id")
}

/// Ids with a space between; null is none.
pub fn read_persons(row: &AnyRow, column: &'static str) -> Result<Vec<PersonId>, Error> {
    let ids: Option<String> = row.try_get(column)?;
    ids.unwrap_or_default()
        .split_whitespace()
        .map(|id| PersonId::parse(id).ok_or_else(|| no_id(column)))
        .collect()
}

pub fn position(row: &AnyRow, column: &str) -> Result<Position, Error> {
    Ok(Position(row.try_get::<i64, _>(column)?.unsigned_abs()))
}

pub fn count(row: &AnyRow, column: &str) -> Result<u32, Error> {
    Ok(u32::try_from(row.try_get::<i64, _>(column)?).unwrap_or(u32::MAX))
}

/// A position from outside may be larger than the database's numbers: then it is beyond everything.
pub fn number(position: Position) -> i64 {
    i64::try_from(position.0).unwrap_or(i64::MAX)
}

fn no_id(column: &'static str) -> Error {
    Error::Decode(format!("{column} holds no id").into())
}
