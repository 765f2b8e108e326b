//! Somebody's export: everything that is held about one person, as one JSON file.
//!
//! The laws: nothing leaves before a line in *Activity* says so; it holds what they may read in the widget, and nothing
//! of others beyond that; it is read in pages, so that a long history costs no more memory than a short one, and holds no
//! connection while its reader is slow. A conversation that stops being theirs meanwhile stops there.

/// What stands in it.
pub mod document;
/// Handing it out.
pub mod http;
/// Reading its parts.
mod pages;
/// What of the log is told.
pub mod rules;

pub use pages::Export;

use super::{
    store::Person,
    whom::{Whom, get_whom},
};
use crate::{
    database::writer::Tx,
    error::Refusal,
    safety::audit::{self, By, Done},
};
use shared::ids::{HostKeyId, PersonId};

/// An export, asked for.
pub struct Exporting {
    pub whom: Whom,
    /// By which key of the host's server. `None`: by an admin, or the command line.
    pub key: Option<HostKeyId>,
    pub by: By,
}

/// Writes down that somebody's export was asked for, and answers whose.
///
/// **Errors**: `not_found`, also for somebody who was erased.
pub async fn note_export(tx: &mut Tx<'_>, exporting: &Exporting) -> Result<Person, Refusal> {
    let person = get_whom(tx.connection(), &exporting.whom).await?;
    let done = Done::PersonExported {
        person: person.person_id.clone(),
        key: exporting.key.clone(),
    };
    audit::record(tx.connection(), &exporting.by, &done).await?;
    Ok(person)
}

/// What the file is called: by the id alone, because a name may hold anything.
pub fn file_name(person_id: &PersonId) -> String {
    format!("porchlight-person-{person_id}.json")
}
