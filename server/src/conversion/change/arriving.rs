//! Somebody for whom the host vouches: at a sign-in, or by the host's server (C1 to C5, C8 to C11, C14).

use super::{Becoming, convert};
use crate::{
    conversion::{
        rules::{Evidence, GuestFacts, Occasion, UserFacts, Verdict, Whereabouts, plan_conversion},
        store,
    },
    database::{AnyConnection, writer::Tx},
    error::Refusal,
    identity::{
        store::{SessionKind, find_session},
        token::TokenHash,
    },
    safety::audit::By,
};
use shared::{
    conversion::ConversionPolicy,
    ids::{ConversationId, GroupId, PersonId, Time},
    settings::Settings,
};

/// Somebody for whom the host vouches: at a sign-in, or by the host's server.
#[derive(Clone, Debug)]
pub struct Arriving {
    pub user: PersonId,
    /// Of the guest's cookie in the same browser. `None`: there is none, or no browser.
    pub guest_cookie: Option<TokenHash>,
    /// Somebody else is signed in as them.
    pub is_acted: bool,
    pub terms: ConversionTerms,
}

/// What of the site's settings a conversion depends on.
#[derive(Clone, Debug)]
pub struct ConversionTerms {
    pub policy: ConversionPolicy,
    /// Nobody in it is found by an address, whether or not groups are on.
    pub guest_group: Option<GroupId>,
}

impl ConversionTerms {
    pub fn of(settings: &Settings) -> Self {
        Self {
            policy: settings.conversion,
            guest_group: settings.guest_group_id.clone(),
        }
    }
}

/// Converts whoever qualifies, as C1 to C14 say. **Shape**: the conversations that changed hands.
pub async fn convert_arriving(
    tx: &mut Tx<'_>,
    by: &By,
    arriving: &Arriving,
) -> Result<Vec<ConversationId>, Refusal> {
    if arriving.terms.policy == ConversionPolicy::Off || arriving.is_acted {
        return Ok(Vec::new());
    }
    let Some((user, guests)) = look_around(tx.connection(), arriving, by.now).await? else {
        return Ok(Vec::new());
    };
    let occasion = Occasion {
        policy: arriving.terms.policy,
        evidence: Evidence::Host(&user),
        now: by.now,
    };
    let mut converted = Vec::new();
    for ((guest, _), verdict) in guests.iter().zip(plan_conversion(occasion, &guests)) {
        let Verdict::Convert(proof) = verdict else {
            continue;
        };
        let becoming = Becoming {
            guest: guest.person_id.clone(),
            became: user.person_id.clone(),
            proof,
        };
        converted.extend(convert(tx, by, &becoming).await?);
    }
    Ok(converted)
}

/// The user, the guest of the same browser, and the guests of the same address.
async fn look_around(
    connection: &mut AnyConnection,
    arriving: &Arriving,
    now: Time,
) -> Result<Option<(UserFacts, Vec<(GuestFacts, Whereabouts)>)>, Refusal> {
    let guest_group = arriving.terms.guest_group.as_ref();
    let user = store::find_user_facts(connection, &arriving.user, guest_group).await?;
    let Some(user) = user else { return Ok(None) };
    let here = match &arriving.guest_cookie {
        Some(cookie) => find_guest_of_cookie(connection, cookie, now).await?,
        None => None,
    };
    let mut guests = Vec::new();
    if let Some(email) = &user.email {
        let of_address = store::find_guests_of_address(connection, email).await?;
        let elsewhere = of_address.into_iter().filter(|guest| {
            here.as_ref()
                .is_none_or(|here| here.person_id != guest.person_id)
        });
        guests.extend(elsewhere.map(|guest| (guest, Whereabouts::Elsewhere)));
    }
    guests.extend(here.map(|guest| (guest, Whereabouts::Here)));
    Ok(Some((user, guests)))
}

/// The guest whose session a browser holds, if they own a conversation.
pub async fn find_guest_of_cookie(
    connection: &mut AnyConnection,
    cookie: &TokenHash,
    now: Time,
) -> Result<Option<GuestFacts>, Refusal> {
    let session = find_session(connection, SessionKind::Guest, cookie, now).await?;
    let Some(session) = session else {
        return Ok(None);
    };
    Ok(store::find_guest(connection, &session.person_id).await?)
}
