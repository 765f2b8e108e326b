//! The key of the hashes: without it nobody learns from the table which code, or which address, was meant.
//!
//! The law: what is hashed says what it is and how long each part is, so that no hash stands for two things.

use super::rules::MailCode;
use crate::identity::secret::Secret;
use crate::identity::token::TokenHash;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// The key. Its `Debug` says nothing.
#[derive(Debug)]
pub struct CodeKey(Secret);

impl CodeKey {
    pub const fn new(secret: Secret) -> Self {
        Self(secret)
    }

    /// Of an address, for counting.
    pub fn hash_address(&self, email: &str) -> String {
        encode(self.over(&["address", email]))
    }

    /// Of a code: good in one session, and for one address.
    pub fn hash_code(&self, code: &MailCode, session: &TokenHash, email: &str) -> String {
        encode(self.over_code(code, session, email))
    }

    /// Of no code at all, whatever is typed: what is kept where nothing was mailed. `chance`: a token of its own.
    pub fn hash_nothing(&self, chance: &str) -> String {
        encode(self.over(&["nothing", chance]))
    }

    /// Whether the hash is this code's. In the same time whichever byte differs.
    pub fn is_hash_of(
        &self,
        hash: &str,
        code: &MailCode,
        session: &TokenHash,
        email: &str,
    ) -> bool {
        let Ok(hash) = URL_SAFE_NO_PAD.decode(hash) else {
            return false;
        };
        self.over_code(code, session, email)
            .verify_slice(&hash)
            .is_ok()
    }

    fn over_code(&self, code: &MailCode, session: &TokenHash, email: &str) -> Hmac<Sha256> {
        self.over(&["code", code.expose(), session.as_str(), email])
    }

    fn over(&self, parts: &[&str]) -> Hmac<Sha256> {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(self.0.expose()).expect("HMAC takes keys of any length");
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac
    }
}

fn encode(mac: Hmac<Sha256>) -> String {
    URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_good_in_one_session_for_one_address_under_one_key() {
        let key = CodeKey::new(Secret::new("a key"));
        let (session, email) = (TokenHash::of(b"cora's"), "cora@example.org");
        let code = MailCode::of(12_345_678);
        let hash = key.hash_code(&code, &session, email);
        assert!(key.is_hash_of(&hash, &code, &session, email));
        assert!(!hash.contains("12345678"));
        let other = CodeKey::new(Secret::new("another key"));
        for is_taken in [
            key.is_hash_of(&hash, &MailCode::of(12_345_679), &session, email),
            key.is_hash_of(&hash, &code, &TokenHash::of(b"idris's"), email),
            key.is_hash_of(&hash, &code, &session, "cora@example.com"),
            other.is_hash_of(&hash, &code, &session, email),
            key.is_hash_of(&key.hash_nothing("chance"), &code, &session, email),
            key.is_hash_of("", &code, &session, email),
            key.is_hash_of("no base64!", &code, &session, email),
        ] {
            assert!(!is_taken);
        }
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        let key = CodeKey::new(Secret::new("a key"));
        let of = |parts: &[&str]| encode(key.over(parts));
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&["abc"]), of(&["a", "bc"]));
    }
}
