//! Reading ids from a row.
//!
//! The law: a column that holds nonsense is an error, never a guess.

use shared::ids::NotAnId;
use sqlx::{Error, Row, any::AnyRow};

/// The id in a column.
pub fn read_id<Id: TryFrom<String, Error = NotAnId>>(
    row: &AnyRow,
    column: &str,
) -> Result<Id, Error> {
    find_id(row, column)?.ok_or_else(|| no_id(column))
}

/// The id in a column that may be null.
pub fn find_id<Id: TryFrom<String, Error = NotAnId>>(
    row: &AnyRow,
    column: &str,
) -> Result<Option<Id>, Error> {
    let text: Option<String> = row.try_get(column)?;
    text.map(|text| Id::try_from(text).map_err(|_| no_id(column)))
        .transpose()
}

fn no_id(column: &str) -> Error {
    Error::Decode(format!("{column} holds no id").into())
}
