//! What admins read of what was done: every line with its word, in names, and without anything that people said.

use crate::harness::{Browser, EVERYTHING, HostServer, scenarios};
use serde_json::json;
use shared::{
    problem::ProblemCode,
    safety::{Action, ActivityLine, BlockScope},
    samples::{ADA, CORA, GUEST_GROUP, MINA, NOOR},
};

/// The newest line of an action.
async fn newest(ada: &Browser<'_>, action: Action) -> ActivityLine {
    let query = format!("?action={}", action.word());
    ada.reads_activity(&query).await.lines.swap_remove(0)
}

fn particulars(line: &ActivityLine) -> Vec<(&str, &str)> {
    line.particulars
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

scenarios! {
    async fn a_line_says_who_did_what_to_whom_by_name(site) {
        let ada = site.admin_of(&ADA).await;
        let added = newest(&ada, Action::MemberAdded).await;
        assert_eq!((added.actor, added.at), (None, shared::samples::NOON_ISH), "by the command line");
        let joined = newest(&ada, Action::MemberAdded).await;
        assert_eq!(particulars(&joined), [("group", GUEST_GROUP), ("by_token", "false")]);
        let set = newest(&ada, Action::SettingsChanged).await;
        assert_eq!((set.subject.as_deref(), particulars(&set)), (None, vec![("keys", "user_groups, guest_mode, guest_group_id")]));

        site.signed_in(&NOOR).await;
        assert_eq!(newest(&ada, Action::SignedIn).await.subject.as_deref(), Some(NOOR.name));
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let mina = site.signed_in(&MINA).await;
        mina.says(&hall, "Good morning").await;
        assert_eq!(cora.reports(&hall, 2, "Rude").await.status, 204);
        let reported = newest(&ada, Action::MessageReported).await;
        assert_eq!((reported.actor.as_deref(), reported.subject.as_deref()), (Some(CORA.name), Some(MINA.name)));
        assert_eq!(particulars(&reported), [("conversation", hall.as_str()), ("position", "2")]);

        // A conversation is named by its people; what is gone keeps its id.
        ada.reads_along(&hall).await.unwrap();
        let read = newest(&ada, Action::ConversationRead).await;
        assert_eq!((read.actor.as_deref(), read.subject.as_deref()), (Some(ADA.name), Some(CORA.name)));
        let group = ada.makes_group("Trial").await;
        assert_eq!(newest(&ada, Action::GroupCreated).await.subject.as_deref(), Some("Trial"));
        assert_eq!(ada.tells("DELETE", &format!("/api/admin/groups/{group}")).await, 200);
        assert_eq!(newest(&ada, Action::GroupDeleted).await.subject.as_deref(), Some(group.as_str()));
    }

    async fn what_the_sites_server_did_names_its_key_while_there_is_one(site) {
        let mut ada = site.admin_of(&ADA).await;
        let made = ada.makes_host_key("Shop backend", &EVERYTHING).await.unwrap();
        let host = HostServer { site, made };
        host.puts(&NOOR, &json!({ "name": "Noor Aziz" })).await.unwrap();
        let key = host.made.host_key_id.to_string();
        assert_eq!(newest(&ada, Action::HostKeyMade).await.subject.as_deref(), Some("Shop backend"));
        let put = newest(&ada, Action::HostUserPut).await;
        assert_eq!(particulars(&put), [("key", "Shop backend"), ("new", "false")]);
        assert_eq!(ada.asks("DELETE", &format!("/api/admin/host-keys/{key}")).await.status, 204);
        let put = newest(&ada, Action::HostUserPut).await;
        assert_eq!(particulars(&put), [("key", key.as_str()), ("new", "false")]);
        assert_eq!(newest(&ada, Action::HostKeyRevoked).await.subject, Some(key));
    }

    async fn pages_of_activity_follow_each_other_and_a_filter_holds(site) {
        let ada = site.admin_of(&ADA).await;
        let whole = ada.reads_activity("?limit=100").await;
        assert!(whole.cursor.is_none() && whole.lines.len() > 8);
        assert!(whole.lines.is_sorted_by(|newer, older| newer.at >= older.at));
        // Several of one millisecond: the id decides.
        let mut paged = Vec::new();
        let mut query = "?limit=3".to_owned();
        loop {
            let page = ada.reads_activity(&query).await;
            paged.extend(page.lines);
            match page.cursor {
                Some(cursor) => query = format!("?limit=3&cursor={cursor}"),
                None => break,
            }
        }
        assert!(paged == whole.lines);
        let users = ada.reads_activity("?action=user_added&limit=2").await;
        assert!(users.lines.iter().all(|line| line.action == Action::UserAdded));
        let rest = ada.reads_activity(&format!("?action=user_added&cursor={}", users.cursor.unwrap())).await;
        assert_eq!((users.lines.len(), rest.lines.len(), rest.cursor), (2, 2, None));
        for word in ["", "everything", "User_added", "user_added%20", "%25", "' or 1=1"] {
            let refused = ada.gets::<serde_json::Value>(&format!("/api/admin/activity?action={word}")).await.err();
            assert_eq!(refused.map(|refused| refused.code()), Some(ProblemCode::OutOfRange), "{word:?}");
        }
    }

    async fn nothing_that_people_said_or_hold_stands_in_the_log(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("The blue lamp hums at night").await;
        let mina = site.signed_in(&MINA).await;
        mina.says(&hall, "Then send it back").await;
        cora.reports(&hall, 2, "Short-spoken").await;
        let refused = site.browser(&NOOR).on_behalf_of_user().writes("POST", "/api/session", &serde_json::json!({"token": "no.to.ken"})).await;
        assert_eq!(refused.status, 401);
        let person = mina.looks_at(&hall).await.unwrap().customer.unwrap().face.person_id;
        site.blocks(&mina.person_id().await, &person, BlockScope::Site, &hall).await;
        let ada = site.admin_of(&ADA).await;
        ada.oversees("?of=guests&search=lindqvist").await;
        ada.reads_along(&hall).await.unwrap();
        let mut connection = site.app().database.read().await.unwrap();
        let written: Vec<String> = sqlx::query_scalar("select action || ' ' || particulars from audit")
            .fetch_all(&mut *connection)
            .await
            .unwrap();
        drop(connection);
        let shown = ada.calls("GET", "/api/admin/activity?limit=100", |request| request).await.body;
        let (written, shown) = (written.join("\n"), String::from_utf8(shown).unwrap());
        assert!(written.contains("message_reported") && written.contains("person_blocked") && written.contains("sign_in_refused"));
        for secret in ["blue lamp", "send it back", "Short-spoken", "no.to.ken", "lindqvist", CORA.email, MINA.email, &cora.cookie(), &mina.cookie()] {
            assert!(!written.contains(secret) && !shown.contains(secret), "{secret}");
        }
        // A guest's name is shown as long as there is the guest; the log does not hold it.
        assert!(!written.contains(CORA.name) && shown.contains(CORA.name));
    }
}
