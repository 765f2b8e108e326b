//! A failure after each statement of a conversion, of its undoing, and of what goes on around them.
//!
//! The law: all of it or nothing of it. Wherever it fails, every row of every table is as it was, the very same call
//! succeeds afterwards, and leaves one conversion and one line in the audit log behind.

/// Codes by mail.
mod codes;

use crate::harness::{Browser, Receiver, Site, scenarios};
use shared::{
    conversion::ConversionPolicy,
    host::WebhookEvent,
    ids::ConversationId,
    samples::{ADA, CORA, MINA, NOOR},
};
use sqlx::AssertSqlSafe;

/// How a statement fails.
#[derive(Clone, Copy, Debug)]
enum Failure {
    /// It is refused, and the transaction goes on if somebody lets it.
    Statement,
    /// The transaction is gone with it: rolled back by the engine, or the connection cut.
    Transaction,
}
use Failure::{Statement, Transaction};

/// Told of to webhooks, which is tried and noted in its own time.
const DELIVERIES: &str = "webhook_delivery";

impl Site {
    async fn tables(&self) -> Vec<String> {
        let all = match self.is_sqlite() {
            true => "select name from sqlite_master where type = 'table' order by name",
            false => {
                "select cast(tablename as text) from pg_tables where schemaname = current_schema() order by tablename"
            }
        };
        let all = self.texts(all).await.into_iter();
        all.filter(|table| {
            !table.starts_with('_') && !table.starts_with("sqlite_") && table != "failpoint"
        })
        .collect()
    }

    /// Every row of every table.
    async fn everything(&self) -> Vec<String> {
        let mut everything = Vec::new();
        for table in self.tables().await {
            if table == DELIVERIES {
                everything.push(format!("{} deliveries", self.count(DELIVERIES).await));
                continue;
            }
            let columns = match self.is_sqlite() {
                true => format!("select name from pragma_table_info('{table}')"),
                false => format!(
                    "select cast(column_name as text) from information_schema.columns
                    where table_schema = current_schema() and table_name = '{table}'"
                ),
            };
            let values: Vec<String> = self
                .texts(columns.leak())
                .await
                .iter()
                .map(|column| format!("coalesce(cast({column} as text), '-')"))
                .collect();
            let rows = format!(
                "select '{table} ' || {} as row from {table} order by 1",
                values.join(" || ' ' || ")
            );
            everything.extend(self.texts(rows.leak()).await);
        }
        everything
    }

    async fn executes(&self, statement: String) {
        let app = self.app();
        let done = app.writer.run(statement, |tx, statement| {
            Box::pin(async move {
                let statement = AssertSqlSafe(statement.as_str());
                sqlx::raw_sql(statement).execute(tx.connection()).await?;
                Ok(())
            })
        });
        done.await.unwrap();
    }

    /// From now on each row that is written counts down, and the one at which nothing is left fails.
    async fn may_fail(&self) {
        self.executes(
            "create table failpoint (remaining bigint not null, failure text not null)".into(),
        )
        .await;
        self.executes("insert into failpoint (remaining, failure) values (0, '')".into())
            .await;
        if !self.is_sqlite() {
            self.executes(
                "create function failpoint_reached() returns trigger language plpgsql as $$
                declare left_over bigint; kind text;
                begin
                    update failpoint set remaining = remaining - 1 returning remaining, failure into left_over, kind;
                    if left_over = 0 and kind = 'statement' then
                        raise exception 'failpoint';
                    elsif left_over = 0 then
                        perform pg_terminate_backend(pg_backend_pid());
                    end if;
                    return null;
                end $$"
                    .into(),
            )
            .await;
        }
        for table in self.tables().await {
            for deed in ["insert", "update", "delete"] {
                // The tries of deliveries go on beside everything.
                if table != DELIVERIES || deed == "insert" {
                    self.executes(self.trigger(&table, deed)).await;
                }
            }
        }
    }

    fn trigger(&self, table: &str, deed: &str) -> String {
        let head =
            format!("create trigger failpoint_{table}_{deed} after {deed} on {table} for each row");
        if !self.is_sqlite() {
            return format!("{head} execute function failpoint_reached()");
        }
        format!(
            "{head} begin
                update failpoint set remaining = remaining - 1;
                select case
                    when remaining = 0 and failure = 'statement' then raise(abort, 'failpoint')
                    when remaining = 0 then raise(rollback, 'failpoint')
                end from failpoint;
            end"
        )
    }

    async fn fails_at(&self, row: u32, failure: Failure) {
        let kind = match failure {
            Statement => "statement",
            Transaction => "transaction",
        };
        self.executes(format!(
            "update failpoint set remaining = {row}, failure = '{kind}'"
        ))
        .await;
    }

    /// Does the same until it succeeds, with a failure one row later each time. **Shape**: how often it failed.
    async fn fails_everywhere(&self, failure: Failure, mut act: impl AsyncFnMut() -> u16) -> u32 {
        let before = self.everything().await;
        for row in 1.. {
            self.fails_at(row, failure).await;
            let status = act().await;
            self.fails_at(0, failure).await;
            if status < 300 {
                assert_ne!(
                    self.everything().await,
                    before,
                    "the control: something happened"
                );
                return row - 1;
            }
            assert!(matches!(status, 500 | 503), "row {row}: {status}");
            let after = self.everything().await;
            let differs = before
                .iter()
                .zip(&after)
                .find(|(before, after)| before != after);
            assert!(
                before == after,
                "half of it happened at row {row}, {failure:?}: {differs:?}"
            );
        }
        0
    }

    /// So many conversions and lines, and not one more.
    async fn has_converted(&self, done: i64, undone: usize) {
        let lines = async |action: &'static str| {
            let all = self.texts("select action from audit").await;
            all.iter().filter(|line| *line == action).count()
        };
        assert_eq!(self.count("conversion").await, done);
        assert_eq!(
            lines("conversion_done").await,
            usize::try_from(done).unwrap()
        );
        assert_eq!(lines("conversion_undone").await, undone);
    }
}

/// A guest who wrote, was answered, and saw it.
async fn chats<'a>(site: &'a Site, mina: &Browser<'_>) -> (Browser<'a>, ConversationId) {
    let mut cora = site.browser(&CORA);
    let conversation_id = cora.starts("Hello").await;
    mina.says(&conversation_id, "Good day").await;
    cora.sees(&conversation_id, 2).await.unwrap();
    (cora, conversation_id)
}

/// Converts, takes back by an admin, converts another, takes it back by *Not me*: failing everywhere.
async fn fails_all_along(site: &Site, failure: Failure) {
    let (mina, ada) = (site.signed_in(&MINA).await, site.admin_of(&ADA).await);
    let receiver = Receiver::open().await;
    ada.points_at(&receiver, &WebhookEvent::ALL).await;
    let (here, first) = chats(site, &mina).await;
    let (elsewhere, second) = chats(site, &mina).await;
    site.may_fail().await;

    // C1 and C4 in one sign-in: two conversations become hers, or none.
    let token = site.signs(&site.verified_claims(&CORA));
    let mut cora = here.clone().on_behalf_of_user();
    let failed = site
        .fails_everywhere(failure, async || {
            let sign_in = shared::identity::SignIn {
                token: token.clone(),
            };
            let answer = cora.writes("POST", "/api/session", &sign_in).await;
            if answer.status != 200 {
                assert!(here.reads(&first).await.is_ok() && elsewhere.reads(&second).await.is_ok());
            }
            answer.status
        })
        .await;
    assert!(
        failed >= 20,
        "two conversions write more than {failed} rows"
    );
    site.has_converted(2, 0).await;
    assert_eq!(cora.own().await.len(), 2);

    cora.says(&first, "I am here").await;
    mina.says(&first, "So am I").await;
    let latest = ada.reads_conversions(&first).await.unwrap().remove(0);
    let undoes = async || ada.undoes(&latest.conversion_id).await;
    let failed = site.fails_everywhere(failure, undoes).await;
    assert!(failed >= 10, "an undo writes more than {failed} rows");
    let not_me = async || cora.says_not_me(&second).await;
    let failed = site.fails_everywhere(failure, not_me).await;
    assert!(
        failed >= 10,
        "an undo with a report writes more than {failed} rows"
    );
    site.has_converted(2, 2).await;
    for (guest, conversation_id) in [(&here, &first), (&elsewhere, &second)] {
        assert!(guest.reads(conversation_id).await.is_ok());
    }
}

scenarios! {
    async fn r6_a_statement_that_fails_anywhere_undoes_all_of_it(site) {
        fails_all_along(site, Statement).await;
    }

    async fn r6_a_transaction_that_dies_anywhere_leaves_nothing(site) {
        fails_all_along(site, Transaction).await;
    }

    async fn r6_the_answer_to_the_question_is_all_or_nothing(site) {
        let mina = site.signed_in(&MINA).await;
        let (cora, conversation_id) = chats(site, &mina).await;
        let mut noor = cora.clone().on_behalf_of_user().used_by(&NOOR);
        noor.signs_in_verified().await;
        site.may_fail().await;
        let failed = site.fails_everywhere(Statement, async || {
            let answer = shared::conversion::AnswerQuestion { continue_here: true };
            let answer = noor.writes("POST", "/api/conversion/answer", &answer).await;
            if answer.status != 200 {
                assert!(cora.reads(&conversation_id).await.is_ok());
            }
            answer.status
        }).await;
        assert!(failed >= 6, "a conversion writes more than {failed} rows");
        site.has_converted(1, 0).await;
    }

    async fn r6_what_the_hosts_server_verifies_converts_all_or_nothing(site) {
        let mina = site.signed_in(&MINA).await;
        let host = site.host(&crate::harness::EVERYTHING).await;
        site.converts(ConversionPolicy::AutoVerified).await;
        chats(site, &mina).await;
        let user = serde_json::json!({ "name": CORA.name, "email": CORA.email });
        host.puts(&CORA, &user).await.unwrap();
        site.may_fail().await;
        let path = format!("{}/email-verified", crate::harness::user_path(&CORA));
        let body = serde_json::json!({ "email": CORA.email });
        let failed = site.fails_everywhere(Transaction, async || host.asks("POST", &path, &body).await.status).await;
        assert!(failed >= 6, "a conversion writes more than {failed} rows");
        site.has_converted(1, 0).await;
    }
}
