//! The keys on the admin page.
//!
//! The law: a secret is in one answer, to whoever made it, and nowhere else after that.

use super::KeyFault;
use super::change::{NewKey, kill_key, make_key, retire_key};
use crate::app::App;
use crate::error::Refusal;
use crate::http::answer::Answer;
use crate::http::command::Command;
use crate::identity::caller::Known;
use crate::identity::secret::Secret;
use crate::realtime::closing::Closing;
use crate::settings::settings_page::settings_page;
use axum::extract::{Path, State};
use shared::problem::Problem;
use shared::settings::{KeyAlgorithm, KeyMade, KeyRow, MakeKey, SettingsPage};
use std::sync::Arc;

/// `POST /api/admin/keys`.
///
/// **Errors**: those of [`make_key`]; `key_shape` where a text stands beside `HS256`, whose secret is made here.
pub async fn create_key(
    State(app): State<Arc<App>>,
    known: Known,
    Command(form): Command<MakeKey>,
) -> Result<Answer<KeyMade>, Refusal> {
    let secret = match (form.algorithm, form.public_key.trim()) {
        (KeyAlgorithm::Hs256, "") => Some(app.mint.token()),
        (KeyAlgorithm::Hs256, _) => return Err(Problem::from(KeyFault::Pem).into()),
        (KeyAlgorithm::Es256 | KeyAlgorithm::EdDsa, _) => None,
    };
    let text = secret.clone().unwrap_or(form.public_key);
    let new = NewKey {
        key_id: form.key_id.clone(),
        algorithm: form.algorithm,
        text: Secret::new(text),
        operators: (*app.config.identity_keys).clone(),
        by: app.by(&known.person_id),
    };
    let created_at = new.by.now;
    app.writer
        .run(new, |tx, new| Box::pin(make_key(tx, new)))
        .await?;
    app.policy_changed().await?;
    Ok(Answer::ok(KeyMade {
        key: KeyRow {
            key_id: form.key_id,
            algorithm: form.algorithm,
            created_at: Some(created_at),
            retired_at: None,
        },
        secret,
    }))
}

/// `POST /api/admin/keys/{kid}/retire`.
///
/// **Errors**: `not_found`.
pub async fn retire(
    State(app): State<Arc<App>>,
    known: Known,
    Path(key_id): Path<String>,
) -> Result<Answer<SettingsPage>, Refusal> {
    app.writer
        .run((app.by(&known.person_id), key_id), |tx, (by, key_id)| {
            Box::pin(retire_key(tx, by, key_id))
        })
        .await?;
    app.policy_changed().await?;
    Ok(Answer::ok(settings_page(&app).await?))
}

/// `DELETE /api/admin/keys/{kid}`: forgets it, and ends the sessions that it signed for.
///
/// **Errors**: `not_found`.
pub async fn kill(
    State(app): State<Arc<App>>,
    known: Known,
    Path(key_id): Path<String>,
) -> Result<Answer<SettingsPage>, Refusal> {
    let ended = app
        .writer
        .run((app.by(&known.person_id), key_id), |tx, (by, key_id)| {
            Box::pin(kill_key(tx, by, key_id))
        })
        .await?;
    for session in &ended {
        app.hub.close_session(session, Closing::SignedOut);
    }
    app.policy_changed().await?;
    Ok(Answer::ok(settings_page(&app).await?))
}
