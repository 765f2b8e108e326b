//! A code that was mailed to an address was entered: whoever did so has the mailbox (C3, C5, G3).
//!
//! The law: what may be brought is decided by the same rule when a code is asked for and when it is entered.

use super::{Becoming, ConversionTerms, convert};
use crate::{
    conversion::{
        rules::{Evidence, GuestFacts, Occasion, Verdict, Whereabouts, plan_conversion},
        store,
    },
    database::{AnyConnection, writer::Tx},
    error::Refusal,
    safety::audit::By,
};
use shared::{
    conversion::Proof,
    ids::{ConversationId, PersonId, Time},
};

/// A code that was right.
#[derive(Clone)]
pub struct ByCode {
    /// The address that it was mailed to, normalised.
    pub email: String,
    /// Who entered it: a user, or the guest of this browser.
    pub became: PersonId,
    /// Somebody else is signed in as them.
    pub is_acted: bool,
    pub terms: ConversionTerms,
}

/// The guests of an address whom a code would bring. **Shape**: the latest to write first, at most 20.
///
/// `own`: the guest who asks, to whom their own conversation is nothing to bring.
pub async fn find_bringable(
    connection: &mut AnyConnection,
    terms: &ConversionTerms,
    email: &str,
    own: Option<&PersonId>,
    now: Time,
) -> Result<Vec<GuestFacts>, Refusal> {
    let of_address = store::find_guests_of_address(connection, email).await?;
    let guests: Vec<(GuestFacts, Whereabouts)> = of_address
        .into_iter()
        .filter(|guest| Some(&guest.person_id) != own)
        .map(|guest| (guest, Whereabouts::Elsewhere))
        .collect();
    let occasion = Occasion {
        policy: terms.policy,
        evidence: Evidence::Code { is_acted: false },
        now,
    };
    let verdicts = plan_conversion(occasion, &guests);
    let bringable = guests
        .into_iter()
        .zip(verdicts)
        .filter(|(_, verdict)| matches!(verdict, Verdict::Convert(_)))
        .map(|((guest, _), _)| guest);
    Ok(bringable.collect())
}

/// Converts whoever qualifies, with the proof `mailbox`. **Shape**: the conversations that changed hands.
pub async fn convert_by_code(
    tx: &mut Tx<'_>,
    by: &By,
    code: &ByCode,
) -> Result<Vec<ConversationId>, Refusal> {
    let mut converted = Vec::new();
    if code.is_acted {
        return Ok(converted);
    }
    let bringable = find_bringable(
        tx.connection(),
        &code.terms,
        &code.email,
        Some(&code.became),
        by.now,
    )
    .await?;
    for guest in bringable {
        let becoming = Becoming {
            guest: guest.person_id,
            became: code.became.clone(),
            proof: Proof::Mailbox,
        };
        converted.extend(convert(tx, by, &becoming).await?);
    }
    Ok(converted)
}
