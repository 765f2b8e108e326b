//! Commands by HTTP: one call, one answer or one failure.
//!
//! The law: a failure is a value with a sentence; nothing here retries on its own but a stale identity, once.
