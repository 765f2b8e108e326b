//! The plain models of the widget, tried natively: what is kept, in which order, and how it is shown.
#![forbid(unsafe_code)]

mod message_log;
mod notices;
mod outbox;
mod outbox_writers;
