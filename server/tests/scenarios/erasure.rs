//! Erasing somebody: what goes, what stays, who is told, and what nobody gets by a recycled address.

use crate::harness::{
    Browser, EVERYTHING, HostServer, Office, PostOffice, Receiver, Socket, scenarios, user_path,
};
use serde_json::{Value, json};
use shared::{
    conversation::{MessageKind, Side, Thread},
    host::{HostScope, WebhookEvent},
    identity::Role,
    ids::ConversationId,
    problem::ProblemCode,
    realtime::{Event, close},
    safety::Action,
    samples::{ADA, CORA, MINA, NOOR, Person, TEO},
};
use std::time::Duration;

async fn erases(host: &HostServer<'_>, person: &Person) -> u16 {
    host.asks("DELETE", &user_path(person), &Value::Null)
        .await
        .status
}

/// Everything in a thread that somebody wrote.
fn texts(thread: &Thread) -> Vec<(u64, &str)> {
    let written = thread
        .messages
        .iter()
        .filter(|message| message.kind == MessageKind::Text);
    written
        .map(|message| (message.position.0, message.text.as_str()))
        .collect()
}

async fn hears_of_change(socket: &mut Socket) -> ConversationId {
    socket
        .hears_of(|event| match event {
            Event::ConversationChanged(changed) => Some(changed.conversation_id),
            _ => None,
        })
        .await
}

/// Noor, who was a guest in the same browser before: her thread, and the browser that she uses now.
async fn noor_who_was_a_guest<'a>(noor: Browser<'a>, words: &str) -> (ConversationId, Browser<'a>) {
    let mut noor = noor;
    let hall = noor.starts(words).await;
    let mut noor = noor.on_behalf_of_user();
    noor.signs_in().await;
    assert_eq!(
        noor.reads(&hall).await.unwrap().messages[0].text,
        words,
        "it is hers now"
    );
    (hall, noor)
}

scenarios! {
    async fn words_names_and_addresses_go_and_positions_stay(site) {
        let (hall, noor) = noor_who_was_a_guest(site.browser(&NOOR), "canary-guest").await;
        let Office { ada, noor: elsewhere, mina, .. } = Office::open(site).await;
        mina.says(&hall, "canary-answer").await;
        noor.says(&hall, "canary-user").await;
        let pair = noor.writes_to(&mina.person_id().await, "canary-direct").await.unwrap().conversation.conversation_id;
        mina.says(&pair, "Mina's own").await;
        assert_eq!(noor.reports(&pair, 2, "canary-reason").await.status, 204);
        let mut other = site.browser(&NOOR);
        let shed = other.starts("Somebody else's").await;
        let (before, other_before) = (mina.reads(&hall).await.unwrap(), mina.looks_at(&shed).await.unwrap());
        assert_eq!(other_before.customer.unwrap().email.as_deref(), Some(NOOR.email));
        let person = noor.person_id().await;
        let host = site.host(&EVERYTHING).await;
        let (mut her, mut elsewhere_too, mut watching) = (noor.listens().await, elsewhere.listens().await, mina.listens().await);

        assert_eq!(erases(&host, &NOOR).await, 204);
        for socket in [&mut her, &mut elsewhere_too] {
            let closed = tokio::time::timeout(Duration::from_secs(2), socket.is_closed()).await;
            assert_eq!(closed.expect("within two seconds").1, Some(close::SIGNED_OUT));
        }
        for browser in [&noor, &elsewhere] {
            assert_eq!(browser.status_of("/api/conversations").await, 401);
            assert_eq!(browser.session().await.role, Role::Visitor);
        }
        let mut changed = [&hall, &pair, &shed].map(|conversation| (conversation.clone(), false));
        while changed.iter().any(|(_, is_told)| !is_told) {
            let told = hears_of_change(&mut watching).await;
            for (conversation, is_told) in &mut changed {
                *is_told |= *conversation == told;
            }
        }

        let after = mina.reads(&hall).await.unwrap();
        assert_eq!(after.messages.len(), before.messages.len());
        for (after, before) in after.messages.iter().zip(&before.messages) {
            assert_eq!((after.position, &after.message_id, after.side, after.sent_at), (before.position, &before.message_id, before.side, before.sent_at));
            match before.kind {
                MessageKind::Text => assert_eq!(after.text, ""),
                MessageKind::Notice => assert_eq!(after.text, before.text),
            }
        }
        let head = &after.conversation;
        let customer = head.customer.as_ref().unwrap();
        assert_eq!((customer.face.name.as_str(), customer.email.as_deref()), ("Erased", None));
        assert!(head.epoch > before.conversation.epoch && head.revision > before.conversation.revision);
        assert!(after.messages.iter().filter(|message| message.side == Side::Customer).all(|message| message.author.as_ref().unwrap().name == "Erased"));
        let direct = mina.reads(&pair).await.unwrap();
        assert_eq!(texts(&direct), [(1, ""), (2, "Mina's own")], "what Mina wrote is Mina's");
        assert_eq!(ada.reads_reports("").await.reports[0].reason, "");

        // The other guest chats on, and is nobody's by an address.
        other.says(&shed, "Still here").await;
        let shed_now = mina.reads(&shed).await.unwrap();
        assert_eq!(texts(&shed_now), [(1, "Somebody else's"), (2, "Still here")]);
        assert_eq!(shed_now.conversation.customer.unwrap().email, None);

        let line = ada.reads_activity("?action=person_erased").await.lines.remove(0);
        assert!(line.actor.is_none() && line.particulars.contains(&("key".into(), "The shop".into())));
        assert_eq!(erases(&host, &NOOR).await, 404);
        assert_eq!(ada.reads_activity("?action=person_erased").await.lines.len(), 1);
        let found = ada.calls("GET", &format!("/api/admin/people/{person}"), |request| request).await;
        assert!(!String::from_utf8(found.body).unwrap().contains(NOOR.key));

        site.is_free_of(&["canary-guest", "canary-answer", "canary-user", "canary-direct", "canary-reason", NOOR.email]).await;
    }

    async fn whoever_registers_with_a_recycled_address_gets_nothing(site) {
        let host = site.host(&EVERYTHING).await;
        let (_, noor) = noor_who_was_a_guest(site.browser(&NOOR), "Hers").await;
        let mut other = site.browser(&NOOR);
        other.starts("From another browser, under the same address").await;
        let former = noor.person_id().await;
        assert_eq!(erases(&host, &NOOR).await, 204);
        let registered = host.puts(&NOOR, &json!({ "name": NOOR.name, "email": NOOR.email, "email_verified": true })).await.unwrap();
        assert_eq!(registered.converted, 0);
        assert_ne!(registered.person_id, former);
        assert_eq!(host.verifies(&NOOR, NOOR.email).await.unwrap().converted, 0);
        let mut recycled = site.browser(&NOOR).on_behalf_of_user();
        recycled.signs_in_verified().await;
        assert!(recycled.own().await.is_empty());
    }

    async fn what_waits_for_an_erased_address_is_void(site) {
        let (host, post) = (site.host(&EVERYTHING).await, PostOffice::open().await);
        site.mails_by(&post).await;
        let mut ada = site.admin_of(&ADA).await;
        let form = json!({ "name": NOOR.name, "email": NOOR.email, "admin": "off", "group_id": null, "by_mail": "off" });
        let invited = ada.writes("POST", "/api/admin/invitations", &form).await;
        assert_eq!(invited.status, 200);
        site.browser(&NOOR).starts("From another browser").await;
        let mut recycled = site.browser(&NOOR);
        let code = recycled.fetches_code(&post, NOOR.email).await;
        assert_eq!((site.count("mail_code").await, site.count("invitation").await), (1, 1));
        assert_eq!(erases(&host, &NOOR).await, 204);
        // Whoever has the mailbox from now on finds in it what opens nothing.
        assert_eq!((site.count("mail_code").await, site.count("invitation").await), (0, 0));
        assert_eq!(recycled.enters_code(&code).await.err().unwrap().code(), ProblemCode::CodeRefused);
        assert_eq!(site.count("conversion").await, 0);
    }

    async fn without_an_erasure_the_same_address_brings_it_along(site) {
        let host = site.host(&EVERYTHING).await;
        let mut other = site.browser(&NOOR);
        other.starts("From another browser, under the same address").await;
        assert_eq!(host.verifies(&NOOR, NOOR.email).await.unwrap().converted, 1);
    }

    async fn what_was_erased_is_told_to_no_webhook(site) {
        let ada = site.admin_of(&ADA).await;
        let receiver = Receiver::open().await;
        receiver.answers(500);
        ada.points_at(&receiver, &[WebhookEvent::MessageSent, WebhookEvent::GuestStarted]).await;
        let (_, _noor) = noor_who_was_a_guest(site.browser(&NOOR), "canary-guest").await;
        let told = receiver.hears_all(2).await;
        assert!(told.iter().any(|told| told.body.contains("canary-guest")) && told.iter().any(|told| told.body.contains(NOOR.email)));
        let host = site.host(&EVERYTHING).await;
        assert_eq!(erases(&host, &NOOR).await, 204);
        site.until_tried(2).await;
        site.clock.advance(6_000);
        site.wakes_dispatch();
        for told in receiver.hears_all(2).await {
            for word in ["canary-guest", NOOR.email, NOOR.name] {
                assert!(!told.body.contains(word), "{}", told.body);
            }
            let data = &told.json()["data"];
            assert!(told.event() == "guest.started" || data["is_erased"] == json!(true));
        }
    }

    async fn an_agents_answers_stay_where_they_are_a_customers(site) {
        let host = site.host(&EVERYTHING).await;
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let teo = site.signed_in(&TEO).await;
        teo.says(&hall, "Good morning").await;
        let mut socket = teo.listens().await;
        assert_eq!(erases(&host, &TEO).await, 204);
        let (_, code) = socket.is_closed().await;
        assert_eq!(code, Some(close::SIGNED_OUT));
        let thread = cora.reads(&hall).await.unwrap();
        assert_eq!(texts(&thread), [(1, "Hello"), (2, "Good morning")]);
        assert_eq!(thread.messages[1].author.as_ref().unwrap().name, "Erased");
        let left: Vec<String> = site.app().policy().members.iter().map(|member| member.name.clone()).collect();
        assert_eq!(left, [MINA.name]);
    }

    async fn somebody_is_left_to_administer_the_site(site) {
        let host = site.host(&EVERYTHING).await;
        let mut ada = site.admin_of(&ADA).await;
        let refused = host.asks("DELETE", &user_path(&ADA), &Value::Null).await.read::<Value>().unwrap_err();
        assert_eq!((refused.status, refused.code()), (422, ProblemCode::LastAdmin));
        let own = site.signed_in(&ADA).await.person_id().await;
        assert_eq!(ada.asks("POST", &format!("/api/admin/people/{own}/erase")).await.status, 422);
        assert_eq!(host.shows(&ADA).await.unwrap().name, ADA.name);
        site.makes_admin(&MINA, true).await;
        assert_eq!(erases(&host, &ADA).await, 204);
        assert_eq!(ada.status_of("/api/admin/settings").await, 401);
    }

    async fn an_admin_erases_a_guest_and_what_others_typed_stays_theirs(site) {
        let mut ada = site.admin_of(&ADA).await;
        let (mut cora, mut other) = (site.browser(&CORA), site.browser(&CORA));
        let (hall, shed) = (cora.starts("canary-guest").await, other.starts("Another's").await);
        let mina = site.signed_in(&MINA).await;
        let guest = mina.looks_at(&hall).await.unwrap().customer.unwrap().face.person_id;
        let mut socket = cora.listens().await;
        let path = format!("/api/admin/people/{guest}/erase");
        let (one, another) = tokio::join!(ada.tells("POST", &path), ada.tells("POST", &path));
        assert_eq!([one.min(another), one.max(another)], [204, 404], "once");
        assert_eq!(ada.asks("POST", &path).await.status, 404);
        assert_eq!(ada.asks("POST", "/api/admin/people/nobody/erase").await.status, 404);
        assert_eq!(socket.is_closed().await.1, Some(close::SIGNED_OUT));
        // The cookie is nobody's, and becomes no other guest by what the browser still had to send.
        let persons = site.count("person").await;
        let client_id = cora.client_id();
        assert_eq!(cora.starts_as(&client_id, "Once more").await.err().unwrap().status, 401);
        assert_eq!(cora.status_of("/api/conversations").await, 401);
        assert_eq!(site.count("person").await, persons);
        assert_eq!(texts(&mina.reads(&hall).await.unwrap()), [(1, "")]);
        let theirs = mina.reads(&shed).await.unwrap();
        assert_eq!(texts(&theirs), [(1, "Another's")]);
        assert_eq!(theirs.conversation.customer.unwrap().email.as_deref(), Some(CORA.email), "who only typed it took nothing with them");
        let line = ada.reads_activity("?action=person_erased").await.lines.remove(0);
        assert_eq!((line.action, line.actor.is_some()), (Action::PersonErased, true));
    }

    async fn whoever_was_erased_is_on_no_page_and_cannot_be_brought_back(site) {
        let mut ada = site.admin_of(&ADA).await;
        let noor = site.signed_in(&NOOR).await.person_id().await;
        let path = format!("/api/admin/people/{noor}");
        assert_eq!(ada.status_of(&path).await, 200);
        assert_eq!(ada.asks("POST", &format!("{path}/erase")).await.status, 204);
        assert_eq!(ada.status_of(&path).await, 404);
        for search in ["", "&search=erased", "&search=noor"] {
            let list: Value = ada.gets(&format!("/api/admin/people?of=users{search}")).await.unwrap();
            let names: Vec<&str> = list["people"].as_array().unwrap().iter().map(|person| person["name"].as_str().unwrap()).collect();
            assert!(names.iter().all(|name| *name != "Erased" && *name != NOOR.name), "{names:?}");
        }
        let back = ada.posts("PUT", &format!("{path}/powers"), json!({ "admin": "off", "enabled": "on" }).to_string()).await;
        assert_eq!(back.status, 404);
        assert!(ada.reads_activity("?action=user_enabled").await.lines.is_empty());
        assert_eq!(ada.asks("POST", &format!("{path}/password-link")).await.status, 404);
    }

    async fn only_a_key_made_for_it_erases(site) {
        let writes = site.host(&[HostScope::UsersWrite]).await;
        assert_eq!(erases(&writes, &NOOR).await, 401);
        assert_eq!(writes.shows(&NOOR).await.unwrap().name, NOOR.name);
        let host = site.host(&[HostScope::UsersErase]).await;
        for (id, status) in [("nobody", 404), ("%00", 422), ("", 404), ("a/b", 404)] {
            let answer = host.asks("DELETE", &format!("/api/host/users/{id}"), &Value::Null).await;
            assert_eq!(answer.status, status, "{id}");
        }
        let (one, another) = tokio::join!(erases(&host, &NOOR), erases(&host, &NOOR));
        assert_eq!([one.min(another), one.max(another)], [204, 404], "once");
    }
}
