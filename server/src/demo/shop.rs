//! The shop as a whole: its parts and its routes.
//!
//! The law: it is a host site. It knows the chat by its origin, the site's id and one shared key, and by nothing else.

use super::{
    assets::serve_asset,
    chat_server::ChatServer,
    door,
    http::{self, accounts, own_account},
    identity_token::SharedKey,
    mailbox::Mailbox,
    store::ShopStore,
};
use crate::{account::password::Passwords, clock::Clock, mint::Mint};
use axum::{
    Router, middleware,
    routing::{get, post},
};
use std::sync::Arc;

/// What the shop's handlers share.
pub struct Shop {
    pub store: ShopStore,
    pub clock: Clock,
    pub mint: Mint,
    pub passwords: Passwords,
    /// Where the chat lives, as browsers write it.
    pub chat_origin: String,
    /// The chat's name for this site: `iss` of the tokens.
    pub site_id: String,
    pub key: SharedKey,
    /// What the shop's server calls of the chat's.
    pub chat: ChatServer,
    /// What the chat mailed.
    pub mailbox: Arc<Mailbox>,
}

/// Every route of the shop.
pub fn router(shop: Arc<Shop>) -> Router {
    Router::new()
        .route("/", get(http::home))
        .route("/lamps/{slug}", get(http::lamp))
        .route("/textiles/{slug}", get(http::textile))
        .route("/about", get(http::about))
        .route("/privacy", get(http::privacy))
        .route(
            "/sign-in",
            get(accounts::show_sign_in).post(accounts::sign_in),
        )
        .route(
            "/sign-up",
            get(accounts::show_sign_up).post(accounts::sign_up),
        )
        .route("/sign-in-as/{account_id}", post(accounts::sign_in_as))
        .route("/act-as/{account_id}", post(accounts::act_as))
        .route("/sign-out", post(accounts::sign_out))
        .route("/account", get(own_account::show_account))
        .route("/account/address", post(own_account::change_address))
        .route("/account/tell", post(own_account::tell_chat))
        .route("/account/delete", post(own_account::delete))
        .route("/chat-token", get(accounts::chat_token))
        .route("/assets/{name}", get(serve_asset))
        .route("/mails", get(http::mails))
        .route("/demo/advance", post(http::advance_clock))
        .fallback(http::not_found)
        .layer(middleware::from_fn_with_state(shop.clone(), door::guard))
        .with_state(shop)
}
