//! What people say and read.

use super::person::{Browser, Refused};
use shared::{
    conversation::{
        AdvanceSeen, Conversation, ConversationPage, SeenAdvanced, SendMessage, Sent,
        StartConversation, Started, Thread,
    },
    identity::StartChat,
    ids::{ClientId, ConversationId, Position},
    inbox::InboxPage,
    wire,
};

impl Browser<'_> {
    /// Presses *Start chat*.
    pub async fn presses_start(&mut self) {
        let form = StartChat {
            name: self.person.name.into(),
            email: self.person.email.into(),
        };
        assert_eq!(self.writes("POST", "/api/guest", &form).await.status, 204);
    }

    /// The first message, with a client id of one's own choice.
    pub async fn starts_as(
        &mut self,
        client_id: &ClientId,
        text: &str,
    ) -> Result<Started, Refused> {
        let is_guest = self.vouched() == wire::AS_VISITOR;
        let command = StartConversation {
            client_id: client_id.clone(),
            text: text.into(),
            guest: is_guest.then(|| self.person.particulars()),
            with: None,
        };
        self.writes("POST", "/api/conversations", &command)
            .await
            .read()
    }

    /// Presses *Start chat* where that is needed, and says something.
    pub async fn starts(&mut self, text: &str) -> ConversationId {
        if self.cookie().is_empty() {
            self.presses_start().await;
        }
        let client_id = self.client_id();
        self.starts_as(&client_id, text)
            .await
            .unwrap()
            .conversation
            .conversation_id
    }

    pub async fn sends(
        &self,
        conversation_id: &ConversationId,
        command: &SendMessage,
    ) -> Result<Sent, Refused> {
        let path = format!("/api/conversations/{conversation_id}/messages");
        self.posts("POST", &path, serde_json::to_vec(command).unwrap())
            .await
            .read()
    }

    pub async fn says(&self, conversation_id: &ConversationId, text: &str) -> Sent {
        let command = SendMessage {
            client_id: self.client_id(),
            text: text.into(),
            reply_to: None,
        };
        self.sends(conversation_id, &command).await.unwrap()
    }

    pub async fn sees(
        &self,
        conversation_id: &ConversationId,
        position: u64,
    ) -> Result<SeenAdvanced, Refused> {
        let path = format!("/api/conversations/{conversation_id}/seen");
        let command = AdvanceSeen {
            position: Position(position),
        };
        self.posts("PUT", &path, serde_json::to_vec(&command).unwrap())
            .await
            .read()
    }

    pub async fn reads(&self, conversation_id: &ConversationId) -> Result<Thread, Refused> {
        self.gets(&format!(
            "/api/conversations/{conversation_id}/messages?limit=100"
        ))
        .await
    }

    pub async fn looks_at(
        &self,
        conversation_id: &ConversationId,
    ) -> Result<Conversation, Refused> {
        self.gets(&format!("/api/conversations/{conversation_id}"))
            .await
    }

    pub async fn lists_own(&self) -> ConversationPage {
        self.gets("/api/conversations").await.unwrap()
    }

    pub async fn reads_inbox(&self) -> InboxPage {
        self.gets("/api/inbox").await.unwrap()
    }
}
