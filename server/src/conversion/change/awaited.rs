//! A guest's first message that is under way while somebody signs in beside it, in the same browser.
//!
//! The laws: it arrives before the sign-in or after it, and both come to the same: whoever would have become the user had
//! it arrived before becomes them now. Whether they do is decided when it arrives, because only the message says which
//! address was typed. A sign-in is remembered for minutes only, and only while its session lives: a page that vouches
//! for nobody may be used by somebody else.

use super::{Becoming, ConversionTerms, convert};
use crate::{
    conversion::{
        rules::{Evidence, Occasion, Verdict, Whereabouts, plan_conversion},
        store,
    },
    database::writer::Tx,
    error::Refusal,
    identity::{
        store::{SessionKind, find_session},
        token::TokenHash,
    },
    safety::audit::By,
};
use shared::{
    conversion::ConversionPolicy,
    ids::{PersonId, Time},
    limits::AWAITED_MINUTES,
};

/// Somebody who signs in beside a guest's cookie.
pub struct Beside<'a> {
    pub guest_cookie: &'a TokenHash,
    /// Of the session that was begun, or goes on.
    pub session: &'a TokenHash,
    pub policy: ConversionPolicy,
}

/// Where nobody stands behind the guest's cookie yet, notes who signed in beside it. Call it before guests are looked
/// for: what arrives while it waits for its row is found by them.
pub async fn await_guest(tx: &mut Tx<'_>, beside: &Beside<'_>, now: Time) -> Result<(), Refusal> {
    if beside.policy == ConversionPolicy::Off {
        return Ok(());
    }
    let cookie = beside.guest_cookie;
    let guest = find_session(tx.connection(), SessionKind::Guest, cookie, now).await?;
    if guest.is_none() {
        let until = Time(now.0 + AWAITED_MINUTES * 60_000);
        store::put_awaited(tx.connection(), cookie, beside.session, until).await?;
    }
    Ok(())
}

/// Whose a guest is who is about to be: takes the row that a sign-in beside them would wait for.
pub async fn find_awaiting(
    tx: &mut Tx<'_>,
    guest_cookie: &TokenHash,
    now: Time,
) -> Result<Option<PersonId>, Refusal> {
    Ok(store::take_awaited(tx.connection(), guest_cookie, now).await?)
}

/// The first message is stored: its guest becomes who signed in beside it, as C1 says. Where the rule would ask, the user
/// is asked, and otherwise the guest stays one.
pub async fn bring_along(
    tx: &mut Tx<'_>,
    by: &By,
    user: &PersonId,
    guest: &PersonId,
    terms: &ConversionTerms,
) -> Result<(), Refusal> {
    let guest_group = terms.guest_group.as_ref();
    let user = store::find_user_facts(tx.connection(), user, guest_group).await?;
    let guest = store::find_guest(tx.connection(), guest).await?;
    let (Some(user), Some(guest)) = (user, guest) else {
        return Ok(());
    };
    let occasion = Occasion {
        policy: terms.policy,
        evidence: Evidence::Host(&user),
        now: by.now,
    };
    let guest_id = guest.person_id.clone();
    let verdicts = plan_conversion(occasion, &[(guest, Whereabouts::Here)]);
    if let [Verdict::Convert(proof)] = verdicts[..] {
        let becoming = Becoming {
            guest: guest_id,
            became: user.person_id.clone(),
            proof,
        };
        convert(tx, by, &becoming).await?;
    }
    Ok(())
}
