//! Giving somebody an account from outside a conversation: the demonstration, the tests.
//!
//! The laws: who is given an account is a user who is there already, and nobody becomes anybody by it; who has one keeps
//! it.

use super::store::{find_account, insert_account};
use crate::database::writer::Tx;
use crate::error::Refusal;
use crate::person::email::Email;
use crate::person::store::Person;
use crate::safety::audit::{self, By, Done};

/// Lets a user sign in with this address and the password of this hash.
pub async fn give_account(
    tx: &mut Tx<'_>,
    by: &By,
    user: &Person,
    email: &Email,
    password_hash: &str,
) -> Result<(), Refusal> {
    let (person_id, login) = (&user.person_id, email.normalised());
    if find_account(tx.connection(), person_id).await?.is_some() {
        return Ok(());
    }
    insert_account(tx.connection(), person_id, login, password_hash, by.now).await?;
    let user = person_id.clone();
    audit::record(tx.connection(), by, &Done::PasswordChanged { user }).await
}
