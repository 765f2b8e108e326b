//! A socket, as a frame has it.

use super::{person::Browser, site::ORIGIN};
use futures_util::{FutureExt, SinkExt, StreamExt};
use shared::realtime::{Event, Pong, Resume, Signal};
use std::time::Duration;
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Error, Message, client::IntoClientRequest, http::Request},
};

/// Long enough for a busy machine; a test that waits this long has failed.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Socket {
    stream: WebSocketStream<TcpStream>,
    /// The sub-protocol that the server chose.
    pub protocol: Option<String>,
}

/// What a socket finds that does not wait.
pub enum Came {
    Nothing,
    Text(String),
    /// The connection broke.
    Lost,
}

/// The upgrade as a frame of ours makes it.
pub fn request(browser: &Browser<'_>, protocol: &str) -> Request<()> {
    let url = format!(
        "ws://{}/api/socket?as={}",
        browser.site.address(),
        browser.vouched()
    );
    let mut request = url.into_client_request().unwrap();
    let headers = request.headers_mut();
    headers.insert("origin", ORIGIN.parse().unwrap());
    headers.insert("sec-websocket-protocol", protocol.parse().unwrap());
    headers.insert("cookie", browser.cookie().parse().unwrap());
    request
}

impl Socket {
    /// Opens one and hears its welcome.
    pub async fn open(browser: &Browser<'_>, protocol: &str) -> Self {
        let mut socket = Self::connect(browser, protocol).await;
        match socket.hears().await {
            Event::Welcomed(_) => socket,
            _ => panic!("the first event is the welcome"),
        }
    }

    /// Opens one, and hears nothing yet.
    pub async fn connect(browser: &Browser<'_>, protocol: &str) -> Self {
        Self::attempt(browser, protocol).await.unwrap()
    }

    /// Opens one at a server that may be away, or may refuse it.
    pub async fn attempt(browser: &Browser<'_>, protocol: &str) -> Result<Self, Error> {
        let stream = TcpStream::connect(browser.site.address()).await?;
        let (stream, response) = client_async(request(browser, protocol), stream).await?;
        let protocol = response
            .headers()
            .get("sec-websocket-protocol")
            .map(|name| name.to_str().unwrap().to_owned());
        Ok(Self { stream, protocol })
    }

    /// The next frame; `None` when the connection has ended.
    pub async fn frame(&mut self) -> Option<Result<Message, Error>> {
        timeout(PATIENCE, self.stream.next())
            .await
            .expect("a frame comes in time")
    }

    /// The next event, of whatever kind.
    pub async fn hears(&mut self) -> Event {
        loop {
            match self
                .frame()
                .await
                .expect("the socket is open")
                .expect("the socket is well")
            {
                Message::Text(text) => {
                    return serde_json::from_str(&text).expect("events are JSON");
                }
                Message::Binary(bytes) => {
                    return postcard::from_bytes(&bytes).expect("events are postcard");
                }
                Message::Close(close) => panic!("closed: {close:?}"),
                _ => {}
            }
        }
    }

    /// What is here already. Pings are answered on the way.
    pub async fn came(&mut self) -> Came {
        while let Some(frame) = self.stream.next().now_or_never() {
            match frame {
                Some(Ok(Message::Text(text))) if text.starts_with("{\"pinged\"") => {
                    self.signals(&Signal::Pong(Pong {})).await;
                }
                Some(Ok(Message::Text(text))) => return Came::Text(text.as_str().to_owned()),
                Some(Ok(Message::Close(close))) => panic!("closed: {close:?}"),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Came::Lost,
            }
        }
        Came::Nothing
    }

    /// The next event that `wanted` makes something of; others are passed over.
    pub async fn hears_of<T>(&mut self, wanted: impl Fn(Event) -> Option<T>) -> T {
        loop {
            if let Some(found) = wanted(self.hears().await) {
                return found;
            }
        }
    }

    /// Every event until something comes that `is_last`, which is answered too.
    pub async fn hears_until(&mut self, is_last: impl Fn(&Event) -> bool) -> Vec<Event> {
        let mut heard = Vec::new();
        loop {
            let event = self.hears().await;
            let last = is_last(&event);
            heard.push(event);
            if last {
                return heard;
            }
        }
    }

    /// Reads to the end. **Shape**: the events on the way, and the close code if there was one.
    pub async fn is_closed(&mut self) -> (Vec<Event>, Option<u16>) {
        let mut heard = Vec::new();
        let mut code = None;
        while let Some(frame) = self.frame().await {
            match frame {
                Ok(Message::Text(text)) => {
                    heard.push(serde_json::from_str(&text).expect("events are JSON"))
                }
                Ok(Message::Close(close)) => code = close.map(|close| close.code.into()),
                Ok(_) => {}
                Err(_) => break,
            }
        }
        (heard, code)
    }

    pub async fn signals(&mut self, signal: &Signal) {
        self.says(Message::text(serde_json::to_string(signal).unwrap()))
            .await;
    }

    pub async fn says(&mut self, message: Message) {
        // A socket that the other side has closed meanwhile is looked at by whoever reads next.
        let _closed = self.stream.send(message).await;
    }

    /// Asks for a sign of life, and answers what came before it. **Shape**: as [`Socket::is_closed`].
    pub async fn into_silence(mut self) -> (Vec<Event>, Option<u16>) {
        self.signals(&Signal::Resume(Resume {
            conversations: Vec::new(),
        }))
        .await;
        let mut heard = self
            .hears_until(|event| matches!(event, Event::Resumed(_)))
            .await;
        heard.pop();
        (heard, None)
    }
}
