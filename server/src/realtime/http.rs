//! The upgrade: who may open a socket.
//!
//! The laws: a socket is a write as far as its door is concerned (D2): a host page that opens one itself sends the same
//! cookie, and only `Origin` tells it from our frame. A visitor's socket is one of a bounded number.

use super::{hub::Listener, socket};
use crate::{
    app::App,
    error::Refusal,
    http::{answer::Encoding, origin},
    identity::caller::{Caller, Known},
    safety::limiter::Peer,
};
use axum::{
    extract::{FromRequestParts, Request, State, WebSocketUpgrade},
    http::{HeaderMap, Version, header},
    response::Response,
};
use shared::{
    limits,
    problem::{Problem, ProblemCode},
    wire,
};
use std::sync::Arc;

/// What tungstenite would otherwise take 128 KiB for.
const READ_BUFFER_BYTES: usize = 4 * 1024;
/// Small events that wait together leave together.
const WRITE_BUFFER_BYTES: usize = 8 * 1024;
/// Room for the largest event, and one that waits behind it.
const MAX_WRITE_BUFFER_BYTES: usize = 256 * 1024;

/// Until a visitor more may have left.
const RETRY_AFTER_S: u32 = 60;

/// `GET /api/socket?as=visitor|user`.
///
/// **Errors**: `foreign_origin`; `slow_down` for one visitor too many; `malformed` for a broken upgrade or an unknown sub-protocol;
/// `outdated` for another version of WebSocket.
pub async fn open_socket(
    State(app): State<Arc<App>>,
    caller: Caller,
    peer: Peer,
    request: Request,
) -> Result<Response, Refusal> {
    let headers = request.headers();
    origin::must_be_own(headers, &app.config.public_origin)?;
    let dialect = check_upgrade(&request)?;
    let (mut parts, _) = request.into_parts();
    let upgrade = WebSocketUpgrade::from_request_parts(&mut parts, &())
        .await
        .map_err(|_| ProblemCode::Malformed)?
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(WRITE_BUFFER_BYTES)
        .max_write_buffer_size(MAX_WRITE_BUFFER_BYTES)
        .max_message_size(limits::SOCKET_FRAME_BYTES)
        .max_frame_size(limits::SOCKET_FRAME_BYTES)
        .protocols([dialect.protocol]);
    let Some(encoding) = dialect.encoding else {
        return Ok(upgrade.on_upgrade(socket::close_outdated));
    };
    Ok(match caller {
        Caller::Known(known) => {
            let listener = listener(known, encoding);
            upgrade.on_upgrade(move |socket| socket::live(app, listener, socket))
        }
        Caller::Visitor | Caller::Anonymous(_) | Caller::Former(_) => {
            let place = app.hub.visitor_places.take(peer);
            let place = place.ok_or(Problem::retry_after(ProblemCode::SlowDown, RETRY_AFTER_S))?;
            upgrade.on_upgrade(move |socket| socket::live_unknown(app, place, encoding, socket))
        }
    })
}

fn listener(known: Known, encoding: Encoding) -> Listener {
    Listener {
        person_id: known.person_id,
        role: known.role,
        session: known.token_hash,
        encoding,
    }
}

/// What the frame wants to speak.
struct Dialect {
    /// As it was offered: a browser drops the socket unless it is answered with the same.
    protocol: String,
    /// `None`: of another build.
    encoding: Option<Encoding>,
}

fn check_upgrade(request: &Request) -> Result<Dialect, ProblemCode> {
    let headers = request.headers();
    let says = |name, word: &str| {
        let named = headers.get(name).and_then(|value| value.to_str().ok());
        named.is_some_and(|value| {
            value
                .split(',')
                .any(|part| part.trim().eq_ignore_ascii_case(word))
        })
    };
    if request.version() != Version::HTTP_11
        || !says(header::CONNECTION, "upgrade")
        || !says(header::UPGRADE, "websocket")
    {
        return Err(ProblemCode::Malformed);
    }
    if !says(header::SEC_WEBSOCKET_VERSION, "13") {
        return Err(ProblemCode::Outdated);
    }
    dialect(headers).ok_or(ProblemCode::Malformed)
}

fn dialect(headers: &HeaderMap) -> Option<Dialect> {
    let offered = headers
        .get_all(header::SEC_WEBSOCKET_PROTOCOL)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let ours = |protocol: &&str| {
        *protocol == wire::SOCKET_JSON
            || protocol
                .strip_prefix(wire::SOCKET_JSON)
                .is_some_and(|rest| rest.starts_with('+'))
    };
    let protocol = offered
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .find(ours)?;
    let encoding = match protocol {
        wire::SOCKET_JSON => Some(Encoding::Json),
        wire::SOCKET_POSTCARD => Some(Encoding::Postcard),
        _ => None,
    };
    Some(Dialect {
        protocol: protocol.to_owned(),
        encoding,
    })
}
