//! Figures for Prometheus: what happened is counted, and nobody is in it.

use crate::logged::{Logged, SECRET, set_up, token};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use shared::samples::{CORA, MINA};

/// The value of a figure as it stands on the page. `None`: it is not there.
fn figure(page: &str, name: &str) -> Option<f64> {
    page.lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok())
}

#[tokio::test]
async fn what_happened_is_counted_and_nobody_is_in_it() {
    const TEXT: &str = "canary-text: the figures hum at night";
    let folder = tempfile::tempdir().unwrap();
    let site_id = set_up(folder.path());
    let server = Logged::start(folder.path());
    let form = json!({"name": CORA.name, "email": CORA.email});
    let (_, guest) = server
        .calls("POST", "/api/guest", "visitor", "", form.clone())
        .await;
    let first =
        json!({"client_id": "019aaf00-4001-7000-8000-000000000001", "text": TEXT, "guest": form});
    for _ in 0..2 {
        // The second is a retry, and no second message.
        let (status, _) = server
            .calls(
                "POST",
                "/api/conversations",
                "visitor",
                &guest,
                first.clone(),
            )
            .await;
        assert_eq!(status, 200);
    }
    let good = token(&site_id, &MINA, "good");
    for (token, status) in [
        (good.clone(), 200),
        (format!("{good}x"), 401),
        (TEXT.into(), 401),
    ] {
        let answered = server
            .calls("POST", "/api/session", "user", "", json!({"token": token}))
            .await;
        assert_eq!(answered.0, status);
    }
    let wrong = json!({"email": MINA.email, "password": "canary-password"});
    server
        .calls("POST", "/api/account/session", "user", "", wrong)
        .await;
    for path in [
        format!("/{TEXT}"),
        format!("/api/session?token={good}"),
        format!("/metrics?{}", CORA.email),
    ] {
        server
            .calls("GET", &path, "visitor", &guest, json!(null))
            .await;
    }

    let page = server.figures().await;
    for (name, value) in [
        ("porchlight_messages_stored_total", 1.0),
        ("porchlight_conversations_started_total", 1.0),
        (
            "porchlight_sign_ins_total{door=\"token\",result=\"let_in\"}",
            1.0,
        ),
        (
            "porchlight_sign_ins_total{door=\"token\",result=\"refused\"}",
            2.0,
        ),
        (
            "porchlight_sign_ins_total{door=\"password\",result=\"refused\"}",
            1.0,
        ),
        (
            "porchlight_http_requests_total{class=\"none\",status=\"404\"}",
            2.0,
        ),
        ("porchlight_sockets{kind=\"staff\"}", 0.0),
        ("porchlight_writer_waiting", 0.0),
        ("porchlight_commands_not_stored_total", 0.0),
    ] {
        assert_eq!(figure(&page, name), Some(value), "{name}:\n{page}");
    }
    assert!(figure(&page, "porchlight_commit_seconds_count").unwrap() >= 2.0);
    assert!(figure(&page, "process_start_time_seconds").unwrap() > 1_700_000_000.0);
    assert!(
        page.ends_with("# EOF\n"),
        "a whole page of OpenMetrics:\n{page}"
    );

    let secret = URL_SAFE_NO_PAD.encode(SECRET);
    let signature = good.rsplit('.').next().unwrap();
    for canary in [
        CORA.name,
        CORA.email,
        MINA.name,
        MINA.email,
        MINA.key,
        TEXT,
        "canary",
        guest.split_once('=').unwrap().1,
        signature,
        &secret,
        &site_id,
        "127.0.0.1",
    ] {
        assert!(
            !page.contains(canary),
            "{canary} is in the figures:\n{page}"
        );
    }
}

#[tokio::test]
async fn figures_are_on_their_own_listener_only() {
    let folder = tempfile::tempdir().unwrap();
    set_up(folder.path());
    let server = Logged::start(folder.path());
    let (status, _) = server
        .calls("GET", "/metrics", "visitor", "", json!(null))
        .await;
    assert_eq!(status, 404, "the chat's own address shows no figures");
    for path in ["/", "/widget", "/api/session", "/readyz", "/metrics/x"] {
        assert_eq!(server.asks_figures(path).await.0, 404, "{path}");
    }
    assert_eq!(server.asks_figures("/metrics").await.0, 200);
    server.log();
}
