//! A thread: its messages, its composer, what was sent and not yet acknowledged.
//!
//! The law: order is the position, never a clock; what was typed is kept until it is acknowledged.

/// Commands about conversations.
pub mod api;
/// One message, as a bubble.
pub mod bubble;
/// Where a message is written.
mod composer;
/// Conversations as rows.
mod conversation_list;
/// What somebody began to write.
pub mod drafts;
/// What an event changes in a conversation's head.
pub mod head;
/// Times in a thread.
pub mod labels;
/// Links in what people write.
pub mod links;
/// A conversation as a row of a list.
pub mod list_row;
/// A list of conversations as views show it.
pub mod list_state;
/// A list of conversations, newest activity first.
pub mod listing;
/// The thread from top to bottom.
mod message_list;
/// The messages of one conversation, as far as this frame has them.
pub mod message_log;
/// What a message says, as view nodes.
mod message_text;
/// What a thread says besides messages.
pub mod notice;
/// What was sent and not yet acknowledged.
pub mod outbox;
/// Sends what waits in the outbox.
pub mod outgoing;
/// A quoted message.
mod quote;
/// Where in a thread somebody is, and keeping it so.
mod reading_place;
/// Which durable changes this frame knows.
pub mod revision;
/// How a thread's rows are made.
mod row_maker;
/// The thread as it is shown: day lines, bubbles, ticks.
pub mod rows;
/// The open thread.
pub mod state;
/// With whom a thread is.
mod thread_header;
/// Who is writing just now.
mod typing_line;
/// Who is writing, where.
pub mod typists;

pub use bubble::BubbleActions;
pub use composer::Composer;
pub use conversation_list::ConversationList;
pub use message_list::{MessageList, Older};
pub use quote::reply_chip;
pub use thread_header::{customer_header, peer_header, support_header};
pub use typing_line::typing_line;
