//! The demonstration's mail server, and everybody's mailbox behind it: what the chat mails is shown on the shop's page
//! `/mails` instead of leaving this machine.
//!
//! The law: it listens on this machine only, keeps the newest few in memory, and is nothing that `serve` knows.

use mail_parser::MessageParser;
use std::{
    collections::VecDeque,
    io,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// Mails that are kept.
const KEPT: usize = 50;
/// What one caller may say in all. **Units**: bytes.
const SAID_BYTES: u64 = 256 * 1024;

/// A mail as its reader has it before them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    pub text: String,
}

/// Everybody's mailbox.
#[derive(Default)]
pub struct Mailbox(Mutex<VecDeque<Mail>>);

impl Mailbox {
    /// **Shape**: the newest first, at most [`KEPT`].
    pub fn mails(&self) -> Vec<Mail> {
        let mails = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        mails.iter().cloned().collect()
    }

    fn put(&self, mail: Mail) {
        let mut mails = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        mails.push_front(mail);
        mails.truncate(KEPT);
    }
}

/// Takes mails until the task is ended. As much of SMTP (RFC 5321) as a mail of the chat needs, in the clear.
pub async fn keep_taking(listener: TcpListener, mailbox: Arc<Mailbox>) {
    while let Ok((stream, _)) = listener.accept().await {
        let mailbox = Arc::clone(&mailbox);
        tokio::spawn(async move {
            if let Err(error) = talk(stream, &mailbox).await {
                tracing::debug!(%error, "a mail broke off");
            }
        });
    }
}

async fn talk(stream: TcpStream, mailbox: &Mailbox) -> io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader.take(SAID_BYTES)).lines();
    writer.write_all(b"220 mailbox.localhost\r\n").await?;
    let mut to = String::new();
    while let Some(line) = lines.next_line().await? {
        let (verb, rest) = line.split_once([' ', ':']).unwrap_or((line.as_str(), ""));
        let answer: &[u8] = match verb.to_ascii_uppercase().as_str() {
            "EHLO" => b"250-mailbox.localhost\r\n250 8BITMIME\r\n",
            "RCPT" => {
                to = rest
                    .trim_start_matches(|character| character != '<')
                    .trim_matches(['<', '>'])
                    .to_owned();
                b"250 fine\r\n"
            }
            "DATA" => {
                writer.write_all(b"354 go on\r\n").await?;
                let mut letter = String::new();
                while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                    // RFC 5321 section 4.5.2: a line that begins with a dot was given another one.
                    letter.push_str(line.strip_prefix('.').unwrap_or(&line));
                    letter.push_str("\r\n");
                }
                mailbox.put(read(&to, &letter));
                b"250 taken\r\n"
            }
            "QUIT" => {
                return writer.write_all(b"221 bye\r\n").await;
            }
            "HELO" | "MAIL" | "RSET" | "NOOP" => b"250 fine\r\n",
            _ => b"502 what?\r\n",
        };
        writer.write_all(answer).await?;
    }
    Ok(())
}

fn read(to: &str, letter: &str) -> Mail {
    let message = MessageParser::default().parse(letter.as_bytes());
    let subject = message.as_ref().and_then(|message| message.subject());
    let text = message.as_ref().and_then(|message| message.body_text(0));
    Mail {
        to: to.to_owned(),
        subject: subject.unwrap_or_default().to_owned(),
        text: text.unwrap_or_default().replace("\r\n", "\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_read_whatever_its_encoding() {
        let letter = "Subject: =?utf-8?b?UG9yY2ggw7xiZXI=?=\r\nContent-Type: text/plain; charset=utf-8\r\n\
                      Content-Transfer-Encoding: quoted-printable\r\n\r\nGut=\r\nen Tag, M=C3=BCller\r\n";
        let mail = read("cora@example.org", letter);
        assert_eq!(
            (
                mail.to.as_str(),
                mail.subject.as_str(),
                mail.text.trim_end()
            ),
            ("cora@example.org", "Porch über", "Guten Tag, Müller")
        );
    }

    #[test]
    fn only_the_newest_are_kept() {
        let mailbox = Mailbox::default();
        for number in 0..KEPT + 3 {
            mailbox.put(read(&format!("{number}@example.org"), "\r\n"));
        }
        let mails = mailbox.mails();
        assert_eq!(
            (mails.len(), mails[0].to.as_str()),
            (KEPT, "52@example.org")
        );
    }
}
