//! Conversations, as admins see them.
//!
//! The law: fetching messages is reading along, so it is done only for what is shown.

use crate::admin::api;
use crate::net::path::with;
use crate::net::{Failure, Method};
use shared::conversion::{ConversionList, ConversionRow, SameAddress, SameAddressRow};
use shared::ids::{ConversationId, ConversionId, Position};
use shared::safety::{AdminConversation, AdminConversationPage, AdminThread};

const CONVERSATIONS: &str = "/api/admin/conversations";
const CONVERSIONS: &str = "/api/admin/conversions";

/// Which conversations. **Shape**: `None` asks for all of them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// `users` or `guests`.
    pub of: &'static str,
    /// `support` or `direct`.
    pub kind: Option<String>,
    /// `unanswered` or `blocked`.
    pub filter: Option<String>,
    pub search: Option<String>,
}

pub async fn conversations(
    asked: Asked,
    cursor: Option<String>,
) -> Result<(Vec<AdminConversation>, Option<String>), Failure> {
    let parameters = [
        ("of", Some(asked.of.into())),
        ("kind", asked.kind),
        ("filter", asked.filter),
        ("search", asked.search),
        ("cursor", cursor),
    ];
    let page: AdminConversationPage = api::get(&with(CONVERSATIONS, &parameters)).await?;
    Ok((page.conversations, page.cursor))
}

/// The newest messages, or those before a position.
pub async fn messages(
    conversation_id: ConversationId,
    before: Option<Position>,
) -> Result<AdminThread, Failure> {
    let path = [CONVERSATIONS, "/", conversation_id.as_str(), "/messages"].concat();
    let before = before.map(|position| position.0.to_string());
    api::get(&with(&path, &[("before", before)])).await
}

/// How a conversation came to who owns it. **Shape**: the newest first; empty: it was never anybody else's.
pub async fn conversions(conversation_id: ConversationId) -> Result<Vec<ConversionRow>, Failure> {
    let path = [CONVERSATIONS, "/", conversation_id.as_str(), "/conversions"].concat();
    let list: ConversionList = api::get(&path).await?;
    Ok(list.conversions)
}

/// Conversations of others with exactly its customer's address.
pub async fn same_address(conversation_id: ConversationId) -> Result<Vec<SameAddressRow>, Failure> {
    let path = [
        CONVERSATIONS,
        "/",
        conversation_id.as_str(),
        "/same-address",
    ]
    .concat();
    let hint: SameAddress = api::get(&path).await?;
    Ok(hint.conversations)
}

/// Gives a conversation back to its guest.
pub async fn undo(conversion_id: ConversionId) -> Result<(), Failure> {
    let path = [CONVERSIONS, "/", conversion_id.as_str(), "/undo"].concat();
    api::order(Method::Post, &path).await
}
