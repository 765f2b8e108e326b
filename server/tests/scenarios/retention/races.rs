//! Whoever writes while they are being erased, and two servers at once.
//!
//! The law: a message is either stored, and then nothing of its conversation was erased, or refused.

use super::{DAY_MS, customer, erases, keeps, leaving, lines, said, sweeps, texts};
use crate::harness::{Browser, Engine, Site, cora, scenarios};
use shared::{
    conversation::{SendMessage, Thread},
    ids::ConversationId,
    problem::ProblemCode,
    safety::Action,
    samples::{ADA, CORA, MINA},
};
use sqlx::{Connection, PgConnection};

fn words(browser: &Browser<'_>, text: &str) -> SendMessage {
    SendMessage {
        client_id: browser.client_id(),
        text: text.into(),
        reply_to: None,
    }
}

/// What must hold of a conversation at the end.
fn is_whole_or_gone(thread: &Thread, was_stored: bool) {
    let expected: &[&str] = if was_stored {
        &["Hello", "Me again"]
    } else {
        &[""]
    };
    assert_eq!(texts(thread), expected);
}

scenarios! {
    async fn a_guest_who_writes_while_they_are_erased_is_heard_or_refused(site) {
        site.sets(|settings| settings.guest_absolute_days = 365).await;
        keeps(site, 30, 0).await;
        let mut guests = Vec::new();
        for number in 0..12 {
            let mut guest = site.browser(cora(number));
            let hall = guest.starts("Hello").await;
            guests.push((guest, hall));
        }
        site.clock.set_by(29 * DAY_MS);
        for (guest, hall) in &guests {
            guest.reads(hall).await.unwrap();
        }
        // That they were there is written down beside the answers; the next write waits behind them.
        site.signed_in(&MINA).await;
        site.clock.set_by(DAY_MS + 1);
        let mina = site.signed_in(&MINA).await;
        // On Postgres they write by another server.
        let another = if site.engine() == Engine::Postgres { Some(site.another_node().await) } else { None };
        for (guest, hall) in guests {
            let leaving = leaving(site, &customer(&mina, &hall).await.0);
            let by = guest.at(another.as_ref().unwrap_or(site));
            let (again, later) = (words(&by, "Me again"), words(&by, "And again"));
            let (erased, sent) = tokio::join!(erases(site, &leaving), by.sends(&hall, &again));
            is_whole_or_gone(&mina.reads(&hall).await.unwrap(), sent.is_ok());
            assert_eq!(erased.is_some(), sent.is_err());
            assert_eq!(by.sends(&hall, &later).await.is_ok(), sent.is_ok());
        }
        if let Some(another) = another {
            another.stop().await;
        }
    }

    async fn two_servers_at_once_erase_everybody_once(site) {
        let mut halls = Vec::new();
        for number in 0..6 {
            halls.push(site.browser(cora(number)).starts("Hello").await);
        }
        site.clock.set_by(181 * DAY_MS);
        if site.engine() == Engine::Postgres {
            let another = site.another_node().await;
            tokio::join!(sweeps(site), sweeps(&another), sweeps(site));
            another.stop().await;
        } else {
            tokio::join!(sweeps(site), sweeps(site));
        }
        let mina = site.signed_in(&MINA).await;
        for hall in &halls {
            let thread = mina.reads(hall).await.unwrap();
            assert_eq!((texts(&thread), thread.conversation.epoch), (vec![""], 1), "once");
        }
        let written = lines(&site.admin_of(&ADA).await, Action::GuestsErased).await;
        let erased = written.iter().map(|line| said(line)[0].1.parse::<u32>().unwrap());
        assert_eq!(erased.sum::<u32>(), 6, "counted once");
    }

    async fn nothing_is_written_into_what_was_erased_since_it_was_decided(site) {
        if site.engine() != Engine::Postgres {
            // SQLite has one writer: between its decision and its writing nobody else does anything.
            return;
        }
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let elsewhere = site.another_node().await;
        let mut erasing = holds(site, &hall).await;
        let at = cora.at(&elsewhere);
        let again = words(&at, "Me again");
        let (sent, ()) = tokio::join!(at.sends(&hall, &again), async {
            somebody_waits(&mut erasing).await;
            for statement in ["update conversation set epoch = epoch + 1", "update message set body = '', erased_at = 1", "commit"] {
                sqlx::query(statement).execute(&mut erasing).await.unwrap();
            }
        });
        assert_eq!(sent.err().unwrap().code(), ProblemCode::NotStored, "to be tried again, and decided about anew");
        assert_eq!(site.texts("select body from message").await, [""]);
        elsewhere.stop().await;
    }

    async fn an_erasure_that_another_server_was_in_the_way_of_is_done_at_the_second_try(site) {
        if site.engine() != Engine::Postgres {
            // On SQLite nobody waits for two things at once.
            return;
        }
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        site.clock.set_by(181 * DAY_MS);
        let mina = site.signed_in(&MINA).await;
        let leaving = leaving(site, &customer(&mina, &hall).await.0);
        // It holds the session, and wants the conversation; the erasure holds the conversation, and wants the session.
        let mut seeing = PgConnection::connect(&site.config.database_url).await.unwrap();
        // That the two wait for each other is found out by the erasure, which goes.
        for statement in ["set deadlock_timeout = '1min'", "begin", "update session set expires_at = expires_at where kind = 'guest'"] {
            sqlx::query(statement).execute(&mut seeing).await.unwrap();
        }
        let (erased, ()) = tokio::join!(erases(site, &leaving), async {
            somebody_waits(&mut seeing).await;
            for statement in ["update conversation set last_activity_at = last_activity_at", "commit"] {
                sqlx::query(statement).execute(&mut seeing).await.unwrap();
            }
        });
        assert!(erased.is_some());
        assert_eq!(texts(&mina.reads(&hall).await.unwrap()), [""]);
    }
}

/// Another server that is about to erase a conversation, and has not said so yet.
async fn holds(site: &Site, hall: &ConversationId) -> PgConnection {
    let mut connection = PgConnection::connect(&site.config.database_url)
        .await
        .unwrap();
    sqlx::query("begin").execute(&mut connection).await.unwrap();
    sqlx::query("update conversation set revision = revision + 1 where conversation_id = $1")
        .bind(hall.as_str())
        .execute(&mut connection)
        .await
        .unwrap();
    connection
}

/// Until a statement waits for what this connection holds.
async fn somebody_waits(holding: &mut PgConnection) {
    let waiting =
        "select pid from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))";
    while sqlx::query(waiting)
        .fetch_all(&mut *holding)
        .await
        .unwrap()
        .is_empty()
    {
        tokio::task::yield_now().await;
    }
}
