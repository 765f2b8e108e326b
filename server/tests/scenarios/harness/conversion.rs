//! Guests who become users: what the host says of them, and what is stored.

use super::{
    person::{Answer, Browser, Refused},
    site::Site,
};
use serde_json::{Value, json};
use shared::{
    conversion::{AnswerQuestion, ConversionList, ConversionPolicy, ConversionRow},
    identity::{Session, SignIn},
    ids::{ConversationId, ConversionId},
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

impl Site {
    /// Runs a statement as if what it says had happened.
    pub async fn happened(&self, statement: &'static str) {
        let done = self
            .app()
            .writer
            .run(statement, |tx, statement| {
                Box::pin(async move {
                    sqlx::query(AssertSqlSafe(*statement))
                        .execute(tx.connection())
                        .await?;
                    Ok(())
                })
            })
            .await;
        done.unwrap();
    }

    /// Which proofs convert by themselves.
    pub async fn converts(&self, policy: ConversionPolicy) {
        self.sets(move |settings| settings.conversion = policy)
            .await;
    }
}

impl Browser<'_> {
    /// Answers the question (C2).
    pub async fn answers(&mut self, continue_here: bool) -> Session {
        let command = AnswerQuestion { continue_here };
        self.writes("POST", "/api/conversion/answer", &command)
            .await
            .read()
            .unwrap()
    }

    /// Says *Not me*, and the status that is answered.
    pub async fn says_not_me(&self, conversation_id: &ConversationId) -> u16 {
        let path = format!("/api/conversations/{conversation_id}/not-me");
        self.posts("POST", &path, "").await.status
    }

    /// What became of a conversation, as an admin reads it.
    pub async fn reads_conversions(
        &self,
        conversation_id: &ConversationId,
    ) -> Result<Vec<ConversionRow>, Refused> {
        let path = format!("/api/admin/conversations/{conversation_id}/conversions");
        let list: ConversionList = self.gets(&path).await?;
        Ok(list.conversions)
    }

    /// Takes a conversion back, and the status that is answered.
    pub async fn undoes(&self, conversion_id: &ConversionId) -> u16 {
        let path = format!("/api/admin/conversions/{conversion_id}/undo");
        self.posts("POST", &path, "").await.status
    }

    /// Takes back what made a conversation its owner's.
    pub async fn undoes_latest(&self, conversation_id: &ConversationId) -> ConversionId {
        let latest = self
            .reads_conversions(conversation_id)
            .await
            .unwrap()
            .remove(0);
        assert_eq!(self.undoes(&latest.conversion_id).await, 204);
        latest.conversion_id
    }

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
