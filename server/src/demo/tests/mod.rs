//! The shop's laws, tried through its routes.

/// What somebody does about their own account.
mod own_account;
/// A browser at the shop.
mod shopper;

use crate::{clock::Clock, demo::rules};
use axum::http::{StatusCode, header};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;
use shared::{
    ids::Time,
    samples::{CORA, NOON_ISH, NOOR},
};
use shopper::{SECRET, Shopper, open_shop, shop};

fn sign_up_form(verified: &str) -> String {
    format!(
        "name=Cora+Lindqvist&email={}&password=porch-light{verified}",
        CORA.email
    )
}

#[tokio::test]
async fn who_signs_up_is_signed_in_and_vouched_for_with_what_they_said() {
    for (switch, is_verified) in [("", false), ("&verified=on", true)] {
        let (_directory, _clock, mut cora) = shop().await;
        assert_eq!(cora.is_vouched_for_as().await, None);
        let answer = cora.sends("/sign-up", &sign_up_form(switch)).await;
        assert_eq!(
            (
                answer.status,
                answer.headers[header::LOCATION].to_str().unwrap()
            ),
            (StatusCode::SEE_OTHER, "/")
        );
        let claims = cora.is_vouched_for_as().await.unwrap();
        assert_eq!(claims["name"], CORA.name);
        assert_eq!(claims["email"], CORA.email);
        assert_eq!(claims["email_verified"], is_verified);
        assert!(
            claims["sub"]
                .as_str()
                .is_some_and(|sub| !sub.contains('@') && sub.len() <= 128)
        );
    }
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_password_get_the_same_sentence() {
    let (_directory, _clock, mut cora) = shop().await;
    cora.sends("/sign-up", &sign_up_form("")).await;
    cora.sends("/sign-out", "").await;
    let mut pages = Vec::new();
    // Noor is of the cast: there is an account, and no password opens it.
    for email in [CORA.email, NOOR.email, "nobody@example.org"] {
        let answer = cora
            .sends(
                "/sign-in",
                &format!("email={email}&password=wrong-password"),
            )
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!answer.headers.contains_key(header::SET_COOKIE));
        pages.push(answer.body.replace(email, "…"));
    }
    assert_eq!(pages[0], pages[1]);
    assert_eq!(pages[0], pages[2]);
    assert!(pages[0].contains(rules::SIGN_IN_REFUSED));
    let right = cora
        .sends(
            "/sign-in",
            &format!("email={}&password=porch-light", CORA.email),
        )
        .await;
    assert_eq!(right.status, StatusCode::SEE_OTHER);
    assert_eq!(cora.is_vouched_for_as().await.unwrap()["name"], CORA.name);
}

#[tokio::test]
async fn an_address_has_one_account() {
    let (_directory, _clock, mut cora) = shop().await;
    cora.sends("/sign-up", &sign_up_form("")).await;
    cora.sends("/sign-out", "").await;
    let second = cora
        .sends("/sign-up", &sign_up_form("").replace("cora@", "CORA@"))
        .await;
    assert_eq!(second.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(second.body.contains(rules::EMAIL_TAKEN));
    assert!(
        !second.body.contains("porch-light"),
        "a password is never shown again"
    );
    assert_eq!(cora.is_vouched_for_as().await, None);
}

#[tokio::test]
async fn the_token_is_about_the_signed_in_account_only() {
    let (_directory, _clock, mut noor) = shop().await;
    noor.sends("/sign-in-as/noor", "back=/about").await;
    let first = noor.is_vouched_for_as().await.unwrap();
    let second = noor.is_vouched_for_as().await.unwrap();
    assert_eq!(
        (&first["sub"], &first["iss"], &first["aud"]),
        (
            &"noor".into(),
            &"the-site".into(),
            &"porchlight:the-site".into()
        )
    );
    assert_ne!(
        first["jti"], second["jti"],
        "each token works once, so each is new"
    );
    let lives_for = first["exp"].as_i64().unwrap() - first["iat"].as_i64().unwrap();
    assert!((1..=600).contains(&lives_for));
    // Somebody else on the same browser: the former session is gone, not just forgotten.
    let former = noor.cookie.clone();
    noor.sends("/sign-in-as/mina", "").await;
    assert_eq!(noor.is_vouched_for_as().await.unwrap()["sub"], "mina");
    noor.cookie = former;
    assert_eq!(noor.is_vouched_for_as().await, None);
}

#[tokio::test]
async fn a_signed_token_is_an_hs256_jws_of_the_shared_key() {
    use hmac::{Hmac, Mac};
    let (_directory, _clock, mut noor) = shop().await;
    noor.sends("/sign-in-as/noor", "").await;
    let token = noor.opens("/chat-token").await.body;
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let header = URL_SAFE_NO_PAD
        .decode(signed.split('.').next().unwrap())
        .unwrap();
    assert_eq!(
        serde_json::from_slice::<Value>(&header).unwrap()["alg"],
        "HS256"
    );
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&SECRET).unwrap();
    mac.update(signed.as_bytes());
    mac.verify_slice(&URL_SAFE_NO_PAD.decode(signature).unwrap())
        .unwrap();
}

#[tokio::test]
async fn only_the_cast_is_somebody_by_one_click() {
    let (_directory, _clock, mut stranger) = shop().await;
    let mut cora = Shopper {
        shop: stranger.shop.clone(),
        cookie: None,
    };
    cora.sends("/sign-up", &sign_up_form("")).await;
    let id = cora.is_vouched_for_as().await.unwrap()["sub"]
        .as_str()
        .unwrap()
        .to_owned();
    for account_id in [id.as_str(), "idris", "nobody"] {
        let answer = stranger
            .sends(&format!("/sign-in-as/{account_id}"), "")
            .await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{account_id}");
    }
    assert_eq!(stranger.is_vouched_for_as().await, None);
}

#[tokio::test]
async fn the_session_is_no_script_s_business_and_ends() {
    let (_directory, clock, mut noor) = shop().await;
    let answer = noor.sends("/sign-in-as/noor", "back=/lamps/blue").await;
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(
        cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax"),
        "{cookie}"
    );
    assert_eq!(answer.headers[header::LOCATION], "/lamps/blue");
    clock.advance(rules::SESSION_MS - 1);
    assert!(noor.is_vouched_for_as().await.is_some());
    clock.advance(1);
    assert_eq!(noor.is_vouched_for_as().await, None);
}

#[tokio::test]
async fn a_second_start_continues() {
    let (directory, clock, mut cora) = shop().await;
    cora.sends("/sign-up", &sign_up_form("&verified=on")).await;
    let before = cora.is_vouched_for_as().await.unwrap();
    cora.shop = open_shop(directory.path(), clock).await;
    assert_eq!(
        cora.is_vouched_for_as().await.unwrap()["sub"],
        before["sub"]
    );
}

#[tokio::test]
async fn every_page_is_under_the_strict_policy_and_names_the_chat_once() {
    let (_directory, _clock, mut visitor) = shop().await;
    visitor.sends("/sign-in-as/ada", "").await;
    let paths = [
        "/",
        "/lamps/blue",
        "/textiles/rug",
        "/about",
        "/privacy",
        "/sign-in",
        "/sign-up",
        "/account",
        "/not/there",
    ];
    for path in paths {
        let answer = visitor.opens(path).await;
        let policy = answer.headers[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap();
        assert!(
            policy.starts_with("default-src 'none'") && !policy.contains("unsafe"),
            "{path}: {policy}"
        );
        let tag = r#"<script src="http://chat.localhost:8080/embed.js" async data-identity-url="/chat-token"></script>"#;
        assert_eq!(answer.body.matches(tag).count(), 1, "{path}");
        assert_eq!(answer.body.matches("chat.localhost").count(), 1, "{path}");
        assert!(
            !answer.body.contains(" style=") && !answer.body.contains(" onclick="),
            "{path}"
        );
        let expected = if path == "/not/there" {
            StatusCode::NOT_FOUND
        } else {
            StatusCode::OK
        };
        assert_eq!(answer.status, expected, "{path}");
    }
}

#[tokio::test]
async fn what_people_type_is_shown_as_they_typed_it() {
    let (_directory, _clock, mut visitor) = shop().await;
    visitor
        .sends(
            "/sign-up",
            "name=%3Cb%3ECora&email=cora%40example.org&password=porch-light",
        )
        .await;
    let page = visitor.opens("/").await.body;
    assert!(page.contains("&lt;b&gt;Cora") && !page.contains("<b>Cora"));
}

#[tokio::test]
async fn only_a_clock_that_is_held_is_stepped() {
    let (directory, clock, mut visitor) = shop().await;
    let answer = visitor.sends("/demo/advance?ms=60000", "").await;
    assert_eq!(
        (answer.status, clock.now()),
        (StatusCode::OK, Time(NOON_ISH.0 + 60_000))
    );
    let back = visitor.sends("/demo/advance?ms=-1", "").await;
    assert_eq!(
        (back.status, clock.now()),
        (StatusCode::UNPROCESSABLE_ENTITY, Time(NOON_ISH.0 + 60_000))
    );
    visitor.shop = open_shop(directory.path(), Clock::system()).await;
    assert_eq!(
        visitor.sends("/demo/advance?ms=1", "").await.status,
        StatusCode::NOT_FOUND
    );
}
