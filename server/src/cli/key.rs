//! `porchlight key end-sessions`.

use super::arguments::KeyCommand;
use super::{Stop, say};
use crate::identity::keys::change::end_sessions_of_operators_key;
use crate::office::Office;
use std::convert::Infallible;

pub async fn run(office: &Office, command: KeyCommand) -> Result<(), Stop> {
    let KeyCommand::EndSessions { key } = command;
    let ended = office
        .change(key, |tx, by, key| {
            Box::pin(async move {
                let ended = end_sessions_of_operators_key(tx, by, key).await?;
                Ok(Ok::<_, Infallible>(ended))
            })
        })
        .await?;
    say(&match ended {
        0 => "No session was begun by that key.".to_owned(),
        1 => "One session has ended.".to_owned(),
        many => format!("{many} sessions have ended."),
    });
    Ok(())
}
