//! Reports: messages that somebody found wrong, for admins to look at.
//!
//! The laws: only what the other side wrote, in a conversation that the reporter may see; the same message reported
//! twice by one person is one report; who is reported is not told.
//!
//! Routes: `POST /api/conversations/{id}/report`; `GET /api/admin/reports`; `POST /api/admin/reports/{id}/dismiss`.

/// What changes reports, inside the writer's transaction.
pub mod change;
/// One handler for each route.
pub mod http;
/// Which message may be reported, and in which words.
pub mod rules;
/// How they are kept and read.
pub mod store;
