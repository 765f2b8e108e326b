//! Calls as the admin.
//!
//! The law: one function per kind of call; what comes back is an answer or one failure.

use crate::net::{self, Failure, Method};
use serde::{Serialize, de::DeserializeOwned};

/// `path` begins with `/api/`; parameters by [`crate::net::path::with`].
pub async fn get<Answer: DeserializeOwned>(path: &str) -> Result<Answer, Failure> {
    net::call(Method::Get, path, None).await
}

pub async fn post<Command: Serialize, Answer: DeserializeOwned>(
    path: &str,
    command: &Command,
) -> Result<Answer, Failure> {
    net::call(Method::Post, path, net::body(command)).await
}

pub async fn put<Command: Serialize, Answer: DeserializeOwned>(
    path: &str,
    command: &Command,
) -> Result<Answer, Failure> {
    net::call(Method::Put, path, net::body(command)).await
}

pub async fn delete<Answer: DeserializeOwned>(path: &str) -> Result<Answer, Failure> {
    net::call(Method::Delete, path, None).await
}

/// What is answered with 204.
pub async fn order(method: Method, path: &str) -> Result<(), Failure> {
    net::order(method, path, None).await
}

/// A command that is answered with 204.
pub async fn order_with<Command: Serialize>(
    method: Method,
    path: &str,
    command: &Command,
) -> Result<(), Failure> {
    net::order(method, path, net::body(command)).await
}
