//! Erasing somebody, inside the writer's transaction: the person, what was said with them, and their claim to an address.
//!
//! The laws: positions, times and ids stay, words and names go; it cannot be taken back. Guests who became this person
//! are this person. Where somebody asked for it, other guests of the same address lose it, so that whoever registers
//! later with a recycled address gets nothing of theirs; where only time passed, they are somebody's who goes on.

use super::{
    store::{self, Person, delete_claims, list_admins},
    whom::{Whom, get_whom, list_addresses, list_everybody},
};
use crate::{
    account,
    conversation::{
        announce::Fact,
        store::{self as conversations, Touched},
    },
    database::{
        backup::erased::{Gone, How},
        writer::Tx,
    },
    error::Refusal,
    group::store::delete_memberships,
    identity::store::{delete_sessions_of, end_guest_sessions},
    mail_code::store::{delete_codes_for, delete_codes_of},
    safety::{
        audit::{self, By, Done},
        report::store::update_reasons_blank,
    },
    settings::store::raise_policy_version,
};
use shared::{
    ids::{HostKeyId, PersonId, Time},
    problem::ProblemCode,
    text::Name,
};

/// What somebody is called who was erased.
const ERASED: &str = "Erased";

/// An erasure, asked for.
pub struct Erasing {
    pub whom: Whom,
    /// By which key of the host's server. `None`: by an admin.
    pub key: Option<HostKeyId>,
    pub by: By,
}

/// Erases somebody.
///
/// **Errors**: `not_found`, also for somebody who is erased already; `last_admin`.
pub async fn erase(tx: &mut Tx<'_>, erasing: &Erasing) -> Result<(), Refusal> {
    let (by, now) = (&erasing.by, erasing.by.now);
    let person = get_whom(tx.connection(), &erasing.whom).await?;
    may_go(tx, &person).await?;
    let addresses = list_addresses(tx.connection(), &person).await?;
    let mut touched = forget(tx, &person.person_id, now).await?;
    for address in &addresses {
        delete_codes_for(tx.connection(), address).await?;
        account::store::invitation::delete_invitations_to(tx.connection(), address).await?;
        for claimant in delete_claims(tx.connection(), address, now).await? {
            touched.extend(conversations::touch_of_owner(tx.connection(), &claimant).await?);
        }
    }
    raise_policy_version(tx.connection()).await?;
    tell(tx, touched);
    let done = Done::PersonErased {
        person: person.person_id,
        key: erasing.key.clone(),
    };
    audit::record(tx.connection(), by, &done).await
}

/// What became of somebody who was erased in a database that a backup took the place of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    Erased,
    /// They are erased in the backup too, or are not in it.
    WasGone,
    /// Nobody else would be left to administer the site.
    LastAdmin,
}

/// Erases somebody whom a backup brought back, the way they were erased before.
///
/// **Errors**: the database's.
pub async fn again(tx: &mut Tx<'_>, by: &By, gone: &Gone) -> Result<Again, Refusal> {
    let erased = match gone.how {
        How::Asked => {
            let erasing = Erasing {
                whom: Whom::Person(gone.person_id.clone()),
                key: None,
                by: by.clone(),
            };
            erase(tx, &erasing).await
        }
        How::Aged => match get_whom(tx.connection(), &Whom::Person(gone.person_id.clone())).await {
            Ok(person) => forget(tx, &person.person_id, by.now).await.map(|_| ()),
            Err(refusal) => Err(refusal),
        },
    };
    match erased {
        Ok(()) => Ok(Again::Erased),
        Err(Refusal::Problem(problem)) => match problem.code {
            ProblemCode::NotFound => Ok(Again::WasGone),
            ProblemCode::LastAdmin => Ok(Again::LastAdmin),
            _ => Err(problem.into()),
        },
        Err(refusal) => Err(refusal),
    }
}

/// Takes from everything that is somebody's what says who they are and what was said with them: what erasures have in
/// common, whoever or whatever asks for them. **Shape**: conversations of which something changed; see [`tell`].
///
/// **Errors**: the database's.
pub async fn forget(
    tx: &mut Tx<'_>,
    person_id: &PersonId,
    now: Time,
) -> Result<Vec<Touched>, Refusal> {
    // What they were before is the same person. Their texts go while it is still known whose they are.
    let everybody = list_everybody(tx.connection(), person_id).await?;
    let mut touched = Vec::new();
    for person_id in &everybody {
        touched.extend(conversations::erase_texts(tx.connection(), person_id, now).await?);
        update_reasons_blank(tx.connection(), person_id).await?;
        end_everything(tx, person_id, now).await?;
        store::update_erased(tx.connection(), person_id, &erased(), now).await?;
    }
    Ok(touched)
}

/// Tells whoever has these conversations open that they changed.
pub fn tell(tx: &mut Tx<'_>, touched: Vec<Touched>) {
    for conversation in touched {
        let Touched {
            conversation_id,
            owner,
            peer,
            revision,
        } = conversation;
        tx.tell(Fact::Changed {
            conversation_id,
            owner,
            peer,
            revision,
        });
    }
}

/// **Errors**: `last_admin` where nobody would be left to administer the site.
async fn may_go(tx: &mut Tx<'_>, person: &Person) -> Result<(), Refusal> {
    let admins = list_admins(tx.connection()).await?;
    let is_last = admins
        .iter()
        .all(|admin| admin.person_id == person.person_id);
    if is_last && !admins.is_empty() {
        return Err(ProblemCode::LastAdmin.into());
    }
    Ok(())
}

/// Sessions, account, links, memberships. A guest's cookie is nobody's from now on, and becomes no other guest.
async fn end_everything(tx: &mut Tx<'_>, person_id: &PersonId, now: Time) -> Result<(), Refusal> {
    // The address that a code was asked for under is theirs, also where it is only one that they typed.
    delete_codes_of(tx.connection(), person_id).await?;
    let mut ended = end_guest_sessions(tx.connection(), person_id, now).await?;
    ended.extend(delete_sessions_of(tx.connection(), person_id, now).await?);
    account::store::delete_account(tx.connection(), person_id).await?;
    account::store::invitation::delete_invitations_for(tx.connection(), person_id).await?;
    delete_memberships(tx.connection(), person_id).await?;
    // Their sockets are closed before anybody is told of anything.
    tx.tell(Fact::SessionsEnded {
        owner: person_id.clone(),
        ended,
    });
    Ok(())
}

fn erased() -> Name {
    Name::parse(ERASED).expect("it is a name")
}
