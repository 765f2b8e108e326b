//! The keys with which host sites sign identity tokens.
//!
//! The law: the algorithm belongs to the key, never to the token. A weak key is refused when it is made or configured,
//! and no key is ever printed.

/// Making, retiring and forgetting those of the admin page.
pub mod change;
/// The keys on the admin page.
pub mod http;

use super::secret::Secret;
use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use hmac::{Hmac, Mac};
use p256::ecdsa::signature::Verifier;
use p256::pkcs8::DecodePublicKey;
use sha2::Sha256;
use shared::limits::KEYS_AT_ONCE;
use shared::problem::{Field, Problem, ProblemCode};
use shared::settings::{KeyAlgorithm, KeyRow};
use std::sync::Arc;

/// The shortest secret for `HS256`. **Units**: bytes. **Source**: RFC 7518 section 3.2.
const SECRET_BYTES: usize = 32;
/// A secret with fewer different bytes was not made by chance.
const DIFFERENT_BYTES: usize = 12;
/// A key's name. **Units**: characters.
const KEY_ID_CHARACTERS: usize = 64;
/// A public key as PEM is a tenth of this. **Units**: bytes.
const PEM_BYTES: usize = 2_000;

/// How a key signs, together with what it is checked with: one cannot be had without the other.
#[derive(Debug)]
enum Algorithm {
    Hs256(Secret),
    Es256(Box<p256::ecdsa::VerifyingKey>),
    EdDsa(Box<ed25519_dalek::VerifyingKey>),
}

/// One key of the host site.
#[derive(Debug)]
pub struct IdentityKey {
    key_id: String,
    algorithm: Algorithm,
}

/// All keys that sign identity tokens now. **Shape**: none (the feature is off), one, or two while keys are changed.
#[derive(Clone, Debug, Default)]
pub struct IdentityKeys(Vec<Arc<IdentityKey>>);

/// Which key signed: a session remembers the last that signed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignedBy {
    /// Made on the admin page.
    Kept(String),
    /// Given by the operator at the start.
    Operators(String),
}

/// Why keys were refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyFault {
    /// Not written `KID=BASE64URL`.
    Written,
    KeyId,
    Encoding,
    /// Too short, or too even to be of chance; a public key that anybody can sign for.
    Weak,
    /// Not the public key, as PEM, of that algorithm.
    Pem,
    SameName,
    TooMany,
}

impl std::fmt::Display for KeyFault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Written => "An identity key is written KID=BASE64URL.",
            Self::KeyId => "The name of an identity key is 1 to 64 letters, digits, dots, hyphens or underscores.",
            Self::Encoding => "An identity key is not valid base64url.",
            Self::Weak => "An identity key is too weak: it needs at least 32 random bytes.",
            Self::Pem => "A public key is written as PEM, as `openssl pkey -pubout` prints it.",
            Self::SameName => "Two identity keys have the same name.",
            Self::TooMany => "At most two identity keys may be in use at once.",
        })
    }
}

impl std::error::Error for KeyFault {}

impl From<KeyFault> for Problem {
    /// As the admin page says it.
    fn from(fault: KeyFault) -> Self {
        match fault {
            KeyFault::KeyId => Self::about(ProblemCode::KeyIdShape, Field::KeyId),
            KeyFault::SameName => Self::about(ProblemCode::KeyTaken, Field::KeyId),
            KeyFault::Weak => Self::about(ProblemCode::KeyWeak, Field::PublicKey),
            KeyFault::TooMany => Self::about(ProblemCode::TooMany, Field::KeyId),
            KeyFault::Written | KeyFault::Encoding | KeyFault::Pem => {
                Self::about(ProblemCode::KeyShape, Field::PublicKey)
            }
        }
    }
}

impl IdentityKey {
    /// Reads `KID=BASE64URL`. Padding and the other base64 alphabet are fine: `openssl rand -base64 32` writes both.
    ///
    /// **Errors**: for a name that is none, for what is not base64, and for a weak secret.
    pub fn parse(text: &str) -> Result<Self, KeyFault> {
        let (key_id, encoded) = text.trim().split_once('=').ok_or(KeyFault::Written)?;
        Self::of(key_id, KeyAlgorithm::Hs256, encoded)
    }

    /// A key from its parts: for `HS256` the secret in base64url, else the public half as PEM.
    ///
    /// **Errors**: as [`IdentityKey::parse`], and for what is no public key of that algorithm.
    pub fn of(key_id: &str, algorithm: KeyAlgorithm, text: &str) -> Result<Self, KeyFault> {
        let is_plain = |character: char| {
            character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '-')
        };
        if key_id.is_empty() || key_id.len() > KEY_ID_CHARACTERS || !key_id.chars().all(is_plain) {
            return Err(KeyFault::KeyId);
        }
        Ok(Self {
            key_id: key_id.to_owned(),
            algorithm: match algorithm {
                KeyAlgorithm::Hs256 => Algorithm::Hs256(read_secret(text)?),
                KeyAlgorithm::Es256 => Algorithm::Es256(Box::new(read_p256(text)?)),
                KeyAlgorithm::EdDsa => Algorithm::EdDsa(Box::new(read_ed25519(text)?)),
            },
        })
    }

    pub fn key_id(&self) -> &str {
        &self.key_id
    }

    /// How it signs.
    pub const fn algorithm(&self) -> KeyAlgorithm {
        match self.algorithm {
            Algorithm::Hs256(_) => KeyAlgorithm::Hs256,
            Algorithm::Es256(_) => KeyAlgorithm::Es256,
            Algorithm::EdDsa(_) => KeyAlgorithm::EdDsa,
        }
    }

    /// What a token signed by this key must say in `alg`, to the letter.
    pub const fn algorithm_name(&self) -> &'static str {
        self.algorithm().name()
    }

    /// Whether `signature` over `signed` was made with this key. A secret is compared in the same time whichever byte
    /// differs.
    pub fn has_signed(&self, signed: &[u8], signature: &[u8]) -> bool {
        match &self.algorithm {
            Algorithm::Hs256(secret) => {
                let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose())
                    .expect("HMAC takes keys of any length");
                mac.update(signed);
                mac.verify_slice(signature).is_ok()
            }
            // Both numbers one after the other, as RFC 7518 section 3.4 has it; DER is not taken.
            Algorithm::Es256(key) => p256::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify(signed, &signature).is_ok()),
            Algorithm::EdDsa(key) => ed25519_dalek::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify_strict(signed, &signature).is_ok()),
        }
    }
}

impl IdentityKeys {
    /// Gathers keys; each as `KID=BASE64URL`.
    ///
    /// **Errors**: those of [`IdentityKey::parse`], two keys of one name, and more than two keys.
    pub fn parse<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Self, KeyFault> {
        let mut keys = Self::default();
        for text in texts.into_iter().filter(|text| !text.trim().is_empty()) {
            keys = keys.with(IdentityKey::parse(text)?)?;
        }
        Ok(keys)
    }

    /// These and another.
    ///
    /// **Errors**: two keys of one name, and more than two keys.
    pub fn with(mut self, key: IdentityKey) -> Result<Self, KeyFault> {
        if self.find(Some(&key.key_id)).is_some() {
            return Err(KeyFault::SameName);
        }
        if self.0.len() >= KEYS_AT_ONCE {
            return Err(KeyFault::TooMany);
        }
        self.0.push(Arc::new(key));
        Ok(self)
    }

    /// The operator's and those made on the admin page, as far as they fit: where both have the same name, the
    /// operator's counts.
    pub fn and(&self, others: &Self) -> Self {
        let mut all = self.clone();
        for key in &others.0 {
            if all.find(Some(&key.key_id)).is_none() {
                all.0.push(Arc::clone(key));
            }
        }
        all
    }

    /// Those made on the admin page, as they are kept. What cannot be read any more signs nothing.
    pub fn kept(keys: impl IntoIterator<Item = IdentityKey>) -> Self {
        Self(keys.into_iter().map(Arc::new).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// These are the operator's: whose a key of that name is.
    pub fn signer(&self, key_id: &str) -> SignedBy {
        match self.find(Some(key_id)) {
            Some(_) => SignedBy::Operators(key_id.to_owned()),
            None => SignedBy::Kept(key_id.to_owned()),
        }
    }

    /// The operator's, as admins see them.
    pub fn rows(&self) -> Vec<KeyRow> {
        let rows = self.0.iter().map(|key| KeyRow {
            key_id: key.key_id.clone(),
            algorithm: key.algorithm(),
            created_at: None,
            retired_at: None,
        });
        rows.collect()
    }

    /// The key that a token names; a token without a name means the only key there is.
    pub fn find(&self, key_id: Option<&str>) -> Option<&IdentityKey> {
        match (key_id, self.0.as_slice()) {
            (Some(key_id), keys) => keys.iter().find(|key| key.key_id == key_id),
            (None, [only]) => Some(only),
            (None, _) => None,
        }
        .map(Arc::as_ref)
    }
}

fn read_secret(encoded: &str) -> Result<Secret, KeyFault> {
    let secret = decode_secret(encoded).ok_or(KeyFault::Encoding)?;
    let mut different = secret.clone();
    different.sort_unstable();
    different.dedup();
    if secret.len() < SECRET_BYTES || different.len() < DIFFERENT_BYTES {
        return Err(KeyFault::Weak);
    }
    Ok(Secret::new(secret))
}

fn read_p256(pem: &str) -> Result<p256::ecdsa::VerifyingKey, KeyFault> {
    p256::ecdsa::VerifyingKey::from_public_key_pem(tidy_pem(pem)?).map_err(|_| KeyFault::Pem)
}

fn read_ed25519(pem: &str) -> Result<ed25519_dalek::VerifyingKey, KeyFault> {
    let key = ed25519_dalek::VerifyingKey::from_public_key_pem(tidy_pem(pem)?);
    let key = key.map_err(|_| KeyFault::Pem)?;
    // Of a point of small order anybody can make signatures.
    if key.is_weak() {
        Err(KeyFault::Weak)
    } else {
        Ok(key)
    }
}

/// As people paste it: with space around it.
fn tidy_pem(pem: &str) -> Result<&str, KeyFault> {
    if pem.len() > PEM_BYTES {
        Err(KeyFault::Pem)
    } else {
        Ok(pem.trim())
    }
}

fn decode_secret(encoded: &str) -> Option<Vec<u8>> {
    let config =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let url_safe: String = encoded
        .trim()
        .chars()
        .map(|character| match character {
            '+' => '-',
            '/' => '_',
            other => other,
        })
        .collect();
    GeneralPurpose::new(&URL_SAFE, config).decode(url_safe).ok()
}

#[cfg(test)]
mod tests;
