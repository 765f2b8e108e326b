//! What the shop's server tells the chat's, by the true host API.

use crate::{Demo, cookie};
use reqwest::header;
use serde_json::{Value, json};

const ADDRESS: &str = "cora@example.org";

/// Chats as a guest; answers the conversation's id.
async fn chats(demo: &Demo) -> String {
    let form = json!({ "name": "Cora Lindqvist", "email": ADDRESS });
    let visitor = |request: reqwest::RequestBuilder| {
        request
            .header(
                header::ORIGIN,
                format!("http://chat.localhost:{}", demo.chat_port),
            )
            .header("x-porchlight", "visitor")
    };
    let first = visitor(demo.web.post(demo.chat_url("/api/guest"))).json(&form);
    let first = first.send().await.unwrap();
    let guest = cookie(first.headers());
    let message = json!({
        "client_id": "018f2f6e-0000-7000-8000-000000000001", "text": "Is the blue lamp back?", "guest": form,
    });
    let sent = visitor(demo.web.post(demo.chat_url("/api/conversations")))
        .header(header::COOKIE, guest)
        .json(&message);
    let started: Value = sent.send().await.unwrap().json().await.unwrap();
    let id = &started["conversation"]["conversation_id"];
    id.as_str().unwrap().to_owned()
}

#[tokio::test]
async fn c14_the_shop_s_server_brings_a_chat_and_has_it_erased() {
    let directory = tempfile::tempdir().unwrap();
    let demo = Demo::start(directory.path(), &[]).await;
    let conversation = chats(&demo).await;
    let shop = format!("http://127.0.0.1:{}", demo.shop_port);
    let sign_up = demo
        .web
        .post(format!("{shop}/sign-up"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(format!(
            "name=Cora&email={ADDRESS}&password=porch-light&verified=on"
        ));
    let cora = cookie(sign_up.send().await.unwrap().headers());
    let click = async |path: &str| {
        let click = demo.web.post(format!("{shop}{path}"));
        let answer = click.header(header::COOKIE, &cora).send().await.unwrap();
        answer.text().await.unwrap()
    };
    let page = click("/account/tell").await;
    assert!(
        page.contains("1 earlier conversation is yours now."),
        "{page}"
    );
    let page = click("/account/tell").await;
    assert!(
        page.contains("No earlier conversation came along."),
        "{page}"
    );

    let (mina, _) = demo.signs_in("mina").await;
    let path = format!("/api/conversations/{conversation}/messages");
    let thread = demo.reads(&path, &mina).await.to_string();
    assert!(thread.contains("blue lamp"), "{thread}");
    click("/account/delete").await;
    let thread = demo.reads(&path, &mina).await.to_string();
    assert!(!thread.contains("blue lamp"), "{thread}");
    let token = demo.shop("/chat-token").header(header::COOKIE, &cora);
    assert_eq!(token.send().await.unwrap().status(), 204);
    demo.ends_orderly();
}
