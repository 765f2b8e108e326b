//! A canary: the true server at its chattiest, and nothing that people said, or are, or hold, in its log.
//!
//! The law: no text, name, address, cookie, identity token or key ever reaches a log, whether things go well or not.
#![forbid(unsafe_code)]
#![expect(
    clippy::unwrap_used,
    reason = "the file is a test: what it unwraps is what it asserts"
)]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use shared::samples::{CORA, MINA, Person};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;

const SECRET: [u8; 32] = *b"thirty-two bytes for the canary!";
const ORIGIN: &str = "http://localhost:4040";
const TEXT: &str = "canary-text: the blue lamp hums at night";

/// A server whose log is kept.
struct Logged {
    child: Child,
    log: JoinHandle<Vec<String>>,
    address: String,
}

fn porchlight(data_dir: &Path) -> Command {
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

fn set_up(data_dir: &Path) -> String {
    let type_in = |words: &[&str]| {
        let output = porchlight(data_dir).args(words).output().unwrap();
        assert!(output.status.success(), "{words:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    type_in(&["group", "create", "Support"]);
    type_in(&[
        "user",
        "add",
        "--external-id",
        MINA.key,
        "--name",
        MINA.name,
        "--email",
        MINA.email,
    ]);
    type_in(&["group", "add", "Support", MINA.key]);
    type_in(&["settings", "set", "user_groups", "on"]);
    type_in(&["settings", "set", "guest_group_id", "Support"]);
    type_in(&["settings", "set", "guest_mode", "on"]);
    type_in(&["settings", "get", "site_id"])
}

impl Logged {
    fn start(data_dir: &Path) -> Self {
        let mut child = porchlight(data_dir)
            .args(["serve", "--listen", "127.0.0.1:0", "--public-url", ORIGIN])
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
        }
    }

    /// Ends it, and reads everything it wrote.
    fn log(mut self) -> String {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.log.join().unwrap().join("\n")
    }

    async fn calls(
        &self,
        method: &str,
        path: &str,
        vouched: &str,
        cookie: &str,
        body: Value,
    ) -> (u16, String) {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let request = reqwest::Client::new()
            .request(method, format!("http://{}{path}", self.address))
            .header("origin", ORIGIN)
            .header("x-porchlight", vouched)
            .header("cookie", cookie)
            .header("content-type", "application/json")
            .body(body.to_string());
        let answer = request.send().await.unwrap();
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
}

fn token(site_id: &str, person: &Person, token_id: &str) -> String {
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
fn unix_seconds() -> u64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_secs()
}

#[tokio::test]
async fn nothing_that_people_say_or_are_or_hold_is_logged() {
    let folder = tempfile::tempdir().unwrap();
    let site_id = set_up(folder.path());
    let server = Logged::start(folder.path());
    let (good, bad) = (
        token(&site_id, &MINA, "good"),
        format!("{}x", token(&site_id, &MINA, "bad")),
    );

    let form = json!({"name": CORA.name, "email": CORA.email});
    let (status, guest) = server
        .calls("POST", "/api/guest", "visitor", "", form.clone())
        .await;
    assert_eq!((status, guest.is_empty()), (204, false));
    let first =
        json!({"client_id": "019aaf00-4001-7000-8000-000000000001", "text": TEXT, "guest": form});
    assert_eq!(
        server
            .calls("POST", "/api/conversations", "visitor", &guest, first)
            .await
            .0,
        200
    );
    let (status, user) = server
        .calls(
            "POST",
            "/api/session",
            "user",
            &guest,
            json!({"token": good}),
        )
        .await;
    assert_eq!(status, 200);
    assert_eq!(
        server
            .calls("GET", "/api/inbox", "user", &user, json!(null))
            .await
            .0,
        200
    );
    for (method, path, vouched, cookie, body) in [
        ("POST", "/api/session", "user", "", json!({"token": bad})),
        ("POST", "/api/session", "user", "", json!({"token": good})),
        (
            "POST",
            "/api/guest",
            "visitor",
            "",
            json!({"name": MINA.name, "email": CORA.email}),
        ),
        (
            "POST",
            "/api/guest",
            "visitor",
            "",
            json!({"name": CORA.name, "email": format!("{}.", CORA.email)}),
        ),
        (
            "POST",
            "/api/guest",
            "visitor",
            "",
            json!({"name": [CORA.name], "email": CORA.email}),
        ),
        (
            "POST",
            "/api/conversations",
            "visitor",
            &guest,
            json!({"text": TEXT}),
        ),
        ("DELETE", "/api/guest", "visitor", &guest, json!(null)),
        ("DELETE", "/api/session", "user", &user, json!(null)),
    ] {
        server.calls(method, path, vouched, cookie, body).await;
    }
    for path in [
        format!("/api/session?token={good}"),
        format!("/api/conversations/{}", CORA.email),
        format!("/{TEXT}"),
        format!("/widget?origin={}", CORA.email),
    ] {
        server
            .calls("GET", &path, "visitor", &guest, json!(null))
            .await;
    }

    let log = server.log();
    assert!(
        log.contains("/api/conversations"),
        "the log is there: {log}"
    );
    let secret = URL_SAFE_NO_PAD.encode(SECRET);
    let (guest, user) = (
        guest.split_once('=').unwrap().1,
        user.split_once('=').unwrap().1,
    );
    let signature = good.rsplit('.').next().unwrap();
    for (what, canary) in [
        ("a guest's name", CORA.name),
        ("part of it", "Lindqvist"),
        ("an agent's name", MINA.name),
        ("a guest's address", CORA.email),
        ("an agent's address", MINA.email),
        ("a message", TEXT),
        ("part of it", "canary-text"),
        ("a guest's cookie", guest),
        ("a user's cookie", user),
        ("an identity token", good.as_str()),
        ("part of it", signature),
        ("a refused token", bad.as_str()),
        ("the key", secret.as_str()),
    ] {
        assert!(!log.contains(canary), "{what} is in the log:\n{log}");
    }
}
