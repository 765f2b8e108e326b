//! Signing up, in and out of the shop, and the chat's token.
//!
//! The law: whoever signs in gets a new session; `/chat-token` speaks only about the account that is signed in.

use super::{Broken, show};
use crate::demo::{
    identity_token::sign_identity_token,
    pages::{account as pages, layout::ROLES},
    rules::{self, SignInForm, SignUp, SignUpForm, SignUpMistakes},
    shop::Shop,
    store::{Account, AccountMade, NewSession},
    visit::{Visit, ended_cookie, hash_token, session_cookie},
};
use axum::{
    Form,
    extract::{Path, State, rejection::FormRejection},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use shared::ids::Time;
use std::sync::Arc;

/// Where a small form wants to go afterwards.
#[derive(Default, Deserialize)]
pub struct Return {
    back: Option<String>,
}

/// A small form; without one, nothing in particular is wanted.
type Small = Result<Form<Return>, FormRejection>;

fn wanted(form: &Small) -> &str {
    rules::plan_return(form.as_ref().ok().and_then(|form| form.back.as_deref()))
}

/// `GET /sign-up`.
pub async fn show_sign_up(State(shop): State<Arc<Shop>>, visit: Visit) -> Response {
    let page = pages::sign_up(
        &visit.view(&shop),
        &SignUpForm::default(),
        &SignUpMistakes::default(),
    );
    show(StatusCode::OK, page)
}

/// `POST /sign-up`: makes an account and signs in to it.
pub async fn sign_up(
    State(shop): State<Arc<Shop>>,
    visit: Visit,
    Form(form): Form<SignUpForm>,
) -> Result<Response, Broken> {
    let again = |mistakes: SignUpMistakes| {
        Ok(show(
            StatusCode::UNPROCESSABLE_ENTITY,
            pages::sign_up(&visit.view(&shop), &form, &mistakes),
        ))
    };
    let sign_up = match rules::check_sign_up(&form) {
        Ok(sign_up) => sign_up,
        Err(mistakes) => return again(mistakes),
    };
    let account = new_account(&shop, sign_up, &form.password).await?;
    match shop
        .store
        .insert_account(&account, shop.clock.now())
        .await?
    {
        AccountMade::Made => begin_session(&shop, &visit, &account.account_id, "/").await,
        AccountMade::Taken => again(SignUpMistakes {
            email: Some(rules::EMAIL_TAKEN),
            ..Default::default()
        }),
    }
}

async fn new_account(shop: &Shop, sign_up: SignUp, password: &str) -> Result<Account, Broken> {
    let password_hash = shop.passwords.hash(password, &shop.mint).await?;
    Ok(Account {
        // Random: an id tells nothing, and the address may change later.
        account_id: format!("account-{}", shop.mint.token()),
        name: sign_up.name,
        email: sign_up.email,
        email_verified: sign_up.email_verified,
        password_hash: Some(password_hash),
        told_email: None,
    })
}

/// `GET /sign-in`.
pub async fn show_sign_in(State(shop): State<Arc<Shop>>, visit: Visit) -> Response {
    show(
        StatusCode::OK,
        pages::sign_in(&visit.view(&shop), &SignInForm::default(), None),
    )
}

/// `POST /sign-in`: an unknown address and a wrong password get the same sentence.
pub async fn sign_in(
    State(shop): State<Arc<Shop>>,
    visit: Visit,
    Form(form): Form<SignInForm>,
) -> Result<Response, Broken> {
    let account = shop
        .store
        .find_account_by_email(&rules::email_key(&form.email))
        .await?;
    let kept = account
        .as_ref()
        .and_then(|account| account.password_hash.clone());
    let is_right = rules::may_try_password(&form.password)
        && shop
            .passwords
            .is_right(&form.password, kept.as_deref())
            .await?;
    match account.filter(|_| is_right) {
        Some(account) => begin_session(&shop, &visit, &account.account_id, "/").await,
        None => {
            let page = pages::sign_in(&visit.view(&shop), &form, Some(rules::SIGN_IN_REFUSED));
            Ok(show(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
    }
}

/// `POST /sign-in-as/{account_id}`: the one click on the ribbon. Only the cast can be somebody without a password.
pub async fn sign_in_as(
    State(shop): State<Arc<Shop>>,
    Path(account_id): Path<String>,
    visit: Visit,
    form: Small,
) -> Result<Response, Broken> {
    let is_cast = ROLES.iter().any(|role| role.account_id == account_id);
    match shop.store.find_account(&account_id).await? {
        Some(account) if is_cast => {
            begin_session(&shop, &visit, &account.account_id, wanted(&form)).await
        }
        _ => Ok(super::not_found(State(shop), visit).await),
    }
}

/// `POST /act-as/{account_id}`: somebody of the shop looks at it as a customer. The chat is told that it is not them.
pub async fn act_as(
    State(shop): State<Arc<Shop>>,
    Path(account_id): Path<String>,
    visit: Visit,
) -> Result<Response, Broken> {
    let account = shop.store.find_account(&account_id).await?;
    match account.filter(|_| rules::may_act(visit.signed_in.as_ref())) {
        Some(account) => {
            let actor = visit.account().map(|actor| actor.account_id.clone());
            let who = (account.account_id.as_str(), actor.as_deref());
            begin(&shop, &visit, who, "/").await
        }
        None => Ok(super::not_found(State(shop), visit).await),
    }
}

async fn begin_session(
    shop: &Shop,
    visit: &Visit,
    account_id: &str,
    path: &str,
) -> Result<Response, Broken> {
    begin(shop, visit, (account_id, None), path).await
}

/// `who`: the account, and who acts for it.
async fn begin(
    shop: &Shop,
    visit: &Visit,
    (account_id, acted_by): (&str, Option<&str>),
    path: &str,
) -> Result<Response, Broken> {
    // A browser holds one session: the former one ends here, not when its cookie is forgotten.
    if let Some(token_hash) = &visit.token_hash {
        shop.store.delete_session(token_hash).await?;
    }
    let token = shop.mint.token();
    let now = shop.clock.now();
    let session = NewSession {
        token_hash: &hash_token(&token),
        account_id,
        acted_by,
        now,
        expires_at: Time(now.0 + rules::SESSION_MS),
    };
    shop.store.insert_session(&session).await?;
    Ok((
        [(header::SET_COOKIE, session_cookie(&token))],
        Redirect::to(path),
    )
        .into_response())
}

/// `POST /sign-out`.
pub async fn sign_out(
    State(shop): State<Arc<Shop>>,
    visit: Visit,
    form: Small,
) -> Result<Response, Broken> {
    if let Some(token_hash) = &visit.token_hash {
        shop.store.delete_session(token_hash).await?;
    }
    let path = wanted(&form);
    Ok(([(header::SET_COOKIE, ended_cookie())], Redirect::to(path)).into_response())
}

/// `GET /chat-token`: a fresh identity token about whoever is signed in; 204 where nobody is.
pub async fn chat_token(State(shop): State<Arc<Shop>>, visit: Visit) -> Response {
    let Some(signed_in) = &visit.signed_in else {
        return StatusCode::NO_CONTENT.into_response();
    };
    let claims = rules::chat::plan_claims(
        signed_in,
        &shop.site_id,
        shop.clock.now(),
        shop.mint.token(),
    );
    sign_identity_token(&shop.key, &claims).into_response()
}
