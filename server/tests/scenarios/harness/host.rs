//! The host's server: it calls with a key, and has no cookies.

use super::{
    person::{Answer, Browser, Refused},
    site::Site,
};
use serde_json::{Value, json};
use shared::{
    host::{HostKeyMade, HostScope, HostUser},
    samples::{ADA, Person},
};

/// Every scope.
pub const EVERYTHING: [HostScope; 3] = [
    HostScope::UsersWrite,
    HostScope::UsersErase,
    HostScope::UsersExport,
];

/// The host site's server.
pub struct HostServer<'a> {
    pub site: &'a Site,
    pub made: HostKeyMade,
}

impl Site {
    /// The host's server, with a key that Ada made.
    pub async fn host(&self, scopes: &[HostScope]) -> HostServer<'_> {
        let ada = self.admin_of(&ADA).await;
        let made = ada.makes_host_key("The shop", scopes).await.unwrap();
        HostServer { site: self, made }
    }
}

impl Site {
    /// Looks for words in everything that is stored: in the rows of every table, and on SQLite in the bytes of the file.
    pub async fn is_free_of(&self, words: &[&str]) {
        let stored = self.everything_stored().await;
        assert!(
            stored.contains("Erased"),
            "the control: something is stored"
        );
        for word in words {
            assert!(!stored.contains(word), "{word} is still there");
        }
    }

    /// Every byte of the file on SQLite, every column of every table on Postgres.
    pub async fn everything_stored(&self) -> String {
        if self.config.database_url.starts_with("sqlite:") {
            // What is still in the log beside the file is folded in when the server leaves.
            self.stop().await;
            let path = self.config.database_url.trim_start_matches("sqlite:");
            let bytes = std::fs::read(path).unwrap();
            self.starts_again().await;
            String::from_utf8_lossy(&bytes).into_owned()
        } else {
            let tables = self
                .texts("select cast(tablename as text) from pg_tables where schemaname = current_schema()")
                .await;
            let mut stored = String::new();
            for table in tables {
                let rows = format!("select cast(r as text) from {table} r");
                stored += &self.texts(rows.leak()).await.join("\n");
            }
            stored
        }
    }

    /// Until so many deliveries were tried once.
    pub async fn until_tried(&self, many: usize) {
        let tried = "select delivery_id from webhook_delivery where tries = 1";
        while self.texts(tried).await.len() < many {
            tokio::task::yield_now().await;
        }
    }
}

impl Browser<'_> {
    pub async fn makes_host_key(
        &self,
        name: &str,
        scopes: &[HostScope],
    ) -> Result<HostKeyMade, Refused> {
        let form = json!({ "name": name, "scopes": scopes });
        self.posts("POST", "/api/admin/host-keys", form.to_string())
            .await
            .read()
    }
}

impl HostServer<'_> {
    /// A call that nothing was added to, not even the key.
    pub async fn calls(
        &self,
        method: &str,
        path: &str,
        shape: impl FnOnce(reqwest::RequestBuilder) -> reqwest::RequestBuilder,
    ) -> Answer {
        let url = format!("http://{}{path}", self.site.address());
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let answer = shape(self.site.http.request(method, url)).send().await;
        let answer = answer.unwrap();
        Answer {
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            body: answer.bytes().await.unwrap().to_vec(),
        }
    }

    /// A call as its program makes it. `null`: without a body.
    pub async fn asks(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.calls(method, path, |request| {
            let request = request.bearer_auth(&self.made.key);
            match body {
                Value::Null => request,
                body => request
                    .header("content-type", "application/json")
                    .body(body.to_string()),
            }
        })
        .await
    }

    pub async fn puts(&self, person: &Person, body: &Value) -> Result<HostUser, Refused> {
        self.asks("PUT", &user_path(person), body).await.read()
    }

    pub async fn shows(&self, person: &Person) -> Result<HostUser, Refused> {
        self.asks("GET", &user_path(person), &Value::Null)
            .await
            .read()
    }

    pub async fn verifies(&self, person: &Person, email: &str) -> Result<HostUser, Refused> {
        let path = format!("{}/email-verified", user_path(person));
        self.asks("POST", &path, &json!({ "email": email }))
            .await
            .read()
    }
}

/// Where a user is whom the host calls by their key.
pub fn user_path(person: &Person) -> String {
    format!("/api/host/users/{}", person.key)
}
