//! Undo and *Not me*: the guest's part goes back, what was written since stays the user's.

use crate::harness::{Browser, Site, scenarios};
use shared::{
    conversation::{CustomerKind, SendMessage},
    conversion::Proof,
    identity::Role,
    ids::{ConversationId, ConversionId, Position},
    realtime::{Event, Known, Resume, Signal},
    samples::{ADA, CORA, MINA, NOOR, TEO},
};

/// Everything that is stored of conversations, but for what is meant to differ: notices, revision, epoch, end.
async fn rows(site: &Site) -> Vec<String> {
    let mut rows = site
        .texts(
            "select 'conversation ' || conversation_id || ' ' || kind || ' ' || opened_by || ' ' || owner || ' ' || owner_kind
                || ' ' || opening_client_id || ' ' || created_at || ' ' || last_activity_at || ' ' || last_customer_position
                || ' ' || last_staff_position || ' ' || customer_seen_position || ' ' || staff_seen_position
            from conversation
            order by conversation_id",
        )
        .await;
    rows.extend(
        site.texts(
            "select 'message ' || conversation_id || ' ' || position || ' ' || message_id || ' ' || side || ' ' || author
                || ' ' || client_id || ' ' || body || ' ' || coalesce(reply_to, 0) || ' ' || revision || ' ' || sent_at
            from message
            where kind = 'text'
            order by conversation_id, position",
        )
        .await,
    );
    rows.extend(
        site.texts(
            "select 'participant ' || conversation_id || ' ' || person_id || ' ' || side || ' ' || seen_position
                || ' ' || last_written_position
            from participant
            order by conversation_id, person_id",
        )
        .await,
    );
    rows.extend(
        site.texts(
            "select 'session ' || token_hash || ' ' || person_id || ' ' || created_at || ' ' || last_used_at
                || ' ' || expires_at
            from session
            where kind = 'guest'
            order by token_hash",
        )
        .await,
    );
    rows
}

/// Cora chats in one browser; the user signs in elsewhere.
async fn converted<'a>(site: &'a Site) -> (Browser<'a>, Browser<'a>, ConversationId) {
    let mut guest = site.browser(&CORA);
    let conversation_id = guest.starts("Hello").await;
    let mut user = Browser::user(site, &CORA);
    user.signs_in_verified().await;
    (guest, user, conversation_id)
}

async fn texts(browser: &Browser<'_>, conversation_id: &ConversationId) -> Vec<String> {
    let thread = browser.reads(conversation_id).await.unwrap();
    let positions: Vec<u64> = thread
        .messages
        .iter()
        .map(|message| message.position.0)
        .collect();
    let gapless: Vec<u64> = (1..=thread.conversation.last_position.0).collect();
    assert_eq!(positions, gapless, "positions have no gaps");
    thread
        .messages
        .into_iter()
        .map(|message| message.text)
        .collect()
}

scenarios! {
    async fn an_undo_restores_equal_rows(site) {
        let mina = site.signed_in(&MINA).await;
        let ada = site.admin_of(&ADA).await;
        let mut guest = site.browser(&CORA);
        let conversation_id = guest.starts("Hello").await;
        mina.says(&conversation_id, "Good day").await;
        mina.sees(&conversation_id, 2).await.unwrap();
        guest.says(&conversation_id, "Do you ship?").await;
        mina.says(&conversation_id, "We do").await;
        guest.sees(&conversation_id, 2).await.unwrap();
        let before = rows(site).await;
        let as_guest = guest.reads(&conversation_id).await.unwrap();
        site.clock.advance(3_600_000);

        let mut user = Browser::user(site, &CORA);
        user.signs_in_verified().await;
        user.sees(&conversation_id, 4).await.unwrap();
        assert_ne!(rows(site).await, before);
        ada.undoes_latest(&conversation_id).await;
        assert_eq!(rows(site).await, before);

        // The guest goes on where they were, in their own browser.
        let session = guest.session().await;
        assert_eq!((session.role, session.unread), (Role::Guest, 1));
        let thread = guest.reads(&conversation_id).await.unwrap();
        assert!(thread.messages[..4] == as_guest.messages);
        let notices: Vec<&str> = thread.messages[4..].iter().map(|message| message.text.as_str()).collect();
        assert_eq!(notices, ["converted address_only", "undone"]);
        assert_eq!((thread.conversation.epoch, thread.conversation.converted), (1, None));
        assert_eq!(guest.says(&conversation_id, "Thank you").await.message.position, Position(7));
        assert_eq!(user.reads(&conversation_id).await.err().unwrap().status, 404);
        assert!(user.own().await.is_empty(), "nothing was written since, so nothing is carried on");
        // The next sign-in does not repeat it.
        user.signs_in_verified().await;
        assert!(user.own().await.is_empty());
    }

    async fn what_was_written_since_goes_on_in_a_conversation_of_the_users(site) {
        let mut mina = site.signed_in(&MINA).await;
        let teo = site.signed_in(&TEO).await;
        let ada = site.admin_of(&ADA).await;
        let (guest, user, conversation_id) = converted(site).await;
        // 1 the guest, 2 the notice.
        let quoting = |browser: &Browser<'_>, text: &str, quoted: u64| SendMessage {
            client_id: browser.client_id(),
            text: text.into(),
            reply_to: Some(Position(quoted)),
        };
        let mut written = vec![user.says(&conversation_id, "I am here").await];
        written.push(mina.sends(&conversation_id, &quoting(&mina, "About your hello", 1)).await.unwrap());
        written.push(user.sends(&conversation_id, &quoting(&user, "About my being here", 3)).await.unwrap());
        assert_eq!(teo.reports(&conversation_id, 5, "Rude").await.status, 204);
        user.sees(&conversation_id, 4).await.unwrap();
        site.clock.advance(60_000);
        let mut at_user = user.listens().await;
        let mut at_mina = mina.listens().await;
        let known = mina.looks_at(&conversation_id).await.unwrap();

        ada.undoes_latest(&conversation_id).await;
        assert_eq!(texts(&guest, &conversation_id).await, ["Hello", "converted address_only", "undone"]);
        let [own] = user.own().await.try_into().unwrap();
        let thread = user.reads(&own).await.unwrap();
        assert_eq!(
            texts(&user, &own).await,
            ["carried_on", "I am here", "About your hello", "About my being here"]
        );
        for (moved, sent) in thread.messages[1..].iter().zip(&written) {
            let was = &sent.message;
            assert!(
                (&moved.message_id, &moved.client_id, &moved.author, moved.sent_at, moved.side)
                    == (&was.message_id, &was.client_id, &was.author, was.sent_at, was.side)
            );
        }
        let quotes: Vec<_> = thread.messages.iter().map(|message| message.reply_to).collect();
        assert_eq!(quotes, [None, None, None, Some(Position(2))], "a quote of the guest's is none any more");
        let head = thread.conversation;
        assert_eq!((head.own_seen, head.customer_seen, head.staff_seen), (Position(4), Position(4), Position(3)));
        assert_eq!(head.last_activity_at, written[2].message.sent_at);
        let report = ada.reads_reports("").await.reports.remove(0);
        assert_eq!((&report.conversation_id, report.position), (&own, Position(4)));

        // Everybody is told: the user's tabs and the agents', who find one changed and one begun.
        for socket in [&mut at_user, &mut at_mina] {
            let mut events = vec![false; 2];
            while events != [true, true] {
                match socket.hears().await {
                    Event::ConversationChanged(changed) if changed.conversation_id == conversation_id => events[0] = true,
                    Event::ConversationStarted(started) if started.conversation.conversation_id == own => events[1] = true,
                    _ => {}
                }
            }
        }
        // Whoever did not hear the answer and asks again is told where it stands now, and that it is elsewhere.
        let quoted = quoting(&mina, "About your hello", 1);
        let again = SendMessage { client_id: written[1].message.client_id.clone().unwrap(), ..quoted };
        let again = mina.sends(&conversation_id, &again).await.unwrap();
        assert_eq!((again.message.message_id, again.message.position), (written[1].message.message_id.clone(), Position(3)));
        assert_eq!((again.moved_to, &written[1].moved_to), (Some(own.clone()), &None));
        let resume = Signal::Resume(Resume {
            conversations: vec![Known { conversation_id: conversation_id.clone(), revision: known.revision }],
        });
        at_user.signals(&resume).await;
        let gone = at_user.hears_of(|event| match event {
            Event::Resumed(resumed) => Some(resumed.gone),
            _ => None,
        });
        assert_eq!(gone.await, std::slice::from_ref(&conversation_id));
        let for_mina = mina.looks_at(&conversation_id).await.unwrap();
        assert_eq!((for_mina.epoch, for_mina.customer.unwrap().kind), (known.epoch + 1, CustomerKind::Guest));

        // Both go on in both.
        assert_eq!(guest.says(&conversation_id, "And I?").await.message.position, Position(4));
        assert_eq!(user.says(&own, "Well?").await.message.position, Position(5));
        mina.signs_in().await;
        for id in [&conversation_id, &own] {
            mina.says(id, "Here I am").await;
        }
    }

    async fn not_me_gives_it_back_and_reports_it(site) {
        let ada = site.admin_of(&ADA).await;
        let (guest, user, conversation_id) = converted(site).await;
        let stranger = site.signed_in(&NOOR).await;
        assert_eq!(stranger.says_not_me(&conversation_id).await, 404);
        assert_eq!(guest.says_not_me(&conversation_id).await, 401);
        assert_eq!(user.says_not_me(&conversation_id).await, 204);
        assert_eq!(user.says_not_me(&conversation_id).await, 204, "a lost answer is asked for again");
        assert!(guest.reads(&conversation_id).await.is_ok());
        let report = ada.reads_reports("").await.reports.remove(0);
        assert_eq!(
            (&report.conversation_id, report.position, report.reported.name.as_str()),
            (&conversation_id, Position(1), CORA.name)
        );
        let row = ada.reads_conversions(&conversation_id).await.unwrap().remove(0);
        assert!(row.not_me && row.undone_at.is_some() && !row.may_undo);
        let lines = site.texts("select particulars from audit where action = 'conversion_undone'").await;
        assert_eq!(lines.len(), 1);
        assert!(lines[0].contains("not_me"));
        // Nobody says it of what was their own all along.
        let mut user = user;
        let client_id = user.client_id();
        let own = user.starts_as(&client_id, "Mine").await.unwrap().conversation.conversation_id;
        assert_eq!(user.says_not_me(&own).await, 404);
    }

    async fn an_undo_is_done_once_in_time_and_by_admins_only(site) {
        let ada = site.admin_of(&ADA).await;
        let mina = site.signed_in(&MINA).await;
        let (_, user, conversation_id) = converted(site).await;
        let row = ada.reads_conversions(&conversation_id).await.unwrap().remove(0);
        assert_eq!((row.proof, row.cut, row.may_undo), (Proof::AddressOnly, Position(1), true));
        assert!(!row.guest.is_user && row.became.is_user);
        for browser in [&mina, &user] {
            assert_eq!(browser.undoes(&row.conversion_id).await, 404);
            assert_eq!(browser.reads_conversions(&conversation_id).await.err().unwrap().status, 404);
        }
        let nothing: ConversionId = site.app().mint.id();
        assert_eq!(ada.undoes(&nothing).await, 404);
        assert_eq!(ada.posts("POST", "/api/admin/conversions/x/undo", "").await.status, 404);
        assert!(!mina.looks_at(&conversation_id).await.unwrap().converted.unwrap().may_undo);
        assert!(ada.reads_along(&conversation_id).await.unwrap().conversation.conversation.converted.unwrap().may_undo);
        assert_eq!(ada.undoes(&row.conversion_id).await, 204);
        assert_eq!(ada.undoes(&row.conversion_id).await, 204, "the same again changes nothing");
        assert_eq!(site.count("conversation").await, 1);
        assert_eq!(texts(&ada_reads(site).await, &conversation_id).await.len(), 3);

        let (_, user, conversation_id) = converted(site).await;
        site.clock.advance(91 * 86_400_000);
        let ada = site.admin_of(&ADA).await;
        let row = ada.reads_conversions(&conversation_id).await.unwrap().remove(0);
        assert!(!row.may_undo);
        assert_eq!(ada.undoes(&row.conversion_id).await, 422);
        let mut user = user;
        user.signs_in_verified().await;
        assert!(!user.looks_at(&conversation_id).await.unwrap().converted.unwrap().may_undo);
        assert_eq!(user.says_not_me(&conversation_id).await, 422);
    }

    async fn a_guest_session_that_would_have_ended_does_not_come_back(site) {
        let (guest, _, conversation_id) = converted(site).await;
        site.clock.advance(31 * 86_400_000);
        let ada = site.admin_of(&ADA).await;
        ada.undoes_latest(&conversation_id).await;
        assert_eq!(guest.session().await.role, Role::Visitor);
        assert_eq!(guest.reads(&conversation_id).await.err().unwrap().status, 401);
    }
}

/// An admin in the chat, who reads every thread.
async fn ada_reads(site: &Site) -> Browser<'_> {
    site.signed_in(&ADA).await
}
