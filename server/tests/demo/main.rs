//! The demonstration as people run it: the true binary, its two ports, its directory.
//!
//! The law: a start ends with the ready line, a second one continues, and an end is orderly.
#![forbid(unsafe_code)]
#![expect(
    clippy::unwrap_used,
    reason = "the file is a test: what it unwraps is what it asserts"
)]

/// What the chat mails.
mod mails;
/// What the shop's server tells the chat's.
mod own_account;

use reqwest::{Client, RequestBuilder, StatusCode, header, redirect::Policy};
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, Command, Stdio},
};

const READY: &str = "Porchlight demo is ready: http://shop.localhost:";

/// A running demonstration.
struct Demo {
    process: Child,
    chat_port: u16,
    shop_port: u16,
    /// What it said before it was ready.
    words: Vec<String>,
    web: Client,
}

impl Demo {
    async fn start(data_dir: &Path, more: &[&str]) -> Self {
        let web = Client::builder().redirect(Policy::none()).build().unwrap();
        let process = command(data_dir, more).spawn().unwrap();
        let mut demo = Self {
            process,
            chat_port: 0,
            shop_port: 0,
            words: Vec::new(),
            web,
        };
        let said = demo.process.stdout.take().unwrap();
        for line in BufReader::new(said).lines() {
            let line = line.unwrap();
            if let Some(port) = line.strip_prefix(READY) {
                demo.shop_port = port.parse().unwrap();
                demo.chat_port = demo.find_chat_port().await;
                return demo;
            }
            demo.words.push(line);
        }
        let mut complaint = String::new();
        demo.process
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut complaint)
            .unwrap();
        panic!("the demonstration ended before it was ready: {complaint}");
    }

    /// As a browser finds it: on the shop's page.
    async fn find_chat_port(&self) -> u16 {
        let page = self.shop("/").send().await.unwrap().text().await.unwrap();
        let (_, after) = page.split_once("http://chat.localhost:").unwrap();
        after.split_once('/').unwrap().0.parse().unwrap()
    }

    fn shop(&self, path: &str) -> RequestBuilder {
        self.web
            .get(format!("http://127.0.0.1:{}{path}", self.shop_port))
    }

    fn chat(&self, request: RequestBuilder) -> RequestBuilder {
        let origin = format!("http://chat.localhost:{}", self.chat_port);
        request
            .header(header::ORIGIN, origin)
            .header("x-porchlight", "user")
    }

    fn chat_url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.chat_port)
    }

    /// Signs in at the shop by one click, and hands its token to the chat. Answers the chat's cookie and the session.
    async fn signs_in(&self, account: &str) -> (String, Value) {
        let click = format!("http://127.0.0.1:{}/sign-in-as/{account}", self.shop_port);
        let signed_in = self.web.post(click).send().await.unwrap();
        assert_eq!(signed_in.status(), StatusCode::SEE_OTHER);
        let shop_cookie = cookie(signed_in.headers());
        let token = self
            .shop("/chat-token")
            .header(header::COOKIE, shop_cookie)
            .send()
            .await
            .unwrap();
        let token = json!({ "token": token.text().await.unwrap() });
        let exchange = self.web.post(self.chat_url("/api/session")).json(&token);
        let exchanged = self.chat(exchange).send().await.unwrap();
        assert_eq!(exchanged.status(), StatusCode::OK);
        (cookie(exchanged.headers()), exchanged.json().await.unwrap())
    }

    async fn reads(&self, path: &str, cookie: &str) -> Value {
        let read = self
            .web
            .get(self.chat_url(path))
            .header(header::COOKIE, cookie);
        let answer = self.chat(read).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.json().await.unwrap()
    }

    /// Asks it to end, as Ctrl-C and an operator do.
    fn ends_orderly(mut self) {
        let asked = Command::new("kill")
            .args(["-TERM", &self.process.id().to_string()])
            .status()
            .unwrap();
        assert!(asked.success());
        assert!(self.process.wait().unwrap().success());
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _gone_already = self.process.kill();
        let _reaped = self.process.wait();
    }
}

fn command(data_dir: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_porchlight"));
    command
        .args(["demo", "--chat-port", "0", "--shop-port", "0", "--data-dir"])
        .arg(data_dir)
        .args(more);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn cookie(headers: &header::HeaderMap) -> String {
    headers[header::SET_COOKIE]
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn the_password_that_it_says_opens_the_admin_page_and_the_agents_page() {
    let directory = tempfile::tempdir().unwrap();
    let demo = Demo::start(directory.path(), &[]).await;
    let line = demo.words.iter().find(|line| line.contains("password"));
    let line = line.expect("it says the password");
    let password = line.trim_end_matches('.').rsplit(' ').next().unwrap();
    for (page, door, email) in [
        (
            "/admin (ada@example.com)",
            "/api/admin/session",
            "ada@example.com",
        ),
        (
            "/agent (mina@example.com)",
            "/api/account/session",
            "mina@example.com",
        ),
    ] {
        assert!(line.contains(page), "{line}");
        for (typed, status) in [("not this one", 401), (password, 200)] {
            let form = json!({ "email": email, "password": typed });
            let request = demo.web.post(demo.chat_url(door)).json(&form);
            assert_eq!(
                demo.chat(request).send().await.unwrap().status(),
                status,
                "{door}"
            );
        }
    }
}

#[tokio::test]
async fn the_cast_finds_its_conversations_through_the_shop() {
    let directory = tempfile::tempdir().unwrap();
    let demo = Demo::start(directory.path(), &[]).await;
    assert!(
        demo.words.len() <= 4
            && demo
                .words
                .iter()
                .any(|line| line.contains("private window"))
    );
    for (account, role) in [
        ("mina", "agent"),
        ("teo", "agent"),
        ("ada", "admin"),
        ("noor", "user"),
    ] {
        let (_, session) = demo.signs_in(account).await;
        assert_eq!(session["role"], role, "{account}");
        assert_eq!(session["site"]["door"], "open");
    }

    let (mina, session) = demo.signs_in("mina").await;
    assert_eq!(session["unread"], 2, "two guests wait for an answer");
    let inbox = demo.reads("/api/inbox", &mina).await;
    let names: Vec<&str> = inbox["conversations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            row["customer"]["face"]["name"]
                .as_str()
                .unwrap()
                .split(' ')
                .next()
                .unwrap()
        })
        .collect();
    assert_eq!(names, ["ليلى", "Maximiliana", "Noor", "Idris", "Noor"]);
    let long = inbox["conversations"][4]["conversation_id"]
        .as_str()
        .unwrap();
    let thread = demo
        .reads(&format!("/api/conversations/{long}/messages"), &mina)
        .await;
    assert_eq!(thread["messages"].as_array().unwrap().len(), 30);
    assert!(
        thread["messages"][0]["position"].as_u64().unwrap() > 30,
        "there is more above"
    );
    demo.ends_orderly();
}

#[tokio::test]
async fn a_second_start_continues_and_a_fresh_one_begins_anew() {
    let directory = tempfile::tempdir().unwrap();
    let start = Demo::start(directory.path(), &[]).await;
    let (_, before) = start.signs_in("noor").await;
    start.ends_orderly();

    let second = Demo::start(directory.path(), &[]).await;
    let (_, after) = second.signs_in("noor").await;
    assert_eq!(after["person"], before["person"]);
    let framed = second
        .web
        .get(second.chat_url("/widget"))
        .send()
        .await
        .unwrap();
    let policy = framed.headers()[header::CONTENT_SECURITY_POLICY]
        .to_str()
        .unwrap();
    assert!(policy.contains(&format!(
        "frame-ancestors http://shop.localhost:{0} http://127.0.0.1:{0};",
        second.shop_port
    )));
    second.ends_orderly();

    let fresh = Demo::start(directory.path(), &["--fresh"]).await;
    let (_, anew) = fresh.signs_in("noor").await;
    assert_ne!(anew["person"]["person_id"], before["person"]["person_id"]);
    fresh.ends_orderly();
}

#[tokio::test]
async fn the_clocks_are_held_together_and_stepped_together() {
    let directory = tempfile::tempdir().unwrap();
    let demo = Demo::start(directory.path(), &["--now", "2026-11-20T14:05:00Z"]).await;
    let (mina, _) = demo.signs_in("mina").await;
    let inbox = demo.reads("/api/inbox", &mina).await;
    assert_eq!(
        inbox["conversations"][0]["last_activity_at"],
        1_795_183_500_000_i64 - 11 * 60_000
    );
    let step = format!(
        "http://127.0.0.1:{}/demo/advance?ms=86400000",
        demo.shop_port
    );
    assert_eq!(
        demo.web
            .post(step)
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap(),
        "1795269900000\n"
    );
    // A day later the shop's token is still fresh to the chat: both went on.
    demo.signs_in("mina").await;
}

#[tokio::test]
async fn a_busy_port_and_a_busy_directory_are_named() {
    let directory = tempfile::tempdir().unwrap();
    let demo = Demo::start(directory.path(), &[]).await;
    let elsewhere = tempfile::tempdir().unwrap();
    let port = demo.shop_port.to_string();
    let refused = Command::new(env!("CARGO_BIN_EXE_porchlight"))
        .args([
            "demo",
            "--chat-port",
            "0",
            "--shop-port",
            &port,
            "--data-dir",
        ])
        .arg(elsewhere.path())
        .output()
        .unwrap();
    assert!(!refused.status.success());
    let sentence = format!(
        "Port {port} is busy: stop what listens there, or choose another with --shop-port."
    );
    assert_eq!(String::from_utf8(refused.stderr).unwrap().trim(), sentence);

    let refused = command(directory.path(), &["--fresh"]).output().unwrap();
    assert!(!refused.status.success());
    assert!(
        String::from_utf8(refused.stderr)
            .unwrap()
            .starts_with("Another Porchlight is using the data directory")
    );
    // Nothing was cleared under the one that runs.
    demo.signs_in("mina").await;
}
