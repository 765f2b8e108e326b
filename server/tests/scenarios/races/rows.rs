//! What is stored, as the oracle reads it.

use super::story::{Story, World};
use sqlx::{Row as _, any::AnyRow};
use std::collections::HashMap;

#[derive(Debug)]
pub struct Conversation {
    pub owner: String,
    pub owner_kind: String,
    pub opened_by: String,
    pub last_position: i64,
    pub last_customer: i64,
    pub last_staff: i64,
}

#[derive(Debug)]
pub struct Message {
    pub conversation_id: String,
    pub position: i64,
    pub message_id: String,
    pub side: String,
    pub author: Option<String>,
    pub client_id: Option<String>,
    pub body: String,
}

#[derive(Debug)]
pub struct Conversion {
    pub guest: String,
    pub became: String,
    pub cut: i64,
    pub is_undone: bool,
    pub carried_to: Option<String>,
}

/// Everything that the stories left behind.
pub struct Rows {
    pub conversations: HashMap<String, Conversation>,
    /// By conversation, ascending.
    pub messages: HashMap<String, Vec<Message>>,
    pub conversions: HashMap<String, Vec<Conversion>>,
    /// By conversation and action.
    pub audited: HashMap<(String, String), usize>,
    /// Guests who have a session.
    pub guests: HashMap<String, usize>,
    /// Users by what the host calls them.
    pub users: HashMap<String, String>,
    /// `(conversation, person)`: the highest position that they wrote, and that they saw.
    pub participants: HashMap<(String, String), (i64, i64)>,
}

fn text(row: &AnyRow, column: &str) -> String {
    row.get(column)
}

fn number(row: &AnyRow, column: &str) -> i64 {
    row.get(column)
}

async fn rows(world: &World<'_>, statement: &'static str) -> Vec<AnyRow> {
    let mut connection = world.nodes[0].app().database.read().await.unwrap();
    sqlx::query(statement)
        .fetch_all(&mut *connection)
        .await
        .unwrap()
}

impl World<'_> {
    /// Whether the story's conversion is taken back, as far as anybody has stored it.
    pub async fn is_taken_back(&self, story: &Story<'_>) -> bool {
        loop {
            // A server that is just killed answers nothing.
            if let Some(app) = self.nodes[0].running()
                && let Ok(mut connection) = app.database.read().await
                && let Ok(row) = sqlx::query(
                    "select count(*) as many from conversion where conversation_id = $1 and undone_at is not null",
                )
                .bind(story.conversation_id.as_str())
                .fetch_one(&mut *connection)
                .await
            {
                return number(&row, "many") == 1;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }
}

impl Rows {
    pub async fn read(world: &World<'_>) -> Self {
        let mut found = Self {
            conversations: HashMap::new(),
            messages: HashMap::new(),
            conversions: HashMap::new(),
            audited: HashMap::new(),
            guests: HashMap::new(),
            users: HashMap::new(),
            participants: HashMap::new(),
        };
        found.read_threads(world).await;
        found.read_conversions(world).await;
        for row in rows(world, "select person_id from session where kind = 'guest'").await {
            *found.guests.entry(text(&row, "person_id")).or_default() += 1;
        }
        for row in rows(
            world,
            "select external_id, person_id from person where external_id is not null",
        )
        .await
        {
            found
                .users
                .insert(text(&row, "external_id"), text(&row, "person_id"));
        }
        found
    }

    async fn read_threads(&mut self, world: &World<'_>) {
        for row in rows(
            world,
            "select conversation_id, owner, owner_kind, opened_by, last_position, last_customer_position, last_staff_position
            from conversation",
        )
        .await
        {
            let conversation = Conversation {
                owner: text(&row, "owner"),
                owner_kind: text(&row, "owner_kind"),
                opened_by: text(&row, "opened_by"),
                last_position: number(&row, "last_position"),
                last_customer: number(&row, "last_customer_position"),
                last_staff: number(&row, "last_staff_position"),
            };
            self.conversations
                .insert(text(&row, "conversation_id"), conversation);
        }
        for row in rows(
            world,
            "select conversation_id, position, message_id, side, author, client_id, body
            from message
            order by conversation_id, position",
        )
        .await
        {
            let message = Message {
                conversation_id: text(&row, "conversation_id"),
                position: number(&row, "position"),
                message_id: text(&row, "message_id"),
                side: text(&row, "side"),
                author: row.get("author"),
                client_id: row.get("client_id"),
                body: text(&row, "body"),
            };
            let thread = self.messages.entry(message.conversation_id.clone());
            thread.or_default().push(message);
        }
        for row in rows(
            world,
            "select conversation_id, person_id, last_written_position, seen_position from participant",
        )
        .await
        {
            let key = (text(&row, "conversation_id"), text(&row, "person_id"));
            let positions = (
                number(&row, "last_written_position"),
                number(&row, "seen_position"),
            );
            self.participants.insert(key, positions);
        }
    }

    async fn read_conversions(&mut self, world: &World<'_>) {
        for row in rows(
            world,
            "select conversation_id, guest, became, cut, carried_to,
                case when undone_at is null then 0 else 1 end as is_undone
            from conversion",
        )
        .await
        {
            let conversion = Conversion {
                guest: text(&row, "guest"),
                became: text(&row, "became"),
                cut: number(&row, "cut"),
                is_undone: number(&row, "is_undone") == 1,
                carried_to: row.get("carried_to"),
            };
            let of_conversation = self.conversions.entry(text(&row, "conversation_id"));
            of_conversation.or_default().push(conversion);
        }
        for row in rows(
            world,
            "select action, particulars from audit where action in ('conversion_done', 'conversion_undone')",
        )
        .await
        {
            let particulars: serde_json::Value =
                serde_json::from_str(&text(&row, "particulars")).unwrap();
            let conversation = particulars["conversation"].as_str().unwrap().to_owned();
            *self
                .audited
                .entry((conversation, text(&row, "action")))
                .or_default() += 1;
        }
    }
}
