//! How the server keeps pictures.
//!
//! The law: written once, never changed.

use crate::database::AnyConnection;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use shared::ids::{PictureId, Time};
use sqlx::{Error, Row};

/// The only form in which pictures are kept.
pub const CONTENT_TYPE: &str = "image/png";

/// Keeps a picture.
pub async fn insert_picture(
    connection: &mut AnyConnection,
    picture_id: &PictureId,
    png: &[u8],
    now: Time,
) -> Result<(), Error> {
    sqlx::query(
        "insert into picture (picture_id, content_type, body, created_at)
        values ($1, $2, $3, $4)",
    )
    .bind(picture_id.as_str())
    .bind(CONTENT_TYPE)
    .bind(STANDARD.encode(png))
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// A picture's bytes.
pub async fn find_picture(
    connection: &mut AnyConnection,
    picture_id: &PictureId,
) -> Result<Option<Vec<u8>>, Error> {
    let row = sqlx::query("select body from picture where picture_id = $1")
        .bind(picture_id.as_str())
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let body: String = row.try_get("body")?;
    let png = STANDARD
        .decode(body)
        .map_err(|error| Error::Decode(error.into()))?;
    Ok(Some(png))
}

/// Whether a picture was uploaded.
pub async fn has_picture(
    connection: &mut AnyConnection,
    picture_id: &PictureId,
) -> Result<bool, Error> {
    let row = sqlx::query("select 1 as there from picture where picture_id = $1")
        .bind(picture_id.as_str())
        .fetch_optional(connection)
        .await?;
    Ok(row.is_some())
}

/// Forgets a picture that nothing names any more.
pub async fn delete_picture(
    connection: &mut AnyConnection,
    picture_id: &PictureId,
) -> Result<(), Error> {
    sqlx::query("delete from picture where picture_id = $1")
        .bind(picture_id.as_str())
        .execute(connection)
        .await?;
    Ok(())
}
