//! The shop's passwords: argon2id, off the threads that answer.
//!
//! The law: an address without an account costs as much time as a wrong password, so time tells nobody which it was.

use argon2::{
    Argon2, PasswordHash, PasswordHasher, PasswordVerifier,
    password_hash::{Error, SaltString},
};

/// The hash to keep.
///
/// `salt` is a token of the mint's: 32 random bytes.
pub async fn hash_password(password: String, salt: String) -> Result<String, Error> {
    let hashing = tokio::task::spawn_blocking(move || hash(&password, &salt));
    hashing
        .await
        .expect("hashing neither panics nor is cancelled")
}

/// Whether the password is the one that was hashed. Without a hash it is wrong, and takes as long to say so.
pub async fn is_right_password(password: String, kept: Option<String>) -> bool {
    let checking = tokio::task::spawn_blocking(move || match kept {
        Some(kept) => PasswordHash::new(&kept).is_ok_and(|kept| {
            Argon2::default()
                .verify_password(password.as_bytes(), &kept)
                .is_ok()
        }),
        None => {
            let _same_effort = hash(&password, "nobody has this password at all");
            false
        }
    });
    checking
        .await
        .expect("checking neither panics nor is cancelled")
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

    #[tokio::test]
    async fn only_the_password_that_was_hashed_is_right() {
        let kept = hash_password(
            "porch-light".into(),
            "salt of thirty-two random bytes!".into(),
        )
        .await
        .unwrap();
        assert!(kept.starts_with("$argon2id$"));
        assert!(is_right_password("porch-light".into(), Some(kept.clone())).await);
        assert!(!is_right_password("porch-lights".into(), Some(kept)).await);
        assert!(!is_right_password("porch-light".into(), None).await);
    }
}
