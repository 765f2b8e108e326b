//! Who is asking: from a cookie to a person and what they may do.
//!
//! The law: the page says on whose behalf it vouches, and only that cookie counts (D2): a page that vouches for nobody
//! acts as the visitor it shows, even while a user's cookie exists. What somebody may do is read anew for every call.

use super::cookies;
use super::rules::plan_renewal;
use super::store::{self, SessionKind, SessionRow};
use super::token::{SessionToken, TokenHash};
use crate::app::App;
use crate::conversation::rules::Hand;
use crate::error::Refusal;
use axum::http::HeaderMap;
use shared::identity::{Own, Role};
use shared::ids::PersonId;
use shared::problem::ProblemCode;
use shared::wire;

/// On whose behalf the page vouches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Vouched {
    Visitor,
    User,
    /// The admin page.
    Admin,
}

impl Vouched {
    /// Reads [`wire::HEADER`], or the socket's `as`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            wire::AS_VISITOR => Some(Self::Visitor),
            wire::AS_USER => Some(Self::User),
            wire::AS_ADMIN => Some(Self::Admin),
            _ => None,
        }
    }

    /// What the call's header says; a call without one vouches for nobody.
    ///
    /// **Errors**: `malformed` for anything else, and for two headers.
    pub fn of(headers: &HeaderMap) -> Result<Self, ProblemCode> {
        let mut values = headers.get_all(wire::HEADER).iter();
        match (values.next(), values.next()) {
            (None, _) => Ok(Self::Visitor),
            (Some(value), None) => value
                .to_str()
                .ok()
                .and_then(Self::parse)
                .ok_or(ProblemCode::Malformed),
            (Some(_), Some(_)) => Err(ProblemCode::Malformed),
        }
    }

    const fn kind(self) -> SessionKind {
        match self {
            Self::Visitor => SessionKind::Guest,
            Self::User => SessionKind::User,
            Self::Admin => SessionKind::Admin,
        }
    }
}

/// Who is asking.
#[derive(Clone, PartialEq, Eq)]
pub enum Caller {
    /// Nobody we know.
    Visitor,
    /// Pressed *Start chat* and has written nothing yet: a cookie that nobody stands behind.
    Anonymous(TokenHash),
    /// Was a guest: a cookie that a conversion ended, and that is nobody's any more.
    Former(TokenHash),
    /// A guest or a user.
    Known(Known),
}

/// Somebody with a session.
#[derive(Clone, PartialEq, Eq)]
pub struct Known {
    pub person_id: PersonId,
    pub name: String,
    /// As typed, or as the host said.
    pub email: Option<String>,
    /// Guest, user, agent or admin: right now.
    pub role: Role,
    /// By which cookie.
    pub kind: SessionKind,
    /// Which session: sockets are closed by it.
    pub token_hash: TokenHash,
    /// What the host calls whoever is signed in as them (C9).
    pub acted_by: Option<String>,
}

impl Caller {
    pub fn role(&self) -> Role {
        match self {
            Self::Visitor | Self::Anonymous(_) | Self::Former(_) => Role::Visitor,
            Self::Known(known) => known.role,
        }
    }

    /// Whoever has a session.
    pub const fn known(&self) -> Option<&Known> {
        match self {
            Self::Visitor | Self::Anonymous(_) | Self::Former(_) => None,
            Self::Known(known) => Some(known),
        }
    }
}

impl Known {
    /// Who is at the keyboard.
    pub fn hand(&self) -> Hand {
        match self.acted_by {
            None => Hand::Own,
            Some(_) => Hand::Another,
        }
    }

    pub fn own(&self) -> Own {
        Own {
            person_id: self.person_id.clone(),
            name: self.name.clone(),
            email: self.email.clone(),
        }
    }
}

/// Finds out who is asking, by the cookie that counts.
///
/// **Errors**: the database's.
pub async fn identify(app: &App, vouched: Vouched, headers: &HeaderMap) -> Result<Caller, Refusal> {
    let kind = vouched.kind();
    match cookies::read(headers, kind) {
        Some(token) => identify_token(app, kind, &token).await,
        None => Ok(Caller::Visitor),
    }
}

/// Finds out whose a token is.
///
/// **Errors**: the database's.
pub async fn identify_token(
    app: &App,
    kind: SessionKind,
    token: &SessionToken,
) -> Result<Caller, Refusal> {
    let token_hash = token.hash();
    let mut connection = app.database.read().await?;
    let found = store::find_session(&mut connection, kind, &token_hash, app.clock.now()).await?;
    Ok(match (found, kind) {
        (Some(session), _) => {
            renew(app, kind, &session, &token_hash);
            Caller::Known(known(app, kind, session, token_hash))
        }
        (None, SessionKind::Guest) => {
            // A guest who became somebody is nobody under this cookie any more.
            match store::find_ended_guest(&mut connection, &token_hash).await? {
                Some(_) => Caller::Former(token_hash),
                None => Caller::Anonymous(token_hash),
            }
        }
        (None, SessionKind::User | SessionKind::Admin) => Caller::Visitor,
    })
}

/// Somebody whose session was found.
fn known(app: &App, kind: SessionKind, session: SessionRow, token_hash: TokenHash) -> Known {
    let role = match kind {
        SessionKind::Guest => Role::Guest,
        SessionKind::User | SessionKind::Admin => app.policy().role_of_user(&session.person_id),
    };
    Known {
        person_id: session.person_id,
        name: session.name,
        email: session.email,
        role,
        kind,
        token_hash,
        acted_by: session.acted_by,
    }
}

/// Writes down that a session is used, where that is news. Nobody waits for it, and if it is lost the next use says it.
fn renew(app: &App, kind: SessionKind, session: &SessionRow, token_hash: &TokenHash) {
    let now = app.clock.now();
    let Some(end) = plan_renewal(kind, session, &app.policy().settings, now) else {
        return;
    };
    let (writer, token_hash) = (app.writer.clone(), token_hash.clone());
    tokio::spawn(async move {
        let renewed = writer
            .run((token_hash, end, now), |tx, (token_hash, end, now)| {
                Box::pin(async move {
                    Ok(store::update_session_used(tx.connection(), token_hash, *end, *now).await?)
                })
            })
            .await;
        if renewed.is_err() {
            tracing::debug!("a session's use was not written down");
        }
    });
}
