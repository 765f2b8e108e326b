//! Codes by mail: neither the code nor an address reaches the log, whether the mail is taken, refused, or nobody is
//! there to take it.

use crate::logged::{Logged, porchlight, set_up};
use crate::post_office::PostOffice;
use serde_json::json;
use shared::samples::{CORA, IDRIS};
use std::path::Path;

const REFUSED: &str = "refused@example.org";

fn mails_by(data_dir: &Path, port: u16) {
    for (key, value) in [
        ("mail_from", "canary-from@shop.example"),
        ("mail_security", "none"),
        ("mail_port", &port.to_string()),
        ("mail_host", "localhost"),
    ] {
        let output = porchlight(data_dir)
            .args(["settings", "set", key, value])
            .output();
        let output = output.unwrap();
        assert!(
            output.status.success(),
            "{key}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

async fn chats(server: &Logged, number: u8, email: &str) {
    let form = json!({"name": CORA.name, "email": email});
    let (_, cookie) = server
        .calls("POST", "/api/guest", "visitor", "", form.clone())
        .await;
    let client_id = format!("019aaf00-4001-7000-8000-00000000000{number}");
    let first = json!({"client_id": client_id, "text": "canary-text", "guest": form});
    let started = server.calls("POST", "/api/conversations", "visitor", &cookie, first);
    assert_eq!(started.await.0, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_code_and_no_address_is_logged() {
    let folder = tempfile::tempdir().unwrap();
    set_up(folder.path());
    let post = PostOffice::open().await;
    mails_by(folder.path(), post.port);
    let server = Logged::start(folder.path());
    chats(&server, 1, CORA.email).await;
    chats(&server, 2, REFUSED).await;
    let mut browsers = Vec::new();
    for email in [
        CORA.email,
        REFUSED,
        "nobody@example.net",
        "no address",
        "a@x.org\r\nBcc: b@x.org",
    ] {
        let (status, cookie) = server
            .calls("POST", "/api/code", "visitor", "", json!({"email": email}))
            .await;
        assert_eq!(status, if cookie.is_empty() { 422 } else { 204 }, "{email}");
        browsers.push(cookie);
    }
    while post.letters().is_empty() || !post.heard().contains(REFUSED) {
        tokio::task::yield_now().await;
    }
    let code = post.letters()[0].code();
    let wrong = if code == "00000000" {
        "00000001"
    } else {
        "00000000"
    };
    for (cookie, typed, expected) in [
        (&browsers[0], wrong, 401),
        (&browsers[1], code.as_str(), 401),
        (&browsers[0], code.as_str(), 200),
    ] {
        let entered = server.calls(
            "POST",
            "/api/code/enter",
            "visitor",
            cookie,
            json!({"code": typed}),
        );
        assert_eq!(entered.await.0, expected);
    }
    drop(post);
    chats(&server, 3, IDRIS.email).await;
    server
        .calls(
            "POST",
            "/api/code",
            "visitor",
            "",
            json!({"email": IDRIS.email}),
        )
        .await;
    server
        .calls(
            "GET",
            &format!("/api/code?email={}&code={code}", CORA.email),
            "visitor",
            "",
            json!(null),
        )
        .await;
    // A server that leaves waits for the mail that nobody takes.
    let log = server.log_to_the_end();
    assert!(log.contains("/api/code/enter"), "the log is there: {log}");
    assert!(
        log.contains("a mail was not taken"),
        "and says that mails failed: {log}"
    );
    for canary in [
        CORA.email,
        REFUSED,
        IDRIS.email,
        "nobody@",
        "@x.org",
        "canary-",
        CORA.name,
        code.as_str(),
        "shop.example",
    ] {
        assert!(!log.contains(canary), "{canary} is in the log:\n{log}");
    }
    for cookie in browsers.iter().filter(|cookie| !cookie.is_empty()) {
        assert!(!log.contains(cookie.split_once('=').unwrap().1));
    }
}
