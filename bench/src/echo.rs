//! The yardstick's other end: an axum WebSocket echo in a process of its own.
//!
//! The law: the same stack and the same settings as the server's socket, and nothing else in it.

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::WebSocketUpgrade;
use axum::extract::ws::WebSocket;
use axum::response::Response;
use axum::routing::get;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr};
use std::process::{Child, Command, Stdio};
use tokio::net::TcpListener;

/// The hidden command by which the bench starts itself as the echo.
pub const COMMAND: &str = "echo";

/// A running echo, ended when dropped.
pub struct EchoServer {
    child: Child,
    address: SocketAddr,
}

impl EchoServer {
    pub fn start() -> Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg(COMMAND)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let stdout = child.stdout.take().context("the echo has no output")?;
        let mut echo = Self {
            child,
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        };
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        echo.address = line
            .trim()
            .parse()
            .context("the echo did not say where it listens")?;
        Ok(echo)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for EchoServer {
    fn drop(&mut self) {
        // It may be gone already; then there is nothing to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Serves until killed.
pub async fn serve() -> Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    println!("{}", listener.local_addr()?);
    let router = Router::new().route("/", get(upgrade));
    axum::serve(
        axum::serve::ListenerExt::tap_io(listener, |stream| {
            // Where it fails, the figures get worse and nothing else happens.
            let _ = stream.set_nodelay(true);
        }),
        router,
    )
    .await?;
    Ok(())
}

async fn upgrade(upgrade: WebSocketUpgrade) -> Response {
    upgrade
        .read_buffer_size(4_096)
        .write_buffer_size(0)
        .max_message_size(shared::limits::SOCKET_FRAME_BYTES)
        .max_frame_size(shared::limits::SOCKET_FRAME_BYTES)
        .on_upgrade(echo)
}

async fn echo(mut socket: WebSocket) {
    while let Some(Ok(message)) = socket.recv().await {
        if socket.send(message).await.is_err() {
            return;
        }
    }
}
