//! Settings: what they change for a host page, and what they refuse.

use crate::harness::{Site, scenarios};
use porchlight::safety::audit::By;
use porchlight::settings::change::set_from_text;
use reqwest::header::HeaderMap;
use shared::samples::{CORA, MINA};

/// Sets one setting as the command line does, in another process: this server has to notice by itself.
async fn set(site: &Site, key: &'static str, text: &'static str) -> Result<(), String> {
    let app = site.app();
    let by = By {
        actor: None,
        mint: app.mint.clone(),
        now: site.clock.now(),
    };
    let changed = app.writer.run((by, key, text), |tx, (by, key, text)| {
        Box::pin(set_from_text(tx, by, &["de"], key, text))
    });
    changed
        .await
        .unwrap()
        .map(|_| ())
        .map_err(|fault| fault.to_string())
}

async fn get(site: &Site, path: &str) -> (u16, HeaderMap, String) {
    let answer = site
        .browser(&CORA)
        .calls("GET", path, |request| request)
        .await;
    (
        answer.status,
        answer.headers,
        String::from_utf8(answer.body).unwrap(),
    )
}

fn frame_ancestors(headers: &HeaderMap) -> String {
    let policy = headers["content-security-policy"].to_str().unwrap();
    policy
        .split("; ")
        .find(|directive| directive.starts_with("frame-ancestors"))
        .unwrap()
        .to_owned()
}

scenarios! {
    async fn nobody_embeds_us_until_somebody_is_allowed(site) {
        let (_, headers, _) = get(site, "/widget").await;
        assert_eq!(frame_ancestors(&headers), "frame-ancestors 'none'");
        set(site, "allowed_origins", "https://Shop.Example:443, https://*.example.com").await.unwrap();
        site.app().policy_changed().await.unwrap();
        let (_, headers, _) = get(site, "/widget").await;
        assert_eq!(frame_ancestors(&headers), "frame-ancestors https://shop.example https://*.example.com");
        let (_, headers, _) = get(site, "/chat").await;
        assert_eq!(frame_ancestors(&headers), "frame-ancestors 'none'", "the window of its own is in no frame");
    }

    async fn a_list_that_would_break_the_header_is_refused_whole(site) {
        set(site, "allowed_origins", "https://shop.example").await.unwrap();
        for bad in [
            "https://a; script-src *",
            "https://shop.example, https://evil.example/path",
            "https://a\nX-Evil: 1",
            "http://shop.example",
            "file://",
            "*",
        ] {
            let sentence = set(site, "allowed_origins", bad).await.unwrap_err();
            assert!(sentence.ends_with('.') && !sentence.contains("evil"), "{sentence}");
        }
        site.app().policy_changed().await.unwrap();
        let (_, headers, _) = get(site, "/widget").await;
        assert_eq!(frame_ancestors(&headers), "frame-ancestors https://shop.example");
    }

    async fn the_loader_shows_the_settings_and_is_kept_for_five_minutes(site) {
        let (status, headers, script) = get(site, "/embed.js").await;
        assert_eq!(status, 200);
        assert_eq!(headers["content-type"], "text/javascript; charset=utf-8");
        assert_eq!(headers["cache-control"], "public, max-age=300");
        assert_eq!(headers["cross-origin-resource-policy"], "cross-origin");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert!(!headers.contains_key("access-control-allow-origin") && !headers.contains_key("set-cookie"));
        assert!(script.contains("\"accent\":\"#2563EB\"") && script.contains("\"ink\":\"#FFFFFF\""));
        assert!(!script.contains("__PORCHLIGHT_SETTINGS__"));
        let etag = headers["etag"].clone();
        let held = etag.clone();
        let again = site.browser(&CORA).calls("GET", "/embed.js", |request| request.header("if-none-match", held)).await;
        assert_eq!((again.status, again.body.len()), (304, 0));

        set(site, "accent", "#FACC15").await.unwrap();
        set(site, "corner", "left").await.unwrap();
        site.app().policy_changed().await.unwrap();
        let (_, headers, script) = get(site, "/embed.js").await;
        assert!(script.contains("\"accent\":\"#FACC15\"") && script.contains("\"ink\":\"#111111\""));
        assert!(script.contains("\"corner\":\"left\""));
        assert_ne!(headers["etag"], etag);
    }

    async fn another_process_changes_settings_and_this_one_notices(site) {
        set(site, "greeting", "Come in").await.unwrap();
        let mut changes = site.app().policy.changes();
        changes.wait_for(|policy| policy.settings.greeting == "Come in").await.unwrap();
        assert_eq!(site.browser(&CORA).session().await.site.greeting, "Come in");
    }

    async fn guest_mode_stays_off_until_somebody_could_answer(site) {
        set(site, "guest_mode", "off").await.unwrap();
        set(site, "guest_group_id", "none").await.unwrap();
        assert!(set(site, "guest_mode", "on").await.unwrap_err().contains("guest group"));
        set(site, "guest_group_id", "Support").await.unwrap();
        set(site, "user_groups", "off").await.unwrap();
        assert!(set(site, "guest_mode", "on").await.unwrap_err().contains("User Groups"));
        set(site, "user_groups", "on").await.unwrap();
        set(site, "guest_mode", "on").await.unwrap();
        assert!(set(site, "user_groups", "off").await.unwrap_err().contains("Guest Mode off first"));
        assert!(set(site, "guest_group_id", "Nobody").await.is_err());
    }

    async fn a_save_leaves_a_line_that_names_keys_and_no_values(site) {
        let before = site.count("audit").await;
        site.clock.advance(1);
        set(site, "privacy_url", "https://shop.example/privacy").await.unwrap();
        set(site, "privacy_url", "https://shop.example/privacy").await.unwrap();
        assert!(set(site, "privacy_url", "javascript:alert(1)").await.is_err());
        assert_eq!(site.count("audit").await, before + 1, "what changes nothing and what is refused is no save");
        let mut connection = site.app().database.read().await.unwrap();
        let line: String = sqlx::query_scalar("select particulars from audit order by at desc limit 1")
            .fetch_one(&mut *connection)
            .await
            .unwrap();
        assert_eq!(line, r#"{"keys":["privacy_url"]}"#);
    }

    async fn a_guest_may_not_take_a_name_that_the_site_took_since(site) {
        let press = async || {
            let body = serde_json::json!({"name": "Lantern & Loom", "email": "cora@example.org"});
            site.browser(&CORA).posts("POST", "/api/guest", body.to_string()).await.status
        };
        assert_eq!(press().await, 204);
        set(site, "support_name", "Lantern & Loom").await.unwrap();
        site.app().policy_changed().await.unwrap();
        assert_eq!(press().await, 422);
        assert!(site.signed_in(&MINA).await.session().await.role.is_staff());
    }
}
