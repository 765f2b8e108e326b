//! Sockets: who hears what, who speaks too much, and who does not listen.

use crate::harness::{Browser, Socket, scenarios};
use shared::{
    conversation::Side,
    ids::{ConversationId, Position, Revision},
    limits::{SOCKET_FRAME_BYTES, SOCKETS_PER_SESSION},
    problem::ProblemCode,
    realtime::{Event, Known, Look, Page, Pong, Resume, Signal, TypingSignal, Visibility, close},
    samples::{CORA, IDRIS, MINA, NOOR, TEO},
    settings::Presence,
    wire,
};
use tokio_tungstenite::tungstenite::{
    Message,
    protocol::{CloseFrame, frame::coding::CloseCode},
};

fn typing(conversation_id: &ConversationId) -> Signal {
    Signal::Typing(TypingSignal {
        conversation_id: conversation_id.clone(),
    })
}

fn look(visibility: Visibility) -> Signal {
    Signal::Look(Look { visibility })
}

/// Everything that was said before is dealt with once this is answered.
async fn is_heard(socket: &mut Socket) -> Vec<Event> {
    socket
        .signals(&Signal::Resume(Resume {
            conversations: Vec::new(),
        }))
        .await;
    socket
        .hears_until(|event| matches!(event, Event::Resumed(_)))
        .await
}

async fn presence(browser: &Browser<'_>) -> Presence {
    browser.session().await.site.presence
}

scenarios! {
    async fn the_start_reaches_staff_and_the_guests_other_tabs_each_with_their_own_view(site) {
        let mina = site.signed_in(&MINA).await;
        let mut desk = mina.listens().await;
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let started = desk.hears_of(|event| match event { Event::ConversationStarted(started) => Some(started), _ => None }).await;
        assert_eq!(started.conversation.conversation_id, hall);
        assert_eq!((started.conversation.unread, started.conversation.own_seen), (1, Position::NONE));
        assert_eq!(started.conversation.customer.as_ref().unwrap().face.name, CORA.name);
        assert!(started.conversation == mina.looks_at(&hall).await.unwrap(), "by event as by a fresh read");
    }

    async fn both_encodings_say_the_same(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let mut words = cora.listens().await;
        let mut bytes = Socket::open(&cora, wire::SOCKET_POSTCARD).await;
        assert_eq!(words.protocol.as_deref(), Some(wire::SOCKET_JSON));
        assert_eq!(bytes.protocol.as_deref(), Some(wire::SOCKET_POSTCARD));
        bytes.says(Message::binary(postcard::to_allocvec(&Signal::Pong(Pong {})).unwrap())).await;
        cora.says(&hall, "Anybody there?").await;
        let one = words.hears_of(|event| match event { Event::MessageSent(sent) => Some(sent), _ => None }).await;
        let other = bytes.hears_of(|event| match event { Event::MessageSent(sent) => Some(sent), _ => None }).await;
        assert!(one == other);
    }

    async fn seen_is_told_and_customers_do_not_learn_which_agent_looked(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let (mina, teo) = (site.signed_in(&MINA).await, site.signed_in(&TEO).await);
        let (mut guest, mut desk) = (cora.listens().await, teo.listens().await);
        mina.sees(&hall, 1).await.unwrap();
        let seen = |event| match event { Event::SeenAdvanced(seen) => Some(seen), _ => None };
        let for_staff = desk.hears_of(seen).await;
        assert_eq!((for_staff.side, for_staff.person_id.is_some()), (Side::Staff, true));
        let for_guest = guest.hears_of(seen).await;
        assert_eq!((for_guest.person_id.is_none(), for_guest.revision), (true, Revision(2)));
        mina.says(&hall, "Hello Cora").await;
        cora.sees(&hall, 2).await.unwrap();
        let for_staff = desk.hears_of(seen).await;
        assert_eq!((for_staff.side, for_staff.position, for_staff.revision), (Side::Customer, Position(2), Revision(4)));
    }

    async fn typing_reaches_the_other_side_and_the_colleagues(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let (mina, teo) = (site.signed_in(&MINA).await, site.signed_in(&TEO).await);
        let (mut guest, mut one, mut other) = (cora.listens().await, mina.listens().await, teo.listens().await);
        let typist = |event| match event { Event::Typing(typing) => Some((typing.typist.name, typing.typist.side)), _ => None };
        one.signals(&typing(&hall)).await;
        assert_eq!(guest.hears_of(typist).await, (MINA.name.into(), Side::Staff));
        assert_eq!(other.hears_of(typist).await, (MINA.name.into(), Side::Staff));
        guest.signals(&typing(&hall)).await;
        assert_eq!(one.hears_of(typist).await, (CORA.name.into(), Side::Customer), "and nothing of her own before");
    }

    async fn typing_in_a_foreign_conversation_is_not_heard(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let mut idris = site.browser(&IDRIS);
        let porch = idris.starts("Good evening").await;
        let noor = site.signed_in(&NOOR).await;
        let (mut guest, mut stranger, mut user) = (cora.listens().await, idris.listens().await, noor.listens().await);
        stranger.signals(&typing(&hall)).await;
        user.signals(&typing(&hall)).await;
        user.signals(&typing(&porch)).await;
        for socket in [&mut stranger, &mut user] {
            assert!(!is_heard(socket).await.iter().any(|event| matches!(event, Event::Refused(_))));
        }
        cora.says(&hall, "Hello?").await;
        let heard = guest.hears_until(|event| matches!(event, Event::MessageSent(_))).await;
        assert!(!heard.iter().any(|event| matches!(event, Event::Typing(_))));
    }

    async fn the_page_of_a_customer_is_shown_to_staff_without_its_query(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let mina = site.signed_in(&MINA).await;
        let (mut guest, mut desk) = (cora.listens().await, mina.listens().await);
        guest.signals(&Signal::Page(Page { path: "/lamps/blue?token=secret".into() })).await;
        let moved = desk.hears_of(|event| match event { Event::CustomerMoved(moved) => Some(moved), _ => None }).await;
        assert_eq!((moved.conversation_id, moved.page.as_deref()), (hall, Some("/lamps/blue")));
        assert_eq!(mina.reads_inbox().await.conversations[0].customer.as_ref().unwrap().page.as_deref(), Some("/lamps/blue"));
    }

    async fn somebody_is_there_while_an_agents_page_was_visible_in_the_last_five_minutes(site) {
        let mut cora = site.browser(&CORA);
        cora.starts("Hello").await;
        let mut guest = cora.listens().await;
        let mina = site.signed_in(&MINA).await;
        let mut desk = mina.listens().await;
        assert_eq!(presence(&cora).await, Presence::Away, "connected is not looking");
        desk.signals(&look(Visibility::Visible)).await;
        let changed = |event| match event { Event::PresenceChanged(changed) => Some(changed.presence), _ => None };
        assert_eq!(guest.hears_of(changed).await, Presence::There);
        desk.signals(&look(Visibility::Hidden)).await;
        is_heard(&mut desk).await;
        site.clock.advance(299_999);
        assert_eq!(presence(&cora).await, Presence::There);
        site.clock.advance(1);
        assert_eq!(presence(&cora).await, Presence::Away);
        guest.signals(&look(Visibility::Visible)).await;
        is_heard(&mut guest).await;
        assert_eq!(presence(&cora).await, Presence::Away, "a guest is no agent");
    }

    async fn resuming_names_what_is_behind_and_what_is_gone(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        cora.says(&hall, "Anybody there?").await;
        let mut idris = site.browser(&IDRIS);
        let porch = idris.starts("Good evening").await;
        let mut guest = cora.listens().await;
        let known = |conversation_id: &ConversationId, revision| Known { conversation_id: conversation_id.clone(), revision: Revision(revision) };
        guest.signals(&Signal::Resume(Resume { conversations: vec![known(&hall, 1), known(&porch, 1)] })).await;
        let resumed = |event| match event { Event::Resumed(resumed) => Some((resumed.behind, resumed.gone)), _ => None };
        assert_eq!(guest.hears_of(resumed).await, (vec![hall.clone()], vec![porch]));
        guest.signals(&Signal::Resume(Resume { conversations: vec![known(&hall, 2)] })).await;
        assert_eq!(guest.hears_of(resumed).await, (vec![], vec![]));
        guest.signals(&Signal::Resume(Resume { conversations: vec![known(&hall, 2); 51] })).await;
        let refused = guest.hears_of(|event| match event { Event::Refused(problem) => Some(problem.code), _ => None }).await;
        assert_eq!(refused, ProblemCode::BadFrame);
    }

    async fn the_third_unreadable_frame_in_a_minute_closes(site) {
        let mut cora = site.browser(&CORA);
        cora.starts("Hello").await;
        let frames = [
            "[]", "\"x\"", "null", "{}", "5", "", "{", r#"{"type":"pong"}"#, r#"{"shout":{}}"#, r#"{"pong":[]}"#,
            r#"{"pong":{},"look":{"visibility":"visible"}}"#, r#"{"pong":{"extra":1}}"#, r#"{"typing":{"conversation_id":{"$ne":1}}}"#,
            r#"{"typing":{"conversation_id":"0"}}"#, r#"{"resume":{"conversations":[{"conversation_id":"019aaf00-2001-7000-8000-000000000001","revision":"1"}]}}"#,
            r#"{"look":{"visibility":"sideways"}}"#, r#"{"page":{"path":"https://shop.example/x"}}"#, r#"{"page":{"path":"/a","path":"/b"}}"#,
        ];
        for three in frames.chunks(3) {
            let mut socket = cora.listens().await;
            for frame in three {
                socket.says(Message::text(*frame)).await;
            }
            let (heard, code) = socket.is_closed().await;
            assert_eq!(code, Some(close::POLICY), "{three:?}");
            let refused = heard.iter().filter(|event| matches!(event, Event::Refused(problem) if problem.code == ProblemCode::BadFrame));
            assert_eq!(refused.count(), 2, "{three:?}");
        }
        let mut binary = cora.listens().await;
        for _ in 0..3 {
            binary.says(Message::binary(vec![0])).await;
        }
        assert_eq!(binary.is_closed().await.1, Some(close::POLICY), "a frame of the other encoding");
    }

    async fn unreadable_frames_are_forgiven_after_a_minute(site) {
        let mut cora = site.browser(&CORA);
        cora.starts("Hello").await;
        let mut socket = cora.listens().await;
        for _ in 0..3 {
            socket.says(Message::text("[]")).await;
            socket.hears_of(|event| matches!(event, Event::Refused(_)).then_some(())).await;
            site.clock.advance(40_000);
        }
        is_heard(&mut socket).await;
    }

    async fn a_flood_is_told_once_and_then_closed(site) {
        let mut cora = site.browser(&CORA);
        cora.starts("Hello").await;
        let pong = Message::text(serde_json::to_string(&Signal::Pong(Pong {})).unwrap());
        for flood in [pong, Message::Ping(vec![1].into())] {
            let mut socket = cora.listens().await;
            for _ in 0..100 {
                socket.says(flood.clone()).await;
            }
            let (heard, code) = socket.is_closed().await;
            assert_eq!(code, Some(close::POLICY));
            let told = heard.iter().filter(|event| matches!(event, Event::Refused(problem) if problem.code == ProblemCode::SlowDown));
            assert_eq!(told.count(), 1);
            site.clock.advance(61_000);
        }
    }

    async fn too_big_a_frame_closes_and_nobody_else_notices(site) {
        let mut cora = site.browser(&CORA);
        cora.starts("Hello").await;
        let (mut large, mut other) = (cora.listens().await, cora.listens().await);
        large.says(Message::text("x".repeat(SOCKET_FRAME_BYTES + 1))).await;
        assert_eq!(large.is_closed().await.1, Some(close::TOO_BIG));
        is_heard(&mut other).await;
    }

    async fn whatever_code_somebody_leaves_with_is_tolerated(site) {
        let mut cora = site.browser(&CORA);
        cora.starts("Hello").await;
        for code in [1000, 1005, 1006, 2999, 3000, 5000] {
            let mut socket = cora.listens().await;
            let frame = CloseFrame { code: CloseCode::from(code), reason: "x".repeat(100).into() };
            socket.says(Message::Close(Some(frame))).await;
            socket.is_closed().await;
        }
        let mut socket = cora.listens().await;
        socket.says(Message::Close(None)).await;
        socket.is_closed().await;
        drop(cora.listens().await);
        is_heard(&mut cora.listens().await).await;
    }

    async fn the_oldest_hidden_socket_makes_way_for_the_twenty_first(site) {
        let mut cora = site.browser(&CORA);
        cora.starts("Hello").await;
        let mut sockets = Vec::new();
        for _ in 0..SOCKETS_PER_SESSION {
            sockets.push(cora.listens().await);
        }
        sockets[0].signals(&look(Visibility::Visible)).await;
        is_heard(&mut sockets[0]).await;
        let mut newest = cora.listens().await;
        assert_eq!(sockets[1].is_closed().await.1, Some(close::REPLACED));
        is_heard(&mut sockets[0]).await;
        is_heard(&mut newest).await;
        let mut idris = site.browser(&IDRIS);
        idris.starts("Good evening").await;
        is_heard(&mut idris.listens().await).await;
    }

    async fn a_full_queue_closes_the_slow_socket_with_resync_and_nobody_else_waits(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let mina = site.signed_in(&MINA).await;
        // Mina's machine sleeps: nothing is read, and the network's own buffers fill.
        let mut asleep = Socket::connect(&mina, wire::SOCKET_JSON).await;
        let teo = site.signed_in(&TEO).await;
        let mut awake = teo.listens().await;
        let mut sent = 1;
        // Her queue, and whatever the network holds: until her socket is let go.
        while site.app().hub.count() == 2 {
            let words: Vec<String> = (0..20).map(|number| format!("{number} {}", "\u{1d11e}".repeat(7_900))).collect();
            futures_util::future::join_all(words.iter().map(|words| cora.says(&hall, words))).await;
            site.clock.advance(10_000);
            for _ in 0..20 {
                sent += 1;
                let position = awake.hears_of(|event| match event { Event::MessageSent(sent) => Some(sent.message.position), _ => None }).await;
                assert_eq!(position, Position(sent), "who listens hears at once");
            }
            assert!(sent < 20_000, "a queue that never fills is no bounded queue");
        }
        let (heard, code) = asleep.is_closed().await;
        assert_eq!(code, Some(close::RESYNC));
        assert!(matches!(heard.last(), Some(Event::Resync(_))), "it is told why");
        let missed = heard.iter().filter(|event| matches!(event, Event::MessageSent(_))).count();
        assert!((missed as u64) < sent - 1, "not everything could be told");
        let thread = mina.reads(&hall).await.unwrap();
        assert_eq!(thread.conversation.last_position, Position(sent), "and nothing is lost");
    }
}
