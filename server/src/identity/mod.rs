//! Who is asking: cookies, sessions, identity tokens.
//!
//! The laws: an address is a label, never a key (D7). A session's token lives in a cookie that no script sees, and only
//! its hash is stored (D2). An identity token is fresh, stale or refused; why it was refused stands in the audit log
//! and nowhere else.
//!
//! Routes: `GET`, `POST`, `DELETE /api/session`; `POST`, `DELETE /api/guest`.

/// Beginning a session for somebody who has shown who they are.
pub mod begin;
/// Who is asking: from a cookie to a person.
pub mod caller;
/// A value inside an identity token.
mod claim_value;
/// What an identity token says about a user.
pub mod claims;
/// The three cookies.
pub mod cookies;
/// Which browser somebody signed in with.
pub mod device;
/// The identity token: how a host site vouches for its user.
pub mod host_token;
/// What somebody does about who they are.
pub mod http;
/// The keys with which host sites sign identity tokens.
pub mod keys;
/// Why an identity token was refused.
pub mod refusal;
/// Who may come in, and for how long.
pub mod rules;
/// Bytes that nobody may see.
pub mod secret;
/// The session as its caller sees it.
pub mod session_view;
/// Signing in and out, inside the writer's transaction.
pub mod sign_in;
/// How the server keeps sessions.
pub mod store;
/// Session tokens: what a cookie holds, and what of it is stored.
pub mod token;
/// Forgetting what has ended.
pub mod upkeep;
