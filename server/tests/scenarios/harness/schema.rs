//! A corner of its own in the Postgres server of the tests.
//!
//! The law: no two scenarios share one, and none is left when its scenario has ended well.

use sqlx::{AssertSqlSafe, Connection};

/// A corner of its own in the Postgres server of the tests.
pub struct Schema {
    server_url: String,
    name: String,
}

impl Schema {
    pub async fn create() -> Option<Self> {
        let Ok(server_url) = std::env::var("PORCHLIGHT_TEST_POSTGRES") else {
            println!(
                "skipped: PORCHLIGHT_TEST_POSTGRES is not set, so nothing was tried on Postgres"
            );
            return None;
        };
        let schema = Self {
            server_url,
            name: format!("scenario_{:016x}", fastrand::u64(..)),
        };
        schema.tell("create schema", "").await;
        Some(schema)
    }

    pub async fn tell(&self, what: &str, how: &str) {
        let mut connection = sqlx::PgConnection::connect(&self.server_url).await.unwrap();
        // A name cannot be a parameter; this one is made of hexadecimal digits above.
        let statement = format!("{what} {} {how}", self.name);
        sqlx::query(AssertSqlSafe(statement))
            .execute(&mut connection)
            .await
            .unwrap();
    }

    pub fn url(&self) -> String {
        let joint = if self.server_url.contains('?') {
            '&'
        } else {
            '?'
        };
        format!(
            "{}{joint}options=-c%20search_path%3D{}",
            self.server_url, self.name
        )
    }
}
