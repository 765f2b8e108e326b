//! Pages and the answers that machines ask for: the widget's page, and whether the server lives.

use super::{
    assets,
    headers::{Shown, protect_page},
};
use crate::{
    app::App,
    error::Refusal,
    identity::{
        caller::{Caller, Vouched, identify},
        session_view::program_of,
    },
    settings::store::raise_policy_version,
};
use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;
use shared::{identity::Program, problem::ProblemCode, wire};
use std::sync::Arc;

/// `GET /widget`: the page inside the frame.
pub async fn show_widget(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    show_program(&app, query.as_deref(), &headers, Shown::Framed).await
}

/// `GET /chat`: the same page in a window of its own.
pub async fn show_chat(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    show_program(&app, query.as_deref(), &headers, Shown::TopLevel).await
}

/// In the page's address: an earlier conversation is to be continued, and the form for it is in the larger program.
const CONTINUE: &str = "continue";

async fn show_program(
    app: &App,
    query: Option<&str>,
    headers: &HeaderMap,
    shown: Shown,
) -> Response {
    if query.is_some_and(|query| query.split('&').any(|word| word == CONTINUE)) {
        return show_page(app, headers, "agent", shown);
    }
    // A navigation says nothing of whom its page vouches for; the frame checks once it runs, and reloads itself.
    let program = match program_for(app, headers).await {
        Ok(Program::Widget) => "widget",
        Ok(Program::Agent) => "agent",
        Err(refusal) => return refusal.into_response(),
    };
    show_page(app, headers, program, shown)
}

/// The user's, where there is one; otherwise the guest's.
async fn program_for(app: &App, headers: &HeaderMap) -> Result<Program, Refusal> {
    let user = identify(app, Vouched::User, headers).await?;
    match user {
        Caller::Known(_) => program_of(app, &user).await,
        Caller::Visitor | Caller::Anonymous(_) | Caller::Former(_) => {
            let visitor = identify(app, Vouched::Visitor, headers).await?;
            program_of(app, &visitor).await
        }
    }
}

/// `GET /agent`: the agent program in a window of its own, whoever asks: who is not signed in does so there.
pub async fn show_agent(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    show_page(&app, &headers, "agent", Shown::TopLevel)
}

/// `GET /admin`: the admin page.
pub async fn show_admin(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    show_page(&app, &headers, "admin", Shown::AdminPage)
}

/// `GET /admin/{*path}`: the same page, which shows another of its screens. Setting up is over once there is an admin.
pub async fn show_admin_path(
    State(app): State<Arc<App>>,
    Path(path): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    if path == "setup" {
        app.policy_changed().await?;
        if !app.policy().admins.is_empty() {
            return Err(ProblemCode::NotFound.into());
        }
    }
    Ok(show_page(&app, &headers, "admin", Shown::AdminPage))
}

/// `GET /admin/preview`: the same program, framed by the admin page and by nobody else.
pub async fn show_preview(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    show_page(&app, &headers, "admin", Shown::Preview)
}

fn show_page(app: &App, headers: &HeaderMap, program: &str, shown: Shown) -> Response {
    let mut response = assets::page(program, headers).unwrap_or_else(not_built);
    protect_page(app, shown, response.headers_mut());
    response
}

fn not_built() -> Response {
    let plain = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    let sentence =
        "This server was built without the widget: `cargo xtask build` makes one that has it.\n";
    (StatusCode::SERVICE_UNAVAILABLE, plain, sentence).into_response()
}

const NO_STORE: [(header::HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

/// `GET /livez`: the process answers.
pub async fn show_life() -> Response {
    (NO_STORE, "ok\n").into_response()
}

/// `GET /readyz`: it can do its work, and is not about to leave.
pub async fn show_readiness(State(app): State<Arc<App>>) -> Response {
    if app.is_draining() {
        (StatusCode::SERVICE_UNAVAILABLE, NO_STORE, "draining\n").into_response()
    } else if app.writer.is_open() && app.database.is_there().await && can_store(&app).await {
        (NO_STORE, "ready\n").into_response()
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, NO_STORE, "cannot store\n").into_response()
    }
}

/// Where the last batch could not be stored, tries again: nobody else does while traffic is kept away.
async fn can_store(app: &App) -> bool {
    app.writer.is_storing()
        || app
            .writer
            .run((), |tx, ()| {
                // The smallest change that is one: everybody looks at the settings once more.
                Box::pin(async move { Ok(raise_policy_version(tx.connection()).await?) })
            })
            .await
            .is_ok()
}

/// `GET /version`.
pub async fn show_version() -> Response {
    let version = json!({ "name": "porchlight", "version": env!("CARGO_PKG_VERSION"), "protocol": wire::PROTOCOL });
    (NO_STORE, Json(version)).into_response()
}
