//! What the host's server calls. Each handler says to programs what it is: `openapi.rs` puts that together.

use super::{
    caller::HostCaller,
    change::{Putting, Verifying, put_user as put, verify_email},
    openapi,
};
use crate::{
    app::App,
    conversion::change::ConversionTerms,
    error::Refusal,
    http::{answer::Answer, command::PlainCommand},
    identity::claims::Subject,
    person::{
        email::Email,
        erase::{Erasing, erase},
        export::{Exporting, http::handed_out, note_export},
        store::find_host_user,
        whom::Whom,
    },
};
use axum::{
    extract::{FromRequestParts, Path, State},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use shared::{
    host::{EmailIsVerified, HostUser, PutHostUser},
    problem::{Field, Problem, ProblemCode},
    text::Name,
    wire,
};
use std::sync::Arc;

/// The host's id of a user, in the path. What no host would use as one is refused there too.
pub struct NamedUser(Subject);

impl FromRequestParts<Arc<App>> for NamedUser {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refusal> {
        let id = Path::<String>::from_request_parts(parts, app).await.ok();
        let subject = id.and_then(|Path(id)| Subject::parse(&id));
        let shape = Problem::about(ProblemCode::LineShape, Field::ExternalId);
        Ok(Self(subject.ok_or(shape)?))
    }
}

/// `GET /api/host/users/{external_id}`.
///
/// **Errors**: `not_found`.
#[utoipa::path(
    get,
    path = "/api/host/users/{external_id}",
    tag = "Users",
    operation_id = "showUser",
    summary = "A user, as Porchlight knows them",
    description = "`converted` is 0 here. Needs the scope `users_write`.",
    params(("external_id" = String, Path, description = openapi::EXTERNAL_ID, max_length = 128)),
    responses(
        (status = 200, description = "The user as they are now.", body = HostUser),
        openapi::Refusals,
        openapi::NoSuchUser,
    ),
)]
pub async fn show_user(
    State(app): State<Arc<App>>,
    NamedUser(subject): NamedUser,
) -> Result<Answer<HostUser>, Refusal> {
    let mut connection = app.database.read().await?;
    let user = find_host_user(&mut connection, subject.as_str()).await?;
    Ok(Answer::ok(user.ok_or(ProblemCode::NotFound)?))
}

/// `PUT /api/host/users/{external_id}`.
///
/// **Errors**: about the id, the name or the address; `email_required` where only its verification is said.
#[utoipa::path(
    put,
    path = "/api/host/users/{external_id}",
    tag = "Users",
    operation_id = "putUser",
    summary = "Make a user, or change one",
    description = openapi::PUT_USER,
    params(("external_id" = String, Path, description = openapi::EXTERNAL_ID, max_length = 128)),
    request_body = PutHostUser,
    responses(
        (status = 200, description = "The user as they are now.", body = HostUser),
        openapi::Refusals,
    ),
)]
pub async fn put_user(
    State(app): State<Arc<App>>,
    caller: HostCaller,
    NamedUser(subject): NamedUser,
    PlainCommand(form): PlainCommand<PutHostUser>,
) -> Result<Answer<HostUser>, Refusal> {
    let name = form.name.as_deref().map(Name::parse).transpose();
    let email = form.email.as_deref().map(read_email).transpose()?;
    if email.is_none() && form.email_verified.is_some() {
        return Err(Problem::about(ProblemCode::EmailRequired, Field::Email).into());
    }
    let putting = Putting {
        subject,
        name: name.map_err(|code| Problem::about(code, Field::Name))?,
        email,
        email_verified: form.email_verified,
        terms: ConversionTerms::of(&app.policy().settings),
        key: caller.host_key_id,
        by: app.by_nobody(),
    };
    let user = app
        .writer
        .run(putting, |tx, putting| Box::pin(put(tx, putting)))
        .await?;
    // A name that is on the door is there at once.
    app.policy_changed().await?;
    Ok(Answer::ok(user))
}

/// `POST /api/host/users/{external_id}/email-verified`.
///
/// **Errors**: about the id or the address; `not_found`.
#[utoipa::path(
    post,
    path = "/api/host/users/{external_id}/email-verified",
    tag = "Users",
    operation_id = "emailIsVerified",
    summary = "An address was verified",
    description = openapi::EMAIL_IS_VERIFIED,
    params(("external_id" = String, Path, description = openapi::EXTERNAL_ID, max_length = 128)),
    request_body = EmailIsVerified,
    responses(
        (status = 200, description = "The user as they are now.", body = HostUser),
        openapi::Refusals,
        openapi::NoSuchUser,
    ),
)]
pub async fn email_is_verified(
    State(app): State<Arc<App>>,
    caller: HostCaller,
    NamedUser(subject): NamedUser,
    PlainCommand(form): PlainCommand<EmailIsVerified>,
) -> Result<Answer<HostUser>, Refusal> {
    let verifying = Verifying {
        subject,
        email: read_email(&form.email)?,
        terms: ConversionTerms::of(&app.policy().settings),
        key: caller.host_key_id,
        by: app.by_nobody(),
    };
    let user = app
        .writer
        .run(verifying, |tx, verifying| {
            Box::pin(verify_email(tx, verifying))
        })
        .await?;
    Ok(Answer::ok(user))
}

/// `POST /api/host/users/{external_id}/export`.
///
/// **Errors**: about the id; `not_found`.
#[utoipa::path(
    post,
    path = "/api/host/users/{external_id}/export",
    tag = "Users",
    operation_id = "exportUser",
    summary = "Everything that is held about a user",
    description = openapi::EXPORT_USER,
    params(("external_id" = String, Path, description = openapi::EXTERNAL_ID, max_length = 128)),
    responses(
        (status = 200, description = "The file.", body = Object),
        openapi::Refusals,
        openapi::NoSuchUser,
    ),
)]
pub async fn export_user(
    State(app): State<Arc<App>>,
    caller: HostCaller,
    NamedUser(subject): NamedUser,
) -> Result<Response, Refusal> {
    let exporting = Exporting {
        whom: Whom::OfHost(subject),
        key: Some(caller.host_key_id),
        by: app.by_nobody(),
    };
    let person = app
        .writer
        .run(exporting, |tx, exporting| {
            Box::pin(note_export(tx, exporting))
        })
        .await?;
    handed_out(&app, person).await
}

/// `DELETE /api/host/users/{external_id}`.
///
/// **Errors**: about the id; `not_found`; `last_admin`.
#[utoipa::path(
    delete,
    path = "/api/host/users/{external_id}",
    tag = "Users",
    operation_id = "eraseUser",
    summary = "Erase a user",
    description = openapi::ERASE_USER,
    params(("external_id" = String, Path, description = openapi::EXTERNAL_ID, max_length = 128)),
    responses(
        (status = 204, description = "It is done, and cannot be taken back."),
        openapi::Refusals,
        openapi::NoSuchUser,
    ),
)]
pub async fn erase_user(
    State(app): State<Arc<App>>,
    caller: HostCaller,
    NamedUser(subject): NamedUser,
) -> Result<StatusCode, Refusal> {
    let erasing = Erasing {
        whom: Whom::OfHost(subject),
        key: Some(caller.host_key_id),
        by: app.by_nobody(),
    };
    app.writer
        .run(erasing, |tx, erasing| Box::pin(erase(tx, erasing)))
        .await?;
    app.policy_changed().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /api/openapi.json`: what this file can do, for programs.
pub async fn show_openapi() -> Response {
    ([(header::CONTENT_TYPE, wire::JSON)], openapi::document()).into_response()
}

fn read_email(text: &str) -> Result<Email, Problem> {
    Email::parse(text).map_err(|code| Problem::about(code, Field::Email))
}
