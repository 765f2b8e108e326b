//! `porchlight account link` and `porchlight admin setup-link`: links with which people choose a password.
//!
//! The law: a link is printed once, to whoever may type here; an operator is never locked out.

use super::arguments::{AccountCommand, ReachArguments};
use super::{Stop, say};
use crate::account::invitation::{Linking, invitation_url, link};
use crate::account::set_up::{self, setup_url};
use crate::config::read_public_origin;
use crate::error::Refusal;
use crate::identity::token::TokenHash;
use crate::office::Office;
use crate::person::change::find_user;
use shared::ids::InvitationId;
use shared::limits;
use shared::problem::ProblemCode;

pub async fn run(office: &Office, command: AccountCommand) -> Result<(), Stop> {
    match command {
        AccountCommand::Link { user, reach } => make_link(office, user, &reach).await,
    }
}

/// A link for somebody who is there.
async fn make_link(office: &Office, user: String, reach: &ReachArguments) -> Result<(), Stop> {
    let origin = read_public_origin(&reach.public_url)?;
    let user = office
        .change(user, |tx, _, user| Box::pin(find_user(tx, user)))
        .await?;
    let (token, invitation_id): (_, InvitationId) = (office.mint.token(), office.mint.id());
    let asked = (
        user.person_id,
        invitation_id,
        TokenHash::of(token.as_bytes()),
    );
    let row = office
        .change(asked, |tx, by, (person_id, invitation_id, token)| {
            Box::pin(async move {
                let linking = Linking {
                    person_id: person_id.clone(),
                    invitation_id: invitation_id.clone(),
                    token: token.clone(),
                    by: by.clone(),
                };
                match link(tx, &linking).await {
                    Ok(row) => Ok(Ok(row)),
                    Err(Refusal::Problem(problem)) => Ok(Err(sentence(problem.code))),
                    Err(other) => Err(other),
                }
            })
        })
        .await?;
    say(&format!(
        "{} signs in as {} and chooses a password here, once, within {} days: {}",
        row.name,
        row.email_as_typed,
        limits::INVITATION_DAYS,
        invitation_url(&origin, &token)
    ));
    Ok(())
}

const fn sentence(code: ProblemCode) -> &'static str {
    match code {
        ProblemCode::NotFound => {
            "This user is disabled; `porchlight user enable` lets them in again."
        }
        ProblemCode::EmailTaken => "Somebody else signs in with this user's address.",
        ProblemCode::TooMany => {
            "Too many links wait to be followed; an admin can revoke some of them."
        }
        _ => "This user has no address to sign in with.",
    }
}

/// A link for the first admin.
pub async fn make_setup_link(office: &Office, reach: &ReachArguments) -> Result<(), Stop> {
    let origin = read_public_origin(&reach.public_url)?;
    let token = office.mint.token();
    office
        .change(TokenHash::of(token.as_bytes()), |tx, by, token| {
            Box::pin(set_up::make_setup_link(tx, by, token))
        })
        .await?;
    say(&format!(
        "Set Porchlight up here, within {} minutes: {}",
        limits::SETUP_LINK_MINUTES,
        setup_url(&origin, &token)
    ));
    Ok(())
}
