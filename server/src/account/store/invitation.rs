//! How the server keeps invitations, and links for a new password.
//!
//! The law: of one person, and of one address, at most one waits; what has run out is as good as gone.

use crate::{
    database::{AnyConnection, find_id, read_id},
    identity::token::TokenHash,
    person::email::Email,
};
use shared::ids::{GroupId, InvitationId, PersonId, Time};
use sqlx::{Error, Row, any::AnyRow};

/// A row of `invitation`.
#[derive(Clone)]
pub struct InvitationRow {
    pub invitation_id: InvitationId,
    /// Somebody who is there already and gets a (new) password. `None`: somebody new.
    pub person_id: Option<PersonId>,
    pub name: String,
    /// The address that they will sign in with, normalised.
    pub login: String,
    pub email_as_typed: String,
    pub is_admin: bool,
    pub group_id: Option<GroupId>,
    /// `None`: the command line.
    pub invited_by: Option<PersonId>,
    pub expires_at: Time,
}

/// An invitation to be stored.
pub struct NewInvitation<'a> {
    pub invitation_id: &'a InvitationId,
    pub token_hash: &'a TokenHash,
    pub person_id: Option<&'a PersonId>,
    pub name: &'a str,
    pub email: &'a Email,
    pub is_admin: bool,
    pub group_id: Option<&'a GroupId>,
    pub invited_by: Option<&'a PersonId>,
    pub expires_at: Time,
}

/// A new invitation. One that waited for the same address ends.
pub async fn insert_invitation(
    connection: &mut AnyConnection,
    invitation: &NewInvitation<'_>,
    now: Time,
) -> Result<(), Error> {
    sqlx::query("delete from invitation where login = $1")
        .bind(invitation.email.normalised())
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "insert into invitation
            (invitation_id, token_hash, person_id, display_name, login, email_as_typed, is_admin, group_id, invited_by,
            created_at, expires_at)
        values ($1, $2, cast($3 as text), $4, $5, $6, $7, cast($8 as text), cast($9 as text), $10, $11)",
    )
    .bind(invitation.invitation_id.as_str())
    .bind(invitation.token_hash.as_str())
    .bind(invitation.person_id.map(|person_id| person_id.as_str().to_owned()))
    .bind(invitation.name)
    .bind(invitation.email.normalised())
    .bind(invitation.email.as_typed())
    .bind(invitation.is_admin)
    .bind(invitation.group_id.map(|group_id| group_id.as_str().to_owned()))
    .bind(invitation.invited_by.map(|person_id| person_id.as_str().to_owned()))
    .bind(now.0)
    .bind(invitation.expires_at.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// The invitation of a link, while it works.
pub async fn find_invitation(
    connection: &mut AnyConnection,
    token_hash: &TokenHash,
    now: Time,
) -> Result<Option<InvitationRow>, Error> {
    let row = sqlx::query(
        "select invitation_id, person_id, display_name, login, email_as_typed,
            case when is_admin then 1 else 0 end as is_admin, group_id, invited_by, expires_at
        from invitation
        where token_hash = $1 and expires_at > $2",
    )
    .bind(token_hash.as_str())
    .bind(now.0)
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read_invitation).transpose()
}

/// **Shape**: those that still work, the newest first, at most `limit`.
pub async fn list_invitations(
    connection: &mut AnyConnection,
    limit: i64,
    now: Time,
) -> Result<Vec<InvitationRow>, Error> {
    let rows = sqlx::query(
        "select invitation_id, person_id, display_name, login, email_as_typed,
            case when is_admin then 1 else 0 end as is_admin, group_id, invited_by, expires_at
        from invitation
        where expires_at > $1
        order by created_at desc, invitation_id desc
        limit $2",
    )
    .bind(now.0)
    .bind(limit)
    .fetch_all(connection)
    .await?;
    rows.iter().map(read_invitation).collect()
}

/// How many still work.
pub async fn count_invitations(connection: &mut AnyConnection, now: Time) -> Result<i64, Error> {
    let row = sqlx::query("select count(*) as waiting from invitation where expires_at > $1")
        .bind(now.0)
        .fetch_one(connection)
        .await?;
    row.try_get("waiting")
}

/// Ends one. `false`: there was none.
pub async fn delete_invitation(
    connection: &mut AnyConnection,
    invitation_id: &InvitationId,
) -> Result<bool, Error> {
    let deleted = sqlx::query("delete from invitation where invitation_id = $1")
        .bind(invitation_id.as_str())
        .execute(connection)
        .await?;
    Ok(deleted.rows_affected() == 1)
}

/// Ends the links for a new password that wait for somebody.
pub async fn delete_invitations_for(
    connection: &mut AnyConnection,
    person_id: &PersonId,
) -> Result<(), Error> {
    sqlx::query("delete from invitation where person_id = $1")
        .bind(person_id.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

/// Ends what waits for whoever has an address, normalised.
pub async fn delete_invitations_to(
    connection: &mut AnyConnection,
    login: &str,
) -> Result<(), Error> {
    sqlx::query("delete from invitation where login = $1")
        .bind(login)
        .execute(connection)
        .await?;
    Ok(())
}

/// Forgets what has run out.
pub async fn delete_run_out(connection: &mut AnyConnection, now: Time) -> Result<(), Error> {
    sqlx::query("delete from invitation where expires_at <= $1")
        .bind(now.0)
        .execute(connection)
        .await?;
    Ok(())
}

fn read_invitation(row: &AnyRow) -> Result<InvitationRow, Error> {
    Ok(InvitationRow {
        invitation_id: read_id(row, "invitation_id")?,
        person_id: find_id(row, "person_id")?,
        name: row.try_get("display_name")?,
        login: row.try_get("login")?,
        email_as_typed: row.try_get("email_as_typed")?,
        is_admin: row.try_get::<i64, _>("is_admin")? == 1,
        group_id: find_id(row, "group_id")?,
        invited_by: find_id(row, "invited_by")?,
        expires_at: Time(row.try_get("expires_at")?),
    })
}
