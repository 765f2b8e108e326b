//! Why a socket's life ends, and how the other side is told.

use crate::realtime::closing::Closing;
use axum::extract::ws::{CloseFrame, Message};
use tokio::{sync::oneshot, time::error::Elapsed};
use tokio_tungstenite::tungstenite;

/// Why a socket's life ends.
pub(super) enum End {
    /// The peer went, or cannot be reached.
    Gone,
    /// We close it.
    Close(Closing),
}

pub(super) fn told(why: Result<Closing, oneshot::error::RecvError>) -> End {
    why.map_or(End::Gone, End::Close)
}

/// What came of sending: a peer that does not read is told to begin anew, should it still listen.
pub(super) fn outcome(sent: Result<Result<(), axum::Error>, Elapsed>) -> Result<(), End> {
    match sent {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(End::Gone),
        Err(_) => Err(End::Close(Closing::Resync)),
    }
}

pub(super) fn closing(why: Closing) -> Message {
    Message::Close(Some(CloseFrame {
        code: why.code(),
        reason: "".into(),
    }))
}

/// A frame above the limits ends the socket with its own code; everything else that breaks it is the peer's going.
pub(super) fn end_of(error: axum::Error) -> End {
    match error.into_inner().downcast_ref() {
        Some(tungstenite::Error::Capacity(_)) => End::Close(Closing::TooBig),
        Some(tungstenite::Error::Protocol(_) | tungstenite::Error::Utf8(_)) => {
            End::Close(Closing::Policy)
        }
        _ => End::Gone,
    }
}
