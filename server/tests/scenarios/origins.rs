//! Where a call comes from (rows ), and what every answer carries.

use crate::harness::{Browser, ORIGIN, scenarios};
use shared::{
    problem::{Problem, ProblemCode},
    samples::{CORA, MINA},
    wire,
};

async fn write(browser: &Browser<'_>, path: &str, headers: &[(&'static str, &'static str)]) -> u16 {
    let url = format!("http://{}{path}", browser.site.address());
    let mut request = reqwest::Client::new()
        .post(url)
        .header("cookie", browser.cookie());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body("{}").send().await.unwrap().status().as_u16()
}

scenarios! {
    async fn a_write_comes_from_our_own_frame_or_is_refused(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let ours = ("origin", ORIGIN);
        let header = ("x-porchlight", "visitor");
        let json = ("content-type", "application/json");
        let paths = [
            "/api/session".to_owned(),
            "/api/guest".into(),
            "/api/conversations".into(),
            format!("/api/conversations/{hall}/messages"),
        ];
        for path in &paths {
            for headers in [
                &[header, json][..],
                &[("origin", "null"), header, json],
                &[("origin", ""), header, json],
                &[ours, ours, header, json],
                &[("origin", "https://chat.example.evil.com"), header, json],
                &[("origin", "https://evilchat.example"), header, json],
                &[("origin", "https://chat.example@evil.com"), header, json],
                &[("origin", "https://chat.example."), header, json],
                // A form of another site, and a script's `no-cors`.
                &[("origin", "https://evil.example"), ("content-type", "text/plain")],
                &[ours, header, json, ("sec-fetch-site", "cross-site")],
                // A form cannot send our header.
                &[ours, ("content-type", "application/x-www-form-urlencoded")],
            ] {
                assert_eq!(write(&cora, path, headers).await, 403, "{path} {headers:?}");
            }
            let answered = write(&cora, path, &[ours, header, json]).await;
            assert!(answered != 403, "{path} is ours and was answered {answered}");
        }
        assert_eq!(site.count("message").await, 1);
    }

    async fn a_read_on_another_sites_behalf_is_refused(site) {
        let mina = site.signed_in(&MINA).await;
        let answer = mina.calls("GET", "/api/inbox", |request| request.header("sec-fetch-site", "cross-site")).await;
        assert_eq!(answer.status, 403);
        let answer = mina.calls("GET", "/widget", |request| request.header("sec-fetch-site", "cross-site")).await;
        assert!(answer.status != 403, "a frame is asked for by another site's page");
    }

    async fn every_answer_is_defended_and_none_has_a_cors_header(site) {
        let mina = site.signed_in(&MINA).await;
        let paths = ["/embed.js", "/widget", "/chat", "/assets/none", "/livez", "/readyz", "/version", "/api/session", "/api/inbox", "/nowhere"];
        for path in paths {
            let asked = |request: reqwest::RequestBuilder| request.header("origin", "https://shop.example");
            let answer = mina.calls("GET", path, asked).await;
            let header = |name: &str| answer.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
            assert_eq!(header("x-content-type-options").as_deref(), Some("nosniff"), "{path}");
            let foreign = matches!(path, "/embed.js" | "/widget");
            let expected = if foreign { "cross-origin" } else { "same-origin" };
            assert_eq!(header("cross-origin-resource-policy").as_deref(), Some(expected), "{path}");
            assert!(header("content-security-policy").is_some(), "{path}");
            assert!(header("x-request-id").is_some(), "{path}");
            assert!(!answer.headers.keys().any(|name| name.as_str().starts_with("access-control-")), "{path}");
        }
    }

    async fn only_sites_that_the_admin_allowed_may_frame_us(site) {
        let cora = site.browser(&CORA);
        let policy = async || {
            let answer = cora.calls("GET", "/widget", |request| request).await;
            answer.headers["content-security-policy"].to_str().unwrap().to_owned()
        };
        assert!(policy().await.contains("frame-ancestors 'none'"), "closed by default");
        site.sets(|settings| settings.allowed_origins = vec!["https://shop.example".into()]).await;
        assert!(policy().await.contains("frame-ancestors https://shop.example;"));
        let answer = cora.calls("GET", "/chat", |request| request).await;
        assert!(answer.headers["content-security-policy"].to_str().unwrap().contains("frame-ancestors 'none'"));
    }

    async fn an_answer_is_ours_in_our_encoding_and_json_otherwise(site) {
        let mina = site.signed_in(&MINA).await;
        let ours = mina.calls("GET", "/api/inbox", |request| request.header("accept", wire::POSTCARD)).await;
        assert_eq!(ours.headers["content-type"], wire::POSTCARD);
        let page: shared::inbox::InboxPage = postcard::from_bytes(&ours.body).unwrap();
        assert!(page.conversations.is_empty());
        let another = format!("{}; build=0000000000000000", wire::POSTCARD_FAMILY);
        for accept in ["*/*", "application/json", another.as_str()] {
            let json = mina.calls("GET", "/api/inbox", |request| request.header("accept", accept)).await;
            assert_eq!(json.headers["content-type"], wire::JSON, "{accept}");
        }
        let refused = mina.calls("GET", "/nowhere", |request| request.header("accept", wire::POSTCARD)).await;
        let problem: Problem = postcard::from_bytes(&refused.body).unwrap();
        assert_eq!((refused.status, problem.code), (404, ProblemCode::NotFound));
        // A write of another build is told so in what it can read.
        let outdated = mina
            .calls("POST", "/api/conversations", |request| {
                let request = request.header("origin", ORIGIN).header("accept", wire::POSTCARD);
                request.header("content-type", another.as_str()).body(vec![1, 2, 3])
            })
            .await;
        assert_eq!((outdated.status, outdated.headers["content-type"].to_str().unwrap()), (426, wire::JSON));
    }
}
