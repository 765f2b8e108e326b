//! Taking a logo up, and away.
//!
//! The law: the picture and the setting that names it change in one transaction.

use super::store;
use crate::database::writer::Tx;
use crate::error::Refusal;
use crate::safety::audit::By;
use crate::settings::LANGUAGES;
use crate::settings::change::{Changed, edit};
use shared::ids::PictureId;

/// A picture that is to become the logo.
pub struct NewLogo {
    pub picture_id: PictureId,
    pub png: Vec<u8>,
}

/// Makes a picture the logo; `None` takes the logo away.
///
/// **Errors**: the database's.
pub async fn change_logo(
    tx: &mut Tx<'_>,
    by: &By,
    logo: Option<&NewLogo>,
) -> Result<Changed, Refusal> {
    if let Some(NewLogo { picture_id, png }) = logo {
        store::insert_picture(tx.connection(), picture_id, png, by.now).await?;
    }
    edit(tx, by, LANGUAGES, |settings| {
        settings.logo = logo.map(|logo| logo.picture_id.clone());
    })
    .await
}
