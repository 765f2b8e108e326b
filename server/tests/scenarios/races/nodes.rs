//! Two nodes on one database (Postgres): what one of them does, the other enforces.
//!
//! The law: nobody has to be asked to the node that did it. By HTTP it holds at once, on open sockets within two seconds;
//! and two nodes that are asked the same at the same moment do it once.

use crate::{
    harness::{Browser, Engine, Site},
    revocation::is_cut_off,
};
use futures_util::future::join_all;
use shared::{
    conversation::SendMessage,
    identity::Role,
    ids::Position,
    realtime::close,
    samples::{ADA, CORA, MINA},
};

/// Tells a story on two nodes.
async fn tell(story: impl AsyncFnOnce(&Site, &Site)) {
    Site::tell(Engine::Postgres, async |here| {
        let there = here.another_node().await;
        story(here, &there).await;
        there.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_node_converts_the_other_enforces() {
    tell(async |here, there| {
        let mina = here.signed_in(&MINA).await;
        let mut guest = there.browser(&CORA);
        let hall = guest.starts("Hello").await;
        let (mut socket, mut second) = (guest.listens().await, guest.listens().await);
        let mut user = Browser::user(here, &CORA);
        user.signs_in_verified().await;
        // By HTTP at once, whichever node is asked.
        for node in [here, there] {
            assert_eq!(guest.at(node).reads(&hall).await.err().unwrap().status, 401);
            assert_eq!(user.at(node).own().await, std::slice::from_ref(&hall));
            assert_eq!(guest.at(node).session().await.role, Role::Visitor);
        }
        mina.says(&hall, "Good day").await;
        mina.at(there).says(&hall, "And good night").await;
        for socket in [&mut socket, &mut second] {
            is_cut_off(socket, close::SIGNED_OUT).await;
        }
        // Taken back on the other one, it is the guest's again on both.
        let ada = there.admin_of(&ADA).await;
        ada.undoes_latest(&hall).await;
        for node in [here, there] {
            assert_eq!(user.at(node).reads(&hall).await.err().unwrap().status, 404);
            assert_eq!(
                guest
                    .at(node)
                    .reads(&hall)
                    .await
                    .unwrap()
                    .conversation
                    .epoch,
                1
            );
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_user_who_arrives_on_two_nodes_at_once_is_one_user() {
    tell(async |here, there| {
        for number in 0..20 {
            let person = crate::harness::cora(number);
            let arrives = async |node: &Site| {
                let mut tab = Browser::user(node, person);
                let session = tab.signs_in().await;
                session.person.unwrap().person_id
            };
            let (one, other) = tokio::join!(arrives(here), arrives(there));
            assert_eq!(one, other);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_guest_whose_user_signs_in_on_two_nodes_at_once_is_converted_once() {
    tell(async |here, there| {
        for number in 0..30 {
            let person = crate::harness::cora(number);
            // Known already: neither node waits for the other one to register them.
            Browser::user(here, person).signs_in().await;
            let mut guest = here.browser(person).behind(format!("10.8.0.{number}"));
            let hall = guest.starts("Hello").await;
            let tab = guest.clone().on_behalf_of_user();
            let (mut one, mut other) = (tab.at(here), tab.at(there));
            // Nor for the other one to note what the host says of them: it says no more than who they are.
            let mut claims = here.claims(person);
            claims.as_object_mut().unwrap().remove("email");
            let token = here.signs(&claims);
            claims["jti"] = format!("another {number}").into();
            let same = here.signs(&claims);
            tokio::join!(one.signs_in_with(&token), other.signs_in_with(&same));
            for tab in [&one, &other] {
                assert_eq!(tab.own().await, std::slice::from_ref(&hall));
                let thread = tab.reads(&hall).await.unwrap();
                assert_eq!(thread.messages.len(), 2, "one notice");
            }
        }
        let lines = here.texts("select action from audit where action = 'conversion_done'");
        assert_eq!(
            (here.count("conversion").await, lines.await.len()),
            (30, 30)
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_that_two_nodes_are_sent_at_once_is_one_message() {
    tell(async |here, there| {
        let mut cora = here.browser(&CORA);
        let hall = cora.starts("Hello").await;
        for number in 2..12 {
            let command = SendMessage {
                client_id: cora.client_id(),
                text: format!("Number {number}"),
                reply_to: None,
            };
            let tabs = [cora.clone(), cora.at(there), cora.clone(), cora.at(there)];
            let sent = join_all(tabs.iter().map(|tab| tab.sends(&hall, &command))).await;
            for sent in sent {
                assert_eq!(sent.unwrap().message.position, Position(number));
            }
        }
    })
    .await;
}
