//! Which page of a list: limits and cursors.
//!
//! The law: a cursor is opaque and ours. One that was tampered with is refused, never interpreted.

use crate::{conversation::store::Below, error::Refusal};
use axum::{
    extract::{FromRequestParts, Query},
    http::request::Parts,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use shared::{
    ids::{ConversationId, PersonId, SiteId, Time},
    limits::PAGE_ROWS,
    problem::{Field, Problem, ProblemCode},
};

/// A query string, read strictly: a value of another type or a field twice is `malformed`.
pub struct Asked<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        match Query::from_request_parts(parts, state).await {
            Ok(Query(asked)) => Ok(Self(asked)),
            Err(_) => Err(ProblemCode::Malformed.into()),
        }
    }
}

/// How many rows, from the query's text.
///
/// **Errors**: `malformed` for what is no whole number, `out_of_range` for one outside 1 to 100.
pub fn limit(asked: Option<&str>, otherwise: u32) -> Result<u32, Problem> {
    let Some(text) = asked else {
        return Ok(otherwise);
    };
    let is_number = |text: &str| {
        !text.is_empty() && text.len() <= 18 && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !is_number(text.strip_prefix('-').unwrap_or(text)) {
        return Err(Problem::about(ProblemCode::Malformed, Field::Limit));
    }
    match text.parse::<u32>() {
        Ok(rows @ 1..=PAGE_ROWS) => Ok(rows),
        _ => Err(Problem::about(ProblemCode::OutOfRange, Field::Limit)),
    }
}

/// Where the page after this conversation begins, as the caller carries it.
pub fn cursor(site_id: &SiteId, below: &Below) -> String {
    let place = format!("{}.{}", below.last_activity_at.0, below.conversation_id);
    sealed(site_id, &place)
}

/// Reads a cursor that [`cursor`] made.
///
/// **Errors**: `bad_cursor`.
pub fn below(site_id: &SiteId, asked: Option<&str>) -> Result<Below, Problem> {
    let Some(text) = asked else {
        return Ok(Below::top());
    };
    unsealed(site_id, text)
        .and_then(|place| read_below(&place))
        .ok_or(BAD_CURSOR)
}

fn read_below(place: &str) -> Option<Below> {
    let (activity, id) = place.split_once('.')?;
    let id = ConversationId::parse(id)?;
    Some(Below {
        last_activity_at: Time(activity.parse().ok()?),
        conversation_id: id.into(),
    })
}

/// Where the page after this person begins.
pub fn person_cursor(site_id: &SiteId, last: &PersonId) -> String {
    sealed(site_id, &format!("person.{last}"))
}

/// Reads a cursor that [`person_cursor`] made. `None`: the first page.
///
/// **Errors**: `bad_cursor`.
pub fn after_person(site_id: &SiteId, asked: Option<&str>) -> Result<Option<PersonId>, Problem> {
    let Some(text) = asked else { return Ok(None) };
    let read = |place: String| PersonId::parse(place.strip_prefix("person.")?);
    unsealed(site_id, text)
        .and_then(read)
        .map(Some)
        .ok_or(BAD_CURSOR)
}

const BAD_CURSOR: Problem = Problem::about(ProblemCode::BadCursor, Field::Cursor);

/// A place in a list as its reader carries it. Of less than 100 bytes.
pub fn sealed(site_id: &SiteId, place: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("{place}.{}", seal(site_id, place)))
}

/// Reads what [`sealed`] made. `None`: it was not ours, or was tampered with.
pub fn unsealed(site_id: &SiteId, text: &str) -> Option<String> {
    // Canonical base64 of less than 100 bytes: longer is not ours.
    let decoded = String::from_utf8(
        URL_SAFE_NO_PAD
            .decode(text.get(..text.len().min(200))?)
            .ok()?,
    )
    .ok()?;
    let (place, mark) = decoded.rsplit_once('.')?;
    (mark == seal(site_id, place)).then(|| place.to_owned())
}

/// Tells accidents and tampering, and keeps no secret: a cursor holds nothing that its reader may not know.
fn seal(site_id: &SiteId, place: &str) -> String {
    let digest = Sha256::digest(format!("{site_id}/{place}"));
    URL_SAFE_NO_PAD.encode(&digest[..6])
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::samples::{MINA, NOON_ISH, conversation_id, site_id};

    #[test]
    fn a_limit_is_a_whole_number_from_1_to_100() {
        assert_eq!(limit(None, 30), Ok(30));
        assert_eq!(limit(Some("1"), 30), Ok(1));
        assert_eq!(limit(Some("100"), 30), Ok(100));
        for (text, code) in [
            ("0", ProblemCode::OutOfRange),
            ("-1", ProblemCode::OutOfRange),
            ("101", ProblemCode::OutOfRange),
            ("1000000000", ProblemCode::OutOfRange),
            ("NaN", ProblemCode::Malformed),
            ("1e3", ProblemCode::Malformed),
            ("10;drop", ProblemCode::Malformed),
            ("", ProblemCode::Malformed),
            (" 5", ProblemCode::Malformed),
            ("+5", ProblemCode::Malformed),
            ("٣", ProblemCode::Malformed),
        ] {
            assert_eq!(
                limit(Some(text), 30),
                Err(Problem::about(code, Field::Limit)),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_cursor_comes_back_as_it_went_and_not_otherwise() {
        let place = Below {
            last_activity_at: NOON_ISH,
            conversation_id: conversation_id(1).into(),
        };
        let made = cursor(&site_id(), &place);
        assert_eq!(below(&site_id(), Some(&made)), Ok(place));
        assert_eq!(below(&site_id(), None), Ok(Below::top()));
        let bad = Err(Problem::about(ProblemCode::BadCursor, Field::Cursor));
        for at in 0..made.len() {
            let mut tampered = made.clone().into_bytes();
            tampered[at] = if tampered[at] == b'A' { b'B' } else { b'A' };
            let tampered = String::from_utf8(tampered).unwrap();
            assert_eq!(below(&site_id(), Some(&tampered)), bad, "place {at}");
        }
        for text in [
            "",
            "0",
            "é",
            "' or 1=1 --",
            &made[1..],
            &format!("{made}AAAA"),
            &"A".repeat(10_000),
        ] {
            assert_eq!(below(&site_id(), Some(text)), bad, "{text:.40}");
        }
    }

    #[test]
    fn a_cursor_of_one_list_is_none_of_another() {
        let mina = MINA.person_id();
        let of_people = person_cursor(&site_id(), &mina);
        assert_eq!(after_person(&site_id(), Some(&of_people)), Ok(Some(mina)));
        assert_eq!(after_person(&site_id(), None), Ok(None));
        let place = Below {
            last_activity_at: NOON_ISH,
            conversation_id: conversation_id(1).into(),
        };
        let of_conversations = cursor(&site_id(), &place);
        assert_eq!(
            after_person(&site_id(), Some(&of_conversations)),
            Err(BAD_CURSOR)
        );
        assert_eq!(below(&site_id(), Some(&of_people)), Err(BAD_CURSOR));
    }
}
