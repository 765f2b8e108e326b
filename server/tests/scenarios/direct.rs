//! What two users write to each other: theirs, and nobody else's.

use crate::harness::{Browser, Office, Refused, scenarios};
use shared::{
    conversation::{Conversation, ConversationKind, ConversationPage, SendMessage, Side, Writing},
    ids::{ConversationId, Position, Revision},
    problem::{Field, Problem, ProblemCode},
    realtime::{Event, Known, Resume, Signal, TypingSignal},
    samples::{ADA, CORA, MINA, NOOR, TEO},
    settings::Switch,
};

fn not_found() -> Refused {
    Refused {
        status: 404,
        problem: ProblemCode::NotFound.into(),
    }
}

async fn tries(
    browser: &Browser<'_>,
    place: &ConversationId,
    text: &str,
) -> Result<Position, Refused> {
    let command = SendMessage {
        client_id: browser.client_id(),
        text: text.into(),
        reply_to: None,
    };
    let sent = browser.sends(place, &command).await;
    sent.map(|sent| sent.message.position)
}

/// With whom, and what is unread.
fn rows(page: &ConversationPage) -> Vec<(&str, u32)> {
    let row = |row: &'_ Conversation| row.unread;
    page.conversations
        .iter()
        .map(|conversation| {
            let name = conversation
                .peer
                .as_ref()
                .map_or("support", |peer| &peer.face.name);
            (name, row(conversation))
        })
        .collect()
}

scenarios! {
    async fn two_who_may_chat_have_a_conversation_with_everything(site) {
        let Office { noor, mina, .. } = Office::open(site).await;
        let (mut hers, mut theirs) = (noor.listens().await, mina.listens().await);
        let started = noor.writes_to(&mina.person_id().await, "Is the workshop free?").await.unwrap();
        let place = started.conversation.conversation_id.clone();
        assert_eq!(started.conversation.kind, ConversationKind::Direct);
        assert_eq!(started.conversation.peer.as_ref().unwrap().face.name, MINA.name);
        assert_eq!((started.message.side, started.message.position), (Side::Customer, Position(1)));
        // Each is told with the other one's name.
        let began = |event| match event { Event::ConversationStarted(started) => Some(started.conversation), _ => None };
        assert_eq!(hers.hears_of(began).await.peer.unwrap().face.name, MINA.name);
        let told = theirs.hears_of(began).await;
        assert_eq!((told.peer.unwrap().face.name.as_str(), told.unread, told.writing), (NOOR.name, 1, Writing::Open));
        assert_eq!(rows(&mina.lists_own().await), [(NOOR.name, 1)]);
        assert_eq!((mina.session().await.unread, noor.session().await.unread), (1, 0));

        let typing = Signal::Typing(TypingSignal { conversation_id: place.clone() });
        theirs.signals(&typing).await;
        let typist = hers.hears_of(|event| match event { Event::Typing(typing) => Some(typing.typist), _ => None }).await;
        assert_eq!((typist.name.as_str(), typist.side), (MINA.name, Side::Staff));
        mina.sees(&place, 1).await.unwrap();
        let seen = hers.hears_of(|event| match event { Event::SeenAdvanced(seen) => Some(seen), _ => None }).await;
        assert_eq!((seen.side, seen.position, seen.revision), (Side::Staff, Position(1), Revision(2)));
        assert_eq!(seen.person_id, Some(mina.person_id().await), "the two know each other");
        let quote = SendMessage { client_id: mina.client_id(), text: "It is.".into(), reply_to: Some(Position(1)) };
        let answer = mina.sends(&place, &quote).await.unwrap();
        assert_eq!((answer.message.side, answer.revision), (Side::Staff, Revision(3)));
        assert!(mina.sends(&place, &quote).await.unwrap() == answer, "a retry is the same message");
        let heard = hers.hears_of(|event| match event { Event::MessageSent(sent) => Some(sent), _ => None }).await;
        assert_eq!(heard.message.text, "It is.");
        assert_eq!(rows(&noor.lists_own().await), [(MINA.name, 1)]);
        assert_eq!((noor.session().await.unread, mina.session().await.unread), (1, 0));
        let thread = noor.reads(&place).await.unwrap();
        assert_eq!(thread.messages.len(), 2);
        assert!(thread.conversation.customer.is_none() && thread.conversation.staff.is_empty());
        hers.signals(&Signal::Resume(Resume { conversations: vec![Known { conversation_id: place.clone(), revision: Revision(2) }] })).await;
        let resumed = hers.hears_of(|event| match event { Event::Resumed(resumed) => Some(resumed), _ => None }).await;
        assert_eq!((resumed.behind, resumed.gone), (vec![place], vec![]));
    }

    async fn nobody_else_meets_it_whatever_they_may_do_otherwise(site) {
        let Office { noor, mina, .. } = Office::open(site).await;
        let (ada, teo) = (site.signed_in(&ADA).await, site.signed_in(&TEO).await);
        let at_admin = site.admin_of(&ADA).await;
        let mut sockets = [ada.listens().await, teo.listens().await];
        let place = noor.writes_to(&mina.person_id().await, "Between us").await.unwrap().conversation.conversation_id;
        mina.says(&place, "Of course").await;
        noor.sees(&place, 2).await.unwrap();
        let mut cora = site.browser(&CORA);
        cora.starts("Hello").await;
        for stranger in [&ada, &teo, &at_admin, &cora] {
            assert!(stranger.reads(&place).await.err() == Some(not_found()));
            assert!(stranger.looks_at(&place).await.err() == Some(not_found()));
            assert!(tries(stranger, &place, "Let me in").await == Err(not_found()));
            assert!(stranger.sees(&place, 1).await.err() == Some(not_found()));
        }
        for (staff, socket) in [&ada, &teo].into_iter().zip(&mut sockets) {
            let inbox = staff.reads_inbox().await;
            assert!(inbox.conversations.iter().all(|row| row.kind == ConversationKind::Support));
            assert_eq!((inbox.unread_conversations, staff.session().await.unread), (1, 1), "Cora's");
            assert!(staff.lists_own().await.conversations.is_empty());
            // Cora's comes after; had they been told of the other, it would have come before.
            let heard = socket.hears_until(|event| matches!(event, Event::ConversationStarted(_))).await;
            let Some(Event::ConversationStarted(started)) = heard.last() else { panic!("it is the last") };
            assert_eq!(started.conversation.kind, ConversationKind::Support);
            assert!(!heard.iter().any(|event| matches!(event, Event::MessageSent(_) | Event::SeenAdvanced(_))));
            socket.signals(&Signal::Resume(Resume { conversations: vec![Known { conversation_id: place.clone(), revision: Revision(1) }] })).await;
            let resumed = socket.hears_of(|event| match event { Event::Resumed(resumed) => Some(resumed), _ => None }).await;
            assert_eq!(resumed.gone, std::slice::from_ref(&place));
        }
    }

    async fn two_have_one_conversation_whoever_begins_it_and_however_often(site) {
        let Office { noor, mina, .. } = Office::open(site).await;
        let (to_mina, to_noor) = (mina.person_id().await, noor.person_id().await);
        let (one, other) = tokio::join!(noor.writes_to(&to_mina, "You first"), mina.writes_to(&to_noor, "No, you"));
        let (one, other) = (one.unwrap(), other.unwrap());
        assert_eq!(one.conversation.conversation_id, other.conversation.conversation_id);
        assert_ne!(one.message.position, other.message.position);
        assert_eq!((site.count("conversation").await, site.count("message").await), (1, 2));
        // A retry of a first message, by its own client id, a day later.
        let client_id = noor.client_id();
        let first = noor.writes_to_as(&client_id, &to_mina, "And the lathe?").await.unwrap();
        site.clock.advance(86_400_000);
        let noor = site.signed_in(&NOOR).await;
        let again = noor.writes_to_as(&client_id, &to_mina, "And the lathe?").await.unwrap();
        assert!(again.message == first.message);
        assert_eq!(site.count("message").await, 3);
        let reused = Refused { status: 409, problem: Problem::about(ProblemCode::IdReused, Field::ClientId) };
        assert!(noor.writes_to_as(&client_id, &to_mina, "And the saw?").await.err() == Some(reused));
    }

    async fn an_opening_names_one_conversation_for_ever(site) {
        let Office { ada, noor, mina, trial, .. } = Office::open(site).await;
        let teo = site.signed_in(&TEO).await;
        ada.puts_in(&trial, &teo.person_id().await).await;
        ada.permits(&trial, &trial, Switch::On).await.unwrap();
        let client_id = noor.client_id();
        noor.writes_to_as(&client_id, &mina.person_id().await, "Hello").await.unwrap();
        let reused = Refused { status: 409, problem: Problem::about(ProblemCode::IdReused, Field::ClientId) };
        // The same words under the same id to somebody else are another message.
        let to_teo = noor.writes_to_as(&client_id, &teo.person_id().await, "Hello").await;
        assert!(to_teo.err() == Some(reused));
        let mut to_support = noor.clone();
        assert!(to_support.starts_as(&client_id, "Hello").await.err() == Some(reused));
        assert_eq!(site.count("message").await, 1);
    }

    async fn who_may_not_find_somebody_does_not_begin(site) {
        let Office { ada, noor, mina, trial, .. } = Office::open(site).await;
        let mut cora = site.browser(&CORA);
        cora.starts("Hello").await;
        let teo = site.signed_in(&TEO).await;
        let (to_mina, to_teo) = (mina.person_id().await, teo.person_id().await);
        let no_one: shared::ids::PersonId = site.app().mint.id();
        for (writer, other) in [
            (&noor, to_teo.clone()),
            (&teo, noor.person_id().await),
            (&noor, noor.person_id().await),
            (&noor, cora.person_id().await),
            (&noor, no_one.clone()),
            (&cora, to_mina.clone()),
            (&cora, no_one),
            // An admin is found like anybody else.
            (&noor, ada_id(site).await),
        ] {
            let refused = writer.writes_to(&other, "Hello").await.err();
            assert!(refused == Some(not_found()), "{} writes", writer.person.key);
        }
        assert_eq!((site.count("conversation").await, site.count("message").await), (1, 1), "Cora's");
        let mut stranger = site.browser(&CORA);
        assert_eq!(stranger.writes_to(&to_mina, "Hello").await.err().unwrap().status, 401);
        stranger.presses_start().await;
        assert_eq!(stranger.writes_to(&to_mina, "Hello").await.err().unwrap().status, 401);
        // A joined group of one's own is another matter.
        ada.puts_in(&trial, &to_teo).await;
        ada.permits(&trial, &trial, Switch::On).await.unwrap();
        assert!(noor.writes_to(&to_teo, "Hello").await.is_ok());
    }

    async fn what_an_admin_begins_is_answered(site) {
        let ada = site.signed_in(&ADA).await;
        let noor = site.signed_in(&NOOR).await;
        let place = ada.writes_to(&noor.person_id().await, "Welcome").await.unwrap().conversation.conversation_id;
        assert_eq!(noor.looks_at(&place).await.unwrap().writing, Writing::Open);
        noor.says(&place, "Thank you").await;
        // With Ada no admin any more, nothing joins the two.
        site.makes_admin(&ADA, false).await;
        assert!(tries(&noor, &place, "Still there?").await == Err(not_found()));
        assert_eq!(noor.looks_at(&place).await.unwrap().writing, Writing::Ended);
    }

    async fn what_no_longer_joins_them_ends_the_writing_at_once_and_leaves_the_history(site) {
        let Office { ada, noor, mina, trial, billing } = Office::open(site).await;
        let to_mina = mina.person_id().await;
        let client_id = noor.client_id();
        let first = noor.writes_to_as(&client_id, &to_mina, "Hello").await.unwrap();
        let place = first.conversation.conversation_id.clone();
        let kept = SendMessage { client_id: mina.client_id(), text: "Hello Noor".into(), reply_to: None };
        let answer = mina.sends(&place, &kept).await.unwrap();
        let mut hers = noor.listens().await;
        for ending in 0..4 {
            match ending {
                0 => drop(ada.permits(&billing, &trial, Switch::Off).await.unwrap()),
                1 => ada.takes_out(&billing, &to_mina).await,
                2 => site.sets(|settings| { settings.guest_mode = Switch::Off; settings.user_groups = Switch::Off; }).await,
                _ => site.disables(&MINA).await,
            }
            let writers: &[&Browser<'_>] = if ending == 3 { &[&noor] } else { &[&noor, &mina] };
            for writer in writers {
                assert!(tries(writer, &place, "Anybody there?").await == Err(not_found()), "ending {ending}");
                let thread = writer.reads(&place).await.unwrap();
                assert_eq!((thread.messages.len(), thread.conversation.writing), (2, Writing::Ended), "ending {ending}");
                assert_eq!(writer.lists_own().await.conversations.len(), 1);
                writer.sees(&place, 2).await.unwrap();
            }
            assert!(noor.writes_to(&to_mina, "Hello?").await.err() == Some(not_found()), "ending {ending}");
            // What was stored is answered as it was.
            assert!(noor.writes_to_as(&client_id, &to_mina, "Hello").await.unwrap().message == first.message);
            if ending < 3 {
                assert!(mina.sends(&place, &kept).await.unwrap() == answer);
                let mut at_keyboard = mina.listens().await;
                at_keyboard.signals(&Signal::Typing(TypingSignal { conversation_id: place.clone() })).await;
                // Heard before the two are joined again.
                at_keyboard.into_silence().await;
            }
            match ending {
                0 => drop(ada.permits(&trial, &billing, Switch::On).await.unwrap()),
                1 => ada.puts_in(&billing, &to_mina).await,
                2 => site.sets(|settings| settings.user_groups = Switch::On).await,
                _ => {}
            }
            if ending < 3 {
                assert_eq!(noor.looks_at(&place).await.unwrap().writing, Writing::Open);
            }
        }
        assert_eq!(site.count("message").await, 2);
        let heard = hers.hears_until(|event| matches!(event, Event::SessionChanged(_))).await;
        assert!(!heard.iter().any(|event| matches!(event, Event::Typing(_) | Event::MessageSent(_))));
    }

    async fn the_list_of_chats_holds_own_and_direct_ones_in_one_order(site) {
        let Office { ada, noor, mina, billing, trial } = Office::open(site).await;
        let teo = site.signed_in(&TEO).await;
        ada.puts_in(&billing, &teo.person_id().await).await;
        let mut asks = noor.clone();
        asks.starts("Dear support").await;
        site.clock.advance(1_000);
        mina.writes_to(&noor.person_id().await, "Hello").await.unwrap();
        site.clock.advance(1_000);
        noor.writes_to(&teo.person_id().await, "Hello Teo").await.unwrap();
        // In the same millisecond: the id decides.
        asks.starts("Dear support, again").await;
        let whole = noor.lists_own().await;
        let mut names: Vec<_> = rows(&whole).into_iter().map(|row| row.0).collect();
        assert_eq!(names.split_off(2), [MINA.name, "support"]);
        assert_eq!((whole.conversations.len(), whole.cursor.is_none()), (4, true));
        assert!(whole.conversations.is_sorted_by(|newer, older|
            (newer.last_activity_at, &newer.conversation_id) > (older.last_activity_at, &older.conversation_id)));
        let mut paged = Vec::new();
        let mut path = "/api/conversations?limit=1".to_owned();
        loop {
            let page: ConversationPage = noor.gets(&path).await.unwrap();
            assert_eq!(page.conversations.len(), 1);
            paged.extend(page.conversations);
            match page.cursor {
                Some(cursor) => path = format!("/api/conversations?limit=1&cursor={cursor}"),
                None => break,
            }
        }
        assert!(paged == whole.conversations);
        ada.permits(&trial, &billing, Switch::Off).await.unwrap();
        let writing: Vec<_> = noor.lists_own().await.conversations.iter().map(|row| row.writing).collect();
        assert_eq!(writing.iter().filter(|writing| **writing == Writing::Ended).count(), 2, "the direct ones");
    }

    async fn an_address_is_shown_only_where_the_site_shows_addresses(site) {
        let Office { noor, mina, billing, .. } = Office::open(site).await;
        let mut hers = mina.listens().await;
        let place = noor.writes_to(&mina.person_id().await, "Hello").await.unwrap().conversation.conversation_id;
        let began = hers.hears_of(|event| match event { Event::ConversationStarted(started) => Some(started.conversation), _ => None }).await;
        assert_eq!(began.peer.unwrap().email, None);
        let paths = [
            format!("/api/conversations/{place}"),
            format!("/api/conversations/{place}/messages"),
            "/api/conversations".to_owned(),
            "/api/people".to_owned(),
            format!("/api/groups/{billing}/people"),
            "/api/groups".to_owned(),
        ];
        for path in &paths {
            let body = noor.calls("GET", path, |request| request).await.body;
            let text = String::from_utf8(body).unwrap();
            assert!(!text.contains("email") && !text.contains('@'), "{path}: {text}");
        }
        assert!(noor.finds("/api/people?search=mina@").await.unwrap().is_empty(), "nor searched");
        site.sets(|settings| settings.show_addresses = Switch::On).await;
        assert_eq!(noor.looks_at(&place).await.unwrap().peer.unwrap().email.as_deref(), Some(MINA.email));
        assert_eq!(mina.looks_at(&place).await.unwrap().peer.unwrap().email.as_deref(), Some(NOOR.email));
        assert_eq!(noor.finds("/api/people?search=MINA@exa").await.unwrap(), [MINA.name]);
    }
}

async fn ada_id(site: &crate::harness::Site) -> shared::ids::PersonId {
    site.signed_in(&ADA).await.person_id().await
}
