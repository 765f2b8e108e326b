//! Who is meant when somebody is erased, or their export is asked for.
//!
//! The law: guests who became somebody are that somebody, by however many steps. What a guest only typed as an address is
//! nobody's: others may have typed it too. Whoever was erased is nobody.

use super::{
    email::Email,
    store::{Person, PersonKind, find_address, find_person, find_user, is_erased},
};
use crate::{
    account,
    conversion::store::list_guests_who_became,
    database::{AnyConnection, DatabaseError},
    error::Refusal,
    identity::claims::Subject,
};
use shared::{ids::PersonId, problem::ProblemCode};

/// Who is meant.
#[derive(Clone, Debug)]
pub enum Whom {
    /// A user, by the host's own id.
    OfHost(Subject),
    /// A guest or a user.
    Person(PersonId),
}

/// **Errors**: `not_found`, also for somebody who was erased.
pub async fn get_whom(connection: &mut AnyConnection, whom: &Whom) -> Result<Person, Refusal> {
    let found = match whom {
        Whom::OfHost(subject) => find_user(connection, subject.as_str()).await?,
        Whom::Person(person_id) => find_person(connection, person_id).await?,
    };
    let person = found.ok_or(ProblemCode::NotFound)?;
    if is_erased(connection, &person.person_id).await? {
        return Err(ProblemCode::NotFound.into());
    }
    Ok(person)
}

/// **Shape**: the addresses that are theirs, normalised, in order, each once.
pub async fn list_addresses(
    connection: &mut AnyConnection,
    person: &Person,
) -> Result<Vec<String>, DatabaseError> {
    let mut addresses = Vec::new();
    let address = find_address(connection, &person.person_id).await?;
    let theirs = address.filter(|address| person.kind == PersonKind::User || address.is_verified);
    addresses.extend(theirs.map(|address| address.normalised));
    let account = account::store::find_account(connection, &person.person_id).await?;
    let login = account.map(|account| account.login);
    addresses.extend(login.filter(|login| Email::parse(login).is_ok()));
    addresses.sort();
    addresses.dedup();
    Ok(addresses)
}

/// **Shape**: they themselves first, then every guest who became them, by however many steps.
pub async fn list_everybody(
    connection: &mut AnyConnection,
    person_id: &PersonId,
) -> Result<Vec<PersonId>, DatabaseError> {
    let mut everybody = vec![person_id.clone()];
    let mut looked_at = 0;
    while let Some(became) = everybody.get(looked_at).cloned() {
        looked_at += 1;
        for guest in list_guests_who_became(connection, &became).await? {
            if !everybody.contains(&guest) {
                everybody.push(guest);
            }
        }
    }
    Ok(everybody)
}
