//! Blocks and reports: what people do, and what admins see of it.

use super::{
    person::{Answer, Browser, Refused},
    site::Site,
};
use porchlight::safety::block::{change::block, store::Block};
use serde_json::json;
use shared::{
    ids::{ConversationId, PersonId},
    safety::{ActivityPage, AdminConversationPage, AdminThread, BlockPage, BlockScope, ReportPage},
};

impl Site {
    /// Somebody blocks somebody.
    pub async fn blocks(
        &self,
        blocker: &PersonId,
        blocked: &PersonId,
        scope: BlockScope,
        conversation_id: &ConversationId,
    ) {
        let wanted = Block {
            block_id: self.app().mint.id(),
            blocker: blocker.clone(),
            blocked: blocked.clone(),
            scope,
            conversation_id: conversation_id.clone(),
        };
        let by = self.by_person(blocker);
        let done = self
            .app()
            .writer
            .run((by, wanted), |tx, (by, wanted)| {
                Box::pin(block(tx, by, wanted))
            })
            .await;
        assert!(done.unwrap());
    }
}

impl Browser<'_> {
    /// Reports a message, and what is answered.
    pub async fn reports(
        &self,
        conversation_id: &ConversationId,
        position: u64,
        reason: &str,
    ) -> Answer {
        let path = format!("/api/conversations/{conversation_id}/report");
        let body = json!({ "position": position, "reason": reason });
        self.posts("POST", &path, body.to_string()).await
    }

    pub async fn reads_reports(&self, query: &str) -> ReportPage {
        let path = format!("/api/admin/reports{query}");
        self.gets(&path).await.unwrap()
    }

    pub async fn reads_blocks(&self) -> BlockPage {
        self.gets("/api/admin/blocks").await.unwrap()
    }

    pub async fn reads_activity(&self, query: &str) -> ActivityPage {
        let path = format!("/api/admin/activity{query}");
        self.gets(&path).await.unwrap()
    }

    pub async fn oversees(&self, query: &str) -> AdminConversationPage {
        let path = format!("/api/admin/conversations{query}");
        self.gets(&path).await.unwrap()
    }

    pub async fn reads_along(
        &self,
        conversation_id: &ConversationId,
    ) -> Result<AdminThread, Refused> {
        let path = format!("/api/admin/conversations/{conversation_id}/messages");
        self.gets(&path).await
    }
}
