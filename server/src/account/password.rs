//! The one module that hashes passwords: argon2id, off the threads that answer, and few at a time.
//!
//! The laws: an address without an account costs as much as a wrong password, so time tells nobody which it was; a flood
//! of guesses holds neither the machine's memory nor the threads that answer; two spellings of one text are one
//! password.

use crate::{error::Refusal, mint::Mint};
use argon2::{
    Argon2, PasswordHash, PasswordHasher, PasswordVerifier,
    password_hash::{Error, SaltString},
};
use shared::problem::{Problem, ProblemCode};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

/// Each takes 19 MiB and a core for as long as it lasts.
const AT_ONCE: usize = 2;
/// Whoever comes when this many are at it or wait is asked to come again.
const WAITING: usize = 64;

/// Hashes and checks passwords. One for a server, so that its bounds hold for everybody together.
pub struct Passwords {
    /// Held by the thread that hashes, not by whoever waits for it: who goes away frees nothing.
    at_once: Arc<Semaphore>,
    waiting: Semaphore,
    /// How many were computed: equal effort is shown by counting, which no busy machine disturbs.
    computed: Arc<AtomicU64>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self {
            at_once: Arc::new(Semaphore::new(AT_ONCE)),
            waiting: Semaphore::new(WAITING),
            computed: Arc::default(),
        }
    }
}

impl Passwords {
    /// The hash to keep, as a PHC string.
    ///
    /// **Errors**: `slow_down` where too many wait.
    pub async fn hash(&self, password: &str, mint: &Mint) -> Result<String, Refusal> {
        let (password, salt) = (one_spelling(password), mint.token());
        let hashed = self.compute(move || hash(&password, &salt)).await?;
        hashed.map_err(|_| Refusal::Broken("a token of the mint is a salt of the right length"))
    }

    /// Whether the password is the one that was hashed. Without a hash it is wrong, and takes as long to say so.
    ///
    /// **Errors**: `slow_down` where too many wait.
    pub async fn is_right(&self, password: &str, kept: Option<&str>) -> Result<bool, Refusal> {
        let (password, kept) = (one_spelling(password), kept.map(str::to_owned));
        self.compute(move || match kept {
            Some(kept) => PasswordHash::new(&kept).is_ok_and(|kept| {
                Argon2::default()
                    .verify_password(password.as_bytes(), &kept)
                    .is_ok()
            }),
            None => {
                let _same_effort = hash(&password, "nobody has this password at all");
                false
            }
        })
        .await
    }

    /// How many were computed so far.
    pub fn computed(&self) -> u64 {
        self.computed.load(Ordering::Relaxed)
    }

    async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Refusal> {
        let Ok(_place) = self.waiting.try_acquire() else {
            return Err(Problem::retry_after(ProblemCode::SlowDown, 1).into());
        };
        let turn = Arc::clone(&self.at_once).acquire_owned().await;
        let turn = turn.map_err(|_| Refusal::Broken("nobody closes the passwords' turns"))?;
        let computed = Arc::clone(&self.computed);
        let working = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            computed.fetch_add(1, Ordering::Relaxed);
            work()
        });
        working
            .await
            .map_err(|_| Refusal::Broken("hashing neither panics nor is cancelled"))
    }
}

/// One keyboard writes `é` as one character and another as two: both are the same password.
fn one_spelling(password: &str) -> String {
    password.nfkc().collect()
}

fn hash(password: &str, salt: &str) -> Result<String, Error> {
    let salt = SaltString::encode_b64(salt.as_bytes())?;
    Ok(Argon2::default()
        .hash_password(password.as_bytes(), &salt)?
        .to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use shared::samples::NOON_ISH;

    fn mint() -> Mint {
        Mint::seeded(Clock::stepped(NOON_ISH), 7)
    }

    #[tokio::test]
    async fn only_the_password_that_was_hashed_is_right() {
        let passwords = Passwords::default();
        let kept = passwords.hash("porch-light é", &mint()).await.unwrap();
        assert!(kept.starts_with("$argon2id$"));
        for (typed, is_right) in [
            ("porch-light é", true),
            ("porch-light e\u{301}", true),
            ("porch-lights é", false),
            ("", false),
        ] {
            let said = passwords.is_right(typed, Some(&kept)).await.unwrap();
            assert_eq!(said, is_right, "{typed:?}");
        }
        assert!(!passwords.is_right("porch-light é", None).await.unwrap());
        assert!(
            !passwords
                .is_right("porch-light é", Some("broken"))
                .await
                .unwrap()
        );
    }

    #[tokio::test]
    async fn an_unknown_address_costs_as_many_hashes_as_a_wrong_password() {
        let passwords = Passwords::default();
        let kept = passwords.hash("porch-light", &mint()).await.unwrap();
        let before = passwords.computed();
        passwords
            .is_right("a wrong one", Some(&kept))
            .await
            .unwrap();
        let known = passwords.computed() - before;
        passwords.is_right("a wrong one", None).await.unwrap();
        assert_eq!((known, passwords.computed() - before - known), (1, 1));
    }

    #[tokio::test]
    async fn a_flood_of_guesses_is_asked_to_come_again() {
        let passwords = Passwords::default();
        let all_places = passwords.waiting.acquire_many(64).await.unwrap();
        let refused = passwords.is_right("a guess", None).await.err().unwrap();
        assert!(
            matches!(refused, Refusal::Problem(problem) if problem.code == ProblemCode::SlowDown)
        );
        drop(all_places);
        assert!(passwords.is_right("a guess", None).await.is_ok());
    }
}
