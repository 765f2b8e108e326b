//! To be there first: somebody chats under another one's address and keeps everything open until the true one comes.
//!
//! The law: the true one gets what was written to them, sees that the address was only typed, and from that moment
//! nobody else reads a word; whatever was open.

use crate::harness::{Browser, Site, Socket, scenarios};
use serde_json::json;
use shared::{
    conversion::Proof,
    ids::ConversationId,
    realtime::{Event, Known, Resume, Signal, close},
    samples::{ADA, CORA, MINA},
};

/// Somebody who chats as Cora in several tabs.
async fn pretends(site: &Site) -> (Browser<'_>, ConversationId, Vec<Socket>) {
    let mut attacker = site.browser(&CORA);
    let hall = attacker
        .starts("I am Cora. What is my order's number?")
        .await;
    let mut sockets = Vec::new();
    for _ in 0..3 {
        sockets.push(attacker.listens().await);
    }
    (attacker, hall, sockets)
}

/// Everything that a frame could ask for, in every manner it knows.
async fn reads_nothing(attacker: &Browser<'_>, hall: &ConversationId, secret: &str) {
    let path = format!("/api/conversations/{hall}");
    let message =
        json!({ "client_id": attacker.client_id(), "text": "And now?", "reply_to": null })
            .to_string();
    for as_what in [
        attacker.clone(),
        attacker.clone().on_behalf_of_user(),
        attacker.clone().on_admin_page(),
    ] {
        for (method, path, body) in [
            ("GET", path.clone(), String::new()),
            ("GET", format!("{path}/messages?limit=100"), String::new()),
            ("GET", format!("{path}/messages?after=1"), String::new()),
            ("GET", format!("{path}/same-address"), String::new()),
            ("GET", "/api/conversations".into(), String::new()),
            ("GET", "/api/inbox".into(), String::new()),
            ("GET", "/api/session".into(), String::new()),
            (
                "GET",
                format!("/api/admin/conversations/{hall}/messages"),
                String::new(),
            ),
            ("POST", format!("{path}/messages"), message.clone()),
            ("PUT", format!("{path}/seen"), r#"{"position":1}"#.into()),
            ("POST", format!("{path}/not-me"), String::new()),
            (
                "POST",
                "/api/conversion/answer".into(),
                r#"{"continue_here":true}"#.into(),
            ),
        ] {
            let answer = as_what.posts(method, &path, body).await;
            let said = String::from_utf8_lossy(&answer.body).into_owned();
            assert!(
                !said.contains(secret) && !said.contains(hall.as_str()),
                "{method} {path}: {said}"
            );
            let is_session = path == "/api/session";
            assert!(
                is_session || matches!(answer.status, 401 | 404),
                "{method} {path}: {}",
                answer.status
            );
        }
    }
}

scenarios! {
    async fn who_chatted_as_the_victim_first_reads_nothing_once_the_victim_is_there(site) {
        let mina = site.signed_in(&MINA).await;
        let (attacker, hall, mut sockets) = pretends(site).await;
        mina.says(&hall, "May I have your name?").await;
        let known = attacker.looks_at(&hall).await.unwrap().revision;
        let mut cora = Browser::user(site, &CORA);
        cora.signs_in_verified().await;
        assert_eq!(cora.looks_at(&hall).await.unwrap().converted.unwrap().proof, Proof::AddressOnly);
        // At once, before any socket was closed.
        cora.says(&hall, "My order is 4711").await;
        reads_nothing(&attacker, &hall, "4711").await;
        mina.says(&hall, "4711 is at the harbour").await;
        for socket in &mut sockets {
            let conversations = vec![Known { conversation_id: hall.clone(), revision: known }];
            socket.signals(&Signal::Resume(Resume { conversations })).await;
            let (heard, code) = socket.is_closed().await;
            assert_eq!(code, Some(close::SIGNED_OUT));
            for event in heard {
                if let Event::MessageSent(sent) = event {
                    assert!(!sent.message.text.contains("4711"));
                }
            }
        }
        reads_nothing(&attacker, &hall, "4711").await;
        // A socket that is opened with the same cookie hears what a visitor hears.
        let socket = attacker.listens().await;
        mina.says(&hall, "4711 comes tomorrow").await;
        let mut socket = socket;
        socket.says(tokio_tungstenite::tungstenite::Message::text(r#"{"pong":{}}"#)).await;
        let resume = Signal::Resume(Resume { conversations: vec![Known { conversation_id: hall.clone(), revision: known }] });
        socket.signals(&resume).await;
        let (heard, code) = socket.is_closed().await;
        assert_eq!(code, Some(close::SIGNED_OUT), "a frame that takes itself for somebody");
        assert!(!heard.iter().any(|event| matches!(event, Event::MessageSent(_))));
    }

    async fn what_the_victim_wrote_stays_theirs_when_the_pretender_gets_the_chat_back(site) {
        let (mina, ada) = (site.signed_in(&MINA).await, site.admin_of(&ADA).await);
        let (attacker, hall, _sockets) = pretends(site).await;
        let mut cora = Browser::user(site, &CORA);
        cora.signs_in_verified().await;
        cora.says(&hall, "My order is 4711").await;
        mina.says(&hall, "4711 is at the harbour").await;
        // The victim sees what was written in her name, and says so.
        assert_eq!(cora.says_not_me(&hall).await, 204);
        let thread = attacker.reads(&hall).await.unwrap();
        assert!(!thread.messages.iter().any(|message| message.text.contains("4711")));
        assert_eq!(cora.own().await.len(), 1, "she goes on in her own");
        let own = cora.own().await.remove(0);
        assert_eq!(attacker.reads(&own).await.err().unwrap().status, 404);
        assert_eq!(ada.reads_reports("").await.reports.len(), 1);
    }
}
