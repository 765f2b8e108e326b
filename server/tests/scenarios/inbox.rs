//! The agents' list: what is in it, in which order, and what is unread for whom.

use crate::harness::scenarios;
use shared::{
    conversation::Conversation,
    ids::Position,
    inbox::InboxPage,
    realtime::Event,
    samples::{ADA, CORA, IDRIS, MINA, NOOR, TEO},
};

/// Names in order, with what is unread for the reader.
fn rows(page: &InboxPage) -> Vec<(&str, u32)> {
    let row = |row: &'_ Conversation| row.unread;
    page.conversations
        .iter()
        .map(|conversation| {
            (
                conversation.customer.as_ref().unwrap().face.name.as_str(),
                row(conversation),
            )
        })
        .collect()
}

scenarios! {
    async fn an_answered_conversation_is_not_unread_for_the_colleagues(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        cora.says(&hall, "Anybody there?").await;
        let (mina, teo, ada) = (site.signed_in(&MINA).await, site.signed_in(&TEO).await, site.signed_in(&ADA).await);
        for colleague in [&mina, &teo, &ada] {
            assert_eq!(rows(&colleague.reads_inbox().await), [(CORA.name, 2)]);
        }
        mina.says(&hall, "Here I am").await;
        for colleague in [&mina, &teo, &ada] {
            let inbox = colleague.reads_inbox().await;
            assert_eq!((rows(&inbox), inbox.unread_conversations), (vec![(CORA.name, 0)], 0));
        }
        cora.says(&hall, "Wonderful").await;
        teo.sees(&hall, 4).await.unwrap();
        assert_eq!(rows(&mina.reads_inbox().await), [(CORA.name, 1)]);
        assert_eq!(rows(&teo.reads_inbox().await), [(CORA.name, 0)]);
        assert_eq!(teo.session().await.unread, 0);
        assert_eq!(mina.session().await.unread, 1);
    }

    async fn somebody_who_joins_starts_at_the_present(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let mut noor = site.signed_in(&NOOR).await;
        site.clock.advance(1_000);
        site.joins(&NOOR).await;
        noor.signs_in().await;
        let inbox = noor.reads_inbox().await;
        assert_eq!((rows(&inbox), inbox.unread_conversations), (vec![(CORA.name, 0)], 0));
        site.clock.advance(1_000);
        cora.says(&hall, "Anybody there?").await;
        let inbox = noor.reads_inbox().await;
        assert_eq!((rows(&inbox), inbox.unread_conversations), (vec![(CORA.name, 1)], 1));
    }

    async fn the_newest_activity_is_first_and_pages_follow_each_other(site) {
        let mut halls = Vec::new();
        for number in 0..7 {
            let mut guest = site.browser(if number % 2 == 0 { &CORA } else { &IDRIS });
            halls.push(guest.starts(&number.to_string()).await);
            // Two of them in the same millisecond: the id decides.
            site.clock.advance(if number == 3 { 0 } else { 1_000 });
        }
        let mina = site.signed_in(&MINA).await;
        let whole = mina.reads_inbox().await;
        assert_eq!((whole.conversations.len(), whole.cursor.is_none()), (7, true));
        assert!(whole.conversations.is_sorted_by(|newer, older| newer.last_activity_at >= older.last_activity_at));
        let mut paged = Vec::new();
        let mut path = "/api/inbox?limit=3".to_owned();
        loop {
            let page: InboxPage = mina.gets(&path).await.unwrap();
            assert_eq!(page.unread_conversations, 7, "over all pages");
            paged.extend(page.conversations);
            match page.cursor {
                Some(cursor) => path = format!("/api/inbox?limit=3&cursor={cursor}"),
                None => break,
            }
        }
        assert!(paged == whole.conversations);
        mina.says(&halls[2], "I am coming").await;
        let first = mina.reads_inbox().await.conversations.swap_remove(0);
        assert_eq!(first.conversation_id, halls[2]);
        assert_eq!((first.last_staff_position, first.staff[0].name.as_str()), (Position(2), MINA.name));
        let unanswered: InboxPage = mina.gets("/api/inbox?filter=unanswered").await.unwrap();
        assert_eq!(unanswered.conversations.len(), 6);
        assert!(!unanswered.conversations.iter().any(|row| row.conversation_id == halls[2]));
    }

    async fn what_staff_ask_is_not_in_their_inbox(site) {
        let mut desk = site.signed_in(&MINA).await.listens().await;
        let mut teo = site.signed_in(&TEO).await;
        let own = teo.starts("Where is the key to the storeroom?").await;
        teo.says(&own, "Found it.").await;
        let mut ada = site.signed_in(&ADA).await;
        ada.starts("And the lamp?").await;
        let mina = site.signed_in(&MINA).await;
        let inbox = mina.reads_inbox().await;
        assert_eq!((inbox.conversations.len(), inbox.unread_conversations), (0, 0));
        assert_eq!(teo.lists_own().await.conversations[0].conversation_id, own);
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let told = desk.hears_of(|event| match event { Event::ConversationStarted(started) => Some(started.conversation.conversation_id), _ => None }).await;
        assert_eq!(told, hall, "and of the colleagues' nothing was told before");
    }

    async fn the_three_who_wrote_last_are_shown(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let (mina, teo, ada) = (site.signed_in(&MINA).await, site.signed_in(&TEO).await, site.signed_in(&ADA).await);
        site.joins(&NOOR).await;
        let noor = site.signed_in(&NOOR).await;
        for colleague in [&mina, &teo, &ada, &noor, &mina] {
            colleague.says(&hall, "Here").await;
        }
        let faces: Vec<String> = cora.looks_at(&hall).await.unwrap().staff.into_iter().map(|face| face.name).collect();
        assert_eq!(faces, [MINA.name, NOOR.name, ADA.name]);
    }

    async fn unread_is_counted_up_to_a_hundred(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        for number in 0..120 {
            site.clock.advance(1_000);
            cora.says(&hall, &number.to_string()).await;
        }
        let mina = site.signed_in(&MINA).await;
        assert_eq!(rows(&mina.reads_inbox().await), [(CORA.name, 100)]);
    }

    async fn seen_never_goes_back_and_one_of_the_staff_is_enough(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        cora.says(&hall, "Anybody there?").await;
        let (mina, teo) = (site.signed_in(&MINA).await, site.signed_in(&TEO).await);
        let advanced = mina.sees(&hall, 2).await.unwrap();
        let again = mina.sees(&hall, 1).await.unwrap();
        assert!(again == advanced, "what is no news changes nothing");
        teo.sees(&hall, 1).await.unwrap();
        let head = cora.looks_at(&hall).await.unwrap();
        assert_eq!((head.staff_seen, head.revision.0), (Position(2), 4));
        assert_eq!(teo.looks_at(&hall).await.unwrap().own_seen, Position(1));
        let beyond = mina.sees(&hall, 3).await.err().unwrap();
        assert_eq!(beyond.status, 422);
    }
}
