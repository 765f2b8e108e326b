//! The page of routes as a service.
//!
//! The law: every call passes the same doors, in the same order, before its handler.

use super::{Callers, class::admit, routes};
use crate::{
    app::App,
    error::Refusal,
    http::{answer, headers, origin, trace},
};
use axum::{
    Router,
    extract::{Request, State},
    middleware::{Next, from_fn, from_fn_with_state},
    response::Response,
};
use shared::problem::ProblemCode;
use std::sync::Arc;

/// The page as a service. A request passes these from below: its id, the headers of its answer, the encoding of its
/// answer, where it comes from, who is asking.
pub fn router(app: &Arc<App>) -> Router {
    let mut router = Router::new();
    for route in routes() {
        let mut handler = route.handler;
        if route.callers != Callers::Anyone {
            let class = (route.callers, route.said);
            let check = move |State(app), request, next| admit(app, class, request, next);
            handler = handler.layer(from_fn_with_state(Arc::clone(app), check));
        }
        router = router.route(route.path, handler);
    }
    router
        .method_not_allowed_fallback(async || Refusal::from(ProblemCode::Method))
        .fallback(async || Refusal::from(ProblemCode::NotFound))
        .layer(from_fn_with_state(Arc::clone(app), guard_origin))
        .layer(from_fn(answer::encode))
        .layer(from_fn(headers::defend))
        .layer(from_fn_with_state(Arc::clone(app), trace::trace))
        .with_state(Arc::clone(app))
}

/// What the host's server calls: no browser's, so no origin's.
pub(super) const OF_THE_HOST: &str = "/api/host/";

/// The API is our own frame's, but for what the host's server calls. Pages and files are anybody's: a frame is always asked for by another site's page.
async fn guard_origin(
    State(app): State<Arc<App>>,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    if request.uri().path().starts_with(OF_THE_HOST) {
        origin::no_browser(request.headers())?;
    } else if request.uri().path().starts_with("/api/") || !request.method().is_safe() {
        origin::guard(
            request.method(),
            request.headers(),
            &app.config.public_origin,
        )?;
    }
    Ok(next.run(request).await)
}
