//! An id in a path.
//!
//! The law: what is no id names nothing, and the answer is the same as for an id of somebody else's.

use crate::error::Refusal;
use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use shared::problem::ProblemCode;

/// The `{id}` of a route.
pub struct Named<Id>(pub Id);

/// The two ids of a route, as they stand in it.
pub struct NamedBoth<First, Second>(pub First, pub Second);

impl<S: Send + Sync, First: TryFrom<String>, Second: TryFrom<String>> FromRequestParts<S>
    for NamedBoth<First, Second>
{
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let texts = Path::<(String, String)>::from_request_parts(parts, state).await;
        let Path((first, second)) = texts.map_err(|_| ProblemCode::NotFound)?;
        let first = First::try_from(first).map_err(|_| ProblemCode::NotFound)?;
        let second = Second::try_from(second).map_err(|_| ProblemCode::NotFound)?;
        Ok(Self(first, second))
    }
}

impl<S: Send + Sync, Id: TryFrom<String>> FromRequestParts<S> for Named<Id> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let text = Path::<String>::from_request_parts(parts, state)
            .await
            .map_err(|_| ProblemCode::NotFound)?;
        Id::try_from(text.0)
            .map(Self)
            .map_err(|_| ProblemCode::NotFound.into())
    }
}
