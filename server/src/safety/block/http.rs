//! What admins do with blocks: read them, end one.

use super::{
    change,
    store::{self, ListedBlock},
};
use crate::{
    app::App,
    error::Refusal,
    http::{
        answer::Answer,
        older::{Older, OlderQuery},
        page::Asked,
        path::Named,
    },
    identity::caller::Known,
    safety::store::Moment,
};
use axum::{extract::State, http::StatusCode};
use shared::{
    conversation::CustomerKind,
    identity::Face,
    ids::BlockId,
    safety::{BlockPage, BlockRow},
};
use std::sync::Arc;

/// `GET /api/admin/blocks`.
pub async fn list_blocks(
    State(app): State<Arc<App>>,
    Asked(query): Asked<OlderQuery>,
) -> Result<Answer<BlockPage>, Refusal> {
    let policy = app.policy();
    let page = Older::read("blocks", &query, &policy)?;
    let mut connection = app.database.read().await?;
    let mut blocks = store::list_blocks(&mut connection, &page.below, page.limit()).await?;
    let cursor = page.cut(&mut blocks, &policy, |listed| Moment {
        at: listed.created_at,
        id: listed.block.block_id.clone().into(),
    });
    let blocks = blocks.into_iter().map(row).collect();
    Ok(Answer::ok(BlockPage { blocks, cursor }))
}

fn row(listed: ListedBlock) -> BlockRow {
    let face = |person_id, name| Face {
        person_id,
        name,
        picture: None,
    };
    BlockRow {
        block_id: listed.block.block_id,
        blocker: face(listed.block.blocker, listed.blocker_name),
        blocked: face(listed.block.blocked, listed.blocked_name),
        blocked_kind: if listed.is_guest {
            CustomerKind::Guest
        } else {
            CustomerKind::User
        },
        scope: listed.block.scope,
        conversation_id: listed.block.conversation_id,
        created_at: listed.created_at,
    }
}

/// `DELETE /api/admin/blocks/{id}`.
pub async fn end_block(
    State(app): State<Arc<App>>,
    known: Known,
    Named(block_id): Named<BlockId>,
) -> Result<StatusCode, Refusal> {
    let by = app.by(&known.person_id);
    app.writer
        .run((by, block_id), |tx, (by, block_id)| {
            Box::pin(change::end_block(tx, by, block_id))
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
