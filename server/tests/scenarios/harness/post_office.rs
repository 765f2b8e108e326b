//! A mail server of the test's own: it takes mails, refuses them, or says nothing.
//!
//! It speaks as much of SMTP (RFC 5321) as a mail of ours needs, in the clear.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// The user and the password that it lets in, as `AUTH PLAIN` carries them.
pub const MAIL_USER: &str = "porch";
pub const MAIL_PASSWORD: &str = "canary-mail-password";

/// A mail server, for as long as the test holds it.
pub struct PostOffice {
    pub port: u16,
    /// Every line that was said to it, in order.
    heard: Arc<Mutex<Vec<String>>>,
    task: tokio::task::JoinHandle<()>,
}

impl PostOffice {
    pub async fn open() -> Self {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)))
            .await
            .unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard: Arc<Mutex<Vec<String>>> = Arc::default();
        let lines = Arc::clone(&heard);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A caller that hangs up in the middle is what some tests are about.
                let _gone = serve(stream, &lines).await;
            }
        });
        Self { port, heard, task }
    }

    /// What was said to it so far.
    pub fn heard(&self) -> String {
        self.heard.lock().unwrap().join("\n")
    }

    /// Every mail that it took, in order.
    pub fn letters(&self) -> Vec<Letter> {
        let heard = self.heard.lock().unwrap();
        let mut letters = Vec::new();
        let (mut to, mut lines) = (String::new(), heard.as_slice());
        while let Some((line, rest)) = lines.split_first() {
            lines = rest;
            if let Some(address) = line.strip_prefix("RCPT TO:<") {
                to = address.split('>').next().unwrap().to_owned();
            }
            // One that is still being said is not taken yet.
            let end = rest.iter().position(|line| line == ".");
            if let (Some(end), true) = (end, line == "DATA") {
                letters.push(Letter::read(to.clone(), &rest[..end]));
                lines = &rest[end..];
            }
        }
        letters
    }
}

impl Drop for PostOffice {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A mail as its reader has it before them.
#[derive(Clone, Debug)]
pub struct Letter {
    pub to: String,
    pub headers: String,
    pub text: String,
}

impl Letter {
    fn read(to: String, lines: &[String]) -> Self {
        let whole = lines.join("\r\n");
        let (headers, _) = whole.split_once("\r\n\r\n").unwrap();
        let message = mail_parser::MessageParser::default()
            .parse(whole.as_bytes())
            .unwrap();
        Self {
            to,
            headers: headers.to_owned(),
            text: message.body_text(0).unwrap().replace('\r', ""),
        }
    }

    /// The code that stands on a line of its own.
    pub fn code(&self) -> String {
        let is_code =
            |line: &&str| line.len() == 8 && line.bytes().all(|byte| byte.is_ascii_digit());
        let found = self.text.lines().find(is_code);
        found
            .unwrap_or_else(|| panic!("a code: {}", self.text))
            .to_owned()
    }
}

async fn serve(stream: TcpStream, heard: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    writer.write_all(b"220 post.example\r\n").await?;
    let mut is_letter = false;
    while let Some(line) = lines.next_line().await? {
        heard.lock().unwrap().push(line.clone());
        if is_letter {
            if line == "." {
                is_letter = false;
                writer.write_all(b"250 taken\r\n").await?;
            }
            continue;
        }
        let verb = line
            .split(' ')
            .next()
            .unwrap_or_default()
            .to_ascii_uppercase();
        let answer: &[u8] = match verb.as_str() {
            "EHLO" => b"250-post.example\r\n250-8BITMIME\r\n250 AUTH PLAIN\r\n",
            "AUTH" if line.ends_with(&credentials()) => b"235 welcome\r\n",
            "AUTH" => b"535 no\r\n",
            "RCPT" if line.contains("refused@") => b"550 nobody of that name\r\n",
            "DATA" => {
                is_letter = true;
                b"354 go on\r\n"
            }
            "QUIT" => b"221 bye\r\n",
            "MAIL" | "RCPT" | "RSET" | "NOOP" => b"250 fine\r\n",
            _ => b"502 what?\r\n",
        };
        writer.write_all(answer).await?;
    }
    Ok(())
}

fn credentials() -> String {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    STANDARD.encode(format!("\0{MAIL_USER}\0{MAIL_PASSWORD}"))
}
