//! Calls as the admin.
//!
//! The law: one function per kind of call; what comes back is an answer or one failure.

use crate::frame::picture::Picture;
use crate::net::{self, Failure, Method};
use serde::{Serialize, de::DeserializeOwned};
use shared::limits::PICTURE_BYTES;
use shared::problem::ProblemCode;

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

/// Something to be done that needs no particulars.
pub async fn ask<Answer: DeserializeOwned>(path: &str) -> Result<Answer, Failure> {
    net::call(Method::Post, path, None).await
}

/// Hands a picture over as it is.
///
/// **Errors**: `too_big` before it is sent; `picture_shape` for what cannot be read.
pub async fn upload<Answer: DeserializeOwned>(
    path: &str,
    picture: Picture,
) -> Result<Answer, Failure> {
    let too_big = Failure::Refused(ProblemCode::TooBig.into());
    if picture.size() > PICTURE_BYTES as f64 {
        return Err(too_big);
    }
    let unreadable = Failure::Refused(ProblemCode::PictureShape.into());
    let bytes = picture.bytes().await.ok_or(unreadable)?;
    net::upload(path, &picture.content_type(), &bytes).await
}

/// A file, saved under that name.
pub async fn download(path: &str, name: &str) -> Result<(), Failure> {
    net::download(path, name).await
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
