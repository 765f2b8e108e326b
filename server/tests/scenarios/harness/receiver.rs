//! The host's side of a webhook: it hears what it is told, and answers as it pleases.

use super::{person::Browser, site::Site};
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use porchlight::webhook::names::Names;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use shared::host::{DeliveryPage, DeliveryRow, WebhookEvent, WebhookMade, WebhookRow};
use std::{
    net::{IpAddr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering},
    },
    time::Duration,
};
use tokio::{
    net::TcpListener,
    sync::{Mutex, mpsc},
    time::timeout,
};

/// Long enough for a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);
/// Says nothing, ever.
pub const HANGS: u16 = 0;

/// A call as it came.
pub struct Told {
    pub headers: HeaderMap,
    pub body: String,
}

impl Told {
    pub fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub fn event(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }

    /// What every receiver does first (Standard Webhooks), written out: RFC 2104 by hand.
    pub fn is_signed_with(&self, secret: &str) -> bool {
        let mut key = STANDARD
            .decode(secret.strip_prefix("whsec_").unwrap())
            .unwrap();
        assert!((24..=64).contains(&key.len()));
        key.resize(64, 0);
        let keyed = |pad: u8, message: &[u8]| {
            let padded: Vec<u8> = key.iter().map(|byte| byte ^ pad).collect();
            Sha256::digest([&padded, message].concat()).to_vec()
        };
        let (id, time) = (self.header("webhook-id"), self.header("webhook-timestamp"));
        let signed = format!("{id}.{time}.{}", self.body);
        let signature = STANDARD.encode(keyed(0x5c, &keyed(0x36, signed.as_bytes())));
        let named = self.header("webhook-signature").split(' ');
        named
            .filter_map(|one| one.strip_prefix("v1,"))
            .any(|one| one == signature)
    }
}

struct Desk {
    told: mpsc::UnboundedSender<Told>,
    status: Arc<AtomicU16>,
}

/// A receiver, for as long as the test holds it.
pub struct Receiver {
    pub address: SocketAddr,
    status: Arc<AtomicU16>,
    told: Mutex<mpsc::UnboundedReceiver<Told>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn take(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
    body: String,
) -> (StatusCode, Bytes) {
    let status = desk.status.load(Ordering::SeqCst);
    desk.told.send(Told { headers, body }).unwrap();
    if status == HANGS {
        std::future::pending::<()>().await;
    }
    (
        StatusCode::from_u16(status).unwrap(),
        Bytes::from_static(b"ignored"),
    )
}

impl Receiver {
    pub async fn open() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (tell, told) = mpsc::unbounded_channel();
        let status = Arc::new(AtomicU16::new(200));
        let desk = Arc::new(Desk {
            told: tell,
            status: Arc::clone(&status),
        });
        let router = Router::new().fallback(take).with_state(desk);
        let task = tokio::spawn(async move {
            // hyper by hand, as the product's own server has it: the test needs no more features of axum.
            while let Ok((stream, _)) = listener.accept().await {
                let router = router.clone();
                tokio::spawn(async move {
                    let service = hyper::service::service_fn(
                        move |request: hyper::Request<hyper::body::Incoming>| {
                            tower::ServiceExt::oneshot(
                                router.clone(),
                                request.map(axum::body::Body::new),
                            )
                        },
                    );
                    let stream = hyper_util::rt::TokioIo::new(stream);
                    let _ended = hyper::server::conn::http1::Builder::new()
                        .serve_connection(stream, service)
                        .await;
                });
            }
        });
        Self {
            address,
            status,
            told: Mutex::new(told),
            task,
        }
    }

    pub fn url(&self) -> String {
        format!("http://{}/hook?token=canary-of-the-receiver", self.address)
    }

    /// How it answers from now on.
    pub fn answers(&self, status: u16) {
        self.status.store(status, Ordering::SeqCst);
    }

    /// The next call.
    pub async fn hears(&self) -> Told {
        let mut told = self.told.lock().await;
        timeout(PATIENCE, told.recv())
            .await
            .expect("it is told in time")
            .unwrap()
    }

    /// The next so many calls, whatever their order.
    pub async fn hears_all(&self, many: usize) -> Vec<Told> {
        let mut all = Vec::new();
        for _ in 0..many {
            all.push(self.hears().await);
        }
        all
    }

    /// Whether it was told nothing that nobody heard yet.
    pub async fn is_quiet(&self) -> bool {
        self.told.lock().await.try_recv().is_err()
    }
}

impl Site {
    /// What a name leads to from now on.
    pub fn names(&self, name: &str, addresses: &[&str]) {
        let Names::Told(told) = &self.config.names else {
            panic!("a scenario asks no name server");
        };
        let addresses: Vec<IpAddr> = addresses
            .iter()
            .map(|address| address.parse().unwrap())
            .collect();
        told.lock().unwrap().insert(name.to_owned(), addresses);
    }

    /// Until what was due was called for.
    pub fn wakes_dispatch(&self) {
        self.app().dispatch.wake();
    }
}

impl Browser<'_> {
    pub async fn makes_webhook(&self, url: &str, events: &[WebhookEvent]) -> super::Answer {
        let form = json!({ "url": url, "events": events });
        self.posts("POST", "/api/admin/webhooks", form.to_string())
            .await
    }

    pub async fn points_at(&self, receiver: &Receiver, events: &[WebhookEvent]) -> WebhookMade {
        self.makes_webhook(&receiver.url(), events)
            .await
            .read()
            .unwrap()
    }

    pub async fn webhooks(&self) -> Vec<WebhookRow> {
        let list: shared::host::WebhookList = self.gets("/api/admin/webhooks").await.unwrap();
        list.webhooks
    }

    pub async fn deliveries(&self, webhook: &WebhookMade) -> Vec<DeliveryRow> {
        let path = format!(
            "/api/admin/webhooks/{}/deliveries?limit=100",
            webhook.webhook_id
        );
        let page: DeliveryPage = self.gets(&path).await.unwrap();
        page.deliveries
    }

    /// Looks until the newest delivery is as wanted.
    pub async fn finds_delivery(
        &self,
        webhook: &WebhookMade,
        wanted: impl Fn(&DeliveryRow) -> bool,
    ) -> DeliveryRow {
        let found = async {
            loop {
                let newest = self.deliveries(webhook).await.into_iter().next();
                if let Some(newest) = newest.filter(&wanted) {
                    return newest;
                }
                tokio::task::yield_now().await;
            }
        };
        timeout(PATIENCE, found).await.expect("it is so in time")
    }
}
