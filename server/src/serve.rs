//! From a listening socket to a drained server.
//!
//! The law: going away is orderly. Readiness goes off, nobody new is let in, sockets are told when to come back, what
//! is queued is stored and answered, and only then does the process end.

use crate::{
    app::{App, AppRefused, Chores},
    clock::Clock,
    config::Config,
    http::peer::Neighbour,
    metrics,
    mint::Mint,
    router::router,
};
use axum::{Router, body::Body};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{net::SocketAddr, pin::pin, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    sync::watch,
    time::timeout,
};
use tower::ServiceExt;

/// Connections that may wait to be accepted. Without it a storm of returning frames waits on SYN retries.
const BACKLOG: u32 = 1_024;
/// What the kernel holds for a peer that reads slowly; without it, up to 4 MiB each. **Units**: bytes.
const SEND_BUFFER: u32 = 256 * 1024;
/// For a request's head: whoever is slower holds a connection up for nothing.
const HEAD: Duration = Duration::from_secs(15);
/// For all headers of a request together. **Units**: bytes.
const HEAD_BYTES: usize = 32 * 1024;
/// For answers that are on their way when the server leaves.
const FINISH: Duration = Duration::from_secs(10);
/// Frames come back spread over this long. **Units**: milliseconds.
const COME_BACK_MS: u32 = 3_000;

/// A server that answers.
pub struct Server {
    app: Arc<App>,
    address: SocketAddr,
    chores: Chores,
    /// Every connection holds a receiver, and so does whoever accepts them.
    leaving: watch::Sender<()>,
}

/// Listens. The backlog is ours, the address is the operator's.
pub fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()?
    } else {
        TcpSocket::new_v6()?
    };
    // A restart does not wait for the last connections of the one before.
    socket.set_reuseaddr(true)?;
    // Every connection inherits it.
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

impl Server {
    /// Starts everything; answers on `listener` from now on.
    pub async fn start(
        config: Config,
        clock: Clock,
        mint: Mint,
        listener: TcpListener,
    ) -> Result<Self, AppRefused> {
        let (app, chores) = App::start(config, clock, mint).await?;
        let address = listener.local_addr().unwrap_or(app.config.listen);
        let leaving = watch::Sender::new(());
        tokio::spawn(accept(listener, router(&app), leaving.subscribe()));
        tracing::info!(%address, database = ?app.database.engine(), "listening");
        Ok(Self {
            app,
            address,
            chores,
            leaving,
        })
    }

    /// Shows the figures on a listener of their own, until the server has left.
    pub fn show_metrics(&self, listener: TcpListener) {
        let router = metrics::page::router(&self.app);
        tokio::spawn(accept(listener, router, self.leaving.subscribe()));
    }

    /// What the handlers reach.
    pub fn app(&self) -> &Arc<App> {
        &self.app
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Drains and ends.
    pub async fn stop(self) {
        tracing::info!("going away");
        self.app.begin_draining();
        self.leaving.send_replace(());
        let mint = &self.app.mint;
        self.app.hub.say_goodbye(|| 500 + mint.below(COME_BACK_MS));
        let everybody_gone =
            async { tokio::join!(self.leaving.closed(), self.app.hub.everybody_gone()) };
        if timeout(FINISH, everybody_gone).await.is_err() {
            tracing::warn!("some answers were not taken in time");
        }
        self.app.finish(self.chores).await;
        tracing::info!("gone");
    }
}

/// Hears from now on when the operator, or the machine, asks for an end, and resolves then. Called before the server
/// answers: a stop that comes right behind the first answer would otherwise be the system's, which says no goodbye.
pub fn asked_to_stop() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (terminate, interrupt) = (
        signal(SignalKind::terminate()),
        signal(SignalKind::interrupt()),
    );
    async move {
        match (terminate, interrupt) {
            (Ok(mut terminate), Ok(mut interrupt)) => tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            },
            _ => {
                tracing::error!("signals cannot be heard; the server runs until it is killed");
                std::future::pending::<()>().await;
            }
        }
    }
}

async fn accept(listener: TcpListener, router: Router, mut leaving: watch::Receiver<()>) {
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = leaving.changed() => return,
        };
        match accepted {
            Ok((stream, neighbour)) => {
                tokio::spawn(serve_connection(
                    stream,
                    neighbour,
                    router.clone(),
                    leaving.clone(),
                ));
            }
            Err(error) => {
                // Out of file descriptors, most likely: others will close; trying at once would only spin.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

async fn serve_connection(
    stream: TcpStream,
    neighbour: SocketAddr,
    router: Router,
    mut leaving: watch::Receiver<()>,
) {
    // Answers are small and whole: waiting for more to send only delays them.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection keeps Nagle's delay");
    }
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let (mut parts, body) = request.into_parts();
        parts.extensions.insert(Neighbour(neighbour.ip()));
        router
            .clone()
            .oneshot(hyper::Request::from_parts(parts, Body::new(body)))
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        _ = leaving.changed() => {
            // An answer that is on its way still leaves.
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke off");
    }
}
