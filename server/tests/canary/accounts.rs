//! Accounts: links, passwords, cookies, keys and the mail server's password. None of them is logged, whether they are
//! right or wrong.

use crate::logged::{Logged, porchlight};
use serde_json::{Value, json};
use shared::samples::{ADA, CORA, NOOR};
use std::path::Path;

const PASSWORD: &str = "canary-password by the door";
const WRONG: &str = "canary-wrong by the door";
const NEXT: &str = "canary-next by the door";
const MAIL_PASSWORD: &str = "canary-mail-password";

/// The token of the link that the operator is given.
fn setup_token(data_dir: &Path) -> String {
    let output = porchlight(data_dir)
        .args(["admin", "setup-link"])
        .output()
        .unwrap();
    assert!(output.status.success());
    let said = String::from_utf8(output.stdout).unwrap();
    said.trim().rsplit('#').next().unwrap().to_owned()
}

/// Somebody at the admin page, and every secret that came up so far.
struct Ada<'a> {
    server: &'a Logged,
    cookie: String,
    secrets: Vec<String>,
}

impl Ada<'_> {
    async fn does(&mut self, method: &str, path: &str, body: Value, expected: u16) -> Value {
        let answer = self
            .server
            .answers(method, path, "admin", &self.cookie, body)
            .await;
        assert_eq!(answer.status().as_u16(), expected, "{method} {path}");
        let cookies = answer.headers().get_all("set-cookie").iter();
        let tokens =
            cookies.filter_map(|cookie| cookie.to_str().ok()?.split(';').next()?.split_once('='));
        let tokens: Vec<(String, String)> = tokens
            .map(|(name, token)| (name.into(), token.into()))
            .collect();
        if let Some((name, token)) = tokens.iter().find(|(name, _)| name.ends_with("admin")) {
            self.cookie = format!("{name}={token}");
        }
        self.secrets
            .extend(tokens.into_iter().map(|(_, token)| token));
        serde_json::from_str(&answer.text().await.unwrap()).unwrap_or_default()
    }

    async fn sets_up(&mut self, token: &str) {
        let mut form = json!({
            "token": "canary-of-a-link", "name": ADA.name, "email": ADA.email, "password": PASSWORD,
            "site_name": "Lantern & Loom", "site_address": "https://shop.example",
        });
        self.does("POST", "/api/setup", form.clone(), 404).await;
        form["token"] = token.into();
        self.does("POST", "/api/setup/check", json!({"token": token}), 204)
            .await;
        self.does("POST", "/api/setup", form, 200).await;
    }

    async fn signs_in_and_changes_the_password(&mut self) {
        for (email, password, expected) in [
            (ADA.email, WRONG, 401),
            (CORA.email, PASSWORD, 401),
            (ADA.email, PASSWORD, 200),
        ] {
            let form = json!({"email": email, "password": password});
            self.does("POST", "/api/admin/session", form, expected)
                .await;
        }
        for (from, to, expected) in [
            (WRONG, NEXT, 401),
            (PASSWORD, "short", 422),
            (PASSWORD, NEXT, 204),
        ] {
            let form = json!({"password": from, "new_password": to});
            self.does("POST", "/api/account/password", form, expected)
                .await;
        }
    }

    async fn invites(&mut self) {
        let form = json!({"name": CORA.name, "email": CORA.email, "admin": "off", "group_id": null, "by_mail": "on"});
        let made = self.does("POST", "/api/admin/invitations", form, 200).await;
        assert_eq!(made["was_mailed"], false, "nobody listens");
        let token = made["link"]
            .as_str()
            .unwrap()
            .rsplit('#')
            .next()
            .unwrap()
            .to_owned();
        self.does(
            "POST",
            "/api/invitations/check",
            json!({"token": token}),
            200,
        )
        .await;
        let mut form = json!({"token": token, "name": NOOR.name, "password": "short"});
        self.does("POST", "/api/invitations", form.clone(), 422)
            .await;
        form["password"] = PASSWORD.into();
        self.does("POST", "/api/invitations", form, 200).await;
        self.secrets.push(token);
    }

    async fn makes_keys(&mut self) {
        // The operator's is one of two.
        let form = json!({"key_id": "canary-kid", "algorithm": "HS256", "public_key": ""});
        let made = self.does("POST", "/api/admin/keys", form, 200).await;
        self.secrets
            .push(made["secret"].as_str().unwrap().to_owned());
        let form = json!({"key_id": "other", "algorithm": "ES256", "public_key": "canary-pem"});
        self.does("POST", "/api/admin/keys", form, 422).await;
        self.does("DELETE", "/api/admin/keys/canary-kid", json!(null), 200)
            .await;
    }

    /// A mail server that is not there: port 9 takes no mail on any machine.
    async fn sets_mails_up(&mut self) {
        let page = self
            .does("GET", "/api/admin/settings", json!(null), 200)
            .await;
        let (mut settings, version) = (page["settings"].clone(), page["version"].clone());
        settings["mail_host"] = "localhost".into();
        settings["mail_port"] = 9.into();
        settings["mail_security"] = "none".into();
        settings["mail_user"] = "canary-mail-user".into();
        settings["mail_from"] = "canary-from@shop.example".into();
        let form = json!({"version": version, "settings": settings});
        self.does("PUT", "/api/admin/settings", form, 200).await;
        self.does(
            "PUT",
            "/api/admin/mail-password",
            json!({"password": MAIL_PASSWORD}),
            200,
        )
        .await;
        self.does(
            "POST",
            "/api/admin/mail-test",
            json!({"email": CORA.email}),
            422,
        )
        .await;
    }
}

#[tokio::test]
async fn no_password_link_or_key_is_logged() {
    let folder = tempfile::tempdir().unwrap();
    let server = Logged::start(folder.path());
    let token = setup_token(folder.path());
    let mut ada = Ada {
        server: &server,
        cookie: String::new(),
        secrets: vec![token.clone()],
    };
    ada.sets_up(&token).await;
    ada.signs_in_and_changes_the_password().await;
    ada.sets_mails_up().await;
    ada.invites().await;
    ada.makes_keys().await;
    let secrets = std::mem::take(&mut ada.secrets);
    assert!(secrets.len() >= 8, "{}", secrets.len());

    let log = server.log();
    assert!(
        log.contains("/api/admin/mail-test"),
        "the log is there: {log}"
    );
    let known = [
        PASSWORD,
        WRONG,
        NEXT,
        MAIL_PASSWORD,
        "by the door",
        "canary-",
        "argon2id",
        "canary-pem",
        ADA.name,
        ADA.email,
        CORA.name,
        CORA.email,
        "shop.example",
    ];
    for canary in known.into_iter().chain(secrets.iter().map(String::as_str)) {
        assert!(!log.contains(canary), "{canary} is in the log:\n{log}");
    }
}
