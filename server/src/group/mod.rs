//! User groups; the guest group is the one that answers guests.
//!
//! The laws: guests see no group; users see the groups that they may chat with, and nobody else's. Somebody who joins
//! starts at the present.
//!
//! Routes: `GET /api/groups`, `GET /api/groups/{id}/people`, `GET /api/people`; on the admin page `GET`, `POST
//! /api/admin/groups`, `PUT`, `DELETE …/{id}`, `GET …/{id}/members`, `PUT`, `DELETE …/{id}/members/{person_id}`, `PUT
//! /api/admin/permissions`.

/// What admins do.
pub mod admin;
/// Changing groups and memberships.
pub mod change;
/// What users do.
pub mod http;
/// Whom somebody finds.
pub mod rules;
/// How the server keeps user groups and who is in them.
pub mod store;
