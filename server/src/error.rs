//! Why something was not done, and how that becomes an answer.
//!
//! The law: a caller learns a code and nothing else; what went wrong inside is logged once, here, without the values
//! that caused it.

use crate::{database, http::answer::ProblemAnswer};
use axum::response::{IntoResponse, Response};
use shared::problem::{Problem, ProblemCode};

/// Why a command or a read was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The caller is told exactly this.
    #[error("refused: {:?}", .0.code)]
    Problem(Problem),
    /// The database would not, or could not.
    #[error(transparent)]
    Database(#[from] database::DatabaseError),
    /// A law of our own did not hold.
    #[error("{0}")]
    Broken(&'static str),
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<ProblemCode> for Refusal {
    fn from(code: ProblemCode) -> Self {
        Self::Problem(code.into())
    }
}

/// Seconds until the same command is worth another try.
const RETRY_AFTER_S: u32 = 2;

impl Refusal {
    /// What the caller is told. Logs what only we may know: call it once, where the answer is made.
    ///
    /// **Errors**: `not_stored` when the database could not at the moment, `broken` when the fault is ours.
    pub fn into_problem(self) -> Problem {
        match self {
            Self::Problem(problem) => problem,
            Self::Database(error) if database::is_passing(&error) => {
                tracing::warn!(error = %database::without_values(&error), "the database cannot at the moment");
                Problem::retry_after(ProblemCode::NotStored, RETRY_AFTER_S)
            }
            Self::Database(error) => {
                tracing::error!(error = %database::without_values(&error), "the database refused a statement of ours");
                ProblemCode::Broken.into()
            }
            Self::Broken(law) => {
                tracing::error!(law, "a law of our own did not hold");
                ProblemCode::Broken.into()
            }
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        ProblemAnswer(self.into_problem()).into_response()
    }
}
