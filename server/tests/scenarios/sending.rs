//! Messages: once, in one order, to whom they belong.

use crate::harness::{Refused, scenarios};
use shared::{
    conversation::{SendMessage, Side},
    ids::{Position, Revision},
    problem::{Field, Problem, ProblemCode},
    realtime::Event,
    samples::{ADA, CORA, IDRIS, MINA, NOOR, TEO},
};
use std::collections::BTreeSet;

fn refused(code: ProblemCode, field: Field) -> Refused {
    Refused {
        status: code.status(),
        problem: Problem::about(code, field),
    }
}

fn not_found() -> Refused {
    Refused {
        status: 404,
        problem: ProblemCode::NotFound.into(),
    }
}

scenarios! {
    async fn a_guest_asks_and_an_agent_answers(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello, is the blue lamp back in stock?").await;
        let mina = site.signed_in(&MINA).await;
        let inbox = mina.reads_inbox().await;
        assert_eq!(inbox.unread_conversations, 1);
        let row = &inbox.conversations[0];
        assert_eq!(row.conversation_id, hall);
        assert_eq!(row.unread, 1);
        assert_eq!(row.customer.as_ref().unwrap().face.name, CORA.name);
        assert_eq!(row.customer.as_ref().unwrap().email.as_deref(), Some(CORA.email));
        let sent = mina.says(&hall, "It is, since this morning.").await;
        assert_eq!((sent.message.position, sent.revision), (Position(2), Revision(2)));
        let thread = cora.reads(&hall).await.unwrap();
        let said: Vec<_> = thread.messages.iter().map(|message| (message.side, message.text.as_str())).collect();
        assert_eq!(said, [
            (Side::Customer, "Hello, is the blue lamp back in stock?"),
            (Side::Staff, "It is, since this morning."),
        ]);
        assert_eq!(thread.conversation.unread, 1);
        assert!(thread.conversation.customer.is_none(), "only staff see who the customer is");
        assert_eq!(thread.conversation.staff[0].name, MINA.name);
        assert_eq!(cora.session().await.unread, 1);
        assert_eq!(mina.session().await.unread, 0);
    }

    async fn a_retry_is_the_same_message(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let command = SendMessage { client_id: cora.client_id(), text: "Anybody there?".into(), reply_to: Some(Position(1)) };
        let first = cora.sends(&hall, &command).await.unwrap();
        cora.says(&hall, "Hm.").await;
        site.clock.advance(86_400_000);
        assert!(cora.sends(&hall, &command).await.unwrap() == first, "a day and a message later");
        let together = futures_util::future::join_all((0..6).map(|_| cora.sends(&hall, &command))).await;
        assert!(together.into_iter().all(|sent| sent.unwrap() == first), "six at once");
        assert_eq!(site.count("message").await, 3);
    }

    async fn six_first_tries_at_once_are_one_message(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let command = SendMessage { client_id: cora.client_id(), text: "Anybody there?".into(), reply_to: None };
        let together = futures_util::future::join_all((0..6).map(|_| cora.sends(&hall, &command))).await;
        let positions: BTreeSet<_> = together.into_iter().map(|sent| sent.unwrap().message.position).collect();
        assert_eq!(positions, BTreeSet::from([Position(2)]));
        assert_eq!(site.count("message").await, 2);
    }

    async fn a_client_id_names_one_message_for_ever(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let mina = site.signed_in(&MINA).await;
        let command = SendMessage { client_id: cora.client_id(), text: "The blue one.".into(), reply_to: None };
        let first = cora.sends(&hall, &command).await.unwrap();
        let reused = refused(ProblemCode::IdReused, Field::ClientId);
        let other_words = SendMessage { text: "The red one.".into(), ..command.clone() };
        assert!(cora.sends(&hall, &other_words).await == Err(reused));
        let other_quote = SendMessage { reply_to: Some(Position(1)), ..command.clone() };
        assert!(cora.sends(&hall, &other_quote).await == Err(reused));
        // Staff see client ids; one of somebody else's never returns their message.
        assert!(mina.sends(&hall, &command).await == Err(reused));
        assert!(cora.sends(&hall, &command).await.unwrap() == first, "the original is unchanged");
        assert_eq!(site.count("message").await, 2);
        // In another conversation it is another message.
        let mut idris = site.browser(&IDRIS);
        let porch = idris.starts("Good evening").await;
        assert_eq!(idris.sends(&porch, &command).await.unwrap().message.position, Position(2));
    }

    async fn positions_have_no_gaps_under_twenty_concurrent_senders(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let mut idris = site.browser(&IDRIS);
        let porch = idris.starts("Good evening").await;
        let (mina, teo) = (site.signed_in(&MINA).await, site.signed_in(&TEO).await);
        let senders = [&cora, &mina, &teo, &idris];
        let places = [&hall, &hall, &porch, &porch, &hall, &hall, &hall, &porch];
        let sending = (0..20).map(|number| async move {
            let (sender, place) = (senders[number % 4], places[number % 8]);
            for message in 0..3 {
                sender.says(place, &format!("{number}.{message}")).await;
            }
        });
        futures_util::future::join_all(sending).await;
        for place in [&hall, &porch] {
            let thread = mina.reads(place).await.unwrap();
            let positions: Vec<u64> = thread.messages.iter().map(|message| message.position.0).collect();
            assert_eq!(positions, (1..=positions.len() as u64).collect::<Vec<_>>());
            assert_eq!(thread.conversation.last_position.0, positions.len() as u64);
            assert_eq!(thread.conversation.revision.0, positions.len() as u64, "one revision for each message");
            for number in 0..20 {
                let own: Vec<_> = thread.messages.iter().filter(|message| message.text.starts_with(&format!("{number}."))).collect();
                assert!(own.is_sorted_by_key(|message| &message.text), "sender {number} is heard in order");
            }
        }
        assert_eq!(site.count("message").await, 62);
    }

    async fn every_guest_message_reaches_every_member_and_admin_and_nobody_else(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let mut idris = site.browser(&IDRIS);
        let porch = idris.starts("Good evening").await;
        let mut told = Vec::new();
        for person in [&MINA, &TEO, &ADA] {
            told.push(site.signed_in(person).await.listens().await);
        }
        told.push(cora.listens().await);
        let mut others = [idris.listens().await, site.signed_in(&NOOR).await.listens().await];
        cora.says(&hall, "Anybody there?").await;
        for socket in &mut told {
            let sent = socket.hears_of(|event| match event { Event::MessageSent(sent) => Some(sent), _ => None }).await;
            assert_eq!((sent.message.text.as_str(), sent.revision), ("Anybody there?", Revision(2)));
        }
        // Theirs comes after; had they been told of Cora's, it would have come before.
        idris.says(&porch, "And me?").await;
        let heard = others[0].hears_of(|event| match event { Event::MessageSent(sent) => Some(sent), _ => None }).await;
        assert_eq!(heard.conversation_id, porch);
        site.sets(|settings| settings.greeting = "Hello!".into()).await;
        let heard = others[1].hears_until(|event| matches!(event, Event::SessionChanged(_))).await;
        assert!(!heard.iter().any(|event| matches!(event, Event::MessageSent(_))));
    }

    async fn a_conversation_of_somebody_else_is_not_there(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let mut idris = site.browser(&IDRIS);
        idris.starts("Good evening").await;
        let noor = site.signed_in(&NOOR).await;
        let before = site.count("message").await;
        for stranger in [&idris, &noor] {
            let command = SendMessage { client_id: stranger.client_id(), text: "Let me in".into(), reply_to: None };
            assert!(stranger.reads(&hall).await.err() == Some(not_found()));
            assert!(stranger.looks_at(&hall).await.err() == Some(not_found()));
            assert!(stranger.sends(&hall, &command).await.err() == Some(not_found()));
            assert!(stranger.sees(&hall, 1).await.err() == Some(not_found()));
            assert!(stranger.gets::<serde_json::Value>("/api/inbox").await.err() == Some(not_found()));
        }
        assert_eq!(site.count("message").await, before);
        assert_eq!(idris.lists_own().await.conversations.len(), 1);
        assert!(noor.lists_own().await.conversations.is_empty());
    }

    async fn a_quote_is_of_this_conversation(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        for (quoted, is_there) in [(0, false), (1, true), (7, false)] {
            let command = SendMessage { client_id: cora.client_id(), text: "As I said".into(), reply_to: Some(Position(quoted)) };
            let sent = cora.sends(&hall, &command).await;
            match is_there {
                true => assert_eq!(sent.unwrap().message.reply_to, Some(Position(quoted))),
                false => assert!(sent == Err(refused(ProblemCode::NoSuchPosition, Field::ReplyTo))),
            }
        }
    }

    async fn too_many_messages_are_slowed_down_and_repeated_ones_refused(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        for number in 0..20 {
            cora.says(&hall, &number.to_string()).await;
        }
        let command = SendMessage { client_id: cora.client_id(), text: "One too many".into(), reply_to: None };
        let slowed = cora.sends(&hall, &command).await.err().unwrap();
        assert_eq!((slowed.status, slowed.code(), slowed.problem.retry_after_s), (429, ProblemCode::SlowDown, Some(10)));
        site.clock.advance(10_000);
        cora.sends(&hall, &command).await.unwrap();
        for _ in 1..10 {
            cora.says(&hall, "hello?").await;
        }
        let tenth = SendMessage { client_id: cora.client_id(), text: "hello?".into(), reply_to: None };
        assert!(cora.sends(&hall, &tenth).await == Err(refused(ProblemCode::DuplicateFlood, Field::Text)));
    }
}
