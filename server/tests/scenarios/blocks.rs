//! Whose messages reach whom no more, and who learns of it.

use crate::harness::{Browser, Office, Refused, scenarios};
use serde_json::{Value, json};
use shared::{
    conversation::{Conversation, SendMessage, Writing},
    ids::{ConversationId, PersonId, Position, Revision},
    problem::{Problem, ProblemCode},
    realtime::{Event, Signal, TypingSignal},
    samples::{ADA, CORA, IDRIS, MINA, NOOR, TEO},
};

fn not_found() -> Refused {
    Refused {
        status: 404,
        problem: ProblemCode::NotFound.into(),
    }
}

/// The whole of what a blocked person is told.
fn undeliverable() -> Refused {
    Refused {
        status: 422,
        problem: Problem::new(ProblemCode::Undeliverable),
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

impl Browser<'_> {
    async fn blocks(
        &self,
        place: &ConversationId,
        named: Option<&PersonId>,
    ) -> Result<Conversation, Refused> {
        self.sets_block("POST", place, named).await
    }

    async fn unblocks(
        &self,
        place: &ConversationId,
        named: Option<&PersonId>,
    ) -> Result<Conversation, Refused> {
        self.sets_block("DELETE", place, named).await
    }

    async fn sets_block(
        &self,
        method: &str,
        place: &ConversationId,
        named: Option<&PersonId>,
    ) -> Result<Conversation, Refused> {
        let path = format!("/api/conversations/{place}/block");
        let command = json!({ "person_id": named });
        self.posts(method, &path, command.to_string()).await.read()
    }
}

scenarios! {
    async fn staff_block_a_guest_for_the_whole_site(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let (mina, teo) = (site.signed_in(&MINA).await, site.signed_in(&TEO).await);
        let (mut desk, mut hers) = (teo.listens().await, cora.listens().await);
        let before = SendMessage { client_id: cora.client_id(), text: "Anybody there?".into(), reply_to: None };
        let stored = cora.sends(&hall, &before).await.unwrap();
        let head = mina.blocks(&hall, None).await.unwrap();
        assert_eq!((head.writing, head.blocked, head.revision), (Writing::Blocked, vec![cora.person_id().await], Revision(3)));
        for socket in [&mut desk, &mut hers] {
            let changed = socket.hears_of(|event| match event { Event::ConversationChanged(changed) => Some(changed), _ => None }).await;
            assert_eq!((changed.conversation_id, changed.revision), (hall.clone(), Revision(3)));
        }
        // The one who is blocked sees what they saw before, and is refused.
        let head = cora.looks_at(&hall).await.unwrap();
        assert_eq!((head.writing, head.blocked.len()), (Writing::Open, 0));
        let text = String::from_utf8(cora.calls("GET", &format!("/api/conversations/{hall}"), |request| request).await.body).unwrap();
        assert!(!text.contains(r#""blocked":[""#) && !text.contains("\"blocked\":\"") && text.contains(r#""writing":"open""#), "{text}");
        assert!(tries(&cora, &hall, "Hello?").await == Err(undeliverable()));
        assert!(cora.sends(&hall, &before).await.unwrap() == stored, "what was stored is stored");
        let client_id = cora.client_id();
        assert!(cora.starts_as(&client_id, "Once more").await.err() == Some(undeliverable()));
        hers.signals(&Signal::Typing(TypingSignal { conversation_id: hall.clone() })).await;
        // Staff do not write to whom they blocked; for all of them it is so.
        assert!(tries(&mina, &hall, "Hello").await == Err(undeliverable()));
        assert!(tries(&teo, &hall, "Hello").await == Err(undeliverable()));
        assert_eq!(teo.reads_inbox().await.conversations[0].writing, Writing::Blocked);
        // Nothing of it reached anybody: this comes after it all.
        let mut idris = site.browser(&IDRIS);
        let porch = idris.starts("Good evening").await;
        let heard = desk.hears_until(|event| matches!(event, Event::ConversationStarted(_))).await;
        assert_eq!(heard.len(), 1);
        assert!(tries(&idris, &porch, "I am somebody else").await.is_ok());
        // Twice is once; and anybody of the staff may take it back.
        assert_eq!(mina.blocks(&hall, None).await.unwrap().revision, Revision(3));
        assert_eq!(site.count("block").await, 1);
        let head = teo.unblocks(&hall, None).await.unwrap();
        assert_eq!((head.writing, head.revision, head.blocked.len()), (Writing::Open, Revision(4), 0));
        assert_eq!(teo.unblocks(&hall, None).await.unwrap().revision, Revision(4));
        assert!(tries(&cora, &hall, "Thank you").await.is_ok());
        assert!(tries(&mina, &hall, "Welcome back").await.is_ok());
    }

    async fn a_blocked_user_starts_nothing_either_and_an_address_blocks_nobody(site) {
        let mut noor = site.signed_in(&NOOR).await;
        let hall = noor.starts("Hello").await;
        let mina = site.signed_in(&MINA).await;
        mina.blocks(&hall, None).await.unwrap();
        let client_id = noor.client_id();
        assert!(noor.starts_as(&client_id, "Another matter").await.err() == Some(undeliverable()));
        assert_eq!((site.count("conversation").await, site.count("message").await), (1, 1), "and nothing of it stays");
        // A block on a guest stays on that guest: who comes with another cookie is another guest (D7).
        let mut cora = site.browser(&CORA);
        let porch = cora.starts("Hello").await;
        mina.blocks(&porch, None).await.unwrap();
        let mut again = site.browser(&CORA);
        let new = again.starts("Hello once more").await;
        assert_ne!(new, porch);
        assert!(tries(&cora, &porch, "And me?").await == Err(undeliverable()));
    }

    async fn a_customer_blocks_one_agent_and_the_others_go_on(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let (mina, teo) = (site.signed_in(&MINA).await, site.signed_in(&TEO).await);
        let (the_one, the_other) = (mina.person_id().await, teo.person_id().await);
        for named in [None, Some(&the_one)] {
            assert!(cora.blocks(&hall, named).await.err() == Some(not_found()), "who has not written is nobody here");
        }
        mina.says(&hall, "Good evening").await;
        teo.says(&hall, "Hello").await;
        assert!(cora.blocks(&hall, None).await.err() == Some(not_found()), "which of the two?");
        let head = cora.blocks(&hall, Some(&the_one)).await.unwrap();
        assert_eq!((head.writing, head.blocked), (Writing::Open, vec![the_one.clone()]), "the others still answer");
        let head = mina.looks_at(&hall).await.unwrap();
        assert_eq!((head.writing, head.blocked.len()), (Writing::Open, 0), "whoever is blocked is not told");
        assert!(tries(&mina, &hall, "Are you there?").await == Err(undeliverable()));
        let mut hers = cora.listens().await;
        mina.listens().await.signals(&Signal::Typing(TypingSignal { conversation_id: hall.clone() })).await;
        assert!(tries(&teo, &hall, "May I help?").await.is_ok());
        assert!(tries(&cora, &hall, "Yes please").await.is_ok());
        let heard = hers.hears_until(|event| matches!(event, Event::MessageSent(_))).await;
        assert!(!heard.iter().any(|event| matches!(event, Event::Typing(_))));
        cora.blocks(&hall, Some(&the_other)).await.unwrap();
        assert_eq!(site.count("block").await, 2);
        assert_eq!(cora.unblocks(&hall, Some(&the_one)).await.unwrap().blocked, std::slice::from_ref(&the_other));
        assert!(cora.unblocks(&hall, None).await.unwrap().blocked.is_empty());
        assert!(tries(&mina, &hall, "Here I am").await.is_ok());
    }

    async fn the_two_of_a_direct_conversation_block_each_other_each_for_themself(site) {
        let Office { noor, mina, .. } = Office::open(site).await;
        let (to_mina, to_noor) = (mina.person_id().await, noor.person_id().await);
        let place = noor.writes_to(&to_mina, "Hello").await.unwrap().conversation.conversation_id;
        let head = mina.blocks(&place, None).await.unwrap();
        assert_eq!((head.writing, head.blocked), (Writing::Blocked, vec![to_noor.clone()]));
        assert_eq!(noor.looks_at(&place).await.unwrap().writing, Writing::Open);
        assert_eq!(noor.lists_own().await.conversations[0].writing, Writing::Open);
        for writer in [&noor, &mina] {
            assert!(tries(writer, &place, "Hello?").await == Err(undeliverable()));
        }
        assert!(noor.writes_to(&to_mina, "Please").await.err() == Some(undeliverable()));
        // Taking it back is the blocker's alone, and the other one learns nothing by trying.
        assert_eq!(noor.unblocks(&place, None).await.unwrap().revision, Revision(2));
        assert!(tries(&noor, &place, "Hello?").await == Err(undeliverable()));
        assert_eq!(noor.blocks(&place, None).await.unwrap().writing, Writing::Blocked);
        assert_eq!(mina.unblocks(&place, None).await.unwrap().writing, Writing::Open, "it is not told");
        assert!(tries(&mina, &place, "Friends again?").await == Err(undeliverable()));
        noor.unblocks(&place, None).await.unwrap();
        assert!(tries(&mina, &place, "Friends again?").await.is_ok());
        assert_eq!((site.count("block").await, site.count("message").await), (0, 2));
    }

    async fn a_blocked_person_begins_no_direct_conversation(site) {
        let Office { ada, noor, mina, trial, .. } = Office::open(site).await;
        let to_mina = mina.person_id().await;
        // A block from another conversation holds here too: it is about the person.
        let mut asks = noor.clone();
        let hall = asks.starts("Dear support").await;
        mina.says(&hall, "Hello Noor").await;
        noor.blocks(&hall, Some(&to_mina)).await.unwrap();
        assert!(mina.writes_to(&noor.person_id().await, "About that").await.err() == Some(undeliverable()));
        assert_eq!((site.count("conversation").await, site.count("message").await), (1, 2));
        // Where they may not even find each other, that is what they are told.
        ada.takes_out(&trial, &noor.person_id().await).await;
        assert!(mina.writes_to(&noor.person_id().await, "About that").await.err() == Some(not_found()));
    }

    async fn a_block_for_the_site_outlives_the_agent_who_did_it(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let (mina, teo) = (site.signed_in(&MINA).await, site.signed_in(&TEO).await);
        mina.blocks(&hall, None).await.unwrap();
        site.leaves_group(&MINA).await;
        assert!(mina.unblocks(&hall, None).await.err() == Some(not_found()));
        assert!(tries(&cora, &hall, "Hello?").await == Err(undeliverable()));
        assert_eq!(teo.looks_at(&hall).await.unwrap().writing, Writing::Blocked);
        teo.unblocks(&hall, None).await.unwrap();
        assert!(tries(&cora, &hall, "Hello?").await.is_ok());
    }

    async fn strangers_block_nobody_and_nonsense_is_refused(site) {
        let Office { noor, mina, .. } = Office::open(site).await;
        let place = noor.writes_to(&mina.person_id().await, "Hello").await.unwrap().conversation.conversation_id;
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let mut idris = site.browser(&IDRIS);
        idris.starts("Good evening").await;
        let (ada, at_admin) = (site.signed_in(&ADA).await, site.admin_of(&ADA).await);
        let (lines, unknown) = (site.count("audit").await, site.app().mint.id());
        for (stranger, place) in [(&idris, &hall), (&noor, &hall), (&idris, &place), (&ada, &place), (&at_admin, &hall), (&cora, &unknown)] {
            assert!(stranger.blocks(place, None).await.err() == Some(not_found()), "{}", stranger.person.key);
            assert!(stranger.unblocks(place, None).await.err() == Some(not_found()), "{}", stranger.person.key);
        }
        let own = mina.person_id().await;
        for named in [&own, &unknown_person(site)] {
            assert!(mina.blocks(&hall, Some(named)).await.err() == Some(not_found()));
            assert!(mina.blocks(&place, Some(named)).await.err() == Some(not_found()));
        }
        let path = format!("/api/conversations/{hall}/block");
        for (body, status) in [("{}", 200), ("", 400), ("[]", 400), (r#"{"person_id":"1"}"#, 400), (r#"{"scope":"site"}"#, 400), (r#"{"person_id":5}"#, 400)] {
            assert_eq!(mina.posts("POST", &path, body).await.status, status, "{body}");
        }
        assert_eq!(site.browser(&CORA).posts("POST", &path, "{}").await.status, 401);
        assert_eq!((site.count("block").await, site.count("audit").await), (1, lines + 1));
    }

    async fn blocking_and_unblocking_without_end_is_slowed_down(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let mina = site.signed_in(&MINA).await;
        for _ in 0..30 {
            mina.blocks(&hall, None).await.unwrap();
            mina.unblocks(&hall, None).await.unwrap();
        }
        let refused = mina.blocks(&hall, None).await.err().unwrap();
        assert_eq!((refused.status, refused.code()), (429, ProblemCode::SlowDown));
        assert!(refused.problem.retry_after_s.is_some());
        site.clock.advance(3_600_000);
        mina.blocks(&hall, None).await.unwrap();
        let _: Value = mina.gets(&format!("/api/conversations/{hall}")).await.unwrap();
    }
}

fn unknown_person(site: &crate::harness::Site) -> PersonId {
    site.app().mint.id()
}
