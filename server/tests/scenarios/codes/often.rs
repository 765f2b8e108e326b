//! How often somebody tries a code, or asks for one.

use super::cora_was_here;
use crate::harness::scenarios;
use serde_json::json;
use shared::samples::{CORA, IDRIS};

scenarios! {
    async fn who_tries_by_the_hundred_is_told_to_slow_down(site) {
        let post = cora_was_here(site).await;
        let mut cora = site.browser(&CORA);
        cora.fetches_code(&post, CORA.email).await;
        let mut told = None;
        for number in 0..400 {
            let answer = cora.enters_code("00000000").await.err().unwrap();
            if answer.status == 429 {
                told = Some((number, answer.problem.retry_after_s));
                break;
            }
        }
        assert_eq!(told, Some((300, Some(600))));
    }

    async fn one_peer_asks_for_sixty_and_no_more(site) {
        let post = cora_was_here(site).await;
        for number in 0..60 {
            site.browser(&IDRIS).asks_for_code(&format!("nobody{number}@example.net")).await;
        }
        let answer = site.browser(&CORA).asks_for_code(CORA.email).await;
        assert_eq!((answer.status, answer.body), (204, Vec::new()));
        assert!(site.letters_to(&post, CORA.email).await.is_empty());
        let cora = site.browser(&CORA);
        let elsewhere = cora.calls("POST", "/api/code", |request| {
            request
                .header("origin", crate::harness::ORIGIN)
                .header("content-type", "application/json")
                .header("x-forwarded-for", "203.0.113.9")
                .body(json!({ "email": CORA.email }).to_string())
        });
        assert_eq!(elsewhere.await.status, 204);
        assert_eq!(site.letters_to(&post, CORA.email).await.len(), 1, "another peer's ask counts apart");
    }
}
