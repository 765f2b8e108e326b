//! A canary: the true server at its chattiest, and nothing that people said, or are, or hold, in its log or its figures.
//!
//! The law: no text, name, address, cookie, identity token or key ever reaches a log, whether things go well or not.
#![forbid(unsafe_code)]
#![cfg(test)]

/// Links, passwords, keys.
mod accounts;
/// Codes by mail.
mod codes;
/// Figures for Prometheus.
mod figures;
/// The server.
mod logged;
/// What admins do, and what is done about people.
mod oversight;
/// A mail server of the test's own: the scenarios'.
#[path = "../scenarios/harness/post_office.rs"]
#[expect(dead_code, reason = "the scenarios ask more of it")]
mod post_office;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use logged::{Logged, PEER, SECRET, set_up, token};
use serde_json::json;
use shared::samples::{CORA, MINA};

const TEXT: &str = "canary-text: the blue lamp hums at night";

#[tokio::test]
async fn nothing_that_people_say_or_are_or_hold_is_logged() {
    let folder = tempfile::tempdir().unwrap();
    let site_id = set_up(folder.path());
    let server = Logged::start(folder.path());
    let (good, bad) = (
        token(&site_id, &MINA, "good"),
        format!("{}x", token(&site_id, &MINA, "bad")),
    );

    let form = json!({"name": CORA.name, "email": CORA.email});
    let (status, guest) = server
        .calls("POST", "/api/guest", "visitor", "", form.clone())
        .await;
    assert_eq!((status, guest.is_empty()), (204, false));
    let first =
        json!({"client_id": "019aaf00-4001-7000-8000-000000000001", "text": TEXT, "guest": form});
    assert_eq!(
        server
            .calls("POST", "/api/conversations", "visitor", &guest, first)
            .await
            .0,
        200
    );
    let (status, user) = server
        .calls(
            "POST",
            "/api/session",
            "user",
            &guest,
            json!({"token": good}),
        )
        .await;
    assert_eq!(status, 200);
    assert_eq!(
        server
            .calls("GET", "/api/inbox", "user", &user, json!(null))
            .await
            .0,
        200
    );
    for (method, path, vouched, cookie, body) in [
        ("POST", "/api/session", "user", "", json!({"token": bad})),
        ("POST", "/api/session", "user", "", json!({"token": good})),
        (
            "POST",
            "/api/guest",
            "visitor",
            "",
            json!({"name": MINA.name, "email": CORA.email}),
        ),
        (
            "POST",
            "/api/guest",
            "visitor",
            "",
            json!({"name": CORA.name, "email": format!("{}.", CORA.email)}),
        ),
        (
            "POST",
            "/api/guest",
            "visitor",
            "",
            json!({"name": [CORA.name], "email": CORA.email}),
        ),
        (
            "POST",
            "/api/conversations",
            "visitor",
            &guest,
            json!({"text": TEXT}),
        ),
        ("DELETE", "/api/guest", "visitor", &guest, json!(null)),
        ("DELETE", "/api/session", "user", &user, json!(null)),
    ] {
        server.calls(method, path, vouched, cookie, body).await;
    }
    for path in [
        format!("/api/session?token={good}"),
        format!("/api/conversations/{}", CORA.email),
        format!("/{TEXT}"),
        format!("/widget?origin={}", CORA.email),
    ] {
        server
            .calls("GET", &path, "visitor", &guest, json!(null))
            .await;
    }

    let figures = server.figures().await;
    let log = server.log();
    assert!(
        log.contains("/api/conversations"),
        "the log is there: {log}"
    );
    let secret = URL_SAFE_NO_PAD.encode(SECRET);
    let (guest, user) = (
        guest.split_once('=').unwrap().1,
        user.split_once('=').unwrap().1,
    );
    let signature = good.rsplit('.').next().unwrap();
    for (what, canary) in [
        ("a guest's name", CORA.name),
        ("part of it", "Lindqvist"),
        ("an agent's name", MINA.name),
        ("a guest's address", CORA.email),
        ("an agent's address", MINA.email),
        ("a message", TEXT),
        ("part of it", "canary-text"),
        ("a network address", PEER),
        ("part of it", "203.0.113"),
        ("a guest's cookie", guest),
        ("a user's cookie", user),
        ("an identity token", good.as_str()),
        ("part of it", signature),
        ("a refused token", bad.as_str()),
        ("the key", secret.as_str()),
    ] {
        assert!(!log.contains(canary), "{what} is in the log:\n{log}");
        assert!(
            !figures.contains(canary),
            "{what} is in the figures:\n{figures}"
        );
    }
}
