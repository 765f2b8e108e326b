//! Guests who become users, by the numbers of the table: C1 to C14.

/// Who is signed in as somebody else.
mod acting;
/// What was sent before an undo, sent again.
mod again;
/// What comes along, and what does not.
mod along;
/// What changes hands under a decision.
mod changing;
/// What ends, and who is told.
mod ending;
/// Erasing and undoing.
mod erased;
/// Fifty thousand guests.
mod many;
/// What would happen, who has the same address, what was done.
mod overview;
/// Another address in the same browser.
mod question;
/// What the host's server is told.
mod told;
/// Taking it back.
mod undoing;

use crate::harness::{Browser, scenarios};
use shared::{
    conversation::{CustomerKind, MessageKind, SendMessage, Side},
    conversion::Proof,
    identity::Role,
    ids::Position,
    problem::ProblemCode,
    realtime::{Event, close},
    samples::{CORA, MINA, NOOR},
};

scenarios! {
    async fn c01_a_guest_who_signs_in_with_the_same_address_is_that_user(site) {
        let mut mina = site.signed_in(&MINA).await;
        let mut cora = site.browser(&CORA);
        let conversation_id = cora.starts("Do you ship to Norway?").await;
        let answered = mina.says(&conversation_id, "We do.").await;
        cora.sees(&conversation_id, 2).await.unwrap();
        let as_guest = cora.reads(&conversation_id).await.unwrap();
        let mut at_mina = mina.listens().await;
        let mut guest_socket = cora.listens().await;

        // No verified flag: the browser is the proof.
        let mut user = cora.clone().on_behalf_of_user();
        let session = user.signs_in().await;
        assert_eq!((session.role, session.unread), (Role::User, 0));
        assert_eq!(user.own().await, std::slice::from_ref(&conversation_id));
        let thread = user.reads(&conversation_id).await.unwrap();
        assert!(thread.messages[..2] == as_guest.messages, "ids, authors, positions and times stay");
        let notice = &thread.messages[2];
        assert_eq!(
            (notice.kind, notice.side, notice.text.as_str(), notice.author.is_none()),
            (MessageKind::Notice, Side::System, "converted same_browser", true)
        );
        let head = thread.conversation;
        assert_eq!(head.revision.0, answered.revision.0 + 2, "seen, and one for all of it");
        assert_eq!((head.own_seen, head.customer_seen), (Position(2), Position(2)));
        let converted = head.converted.unwrap();
        assert_eq!(
            (converted.proof, converted.cut, converted.may_undo),
            (Proof::SameBrowser, Position(2), true)
        );

        // The agent is told once, and finds a user.
        let changed = at_mina
            .hears_of(|event| match event {
                Event::ConversationChanged(changed) => Some(changed),
                _ => None,
            })
            .await;
        assert_eq!((changed.conversation_id, changed.revision), (conversation_id.clone(), head.revision));
        let customer = mina.looks_at(&conversation_id).await.unwrap().customer.unwrap();
        assert_eq!(
            (customer.kind, customer.face.person_id),
            (CustomerKind::User, user.session().await.person.unwrap().person_id)
        );

        // The guest is nobody: at once by HTTP, and on the socket.
        assert_eq!(cora.reads(&conversation_id).await.err().unwrap().status, 401);
        assert_eq!(guest_socket.is_closed().await.1, Some(close::SIGNED_OUT));
        let session = cora.session().await;
        assert_eq!((session.role, session.continued_as), (Role::Visitor, None));

        // And both go on in it.
        assert_eq!(user.says(&conversation_id, "Wonderful.").await.message.position, Position(4));
        assert_eq!(mina.says(&conversation_id, "Anything else?").await.message.position, Position(5));
        mina.signs_in().await;
        assert_eq!(site.count("conversion").await, 1);
    }

    async fn c01_what_was_sent_before_is_the_same_message_when_it_is_sent_again(site) {
        let mut cora = site.browser(&CORA);
        cora.presses_start().await;
        let first = cora.client_id();
        let started = cora.starts_as(&first, "Hello?").await.unwrap();
        let conversation_id = started.conversation.conversation_id;
        let second = SendMessage { client_id: cora.client_id(), text: "Anybody?".into(), reply_to: None };
        let sent = cora.sends(&conversation_id, &second).await.unwrap();
        let from_another_tab = cora.client_id();
        let joined = cora.starts_as(&from_another_tab, "Me too").await.unwrap();
        let mut user = cora.clone().on_behalf_of_user();
        user.signs_in().await;

        // What the outbox still held goes out again, from the user now.
        let again = user.sends(&conversation_id, &second).await.unwrap();
        assert!(again == sent, "the first answer, for ever");
        for (client_id, text, earlier) in [
            (&first, "Hello?", started.message),
            (&from_another_tab, "Me too", joined.message),
        ] {
            let again = user.starts_as(client_id, text).await.unwrap();
            assert_eq!(again.conversation.conversation_id, conversation_id);
            assert!(again.message == earlier);
        }
        let other_words = SendMessage { text: "Nobody?".into(), ..second };
        assert_eq!(
            user.sends(&conversation_id, &other_words).await.err().unwrap().code(),
            ProblemCode::IdReused
        );
        assert_eq!(user.own().await.len(), 1);
        assert_eq!(site.count("message").await, 4, "three and the notice");

        // Under the guest's cookie nothing is said any more, neither anew nor again.
        for (client_id, code) in [
            (&first, ProblemCode::Continued),
            (&cora.client_id(), ProblemCode::NoIdentity),
        ] {
            let refused = cora.starts_as(client_id, "Hello?").await.err().unwrap();
            assert_eq!(refused.code(), code);
        }
        assert_eq!(cora.sends(&conversation_id, &second_again(&cora)).await.err().unwrap().status, 401);
        assert_eq!(site.count("message").await, 4);
    }

    async fn c04_an_address_that_was_only_typed_follows_the_verified_user(site) {
        let mina = site.signed_in(&MINA).await;
        let mut elsewhere = site.browser(&CORA);
        let conversation_id = elsewhere.starts("It is broken").await;
        mina.says(&conversation_id, "What is?").await;
        let mut guest_socket = elsewhere.listens().await;
        let mut cora = Browser::user(site, &CORA);
        let session = cora.signs_in_verified().await;
        assert_eq!((session.role, session.unread), (Role::User, 1));
        let head = cora.looks_at(&conversation_id).await.unwrap();
        let converted = head.converted.unwrap();
        assert_eq!((converted.proof, converted.cut), (Proof::AddressOnly, Position(2)));
        assert!(converted.may_undo);

        // The other browser learns that it went on elsewhere, and no more than its own address.
        assert_eq!(guest_socket.is_closed().await.1, Some(close::SIGNED_OUT));
        let session = elsewhere.session().await;
        assert_eq!(session.role, Role::Visitor);
        assert_eq!(session.continued_as.as_deref(), Some("c•••@example.org"));
        assert_eq!(elsewhere.reads(&conversation_id).await.err().unwrap().status, 401);

        // It may begin anew, as somebody new.
        elsewhere.presses_start().await;
        let client_id = elsewhere.client_id();
        let anew = elsewhere.starts_as(&client_id, "Me again").await.unwrap();
        assert_ne!(anew.conversation.conversation_id, conversation_id);
        assert_eq!(elsewhere.session().await.continued_as, None);
        let fresh = cora.signs_in_verified().await;
        assert_eq!(fresh.unread, 1, "each fresh token brings what qualifies");
        assert_eq!(cora.own().await.len(), 2);
    }

    async fn c05_nobody_is_converted_by_an_address_that_the_host_did_not_verify(site) {
        let mut noor = site.browser(&NOOR);
        let conversation_id = noor.starts("Hello").await;
        let user = site.signed_in(&NOOR).await;
        assert!(user.own().await.is_empty());
        assert_eq!(user.reads(&conversation_id).await.err().unwrap().status, 404);
        assert!(noor.reads(&conversation_id).await.is_ok());
    }
}

fn second_again(browser: &Browser<'_>) -> SendMessage {
    SendMessage {
        client_id: browser.client_id(),
        text: "Still me".into(),
        reply_to: None,
    }
}
