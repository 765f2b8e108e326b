//! The host site's server: it says who its users are and that an address was verified, and has a user erased.
//!
//! The laws: a key of the admin page opens these routes and nothing else, and only those of its scope; no cookie is
//! looked at, and no browser belongs here, so a call that says where it comes from is refused. What a key says of a
//! user counts as what an identity token says of them.
//!
//! Routes: `GET|PUT|DELETE /api/host/users/{external_id}`, `POST /api/host/users/{external_id}/email-verified`; the
//! keys themselves: `GET|POST /api/admin/host-keys`, `DELETE /api/admin/host-keys/{id}`; and `GET /api/openapi.json`,
//! which says all of this to programs.

/// Who is calling: from a header to a key.
pub mod caller;
/// What the host's server changes about its users, inside the writer's transaction.
pub mod change;
/// The routes.
pub mod http;
/// The keys: made and revoked on the admin page.
pub mod key;
/// The document that programs read.
pub mod openapi;
