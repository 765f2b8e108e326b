//! Identity tokens as a host site signs them (HS256).
//!
//! The law: the bench is a host site like any other; it has a key and no way around the door.

use crate::clock;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use serde_json::json;
use sha2::Sha256;
use std::sync::OnceLock;

/// The key's name.
const KEY_ID: &str = "bench";

/// The host site's key: another one in every process, so that none is worth stealing.
fn secret() -> &'static [u8; 32] {
    static SECRET: OnceLock<[u8; 32]> = OnceLock::new();
    SECRET.get_or_init(|| std::array::from_fn(|_| fastrand::u8(..)))
}

/// What `PORCHLIGHT_IDENTITY_KEYS` of the server is set to.
pub fn identity_keys() -> String {
    format!("{KEY_ID}={}", URL_SAFE_NO_PAD.encode(secret()))
}

/// A token for one user, good for five minutes and one use.
pub fn sign(site_id: &str, subject: &str, name: &str) -> String {
    let issued_at = clock::unix_seconds();
    let header = json!({"alg": "HS256", "typ": "JWT", "kid": KEY_ID});
    let claims = json!({
        "iss": site_id,
        "aud": format!("porchlight:{site_id}"),
        "sub": subject,
        "name": name,
        "iat": issued_at,
        "exp": issued_at + 300,
        "jti": format!("{:032x}", fastrand::u128(..)),
    });
    let signed = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header.to_string()),
        URL_SAFE_NO_PAD.encode(claims.to_string())
    );
    let mut mac = Hmac::<Sha256>::new_from_slice(secret()).expect("HMAC takes a key of any length");
    mac.update(signed.as_bytes());
    format!(
        "{signed}.{}",
        URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
    )
}
