//! What somebody does about their own account: what the chat is told of it, and its end.
//!
//! The law: whoever is not signed in is sent to sign in; every call of the chat's server is made here, on the shop's
//! server, never by a page.

use super::{Broken, show};
use crate::demo::{
    pages::own_account::{self as pages, OwnAccount},
    rules::{self, AddressForm},
    shop::Shop,
    store::SignedIn,
    visit::{Visit, ended_cookie},
};
use axum::{
    Form,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use std::sync::Arc;

/// What the page says beside what it always says.
#[derive(Default)]
struct Words {
    /// What has just been done.
    done: Option<String>,
    /// What is wrong with the address, and what was typed.
    mistake: Option<(&'static str, String)>,
}

/// `GET /account`.
pub async fn show_account(State(shop): State<Arc<Shop>>, visit: Visit) -> Result<Response, Broken> {
    page(&shop, &visit, Words::default()).await
}

async fn page(shop: &Shop, visit: &Visit, words: Words) -> Result<Response, Broken> {
    let Some(signed_in) = &visit.signed_in else {
        return Ok(Redirect::to("/sign-in").into_response());
    };
    let customers = if rules::may_act(Some(signed_in)) {
        let accounts = shop.store.list_accounts().await?;
        accounts
            .into_iter()
            .filter(|account| account.account_id != signed_in.account.account_id)
            .collect()
    } else {
        Vec::new()
    };
    let status = match &words.mistake {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let own = OwnAccount {
        account: &signed_in.account,
        done: words.done.as_deref(),
        mistake: words.mistake.as_ref().map(|(mistake, _)| *mistake),
        typed: words.mistake.as_ref().map(|(_, typed)| typed.as_str()),
        may_delete: rules::may_delete(signed_in),
        customers: &customers,
    };
    Ok(show(status, pages::own_account(&visit.view(shop), &own)))
}

/// `POST /account/address`: from now on the shop tells the chat this address.
pub async fn change_address(
    State(shop): State<Arc<Shop>>,
    mut visit: Visit,
    Form(form): Form<AddressForm>,
) -> Result<Response, Broken> {
    let Some(SignedIn { account, .. }) = &mut visit.signed_in else {
        return Ok(Redirect::to("/sign-in").into_response());
    };
    let words = match rules::check_address(&form.email) {
        Err(mistake) => Words {
            mistake: Some((mistake, form.email)),
            ..Words::default()
        },
        Ok(email) => {
            let is_verified = form.verified.is_some();
            shop.store
                .update_told(&account.account_id, &email, is_verified)
                .await?;
            account.told_email = Some(email);
            account.email_verified = is_verified;
            Words {
                done: Some("Saved. The chat hears of it when you open it, or when the shop's server tells it.".into()),
                ..Words::default()
            }
        }
    };
    page(&shop, &visit, words).await
}

/// `POST /account/tell`: the shop's server tells the chat's who this is, though nobody opened the chat.
pub async fn tell_chat(State(shop): State<Arc<Shop>>, visit: Visit) -> Result<Response, Broken> {
    let Some(account) = visit.account() else {
        return Ok(Redirect::to("/sign-in").into_response());
    };
    let told = shop.chat.put_user(
        &account.account_id,
        &account.name,
        account.chat_email(),
        account.email_verified,
    );
    let done = match told.await {
        Ok(0) => "The chat knows you. No earlier conversation came along.".into(),
        Ok(1) => "The chat knows you. 1 earlier conversation is yours now.".into(),
        Ok(many) => format!("The chat knows you. {many} earlier conversations are yours now."),
        Err(refused) => refused.to_string(),
    };
    let words = Words {
        done: Some(done),
        ..Words::default()
    };
    page(&shop, &visit, words).await
}

/// `POST /account/delete`: first at the chat, then here. What the chat could not do is said, and nothing is deleted.
pub async fn delete(State(shop): State<Arc<Shop>>, visit: Visit) -> Result<Response, Broken> {
    let Some(signed_in) = visit
        .signed_in
        .as_ref()
        .filter(|who| rules::may_delete(who))
    else {
        return Ok(Redirect::to("/account").into_response());
    };
    let account_id = &signed_in.account.account_id;
    if let Err(refused) = shop.chat.erase_user(account_id).await {
        let words = Words {
            done: Some(refused.to_string()),
            ..Words::default()
        };
        return page(&shop, &visit, words).await;
    }
    shop.store.delete_account(account_id).await?;
    Ok(([(header::SET_COOKIE, ended_cookie())], Redirect::to("/")).into_response())
}
