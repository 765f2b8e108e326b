//! The inbox's question.

use crate::conversation::list_state::Page;
use crate::conversation::listing::Chosen;
use crate::net::path::with;
use crate::net::{Failure, Method, call};
use shared::inbox::InboxPage;
use std::pin::Pin;

/// Support conversations, newest activity first.
pub fn list_inbox(
    cursor: Option<String>,
    chosen: Chosen,
) -> Pin<Box<dyn Future<Output = Result<Page, Failure>>>> {
    Box::pin(async move {
        let filter = (chosen == Chosen::Unanswered).then(|| "unanswered".to_owned());
        let page: InboxPage = call(
            Method::Get,
            &with("/api/inbox", &[("filter", filter), ("cursor", cursor)]),
            None,
        )
        .await?;
        Ok(Page {
            conversations: page.conversations,
            cursor: page.cursor,
            unread_conversations: Some(page.unread_conversations),
        })
    })
}
