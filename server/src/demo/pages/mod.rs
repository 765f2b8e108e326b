//! The shop's pages, as any host site would make them on its server.
//!
//! The law: the only thing of the chat on a page is its script tag. Every text goes through the escaping of `maud`.

/// Sign in, sign up.
pub mod account;
/// Home, the products, about, privacy.
pub mod goods;
/// What every page has around it.
pub mod layout;
/// Everybody's mailbox.
pub mod mails;
/// What somebody does about their own account.
pub mod own_account;
