//! A browser at a door: the cookies it brings, the sessions begun for it, the cookies it takes away.
//!
//! The law: `/agent` gives the user's cookie; `/admin` gives that and its own, so that a conversation opened from the
//! admin page asks for no second sign-in.

use crate::app::App;
use crate::identity::begin::{Beginning, Begun};
use crate::identity::cookies;
use crate::identity::device::device_of;
use crate::identity::store::SessionKind;
use crate::identity::token::SessionToken;
use crate::realtime::closing::Closing;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::AppendHeaders;

/// Which way in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// `/agent`.
    Agent,
    /// `/admin`.
    Admin,
}

impl Door {
    const fn kinds(self) -> &'static [SessionKind] {
        match self {
            Self::Agent => &[SessionKind::User],
            Self::Admin => &[SessionKind::Admin, SessionKind::User],
        }
    }
}

/// A browser that asks to be let in.
pub struct Arrival {
    device: String,
    cookies: Vec<(SessionKind, SessionToken, Option<SessionToken>)>,
}

/// `Set-Cookie` headers.
pub type Cookies = AppendHeaders<Vec<(HeaderName, HeaderValue)>>;

impl Arrival {
    pub fn at(door: Door, app: &App, headers: &HeaderMap) -> Self {
        let cookies = door.kinds().iter().map(|kind| {
            let fresh = SessionToken::mint(&app.mint);
            (*kind, fresh, cookies::read(headers, *kind))
        });
        Self {
            device: device_of(headers),
            cookies: cookies.collect(),
        }
    }

    /// **Shape**: one for each cookie of the door.
    pub fn beginnings(&self) -> Vec<Beginning> {
        let beginnings = self.cookies.iter().map(|(kind, fresh, present)| Beginning {
            kind: *kind,
            fresh: fresh.hash(),
            present: present.as_ref().map(SessionToken::hash),
            device: self.device.clone(),
        });
        beginnings.collect()
    }

    /// After the commit: closes what ended, and answers the token of the door itself and the cookies to set.
    ///
    /// `begun` is what became of [`Arrival::beginnings`], in their order. `None`: the door has no cookie.
    pub fn let_in(self, app: &App, begun: Vec<Begun>) -> Option<(SessionToken, Cookies)> {
        let days = app.policy().settings.guest_absolute_days;
        let (mut own, mut headers) = (None, Vec::new());
        for ((kind, fresh, present), begun) in self.cookies.into_iter().zip(begun) {
            let token = match (begun, present) {
                (Begun::Kept, Some(present)) => present,
                (Begun::Kept, None) => fresh,
                (Begun::Fresh { ended }, _) => {
                    if let Some(ended) = ended {
                        app.hub.close_session(&ended, Closing::SignedOut);
                    }
                    fresh
                }
            };
            headers.push((header::SET_COOKIE, cookies::set(kind, &token, days)));
            own.get_or_insert(token);
        }
        Some((own?, AppendHeaders(headers)))
    }
}
