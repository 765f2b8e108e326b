//! A database of one's own inside a Postgres server that is already there.
//!
//! The law: nothing is written outside the database created here.

use anyhow::{Context, Result};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// An empty database. Call [`TemporaryDatabase::drop_it`] when done.
pub struct TemporaryDatabase {
    server_url: String,
    name: String,
}

impl TemporaryDatabase {
    /// `server_url` names a database that may be connected to, such as `postgres://postgres@127.0.0.1:5432/postgres`.
    pub async fn create(server_url: &str) -> Result<Self> {
        let name = format!("porchlight_outside_{:016x}", fastrand::u64(..));
        let database = Self {
            server_url: server_url.to_owned(),
            name,
        };
        database.tell_server("create database").await?;
        Ok(database)
    }

    /// Where it is.
    pub fn url(&self) -> Result<String> {
        let (server, path) = self
            .server_url
            .rsplit_once('/')
            .context("a Postgres URL names a database")?;
        let parameters = path
            .split_once('?')
            .map(|(_, parameters)| format!("?{parameters}"))
            .unwrap_or_default();
        Ok(format!("{server}/{}{parameters}", self.name))
    }

    /// Removes it; whoever is still connected is thrown out.
    pub async fn drop_it(self) -> Result<()> {
        self.tell_server("drop database").await
    }

    async fn tell_server(&self, what: &str) -> Result<()> {
        let force = if what.starts_with("drop") {
            " with (force)"
        } else {
            ""
        };
        let mut connection = PgConnection::connect(&self.server_url)
            .await
            .context("the Postgres server for the tests")?;
        // A database's name cannot be a parameter; this one is made of hexadecimal digits above.
        let statement = format!("{what} {}{force}", self.name);
        sqlx::query(AssertSqlSafe(statement))
            .execute(&mut connection)
            .await?;
        Ok(())
    }
}
