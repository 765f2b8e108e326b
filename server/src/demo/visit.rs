//! Who looks at a page: the shop's cookie, read and written.
//!
//! The law: no script sees the cookie, and only its hash is kept.

use super::{
    pages::layout::View,
    rules,
    shop::Shop,
    store::{Account, SignedIn},
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// The shop's cookie. Ports share cookies, so the name is one that nobody else uses.
const COOKIE: &str = "lantern_and_loom";

/// One call for a page, and whose it is.
pub struct Visit {
    pub signed_in: Option<SignedIn>,
    pub path: String,
    /// Of the session that the browser showed, whether it counts or not.
    pub token_hash: Option<String>,
}

impl Visit {
    /// Whose account it is, whoever is signed in to it.
    pub fn account(&self) -> Option<&Account> {
        self.signed_in.as_ref().map(|signed_in| &signed_in.account)
    }

    /// The account of somebody of the shop who is signed in as somebody else.
    pub fn acted_by(&self) -> Option<&str> {
        self.signed_in.as_ref()?.acted_by.as_deref()
    }

    /// What the pages need to know.
    pub fn view<'a>(&'a self, shop: &'a Shop) -> View<'a> {
        View {
            chat_origin: &shop.chat_origin,
            account: self.account(),
            acted_by: self.acted_by(),
            path: &self.path,
        }
    }
}

impl FromRequestParts<Arc<Shop>> for Visit {
    type Rejection = super::http::Broken;

    async fn from_request_parts(
        parts: &mut Parts,
        shop: &Arc<Shop>,
    ) -> Result<Self, Self::Rejection> {
        let token_hash = shown_token(&parts.headers).map(hash_token);
        let signed_in = match &token_hash {
            Some(token_hash) => {
                shop.store
                    .find_signed_in(token_hash, shop.clock.now())
                    .await?
            }
            None => None,
        };
        Ok(Self {
            signed_in,
            path: parts.uri.path().into(),
            token_hash,
        })
    }
}

fn shown_token(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))
}

/// The hash that is kept of a session's token.
pub fn hash_token(token: &str) -> String {
    Sha256::digest(token)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// `Set-Cookie` for somebody who signed in.
pub fn session_cookie(token: &str) -> String {
    format!(
        "{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}",
        rules::SESSION_MS / 1000
    )
}

/// `Set-Cookie` for somebody who signed out.
pub fn ended_cookie() -> String {
    format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
}
