//! The guide's example in Rust, to the letter.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use std::time::{SystemTime, UNIX_EPOCH};

pub struct User<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub email: &'a str,
    pub email_verified: bool,
}

pub fn chat_token(user: &User, site: &str, key_id: &str, secret: &str) -> anyhow::Result<String> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let claims = json!({ "iss": site, "aud": format!("porchlight:{site}"), "iat": now, "exp": now + 120,
        "jti": uuid::Uuid::new_v4().to_string(), "sub": user.id, "name": user.name,
        "email": user.email, "email_verified": user.email_verified });
    let encode = |value: Value| BASE64.encode(value.to_string());
    let header = json!({ "alg": "HS256", "kid": key_id });
    let signed = format!("{}.{}", encode(header), encode(claims));
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&BASE64.decode(secret)?)?;
    mac.update(signed.as_bytes());
    let signature = BASE64.encode(mac.finalize().into_bytes());
    Ok(format!("{signed}.{signature}"))
}
