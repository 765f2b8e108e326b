//! The cast on the shop's side: those who have an account there.
//!
//! The law: the account's id is the `sub` by which the chat knows them.

use super::store::{Account, ShopStore};
use shared::{
    ids::Time,
    samples::{ADA, MINA, NOOR, TEO},
};

/// Gives the cast their accounts. Those who have one keep it.
pub async fn insert_cast(store: &ShopStore, now: Time) -> sqlx::Result<()> {
    for person in [NOOR, MINA, TEO, ADA] {
        let account = Account {
            account_id: person.key.into(),
            name: person.name.into(),
            email: person.email.into(),
            email_verified: true,
            password_hash: None,
            told_email: None,
        };
        store.insert_account(&account, now).await?;
    }
    Ok(())
}
