//! The shop's side of the identity hand-over: signs a token with the key it shares with the chat.
//!
//! The law: this is what a host site writes in its own language, so it uses none of the chat's code. A JSON header, a
//! JSON payload, HMAC-SHA256 over both (RFC 7515, RFC 7519), and nothing else.

use super::rules::chat::Claims;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// The secret that the shop and the chat share, and the name it goes by.
pub struct SharedKey {
    pub key_id: String,
    pub secret: [u8; 32],
}

/// The token in compact form: `header.payload.signature`.
pub fn sign_identity_token(key: &SharedKey, claims: &Claims<'_>) -> String {
    let header = serde_json::json!({ "alg": "HS256", "kid": key.key_id, "typ": "JWT" });
    let payload = serde_json::to_vec(claims).expect("claims are texts, numbers and booleans");
    let signed = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header.to_string()),
        URL_SAFE_NO_PAD.encode(payload)
    );
    let mut mac =
        Hmac::<Sha256>::new_from_slice(&key.secret).expect("HMAC takes a key of any length");
    mac.update(signed.as_bytes());
    format!(
        "{signed}.{}",
        URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
    )
}
