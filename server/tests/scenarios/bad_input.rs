//! What is wrong with a message or a form, and how it is refused (rows M and G).
//!
//! The law: a refusal names its kind and nothing else, and changes nothing.

use crate::harness::{ORIGIN, scenarios};
use serde_json::{Value, json};
use shared::{
    conversation::Sent,
    problem::ProblemCode::{self, *},
    samples::CORA,
    wire,
};

/// Payloads that other products have shown to run; here they are words.
const PAYLOADS: [&str; 10] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "javascript:alert(1)",
    "{{constructor.constructor('alert(1)')()}}",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "https://a@evil.example\\@good.example",
    "http://127.0.0.1:6379/",
    "'; drop table message; --",
    "%3Cscript%3Ealert(1)%3C/script%3E \u{202e}txt.exe",
];

scenarios! {
    async fn a_bad_message_is_refused_by_its_kind(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let path = format!("/api/conversations/{hall}/messages");
        let id = || cora.client_id().to_string();
        let long = "x".repeat(8_001);
        let rows: Vec<(String, ProblemCode)> = vec![
            (json!({"client_id": id(), "text": ""}).to_string(), TextEmpty),
            (json!({"client_id": id(), "text": "   "}).to_string(), TextEmpty),
            (json!({"client_id": id(), "text": "\u{200b}\u{2060}"}).to_string(), TextEmpty),
            (json!({"client_id": id(), "text": long}).to_string(), TextTooLong),
            (json!({"client_id": id(), "text": "a\0b"}).to_string(), BadText),
            (json!({"client_id": id(), "text": "\u{ffff}"}).to_string(), BadText),
            (format!(r#"{{"client_id":"{}","text":"\ud800"}}"#, id()), BadText),
            (json!({"client_id": id(), "text": 5}).to_string(), Type),
            (json!({"client_id": id(), "text": null}).to_string(), Type),
            (json!({"client_id": id(), "text": ["a"]}).to_string(), Type),
            (json!({"client_id": id(), "text": {"$gt": ""}}).to_string(), Type),
            (json!([id(), "a"]).to_string(), Type),
            (json!({"client_id": "1", "text": "a"}).to_string(), Malformed),
            (json!({"text": "a"}).to_string(), Malformed),
            (String::from("{"), Malformed),
            (String::new(), Malformed),
            (format!(r#"{{"client_id":"{0}","text":"a","text":"b"}}"#, id()), Malformed),
            (json!({"client_id": id(), "text": "a", "sender_id": "x"}).to_string(), UnknownField),
            (json!({"client_id": id(), "text": "a", "position": 1}).to_string(), UnknownField),
            (json!({"client_id": id(), "text": "a", "created_at": 1}).to_string(), UnknownField),
            (json!({"client_id": id(), "text": "a", "is_internal": true}).to_string(), UnknownField),
            (json!({"client_id": id(), "text": "a", "reply_to": 2}).to_string(), NoSuchPosition),
            (json!({"client_id": id(), "text": "a", "reply_to": -1}).to_string(), Type),
            (json!({"client_id": id(), "text": "x".repeat(70_000)}).to_string(), TooBig),
        ];
        for (body, code) in rows {
            let refused = cora.posts("POST", &path, body.clone()).await.read::<Value>().err();
            assert_eq!(refused.map(|refused| refused.code()), Some(code), "{body:.80}");
        }
        assert_eq!(site.count("message").await, 1);
    }

    async fn what_looks_like_code_is_words(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        for payload in PAYLOADS {
            site.clock.advance(1_000);
            assert_eq!(cora.says(&hall, payload).await.message.text, payload);
        }
        let stored: Vec<String> = cora.reads(&hall).await.unwrap().messages.into_iter().skip(1).map(|message| message.text).collect();
        assert_eq!(stored, PAYLOADS);
    }

    async fn what_is_no_conversation_is_not_there(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let unknown = hall.to_string().replace('7', "8");
        let long = "a".repeat(1_000);
        for id in ["0", "-1", "1e9", "..%2f1", "%00", "%ff%fe", unknown.as_str(), long.as_str(), "00000000-0000-0000-0000-000000000000"] {
            let command = json!({"client_id": cora.client_id(), "text": "a"}).to_string();
            let path = format!("/api/conversations/{id}/messages");
            let refused = cora.posts("POST", &path, command).await.read::<Value>().err();
            assert_eq!(refused.map(|refused| (refused.status, refused.code())), Some((404, NotFound)), "{id:.50}");
        }
    }

    async fn a_write_is_json_or_ours(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let path = format!("/api/conversations/{hall}/messages");
        let command = json!({"client_id": cora.client_id(), "text": "a"});
        for content_type in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json; charset=utf-16",
            "application/jsonx",
            "",
        ] {
            let shape = |request: reqwest::RequestBuilder| {
                request.header("origin", ORIGIN).header("content-type", content_type).body(command.to_string())
            };
            let refused = cora.calls("POST", &path, shape).await.read::<Value>().err();
            assert_eq!(refused.map(|refused| refused.code()), Some(ContentType), "{content_type}");
        }
        let shape = |request: reqwest::RequestBuilder| {
            request.header("origin", ORIGIN).header("content-type", "application/json; charset=UTF-8").body(command.to_string())
        };
        assert!(cora.calls("POST", &path, shape).await.read::<Sent>().is_ok(), "with its charset it is JSON");
    }

    async fn postcard_is_read_to_the_last_byte(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let path = format!("/api/conversations/{hall}/messages");
        let command = shared::conversation::SendMessage { client_id: cora.client_id(), text: "a".into(), reply_to: None };
        let bytes = postcard::to_allocvec(&command).unwrap();
        let longer = [&bytes[..], &[0]].concat();
        for (body, status) in [(bytes[..bytes.len() - 1].to_vec(), 400), (longer, 400), (vec![], 400), (vec![0xff; 40], 400), (bytes, 200)] {
            let shape = |request: reqwest::RequestBuilder| {
                request.header("origin", ORIGIN).header("content-type", wire::POSTCARD).body(body)
            };
            assert_eq!(cora.calls("POST", &path, shape).await.status, status);
        }
        assert_eq!(site.count("message").await, 2);
    }

    async fn a_bad_first_message_stores_nothing(site) {
        let mut cora = site.browser(&CORA);
        cora.presses_start().await;
        let people = site.count("person").await;
        let start = |name: Value, email: Value, text: Value| {
            json!({"client_id": cora.client_id(), "text": text, "guest": {"name": name, "email": email}}).to_string()
        };
        let good = json!("cora@example.org");
        let rows: Vec<(String, ProblemCode)> = vec![
            (start(json!(""), good.clone(), json!("a")), NameRequired),
            (start(json!("\u{200b}\u{2060}"), good.clone(), json!("a")), NameRequired),
            (start(json!("x".repeat(81)), good.clone(), json!("a")), NameTooLong),
            (start(json!("Support Team"), good.clone(), json!("a")), NameReserved),
            (start(json!("admin"), good.clone(), json!("a")), NameReserved),
            (start(json!("Mina Okafor"), good.clone(), json!("a")), NameReserved),
            (start(json!("\u{405}upport"), good.clone(), json!("a")), NameReserved),
            (start(json!(5), good.clone(), json!("a")), Type),
            (start(json!(null), good.clone(), json!("a")), Type),
            (start(json!(["a"]), good.clone(), json!("a")), Type),
            (start(json!({"$gt": ""}), good.clone(), json!("a")), Type),
            (start(json!("Cora"), json!(""), json!("a")), EmailRequired),
            (start(json!("Cora"), json!("cora.example.org"), json!("a")), EmailNoAt),
            (start(json!("Cora"), json!("victim@x.org."), json!("a")), EmailShape),
            (start(json!("Cora"), json!("a@x.org,b@x.org"), json!("a")), EmailShape),
            (start(json!("Cora"), json!("a@x.org\nBcc:b@x.org"), json!("a")), EmailShape),
            (start(json!("Cora"), json!(format!("{}@x.org", "a".repeat(65))), json!("a")), EmailTooLong),
            (start(json!("Cora"), good.clone(), json!(" ")), TextEmpty),
            (json!({"client_id": cora.client_id(), "text": "a"}).to_string(), NameRequired),
            (json!({"client_id": cora.client_id(), "text": "a", "guest": ["Cora", "cora@example.org"]}).to_string(), Type),
            (json!({"client_id": cora.client_id(), "text": "a", "guest": {"name": "Cora", "email": "c@x.org", "role": "admin"}}).to_string(), UnknownField),
        ];
        for (body, code) in rows {
            let refused = cora.posts("POST", "/api/conversations", body.clone()).await.read::<Value>().err();
            assert_eq!(refused.map(|refused| refused.code()), Some(code), "{body:.120}");
        }
        assert_eq!((site.count("person").await, site.count("conversation").await, site.count("message").await), (people, 0, 0));
    }
}
