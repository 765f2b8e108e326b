//! What the shop's server calls of the chat's server: the host API, with a key, as `docs/host-api.md` says.
//!
//! The law: this is what a host site writes in its own language, so it uses none of the chat's code.

use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use std::{net::SocketAddr, time::Duration};

/// Longer than a busy machine needs.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why the chat did not do as it was told. One sentence for whoever tries the shop.
#[derive(Debug, thiserror::Error)]
pub enum ChatRefused {
    #[error("The chat's server could not be reached.")]
    Unreachable(#[from] reqwest::Error),
    #[error("The chat's server answered {0}.")]
    Answered(StatusCode),
}

/// The chat's server, as the shop's server knows it.
pub struct ChatServer {
    client: Client,
    /// Where the host API is.
    users: String,
    key: String,
}

impl ChatServer {
    /// `key`: made on the admin page, or by what set the demonstration up.
    pub fn new(port: u16, key: String) -> Self {
        let client = Client::builder()
            .timeout(PATIENCE)
            // Browsers know this name by themselves; not every machine does.
            .resolve("chat.localhost", SocketAddr::from(([127, 0, 0, 1], port)))
            .build()
            .expect("nothing of it depends on the machine");
        Self {
            client,
            users: format!("http://chat.localhost:{port}/api/host/users"),
            key,
        }
    }

    /// Tells who a customer is; answers how many conversations came along.
    pub async fn put_user(
        &self,
        account_id: &str,
        name: &str,
        email: &str,
        is_verified: bool,
    ) -> Result<u64, ChatRefused> {
        let user = json!({ "name": name, "email": email, "email_verified": is_verified });
        let call = self
            .call(Method::PUT, account_id)
            .header("content-type", "application/json")
            .body(user.to_string());
        let answer = call.send().await?;
        if !answer.status().is_success() {
            return Err(ChatRefused::Answered(answer.status()));
        }
        let told: Value = serde_json::from_str(&answer.text().await?).unwrap_or_default();
        Ok(told["converted"].as_u64().unwrap_or_default())
    }

    /// Has the chat erase a customer. One whom it never knew is as good as erased.
    pub async fn erase_user(&self, account_id: &str) -> Result<(), ChatRefused> {
        let status = self.call(Method::DELETE, account_id).send().await?.status();
        if status.is_success() || status == StatusCode::NOT_FOUND {
            Ok(())
        } else {
            Err(ChatRefused::Answered(status))
        }
    }

    /// The shop's own account ids need no escaping in a path.
    fn call(&self, method: Method, account_id: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}/{account_id}", self.users))
            .bearer_auth(&self.key)
    }
}
