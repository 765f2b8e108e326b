//! The true server at its chattiest, whose log is kept.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use shared::samples::{ADA, MINA, Person};
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;

pub const SECRET: [u8; 32] = *b"thirty-two bytes for the canary!";
/// Where everybody comes from, as the proxy says.
pub const PEER: &str = "203.0.113.77";
const ORIGIN: &str = "http://localhost:4040";

/// A server whose log is kept.
pub struct Logged {
    child: Child,
    log: JoinHandle<Vec<String>>,
    address: String,
    /// Where the figures are.
    figures: SocketAddr,
}

pub fn porchlight(data_dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_porchlight"));
    command
        .env_clear()
        .env("PORCHLIGHT_DATA_DIR", data_dir)
        .env(
            "PORCHLIGHT_IDENTITY_KEYS",
            format!("canary={}", URL_SAFE_NO_PAD.encode(SECRET)),
        )
        .env("PORCHLIGHT_LOG", "debug")
        .env("RUST_LOG", "trace");
    command
}

/// Mina answers guests, Ada is the admin. Answers the site's id.
pub fn set_up(data_dir: &Path) -> String {
    let type_in = |words: &[&str]| {
        let output = porchlight(data_dir).args(words).output().unwrap();
        assert!(output.status.success(), "{words:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    type_in(&["group", "create", "Support"]);
    for person in [&MINA, &ADA] {
        type_in(&[
            "user",
            "add",
            "--external-id",
            person.key,
            "--name",
            person.name,
            "--email",
            person.email,
        ]);
    }
    type_in(&["admin", "grant", ADA.key]);
    type_in(&["group", "add", "Support", MINA.key]);
    type_in(&["settings", "set", "user_groups", "on"]);
    type_in(&["settings", "set", "guest_group_id", "Support"]);
    type_in(&["settings", "set", "guest_mode", "on"]);
    type_in(&["settings", "get", "site_id"])
}

impl Logged {
    pub fn start(data_dir: &Path) -> Self {
        let figures = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        let mut child = porchlight(data_dir)
            .env("PORCHLIGHT_METRICS", figures.to_string())
            .args(["serve", "--listen", "127.0.0.1:0", "--public-url", ORIGIN])
            .args(["--trusted-proxy", "127.0.0.1"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap())
            .lines()
            .map_while(Result::ok);
        let mut read = Vec::new();
        let address = loop {
            let line = lines.next().expect("the server says where it listens");
            let found = line
                .split_whitespace()
                .find_map(|word| word.strip_prefix("address="))
                .map(str::to_owned);
            read.push(line);
            if let Some(address) = found {
                break address;
            }
        };
        let log = std::thread::spawn(move || {
            read.extend(lines);
            read
        });
        Self {
            child,
            log,
            address,
            figures,
        }
    }

    /// What Prometheus would read.
    pub async fn figures(&self) -> String {
        self.asks_figures("/metrics").await.1
    }

    /// A call to the figures' listener: its status and its body.
    pub async fn asks_figures(&self, path: &str) -> (u16, String) {
        let answer = reqwest::get(format!("http://{}{path}", self.figures))
            .await
            .unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// Ends it, and reads everything it wrote.
    pub fn log(mut self) -> String {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.log.join().unwrap().join("\n")
    }

    /// Asks it to leave, waits until it has, and reads everything it wrote.
    pub fn log_to_the_end(mut self) -> String {
        let asked = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(asked.success());
        self.child.wait().unwrap();
        self.log.join().unwrap().join("\n")
    }

    /// A call, its status and the cookie that came with it.
    pub async fn calls(
        &self,
        method: &str,
        path: &str,
        vouched: &str,
        cookie: &str,
        body: Value,
    ) -> (u16, String) {
        let answer = self.answers(method, path, vouched, cookie, body).await;
        let set = answer
            .headers()
            .get("set-cookie")
            .map(|cookie| cookie.to_str().unwrap().to_owned());
        (
            answer.status().as_u16(),
            set.unwrap_or_default()
                .split(';')
                .next()
                .unwrap_or_default()
                .to_owned(),
        )
    }

    /// A call, and all of its answer.
    pub async fn answers(
        &self,
        method: &str,
        path: &str,
        vouched: &str,
        cookie: &str,
        body: Value,
    ) -> reqwest::Response {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let request = reqwest::Client::new()
            .request(method, format!("http://{}{path}", self.address))
            .header("origin", ORIGIN)
            .header("x-porchlight", vouched)
            .header("x-forwarded-for", PEER)
            .header("cookie", cookie)
            .header("content-type", "application/json")
            .body(body.to_string());
        request.send().await.unwrap()
    }
}

/// What the host site would sign for somebody now.
pub fn token(site_id: &str, person: &Person, token_id: &str) -> String {
    let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let issued_at = unix_seconds();
    let claims = json!({
        "iss": site_id, "aud": format!("porchlight:{site_id}"), "sub": person.key, "name": person.name,
        "email": person.email, "iat": issued_at, "exp": issued_at + 300, "jti": token_id,
    });
    let signed = format!("{}.{}", part(json!({"alg": "HS256"})), part(claims));
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&SECRET).unwrap();
    mac.update(signed.as_bytes());
    format!(
        "{signed}.{}",
        URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
    )
}

#[expect(
    clippy::disallowed_methods,
    reason = "the server in the other process looks at the true clock"
)]
pub fn unix_seconds() -> u64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_secs()
}
