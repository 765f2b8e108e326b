//! C9: somebody is signed in as somebody else.

use crate::harness::{Browser, scenarios};
use serde_json::{Value, json};
use shared::{
    identity::Session,
    ids::Position,
    realtime::{Event, close},
    samples::{ADA, CORA, MINA, NOOR},
};

/// What the host says when Ada looks at its pages as somebody.
fn acted(mut claims: Value) -> Value {
    claims["act"] = json!({"sub": ADA.key});
    claims
}

scenarios! {
    async fn c09_who_acts_as_somebody_converts_nothing_and_is_asked_nothing(site) {
        let mut cora = site.browser(&CORA);
        let conversation_id = cora.starts("Hello").await;
        let mut acting = cora.clone().on_behalf_of_user();
        let claims = acted(site.verified_claims(&CORA));
        let session: Session = acting.brings(&claims).await.read().unwrap();
        assert_eq!(session.person.unwrap().name, CORA.name);
        assert!(acting.own().await.is_empty());
        let mut as_noor = cora.clone().on_behalf_of_user().used_by(&NOOR);
        let claims = acted(site.verified_claims(&NOOR));
        let session: Session = as_noor.brings(&claims).await.read().unwrap();
        assert!(session.question.is_none() && !session.may_bring_chats);
        assert!(as_noor.answers(true).await.question.is_none());
        assert!(as_noor.own().await.is_empty());
        assert!(cora.reads(&conversation_id).await.is_ok());
        assert_eq!(site.count("conversion").await, 0);
        let lines = site.texts("select particulars from audit where action = 'signed_in' order by at").await;
        assert!(lines.iter().any(|line| line.contains(r#""acted_by":"ada""#)), "{lines:?}");
    }

    async fn c09_who_acts_as_somebody_marks_nothing_seen_and_staff_see_that_they_are_there(site) {
        let mina = site.signed_in(&MINA).await;
        let mut noor = site.signed_in(&NOOR).await;
        let conversation_id = noor.starts("Hello").await;
        mina.says(&conversation_id, "Good day").await;
        let mut at_mina = mina.listens().await;
        let mut acting = Browser::user(site, &NOOR);
        let claims = acted(site.claims(&NOOR));
        acting.brings(&claims).await.read::<Session>().unwrap();
        // Whoever has the thread open is told to look, and sees whose hand it is.
        at_mina.hears_of(|event| matches!(event, Event::ConversationChanged(_)).then_some(())).await;
        let customer = mina.looks_at(&conversation_id).await.unwrap().customer.unwrap();
        assert_eq!(customer.acted_by.as_deref(), Some(ADA.key));
        assert_eq!(mina.reads_inbox().await.conversations[0].customer.as_ref().unwrap().acted_by.as_deref(), Some(ADA.key));

        let seen = acting.sees(&conversation_id, 2).await.unwrap();
        assert_eq!(seen.position, Position(1));
        acting.says(&conversation_id, "Where is my parcel?").await;
        let head = noor.looks_at(&conversation_id).await.unwrap();
        assert_eq!((head.own_seen, head.customer_seen, head.unread), (Position(1), Position(1), 1));
        assert_eq!(head.last_position, Position(3));

        // It ends with the session, and by itself.
        acting.signs_out().await;
        assert_eq!(mina.looks_at(&conversation_id).await.unwrap().customer.unwrap().acted_by, None);
        acting.brings(&acted(site.claims(&NOOR))).await.read::<Session>().unwrap();
        site.clock.advance(13 * 3_600_000);
        let mut later = Browser::user(site, &MINA);
        later.signs_in().await;
        assert_eq!(later.looks_at(&conversation_id).await.unwrap().customer.unwrap().acted_by, None);
    }

    async fn c09_the_same_user_in_other_hands_is_another_session(site) {
        let mut noor = site.signed_in(&NOOR).await;
        let mut socket = noor.listens().await;
        let stale = site.claims(&NOOR);
        noor.brings(&stale).await.read::<Session>().unwrap();
        noor.brings(&acted(site.claims(&NOOR))).await.read::<Session>().unwrap();
        assert_eq!(socket.is_closed().await.1, Some(close::SIGNED_OUT));
        // Nor does an old token of Noor's own continue what is in other hands.
        assert_eq!(noor.brings(&stale).await.status, 401);
        let old = acted(site.claims(&NOOR));
        noor.brings(&old).await.read::<Session>().unwrap();
        assert_eq!(noor.brings(&old).await.status, 200, "the same hand goes on");
        let mut socket = noor.listens().await;
        noor.brings(&site.claims(&NOOR)).await.read::<Session>().unwrap();
        assert_eq!(socket.is_closed().await.1, Some(close::SIGNED_OUT));
        assert_eq!(noor.brings(&old).await.status, 401);
        assert_eq!(site.texts("select token_hash from session").await.len(), 1);
    }

    async fn c09_who_acts_as_somebody_changes_nothing_of_their_account(site) {
        site.has_account(&MINA).await;
        let mut acting = Browser::user(site, &MINA);
        acting.brings(&acted(site.claims(&MINA))).await.read::<Session>().unwrap();
        for (method, path, body) in [
            ("POST", "/api/account/password", r#"{"current":"a","new":"b"}"#),
            ("GET", "/api/account/sessions", ""),
            ("DELETE", "/api/account/sessions/others", ""),
        ] {
            assert_eq!(acting.posts(method, path, body).await.status, 404, "{method} {path}");
        }
        // Whoever then shows the password is no longer acted for.
        let mut at_desk = acting.clone();
        at_desk.signs_in_at_agent(crate::harness::PASSWORD).await.unwrap();
        assert_eq!(at_desk.status_of("/api/account/sessions").await, 200);
    }

    async fn c09_who_acts_as_somebody_cannot_say_not_me(site) {
        let mut cora = site.browser(&CORA);
        let conversation_id = cora.starts("Hello").await;
        let mut user = Browser::user(site, &CORA);
        user.signs_in_verified().await;
        let mut acting = Browser::user(site, &CORA);
        acting.brings(&acted(site.verified_claims(&CORA))).await.read::<Session>().unwrap();
        let converted = acting.looks_at(&conversation_id).await.unwrap().converted.unwrap();
        assert!(!converted.may_undo);
        assert_eq!(acting.says_not_me(&conversation_id).await, 404);
        assert!(user.looks_at(&conversation_id).await.unwrap().converted.unwrap().may_undo);
    }
}
