//! Heads: conversations as somebody sees them in a list, or above a thread.

use super::row::read_heads;
use crate::database::AnyConnection;
use shared::{
    conversation::Conversation,
    ids::{ConversationId, PersonId, Time},
};
use sqlx::Error;

/// A conversation with what only the server needs to know about it.
#[derive(Clone)]
pub struct Head {
    pub owner: PersonId,
    /// As the viewer sees it; `customer` is filled in for everybody, and taken away from those who may not see it.
    pub conversation: Conversation,
}

impl Head {
    /// The customer's own view.
    pub fn for_customer(self) -> Conversation {
        Conversation {
            customer: None,
            ..self.conversation
        }
    }

    /// With the page that the customer is on, where known.
    pub fn for_staff(mut self, page: Option<String>) -> Conversation {
        if let Some(customer) = &mut self.conversation.customer {
            customer.page = page;
        }
        self.conversation
    }
}

/// Through whose eyes a conversation is read.
#[derive(Clone, Copy, Debug)]
pub struct Viewer<'a> {
    pub person_id: &'a PersonId,
    /// Staff: since when they answer; nothing older is unread for them. Others: the beginning of time.
    pub since: Time,
}

/// Where a page of conversations begins: below this activity. Newest activity first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Below {
    pub last_activity_at: Time,
    pub conversation_id: String,
}

impl Below {
    /// The first page.
    pub const fn top() -> Self {
        Self {
            last_activity_at: Time(i64::MAX),
            conversation_id: String::new(),
        }
    }
}

// One statement for a page of heads: the conversation, its last message, its owner, the viewer's own place in it, what
// is unread, and the three colleagues who wrote last (so a conversation takes up to three rows).
macro_rules! heads {
    ($page:literal) => {
        concat!(
            "with page as (",
            $page,
            ")
            , colleague as (
                select
                    w.conversation_id, w.person_id,
                    row_number() over (partition by w.conversation_id order by w.last_written_position desc) as place
                from page
                join participant w on w.conversation_id = page.conversation_id
                where w.side = 'staff' and w.last_written_position > 0
            )
            select
                page.conversation_id, page.kind, page.owner, page.revision, page.last_position, page.last_activity_at,
                page.customer_seen_position, page.staff_seen_position, page.last_staff_position,
                o.kind as owner_kind, o.display_name as owner_name, o.email_as_typed as owner_email,
                case when o.email_verified then 1 else 0 end as owner_verified,
                coalesce(own.seen_position, 0) as own_seen,
                (
                    select count(*)
                    from (
                        select 1 as one
                        from message u
                        where u.conversation_id = page.conversation_id
                            and u.position > coalesce(own.seen_position, 0)
                            and u.side = case when page.owner = $1 then 'staff' else 'customer' end
                            and (page.owner = $1 or (u.position > page.last_staff_position and u.sent_at > $2))
                        limit 100
                    ) as counted
                ) as unread,
                m.message_id, m.position, m.kind as message_kind, m.side, m.author, m.client_id,
                substr(m.body, 1, 200) as body, m.reply_to, m.sent_at,
                a.display_name as author_name,
                colleague.person_id as colleague_id, s.display_name as colleague_name
            from page
            join person o on o.person_id = page.owner
            left join participant own on own.conversation_id = page.conversation_id and own.person_id = $1
            left join message m on m.conversation_id = page.conversation_id and m.position = page.last_position
            left join person a on a.person_id = m.author
            left join colleague on colleague.conversation_id = page.conversation_id and colleague.place <= 3
            left join person s on s.person_id = colleague.person_id
            order by page.last_activity_at desc, page.conversation_id desc, colleague.place"
        )
    };
}
pub(crate) use heads;

/// One conversation.
pub async fn find_head(
    connection: &mut AnyConnection,
    viewer: Viewer<'_>,
    conversation_id: &ConversationId,
) -> Result<Option<Head>, Error> {
    let rows = sqlx::query(heads!(
        "select * from conversation where conversation_id = $3"
    ))
    .bind(viewer.person_id.as_str())
    .bind(viewer.since.0)
    .bind(conversation_id.as_str())
    .fetch_all(connection)
    .await?;
    Ok(read_heads(&rows)?.pop())
}

/// **Shape**: what the viewer owns, newest activity first, at most `limit`.
pub async fn list_own(
    connection: &mut AnyConnection,
    viewer: Viewer<'_>,
    below: &Below,
    limit: u32,
) -> Result<Vec<Head>, Error> {
    let rows = sqlx::query(heads!(
        "select *
        from conversation
        where owner = $1 and (last_activity_at, conversation_id) < ($3, $4)
        order by last_activity_at desc, conversation_id desc
        limit $5"
    ))
    .bind(viewer.person_id.as_str())
    .bind(viewer.since.0)
    .bind(below.last_activity_at.0)
    .bind(below.conversation_id.as_str())
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await?;
    read_heads(&rows)
}
