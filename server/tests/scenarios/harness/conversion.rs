//! Guests who become users: what the host says of them, and what is stored.

use super::{
    person::{Answer, Browser},
    site::Site,
};
use serde_json::{Value, json};
use shared::{
    identity::{Session, SignIn},
    ids::ConversationId,
    samples::Person,
};
use sqlx::{AssertSqlSafe, Row};

impl Site {
    /// What the host says of somebody whose address it verified.
    pub fn verified_claims(&self, person: &Person) -> Value {
        let mut claims = self.claims(person);
        claims["email_verified"] = json!(true);
        claims
    }

    /// The rows of a statement that selects one text.
    pub async fn texts(&self, statement: &'static str) -> Vec<String> {
        let mut connection = self.app().database.read().await.unwrap();
        let rows = sqlx::query(AssertSqlSafe(statement))
            .fetch_all(&mut *connection)
            .await
            .unwrap();
        rows.iter().map(|row| row.get(0)).collect()
    }
}

impl Browser<'_> {
    /// Brings a token that the host signed over these claims.
    pub async fn brings(&mut self, claims: &Value) -> Answer {
        let token = self.site.signs(claims);
        self.writes("POST", "/api/session", &SignIn { token }).await
    }

    /// Exchanges a fresh token that says the address is verified.
    pub async fn signs_in_verified(&mut self) -> Session {
        let claims = self.site.verified_claims(self.person);
        self.brings(&claims).await.read().unwrap()
    }

    /// Which conversations are listed as the browser's own, the latest first.
    pub async fn own(&self) -> Vec<ConversationId> {
        let page = self.lists_own().await;
        page.conversations
            .into_iter()
            .map(|conversation| conversation.conversation_id)
            .collect()
    }
}
