//! Asking for a code and entering one, inside the writer's transaction.
//!
//! The laws: asking leaves the same rows whether or not there is anything under the address. A try is taken before it is
//! known how it ends; a right code is burned in the transaction that believes it, together with all that follows.

use super::keyed::CodeKey;
use super::rules::{CODES, MailCode, may_mail};
use super::store::{self, NewCode, Try};
use crate::conversation::announce::Fact;
use crate::conversation::store::{list_support_of, raise_revision};
use crate::conversion::change::{ByCode, ConversionTerms, convert_by_code, find_bringable};
use crate::database::writer::Tx;
use crate::error::Refusal;
use crate::identity::store::{
    NewSession, SessionKind, find_ended_guest, find_session, insert_session,
};
use crate::identity::token::TokenHash;
use crate::person::email::Email;
use crate::person::store::{find_person, insert_guest, update_email_proven};
use crate::safety::audit::{self, By, Done};
use shared::ids::{PersonId, Time};
use shared::limits::CODE_MINUTES;
use shared::problem::{Field, Problem, ProblemCode};
use shared::text::Name;

const MINUTE_MS: i64 = 60_000;

/// The session that asks, or enters. A guest's may be a cookie that nobody stands behind yet.
#[derive(Clone)]
pub struct Holder {
    pub kind: SessionKind,
    pub session: TokenHash,
    /// Staff (G5), or somebody who is signed in as somebody else (C9): no mailbox brings them anything.
    pub is_barred: bool,
    pub terms: ConversionTerms,
}

/// `AskForCode`, parsed.
pub struct Asking {
    pub holder: Holder,
    pub email: Email,
    pub by: By,
}

/// A code that is to be mailed.
pub struct Mailing {
    pub email: Email,
    pub code: MailCode,
    /// Whose address it is: the latest of them to write.
    pub guest: PersonId,
    pub by: By,
}

/// Keeps a fresh code for the session. `None`: nothing is mailed, because there is nothing under the address, or because
/// it was asked about too often.
pub async fn ask(tx: &mut Tx<'_>, asking: &Asking) -> Result<Option<Mailing>, Refusal> {
    let Asking { holder, email, by } = asking;
    let key = key(tx, by).await?;
    let email_hash = key.hash_address(email.normalised());
    let asked = store::count_requests(tx.connection(), &email_hash, by.now).await?;
    if !may_mail(asked) {
        return Ok(None);
    }
    store::insert_request(tx.connection(), &by.mint.token(), &email_hash, by.now).await?;
    let own = find_own(tx, holder, by.now).await?;
    let guest = find_newest(tx, holder, own.as_ref(), email.normalised(), by.now).await?;
    let (code, chance) = (MailCode::of(by.mint.below(CODES)), by.mint.token());
    let code_hash = match &guest {
        Some(_) => key.hash_code(&code, &holder.session, email.normalised()),
        None => key.hash_nothing(&chance),
    };
    let new = NewCode {
        session: &holder.session,
        email: email.normalised(),
        code_hash: &code_hash,
        expires_at: Time(by.now.0 + CODE_MINUTES * MINUTE_MS),
    };
    store::replace_code(tx.connection(), &new, by.now).await?;
    Ok(guest.map(|guest| Mailing {
        email: email.clone(),
        code,
        guest,
        by: By {
            actor: own,
            ..by.clone()
        },
    }))
}

async fn key(tx: &mut Tx<'_>, by: &By) -> Result<CodeKey, Refusal> {
    Ok(store::get_key(tx.connection(), &by.mint.token(), by.now).await?)
}

/// Whose session it is. `None`: a visitor's.
async fn find_own(
    tx: &mut Tx<'_>,
    holder: &Holder,
    now: Time,
) -> Result<Option<PersonId>, Refusal> {
    let found = find_session(tx.connection(), holder.kind, &holder.session, now).await?;
    Ok(found.map(|session| session.person_id))
}

/// The latest to write of the guests whom a code would bring.
async fn find_newest(
    tx: &mut Tx<'_>,
    holder: &Holder,
    own: Option<&PersonId>,
    email: &str,
    now: Time,
) -> Result<Option<PersonId>, Refusal> {
    let guests = find_bringable(tx.connection(), &holder.terms, email, own, now).await?;
    let newest = guests.into_iter().next().map(|guest| guest.person_id);
    Ok(newest.filter(|_| !holder.is_barred))
}

/// `EnterCode`, parsed.
pub struct Entering {
    pub holder: Holder,
    pub code: MailCode,
    /// Taken by a visitor who becomes a guest.
    pub person_id: PersonId,
    /// The end of the session that such a guest gets.
    pub session_ends: Time,
    pub by: By,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entered {
    /// What was under the address is whoever's entered it.
    Brought,
    /// One and the same 401, whatever the reason. The try that it took is stored.
    Refused,
}

/// Takes a try of the session's code, and does what a right one is worth.
///
/// **Errors**: `code_refused` where somebody else was quicker, and nothing of it happened.
pub async fn enter(tx: &mut Tx<'_>, entering: &Entering) -> Result<Entered, Refusal> {
    let Entering {
        holder, code, by, ..
    } = entering;
    let taken = store::take_try(tx.connection(), &holder.session, by.now).await?;
    let Some(taken) = taken else {
        return Ok(Entered::Refused);
    };
    let own = find_own(tx, holder, by.now).await?;
    let key = key(tx, by).await?;
    if !key.is_hash_of(&taken.code_hash, code, &holder.session, &taken.email) {
        burn_if_last(tx, holder, &taken, own.as_ref(), by).await?;
        return Ok(Entered::Refused);
    }
    store::delete_code(tx.connection(), &holder.session).await?;
    let newest = find_newest(tx, holder, own.as_ref(), &taken.email, by.now).await?;
    let Some(newest) = newest else {
        return Ok(Entered::Refused);
    };
    let became = match own {
        Some(own) => own,
        None if is_dead(tx, holder).await? => return Ok(Entered::Refused),
        None => begin_guest(tx, entering, &newest, &taken.email).await?,
    };
    let by = By {
        actor: Some(became.clone()),
        ..by.clone()
    };
    prove(tx, &became, &taken.email, by.now).await?;
    let done = Done::CodeEntered {
        person: became.clone(),
    };
    audit::record(tx.connection(), &by, &done).await?;
    let right = ByCode {
        email: taken.email,
        became,
        is_acted: holder.is_barred,
        terms: holder.terms.clone(),
    };
    if convert_by_code(tx, &by, &right).await?.is_empty() {
        return Err(code_refused().into());
    }
    Ok(Entered::Brought)
}

/// The answer to whatever is not a right code.
pub const fn code_refused() -> Problem {
    Problem::about(ProblemCode::CodeRefused, Field::Code)
}

async fn burn_if_last(
    tx: &mut Tx<'_>,
    holder: &Holder,
    taken: &Try,
    own: Option<&PersonId>,
    by: &By,
) -> Result<(), Refusal> {
    if !taken.is_last {
        return Ok(());
    }
    store::delete_code(tx.connection(), &holder.session).await?;
    let done = Done::CodeBurned {
        person: own.cloned(),
    };
    audit::record(tx.connection(), by, &done).await
}

/// Whether nobody can stand behind it any more: a user's session that ended, a guest's that a conversion ended.
async fn is_dead(tx: &mut Tx<'_>, holder: &Holder) -> Result<bool, Refusal> {
    Ok(match holder.kind {
        SessionKind::Guest => find_ended_guest(tx.connection(), &holder.session)
            .await?
            .is_some(),
        SessionKind::User | SessionKind::Admin => true,
    })
}

/// A visitor who showed the mailbox is a guest from now on: by the name and the address of the newest of them.
async fn begin_guest(
    tx: &mut Tx<'_>,
    entering: &Entering,
    newest: &PersonId,
    email: &str,
) -> Result<PersonId, Refusal> {
    let now = entering.by.now;
    let former = find_person(tx.connection(), newest).await?;
    let former = former.ok_or(Refusal::Broken("a guest who was found is there"))?;
    let name = Name::parse(&former.name).map_err(|_| Refusal::Broken("guests have names"))?;
    let email = Email::parse(former.email.as_deref().unwrap_or(email))
        .map_err(|_| Refusal::Broken("guests have addresses"))?;
    insert_guest(tx.connection(), &entering.person_id, &name, &email, now).await?;
    let session = NewSession {
        token_hash: &entering.holder.session,
        kind: SessionKind::Guest,
        person_id: &entering.person_id,
        device: "",
        expires_at: entering.session_ends,
        signed_by: None,
        acted_by: None,
    };
    insert_session(tx.connection(), &session, now).await?;
    Ok(entering.person_id.clone())
}

/// A guest's own address is proven with it, which their conversations show to whoever answers them.
async fn prove(tx: &mut Tx<'_>, guest: &PersonId, email: &str, now: Time) -> Result<(), Refusal> {
    if !update_email_proven(tx.connection(), guest, email, now).await? {
        return Ok(());
    }
    for conversation_id in list_support_of(tx.connection(), guest).await? {
        let standing = raise_revision(tx.connection(), &conversation_id).await?;
        tx.tell(Fact::Changed {
            conversation_id,
            owner: guest.clone(),
            peer: None,
            revision: standing.revision,
        });
    }
    Ok(())
}
