//! What somebody does about their own account at the shop.

use super::{
    shopper::{Shopper, open_shop, shop},
    sign_up_form,
};
use axum::http::{StatusCode, header};
use shared::samples::{CORA, NOON_ISH};
use sqlx::{Connection, SqliteConnection};

/// A browser beside another, at the same shop.
fn beside(shopper: &Shopper) -> Shopper {
    Shopper {
        shop: shopper.shop.clone(),
        cookie: None,
    }
}

#[tokio::test]
async fn the_chat_is_told_the_address_that_was_saved_and_accounts_may_share_one() {
    let (_directory, _clock, mut cora) = shop().await;
    cora.sends("/sign-up", &sign_up_form("&verified=on")).await;
    let mut noor = beside(&cora);
    noor.sends("/sign-in-as/noor", "").await;
    for (shopper, verified, is_verified) in
        [(&mut cora, "", false), (&mut noor, "&verified=on", true)]
    {
        let form = format!("email=+House%40example.org+{verified}");
        let answer = shopper.sends("/account/address", &form).await;
        assert_eq!(answer.status, StatusCode::OK);
        let claims = shopper.is_vouched_for_as().await.unwrap();
        assert_eq!(claims["email"], "house@example.org");
        assert_eq!(claims["email_verified"], is_verified);
        assert!(claims.get("act").is_none());
    }
    cora.sends("/sign-out", "").await;
    let again = format!("email={}&password=porch-light", CORA.email);
    cora.sends("/sign-in", &again).await;
    assert!(
        cora.is_vouched_for_as().await.is_some(),
        "they sign in with the address that they signed up with"
    );
}

#[tokio::test]
async fn a_wrong_address_changes_nothing_and_stays_in_its_box() {
    let (_directory, _clock, mut cora) = shop().await;
    cora.sends("/sign-up", &sign_up_form("&verified=on")).await;
    let before = cora.is_vouched_for_as().await.unwrap();
    for (typed, sentence) in [
        ("", "Please tell us your address."),
        ("cora.example.org", "That address is missing its @."),
    ] {
        let answer = cora
            .sends("/account/address", &format!("email={typed}"))
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            answer.body.contains(sentence) && answer.body.contains(&format!("value=\"{typed}\""))
        );
    }
    let after = cora.is_vouched_for_as().await.unwrap();
    assert_eq!(
        (&before["email"], &before["email_verified"]),
        (&after["email"], &after["email_verified"])
    );
}

#[tokio::test]
async fn only_who_runs_the_shop_acts_for_a_customer_and_the_chat_is_told() {
    let (_directory, _clock, mut cora) = shop().await;
    cora.sends("/sign-up", &sign_up_form("")).await;
    let id = cora.is_vouched_for_as().await.unwrap()["sub"]
        .as_str()
        .unwrap()
        .to_owned();
    let act = format!("/act-as/{id}");
    let mut other = beside(&cora);
    assert_eq!(other.sends(&act, "").await.status, StatusCode::NOT_FOUND);
    other.sends("/sign-in-as/mina", "").await;
    assert_eq!(other.sends(&act, "").await.status, StatusCode::NOT_FOUND);
    assert!(!other.opens("/account").await.body.contains("Act for"));

    other.sends("/sign-in-as/ada", "").await;
    assert!(other.opens("/account").await.body.contains(&act));
    assert_eq!(
        other.sends("/act-as/nobody", "").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(other.sends(&act, "").await.status, StatusCode::SEE_OTHER);
    let claims = other.is_vouched_for_as().await.unwrap();
    assert_eq!(
        (claims["sub"].as_str(), claims["act"]["sub"].as_str()),
        (Some(id.as_str()), Some("ada"))
    );
    // Whoever acts is the customer to the shop, so they act for nobody else and delete nothing.
    assert_eq!(
        other.sends("/act-as/noor", "").await.status,
        StatusCode::NOT_FOUND
    );
    other.sends("/account/delete", "").await;
    assert!(cora.is_vouched_for_as().await.is_some());
}

#[tokio::test]
async fn nothing_is_deleted_here_that_the_chat_could_not_erase() {
    let (_directory, _clock, mut cora) = shop().await;
    cora.sends("/sign-up", &sign_up_form("")).await;
    for path in ["/account/tell", "/account/delete"] {
        let answer = cora.sends(path, "").await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.body.contains("could not be reached"), "{path}");
    }
    assert!(cora.is_vouched_for_as().await.is_some());
}

#[tokio::test]
async fn the_cast_and_strangers_have_nothing_to_delete() {
    let (_directory, _clock, mut noor) = shop().await;
    for path in ["/account/address", "/account/tell"] {
        let answer = noor.sends(path, "email=a%40example.org").await;
        assert_eq!(answer.headers[header::LOCATION], "/sign-in", "{path}");
    }
    assert_eq!(
        noor.opens("/account").await.headers[header::LOCATION],
        "/sign-in"
    );
    noor.sends("/sign-in-as/noor", "").await;
    noor.sends("/account/delete", "").await;
    assert!(noor.is_vouched_for_as().await.is_some());
    assert!(
        !noor
            .opens("/account")
            .await
            .body
            .contains("Delete my account")
    );
}

#[tokio::test]
async fn a_shop_of_before_opens() {
    let (directory, clock, mut noor) = shop().await;
    let file = directory.path().join("older.sqlite");
    let url = format!("sqlite://{}?mode=rwc", file.display());
    let mut older = SqliteConnection::connect(&url).await.unwrap();
    for statement in [
        "create table shop_account (
            account_id text not null, name text not null, email text not null,
            email_verified boolean not null, password_hash text, created_at bigint not null,
            constraint shop_account_pk primary key (account_id),
            constraint shop_account_email_unique unique (email)
        )",
        "create table shop_session (
            token_hash text not null, account_id text not null, expires_at bigint not null,
            constraint shop_session_pk primary key (token_hash),
            constraint shop_session_account_fk foreign key (account_id) references shop_account (account_id)
        )",
    ] {
        sqlx::query(statement).execute(&mut older).await.unwrap();
    }
    older.close().await.unwrap();
    std::fs::rename(&file, directory.path().join("shop.sqlite")).unwrap();
    assert_eq!(clock.now(), NOON_ISH);
    for _ in 0..2 {
        noor.shop = open_shop(directory.path(), clock.clone()).await;
        noor.sends("/sign-in-as/noor", "").await;
        assert!(noor.is_vouched_for_as().await.is_some());
    }
}
