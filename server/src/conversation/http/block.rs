//! What somebody does against the other side: blocks them, and takes it back.

use super::show_conversation;
use crate::{
    app::App,
    conversation::change::block::{Asked, set_block},
    error::Refusal,
    http::{answer::Answer, command::Command, path::Named},
    identity::caller::Known,
    safety::audit::By,
};
use axum::extract::State;
use shared::{
    conversation::Conversation, ids::ConversationId, safety::BlockPerson, settings::Switch,
};
use std::sync::Arc;

/// `POST /api/conversations/{id}/block`.
pub async fn block_person(
    State(app): State<Arc<App>>,
    known: Known,
    Named(conversation_id): Named<ConversationId>,
    Command(command): Command<BlockPerson>,
) -> Result<Answer<Conversation>, Refusal> {
    change(app, known, conversation_id, command, Switch::On).await
}

/// `DELETE /api/conversations/{id}/block`.
pub async fn unblock_person(
    State(app): State<Arc<App>>,
    known: Known,
    Named(conversation_id): Named<ConversationId>,
    Command(command): Command<BlockPerson>,
) -> Result<Answer<Conversation>, Refusal> {
    change(app, known, conversation_id, command, Switch::Off).await
}

async fn change(
    app: Arc<App>,
    known: Known,
    conversation_id: ConversationId,
    BlockPerson { person_id: named }: BlockPerson,
    blocked: Switch,
) -> Result<Answer<Conversation>, Refusal> {
    let now = app.clock.now();
    app.limits.count_block(&known.person_id, now)?;
    let asked = Asked {
        conversation_id: conversation_id.clone(),
        person_id: known.person_id.clone(),
        named,
        blocked,
        terms: app.policy().terms(),
        by: By {
            actor: Some(known.person_id.clone()),
            mint: app.mint.clone(),
            now,
        },
    };
    app.writer
        .run(asked, |tx, asked| Box::pin(set_block(tx, asked)))
        .await?;
    show_conversation(State(app), known, Named(conversation_id)).await
}
