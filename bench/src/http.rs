//! A small HTTP/1.1 client on one kept-alive connection: light enough not to disturb what it measures.
//!
//! The law: a call is bytes before its moment comes, so that sending it costs one write.

use anyhow::{Context, Result, bail, ensure};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::wire;
use std::net::{IpAddr, SocketAddr};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// How bodies are written: as everybody outside writes them, or as our own frame does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Json,
    Postcard,
}

impl Encoding {
    fn content_type(self) -> &'static str {
        match self {
            Self::Json => wire::JSON,
            Self::Postcard => wire::POSTCARD,
        }
    }

    fn encode(self, value: &impl Serialize) -> Vec<u8> {
        match self {
            Self::Json => serde_json::to_vec(value).expect("wire types always have a JSON form"),
            Self::Postcard => {
                postcard::to_allocvec(value).expect("wire types always have a postcard form")
            }
        }
    }
}

/// One call, before it is bytes.
pub struct Call<'a> {
    method: &'static str,
    path: &'a str,
    encoding: Encoding,
    body: Option<Vec<u8>>,
    headers: Vec<(&'static str, String)>,
}

impl<'a> Call<'a> {
    pub fn get(path: &'a str) -> Self {
        Self {
            method: "GET",
            path,
            encoding: Encoding::Json,
            body: None,
            headers: Vec::new(),
        }
    }

    pub fn delete(path: &'a str) -> Self {
        Self {
            method: "DELETE",
            ..Self::get(path)
        }
    }

    pub fn post(path: &'a str, encoding: Encoding, body: &impl Serialize) -> Self {
        Self {
            method: "POST",
            encoding,
            body: Some(encoding.encode(body)),
            ..Self::get(path)
        }
    }

    pub fn put(path: &'a str, encoding: Encoding, body: &impl Serialize) -> Self {
        Self {
            method: "PUT",
            ..Self::post(path, encoding, body)
        }
    }

    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Asks for the answer in this encoding; without it, JSON.
    pub fn accept(mut self, encoding: Encoding) -> Self {
        self.encoding = encoding;
        self
    }

    /// On whose behalf, with whose cookie, from which network address.
    pub fn by(self, speaks_for: &'static str, cookie: &str, peer: IpAddr) -> Self {
        let call = self
            .header(wire::HEADER, speaks_for)
            .header("x-forwarded-for", peer.to_string());
        if cookie.is_empty() {
            call
        } else {
            call.header("cookie", cookie)
        }
    }

    /// What travels. `origin` is the chat's own, as a browser would say for our frame.
    pub fn bytes(&self, origin: &str) -> Vec<u8> {
        let host = origin.split_once("//").map_or(origin, |(_, host)| host);
        let mut text = format!(
            "{} {} HTTP/1.1\r\nhost: {host}\r\norigin: {origin}\r\n",
            self.method, self.path
        );
        let content_type = self.encoding.content_type();
        text.push_str(&format!("accept: {content_type}\r\n"));
        for (name, value) in &self.headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        if let Some(body) = &self.body {
            text.push_str(&format!(
                "content-type: {content_type}\r\ncontent-length: {}\r\n",
                body.len()
            ));
        }
        text.push_str("\r\n");
        let mut bytes = text.into_bytes();
        bytes.extend_from_slice(self.body.as_deref().unwrap_or_default());
        bytes
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// The cookie it sets, as `name=value`.
    pub cookie: Option<String>,
    pub content_type: String,
    /// **Units**: seconds.
    pub retry_after_s: Option<u64>,
    pub body: Vec<u8>,
}

impl Answer {
    /// Reads one answer from the front of what has arrived, and says how many bytes it took.
    ///
    /// **Errors**: bytes that are no HTTP, or a body without a length. `None`: not all of it is here yet.
    pub fn parse(bytes: &[u8]) -> Result<Option<(Self, usize)>> {
        let mut headers = [httparse::EMPTY_HEADER; 48];
        let mut head = httparse::Response::new(&mut headers);
        let httparse::Status::Complete(head_length) = head.parse(bytes)? else {
            return Ok(None);
        };
        let status = head.code.context("an answer without a status")?;
        let mut answer = Self {
            status,
            cookie: None,
            content_type: String::new(),
            retry_after_s: None,
            body: Vec::new(),
        };
        let mut body_length = 0;
        for header in head.headers.iter() {
            let value = std::str::from_utf8(header.value).unwrap_or_default();
            match header.name.to_ascii_lowercase().as_str() {
                "content-length" => body_length = value.parse()?,
                "content-type" => answer.content_type = value.to_owned(),
                "retry-after" => answer.retry_after_s = value.parse().ok(),
                "set-cookie" => answer.cookie = value.split(';').next().map(str::to_owned),
                "transfer-encoding" => bail!("an answer of unknown length"),
                _ => {}
            }
        }
        let Some(body) = bytes.get(head_length..head_length + body_length) else {
            return Ok(None);
        };
        answer.body = body.to_vec();
        Ok(Some((answer, head_length + body_length)))
    }

    /// The value inside, whichever encoding it came in.
    ///
    /// **Errors**: any status but a 200, with the problem it carries.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T> {
        ensure!(
            self.status == 200,
            "status {}: {}",
            self.status,
            String::from_utf8_lossy(&self.body)
        );
        if self.content_type == wire::POSTCARD {
            Ok(postcard::from_bytes(&self.body)?)
        } else {
            Ok(serde_json::from_slice(&self.body)?)
        }
    }
}

/// One connection, one call at a time.
pub struct Connection {
    stream: TcpStream,
    arrived: Vec<u8>,
}

impl Connection {
    pub async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address)
            .await
            .context("the server does not take connections")?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            arrived: Vec::with_capacity(4_096),
        })
    }

    /// Sends one call and waits for its answer.
    ///
    /// **Errors**: the connection ended first; whether the call was carried out is then unknown.
    pub async fn call(&mut self, bytes: &[u8]) -> Result<Answer> {
        self.stream.write_all(bytes).await?;
        self.answer().await
    }

    /// Sends one call and waits for its answer, as it travelled.
    pub async fn raw_answer(&mut self, bytes: &[u8]) -> Result<Vec<u8>> {
        self.stream.write_all(bytes).await?;
        loop {
            if let Some((_, length)) = Answer::parse(&self.arrived)? {
                return Ok(self.arrived.drain(..length).collect());
            }
            self.read_more().await?;
        }
    }

    /// Waits for the next answer.
    pub async fn answer(&mut self) -> Result<Answer> {
        loop {
            if let Some((answer, length)) = Answer::parse(&self.arrived)? {
                self.arrived.drain(..length);
                return Ok(answer);
            }
            self.read_more().await?;
        }
    }

    async fn read_more(&mut self) -> Result<()> {
        let more = self.stream.read_buf(&mut self.arrived).await?;
        ensure!(more > 0, "the connection ended before the answer");
        Ok(())
    }

    /// The two ends of the connection for a caller that writes from a thread of its own.
    pub fn split(self) -> Result<(std::net::TcpStream, Self)> {
        let stream = self.stream.into_std()?;
        let writer = stream.try_clone()?;
        Ok((
            writer,
            Self {
                stream: TcpStream::from_std(stream)?,
                arrived: self.arrived,
            },
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_once_it_is_whole() {
        let text = b"HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Secure\r\ncontent-type: application/json\r\ncontent-length: 4\r\n\r\ntrueHTTP/1.1 204";
        for length in 0..95 {
            assert!(
                Answer::parse(&text[..length]).unwrap().is_none(),
                "{length} bytes were taken for an answer"
            );
        }
        let (answer, used) = Answer::parse(text).unwrap().unwrap();
        assert_eq!(&text[used..], b"HTTP/1.1 204");
        assert_eq!(answer.cookie.as_deref(), Some("a=b"));
        assert!(answer.read::<bool>().unwrap());
    }

    #[test]
    fn a_refusal_is_not_a_value() {
        let (answer, _) =
            Answer::parse(b"HTTP/1.1 429 No\r\nretry-after: 7\r\ncontent-length: 4\r\n\r\ntrue")
                .unwrap()
                .unwrap();
        assert_eq!(answer.retry_after_s, Some(7));
        assert!(answer.read::<bool>().is_err());
    }
}
