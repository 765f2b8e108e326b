//! A guest's conversations becoming somebody's who proved to be that guest, and taking that back (D8).
//!
//! The laws: a conversion points, it rewrites no message. It happens in one transaction, once, whoever asks how often.
//! The guest's sessions end in it. What was undone is not done again by itself.
//!
//! Three doors lead here, each inside the writer's transaction:
//! - [`change::convert_arriving`]: the host vouches for a user, at a sign-in or by its server.
//!   `convert_arriving(tx, &by, &Arriving { user, guest_cookie, is_acted, terms: ConversionTerms::of(&settings) })`.
//! - [`change::convert_by_code`]: a code that was mailed to an address was entered.
//! - [`change::convert`]: one guest becomes somebody, where [`rules::plan_conversion`] has said so before.
//!
//! A fourth is [`change::answer`], the user's own yes. [`change::undo`] and [`change::not_me`] take it back.
//!
//! All of them answer the conversations that changed hands, close the guest's sockets and tell the readers after the
//! commit; there is nothing left to announce.
//!
//! Routes: `POST /api/conversion/answer`; `POST /api/conversations/{id}/not-me`; `GET …/same-address`;
//! `POST /api/admin/conversions/plan`; `POST /api/admin/conversions/{id}/undo`;
//! `GET /api/admin/conversations/{id}/conversions`; `GET /api/admin/conversations/{id}/same-address`.

/// Who is told.
pub mod announce;
/// Converting, inside the writer's transaction.
pub mod change;
/// What would happen under another policy.
mod dry_run;
/// One handler for each route.
pub mod http;
/// Which guests become somebody.
pub mod rules;
/// How conversions are kept.
pub mod store;
/// What a session shows of them.
pub mod view;
