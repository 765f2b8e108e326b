//! Sockets of visitors: what they hear, what they may say, and how many they may be.

use crate::harness::{Site, Socket, scenarios, socket_request};
use shared::{
    limits::VISITOR_SOCKETS_PER_PEER,
    realtime::{Event, Look, Page, Pong, Resume, Signal, Visibility, close},
    samples::{CORA, IDRIS, MINA},
    settings::Presence,
    wire,
};
use tokio::net::TcpStream;
use tokio_tungstenite::{client_async, tungstenite::Error};

/// The status of an upgrade from a peer that a proxy names.
async fn status_from(site: &Site, peer: &'static str) -> u16 {
    let visitor = site.browser(&IDRIS);
    let mut request = socket_request(&visitor, wire::SOCKET_JSON);
    request
        .headers_mut()
        .insert("x-forwarded-for", peer.parse().unwrap());
    let stream = TcpStream::connect(site.address()).await.unwrap();
    match client_async(request, stream).await {
        Ok((_, response)) => response.status().as_u16(),
        Err(Error::Http(response)) => response.status().as_u16(),
        Err(error) => panic!("{error}"),
    }
}

scenarios! {
    async fn a_visitor_hears_whether_somebody_is_there_and_nothing_of_anybody(site) {
        site.settles().await;
        let mut looking = site.browser(&IDRIS).listens().await;
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let mina = site.signed_in(&MINA).await;
        mina.says(&hall, "Good evening").await;
        mina.sees(&hall, 1).await.unwrap();
        let mut desk = mina.listens().await;
        desk.signals(&Signal::Look(Look { visibility: Visibility::Visible })).await;
        let heard = looking.hears_until(|event| matches!(event, Event::PresenceChanged(_))).await;
        assert_eq!(heard.len(), 1, "the first thing, and nothing of Cora's before");
        assert!(matches!(&heard[0], Event::PresenceChanged(changed) if changed.presence == Presence::There));
        looking.signals(&Signal::Look(Look { visibility: Visibility::Visible })).await;
        looking.signals(&Signal::Pong(Pong {})).await;
        site.sets(|settings| settings.greeting = "Come in".into()).await;
        let heard = looking.hears_until(|event| matches!(event, Event::SessionChanged(_))).await;
        assert_eq!(heard.len(), 1);
    }

    async fn a_frame_that_takes_itself_for_somebody_is_told_that_it_is_nobody(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        site.settles().await;
        for signal in [
            Signal::Resume(Resume { conversations: Vec::new() }),
            Signal::Page(Page { path: "/lamps".into() }),
            Signal::Typing(shared::realtime::TypingSignal { conversation_id: hall.clone() }),
        ] {
            let mut looking = site.browser(&IDRIS).listens().await;
            looking.signals(&signal).await;
            let (heard, code) = looking.is_closed().await;
            assert_eq!((heard.len(), code), (0, Some(close::SIGNED_OUT)));
        }
        let mut looking = site.browser(&IDRIS).listens().await;
        looking.says("{}".into()).await;
        assert!(matches!(looking.hears().await, Event::Refused(_)));
    }

    async fn who_pressed_start_and_wrote_nothing_is_a_visitor(site) {
        let mut cora = site.browser(&CORA);
        cora.presses_start().await;
        let mut looking = cora.listens().await;
        site.sets(|settings| settings.greeting = "Come in".into()).await;
        looking.hears_of(|event| matches!(event, Event::SessionChanged(_)).then_some(())).await;
    }

    async fn visitors_of_one_peer_take_no_more_than_their_places(site) {
        let visitor = site.browser(&IDRIS);
        let mut sockets = Vec::new();
        for _ in 0..VISITOR_SOCKETS_PER_PEER {
            sockets.push(visitor.listens().await);
        }
        assert_eq!(status_from(site, "127.0.0.1").await, 429);
        assert_eq!(status_from(site, "203.0.113.7").await, 101, "others are let in");
        // Whoever has a session is counted elsewhere.
        let mut cora = site.browser(&CORA);
        cora.starts("Hello").await;
        let mut hers: Socket = cora.listens().await;
        hers.signals(&Signal::Resume(Resume { conversations: Vec::new() })).await;
        hers.hears_of(|event| matches!(event, Event::Resumed(_)).then_some(())).await;
        drop(sockets.pop());
        // Its place is free as soon as the server has noticed.
        while status_from(site, "127.0.0.1").await != 101 {
            tokio::task::yield_now().await;
        }
    }

    async fn visitors_are_told_that_the_server_goes_away(site) {
        let mut looking = site.browser(&IDRIS).listens().await;
        site.stop().await;
        let (heard, code) = looking.is_closed().await;
        assert!(matches!(heard.last(), Some(Event::GoingAway(_))));
        assert_eq!(code, Some(close::GOING_AWAY));
    }
}
