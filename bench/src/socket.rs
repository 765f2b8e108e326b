//! An agent's or guest's socket, as our own frame opens it.
//!
//! The law: whoever reads here keeps the protocol (answers pings), so that the server sees ordinary people.

use crate::http::Encoding;
use crate::people::Person;
use crate::program::Program;
use anyhow::{Context, Result, bail};
use futures_util::{SinkExt, StreamExt};
use shared::realtime::{Event, Pong, Signal};
use shared::wire;
use std::net::SocketAddr;
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, WebSocketConfig};

/// An open socket.
pub struct Socket {
    stream: WebSocketStream<TcpStream>,
    encoding: Encoding,
}

impl Socket {
    /// Opens a socket for somebody with a session, up to the server's welcome.
    pub async fn open(program: &Program, person: &Person, encoding: Encoding) -> Result<Self> {
        Self::open_at(program.address(), program, person, encoding).await
    }

    /// The same by another address, such as a proxy's.
    pub async fn open_at(
        address: SocketAddr,
        program: &Program,
        person: &Person,
        encoding: Encoding,
    ) -> Result<Self> {
        let mut request = format!(
            "ws://{}/api/socket?as={}",
            program.address(),
            person.speaks_for
        )
        .into_client_request()?;
        let protocol = match encoding {
            Encoding::Json => wire::SOCKET_JSON,
            Encoding::Postcard => wire::SOCKET_POSTCARD,
        };
        let headers = request.headers_mut();
        headers.insert("origin", HeaderValue::from_str(&program.origin())?);
        headers.insert("cookie", HeaderValue::from_str(&person.cookie)?);
        headers.insert(
            "x-forwarded-for",
            HeaderValue::from_str(&person.peer.to_string())?,
        );
        headers.insert("sec-websocket-protocol", HeaderValue::from_static(protocol));
        // The default of 128 KiB would make thousands of sockets a matter of this process's memory.
        let config = WebSocketConfig::default().read_buffer_size(16 * 1024);
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (stream, _) =
            tokio_tungstenite::client_async_with_config(request, stream, Some(config))
                .await
                .context("the socket was refused")?;
        let mut socket = Self { stream, encoding };
        match socket.next_event().await? {
            Event::Welcomed(_) => Ok(socket),
            _ => bail!("the first event was not the welcome"),
        }
    }

    /// Waits for the next event other than a ping.
    ///
    /// **Errors**: the socket closed; the sentence has the close code.
    pub async fn next_event(&mut self) -> Result<Event> {
        loop {
            let frame = self.stream.next().await.context("the socket ended")??;
            let event: Event = match &frame {
                Message::Binary(bytes) => postcard::from_bytes(bytes)?,
                Message::Text(text) => serde_json::from_str(text)?,
                Message::Close(reason) => bail!(
                    "the server closed the socket: {}",
                    close_code(reason.as_ref())
                ),
                Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => continue,
            };
            match event {
                Event::Pinged(_) => self.signal(&Signal::Pong(Pong {})).await?,
                event => return Ok(event),
            }
        }
    }

    /// Says something to the server.
    pub async fn signal(&mut self, signal: &Signal) -> Result<()> {
        let frame = match self.encoding {
            Encoding::Json => Message::text(serde_json::to_string(signal)?),
            Encoding::Postcard => Message::binary(postcard::to_allocvec(signal)?),
        };
        Ok(self.stream.send(frame).await?)
    }
}

fn close_code(reason: Option<&CloseFrame>) -> String {
    reason.map_or_else(
        || "no code".into(),
        |frame| u16::from(frame.code).to_string(),
    )
}
