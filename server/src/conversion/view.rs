//! What a session shows of conversions: the question (C2), and where a guest's conversation went (C4, C12).
//!
//! The law: of an address nobody sees more than its first letter and its domain, and only in a browser that held the
//! guest's own session.

use super::{
    change::{ConversionTerms, find_guest_of_cookie},
    rules::{Evidence, Occasion, Verdict, Whereabouts, plan_conversion},
    store,
};
use crate::{
    database::AnyConnection, error::Refusal, identity::token::TokenHash, person::store::find_person,
};
use shared::{
    conversion::Question,
    ids::{PersonId, Time},
};

/// A signed-in user, as far as the question cares.
pub struct Asked<'a> {
    pub user: &'a PersonId,
    /// Of the guest's cookie in the same browser.
    pub guest_cookie: &'a TokenHash,
    /// Somebody else is signed in as them.
    pub is_acted: bool,
    pub terms: ConversionTerms,
    pub now: Time,
}

/// Which guest of this browser the user is asked about.
pub async fn find_asked_about(
    connection: &mut AnyConnection,
    asked: &Asked<'_>,
) -> Result<Option<PersonId>, Refusal> {
    let here = find_guest_of_cookie(connection, asked.guest_cookie, asked.now).await?;
    let Some(guest) = here else { return Ok(None) };
    let guest_group = asked.terms.guest_group.as_ref();
    let Some(mut user) = store::find_user_facts(connection, asked.user, guest_group).await? else {
        return Ok(None);
    };
    user.is_acted = asked.is_acted;
    let occasion = Occasion {
        policy: asked.terms.policy,
        evidence: Evidence::Host(&user),
        now: asked.now,
    };
    let person_id = guest.person_id.clone();
    let verdicts = plan_conversion(occasion, &[(guest, Whereabouts::Here)]);
    Ok((verdicts == [Verdict::Ask]).then_some(person_id))
}

/// "You were chatting as *Cora (c•••@x)*."
pub async fn find_question(
    connection: &mut AnyConnection,
    asked: &Asked<'_>,
) -> Result<Option<Question>, Refusal> {
    let Some(guest) = find_asked_about(connection, asked).await? else {
        return Ok(None);
    };
    let guest = find_person(connection, &guest).await?;
    Ok(guest.map(|guest| Question {
        masked_email: guest.email.as_deref().map(masked).unwrap_or_default(),
        guest_name: guest.name,
    }))
}

/// In whose account the conversation of this cookie's guest went on: their own address, masked. `None` where it went
/// on in this very browser: whoever signed out here leaves nothing behind.
pub async fn find_continued_as(
    connection: &mut AnyConnection,
    guest_cookie: &TokenHash,
) -> Result<Option<String>, Refusal> {
    let email = store::find_email_continued(connection, guest_cookie).await?;
    Ok(email.as_deref().map(masked))
}

/// First letter and domain only.
pub fn masked(email: &str) -> String {
    let (local, domain) = email.rsplit_once('@').unwrap_or((email, ""));
    let first: String = local.chars().take(1).collect();
    format!("{first}•••@{domain}")
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn of_an_address_its_first_letter_and_its_domain_are_shown() {
        for (email, shown) in [
            ("cora@example.org", "c•••@example.org"),
            ("Ökonom@exämple.org", "Ö•••@exämple.org"),
            ("x@example.org", "x•••@example.org"),
            ("\"a@b\"@example.org", "\"•••@example.org"),
        ] {
            assert_eq!(masked(email), shown);
        }
    }
}
