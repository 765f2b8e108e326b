//! A browser at a door: the cookies it brings, the sessions begun for it, the cookies it takes away.
//!
//! The law: `/agent` gives the user's cookie; `/admin` gives that and its own, so that a conversation opened from the
//! admin page asks for no second sign-in.

use crate::app::App;
use crate::error::Refusal;
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

/// Who was let in, as their browser will say it.
pub struct LetIn {
    /// Of the door itself.
    pub own: SessionToken,
    /// Of the chat, to which every door leads.
    pub user: SessionToken,
    pub cookies: Cookies,
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

    /// After the commit: closes what ended, and answers the cookies to set.
    ///
    /// `begun` is what became of [`Arrival::beginnings`], in their order.
    pub fn let_in(self, app: &App, begun: Vec<Begun>) -> Result<LetIn, Refusal> {
        let days = app.policy().settings.guest_absolute_days;
        let (mut tokens, mut headers) = (Vec::new(), Vec::new());
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
            tokens.push(token);
        }
        // The door's own comes first and the chat's last; at `/agent` they are one.
        match (tokens.first(), tokens.last()) {
            (Some(own), Some(user)) => Ok(LetIn {
                own: own.clone(),
                user: user.clone(),
                cookies: AppendHeaders(headers),
            }),
            _ => Err(Refusal::Broken("every door has a cookie")),
        }
    }
}
