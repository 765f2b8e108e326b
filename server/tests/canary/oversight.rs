//! What admins do, and what is done about people: reports, searches, reading along. Nothing of it is logged either.

use crate::logged::{Logged, set_up, token, unix_seconds};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use shared::{
    ids::ConversationId,
    samples::{ADA, CORA, MINA},
};
use sqlx::{Connection, SqliteConnection};
use std::path::Path;

const SAID: &str = "canary-said: the porch is wet";
const ANSWERED: &str = "canary-answer: mind the step";
const REASON: &str = "canary-reason: too wet by half";
const TYPED: &str = "canary-typed";
const TOKEN: &str = "canary-admin-cookie-of-forty-three-letters-";

/// Signs Ada in at the admin page without a password, which is another story's.
async fn signs_in_at_the_admin_page(data_dir: &Path) -> String {
    let url = format!("sqlite:{}", data_dir.join("porchlight.sqlite").display());
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    let hash: String = Sha256::digest(TOKEN)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let now = i64::try_from(unix_seconds()).unwrap() * 1_000;
    let signed_in = sqlx::query(
        "insert into session (token_hash, kind, person_id, device, created_at, last_used_at, expires_at)
        select $1, 'admin', person_id, '', $2, $2, $3
        from person
        where external_id = $4",
    )
    .bind(hash)
    .bind(now)
    .bind(now + 3_600_000)
    .bind(ADA.key)
    .execute(&mut connection)
    .await
    .unwrap();
    assert_eq!(signed_in.rows_affected(), 1);
    connection.close().await.unwrap();
    format!("__Host-porchlight-admin={TOKEN}")
}

/// Cora writes, Mina answers. **Shape**: the conversation, and the cookies of both.
async fn talk(server: &Logged, site_id: &str) -> (ConversationId, String, String) {
    let form = json!({"name": CORA.name, "email": CORA.email});
    let pressed = server.calls("POST", "/api/guest", "visitor", "", form.clone());
    let (_, guest) = pressed.await;
    let first =
        json!({"client_id": "019aaf00-4001-7000-8000-000000000001", "text": SAID, "guest": form});
    let started = server.answers("POST", "/api/conversations", "visitor", &guest, first);
    let started: Value = serde_json::from_str(&started.await.text().await.unwrap()).unwrap();
    let hall = started["conversation"]["conversation_id"].as_str().unwrap();
    let good = token(site_id, &MINA, "good");
    let signed_in = server.calls("POST", "/api/session", "user", "", json!({"token": good}));
    let (_, user) = signed_in.await;
    let answer = json!({"client_id": "019aaf00-4001-7000-8000-000000000002", "text": ANSWERED});
    let path = format!("/api/conversations/{hall}/messages");
    let (status, _) = server.calls("POST", &path, "user", &user, answer).await;
    assert_eq!(status, 200);
    (ConversationId::parse(hall).unwrap(), guest, user)
}

#[tokio::test]
async fn nothing_that_admins_look_for_or_people_complain_of_is_logged() {
    let folder = tempfile::tempdir().unwrap();
    let site_id = set_up(folder.path());
    let admin = signs_in_at_the_admin_page(folder.path()).await;
    let server = Logged::start(folder.path());
    let (hall, guest, user) = talk(&server, &site_id).await;

    let report = format!("/api/conversations/{hall}/report");
    for (cookie, body, expected) in [
        (&guest, json!({"position": 2, "reason": REASON}), 204),
        (&guest, json!({"position": 2, "reason": REASON}), 204),
        (&guest, json!({"position": 1, "reason": REASON}), 422),
        (
            &guest,
            json!({"position": 2, "reason": REASON.repeat(40)}),
            422,
        ),
        (
            &guest,
            json!({"position": 2, "reason": format!("{REASON}\0")}),
            400,
        ),
        (&guest, json!({"position": REASON, "reason": REASON}), 400),
        (&guest, json!({"position": 2, "reason": [REASON]}), 400),
        (
            &guest,
            json!({"position": 2, "reason": REASON, (REASON): 1}),
            400,
        ),
        (&user, json!({"position": 2, "reason": REASON}), 401),
    ] {
        let (status, _) = server.calls("POST", &report, "visitor", cookie, body).await;
        assert_eq!(status, expected);
    }
    let reports = server.answers("GET", "/api/admin/reports", "admin", &admin, json!(null));
    let reports = reports.await.text().await.unwrap();
    assert!(
        reports.contains(REASON) && reports.contains(ANSWERED),
        "it was kept: {reports}"
    );
    let reports: Value = serde_json::from_str(&reports).unwrap();
    let report_id = reports["reports"][0]["report_id"].as_str().unwrap();

    for (path, expected) in [
        (
            format!("/api/admin/conversations?of=guests&search={TYPED}"),
            200,
        ),
        (
            format!("/api/admin/conversations?of=guests&search={}", CORA.email),
            200,
        ),
        (
            "/api/admin/conversations?of=guests&search=Lindqvist".into(),
            200,
        ),
        (format!("/api/admin/conversations?search={TYPED}%00"), 400),
        (
            format!("/api/admin/conversations?search={}", TYPED.repeat(40)),
            422,
        ),
        (
            format!("/api/admin/conversations?search={TYPED}&search={TYPED}"),
            400,
        ),
        (format!("/api/admin/conversations?of={TYPED}"), 422),
        (format!("/api/admin/conversations?cursor={TYPED}"), 400),
        (format!("/api/admin/activity?action={TYPED}"), 422),
        (format!("/api/admin/conversations/{hall}/messages"), 200),
        (
            format!("/api/admin/conversations/{}/messages", CORA.email),
            404,
        ),
        ("/api/admin/activity".into(), 200),
        ("/api/admin/blocks".into(), 200),
    ] {
        let (status, _) = server
            .calls("GET", &path, "admin", &admin, json!(null))
            .await;
        assert_eq!(status, expected, "{path}");
        // And by somebody for whom none of it is there.
        let (status, _) = server.calls("GET", &path, "user", &user, json!(null)).await;
        assert_eq!(status, 404, "{path}");
    }
    let dismiss = format!("/api/admin/reports/{report_id}/dismiss");
    let (status, _) = server
        .calls("POST", &dismiss, "admin", &admin, json!(null))
        .await;
    assert_eq!(status, 204);

    let log = server.log();
    assert!(
        log.contains("/api/admin/reports"),
        "the log is there: {log}"
    );
    let secrets = [guest, user].map(|cookie| cookie.split_once('=').unwrap().1.to_owned());
    for canary in [
        "canary",
        "Lindqvist",
        CORA.name,
        CORA.email,
        MINA.name,
        MINA.email,
        ADA.name,
        ADA.email,
        TOKEN,
        &secrets[0],
        &secrets[1],
    ] {
        assert!(!log.contains(canary), "{canary} is in the log:\n{log}");
    }
}
