//! One call of one receiver.
//!
//! The laws: the address is looked at again for this very call, and no other is called; a redirect is an answer, not an
//! invitation; of an answer only the status is read; whatever a receiver does, the call ends in time. No address of a
//! webhook reaches a log: it may hold the receiver's own secret.

use super::{
    names::{NameRefused, Names},
    rules::{Failure, Loopback, Outcome, read_url},
    signature::sign,
};
use crate::identity::secret::Secret;
use reqwest::{Client, header, redirect::Policy};
use shared::{ids::DeliveryId, problem::ProblemCode, wire};
use std::{sync::Arc, time::Duration};

/// For a whole call. **Source**: Standard Webhooks asks for 15 to 30 seconds.
const PATIENCE: Duration = Duration::from_secs(15);

/// Calls receivers.
pub struct Courier {
    client: Client,
    loopback: Loopback,
}

/// What is to be said to a receiver.
pub struct Call<'a> {
    pub url: &'a str,
    pub secret: &'a Secret,
    pub delivery_id: &'a DeliveryId,
    /// **Units**: seconds since 1970.
    pub timestamp_s: i64,
    pub payload: String,
}

impl Courier {
    pub fn new(names: Names, loopback: Loopback) -> Self {
        Self::patient(names, loopback, PATIENCE)
    }

    fn patient(names: Names, loopback: Loopback, patience: Duration) -> Self {
        let client = Client::builder()
            .dns_resolver(Arc::new(names))
            // A proxy would look names up itself.
            .no_proxy()
            .redirect(Policy::none())
            .referer(false)
            .https_only(loopback == Loopback::Refused)
            .http1_only()
            .timeout(patience)
            // Kept connections lead to addresses that were looked at for an earlier call.
            .pool_max_idle_per_host(0)
            .user_agent(concat!("Porchlight/", env!("CARGO_PKG_VERSION")))
            .build()
            .expect("a client with roots of its own needs nothing of the machine");
        Self { client, loopback }
    }

    /// Calls once.
    pub async fn call(&self, call: Call<'_>) -> Outcome {
        // An address that is written as one asks no resolver.
        let url = match read_url(call.url, self.loopback) {
            Ok((url, _)) => url,
            Err(problem) if problem.code == ProblemCode::AddressPrivate => {
                return Outcome::Failed(Failure::AddressPrivate);
            }
            Err(_) => return Outcome::Failed(Failure::Connection),
        };
        let id = call.delivery_id.as_str();
        let Some(signature) = sign(call.secret, id, call.timestamp_s, &call.payload) else {
            return Outcome::Failed(Failure::Connection);
        };
        let sent = self
            .client
            .post(url)
            .header(header::CONTENT_TYPE, wire::JSON)
            .header("webhook-id", id)
            .header("webhook-timestamp", call.timestamp_s)
            .header("webhook-signature", signature)
            .body(call.payload)
            .send()
            .await;
        match sent {
            // Its body is not read: whatever the receiver says besides goes with the connection.
            Ok(answer) => Outcome::Answered(answer.status().as_u16()),
            Err(error) => Outcome::Failed(failure(&error)),
        }
    }
}

fn failure(error: &reqwest::Error) -> Failure {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(NameRefused(failure)) = error.downcast_ref() {
            return *failure;
        }
        cause = error.source();
    }
    if error.is_timeout() {
        Failure::Timeout
    } else {
        Failure::Connection
    }
}

#[cfg(test)]
mod tests;
