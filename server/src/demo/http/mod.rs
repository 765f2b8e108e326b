//! What the shop answers: pages here, accounts beside.
//!
//! The law: no SQL; a failure of the store is one sentence to the visitor and one line in the log.

use super::{
    catalogue::find_product,
    pages::{self, goods, layout::View},
    shop::Shop,
    visit::Visit,
};
use crate::{clock::Clock, error::Refusal};
use axum::{
    extract::{ConnectInfo, Path, Query, State},
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use maud::Markup;
use serde::Deserialize;
use std::{net::SocketAddr, sync::Arc};

/// Signing up, in and out, and the chat's token.
pub mod accounts;
/// What somebody does about their own account.
pub mod own_account;

/// The farthest that one call steps the clock. **Units**: milliseconds; one year.
const FARTHEST_STEP_MS: i64 = 366 * 24 * 60 * 60 * 1000;

/// The shop's store failed, or too many passwords wait.
pub struct Broken(Refusal);

impl From<sqlx::Error> for Broken {
    fn from(error: sqlx::Error) -> Self {
        Self(error.into())
    }
}

impl From<Refusal> for Broken {
    fn from(refusal: Refusal) -> Self {
        Self(refusal)
    }
}

impl IntoResponse for Broken {
    fn into_response(self) -> Response {
        tracing::error!(error = %self.0, "the shop cannot answer");
        let view = View {
            chat_origin: "",
            account: None,
            acted_by: None,
            path: "/",
        };
        show(StatusCode::INTERNAL_SERVER_ERROR, goods::broken(&view))
    }
}

fn show(status: StatusCode, page: Markup) -> Response {
    (status, Html(page.into_string())).into_response()
}

pub async fn home(State(shop): State<Arc<Shop>>, visit: Visit) -> Response {
    show(StatusCode::OK, goods::home(&visit.view(&shop)))
}

pub async fn lamp(
    State(shop): State<Arc<Shop>>,
    Path(slug): Path<String>,
    visit: Visit,
) -> Response {
    show_product(&shop, "lamps", &slug, &visit)
}

pub async fn textile(
    State(shop): State<Arc<Shop>>,
    Path(slug): Path<String>,
    visit: Visit,
) -> Response {
    show_product(&shop, "textiles", &slug, &visit)
}

fn show_product(shop: &Shop, shelf: &str, slug: &str, visit: &Visit) -> Response {
    match find_product(shelf, slug) {
        Some(product) => show(StatusCode::OK, goods::product(&visit.view(shop), product)),
        None => show(StatusCode::NOT_FOUND, goods::not_found(&visit.view(shop))),
    }
}

pub async fn about(State(shop): State<Arc<Shop>>, visit: Visit) -> Response {
    show(StatusCode::OK, goods::about(&visit.view(&shop)))
}

pub async fn privacy(State(shop): State<Arc<Shop>>, visit: Visit) -> Response {
    show(StatusCode::OK, goods::privacy(&visit.view(&shop)))
}

pub async fn not_found(State(shop): State<Arc<Shop>>, visit: Visit) -> Response {
    show(StatusCode::NOT_FOUND, goods::not_found(&visit.view(&shop)))
}

/// `GET /mails`: what the chat mailed to anybody.
pub async fn mails(
    State(shop): State<Arc<Shop>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    visit: Visit,
) -> Response {
    if !peer.ip().is_loopback() {
        return StatusCode::NOT_FOUND.into_response();
    }
    let page = pages::mails::mails(&visit.view(&shop), &shop.mailbox.mails());
    show(StatusCode::OK, page)
}

/// How far to step.
#[derive(Deserialize)]
pub struct Step {
    ms: i64,
}

/// `POST /demo/advance?ms=`: steps the clock that the shop and the chat share, where `--now` holds it still.
pub async fn advance_clock(
    State(shop): State<Arc<Shop>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Query(step): Query<Step>,
) -> Response {
    if !peer.ip().is_loopback() || !matches!(shop.clock, Clock::Stepped { .. }) {
        return StatusCode::NOT_FOUND.into_response();
    }
    if !(0..=FARTHEST_STEP_MS).contains(&step.ms) {
        return (
            StatusCode::UNPROCESSABLE_ENTITY,
            "Time goes forward, at most a year at once.\n",
        )
            .into_response();
    }
    shop.clock.advance(step.ms);
    format!("{}\n", shop.clock.now().0).into_response()
}
