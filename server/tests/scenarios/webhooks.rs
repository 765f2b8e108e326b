//! Webhooks: who is told what, signed; who is never called; and what becomes of what could not be delivered.

use crate::harness::{HANGS, Office, Receiver, scenarios};
use porchlight::webhook::{rules::AGAIN_AFTER_MS, store};
use serde_json::{Value, json};
use shared::{
    conversation::SendMessage,
    host::WebhookEvent::{self, GuestStarted, MessageSent},
    ids::Time,
    safety::Action,
    samples::{ADA, CORA, IDRIS, MINA, NOOR},
};
use sqlx::AssertSqlSafe;

const WEBHOOKS: &str = "/api/admin/webhooks";

scenarios! {
    async fn what_happened_is_told_and_signed(site) {
        let ada = site.admin_of(&ADA).await;
        let receiver = Receiver::open().await;
        let made = ada.points_at(&receiver, &WebhookEvent::ALL).await;
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Is the lamp in stock?").await;
        let mut told = receiver.hears_all(2).await;
        told.sort_by_key(|told| told.event());
        for one in &told {
            assert!(one.is_signed_with(&made.secret), "{}", one.body);
            assert_eq!(one.header("content-type"), "application/json");
            assert_eq!(one.header("webhook-timestamp"), (site.clock.now().0 / 1_000).to_string());
            assert!(!one.is_signed_with("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        }
        let (began, sent) = (told[0].json(), told[1].json());
        assert_eq!((began["type"].as_str(), sent["type"].as_str()), (Some("guest.started"), Some("message.sent")));
        assert_eq!(began["timestamp"], sent["data"]["sent_at"]);
        let guest = &began["data"]["guest"];
        assert_eq!(began["data"]["conversation_id"], hall.as_str());
        assert_eq!((&began["data"]["email"], &guest["name"], &guest["is_guest"], &guest["external_id"]), (&json!(CORA.email), &json!(CORA.name), &json!(true), &Value::Null));
        let thread = cora.reads(&hall).await.unwrap();
        assert_eq!(sent["data"], json!({
            "conversation_id": hall,
            "message_id": thread.messages[0].message_id,
            "position": 1,
            "side": "customer",
            "author": guest,
            "text": "Is the lamp in stock?",
            "is_erased": false,
            "sent_at": began["timestamp"],
        }));

        site.clock.advance(1_000);
        let mina = site.signed_in(&MINA).await;
        let answer = SendMessage { client_id: mina.client_id(), text: "It is.".into(), reply_to: None };
        mina.sends(&hall, &answer).await.unwrap();
        let told = receiver.hears().await;
        let data = &told.json()["data"];
        assert_eq!((&data["side"], &data["text"], &data["author"]["external_id"], &data["position"]), (&json!("staff"), &json!("It is."), &json!(MINA.key), &json!(2)));
        // Repeated by its sender it is the same message, and told once.
        mina.sends(&hall, &answer).await.unwrap();
        assert_eq!(site.count("webhook_delivery").await, 3);
        let row = ada.finds_delivery(&made, |row| row.delivered_at.is_some()).await;
        assert_eq!((row.event, row.delivery_id.as_str(), row.tries, row.last_status, row.next_try_at), (MessageSent, told.header("webhook-id"), 1, Some(200), None));
        assert!(receiver.is_quiet().await);
    }

    async fn only_what_is_wanted_is_told_and_nothing_of_what_users_say_to_each_other(site) {
        let Office { ada, noor, mina, .. } = Office::open(site).await;
        let (all, starts) = (Receiver::open().await, Receiver::open().await);
        ada.points_at(&all, &[MessageSent]).await;
        ada.points_at(&starts, &[GuestStarted]).await;
        let pair = noor.writes_to(&mina.person_id().await, "Between us").await.unwrap();
        mina.says(&pair.conversation.conversation_id, "Of course").await;
        assert_eq!(site.count("webhook_delivery").await, 0);
        let mut noor = noor;
        noor.starts("To everybody").await;
        assert_eq!(all.hears().await.json()["data"]["text"], "To everybody");
        site.browser(&CORA).starts("Hello").await;
        assert_eq!(starts.hears().await.event(), "guest.started");
        assert_eq!(all.hears().await.event(), "message.sent");
        assert!(all.is_quiet().await && starts.is_quiet().await);
        assert_eq!(site.count("webhook_delivery").await, 3);
    }

    async fn where_nobody_wants_to_hear_of_it_a_message_costs_nothing(site) {
        let ada = site.admin_of(&ADA).await;
        let receiver = Receiver::open().await;
        ada.points_at(&receiver, &[GuestStarted]).await;
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        receiver.hears().await;
        // A statement about webhooks would fail from now on.
        for table in ["webhook", "webhook_delivery"] {
            let app = site.app();
            let renamed = app.writer.run(table, |tx, table| {
                let statement = AssertSqlSafe(format!("alter table {table} rename to away_{table}"));
                Box::pin(async move { Ok(sqlx::raw_sql(statement).execute(tx.connection()).await.map(|_| ())?) })
            });
            renamed.await.unwrap();
        }
        cora.says(&hall, "Still there?").await;
        let refused = site.browser(&IDRIS);
        let mut refused = refused;
        refused.presses_start().await;
        let client_id = refused.client_id();
        assert!(refused.starts_as(&client_id, "Hello").await.is_err(), "the control: a start is wanted");
    }

    async fn what_fails_is_tried_again_at_its_times_and_can_be_repeated(site) {
        let mut ada = site.admin_of(&ADA).await;
        let receiver = Receiver::open().await;
        receiver.answers(500);
        let made = ada.points_at(&receiver, &[MessageSent]).await;
        site.browser(&CORA).starts("Hello").await;
        let id = receiver.hears().await.header("webhook-id").to_owned();
        for (past, base_ms) in AGAIN_AFTER_MS.into_iter().enumerate() {
            let tries = u32::try_from(past + 1).unwrap();
            let row = ada.finds_delivery(&made, |row| row.tries == tries).await;
            let after_ms = row.next_try_at.unwrap().0 - site.clock.now().0;
            assert!((base_ms..=base_ms + base_ms / 10).contains(&after_ms), "try {tries}: {after_ms}");
            assert_eq!((row.last_status, row.delivered_at), (Some(500), None));
            let rows = ada.webhooks().await;
            assert_eq!((rows[0].waiting, rows[0].given_up), (1, 0));
            site.clock.advance(after_ms - 1);
            // Days pass: nobody stays signed in for so long.
            ada = site.admin_of(&ADA).await;
            site.wakes_dispatch();
            assert_eq!(ada.deliveries(&made).await[0].tries, tries);
            site.clock.advance(1);
            site.wakes_dispatch();
            let told = receiver.hears().await;
            assert!(told.is_signed_with(&made.secret), "signed anew each time");
            assert_eq!(told.header("webhook-id"), id, "by its id it is the same");
            assert_eq!(told.header("webhook-timestamp"), (site.clock.now().0 / 1_000).to_string());
        }
        ada = site.admin_of(&ADA).await;
        let row = ada.finds_delivery(&made, |row| row.tries == 10).await;
        assert_eq!((row.next_try_at, row.delivered_at), (None, None), "given up");
        let rows = ada.webhooks().await;
        assert_eq!((rows[0].waiting, rows[0].given_up), (0, 1));

        receiver.answers(204);
        let path = format!("{WEBHOOKS}/{}/deliveries/{id}/repeat", made.webhook_id);
        for _ in 0..2 {
            assert_eq!(ada.asks("POST", &path).await.status, 204);
            assert_eq!(receiver.hears().await.header("webhook-id"), id);
            let row = ada.finds_delivery(&made, |row| row.delivered_at.is_some()).await;
            assert_eq!((row.tries, row.last_status), (1, Some(204)));
        }
        let done: Vec<Action> = ada.reads_activity("?action=delivery_repeated").await.lines.iter().map(|line| line.action).collect();
        assert_eq!(done, [Action::DeliveryRepeated; 2]);
    }

    async fn a_receiver_that_hangs_holds_up_nobody_but_itself(site) {
        let ada = site.admin_of(&ADA).await;
        let (hanging, well) = (Receiver::open().await, Receiver::open().await);
        hanging.answers(HANGS);
        ada.points_at(&hanging, &[MessageSent]).await;
        ada.points_at(&well, &[MessageSent]).await;
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("0").await;
        for number in 1..10 {
            cora.says(&hall, &number.to_string()).await;
        }
        let mut texts: Vec<String> = well.hears_all(10).await.iter().map(|told| told.json()["data"]["text"].as_str().unwrap().to_owned()).collect();
        texts.sort();
        assert_eq!(texts.concat(), "0123456789");
        // As many as are called at once, and no more.
        hanging.hears_all(4).await;
        assert!(hanging.is_quiet().await);
    }

    async fn a_receiver_that_wants_no_more_is_told_no_more(site) {
        let ada = site.admin_of(&ADA).await;
        let receiver = Receiver::open().await;
        receiver.answers(410);
        ada.points_at(&receiver, &[MessageSent]).await;
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        receiver.hears().await;
        while !ada.webhooks().await.is_empty() {
            tokio::task::yield_now().await;
        }
        site.settles().await;
        cora.says(&hall, "Still there?").await;
        assert_eq!(site.count("webhook_delivery").await, 1, "nothing more is written down");
        let line = ada.reads_activity("?action=webhook_ended").await.lines.remove(0);
        assert!(line.actor.is_none() && line.particulars.contains(&("by_receiver".into(), "true".into())));
        // What was left of it goes by itself.
        site.stop().await;
        site.starts_again().await;
        while site.count("webhook_delivery").await > 0 {
            tokio::task::yield_now().await;
        }
    }

    async fn a_server_that_dies_before_it_has_told_tells_it_when_it_is_back(site) {
        let ada = site.admin_of(&ADA).await;
        let receiver = Receiver::open().await;
        receiver.answers(HANGS);
        let made = ada.points_at(&receiver, &[MessageSent]).await;
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        receiver.hears().await;
        // It never learns what became of the call, and dies with more of it waiting.
        cora.says(&hall, "Are you there?").await;
        site.stop().await;
        receiver.answers(200);
        site.starts_again().await;
        site.clock.advance(120_000);
        site.wakes_dispatch();
        let mut texts: Vec<String> = Vec::new();
        while texts.len() < 2 {
            let text = receiver.hears().await.json()["data"]["text"].as_str().unwrap().to_owned();
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        while ada.deliveries(&made).await.iter().any(|row| row.delivered_at.is_none()) {
            tokio::task::yield_now().await;
        }
    }

    async fn what_one_server_delivers_no_other_does_until_it_takes_too_long(site) {
        let ada = site.admin_of(&ADA).await;
        site.names("hooks.example", &["93.184.216.34"]);
        let made: shared::host::WebhookMade = ada.makes_webhook("https://hooks.example", &[MessageSent]).await.read().unwrap();
        site.names("hooks.example", &[]);
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("0").await;
        for number in 1..6 {
            cora.says(&hall, &number.to_string()).await;
        }
        while ada.deliveries(&made).await.iter().any(|row| row.tries == 0) {
            tokio::task::yield_now().await;
        }
        // The running server has nothing due; these two are others.
        let app = site.app();
        let now = Time(site.clock.now().0 + 6_000);
        let claim = |now: Time, until: i64, limit: u32| {
            let input = (made.webhook_id.clone(), now, Time(until), limit);
            app.writer.run(input, |tx, (webhook_id, now, until, limit)| Box::pin(async move {
                Ok(store::claim_due(tx.connection(), webhook_id, *now, *until, *limit).await?)
            }))
        };
        let (one, other) = tokio::join!(claim(now, now.0 + 90_000, 4), claim(now, now.0 + 90_001, 4));
        let (one, other) = (one.unwrap(), other.unwrap());
        assert_eq!((one.len(), other.len()), (4, 2));
        assert!(one.iter().all(|claimed| other.iter().all(|also| also.delivery_id != claimed.delivery_id)));
        assert!(claim(now, now.0 + 90_000, 4).await.unwrap().is_empty());
        // One is too slow; whoever took it over settles it, and the slow one's word comes too late.
        let late = Time(now.0 + 90_000);
        let again = claim(late, late.0 + 90_000, 10).await.unwrap();
        assert_eq!(again.len(), 4);
        let settle = |claimed: store::ClaimedDelivery, delivered_at: Option<Time>| {
            let settled = store::Settled { delivered_at, next_try_at: None, status: None, failure: None };
            app.writer.run((claimed, settled), |tx, (claimed, settled)| Box::pin(async move {
                Ok(store::settle_delivery(tx.connection(), claimed, *settled).await?)
            }))
        };
        let slow = one.iter().find(|claimed| claimed.delivery_id == again[0].delivery_id).unwrap().clone();
        assert!(!settle(slow.clone(), None).await.unwrap());
        assert!(settle(again[0].clone(), Some(late)).await.unwrap());
        assert!(!settle(slow, None).await.unwrap());
        let row = ada.deliveries(&made).await.into_iter().find(|row| row.delivery_id == again[0].delivery_id).unwrap();
        assert_eq!(row.delivered_at, Some(late));
    }

    async fn a_secret_is_shown_once_and_an_address_is_in_no_log(site) {
        let ada = site.admin_of(&ADA).await;
        let noor = site.signed_in(&NOOR).await;
        let receiver = Receiver::open().await;
        let made = ada.points_at(&receiver, &[MessageSent]).await;
        assert!(made.secret.starts_with("whsec_") && made.secret.len() == 50);
        let mut noor = noor;
        noor.starts("Hello").await;
        receiver.hears().await;
        ada.finds_delivery(&made, |row| row.delivered_at.is_some()).await;
        let deliveries = format!("{WEBHOOKS}/{}/deliveries", made.webhook_id);
        for path in [WEBHOOKS, "/api/admin/activity", "/api/admin/settings", &deliveries] {
            let answer = ada.calls("GET", path, |request| request).await;
            let body = String::from_utf8(answer.body).unwrap();
            assert!(answer.status == 200 && !body.contains(&made.secret[6..]), "{path}");
            assert!(path == WEBHOOKS || !body.contains("canary-of-the-receiver"), "{path}");
        }
        for (query, status) in [("?limit=0", 422), ("?limit=101", 422), ("?cursor=x", 400), ("?limit=1", 200)] {
            assert_eq!(ada.status_of(&format!("{deliveries}{query}")).await, status, "{query}");
        }
    }
}
