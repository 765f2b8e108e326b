//! The shop's own tables: its accounts and who is signed in to the shop. In a file of its own, as a host site's would be.
//!
//! The law: nothing of the chat is in here, and nothing of the shop is in the chat's database.
//! Of a session only the token's hash is kept.

use shared::ids::Time;
use sqlx::{
    Row, SqlitePool,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions, SqliteRow},
};
use std::path::Path;

/// Somebody who has an account at the shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Never changes: what the chat knows them by (`sub`).
    pub account_id: String,
    pub name: String,
    pub email: String,
    pub email_verified: bool,
    /// `None` for the cast, who sign in by one click and never by password.
    pub password_hash: Option<String>,
    /// What the shop tells the chat instead of the address they sign in with. Several accounts may share one.
    pub told_email: Option<String>,
}

impl Account {
    /// What the shop tells the chat.
    pub fn chat_email(&self) -> &str {
        self.told_email.as_deref().unwrap_or(&self.email)
    }
}

/// Who is signed in at a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    pub account: Account,
    /// The account of somebody of the shop who is signed in as them.
    pub acted_by: Option<String>,
}

/// A session to be kept.
pub struct NewSession<'a> {
    pub token_hash: &'a str,
    pub account_id: &'a str,
    /// The account of somebody of the shop who signs in as them.
    pub acted_by: Option<&'a str>,
    pub now: Time,
    pub expires_at: Time,
}

/// What became of an account that was to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountMade {
    Made,
    /// The address, or the id, belongs to another account.
    Taken,
}

/// The shop's database.
#[derive(Clone)]
pub struct ShopStore {
    pool: SqlitePool,
}

impl ShopStore {
    /// Opens the shop's file, making it where there is none.
    pub async fn open(path: &Path) -> sqlx::Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .foreign_keys(true);
        let pool = SqlitePoolOptions::new()
            .max_connections(4)
            .connect_with(options)
            .await?;
        sqlx::query(
            "create table if not exists shop_account (
                account_id text not null,
                name text not null,
                email text not null,
                email_verified boolean not null,
                password_hash text,
                created_at bigint not null,
                constraint shop_account_pk primary key (account_id),
                constraint shop_account_email_unique unique (email)
            )",
        )
        .execute(&pool)
        .await?;
        sqlx::query(
            "create table if not exists shop_session (
                token_hash text not null,
                account_id text not null,
                expires_at bigint not null,
                constraint shop_session_pk primary key (token_hash),
                constraint shop_session_account_fk foreign key (account_id) references shop_account (account_id)
            )",
        )
        .execute(&pool)
        .await?;
        // Demonstrations that began before these were there.
        let told = ("shop_account", "told_email");
        add_column(
            &pool,
            told,
            "alter table shop_account add column told_email text",
        )
        .await?;
        let acted = ("shop_session", "acted_by");
        add_column(
            &pool,
            acted,
            "alter table shop_session add column acted_by text",
        )
        .await?;
        Ok(Self { pool })
    }

    /// Makes an account, unless its address or id is taken.
    pub async fn insert_account(&self, account: &Account, now: Time) -> sqlx::Result<AccountMade> {
        let outcome = sqlx::query(
            "insert into shop_account (account_id, name, email, email_verified, password_hash, created_at, told_email)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict do nothing",
        )
        .bind(&account.account_id)
        .bind(&account.name)
        .bind(&account.email)
        .bind(account.email_verified)
        .bind(&account.password_hash)
        .bind(now.0)
        .bind(&account.told_email)
        .execute(&self.pool)
        .await?;
        Ok(if outcome.rows_affected() == 1 {
            AccountMade::Made
        } else {
            AccountMade::Taken
        })
    }

    /// The account with this id.
    pub async fn find_account(&self, account_id: &str) -> sqlx::Result<Option<Account>> {
        let row = sqlx::query(
            "select account_id, name, email, email_verified, password_hash, told_email
             from shop_account
             where account_id = $1",
        )
        .bind(account_id)
        .fetch_optional(&self.pool)
        .await?;
        row.as_ref().map(read_account).transpose()
    }

    /// The account with this address, in the form that [`super::rules::email_key`] gives.
    pub async fn find_account_by_email(&self, email: &str) -> sqlx::Result<Option<Account>> {
        let row = sqlx::query(
            "select account_id, name, email, email_verified, password_hash, told_email
             from shop_account
             where email = $1",
        )
        .bind(email)
        .fetch_optional(&self.pool)
        .await?;
        row.as_ref().map(read_account).transpose()
    }

    /// **Shape**: the newest accounts, at most 50.
    pub async fn list_accounts(&self) -> sqlx::Result<Vec<Account>> {
        let rows = sqlx::query(
            "select account_id, name, email, email_verified, password_hash, told_email
             from shop_account
             order by created_at desc, account_id
             limit 50",
        )
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(read_account).collect()
    }

    /// Changes what the shop tells the chat about an account's address.
    pub async fn update_told(
        &self,
        account_id: &str,
        email: &str,
        is_verified: bool,
    ) -> sqlx::Result<()> {
        sqlx::query(
            "update shop_account set told_email = $2, email_verified = $3 where account_id = $1",
        )
        .bind(account_id)
        .bind(email)
        .bind(is_verified)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Removes an account with everybody who is signed in to it.
    pub async fn delete_account(&self, account_id: &str) -> sqlx::Result<()> {
        let mut transaction = self.pool.begin().await?;
        for statement in [
            "delete from shop_session where account_id = $1",
            "delete from shop_account where account_id = $1",
        ] {
            sqlx::query(statement)
                .bind(account_id)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await
    }

    /// Who holds the session with this token's hash, if it still counts.
    pub async fn find_signed_in(
        &self,
        token_hash: &str,
        now: Time,
    ) -> sqlx::Result<Option<SignedIn>> {
        let row = sqlx::query(
            "select
                account.account_id, account.name, account.email, account.email_verified, account.password_hash,
                account.told_email, session.acted_by
             from shop_session as session
             join shop_account as account on account.account_id = session.account_id
             where session.token_hash = $1 and session.expires_at > $2",
        )
        .bind(token_hash)
        .bind(now.0)
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(SignedIn {
            account: read_account(&row)?,
            acted_by: row.try_get("acted_by")?,
        }))
    }

    /// Keeps a session, and sweeps out those that have ended.
    pub async fn insert_session(&self, session: &NewSession<'_>) -> sqlx::Result<()> {
        sqlx::query("delete from shop_session where expires_at <= $1")
            .bind(session.now.0)
            .execute(&self.pool)
            .await?;
        sqlx::query(
            "insert into shop_session (token_hash, account_id, expires_at, acted_by) values ($1, $2, $3, $4)",
        )
        .bind(session.token_hash)
        .bind(session.account_id)
        .bind(session.expires_at.0)
        .bind(session.acted_by)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Ends a session.
    pub async fn delete_session(&self, token_hash: &str) -> sqlx::Result<()> {
        sqlx::query("delete from shop_session where token_hash = $1")
            .bind(token_hash)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Waits for what is under way and closes the file.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// Runs a statement that adds a column, where the table lacks it.
async fn add_column(
    pool: &SqlitePool,
    (table, column): (&str, &str),
    statement: &'static str,
) -> sqlx::Result<()> {
    let there: i64 =
        sqlx::query_scalar("select count(*) from pragma_table_info($1) where name = $2")
            .bind(table)
            .bind(column)
            .fetch_one(pool)
            .await?;
    if there == 0 {
        sqlx::query(statement).execute(pool).await?;
    }
    Ok(())
}

fn read_account(row: &SqliteRow) -> sqlx::Result<Account> {
    Ok(Account {
        account_id: row.try_get("account_id")?,
        name: row.try_get("name")?,
        email: row.try_get("email")?,
        email_verified: row.try_get("email_verified")?,
        password_hash: row.try_get("password_hash")?,
        told_email: row.try_get("told_email")?,
    })
}
