//! What a conversion ends: the guest's sessions, wherever they are; and what stays when a user goes (C12, C13).

use crate::harness::{Browser, scenarios};
use porchlight::identity::store::end_guest_sessions;
use shared::{
    conversation::SendMessage,
    identity::Role,
    realtime::{Event, Known, Resume, Signal, TypingSignal, close},
    samples::{CORA, IDRIS, MINA, NOOR},
};

scenarios! {
    async fn who_chatted_as_somebody_before_reads_nothing_once_that_somebody_signs_in(site) {
        // Somebody types Cora's address, and keeps page and socket open.
        let mina = site.signed_in(&MINA).await;
        let mut attacker = site.browser(&CORA).used_by(&CORA);
        let conversation_id = attacker.starts("I am Cora").await;
        mina.says(&conversation_id, "Hello Cora").await;
        let mut first = attacker.listens().await;
        let mut second = attacker.listens().await;

        let mut cora = Browser::user(site, &CORA);
        cora.signs_in_verified().await;
        cora.says(&conversation_id, "My order is 4711").await;
        mina.says(&conversation_id, "It is at the harbour").await;

        // Nothing of it by HTTP, at once.
        let path = format!("/api/conversations/{conversation_id}");
        for (method, path, body) in [
            ("GET", path.clone(), ""),
            ("GET", format!("{path}/messages"), ""),
            ("GET", "/api/conversations".into(), ""),
            ("POST", format!("{path}/messages"), r#"{"client_id":"x","text":"x","reply_to":null}"#),
            ("PUT", format!("{path}/seen"), r#"{"position":1}"#),
            ("POST", format!("{path}/report"), r#"{"position":2,"reason":""}"#),
        ] {
            assert_eq!(attacker.posts(method, &path, body).await.status, 401, "{method} {path}");
        }
        // And nothing by the sockets: what they heard last was before.
        for socket in [&mut first, &mut second] {
            socket.signals(&Signal::Typing(TypingSignal { conversation_id: conversation_id.clone() })).await;
            socket.signals(&Signal::Resume(Resume {
                conversations: vec![Known {
                    conversation_id: conversation_id.clone(),
                    revision: shared::ids::Revision(1),
                }],
            }))
            .await;
            let (heard, code) = socket.is_closed().await;
            assert_eq!(code, Some(close::SIGNED_OUT));
            for event in heard {
                match event {
                    Event::MessageSent(sent) => assert!(sent.message.position.0 <= 2),
                    Event::Resumed(resumed) => assert_eq!(resumed.gone, std::slice::from_ref(&conversation_id)),
                    Event::ConversationChanged(_) | Event::ConversationStarted(_) => {
                        panic!("told of what is not theirs")
                    }
                    _ => {}
                }
            }
        }
        let session = attacker.session().await;
        assert_eq!((session.role, session.conversation_id, session.unread), (Role::Visitor, None, 0));
    }

    async fn another_process_ends_the_sockets_within_two_seconds(site) {
        let mut cora = site.browser(&CORA);
        cora.starts("Hello").await;
        let mut socket = cora.listens().await;
        // As another node would: this one is told nothing.
        let app = site.app();
        let input = (cora.session().await.person.unwrap().person_id, site.clock.now());
        let ended = app.writer.run(input, |tx, (guest, now)| {
            Box::pin(async move { Ok(end_guest_sessions(tx.connection(), guest, *now).await?) })
        });
        assert_eq!(ended.await.unwrap().len(), 1);
        #[expect(clippy::disallowed_methods, reason = "the promise is about true time")]
        let began = std::time::Instant::now();
        assert_eq!(socket.is_closed().await.1, Some(close::SIGNED_OUT));
        assert!(began.elapsed().as_millis() < 2_000, "{:?}", began.elapsed());
    }

    async fn c12_who_signs_out_leaves_a_plain_visitor_behind(site) {
        let mut cora = site.browser(&CORA);
        let conversation_id = cora.starts("Hello").await;
        let mut user = cora.clone().on_behalf_of_user();
        user.signs_in().await;
        let mut socket = user.listens().await;
        let answer = user.calls("DELETE", "/api/session", |request| {
            request.header("origin", crate::harness::ORIGIN)
        });
        let answer = answer.await;
        user.takes_cookies(&answer);
        let session: shared::identity::Session = answer.read().unwrap();
        assert_eq!((session.role, session.person.is_none()), (Role::Visitor, true));
        assert_eq!(session.continued_as, None, "of the address nothing is shown after them");
        assert_eq!(socket.is_closed().await.1, Some(close::SIGNED_OUT));
        let mut visitor = user.on_behalf_of_visitor();
        assert_eq!(visitor.session().await.role, Role::Visitor);
        assert_eq!(visitor.reads(&conversation_id).await.err().unwrap().status, 401);
        // Somebody else at this machine begins as somebody new.
        visitor.person = &IDRIS;
        visitor.presses_start().await;
        let client_id = visitor.client_id();
        let started = visitor.starts_as(&client_id, "Good day").await.unwrap();
        assert_ne!(started.conversation.conversation_id, conversation_id);
        assert_eq!(visitor.session().await.person.unwrap().name, IDRIS.name);
    }

    async fn c13_another_user_in_the_same_browser_finds_nothing_of_the_former(site) {
        let mut cora = site.browser(&CORA);
        let conversation_id = cora.starts("Hello").await;
        let mut user = cora.clone().on_behalf_of_user();
        user.signs_in().await;
        let mut socket = user.listens().await;
        let mut noor = user.clone().used_by(&NOOR);
        let session = noor.signs_in().await;
        assert_eq!(session.person.unwrap().name, NOOR.name);
        assert!(session.question.is_none(), "the guest is the former user's");
        assert_eq!(noor.reads(&conversation_id).await.err().unwrap().status, 404);
        assert!(noor.own().await.is_empty());
        assert_eq!(socket.is_closed().await.1, Some(close::SIGNED_OUT));
        let client_id = noor.client_id();
        let command = SendMessage { client_id, text: "x".into(), reply_to: None };
        assert_eq!(noor.sends(&conversation_id, &command).await.err().unwrap().status, 404);
    }

    async fn two_tabs_that_sign_in_at_once_convert_once(site) {
        for _ in 0..8 {
            let mut cora = site.browser(&CORA);
            let conversation_id = cora.starts("Hello").await;
            let tab = cora.clone().on_behalf_of_user();
            let (mut one, mut other) = (tab.clone(), tab);
            let sends = async {
                let command = SendMessage {
                    client_id: cora.client_id(), text: "And".into(), reply_to: None,
                };
                let sent = cora.sends(&conversation_id, &command).await;
                (command, sent.err().map(|refused| refused.status))
            };
            let (_, _, (command, refused)) = tokio::join!(one.signs_in(), other.signs_in_verified(), sends);
            // Before it, or after it: then the guest is nobody, and the user says the same again.
            assert!(matches!(refused, None | Some(401 | 404)), "{refused:?}");
            let sent = one.sends(&conversation_id, &command).await.unwrap();
            let thread = other.reads(&conversation_id).await.unwrap();
            let said: Vec<&str> = thread.messages.iter().map(|message| message.text.as_str()).collect();
            assert_eq!(said.iter().filter(|text| **text == "And").count(), 1, "{said:?}");
            assert_eq!(said.iter().filter(|text| text.starts_with("converted")).count(), 1);
            let positions: Vec<u64> = thread.messages.iter().map(|message| message.position.0).collect();
            assert_eq!(positions, [1, 2, 3]);
            assert!(thread.messages.contains(&sent.message));
        }
        assert_eq!(site.count("conversion").await, 8);
        assert_eq!(site.texts("select kind from session").await.iter().filter(|kind| *kind == "guest").count(), 0);
    }
}
