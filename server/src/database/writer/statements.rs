//! The hot path's statements, each in the words of both engines.
//!
//! The law: only here may a statement stand twice. The two differ in one function: `json_each` on SQLite,
//! `json_array_elements` on Postgres; a batch travels as one JSON text. What a batch writes is three statements on SQLite
//! and the same three in one on Postgres, where each costs a way over a socket and back.

/// What is stored around a batch.
mod find;
/// Who is told besides.
mod tell;
/// What a batch writes.
mod write;

pub(super) use find::{Found, Stored, find};
pub(super) use tell::{Telling, tell};
pub(super) use write::{At, Draft, Shift, write};

use crate::database::Engine;
use serde::Serialize;
use shared::{conversation::Side, ids::Position};
use sqlx::{Error, Row, any::AnyRow};

/// A statement whose parameter `$1` is a JSON array; `entry.value` is one element of it.
struct PerEngine {
    sqlite: &'static str,
    postgres: &'static str,
}

impl PerEngine {
    const fn of(&self, engine: Engine) -> &'static str {
        match engine {
            Engine::Sqlite => self.sqlite,
            Engine::Postgres => self.postgres,
        }
    }
}

/// `entries` stands where the elements come from.
macro_rules! per_engine {
    (($($before:expr),*) entries ($($after:expr),*)) => {
        PerEngine {
            sqlite: concat!($($before),*, " json_each($1) as entry ", $($after),*),
            postgres: concat!(
                $($before),*,
                " json_array_elements(cast($1 as json)) as entry (value) ",
                $($after),*
            ),
        }
    };
    ($before:literal entries $after:literal) => {
        per_engine!(($before) entries ($after))
    };
}
use per_engine;

const fn side_name(side: Side) -> &'static str {
    match side {
        Side::Customer => "customer",
        Side::Staff => "staff",
        Side::System => "system",
    }
}

fn json(rows: &impl Serialize) -> String {
    serde_json::to_string(rows).expect("rows of texts and numbers are JSON")
}

fn position(row: &AnyRow, column: &str) -> Result<Position, Error> {
    Ok(Position(row.try_get::<i64, _>(column)?.unsigned_abs()))
}

fn id<Id>(parsed: Option<Id>) -> Result<Id, Error> {
    parsed.ok_or_else(|| Error::Decode("a column of ids holds no id".into()))
}
