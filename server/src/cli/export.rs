//! `porchlight user export`: everything about somebody, on standard output.
//!
//! The law: nothing but the file stands there, and it is noted like any other export.

use super::Stop;
use crate::office::Office;
use crate::{
    database::writer::Tx,
    error::Refusal,
    identity::claims::Subject,
    person::{
        change::PersonFault,
        export::{Export, Exporting, note_export},
        store::Person,
        whom::Whom,
    },
    safety::audit::By,
};
use shared::{ids::PersonId, problem::ProblemCode};
use std::io::Write as _;

pub async fn run(office: &Office, user: String) -> Result<(), Stop> {
    let person = office
        .change(user, |tx, by, user| Box::pin(note(tx, by, user)))
        .await?;
    let mut export = Export::new(office.database.clone(), person, office.clock.now());
    let mut output = std::io::stdout().lock();
    while let Some(piece) = export.next().await.map_err(Stop::database)? {
        let cut = |_| Stop::Failed("The file could not be written to its end.".into());
        output.write_all(piece.as_bytes()).map_err(cut)?;
        output.flush().map_err(cut)?;
    }
    Ok(())
}

async fn note(tx: &mut Tx<'_>, by: &By, id: &str) -> Result<Result<Person, PersonFault>, Refusal> {
    let whom = match (PersonId::parse(id), Subject::parse(id)) {
        (Some(person_id), _) => Whom::Person(person_id),
        (None, Some(subject)) => Whom::OfHost(subject),
        (None, None) => return Ok(Err(PersonFault::NoSuchUser)),
    };
    let exporting = Exporting {
        whom,
        key: None,
        by: by.clone(),
    };
    match note_export(tx, &exporting).await {
        Ok(person) => Ok(Ok(person)),
        Err(Refusal::Problem(problem)) if problem.code == ProblemCode::NotFound => {
            Ok(Err(PersonFault::NoSuchUser))
        }
        Err(refusal) => Err(refusal),
    }
}
