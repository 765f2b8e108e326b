//! Another process makes a conversation somebody else's while somebody writes in it, or reads: between the decision and
//! the writing. Only Postgres lets two processes write at once; on SQLite the decision waits too.

use crate::harness::{Browser, Engine, Refused, Site, scenarios};
use shared::{
    conversation::{SeenAdvanced, SendMessage, Sent},
    ids::ConversationId,
    samples::CORA,
};
use sqlx::{AssertSqlSafe, Connection};

/// Another process, in the middle of making the conversation Ada's.
struct Changing {
    connection: sqlx::AnyConnection,
}

impl Changing {
    async fn begin(site: &Site, conversation_id: &ConversationId) -> Self {
        sqlx::any::install_default_drivers();
        let mut connection = sqlx::AnyConnection::connect(&site.config.database_url)
            .await
            .unwrap();
        let begin = match site.engine() {
            Engine::Sqlite => "begin immediate",
            Engine::Postgres => "begin",
        };
        sqlx::raw_sql(begin).execute(&mut connection).await.unwrap();
        let statement = format!(
            "update conversation set owner = (select person_id from person where external_id = 'ada')
            where conversation_id = '{conversation_id}'"
        );
        sqlx::raw_sql(AssertSqlSafe(statement))
            .execute(&mut connection)
            .await
            .unwrap();
        Self { connection }
    }

    /// Waits until somebody waits for what it holds, and lets go.
    async fn lets_go_once_somebody_waits(mut self, site: &Site) {
        if site.engine() == Engine::Postgres {
            let waiting = "select count(*) from pg_locks l
                where not l.granted and l.locktype in ('transactionid', 'tuple') and l.pid <> pg_backend_pid()
                    and pg_backend_pid() = any(pg_blocking_pids(l.pid))";
            while sqlx::query_scalar::<_, i64>(waiting)
                .fetch_one(&mut self.connection)
                .await
                .unwrap()
                == 0
            {
                tokio::task::yield_now().await;
            }
        }
        sqlx::raw_sql("commit")
            .execute(&mut self.connection)
            .await
            .unwrap();
        self.connection.close().await.unwrap();
    }
}

/// What is answered to somebody who was decided about too early: come again; or that it is nothing of theirs.
fn is_turned_away<T>(answer: &Result<T, Refused>, engine: Engine) -> bool {
    let status = answer.as_ref().err().map(|refused| refused.status);
    status
        == Some(match engine {
            Engine::Postgres => 503,
            Engine::Sqlite => 404,
        })
}

async fn cora_with<'a>(site: &'a Site) -> (Browser<'a>, ConversationId) {
    let mut cora = site.browser(&CORA);
    let conversation_id = cora.starts("Hello").await;
    (cora, conversation_id)
}

scenarios! {
    async fn nothing_is_written_into_what_changes_hands_under_the_decision(site) {
        let (cora, conversation_id) = cora_with(site).await;
        let changing = Changing::begin(site, &conversation_id).await;
        let command = SendMessage { client_id: cora.client_id(), text: "For Porchlight only".into(), reply_to: None };
        let (answer, ()): (Result<Sent, _>, ()) = tokio::join!(
            cora.sends(&conversation_id, &command),
            changing.lets_go_once_somebody_waits(site),
        );
        assert!(is_turned_away(&answer, site.engine()));
        assert_eq!(site.count("message").await, 1);
        assert_eq!(cora.sends(&conversation_id, &command).await.err().unwrap().status, 404, "and decided about anew");
    }

    async fn nothing_is_marked_seen_in_what_changes_hands_under_the_decision(site) {
        let (cora, conversation_id) = cora_with(site).await;
        let mina = site.signed_in(&shared::samples::MINA).await;
        mina.says(&conversation_id, "Good day").await;
        let changing = Changing::begin(site, &conversation_id).await;
        let (answer, ()): (Result<SeenAdvanced, _>, ()) = tokio::join!(
            cora.sees(&conversation_id, 2),
            changing.lets_go_once_somebody_waits(site),
        );
        assert!(is_turned_away(&answer, site.engine()));
        let seen = site.texts("select cast(customer_seen_position as text) from conversation").await;
        assert_eq!(seen, ["1"]);
    }
}
