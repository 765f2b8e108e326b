//! What the host site signs for its people.
//!
//! The law: no two tokens are the same.

use super::site::Site;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use serde_json::json;
use shared::samples::Person;
use std::sync::atomic::Ordering;

const SECRET: [u8; 32] = *b"what the shop and the chat share";

/// The key as the operator names it to the server.
pub fn operators_key() -> String {
    format!("scenario={}", URL_SAFE_NO_PAD.encode(SECRET))
}

impl Site {
    /// What the host site would sign for somebody now.
    pub fn token(&self, person: &Person) -> String {
        self.signs(&self.claims(person))
    }

    /// What the host site says about somebody now: good for five minutes and one use.
    pub fn claims(&self, person: &Person) -> serde_json::Value {
        let site_id = self.app().policy().site_id.clone();
        let issued_at = self.clock.now().0 / 1_000;
        json!({
            "iss": site_id,
            "aud": format!("porchlight:{site_id}"),
            "sub": person.key,
            "name": person.name,
            "email": person.email,
            "iat": issued_at,
            "exp": issued_at + 300,
            "jti": format!("token-{}", self.tokens.fetch_add(1, Ordering::Relaxed)),
        })
    }

    /// The host site's signature under whatever it says.
    pub fn signs(&self, claims: &serde_json::Value) -> String {
        let part = |value: &serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!(
            "{}.{}",
            part(&json!({"alg": "HS256", "kid": "scenario"})),
            part(claims)
        );
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&SECRET).unwrap();
        mac.update(signed.as_bytes());
        format!(
            "{signed}.{}",
            URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
        )
    }
}
