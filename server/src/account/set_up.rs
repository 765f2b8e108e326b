//! The first admin: the link that `porchlight serve` prints, and what following it makes.
//!
//! The laws: there is a link only while there is no admin, and at most one; using it, its hour, or an admin made in any
//! other way ends it. Following it is one transaction: whoever comes second finds nothing.

/// Following the link.
pub mod http;

use super::sign_in::begin_all;
use super::store::setup_link::{delete_setup_link, has_setup_link, replace_setup_link};
use super::store::{find_account_by_login, insert_account};
use crate::app::App;
use crate::database::writer::Tx;
use crate::error::Refusal;
use crate::identity::begin::{Beginning, Begun};
use crate::identity::token::TokenHash;
use crate::person::email::Email;
use crate::person::store::{KnownEmail, insert_user, list_admins, update_admin_since};
use crate::safety::audit::{self, By, Done};
use crate::settings::{LANGUAGES, change::edit, store::raise_policy_version};
use shared::ids::{PersonId, Time};
use shared::limits;
use shared::problem::{Field, Problem, ProblemCode};
use shared::settings::Settings;
use shared::text::Name;

/// Why there is no link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThereIsAnAdmin;

impl std::fmt::Display for ThereIsAnAdmin {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(
            "There is an admin already: `porchlight account link` makes a link for a new password.",
        )
    }
}

/// Where the link leads. The token stands behind the `#`: no server and no log ever sees it there.
pub fn setup_url(public_origin: &str, token: &str) -> String {
    format!("{public_origin}/admin/setup#{token}")
}

/// Makes this the link, unless there is an admin.
pub async fn make_setup_link(
    tx: &mut Tx<'_>,
    by: &By,
    token: &TokenHash,
) -> Result<Result<(), ThereIsAnAdmin>, Refusal> {
    if !list_admins(tx.connection()).await?.is_empty() {
        return Ok(Err(ThereIsAnAdmin));
    }
    let expires_at = Time(by.now.0 + limits::SETUP_LINK_MINUTES * 60_000);
    replace_setup_link(tx.connection(), token, expires_at).await?;
    audit::record(tx.connection(), by, &Done::SetupLinkMade).await?;
    Ok(Ok(()))
}

/// Makes the link of a server that starts without an admin. `None`: there is one.
///
/// **Errors**: the database's.
pub async fn offer_setup_link(app: &App) -> Result<Option<String>, Refusal> {
    let token = app.mint.token();
    let by = app.by_nobody();
    let made = app
        .writer
        .run((by, TokenHash::of(token.as_bytes())), |tx, (by, token)| {
            Box::pin(make_setup_link(tx, by, token))
        })
        .await?;
    Ok(made
        .ok()
        .map(|()| setup_url(&app.config.public_origin, &token)))
}

/// What the first admin has typed, checked.
pub struct Founding {
    pub token: TokenHash,
    /// Of the admin to be.
    pub person_id: PersonId,
    pub name: Name,
    pub email: Email,
    pub password_hash: String,
    pub site_name: String,
    /// The host site, as a pattern of allowed origins.
    pub site_address: String,
    pub beginnings: Vec<Beginning>,
    pub by: By,
}

/// Makes the first admin and the site theirs.
///
/// **Errors**: `not_found` where the link does not work any more; `email_taken`; what is wrong with the site's name or
/// address.
pub async fn set_up(tx: &mut Tx<'_>, founding: &Founding) -> Result<Vec<Begun>, Refusal> {
    let (by, person_id) = (&founding.by, &founding.person_id);
    must_open(tx, &founding.token, by.now).await?;
    insert_person(tx, founding).await?;
    update_admin_since(tx.connection(), person_id, Some(by.now), by.now).await?;
    let settings = furnish(tx, founding).await?;
    delete_setup_link(tx.connection()).await?;
    raise_policy_version(tx.connection()).await?;
    let user = person_id.clone();
    audit::record(tx.connection(), by, &Done::SetUp { user }).await?;
    begin_all(tx, &founding.beginnings, person_id, &settings, by).await
}

/// **Errors**: `not_found`.
pub async fn must_open(tx: &mut Tx<'_>, token: &TokenHash, now: Time) -> Result<(), Refusal> {
    let has_link = has_setup_link(tx.connection(), token, now).await?;
    if has_link && list_admins(tx.connection()).await?.is_empty() {
        Ok(())
    } else {
        Err(ProblemCode::NotFound.into())
    }
}

async fn insert_person(tx: &mut Tx<'_>, founding: &Founding) -> Result<(), Refusal> {
    let Founding {
        person_id,
        email,
        by,
        ..
    } = founding;
    let login = email.normalised();
    if find_account_by_login(tx.connection(), login)
        .await?
        .is_some()
    {
        // Whoever has the operator's link may know it: somebody of that address who is no admin any more.
        return Err(Problem::about(ProblemCode::EmailTaken, Field::Email).into());
    }
    let known = KnownEmail {
        email,
        is_verified: false,
    };
    insert_user(
        tx.connection(),
        person_id,
        None,
        &founding.name,
        Some(known),
        by.now,
    )
    .await?;
    insert_account(
        tx.connection(),
        person_id,
        login,
        &founding.password_hash,
        by.now,
    )
    .await?;
    Ok(())
}

/// The site's name, and its address as the first that may embed the chat.
async fn furnish(tx: &mut Tx<'_>, founding: &Founding) -> Result<Settings, Refusal> {
    let (name, address) = (&founding.site_name, &founding.site_address);
    let changed = edit(tx, &founding.by, LANGUAGES, |settings| {
        settings.site_name.clone_from(name);
        settings.allowed_origins.retain(|origin| origin != address);
        settings.allowed_origins.insert(0, address.clone());
    })
    .await?;
    changed.map_err(|fault| {
        let problem = Problem::from(fault);
        let field = match problem.field {
            Some(Field::AllowedOrigins) => Some(Field::SiteAddress),
            other => other,
        };
        Problem { field, ..problem }.into()
    })
}
