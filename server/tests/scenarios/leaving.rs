//! A server that leaves: nobody is left guessing, and nothing acknowledged is lost.

use crate::harness::scenarios;
use shared::{
    conversation::SendMessage,
    ids::Position,
    realtime::{Event, close},
    samples::{CORA, MINA},
};

scenarios! {
    async fn sockets_are_told_when_to_come_back_and_everything_is_there_again(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let mina = site.signed_in(&MINA).await;
        let (mut guest, mut desk) = (cora.listens().await, mina.listens().await);
        let command = SendMessage { client_id: cora.client_id(), text: "Anybody there?".into(), reply_to: None };
        let sent = cora.sends(&hall, &command).await.unwrap();
        site.stop().await;
        let mut delays = Vec::new();
        for socket in [&mut guest, &mut desk] {
            let (heard, code) = socket.is_closed().await;
            assert_eq!(code, Some(close::GOING_AWAY));
            assert!(heard.iter().any(|event| matches!(event, Event::MessageSent(_))), "what waited is told first");
            match heard.last() {
                Some(Event::GoingAway(going)) => delays.push(going.retry_after_ms),
                _ => panic!("the last words say when to come back"),
            }
        }
        assert!(delays.iter().all(|delay| (500..3_500).contains(delay)), "{delays:?}");
        site.starts_again().await;
        assert!(cora.sends(&hall, &command).await.unwrap() == sent, "the same message, also after a restart");
        assert_eq!(mina.reads(&hall).await.unwrap().conversation.last_position, Position(2));
    }
}
