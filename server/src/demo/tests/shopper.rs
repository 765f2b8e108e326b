//! A browser at the shop: how the tests call it.
//!
//! The law: what people do by their names; the shop is the true one, only without a socket.

use crate::account::password::Passwords;
use crate::demo::{
    cast::insert_cast,
    chat_server::ChatServer,
    identity_token::SharedKey,
    mailbox::Mailbox,
    shop::{Shop, router},
    store::ShopStore,
};
use crate::{clock::Clock, mint::Mint};
use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, Request, StatusCode, header},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use http_body_util::BodyExt;
use serde_json::Value;
use shared::samples::NOON_ISH;
use std::{net::SocketAddr, path::Path, sync::Arc};
use tempfile::TempDir;
use tower::ServiceExt;

const PEER: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 50_000);
pub const SECRET: [u8; 32] = [9; 32];

/// A browser at the shop, with its cookie.
pub struct Shopper {
    pub shop: Router,
    pub cookie: Option<String>,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Shopper {
    async fn call(&mut self, method: &str, path: &str, form: Option<&str>) -> Answer {
        let mut call = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "shop.localhost:8081");
        if let Some(cookie) = &self.cookie {
            call = call.header(header::COOKIE, cookie);
        }
        if form.is_some() {
            call = call.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let mut call = call
            .body(Body::from(form.unwrap_or_default().to_owned()))
            .unwrap();
        call.extensions_mut().insert(ConnectInfo(PEER));
        let (parts, body) = self.shop.clone().oneshot(call).await.unwrap().into_parts();
        if let Some(cookie) = parts.headers.get(header::SET_COOKIE) {
            self.cookie = Some(cookie.to_str().unwrap().split(';').next().unwrap().into());
        }
        let body = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    pub async fn opens(&mut self, path: &str) -> Answer {
        self.call("GET", path, None).await
    }

    pub async fn sends(&mut self, path: &str, form: &str) -> Answer {
        self.call("POST", path, Some(form)).await
    }

    /// The payload of a fresh token, or `None` where nobody is signed in.
    pub async fn is_vouched_for_as(&mut self) -> Option<Value> {
        let answer = self.opens("/chat-token").await;
        if answer.status == StatusCode::NO_CONTENT {
            return None;
        }
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(
            answer.headers[header::CONTENT_TYPE],
            "text/plain; charset=utf-8"
        );
        let payload = answer.body.split('.').nth(1).unwrap().to_owned();
        Some(serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap())
    }
}

pub async fn open_shop(directory: &Path, clock: Clock) -> Router {
    let store = ShopStore::open(&directory.join("shop.sqlite"))
        .await
        .unwrap();
    insert_cast(&store, clock.now()).await.unwrap();
    router(Arc::new(Shop {
        store,
        passwords: Passwords::default(),
        mint: Mint::from_entropy(clock.clone()),
        clock,
        chat_origin: "http://chat.localhost:8080".into(),
        site_id: "the-site".into(),
        key: SharedKey {
            key_id: "shop".into(),
            secret: SECRET,
        },
        // Nobody listens there.
        chat: ChatServer::new(9, "plhk_nobody".into()),
        mailbox: Arc::new(Mailbox::default()),
    }))
}

/// A new shop, and somebody in it.
pub async fn shop() -> (TempDir, Clock, Shopper) {
    let directory = tempfile::tempdir().unwrap();
    let clock = Clock::stepped(NOON_ISH);
    let shop = open_shop(directory.path(), clock.clone()).await;
    (directory, clock, Shopper { shop, cookie: None })
}
