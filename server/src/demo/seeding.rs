//! Where the product is set up and the seeds are played: its own functions, under a clock of its own.
//!
//! The law: no statement of ours touches the product's tables; what its own commands would refuse cannot be seeded.

use crate::{
    clock::Clock,
    database::OpenRefused,
    error::Refusal,
    office::{Office, Unchanged},
};
use shared::ids::Time;

/// Why the demonstration could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum SeedingRefused {
    #[error(transparent)]
    Database(#[from] OpenRefused),
    #[error("The demonstration could not be stored: {0}.")]
    NotStored(#[from] Refusal),
    /// One of the product's own rules said no.
    #[error("The demonstration could not be set up. {0}")]
    Refused(String),
}

impl From<Unchanged> for SeedingRefused {
    fn from(unchanged: Unchanged) -> Self {
        match unchanged {
            Unchanged::Refused(sentence) => Self::Refused(sentence),
            Unchanged::NotStored(refusal) => Self::NotStored(refusal),
        }
    }
}

/// Opens the product's database at a moment in the past.
pub async fn open(database_url: &str, from: Time) -> Result<Office, SeedingRefused> {
    Ok(Office::open(database_url, Clock::stepped(from)).await?)
}

/// Goes on to a later moment. An earlier one is left as it is: time only goes forward.
pub fn go_to(office: &Office, moment: Time) {
    let now = office.clock.now();
    office.clock.advance((moment.0 - now.0).max(0));
}
