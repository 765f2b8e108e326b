//! Where webhooks may lead: S-09, when an address is saved and again when it is called.

use crate::harness::scenarios;
use serde_json::{Value, json};
use shared::{
    host::WebhookEvent::MessageSent,
    limits,
    problem::{Field, Problem, ProblemCode},
    samples::{ADA, CORA},
};
use tokio::net::TcpListener;

const WEBHOOKS: &str = "/api/admin/webhooks";

scenarios! {
    async fn s09_an_address_that_is_not_public_is_refused_when_it_is_saved(site) {
        let mut ada = site.admin_of(&ADA).await;
        site.names("inside.example", &["10.0.0.7"]);
        site.names("both.example", &["93.184.216.34", "127.0.0.1"]);
        site.names("six.example", &["fd00::7"]);
        site.names("mapped.example", &["::ffff:169.254.169.254"]);
        site.names("localhost", &["127.0.0.1", "::1"]);
        site.names("hooks.example", &["93.184.216.34", "2606:2800:220:1::1"]);
        for (url, code) in [
            ("http://hooks.example", ProblemCode::UrlShape),
            ("http://localhost:8080", ProblemCode::UrlShape),
            ("http://[::1]", ProblemCode::UrlShape),
            ("https://127.0.0.1", ProblemCode::AddressPrivate),
            ("https://[::1]", ProblemCode::AddressPrivate),
            ("https://169.254.169.254", ProblemCode::AddressPrivate),
            ("https://2130706433", ProblemCode::AddressPrivate),
            ("https://0x7f.1", ProblemCode::AddressPrivate),
            ("https://localhost", ProblemCode::AddressPrivate),
            ("https://inside.example", ProblemCode::AddressPrivate),
            ("https://both.example", ProblemCode::AddressPrivate),
            ("https://six.example", ProblemCode::AddressPrivate),
            ("https://mapped.example", ProblemCode::AddressPrivate),
            ("https://nobody.example", ProblemCode::AddressPrivate),
            ("https://user:pw@hooks.example", ProblemCode::UrlShape),
            ("ftp://hooks.example", ProblemCode::UrlShape),
            ("file:///etc/passwd", ProblemCode::UrlShape),
            ("", ProblemCode::UrlShape),
        ] {
            let refused = ada.makes_webhook(url, &[MessageSent]).await.read::<Value>().unwrap_err();
            assert_eq!(refused.problem, Problem::about(code, Field::WebhookUrl), "{url}");
        }
        for (form, status) in [
            (json!({ "url": "https://hooks.example", "events": [] }), 422),
            (json!({ "url": "https://hooks.example", "events": ["message.sent", "message.sent"] }), 422),
            (json!({ "url": "https://hooks.example", "events": ["message.read"] }), 400),
            (json!({ "url": 5, "events": ["message.sent"] }), 400),
            (json!({ "url": "https://hooks.example" }), 400),
            (json!({ "url": "https://hooks.example", "events": ["message.sent"], "secret": "mine" }), 400),
        ] {
            assert_eq!(ada.posts("POST", WEBHOOKS, form.to_string()).await.status, status, "{form}");
        }
        assert_eq!(site.count("webhook").await, 0);
        for _ in 0..limits::WEBHOOKS {
            assert_eq!(ada.makes_webhook(" https://hooks.example/in?a=b ", &[MessageSent]).await.status, 200);
        }
        let refused = ada.makes_webhook("https://hooks.example", &[MessageSent]).await.read::<Value>().unwrap_err();
        assert_eq!(refused.code(), ProblemCode::TooMany);
        let rows = ada.webhooks().await;
        assert_eq!((rows.len(), rows[0].url.as_str(), rows[0].events.as_slice()), (20, "https://hooks.example/in?a=b", &[MessageSent][..]));
        let path = format!("{WEBHOOKS}/{}", rows[0].webhook_id);
        assert_eq!(ada.asks("DELETE", &path).await.status, 204);
        for (method, path) in [("DELETE", path.clone()), ("GET", format!("{path}/deliveries")), ("POST", format!("{path}/deliveries/{}/repeat", rows[0].webhook_id)), ("DELETE", format!("{WEBHOOKS}/1"))] {
            assert_eq!(ada.asks(method, &path).await.status, 404, "{method} {path}");
        }
        assert_eq!(site.count("webhook").await, 19);
    }

    async fn s09_a_name_that_turns_private_after_it_was_saved_is_not_called(site) {
        let ada = site.admin_of(&ADA).await;
        let inside = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("https://hooks.example:{}/in", inside.local_addr().unwrap().port());
        site.names("hooks.example", &["93.184.216.34"]);
        let made = ada.makes_webhook(&url, &[MessageSent]).await.read().unwrap();
        site.names("hooks.example", &["127.0.0.1"]);
        site.browser(&CORA).starts("Hello").await;
        let row = ada.finds_delivery(&made, |row| row.tries == 1).await;
        assert_eq!((row.last_failure.as_deref(), row.last_status, row.delivered_at), (Some("address_private"), None, None));
        assert!(row.next_try_at.is_some(), "it may be public again");
        let nobody = tokio::time::timeout(std::time::Duration::from_millis(200), inside.accept()).await;
        assert!(nobody.is_err(), "nobody was connected to");
        site.names("hooks.example", &[]);
        site.clock.advance(6_000);
        let row = ada.finds_delivery(&made, |row| row.tries == 2).await;
        assert_eq!(row.last_failure.as_deref(), Some("name_unknown"));
    }
}
