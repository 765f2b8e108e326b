//! The answer to the question: was that you, in this very browser? (C2)
//!
//! The law: whether it may be asked is decided again, here and now. What is nobody's question (any more) changes
//! nothing.

use super::{Becoming, convert};
use crate::{
    conversation::announce::Fact,
    conversion::view::{Asked, find_asked_about},
    database::writer::Tx,
    error::Refusal,
    identity::{store::end_guest_session, token::TokenHash},
    safety::audit::By,
};
use shared::{conversion::Proof, ids::PersonId};

use super::ConversionTerms;

/// `AnswerQuestion`, with who answers.
pub struct Answering {
    pub user: PersonId,
    /// Of the guest's cookie in the same browser.
    pub guest_cookie: TokenHash,
    pub is_acted: bool,
    pub continue_here: bool,
    pub terms: ConversionTerms,
    pub by: By,
}

/// Yes: the guest becomes the user. No: the guest keeps the conversation, and this browser's guest session ends.
pub async fn answer(tx: &mut Tx<'_>, answering: &Answering) -> Result<(), Refusal> {
    let asked = Asked {
        user: &answering.user,
        guest_cookie: &answering.guest_cookie,
        is_acted: answering.is_acted,
        terms: answering.terms.clone(),
        now: answering.by.now,
    };
    let Some(guest) = find_asked_about(tx.connection(), &asked).await? else {
        return Ok(());
    };
    if answering.continue_here {
        let becoming = Becoming {
            guest,
            became: answering.user.clone(),
            proof: Proof::SameBrowser,
        };
        convert(tx, &answering.by, &becoming).await?;
        return Ok(());
    }
    end_guest_session(tx.connection(), &answering.guest_cookie, answering.by.now).await?;
    tx.tell(Fact::SessionsEnded {
        owner: guest,
        ended: vec![answering.guest_cookie.clone()],
    });
    Ok(())
}
