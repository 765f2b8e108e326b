//! Visitors who look at the door: nobody we know, and the door changes under their eyes.
//!
//! The law: they are told what anybody may see (whether somebody is there, that the site changed) and nothing of
//! anybody; nothing is kept of them but where to tell.

use super::{
    super::{
        closing::Closing,
        encoded::{Encoded, frame},
    },
    Hub, SocketId, Ticket,
    sockets::Sockets,
};
use crate::http::answer::Encoding;
use axum::extract::ws::Message;
use shared::{
    realtime::{Event, GoingAway},
    settings::GuestDoor,
};
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// Events that may wait for a visitor, who is told little.
pub(super) const OUTBOX: usize = 16;

/// A visitor's socket, as the hub knows it.
pub(super) struct Visitor {
    encoding: Encoding,
    outbox: mpsc::Sender<Arc<Message>>,
    /// Ends its task.
    close: oneshot::Sender<Closing>,
}

impl Hub {
    /// Lets a visitor's socket in. Whether there is a place was asked at the door.
    pub fn enter_visitor(&self, encoding: Encoding) -> Ticket {
        let (outbox, waiting) = mpsc::channel(OUTBOX);
        let (close, closed) = oneshot::channel();
        let mut sockets = self.sockets();
        sockets.latest += 1;
        let socket_id = SocketId(sockets.latest);
        let visitor = Visitor {
            encoding,
            outbox,
            close,
        };
        sockets.visitors.insert(socket_id, visitor);
        Ticket {
            socket_id,
            outbox: waiting,
            closed,
            _life: self.lives.subscribe(),
        }
    }

    /// Whether visitors see that somebody is there: not where the door is closed to them.
    pub fn set_door(&self, door: GuestDoor) {
        self.sockets().is_door_closed = door == GuestDoor::Closed;
    }
}

/// Tells whoever looks at the door. Who does not read is cut off.
pub(super) fn tell(sockets: &mut Sockets, event: &Event, encoded: &Encoded<'_>) {
    if sockets.is_door_closed && matches!(event, Event::PresenceChanged(_)) {
        return;
    }
    let is_full = |visitor: &mut Visitor| {
        let frame = encoded.as_frame(visitor.encoding);
        visitor.outbox.try_send(frame).is_err()
    };
    let slow: Vec<(SocketId, Visitor)> = sockets
        .visitors
        .extract_if(|_, visitor| is_full(visitor))
        .collect();
    for (_, visitor) in slow {
        let _ended = visitor.close.send(Closing::Resync);
    }
}

/// Tells them to come back later, each at a time of their own, and closes.
pub(super) fn say_goodbye(sockets: &mut Sockets, retry_after_ms: &impl Fn() -> u32) {
    for (_, visitor) in sockets.visitors.drain() {
        let event = Event::GoingAway(GoingAway {
            retry_after_ms: retry_after_ms(),
        });
        let message = Arc::new(frame(&event, visitor.encoding));
        // Who does not read, or went already, is not told.
        let _told = visitor.outbox.try_send(message);
        let _ended = visitor.close.send(Closing::GoingAway);
    }
}
