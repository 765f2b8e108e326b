//! What an identity token says about a user, read without mercy.
//!
//! The law (`docs/decisions/0016-identity-token.md`): a claim of the wrong type refuses the token; a claim that would
//! give powers refuses it too; what we do not know is ignored.

use super::claim_value::Value;
use super::refusal::Refusal;
use crate::person::email::Email;
use shared::ids::SiteId;
use shared::limits;
use shared::text::{Name, is_invisible};
use std::collections::BTreeMap;

/// `jti`: long enough for any way of making one. **Units**: characters.
const TOKEN_ID_CHARACTERS: usize = 128;
/// `groups`: more is a mistake. **Units**: entries.
const GROUPS: usize = 100;

/// What the host site says about its user.
#[derive(Debug)]
pub struct Claims {
    /// The key that signed it.
    pub key_id: String,
    /// `sub`: the host's immutable id of the user.
    pub subject: Subject,
    /// `jti`: each token works once.
    pub token_id: String,
    /// `iat`. **Units**: seconds since 1970.
    pub issued_at_s: i64,
    /// `exp`. **Units**: seconds since 1970.
    pub expires_at_s: i64,
    /// `name`, where it is one.
    pub name: Option<Name>,
    /// `email`, where it is one.
    pub email: Option<Email>,
    /// `email_verified`: whether the host has seen that the address is the user's. `None`: it does not say, and what is
    /// known of that very address stays known.
    pub email_is_verified: Option<bool>,
    /// `act`: what the host calls whoever is signed in as this user (C9, RFC 8693 section 4.1).
    pub acted_by: Option<Subject>,
    /// `groups`: `None` where the token does not speak of them.
    pub groups: Option<Vec<String>>,
    /// Claims that were there and are not used, for the audit log.
    pub ignored: Vec<&'static str>,
}

/// The host's id of a user: 1 to 128 printable characters.
#[derive(Clone, PartialEq, Eq)]
pub struct Subject(String);

impl Subject {
    /// `None` for what no host would use as an id: nothing, too much, invisible characters, space at an end.
    pub fn parse(text: &str) -> Option<Self> {
        let is_printable = |character: char| {
            !character.is_control()
                && !is_invisible(character)
                && (character == ' ' || !character.is_whitespace())
                && !matches!(character, '\u{FFFD}' | '\u{FFFE}' | '\u{FFFF}')
        };
        let length = text.chars().take(limits::SUBJECT_CHARACTERS + 1).count();
        let is_good = (1..=limits::SUBJECT_CHARACTERS).contains(&length)
            && text.trim() == text
            && text.chars().all(is_printable);
        is_good.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Subject {
    /// Redacted: hosts put addresses here although they should not.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Subject(…)")
    }
}

impl Claims {
    /// Reads the payload of a token whose signature is good.
    ///
    /// **Errors**: the claim that is missing, of the wrong type or out of its range.
    pub fn read(
        payload: &BTreeMap<String, Value>,
        site_id: &SiteId,
        key_id: &str,
    ) -> Result<Self, Refusal> {
        refuse_powers(payload)?;
        if text(payload, "iss")? != Some(site_id.as_str()) {
            return Err(Refusal::Claim("iss"));
        }
        if !is_for_this_site(payload.get("aud"), site_id) {
            return Err(Refusal::Claim("aud"));
        }
        let issued_at_s = integer(payload, "iat")?;
        let expires_at_s = integer(payload, "exp")?;
        let lifetime_s = expires_at_s
            .checked_sub(issued_at_s)
            .ok_or(Refusal::Claim("exp"))?;
        if !(1..=limits::IDENTITY_TOKEN_SECONDS).contains(&lifetime_s) {
            return Err(Refusal::Lifetime);
        }
        let subject = text(payload, "sub")?
            .and_then(Subject::parse)
            .ok_or(Refusal::Claim("sub"))?;
        let mut claims = Self {
            key_id: key_id.to_owned(),
            subject,
            token_id: token_id(payload)?,
            issued_at_s,
            expires_at_s,
            name: None,
            email: None,
            email_is_verified: None,
            acted_by: actor(payload)?,
            groups: groups(payload)?,
            ignored: Vec::new(),
        };
        claims.read_particulars(payload)?;
        Ok(claims)
    }

    /// Name and address. One that we cannot use does not keep its owner from chatting: it is left out and noted.
    fn read_particulars(&mut self, payload: &BTreeMap<String, Value>) -> Result<(), Refusal> {
        if let Some(name) = text(payload, "name")? {
            self.name = Name::parse(name).ok();
            if self.name.is_none() {
                self.ignored.push("name");
            }
        }
        let is_verified = match payload.get("email_verified") {
            None => None,
            Some(Value::Bool(is_verified)) => Some(*is_verified),
            Some(_) => return Err(Refusal::Claim("email_verified")),
        };
        if let Some(email) = text(payload, "email")? {
            self.email = Email::parse(email).ok();
            self.email_is_verified = is_verified.filter(|_| self.email.is_some());
            if self.email.is_none() {
                self.ignored.push("email");
            }
        }
        // Pictures by URL are not fetched, so there is nothing to keep one for yet.
        if text(payload, "picture")?.is_some() {
            self.ignored.push("picture");
        }
        Ok(())
    }
}

/// A token cannot make an agent or an admin, and whoever tries is told no rather than ignored.
fn refuse_powers(payload: &BTreeMap<String, Value>) -> Result<(), Refusal> {
    for claim in ["role", "admin", "is_agent"] {
        if payload.contains_key(claim) {
            return Err(Refusal::ForbiddenClaim(claim));
        }
    }
    Ok(())
}

/// Who is signed in as the user, by the host's id. What else the claim says of them is not looked at.
fn actor(payload: &BTreeMap<String, Value>) -> Result<Option<Subject>, Refusal> {
    let actor = match payload.get("act") {
        None => return Ok(None),
        Some(Value::Object(actor)) => actor,
        Some(_) => return Err(Refusal::Claim("act")),
    };
    match actor.get("sub") {
        Some(Value::Text(subject)) => Subject::parse(subject)
            .map(Some)
            .ok_or(Refusal::Claim("act")),
        _ => Err(Refusal::Claim("act")),
    }
}

/// A string, or an array of that one string: some libraries always write an array (RFC 7519 section 4.1.3).
fn is_for_this_site(audience: Option<&Value>, site_id: &SiteId) -> bool {
    let is_ours = |audience: &str| audience.strip_prefix("porchlight:") == Some(site_id.as_str());
    match audience {
        Some(Value::Text(audience)) => is_ours(audience),
        Some(Value::Array(audiences)) => {
            matches!(audiences.as_slice(), [Value::Text(audience)] if is_ours(audience))
        }
        _ => false,
    }
}

fn token_id(payload: &BTreeMap<String, Value>) -> Result<String, Refusal> {
    let token_id = text(payload, "jti")?.ok_or(Refusal::Claim("jti"))?;
    let length = token_id.chars().take(TOKEN_ID_CHARACTERS + 1).count();
    if (1..=TOKEN_ID_CHARACTERS).contains(&length) {
        Ok(token_id.to_owned())
    } else {
        Err(Refusal::Claim("jti"))
    }
}

fn groups(payload: &BTreeMap<String, Value>) -> Result<Option<Vec<String>>, Refusal> {
    let Some(value) = payload.get("groups") else {
        return Ok(None);
    };
    let Value::Array(values) = value else {
        return Err(Refusal::Claim("groups"));
    };
    if values.len() > GROUPS {
        return Err(Refusal::Claim("groups"));
    }
    let as_text = |value: &Value| match value {
        Value::Text(group) => Ok(group.clone()),
        _ => Err(Refusal::Claim("groups")),
    };
    values
        .iter()
        .map(as_text)
        .collect::<Result<_, _>>()
        .map(Some)
}

fn text<'a>(
    payload: &'a BTreeMap<String, Value>,
    claim: &'static str,
) -> Result<Option<&'a str>, Refusal> {
    match payload.get(claim) {
        None => Ok(None),
        Some(Value::Text(text)) => Ok(Some(text)),
        Some(_) => Err(Refusal::Claim(claim)),
    }
}

fn integer(payload: &BTreeMap<String, Value>, claim: &'static str) -> Result<i64, Refusal> {
    match payload.get(claim) {
        Some(Value::Integer(number)) => Ok(*number),
        _ => Err(Refusal::Claim(claim)),
    }
}
