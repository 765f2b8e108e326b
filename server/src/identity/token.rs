//! Session tokens: what a cookie holds, and what of it is stored.
//!
//! The law: the token itself lives in the browser's cookie jar and nowhere else; the server keeps its SHA-256. A token
//! has 256 bits of chance, so a plain hash cannot be guessed backwards.

use crate::mint::Mint;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// A token of 32 bytes in base64url without padding has this many characters.
const CHARACTERS: usize = 43;

/// Of a session's name: 64 bits, to tell a person's few sessions apart.
const NAME_CHARACTERS: usize = 16;

/// A token as a cookie brought it. Its `Debug` says nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

impl SessionToken {
    /// `None` for anything that we would not have made.
    pub fn parse(text: &str) -> Option<Self> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        (text.len() == CHARACTERS && text.bytes().all(is_plain)).then(|| Self(text.to_owned()))
    }

    /// A new one.
    pub fn mint(mint: &Mint) -> Self {
        Self(mint.token())
    }

    /// A token for tests, the same for the same key.
    #[cfg(test)]
    pub fn sample(key: &str) -> Self {
        Self(TokenHash::of(key.as_bytes()).0[..CHARACTERS].to_owned())
    }

    pub fn hash(&self) -> TokenHash {
        TokenHash::of(self.0.as_bytes())
    }

    /// For `Set-Cookie` only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for SessionToken {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SessionToken(…)")
    }
}

/// The SHA-256 of a token, as hexadecimal text.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct TokenHash(String);

impl TokenHash {
    /// The hash of whatever must work only once or be known again.
    pub fn of(bytes: &[u8]) -> Self {
        let mut text = String::with_capacity(64);
        for byte in Sha256::digest(bytes) {
            write!(text, "{byte:02x}").expect("a String takes whatever is written");
        }
        Self(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// One that the database keeps.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// What its owner calls the session: tells sessions apart, and opens nothing.
    pub fn name(&self) -> String {
        Self::of(self.0.as_bytes()).0[..NAME_CHARACTERS].to_owned()
    }
}

impl std::fmt::Debug for TokenHash {
    /// Redacted: a hash in a log would connect its lines to a row.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("TokenHash(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_we_would_have_made_is_a_token() {
        let good = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
        let token = SessionToken::parse(good).unwrap();
        assert_eq!(token.hash(), TokenHash::of(good.as_bytes()));
        assert_eq!(token.hash().as_str().len(), 64);
        for bad in [
            "",
            "x",
            &good[1..],
            &format!("{good}A"),
            &good.replace('A', "="),
            &good.replace('A', "é"),
        ] {
            assert_eq!(SessionToken::parse(bad), None, "{bad}");
        }
        assert_eq!(
            format!("{token:?} {:?}", token.hash()),
            "SessionToken(…) TokenHash(…)"
        );
    }
}
