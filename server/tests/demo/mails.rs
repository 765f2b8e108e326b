//! What the chat mails in the demonstration: it comes to everybody's mailbox, and a code from there is good.

use crate::Demo;
use reqwest::{StatusCode, header};
use serde_json::{Value, json};

impl Demo {
    /// What a page of somebody's writes to the chat: the status, and the cookie that came back or was brought.
    async fn writes(&self, path: &str, cookie: &str, body: &Value) -> (StatusCode, String, Value) {
        let origin = format!("http://chat.localhost:{}", self.chat_port);
        let write = self.web.post(self.chat_url(path)).json(body);
        let write = write
            .header(header::ORIGIN, origin)
            .header("x-porchlight", "visitor")
            .header(header::COOKIE, cookie);
        let answer = write.send().await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        let cookie = match headers.contains_key(header::SET_COOKIE) {
            true => crate::cookie(&headers),
            false => cookie.to_owned(),
        };
        let said = answer.text().await.unwrap();
        (
            status,
            cookie,
            serde_json::from_str(&said).unwrap_or_default(),
        )
    }
}

#[tokio::test]
async fn a_code_that_the_chat_mails_is_in_everybody_s_mailbox() {
    let directory = tempfile::tempdir().unwrap();
    let demo = Demo::start(directory.path(), &[]).await;
    let mails = async || {
        demo.shop("/mails")
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
    };
    assert!(mails().await.contains("No mail has come yet."));
    let cora = json!({ "name": "Cora Lindqvist", "email": "cora@example.org" });
    let (_, former, _) = demo.writes("/api/guest", "", &cora).await;
    let first = json!({
        "client_id": "019aaf00-4001-7000-8000-000000000001", "text": "The blue lamp hums", "guest": cora,
    });
    let (status, _, begun) = demo.writes("/api/conversations", &former, &first).await;
    assert_eq!(status, StatusCode::OK);
    // Another browser.
    let asking = json!({ "email": "cora@example.org" });
    let (status, elsewhere, _) = demo.writes("/api/code", "", &asking).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    let page = loop {
        let page = mails().await;
        if page.contains("cora@example.org") {
            break page;
        }
        tokio::task::yield_now().await;
    };
    assert!(page.contains("Your code for Lantern &amp; Loom"), "{page}");
    let is_code = |line: &&str| line.len() == 8 && line.bytes().all(|byte| byte.is_ascii_digit());
    let code = page.lines().find(is_code).unwrap();
    let entering = json!({ "code": code });
    let (status, _, session) = demo.writes("/api/code/enter", &elsewhere, &entering).await;
    assert_eq!(
        (status, &session["role"]),
        (StatusCode::OK, &json!("guest"))
    );
    assert_eq!(
        session["conversation_id"],
        begun["conversation"]["conversation_id"]
    );
    // A second start finds its mailbox at another port.
    demo.ends_orderly();
    let demo = Demo::start(directory.path(), &[]).await;
    let (status, _, _) = demo.writes("/api/code", "", &asking).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    while !demo
        .shop("/mails")
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap()
        .contains("cora@example.org")
    {
        tokio::task::yield_now().await;
    }
}
