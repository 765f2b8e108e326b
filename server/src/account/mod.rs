//! Porchlight accounts: how people sign in whose site has no log-in of its own, and how an admin gets to `/admin`.
//!
//! The laws: a password is hashed on threads of its own and never kept, logged or sent back; an address without an
//! account is answered like a wrong password and costs as much; whoever guesses waits longer each time; a link works
//! once, and only its hash is stored.
//!
//! Routes: `POST /api/account/session`; `POST /api/account/password`; `GET /api/account/sessions`,
//! `DELETE /api/account/sessions/{name}`; `POST`, `GET`, `DELETE /api/admin/session`; `POST /api/setup` and its `check`;
//! `POST /api/invitations` and its `check`; `GET`, `POST /api/admin/invitations`, `DELETE /api/admin/invitations/{id}`;
//! `GET /api/admin/people/{id}` and what an admin does about somebody.

/// What the admin page starts from.
pub mod admin_session;
/// How long whoever guesses has to wait.
pub mod back_off;
/// Giving somebody an account.
pub mod change;
/// A browser at a door: the cookies it brings and the cookies it takes away.
pub mod door;
/// Signing in and out by password, and what somebody does about their own account.
pub mod http;
/// Invitations, and links for a new password.
pub mod invitation;
/// The one module that hashes passwords.
pub mod password;
/// What an admin does about somebody.
pub mod people;
/// Which passwords are good ones, and what an admin should know.
pub mod rules;
/// Where somebody is signed in.
pub mod sessions;
/// The first admin.
pub mod set_up;
/// Changes of one's own account, inside the writer's transaction.
pub mod sign_in;
/// How the server keeps accounts, links and invitations.
pub mod store;
