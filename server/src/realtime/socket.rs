//! One socket's life.
//!
//! The laws: memory per socket is bounded; a peer that does not read is cut off in seconds; a peer that does not
//! answer pings is dead after two.

/// Why it ends.
mod ending;

use super::{
    closing::Closing,
    encoded::frame,
    hub::{Listener, Ticket},
    pace::{Pace, Verdict},
    places::VisitorPlace,
    signals, sweep,
};
use crate::{
    app::App,
    http::{answer::Encoding, command::from_postcard, strict::from_json},
};
use axum::extract::ws::{Message, WebSocket};
use ending::{End, closing, end_of, outcome, told};
use futures_util::SinkExt;
use shared::{
    limits::PING_SECONDS,
    problem::{Problem, ProblemCode},
    realtime::{Event, Pinged, Resync, Signal, Welcomed},
};
use std::{sync::Arc, time::Duration};
use tokio::time::{Instant, Interval, interval_at, timeout};

/// A frame that does not leave within this time has a peer that does not read.
const SEND: Duration = Duration::from_secs(20);
/// Events that share one write.
const TOLD_AT_ONCE: usize = 32;
/// For the last words.
const GOODBYE: Duration = Duration::from_secs(5);
/// Pings without any sign of life before a peer is dead.
const MISSED_PINGS: u32 = 2;

/// Runs a socket from its welcome to its end.
pub(super) async fn live(app: Arc<App>, listener: Listener, mut socket: WebSocket) {
    let ticket = app.hub.enter(listener.clone());
    let encoding = listener.encoding;
    Life::new(&app, Some(listener), encoding, ticket)
        .live(&mut socket)
        .await;
}

/// Runs the socket of somebody whom nobody knows, who holds a place meanwhile.
pub(super) async fn live_unknown(
    app: Arc<App>,
    place: VisitorPlace,
    encoding: Encoding,
    mut socket: WebSocket,
) {
    let ticket = app.hub.enter_visitor(encoding);
    Life::new(&app, None, encoding, ticket)
        .live(&mut socket)
        .await;
    drop(place);
}

/// A frame of another build: told so in the way that its code can read.
pub(super) async fn close_outdated(mut socket: WebSocket) {
    // The peer may be gone already; then nobody needs to be told.
    let _gone = timeout(GOODBYE, socket.send(closing(Closing::Outdated))).await;
}

struct Life<'a> {
    app: &'a Arc<App>,
    /// `None`: a visitor.
    listener: Option<Listener>,
    encoding: Encoding,
    ticket: Ticket,
    pace: Pace,
    missed_pings: u32,
}

impl<'a> Life<'a> {
    fn new(
        app: &'a Arc<App>,
        listener: Option<Listener>,
        encoding: Encoding,
        ticket: Ticket,
    ) -> Self {
        Self {
            app,
            listener,
            encoding,
            ticket,
            pace: Pace::default(),
            missed_pings: 0,
        }
    }

    async fn live(&mut self, socket: &mut WebSocket) {
        let end = self.run(socket).await;
        self.app.hub.leave(self.ticket.socket_id);
        if let End::Close(why) = end {
            self.app.metrics.closed(why.word());
            self.say_goodbye(socket, why).await;
        }
    }

    async fn run(&mut self, socket: &mut WebSocket) -> End {
        let welcome = Event::Welcomed(Welcomed {
            server_time: self.app.clock.now(),
            ping_s: PING_SECONDS,
        });
        let begun = async {
            self.is_still_so().await?;
            self.send_event(socket, &welcome).await
        };
        if let Err(end) = begun.await {
            return end;
        }
        let mut pings = pings();
        loop {
            let done = tokio::select! {
                biased;
                why = &mut self.ticket.closed => Err(told(why)),
                // Before what waits to be told: a reader who is told much is still heard. How much it says is bounded.
                received = socket.recv() => match received {
                    Some(Ok(message)) => self.hear(socket, message).await,
                    Some(Err(error)) => Err(end_of(error)),
                    None => Err(End::Gone),
                },
                _ = pings.tick() => self.ping(socket).await,
                Some(event) = self.ticket.outbox.recv() => self.tell(socket, &event).await,
            };
            if let Err(end) = done {
                return end;
            }
        }
    }

    /// Between the check at the door and the place in the hub somebody may have signed out, or lost their role: then
    /// nobody would have found this socket to close it.
    async fn is_still_so(&self) -> Result<(), End> {
        let Some(Listener {
            person_id,
            role,
            session,
            ..
        }) = &self.listener
        else {
            return Ok(());
        };
        match sweep::find_role(self.app, person_id, session, *role).await {
            Ok(None) => Err(End::Close(Closing::SignedOut)),
            Ok(Some(now)) if now != *role => Err(End::Close(Closing::Forbidden)),
            Ok(Some(_)) => Ok(()),
            // It could not be asked; the frame comes back and tries again.
            Err(_) => Err(End::Close(Closing::Resync)),
        }
    }

    /// Tells an event, and whatever waits behind it, with one flush.
    async fn tell(&mut self, socket: &mut WebSocket, event: &Message) -> Result<(), End> {
        let Ticket { outbox, closed, .. } = &mut self.ticket;
        let telling = async {
            socket.feed(event.clone()).await?;
            for _ in 0..TOLD_AT_ONCE {
                let Ok(next) = outbox.try_recv() else { break };
                socket.feed(Message::clone(&next)).await?;
            }
            socket.flush().await
        };
        tokio::select! {
            biased;
            told = timeout(SEND, telling) => outcome(told),
            why = closed => Err(told(why)),
        }
    }

    async fn ping(&mut self, socket: &mut WebSocket) -> Result<(), End> {
        if self.missed_pings >= MISSED_PINGS {
            return Err(End::Gone);
        }
        self.missed_pings += 1;
        self.send_event(
            socket,
            &Event::Pinged(Pinged {
                server_time: self.app.clock.now(),
            }),
        )
        .await
    }

    /// Sends, or learns meanwhile that the socket is to be closed.
    async fn send(&mut self, socket: &mut WebSocket, message: Message) -> Result<(), End> {
        tokio::select! {
            biased;
            sent = timeout(SEND, socket.send(message)) => outcome(sent),
            why = &mut self.ticket.closed => Err(told(why)),
        }
    }

    async fn send_event(&mut self, socket: &mut WebSocket, event: &Event) -> Result<(), End> {
        self.send(socket, frame(event, self.encoding)).await
    }

    async fn hear(&mut self, socket: &mut WebSocket, message: Message) -> Result<(), End> {
        self.missed_pings = 0;
        match self.pace.frame(self.app.clock.elapsed()) {
            Verdict::Fine => {}
            Verdict::Warn => {
                let problem = Problem::retry_after(ProblemCode::SlowDown, 1);
                return self.send_event(socket, &Event::Refused(problem)).await;
            }
            Verdict::Ignore => return Ok(()),
            Verdict::Close => return Err(End::Close(Closing::Policy)),
        }
        match (message, self.encoding) {
            (Message::Text(text), Encoding::Json) => {
                self.obey(socket, from_json(text.as_bytes())).await
            }
            (Message::Binary(bytes), Encoding::Postcard) => {
                self.obey(socket, from_postcard(&bytes)).await
            }
            (Message::Text(_) | Message::Binary(_), _) => {
                self.obey(socket, Err(ProblemCode::BadFrame)).await
            }
            // Answered by the library.
            (Message::Ping(_) | Message::Pong(_), _) => Ok(()),
            (Message::Close(_), _) => Err(End::Gone),
        }
    }

    async fn obey(
        &mut self,
        socket: &mut WebSocket,
        signal: Result<Signal, ProblemCode>,
    ) -> Result<(), End> {
        let answer = match signal {
            Ok(signal) => match &self.listener {
                Some(listener) => {
                    signals::obey(self.app, listener, self.ticket.socket_id, signal).await
                }
                None if signals::is_a_visitors(&signal) => Ok(None),
                // A frame that takes itself for somebody, whose session ended meanwhile.
                None => return Err(End::Close(Closing::SignedOut)),
            },
            Err(_) => Err(ProblemCode::BadFrame.into()),
        };
        match answer {
            Ok(None) => Ok(()),
            Ok(Some(event)) => self.send_event(socket, &event).await,
            Err(problem) => {
                let is_bad = problem.code == ProblemCode::BadFrame;
                if is_bad && self.pace.bad_frame(self.app.clock.elapsed()) == Verdict::Close {
                    return Err(End::Close(Closing::Policy));
                }
                self.send_event(socket, &Event::Refused(problem)).await
            }
        }
    }

    /// Best effort, and not for long: whoever does not read is not waited for.
    async fn say_goodbye(&mut self, socket: &mut WebSocket, why: Closing) {
        let last_words = async {
            if why == Closing::Resync {
                // What waited is not worth waiting for: it will be fetched.
                socket
                    .send(frame(&Event::Resync(Resync {}), self.encoding))
                    .await?;
            } else {
                while let Ok(event) = self.ticket.outbox.try_recv() {
                    socket.send(Message::clone(&event)).await?;
                }
            }
            socket.send(closing(why)).await?;
            // The peer's own close, so that it is not cut off while our last words are on their way.
            while let Some(Ok(_)) = socket.recv().await {}
            Ok::<(), axum::Error>(())
        };
        let _in_time = timeout(GOODBYE, last_words).await;
    }
}

fn pings() -> Interval {
    let every = Duration::from_secs(u64::from(PING_SECONDS));
    interval_at(Instant::now() + every, every)
}
