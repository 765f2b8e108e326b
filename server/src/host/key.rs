//! The keys with which the host's server calls.
//!
//! The law: a key is in one answer, to whoever made it; what is kept is its hash. It has 256 bits of chance, so a plain
//! hash cannot be guessed backwards.

/// Making and revoking, inside the writer's transaction.
pub mod change;
/// The admin page's routes.
pub mod http;
/// What is a key, and what it may do.
pub mod rules;
/// How the server keeps them.
pub mod store;

use crate::{identity::token::TokenHash, mint::Mint};

/// What every key begins with: whoever finds one in a log or in a repository knows what it is.
const PREFIX: &str = "plhk_";
/// 32 bytes in base64url without padding.
const CHARACTERS: usize = 43;

/// A key as a header brought it. Its `Debug` says nothing.
#[derive(Clone)]
pub struct HostKey(String);

impl HostKey {
    /// `None` for anything that we would not have made.
    pub fn parse(text: &str) -> Option<Self> {
        let chance = text.strip_prefix(PREFIX)?;
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        (chance.len() == CHARACTERS && chance.bytes().all(is_plain)).then(|| Self(text.to_owned()))
    }

    /// A new one.
    pub fn mint(mint: &Mint) -> Self {
        Self(format!("{PREFIX}{}", mint.token()))
    }

    pub fn hash(&self) -> TokenHash {
        TokenHash::of(self.0.as_bytes())
    }

    /// For the one answer that shows it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for HostKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("HostKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use shared::samples::NOON_ISH;

    #[test]
    fn only_what_we_would_have_made_is_a_key() {
        let made = HostKey::mint(&Mint::seeded(Clock::stepped(NOON_ISH), 7));
        let good = made.expose();
        assert_eq!(HostKey::parse(good).unwrap().hash(), made.hash());
        let chance = &good[PREFIX.len()..];
        for bad in [
            "",
            chance,
            PREFIX,
            &good[1..],
            &good[..good.len() - 1],
            &format!("{good}A"),
            &format!("{good} "),
            &format!(" {good}"),
            &format!("PLHK_{chance}"),
            &format!("plhk_{}=", &chance[1..]),
            &format!("plhk_é{}", &chance[2..]),
        ] {
            assert!(HostKey::parse(bad).is_none(), "{bad}");
        }
        assert_eq!(format!("{made:?}"), "HostKey(…)");
    }
}
