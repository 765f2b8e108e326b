//! What an admin does about somebody.

use super::{change_powers, end_sessions};
use crate::account::http::close;
use crate::account::invitation::http::made;
use crate::account::invitation::{Linking, invitation_url, link};
use crate::account::sessions::rows;
use crate::app::App;
use crate::error::Refusal;
use crate::http::answer::Answer;
use crate::http::command::Command;
use crate::http::path::Named;
use crate::identity::caller::Known;
use crate::identity::store::list_sessions_of;
use crate::identity::token::TokenHash;
use crate::person::erase::{Erasing, erase};
use crate::person::export::http::handed_out;
use crate::person::export::{Exporting, note_export};
use crate::person::store::find_person_row;
use crate::person::whom::Whom;
use crate::realtime::closing::Closing;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use shared::account::{ChangePowers, InvitationMade, PersonShown};
use shared::group::PersonRow;
use shared::ids::PersonId;
use shared::problem::ProblemCode;
use std::sync::Arc;

/// `GET /api/admin/people/{id}`: one person, and where they are signed in.
///
/// **Errors**: `not_found`.
pub async fn show_person(
    State(app): State<Arc<App>>,
    known: Known,
    Named(person_id): Named<PersonId>,
) -> Result<Answer<PersonShown>, Refusal> {
    let person = find_row(&app, &person_id).await?;
    let mut connection = app.database.read().await?;
    let sessions = if person.is_guest {
        // A guest's cookie is their conversation: nothing that an admin ends from here.
        Vec::new()
    } else {
        list_sessions_of(&mut connection, &person_id, app.clock.now()).await?
    };
    Ok(Answer::ok(PersonShown {
        person,
        sessions: rows(&sessions, Some(&known.token_hash)),
    }))
}

async fn find_row(app: &App, person_id: &PersonId) -> Result<PersonRow, Refusal> {
    let mut connection = app.database.read().await?;
    let row = find_person_row(&mut connection, person_id).await?;
    row.ok_or_else(|| ProblemCode::NotFound.into())
}

/// `PUT /api/admin/people/{id}/powers`. Answers the person as they are then.
///
/// **Errors**: `not_found`; `last_admin`.
pub async fn put_powers(
    State(app): State<Arc<App>>,
    known: Known,
    Named(person_id): Named<PersonId>,
    Command(powers): Command<ChangePowers>,
) -> Result<Answer<PersonRow>, Refusal> {
    let asked = (app.by(&known.person_id), person_id.clone(), powers);
    app.writer
        .run(asked, |tx, (by, person_id, powers)| {
            Box::pin(change_powers(tx, by, person_id, *powers))
        })
        .await?;
    app.policy_changed().await?;
    if !powers.enabled.is_on() {
        app.hub.close_person(&person_id, Closing::SignedOut);
    }
    Ok(Answer::ok(find_row(&app, &person_id).await?))
}

/// `DELETE /api/admin/people/{id}/sessions`: signs somebody out everywhere.
///
/// **Errors**: `not_found`.
pub async fn end_all_sessions(
    State(app): State<Arc<App>>,
    known: Known,
    Named(person_id): Named<PersonId>,
) -> Result<StatusCode, Refusal> {
    let ended = app
        .writer
        .run(
            (app.by(&known.person_id), person_id),
            |tx, (by, person_id)| Box::pin(end_sessions(tx, by, person_id)),
        )
        .await?;
    close(&app, &ended);
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/admin/people/{id}/erase`: a guest or a user, for ever.
///
/// **Errors**: `not_found`; `last_admin`.
pub async fn erase_person(
    State(app): State<Arc<App>>,
    known: Known,
    Named(person_id): Named<PersonId>,
) -> Result<StatusCode, Refusal> {
    let erasing = Erasing {
        whom: Whom::Person(person_id),
        key: None,
        by: app.by(&known.person_id),
    };
    app.writer
        .run(erasing, |tx, erasing| Box::pin(erase(tx, erasing)))
        .await?;
    app.policy_changed().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/admin/people/{id}/export`: everything about a guest or a user, as a file. A command, because it leaves a
/// line in *Activity*, and so that no page of another site can ask for it.
///
/// **Errors**: `not_found`.
pub async fn export_person(
    State(app): State<Arc<App>>,
    known: Known,
    Named(person_id): Named<PersonId>,
) -> Result<Response, Refusal> {
    let exporting = Exporting {
        whom: Whom::Person(person_id),
        key: None,
        by: app.by(&known.person_id),
    };
    let person = app
        .writer
        .run(exporting, |tx, exporting| {
            Box::pin(note_export(tx, exporting))
        })
        .await?;
    handed_out(&app, person).await
}

/// `POST /api/admin/people/{id}/password-link`: a link with which somebody chooses a (new) password.
///
/// **Errors**: `not_found`; `email_required`; `email_taken`; `too_many`.
pub async fn make_password_link(
    State(app): State<Arc<App>>,
    known: Known,
    Named(person_id): Named<PersonId>,
) -> Result<Answer<InvitationMade>, Refusal> {
    let token = app.mint.token();
    let linking = Linking {
        person_id,
        invitation_id: app.mint.id(),
        token: TokenHash::of(token.as_bytes()),
        by: app.by(&known.person_id),
    };
    let row = app
        .writer
        .run(linking, |tx, linking| Box::pin(link(tx, linking)))
        .await?;
    let link = invitation_url(&app.config.public_origin, &token);
    Ok(Answer::ok(made(&app, row, link, false)))
}
