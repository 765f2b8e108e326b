//! The keys with which host sites sign identity tokens.
//!
//! The law: the algorithm belongs to the key, never to the token. A weak key is refused when it is configured, and no
//! key is ever printed.

use super::secret::Secret;
use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// The shortest secret for `HS256`. **Units**: bytes. **Source**: RFC 7518 section 3.2.
const SECRET_BYTES: usize = 32;
/// A secret with fewer different bytes was not made by chance.
const DIFFERENT_BYTES: usize = 12;
/// The old and the new one, while keys are changed.
const KEYS_AT_ONCE: usize = 2;
/// A key's name. **Units**: characters.
const KEY_ID_CHARACTERS: usize = 64;

/// How a key signs, together with what it signs with: one cannot be had without the other.
#[derive(Debug)]
enum Algorithm {
    Hs256(Secret),
}

/// One key of the host site.
#[derive(Debug)]
pub struct IdentityKey {
    key_id: String,
    algorithm: Algorithm,
}

/// All keys that sign identity tokens now. **Shape**: none (the feature is off), one, or two while keys are changed.
#[derive(Debug, Default)]
pub struct IdentityKeys(Vec<IdentityKey>);

/// Why keys were refused: a sentence that holds nothing of the key.
#[derive(Debug, PartialEq, Eq)]
pub struct KeyFault(pub &'static str);

impl std::fmt::Display for KeyFault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.0)
    }
}

impl std::error::Error for KeyFault {}

impl IdentityKey {
    /// Reads `KID=BASE64URL`. Padding and the other base64 alphabet are fine: `openssl rand -base64 32` writes both.
    ///
    /// **Errors**: a sentence, for a name that is none, for what is not base64, and for a weak secret.
    pub fn parse(text: &str) -> Result<Self, KeyFault> {
        let (key_id, encoded) = text
            .trim()
            .split_once('=')
            .ok_or(KeyFault("An identity key is written KID=BASE64URL."))?;
        let is_plain = |character: char| {
            character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '-')
        };
        if key_id.is_empty() || key_id.len() > KEY_ID_CHARACTERS || !key_id.chars().all(is_plain) {
            return Err(KeyFault(
                "The name of an identity key is 1 to 64 letters, digits, dots, hyphens or underscores.",
            ));
        }
        let secret =
            decode_secret(encoded).ok_or(KeyFault("An identity key is not valid base64url."))?;
        if secret.len() < SECRET_BYTES {
            return Err(KeyFault(
                "An identity key is too short: it needs at least 32 random bytes.",
            ));
        }
        let mut different = secret.clone();
        different.sort_unstable();
        different.dedup();
        if different.len() < DIFFERENT_BYTES {
            return Err(KeyFault(
                "An identity key is too weak: it needs at least 32 random bytes.",
            ));
        }
        Ok(Self {
            key_id: key_id.to_owned(),
            algorithm: Algorithm::Hs256(Secret::new(secret)),
        })
    }

    /// What a token signed by this key must say in `alg`, to the letter.
    pub fn algorithm_name(&self) -> &'static str {
        match self.algorithm {
            Algorithm::Hs256(_) => "HS256",
        }
    }

    /// Whether `signature` over `signed` was made with this key. Takes the same time whichever byte differs.
    pub fn has_signed(&self, signed: &[u8], signature: &[u8]) -> bool {
        match &self.algorithm {
            Algorithm::Hs256(secret) => {
                let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose())
                    .expect("HMAC takes keys of any length");
                mac.update(signed);
                mac.verify_slice(signature).is_ok()
            }
        }
    }
}

impl IdentityKeys {
    /// Gathers keys; each as `KID=BASE64URL`.
    ///
    /// **Errors**: those of [`IdentityKey::parse`], two keys of one name, and more than two keys.
    pub fn parse<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Self, KeyFault> {
        let mut keys: Vec<IdentityKey> = Vec::new();
        for text in texts.into_iter().filter(|text| !text.trim().is_empty()) {
            let key = IdentityKey::parse(text)?;
            if keys.iter().any(|other| other.key_id == key.key_id) {
                return Err(KeyFault("Two identity keys have the same name."));
            }
            keys.push(key);
        }
        if keys.len() > KEYS_AT_ONCE {
            return Err(KeyFault("At most two identity keys may be in use at once."));
        }
        Ok(Self(keys))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The key that a token names; a token without a name means the only key there is.
    pub fn find(&self, key_id: Option<&str>) -> Option<&IdentityKey> {
        match (key_id, self.0.as_slice()) {
            (Some(key_id), keys) => keys.iter().find(|key| key.key_id == key_id),
            (None, [only]) => Some(only),
            (None, _) => None,
        }
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
mod tests {
    use super::*;

    const GOOD: &str = "main=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    #[test]
    fn a_weak_key_is_refused_when_it_is_configured() {
        assert!(IdentityKey::parse(GOOD).is_ok());
        assert!(
            IdentityKey::parse(&format!("{GOOD}=")).is_ok(),
            "padding is fine"
        );
        for (bad, says) in [
            ("main", "KID=BASE64URL"),
            ("=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", "name"),
            ("a b=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", "name"),
            ("main=not base64!", "base64"),
            ("main=", "short"),
            ("main=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg", "short"),
            ("main=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "weak"),
        ] {
            let fault = IdentityKey::parse(bad).unwrap_err();
            assert!(fault.0.contains(says), "{bad}: {fault}");
        }
    }

    #[test]
    fn two_keys_may_live_at_once_and_a_nameless_token_means_the_only_one() {
        let second = GOOD.replace("main", "next");
        let third = GOOD.replace("main", "third");
        let one = IdentityKeys::parse([GOOD]).unwrap();
        assert!(
            one.find(None).is_some()
                && one.find(Some("main")).is_some()
                && one.find(Some("next")).is_none()
        );
        let two = IdentityKeys::parse([GOOD, second.as_str(), ""]).unwrap();
        assert!(two.find(None).is_none() && two.find(Some("next")).is_some());
        assert!(IdentityKeys::parse([GOOD, GOOD]).is_err());
        assert!(IdentityKeys::parse([GOOD, second.as_str(), third.as_str()]).is_err());
        assert!(IdentityKeys::parse([]).unwrap().is_empty());
    }

    #[test]
    fn a_key_is_never_printed() {
        let printed = format!("{:?}", IdentityKeys::parse([GOOD]).unwrap());
        assert!(
            printed.contains("main") && !printed.contains("AAEC") && !printed.contains("1, 2"),
            "{printed}"
        );
    }
}
