//! Signing in and out, as it happens inside the writer's transaction.
//!
//! The laws: a token works once; each fresh one brings the guests along that qualify (C1 to C5). A different user in the
//! same browser starts afresh, and the former one's session ends in the same transaction (C13); so does whoever is
//! signed in as somebody, and who no longer is (C9). Every refusal is one line in the audit log.

/// The user as the host describes them.
mod described;

use super::claims::{Claims, Subject};
use super::host_token::{Bearer, Verdict};
use super::keys::SignedBy;
use super::refusal::Refusal as TokenRefusal;
use super::rules::session_end;
use super::store::{self, NewSession, SessionKind};
use super::token::TokenHash;
use crate::conversation::announce::Fact;
use crate::conversation::store::{find_latest_of_owner, raise_revision};
use crate::conversion::change::{Arriving, Beside, ConversionTerms, await_guest, convert_arriving};
use crate::database::writer::Tx;
use crate::error::Refusal;
use crate::group::change::apply_token_groups;
use crate::person::store::find_user;
use crate::safety::audit::{self, By, Done};
use crate::safety::limiter::Limit;
use shared::ids::{PersonId, Time};
use shared::limits;
use shared::settings::Settings;

/// Tokens that one peer may have noted in the audit log; an office behind one address is many people.
pub const NOTED: Limit = Limit::per_seconds(300, 600);

/// A sign-in on its way to the writer.
pub struct SigningIn {
    pub verdict: Result<Verdict, TokenRefusal>,
    /// The key that signed it. `None`: no fresh token.
    pub signed_by: Option<SignedBy>,
    /// Of the user's cookie that this browser holds.
    pub present: Option<TokenHash>,
    /// Of the guest's cookie that this browser holds.
    pub guest: Option<TokenHash>,
    /// Of the cookie that a new session would get.
    pub fresh: TokenHash,
    /// Browser and system, as far as the browser said.
    pub device: String,
    /// Of the policy that was in force.
    pub settings: Settings,
    /// Whether a refusal may still be written down: an attacker must not fill the disk.
    pub is_noted: bool,
    pub by: By,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignedIn {
    /// A new session, under the fresh token. `ended`: the session that it took the place of.
    Began { ended: Option<TokenHash> },
    /// The present session goes on for another 12 hours.
    Renewed,
    /// The present session goes on as it was.
    Continued,
    /// One and the same 401, whatever the reason.
    Refused,
}

/// Does what the token is worth.
///
/// **Errors**: the database's. A refused token is an outcome, because its line in the audit log has to be stored.
pub async fn sign_in(tx: &mut Tx<'_>, signing_in: &SigningIn) -> Result<SignedIn, Refusal> {
    let outcome = match &signing_in.verdict {
        Err(refusal) => Err(*refusal),
        Ok(Verdict::Stale(bearer)) => go_on(tx, signing_in, bearer, TokenRefusal::Expired).await?,
        Ok(Verdict::Early(bearer)) => go_on(tx, signing_in, bearer, TokenRefusal::NotYet).await?,
        Ok(Verdict::Fresh(claims)) => accept(tx, signing_in, claims).await?,
    };
    match outcome {
        Ok(signed_in) => Ok(signed_in),
        Err(refusal) => {
            if signing_in.is_noted {
                let (reason, about) = refusal.reason();
                audit::record(
                    tx.connection(),
                    &signing_in.by,
                    &Done::SignInRefused { reason, about },
                )
                .await?;
            }
            Ok(SignedIn::Refused)
        }
    }
}

/// An authentic token that is no longer fresh: continues a session of the same user in the same hands, and does nothing
/// else.
async fn go_on(
    tx: &mut Tx<'_>,
    signing_in: &SigningIn,
    bearer: &Bearer,
    otherwise: TokenRefusal,
) -> Result<Result<SignedIn, TokenRefusal>, Refusal> {
    let Some(present) = &signing_in.present else {
        return Ok(Err(otherwise));
    };
    let session = store::find_session(
        tx.connection(),
        SessionKind::User,
        present,
        signing_in.by.now,
    )
    .await?;
    let acted_by = bearer.acted_by.as_ref().map(Subject::as_str);
    let is_same = session.is_some_and(|session| {
        session.external_id.as_deref() == Some(bearer.subject.as_str())
            && session.acted_by.as_deref() == acted_by
    });
    Ok(if is_same {
        Ok(SignedIn::Continued)
    } else {
        Err(otherwise)
    })
}

async fn accept(
    tx: &mut Tx<'_>,
    signing_in: &SigningIn,
    claims: &Claims,
) -> Result<Result<SignedIn, TokenRefusal>, Refusal> {
    if let Some(SignedBy::Kept(key_id)) = &signing_in.signed_by
        && !store::is_signing_key(tx.connection(), key_id).await?
    {
        // Another process retired or killed it, and this one has not noticed yet.
        return Ok(Err(TokenRefusal::UnknownKey));
    }
    let refused_from = Time((claims.expires_at_s + limits::IDENTITY_LEEWAY_SECONDS) * 1_000);
    if !store::insert_token_use(
        tx.connection(),
        &TokenHash::of(claims.token_id.as_bytes()),
        refused_from,
    )
    .await?
    {
        let bearer = Bearer {
            subject: claims.subject.clone(),
            acted_by: claims.acted_by.clone(),
        };
        return go_on(tx, signing_in, &bearer, TokenRefusal::Used).await;
    }
    let known = find_user(tx.connection(), claims.subject.as_str()).await?;
    if known
        .as_ref()
        .is_some_and(|user| user.disabled_at.is_some())
    {
        return Ok(Err(TokenRefusal::Disabled));
    }
    let user = described::upsert(tx, &signing_in.by, known, claims).await?;
    let mut ignored = claims.ignored.clone();
    if !take_groups(tx, signing_in, claims, &user).await? {
        ignored.push("groups");
    }
    let acted_by = claims.acted_by.as_ref().map(Subject::as_str);
    let outcome = begin_or_renew(tx, signing_in, &user, acted_by).await?;
    if let SignedIn::Began { .. } = outcome {
        audit::record(
            tx.connection(),
            &signing_in.by,
            &Done::SignedIn {
                user: user.clone(),
                acted_by: acted_by.map(str::to_owned),
            },
        )
        .await?;
        if acted_by.is_some() {
            let_staff_look(tx, &user).await?;
        }
        if !ignored.is_empty() {
            audit::record(
                tx.connection(),
                &signing_in.by,
                &Done::ClaimsIgnored {
                    user: user.clone(),
                    claims: ignored,
                },
            )
            .await?;
        }
    }
    bring_guests(tx, signing_in, &outcome, user, acted_by.is_some()).await?;
    Ok(Ok(outcome))
}

/// The guests that qualify, and the one whose first message is under way.
async fn bring_guests(
    tx: &mut Tx<'_>,
    signing_in: &SigningIn,
    outcome: &SignedIn,
    user: PersonId,
    is_acted: bool,
) -> Result<(), Refusal> {
    let session = match outcome {
        SignedIn::Began { .. } => Some(&signing_in.fresh),
        _ => signing_in.present.as_ref(),
    };
    if let (Some(guest_cookie), Some(session), false) = (&signing_in.guest, session, is_acted) {
        let beside = Beside {
            guest_cookie,
            session,
            policy: signing_in.settings.conversion,
        };
        await_guest(tx, &beside, signing_in.by.now).await?;
    }
    let arriving = Arriving {
        user,
        guest_cookie: signing_in.guest.clone(),
        is_acted,
        terms: ConversionTerms::of(&signing_in.settings),
    };
    convert_arriving(tx, &signing_in.by, &arriving).await?;
    Ok(())
}

/// Whose hand it is stands above the thread (C9): whoever has the user's latest one open looks again.
async fn let_staff_look(tx: &mut Tx<'_>, user: &PersonId) -> Result<(), Refusal> {
    let latest = find_latest_of_owner(tx.connection(), user).await?;
    let Some(conversation_id) = latest else {
        return Ok(());
    };
    let standing = raise_revision(tx.connection(), &conversation_id).await?;
    tx.tell(Fact::Changed {
        conversation_id,
        owner: standing.owner,
        peer: standing.peer,
        revision: standing.revision,
    });
    Ok(())
}

/// `false`: the token named groups, and some or all of that was not followed.
async fn take_groups(
    tx: &mut Tx<'_>,
    signing_in: &SigningIn,
    claims: &Claims,
    user: &PersonId,
) -> Result<bool, Refusal> {
    match &claims.groups {
        None => Ok(true),
        Some(_) if !signing_in.settings.token_groups.is_on() => Ok(false),
        Some(groups) => Ok(!apply_token_groups(tx, &signing_in.by, user, groups).await?),
    }
}

async fn begin_or_renew(
    tx: &mut Tx<'_>,
    signing_in: &SigningIn,
    user: &PersonId,
    acted_by: Option<&str>,
) -> Result<SignedIn, Refusal> {
    let now = signing_in.by.now;
    let expires_at = session_end(SessionKind::User, now, &signing_in.settings, now);
    let signed_by = signing_in.signed_by.as_ref();
    let mut ended = None;
    if let Some(present) = &signing_in.present {
        let session = store::find_session(tx.connection(), SessionKind::User, present, now).await?;
        let is_theirs = session.is_some_and(|session| {
            session.person_id == *user && session.acted_by.as_deref() == acted_by
        });
        if is_theirs {
            store::update_session_used(tx.connection(), present, expires_at, now).await?;
            // A session that the new key signs for too outlives the old one.
            store::update_session_key(tx.connection(), present, signed_by).await?;
            return Ok(SignedIn::Renewed);
        }
        if store::delete_session(tx.connection(), SessionKind::User, present, now).await? {
            ended = Some(present.clone());
        }
    }
    let session = NewSession {
        token_hash: &signing_in.fresh,
        kind: SessionKind::User,
        person_id: user,
        device: &signing_in.device,
        expires_at,
        signed_by,
        acted_by,
    };
    store::insert_session(tx.connection(), &session, now).await?;
    Ok(SignedIn::Began { ended })
}

/// Ends the session behind a cookie. `false`: there was none.
pub async fn sign_out(
    tx: &mut Tx<'_>,
    by: &By,
    kind: SessionKind,
    token_hash: &TokenHash,
) -> Result<bool, Refusal> {
    let session = store::find_session(tx.connection(), kind, token_hash, by.now).await?;
    let was_there = store::delete_session(tx.connection(), kind, token_hash, by.now).await?;
    if let (SessionKind::User | SessionKind::Admin, Some(session)) = (kind, session) {
        if session.acted_by.is_some() {
            let_staff_look(tx, &session.person_id).await?;
        }
        audit::record(
            tx.connection(),
            by,
            &Done::SignedOut {
                user: session.person_id,
            },
        )
        .await?;
    }
    Ok(was_there)
}
