//! How a receiver knows that it is us: Standard Webhooks, version 1.
//!
//! The law: what is signed is the id, the time and every byte of the payload.

use crate::{identity::secret::Secret, mint::Mint};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// What a secret begins with where a person sees it.
const PREFIX: &str = "whsec_";

/// A new secret of 32 bytes, in base64 as it is kept.
pub fn mint_secret(mint: &Mint) -> String {
    let bytes = URL_SAFE_NO_PAD
        .decode(mint.token())
        .expect("a token is base64url");
    STANDARD.encode(bytes)
}

/// As it is shown, once.
pub fn shown(secret: &str) -> String {
    format!("{PREFIX}{secret}")
}

/// `webhook-signature`. `None` for a secret that is none.
pub fn sign(secret: &Secret, id: &str, timestamp_s: i64, payload: &str) -> Option<String> {
    let key = STANDARD.decode(secret.expose()).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{timestamp_s}.{payload}").as_bytes());
    Some(format!(
        "v1,{}",
        STANDARD.encode(mac.finalize().into_bytes())
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_signature_of_the_convention() {
        // The example of the specification's reference libraries.
        let secret = Secret::new("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        let signed = sign(
            &secret,
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            r#"{"test": 2432232314}"#,
        );
        assert_eq!(
            signed.as_deref(),
            Some("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        );
    }
}
