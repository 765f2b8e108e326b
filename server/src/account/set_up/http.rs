//! Following the set-up link.
//!
//! The law: a link that is wrong, used or run out is answered like a page that is not there, before anything is hashed.

use super::{Founding, must_open, set_up};
use crate::account::door::{Arrival, Door};
use crate::account::http::answer_admin;
use crate::account::rules::may_have_password;
use crate::app::App;
use crate::error::Refusal;
use crate::http::command::Command;
use crate::identity::token::TokenHash;
use crate::person::email::Email;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use shared::account::{CheckLink, SetUp};
use shared::ids::PersonId;
use shared::problem::{Field, Problem, ProblemCode};
use shared::settings::origin::{OriginFault, OriginPattern};
use shared::text::Name;
use std::sync::Arc;

/// `POST /api/setup/check`: whether the link still works.
///
/// **Errors**: `not_found`.
pub async fn check_link(
    State(app): State<Arc<App>>,
    Command(CheckLink { token }): Command<CheckLink>,
) -> Result<StatusCode, Refusal> {
    check(&app, &TokenHash::of(token.as_bytes())).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn check(app: &App, token: &TokenHash) -> Result<(), Refusal> {
    app.writer
        .run((token.clone(), app.clock.now()), |tx, (token, now)| {
            Box::pin(must_open(tx, token, *now))
        })
        .await
}

/// `POST /api/setup`: the first admin and the site. Answers `AdminSession`.
///
/// **Errors**: `not_found` for a link that does not work; a code and a field for what is wrong with the form.
pub async fn follow_link(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Command(form): Command<SetUp>,
) -> Result<Response, Refusal> {
    let token = TokenHash::of(form.token.as_bytes());
    check(&app, &token).await?;
    let (name, email, site_address) = read(&form)?;
    let arrival = Arrival::at(Door::Admin, &app, &headers);
    let person_id: PersonId = app.mint.id();
    let founding = Founding {
        token,
        name,
        email,
        password_hash: app.passwords.hash(&form.password, &app.mint).await?,
        site_name: form.site_name,
        site_address,
        beginnings: arrival.beginnings(),
        by: app.by(&person_id),
        person_id,
    };
    let begun = app
        .writer
        .run(founding, |tx, founding| Box::pin(set_up(tx, founding)))
        .await?;
    app.policy_changed().await?;
    answer_admin(&app, arrival.let_in(&app, begun)?).await
}

/// What was typed, in the order in which the form asks.
fn read(form: &SetUp) -> Result<(Name, Email, String), Problem> {
    let about = |field| move |code| Problem::about(code, field);
    let name = Name::parse(&form.name).map_err(about(Field::Name))?;
    let email = Email::parse(&form.email).map_err(about(Field::Email))?;
    may_have_password(&form.password, name.as_str(), email.normalised())
        .map_err(about(Field::Password))?;
    Name::parse(&form.site_name).map_err(about(Field::SiteName))?;
    let site_address = read_site_address(&form.site_address).map_err(about(Field::SiteAddress))?;
    Ok((name, email, site_address))
}

/// One host site, as in `https://shop.example`; a slash behind it is what browsers copy.
fn read_site_address(typed: &str) -> Result<String, ProblemCode> {
    let typed = typed.trim();
    let pattern = OriginPattern::parse(typed.strip_suffix('/').unwrap_or(typed));
    let pattern = pattern.map_err(|fault| match fault {
        OriginFault::Scheme => ProblemCode::OriginScheme,
        OriginFault::Host => ProblemCode::OriginHost,
        OriginFault::Port => ProblemCode::OriginPort,
        OriginFault::More => ProblemCode::OriginMore,
    })?;
    if pattern.has_star() {
        return Err(ProblemCode::OriginHost);
    }
    Ok(pattern.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_is_one_address() {
        for (typed, read) in [
            ("https://shop.example", Ok("https://shop.example")),
            (" https://Shop.Example/ ", Ok("https://shop.example")),
            ("http://localhost:3000", Ok("http://localhost:3000")),
            ("shop.example", Err(ProblemCode::OriginScheme)),
            ("http://shop.example", Err(ProblemCode::OriginScheme)),
            ("javascript:alert(1)", Err(ProblemCode::OriginScheme)),
            ("https://*.shop.example", Err(ProblemCode::OriginHost)),
            ("https://shop.example/lamps", Err(ProblemCode::OriginMore)),
            ("https://shop.example:0", Err(ProblemCode::OriginPort)),
        ] {
            assert_eq!(
                read_site_address(typed).as_deref(),
                read.as_deref(),
                "{typed}"
            );
        }
    }
}
