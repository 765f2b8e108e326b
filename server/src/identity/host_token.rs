//! The identity token: how a host site vouches for its user.
//!
//! The law (`docs/decisions/0016-identity-token.md`): JWS compact, verified with the algorithm of the key and before
//! anything of the payload is believed. What comes out is fresh, untimely, or refused; nothing in between.

use super::claim_value::{self, Value};
use super::claims::{Claims, Subject};
use super::keys::{IdentityKey, IdentityKeys};
use super::refusal::Refusal;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use shared::ids::{SiteId, Time};
use shared::limits;
use std::collections::BTreeMap;

/// What an authentic token is worth.
#[derive(Debug)]
pub enum Verdict {
    /// Signs its user in, if it was not used before.
    Fresh(Box<Claims>),
    /// Expired: continues a session of the same user, and does nothing else.
    Stale(Bearer),
    /// Signed in the future, by this server's clock, which may have been set back: like an expired one.
    Early(Bearer),
}

/// Whom a token is about, and who holds it.
#[derive(Debug)]
pub struct Bearer {
    pub subject: Subject,
    /// Who is signed in as them.
    pub acted_by: Option<Subject>,
}

impl Bearer {
    fn of(claims: Claims) -> Self {
        Self {
            subject: claims.subject,
            acted_by: claims.acted_by,
        }
    }
}

/// Header members that say with which key, or over what, to verify. Only the server decides that.
const FORBIDDEN_MEMBERS: [&str; 7] = ["jku", "jwk", "x5u", "x5c", "crit", "b64", "zip"];

/// Verifies a token as it came.
///
/// **Errors**: the first reason to refuse it, for the audit log only.
pub fn verify(
    token: &str,
    keys: &IdentityKeys,
    site_id: &SiteId,
    now: Time,
) -> Result<Verdict, Refusal> {
    if keys.is_empty() {
        return Err(Refusal::NoKey);
    }
    if token.len() > limits::IDENTITY_TOKEN_BYTES {
        return Err(Refusal::TooLong);
    }
    let (signed, signature) = token.rsplit_once('.').ok_or(Refusal::Shape)?;
    let (header, payload) = signed.split_once('.').ok_or(Refusal::Shape)?;
    if payload.contains('.') {
        return Err(Refusal::Shape);
    }
    let header = read_object(header, Refusal::Header)?;
    let key = verify_signature(&header, keys, signed, &decode(signature)?)?;
    let payload = read_object(payload, Refusal::Payload)?;
    judge_time(
        Claims::read(&payload, site_id, key.key_id())?,
        &payload,
        now,
    )
}

/// Answers the key that signed.
fn verify_signature<'a>(
    header: &BTreeMap<String, Value>,
    keys: &'a IdentityKeys,
    signed: &str,
    signature: &[u8],
) -> Result<&'a IdentityKey, Refusal> {
    if let Some(member) = FORBIDDEN_MEMBERS
        .iter()
        .find(|member| header.contains_key(**member))
    {
        return Err(Refusal::HeaderMember(member));
    }
    match header.get("typ") {
        None => {}
        Some(Value::Text(kind)) if kind.eq_ignore_ascii_case("JWT") => {}
        // A token that the host made for something else.
        Some(_) => return Err(Refusal::HeaderMember("typ")),
    }
    let key_id = match header.get("kid") {
        None => None,
        Some(Value::Text(key_id)) => Some(key_id.as_str()),
        Some(_) => return Err(Refusal::UnknownKey),
    };
    let key = keys.find(key_id).ok_or(Refusal::UnknownKey)?;
    match header.get("alg") {
        Some(Value::Text(algorithm)) if algorithm == key.algorithm_name() => {}
        _ => return Err(Refusal::Algorithm),
    }
    if key.has_signed(signed.as_bytes(), signature) {
        Ok(key)
    } else {
        Err(Refusal::Signature)
    }
}

fn judge_time(
    claims: Claims,
    payload: &BTreeMap<String, Value>,
    now: Time,
) -> Result<Verdict, Refusal> {
    let now_s = now.0.div_euclid(1_000);
    let latest_start_s = now_s + limits::IDENTITY_LEEWAY_SECONDS;
    let not_before_s = match payload.get("nbf") {
        None => claims.issued_at_s,
        Some(Value::Integer(not_before_s)) => claims.issued_at_s.max(*not_before_s),
        Some(_) => return Err(Refusal::Claim("nbf")),
    };
    if not_before_s > latest_start_s {
        return Ok(Verdict::Early(Bearer::of(claims)));
    }
    if claims.expires_at_s + limits::IDENTITY_LEEWAY_SECONDS <= now_s {
        return Ok(Verdict::Stale(Bearer::of(claims)));
    }
    Ok(Verdict::Fresh(Box::new(claims)))
}

/// A part of a token as an object; `not_json` is what to call it otherwise.
fn read_object(part: &str, not_json: Refusal) -> Result<BTreeMap<String, Value>, Refusal> {
    claim_value::read_object(&decode(part)?).map_err(|_| not_json)
}

/// base64url without padding, in its one canonical form: trailing bits that nobody reads are refused too.
fn decode(part: &str) -> Result<Vec<u8>, Refusal> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| Refusal::Encoding)
}

/// The rows of the table of bad tokens.
#[cfg(test)]
mod tests;
