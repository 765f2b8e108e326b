//! A server as it should be run, and a proxy in front of it that can be set up wrongly.

use crate::Operator;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What the proxy does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    None,
    DropsUpgrade,
    ChangesOrigin,
    ForbidsFrames,
    OwnPolicy,
    OldDate,
    NoUpstream,
    Redirects,
    AnotherSite,
}

pub struct Proxy {
    address: SocketAddr,
    fault: Arc<Mutex<Fault>>,
}

impl Proxy {
    fn start(upstream: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let fault = Arc::new(Mutex::new(Fault::None));
        let shared = Arc::clone(&fault);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let fault = *shared.lock().unwrap();
                // Whoever hangs up has what they wanted.
                std::thread::spawn(move || pass_on(stream.unwrap(), upstream, fault).ok());
            }
        });
        Self { address, fault }
    }

    pub fn break_by(&self, fault: Fault) {
        *self.fault.lock().unwrap() = fault;
    }
}

/// One call: the heads of both directions as lines, the body as it is.
fn pass_on(mut client: TcpStream, upstream: SocketAddr, fault: Fault) -> std::io::Result<()> {
    let mut head = read_head(&mut client)?;
    let made_up = match fault {
        Fault::NoUpstream => Some("HTTP/1.1 502 Bad Gateway"),
        Fault::Redirects => {
            Some("HTTP/1.1 301 Moved Permanently\r\nlocation: https://elsewhere.example/")
        }
        Fault::AnotherSite => Some("HTTP/1.1 200 OK"),
        _ => None,
    };
    if let Some(head) = made_up {
        return write!(
            client,
            "{head}\r\ncontent-length: 7\r\nconnection: close\r\n\r\nWelcome"
        );
    }
    let upgrades = head.to_ascii_lowercase().contains("upgrade: websocket");
    match fault {
        Fault::DropsUpgrade => head = without(&without(&head, "upgrade"), "connection"),
        Fault::ChangesOrigin => {
            head = without(&head, "origin") + "origin: http://inside.example\r\n"
        }
        _ => {}
    }
    if !upgrades || fault == Fault::DropsUpgrade {
        head = without(&head, "connection") + "connection: close\r\n";
    }
    let mut server = TcpStream::connect(upstream)?;
    write!(server, "{head}\r\n")?;
    let mut answer = read_head(&mut server)?;
    match fault {
        Fault::ForbidsFrames => answer += "x-frame-options: SAMEORIGIN\r\n",
        Fault::OwnPolicy => answer += "content-security-policy: default-src 'self'\r\n",
        Fault::OldDate => {
            answer = without(&answer, "date") + "date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
        }
        _ => {}
    }
    write!(client, "{answer}\r\n")?;
    if !answer.starts_with("HTTP/1.1 101") {
        std::io::copy(&mut server, &mut client)?;
    }
    Ok(())
}

/// Up to the empty line, which is left out.
fn read_head(stream: &mut TcpStream) -> std::io::Result<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    head.truncate(head.len() - 2);
    Ok(String::from_utf8_lossy(&head).into_owned())
}

fn without(head: &str, name: &str) -> String {
    let start = format!("{name}:");
    head.split_inclusive("\r\n")
        .filter(|line| !line.to_ascii_lowercase().starts_with(&start))
        .collect()
}

/// A site that is set up, with a server and a proxy.
pub struct Deployment {
    pub operator: Operator,
    pub proxy: Proxy,
    server: Child,
    listen: String,
    public_url: String,
    key_file: String,
}

impl Deployment {
    pub fn start() -> Self {
        Self::start_with(None)
    }

    /// With another's proxy in front.
    pub fn start_behind(public_url: &str) -> Self {
        Self::start_with(Some(public_url))
    }

    fn start_with(public_url: Option<&str>) -> Self {
        let operator = Operator::new();
        for words in [
            &["group", "create", "Support"][..],
            &[
                "user",
                "add",
                "--external-id",
                "mina",
                "--name",
                "Mina Okafor",
            ],
            &["group", "add", "Support", "mina"],
            &["admin", "grant", "mina"],
            &["settings", "set", "user_groups", "on"],
            &["settings", "set", "guest_group_id", "Support"],
            &["settings", "set", "guest_mode", "on"],
            &["settings", "set", "allowed_origins", "https://shop.example"],
            &["backup"],
        ] {
            operator.gets(words);
        }
        fs::set_permissions(&operator.data_dir, fs::Permissions::from_mode(0o700)).unwrap();
        let listen = free_address();
        let proxy = Proxy::start(listen);
        let key_file = operator.folder.path().join("identity-keys");
        fs::write(
            &key_file,
            "main=MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY\n",
        )
        .unwrap();
        fs::set_permissions(&key_file, fs::Permissions::from_mode(0o600)).unwrap();
        let own = format!("http://{}", proxy.address);
        let (listen, public_url) = (listen.to_string(), public_url.map_or(own, str::to_owned));
        let mut deployment = Self {
            server: Command::new("true").spawn().unwrap(),
            operator,
            proxy,
            listen,
            public_url,
            key_file: key_file.to_str().unwrap().into(),
        };
        deployment.start_server();
        deployment
    }

    /// What `serve` is run with.
    pub fn flags(&self) -> Vec<(&str, &str)> {
        vec![
            ("PORCHLIGHT_LISTEN", &self.listen),
            ("PORCHLIGHT_PUBLIC_URL", &self.public_url),
            ("PORCHLIGHT_IDENTITY_KEY_FILE", &self.key_file),
        ]
    }

    /// Where the server itself listens.
    pub fn listen(&self) -> &str {
        &self.listen
    }

    pub fn key_file(&self) -> PathBuf {
        PathBuf::from(&self.key_file)
    }

    /// What the doctor says, with this exit code.
    pub fn doctor(&self, code: i32) -> Value {
        self.doctor_with(&self.flags(), code)
    }

    pub fn doctor_with(&self, flags: &[(&str, &str)], code: i32) -> Value {
        let told = self.operator.types_with(&["doctor", "--json"], flags);
        assert_eq!(
            (told.code, told.complained.as_str()),
            (code, ""),
            "{}",
            told.said
        );
        serde_json::from_str(&told.said).unwrap()
    }

    /// What is wrong with the database.
    pub fn wrong_database(&self) -> String {
        let told = self.doctor(1);
        let mut findings = told["findings"].as_array().unwrap().iter();
        let found = findings
            .find(|finding| finding["check"] == "database" && finding["verdict"] == "wrong")
            .unwrap_or_else(|| panic!("{told:#}"));
        found["sentence"].as_str().unwrap().into()
    }

    pub async fn tell_database(&self, statement: &'static str) {
        let file = self.operator.data_dir.join("porchlight.sqlite");
        let url = format!("sqlite:{}", file.display());
        let mut connection = SqliteConnection::connect(&url).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(statement))
            .execute(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
    }

    fn start_server(&mut self) {
        let flags = self.flags().into_iter();
        let server = Command::new(env!("CARGO_BIN_EXE_porchlight"))
            .arg("serve")
            .env_clear()
            .envs(flags)
            .env("PORCHLIGHT_DATA_DIR", &self.operator.data_dir)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        self.server = server;
        // It listens before it can answer, so whoever connects is answered.
        for _ in 0..1_000 {
            if TcpStream::connect(&self.listen).is_ok() {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("the server did not start");
    }

    pub fn stop_server(&mut self) {
        self.server.kill().unwrap();
        self.server.wait().unwrap();
    }
}

impl Drop for Deployment {
    fn drop(&mut self) {
        // It may be gone already.
        let _gone = self.server.kill();
        let _ended = self.server.wait();
    }
}

pub fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap()
}
