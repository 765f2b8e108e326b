//! How the server keeps codes: the newest of each session, and how often each address was asked about.
//!
//! The laws: keyed hashes. A code's row is burned by the statement that finds it, so that two who try at once are two
//! tries. What lies in the future was written before the clock was set back: such a code is good for nothing, or it would
//! be good for longer than is promised, and such an asking locks nobody out.

use super::keyed::CodeKey;
use super::rules::Asked;
use crate::database::AnyConnection;
use crate::identity::secret::Secret;
use crate::identity::token::TokenHash;
use crate::person::export::document::Stamp;
use shared::ids::{PersonId, Time};
use shared::limits::CODE_TRIES;
use sqlx::{Error, Row};

/// The key of the hashes, by its name in the table of secrets.
const CODE_KEY: &str = "code_key";

/// The key of this site. `fresh`: taken where there is none yet.
pub async fn get_key(
    connection: &mut AnyConnection,
    fresh: &str,
    now: Time,
) -> Result<CodeKey, Error> {
    sqlx::query(
        "insert into site_secret (secret_name, secret_value, updated_at)
        values ($1, $2, $3)
        on conflict (secret_name) do nothing",
    )
    .bind(CODE_KEY)
    .bind(fresh)
    .bind(now.0)
    .execute(&mut *connection)
    .await?;
    find_key(connection).await?.ok_or(Error::RowNotFound)
}

/// The key of this site. `None`: nobody has asked for a code yet.
async fn find_key(connection: &mut AnyConnection) -> Result<Option<CodeKey>, Error> {
    let row = sqlx::query("select secret_value from site_secret where secret_name = $1")
        .bind(CODE_KEY)
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let value: String = row.try_get("secret_value")?;
    Ok(Some(CodeKey::new(Secret::new(value))))
}

/// **Shape**: when codes were asked for under an address, normalised, in the last day; the oldest first.
pub async fn list_times_asked(
    connection: &mut AnyConnection,
    email: &str,
) -> Result<Vec<Stamp>, Error> {
    let Some(key) = find_key(connection).await? else {
        return Ok(Vec::new());
    };
    let rows = sqlx::query(
        "select requested_at
        from mail_code_request
        where email_hash = $1
        order by requested_at",
    )
    .bind(key.hash_address(email))
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| Ok(Stamp::of(row.try_get("requested_at")?)))
        .collect()
}

/// How often codes were asked for under an address.
pub async fn count_requests(
    connection: &mut AnyConnection,
    email_hash: &str,
    now: Time,
) -> Result<Asked, Error> {
    let row = sqlx::query(
        "select
            count(*) as last_day,
            cast(coalesce(sum(case when requested_at > $2 then 1 else 0 end), 0) as bigint) as last_hour
        from mail_code_request
        where email_hash = $1 and requested_at > $3 and requested_at <= $4",
    )
    .bind(email_hash)
    .bind(now.0 - HOUR_MS)
    .bind(now.0 - DAY_MS)
    .bind(now.0 + CLOCKS_MS)
    .fetch_one(connection)
    .await?;
    let count = |column| {
        let count: i64 = row.try_get(column)?;
        Ok::<_, Error>(u32::try_from(count).unwrap_or(u32::MAX))
    };
    Ok(Asked {
        last_hour: count("last_hour")?,
        last_day: count("last_day")?,
    })
}

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// How far the clocks of two processes may differ.
const CLOCKS_MS: i64 = 60_000;

/// Notes that a code was asked for.
pub async fn insert_request(
    connection: &mut AnyConnection,
    request_id: &str,
    email_hash: &str,
    now: Time,
) -> Result<(), Error> {
    sqlx::query(
        "insert into mail_code_request (request_id, email_hash, requested_at) values ($1, $2, $3)",
    )
    .bind(request_id)
    .bind(email_hash)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// A code about to be mailed, or what stands for none.
pub struct NewCode<'a> {
    /// The session that asked.
    pub session: &'a TokenHash,
    /// Normalised.
    pub email: &'a str,
    pub code_hash: &'a str,
    pub expires_at: Time,
}

/// Keeps the newest code of a session in place of any other.
pub async fn replace_code(
    connection: &mut AnyConnection,
    code: &NewCode<'_>,
    now: Time,
) -> Result<(), Error> {
    sqlx::query(
        "insert into mail_code (token_hash, email, code_hash, wrong_tries, created_at, expires_at)
        values ($1, $2, $3, 0, $4, $5)
        on conflict (token_hash) do update set
            email = excluded.email, code_hash = excluded.code_hash, wrong_tries = 0,
            created_at = excluded.created_at, expires_at = excluded.expires_at",
    )
    .bind(code.session.as_str())
    .bind(code.email)
    .bind(code.code_hash)
    .bind(now.0)
    .bind(code.expires_at.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// A try that was taken.
pub struct Try {
    /// Normalised.
    pub email: String,
    pub code_hash: String,
    /// No other is left.
    pub is_last: bool,
}

/// Takes one of the tries of a session's code. `None`: it has no code, or one that expired or is used up.
pub async fn take_try(
    connection: &mut AnyConnection,
    session: &TokenHash,
    now: Time,
) -> Result<Option<Try>, Error> {
    let row = sqlx::query(
        "update mail_code
        set wrong_tries = wrong_tries + 1
        where token_hash = $1 and expires_at > $2 and created_at <= $4 and wrong_tries < $3
        returning email, code_hash, wrong_tries",
    )
    .bind(session.as_str())
    .bind(now.0)
    .bind(i64::from(CODE_TRIES))
    .bind(now.0 + CLOCKS_MS)
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        Ok(Try {
            email: row.try_get("email")?,
            code_hash: row.try_get("code_hash")?,
            is_last: row.try_get::<i64, _>("wrong_tries")? >= i64::from(CODE_TRIES),
        })
    })
    .transpose()
}

/// Burns a session's code. `false`: there is none any more.
pub async fn delete_code(
    connection: &mut AnyConnection,
    session: &TokenHash,
) -> Result<bool, Error> {
    let deleted = sqlx::query("delete from mail_code where token_hash = $1")
        .bind(session.as_str())
        .execute(connection)
        .await?;
    Ok(deleted.rows_affected() == 1)
}

/// Burns the codes that were mailed to an address, normalised.
pub async fn delete_codes_for(connection: &mut AnyConnection, email: &str) -> Result<(), Error> {
    sqlx::query("delete from mail_code where email = $1")
        .bind(email)
        .execute(connection)
        .await?;
    Ok(())
}

/// Burns the codes that somebody's sessions asked for.
pub async fn delete_codes_of(
    connection: &mut AnyConnection,
    person_id: &PersonId,
) -> Result<(), Error> {
    sqlx::query(
        "delete from mail_code
        where token_hash in (select s.token_hash from session s where s.person_id = $1)",
    )
    .bind(person_id.as_str())
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets codes that have expired, and what was asked for more than a day ago.
pub async fn delete_passed(connection: &mut AnyConnection, now: Time) -> Result<(), Error> {
    sqlx::query("delete from mail_code where expires_at <= $1")
        .bind(now.0)
        .execute(&mut *connection)
        .await?;
    sqlx::query("delete from mail_code_request where requested_at <= $1")
        .bind(now.0 - DAY_MS)
        .execute(connection)
        .await?;
    Ok(())
}
