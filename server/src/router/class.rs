//! Who may call a route: the classes, and what enforces them (D9).
//!
//! The law: enforced before a handler runs, by who is asking right now.

use crate::{
    app::App,
    conversation::rules::Hand,
    error::Refusal,
    host::caller,
    identity::{
        caller::{Caller, Known, Vouched, identify},
        store::SessionKind,
    },
};
use axum::{
    extract::{FromRequestParts, Query, Request},
    http::{Uri, request::Parts},
    middleware::Next,
    response::Response,
};
use serde::Deserialize;
use shared::{host::HostScope, identity::Role, problem::ProblemCode};
use std::sync::Arc;

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callers {
    /// Anybody; the handler looks at cookies itself, where it cares.
    Anyone,
    /// Whoever pressed *Start chat* or has a session.
    Arrived,
    /// Those, and whoever was a guest: they may ask whether what they sent is there.
    Writers,
    /// Whoever has a session of the chat: guests, users, staff.
    Known,
    /// Those, and whoever looks at the door on a page that vouches for nobody.
    Listeners,
    /// Users and staff, not guests.
    Users,
    /// Agents and admins.
    Staff,
    /// Whoever is signed in, to the chat or to the admin page, and nobody who is signed in as them.
    Account,
    /// Who is an admin right now, by the admin page's own cookie and no other.
    Admin,
    /// The host site's server, by a key of this scope. Cookies are not looked at.
    Host(HostScope),
}

impl Callers {
    /// What figures call it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Anyone => "anyone",
            Self::Arrived => "arrived",
            Self::Writers => "writers",
            Self::Known => "known",
            Self::Listeners => "listeners",
            Self::Users => "users",
            Self::Staff => "staff",
            Self::Account => "account",
            Self::Admin => "admin",
            Self::Host(_) => "host",
        }
    }
}

/// Where a call says on whose behalf its page vouches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    InHeader,
    InQuery,
}

/// Lets in whoever belongs to the class, and hands the handler who it is.
pub(super) async fn admit(
    app: Arc<App>,
    (callers, said): (Callers, Said),
    mut request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    if let Callers::Host(scope) = callers {
        let caller = caller::identify(&app, request.headers(), scope).await?;
        request.extensions_mut().insert(caller);
        return Ok(next.run(request).await);
    }
    let vouched = match said {
        Said::InHeader => Vouched::of(request.headers())?,
        Said::InQuery => vouched_in(request.uri()).ok_or(ProblemCode::Malformed)?,
    };
    if vouched != Vouched::Visitor || matches!(callers, Callers::Arrived | Callers::Writers) {
        // What another process took away a moment ago is gone at once, not within the second.
        app.policy_changed().await?;
    }
    let caller = identify(&app, vouched, request.headers()).await?;
    may_enter(callers, &caller)?;
    if vouched != Vouched::Visitor && caller.known().is_none() {
        // A page that vouches for somebody is not answered as if it vouched for nobody.
        return Err(ProblemCode::NoIdentity.into());
    }
    request.extensions_mut().insert(caller);
    Ok(next.run(request).await)
}

/// Reads `?as=visitor|user`. Whatever else the query holds is not looked at.
fn vouched_in(uri: &Uri) -> Option<Vouched> {
    #[derive(Deserialize)]
    struct Asked {
        r#as: String,
    }
    let Query(asked) = Query::<Asked>::try_from_uri(uri).ok()?;
    Vouched::parse(&asked.r#as)
}

/// **Errors**: `no_identity` for whom nobody knows, `not_found` for whom it is not there, `host_key_refused` for
/// everybody where the host's server is meant.
pub(super) fn may_enter(callers: Callers, caller: &Caller) -> Result<(), ProblemCode> {
    if matches!(callers, Callers::Host(_)) {
        return Err(ProblemCode::HostKeyRefused);
    }
    let known = match caller {
        Caller::Known(known) => known,
        Caller::Anonymous(_) if matches!(callers, Callers::Arrived | Callers::Writers) => {
            return Ok(());
        }
        Caller::Former(_) if callers == Callers::Writers => return Ok(()),
        Caller::Visitor | Caller::Anonymous(_) | Caller::Former(_)
            if matches!(callers, Callers::Anyone | Callers::Listeners) =>
        {
            return Ok(());
        }
        Caller::Visitor | Caller::Anonymous(_) | Caller::Former(_) => {
            return Err(ProblemCode::NoIdentity);
        }
    };
    let is_chat = known.kind != SessionKind::Admin;
    let is_signed_in = known.kind != SessionKind::Guest;
    let may = match callers {
        Callers::Anyone => true,
        Callers::Arrived | Callers::Writers | Callers::Known | Callers::Listeners => is_chat,
        Callers::Users => is_chat && is_signed_in,
        Callers::Staff => is_chat && is_signed_in && known.role.is_staff(),
        Callers::Account => is_signed_in && known.hand() == Hand::Own,
        Callers::Admin => !is_chat && known.role == Role::Admin,
        Callers::Host(_) => false,
    };
    if may {
        Ok(())
    } else {
        Err(ProblemCode::NotFound)
    }
}

impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<App>) -> Result<Self, Refusal> {
        let caller = parts.extensions.get::<Self>().cloned();
        caller.ok_or(Refusal::Broken(
            "a handler that takes its caller stands in a class that knows them",
        ))
    }
}

impl FromRequestParts<Arc<App>> for Known {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refusal> {
        match Caller::from_request_parts(parts, app).await? {
            Caller::Known(known) => Ok(known),
            Caller::Visitor | Caller::Anonymous(_) | Caller::Former(_) => {
                Err(ProblemCode::NoIdentity.into())
            }
        }
    }
}
