//! What every call says of itself.
//!
//! The law: on whose behalf the page speaks, and that it reads our own encoding.

use shared::wire;

/// On whose behalf this page speaks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Vouched {
    /// The page vouches for nobody: the guest's cookie counts.
    Visitor,
    /// The page vouched for a user: the user's cookie counts.
    User,
    /// The admin page: only the admin's own cookie counts.
    Admin,
}

/// On whose behalf, and in which encoding.
pub(super) const fn heading(behalf: Vouched) -> [(&'static str, &'static str); 2] {
    let behalf = match behalf {
        Vouched::Visitor => wire::AS_VISITOR,
        Vouched::User => wire::AS_USER,
        Vouched::Admin => wire::AS_ADMIN,
    };
    [(wire::HEADER, behalf), ("accept", wire::POSTCARD)]
}
