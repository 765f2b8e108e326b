//! The keys of the host's server, on the admin page.
//!
//! The law: a key is in one answer, to whoever made it, and nowhere else after that.

use super::{
    HostKey,
    change::{NewKey, make_key, revoke_key},
    rules::may_have,
    store::list_keys,
};
use crate::{
    app::App,
    error::Refusal,
    http::{answer::Answer, command::Command, path::Named},
    identity::caller::Known,
};
use axum::{extract::State, http::StatusCode};
use shared::{
    host::{HostKeyList, HostKeyMade, MakeHostKey},
    ids::HostKeyId,
    problem::{Field, Problem},
    text::Name,
};
use std::sync::Arc;

/// `GET /api/admin/host-keys`.
pub async fn show_host_keys(State(app): State<Arc<App>>) -> Result<Answer<HostKeyList>, Refusal> {
    let mut connection = app.database.read().await?;
    let keys = list_keys(&mut connection).await?;
    Ok(Answer::ok(HostKeyList { keys }))
}

/// `POST /api/admin/host-keys`.
///
/// **Errors**: about the name or the scopes; `too_many`.
pub async fn make_host_key(
    State(app): State<Arc<App>>,
    known: Known,
    Command(form): Command<MakeHostKey>,
) -> Result<Answer<HostKeyMade>, Refusal> {
    may_have(&form.scopes)?;
    let new = NewKey {
        host_key_id: app.mint.id(),
        key: HostKey::mint(&app.mint),
        name: Name::parse(&form.name).map_err(|code| Problem::about(code, Field::Name))?,
        scopes: form.scopes,
        by: app.by(&known.person_id),
    };
    let made = HostKeyMade {
        host_key_id: new.host_key_id.clone(),
        key: new.key.expose().to_owned(),
    };
    app.writer
        .run(new, |tx, new| Box::pin(make_key(tx, new)))
        .await?;
    Ok(Answer::ok(made))
}

/// `DELETE /api/admin/host-keys/{id}`.
///
/// **Errors**: `not_found`.
pub async fn revoke_host_key(
    State(app): State<Arc<App>>,
    known: Known,
    Named(host_key_id): Named<HostKeyId>,
) -> Result<StatusCode, Refusal> {
    app.writer
        .run(
            (app.by(&known.person_id), host_key_id),
            |tx, (by, host_key_id)| Box::pin(revoke_key(tx, by, host_key_id)),
        )
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
