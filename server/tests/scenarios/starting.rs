//! The first message: guest, session, conversation and message together, once.

use crate::harness::{Browser, ORIGIN, scenarios};
use shared::{
    conversation::{StartConversation, Started},
    identity::{ProofLevel, Role},
    ids::{Position, Revision},
    problem::ProblemCode,
    samples::{CORA, IDRIS, MINA, NOOR},
    settings::Switch,
};

scenarios! {
    async fn nothing_is_stored_until_something_is_said(site) {
        let mut cora = site.browser(&CORA);
        let people = site.count("person").await;
        cora.presses_start().await;
        assert_eq!((site.count("person").await, site.count("session").await), (people, 0));
        assert_eq!(cora.session().await.role, Role::Visitor);
        let hall = cora.starts("Hello").await;
        assert_eq!((site.count("person").await, site.count("session").await), (people + 1, 1));
        let session = cora.session().await;
        assert_eq!((session.role, session.conversation_id), (Role::Guest, Some(hall)));
    }

    async fn a_retry_of_the_first_message_is_the_same_conversation(site) {
        let mut cora = site.browser(&CORA);
        cora.presses_start().await;
        let client_id = cora.client_id();
        let first = cora.starts_as(&client_id, "Hello").await.unwrap();
        assert_eq!((first.conversation.revision, first.message.position), (Revision(1), Position(1)));
        site.clock.advance(86_400_000);
        assert!(cora.starts_as(&client_id, "Hello").await.unwrap() == first);
        assert_eq!(cora.starts_as(&client_id, "Hello!").await.err().unwrap().code(), ProblemCode::IdReused);
        assert_eq!((site.count("conversation").await, site.count("message").await), (1, 1));
    }

    async fn four_first_tries_at_once_make_one_guest(site) {
        let mut cora = site.browser(&CORA);
        cora.presses_start().await;
        let people = site.count("person").await;
        let client_id = cora.client_id();
        let started: Vec<Started> = futures_util::future::join_all((0..4).map(|_| {
            let mut tab = cora.clone();
            let client_id = client_id.clone();
            async move { tab.starts_as(&client_id, "Hello").await.unwrap() }
        }))
        .await;
        assert!(started.iter().all(|one| *one == started[0]));
        assert_eq!((site.count("person").await, site.count("conversation").await), (people + 1, 1));
    }

    async fn a_first_message_is_recognised_by_cookie_and_client_id_and_never_by_the_client_id_alone(site) {
        let mut cora = site.browser(&CORA);
        cora.presses_start().await;
        let client_id = cora.client_id();
        let hers = cora.starts_as(&client_id, "My order number is 4711").await.unwrap();
        // An agent saw her client id; another browser uses it.
        let mut idris = site.browser(&IDRIS);
        idris.presses_start().await;
        let his = idris.starts_as(&client_id, "My order number is 4711").await.unwrap();
        assert!(his.conversation.conversation_id != hers.conversation.conversation_id);
        assert!(his.message.message_id != hers.message.message_id);
        let mut noor = site.signed_in(&NOOR).await;
        let also_hers = noor.starts_as(&client_id, "My order number is 4711").await.unwrap();
        assert!(also_hers.conversation.conversation_id != hers.conversation.conversation_id);
        assert_eq!(site.count("conversation").await, 3);
    }

    async fn a_guest_has_one_conversation(site) {
        let mut cora = site.browser(&CORA);
        cora.presses_start().await;
        let mut other_tab = cora.clone();
        let hall = cora.starts("Hello").await;
        let same = other_tab.starts("Hello from my other tab").await;
        assert_eq!(same, hall);
        assert_eq!(cora.reads(&hall).await.unwrap().messages.len(), 2);
    }

    async fn a_user_has_several_and_needs_no_form(site) {
        let mut noor = site.signed_in(&NOOR).await;
        let client_id = noor.client_id();
        let first = noor.starts_as(&client_id, "My parcel").await.unwrap();
        assert!(noor.starts_as(&client_id, "My parcel").await.unwrap() == first);
        site.clock.advance(1);
        let second = noor.starts("Another thing").await;
        let own: Vec<_> = noor.lists_own().await.conversations.into_iter().map(|own| own.conversation_id).collect();
        assert_eq!(own, [second, first.conversation.conversation_id]);
        let mina = site.signed_in(&MINA).await;
        let inbox = mina.reads_inbox().await;
        let customer = inbox.conversations[0].customer.as_ref().unwrap();
        assert_eq!((customer.face.name.as_str(), customer.proof), (NOOR.name, ProofLevel::Host));
    }

    async fn without_a_cookie_nobody_starts(site) {
        let mut cora = site.browser(&CORA);
        let client_id = cora.client_id();
        let refused = cora.starts_as(&client_id, "Hello").await.err().unwrap();
        assert_eq!((refused.status, refused.code()), (401, ProblemCode::NoIdentity));
        assert_eq!(site.count("conversation").await, 0);
    }

    async fn a_closed_door_is_closed_to_newcomers_only(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let mut idris = site.browser(&IDRIS);
        idris.presses_start().await;
        site.sets(|settings| settings.guest_mode = Switch::Off).await;
        let client_id = idris.client_id();
        let refused = idris.starts_as(&client_id, "Good evening").await.err().unwrap();
        assert_eq!((refused.status, refused.code()), (403, ProblemCode::GuestOff));
        cora.says(&hall, "I am still here").await;
        let mut noor = site.signed_in(&NOOR).await;
        noor.starts("And I never needed that door").await;
    }

    async fn five_starts_of_one_cookie_are_enough(site) {
        let mut cora = site.browser(&CORA);
        cora.presses_start().await;
        for number in 0..5 {
            let client_id = cora.client_id();
            cora.starts_as(&client_id, &number.to_string()).await.unwrap();
        }
        let client_id = cora.client_id();
        let refused = cora.starts_as(&client_id, "6").await.err().unwrap();
        assert_eq!((refused.status, refused.code()), (429, ProblemCode::SlowDown));
        site.clock.advance(600_000);
        cora.starts_as(&client_id, "6").await.unwrap();
    }

    async fn an_office_behind_one_door_may_start_sixty_times(site) {
        let start = async |number: usize, from: &'static str| {
            let mut guest = site.browser(&CORA);
            guest.presses_start().await;
            let command = StartConversation {
                client_id: guest.client_id(),
                text: number.to_string(),
                guest: Some(CORA.particulars()),
                with: None,
            };
            let shape = |request: reqwest::RequestBuilder| {
                request.header("origin", ORIGIN).header("x-forwarded-for", from).json(&command)
            };
            guest.calls("POST", "/api/conversations", shape).await.status
        };
        for number in 0..60 {
            assert_eq!(start(number, "198.51.100.7").await, 200, "{number}");
        }
        assert_eq!(start(60, "198.51.100.7").await, 429);
        assert_eq!(start(61, "198.51.100.8").await, 200, "another door");
        assert_eq!(start(62, "2001:db8:1:2::1").await, 200);
    }

    async fn a_guest_who_is_forgotten_here_is_a_stranger(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let held = cora.clone();
        assert_eq!(cora.writes("DELETE", "/api/guest", &serde_json::json!({})).await.status, 204);
        assert_eq!(cora.session().await.role, Role::Visitor);
        // Whoever kept the cookie has nothing.
        assert_eq!(Browser::reads(&held, &hall).await.err().unwrap().status, 401);
        assert_eq!(site.count("message").await, 1, "the conversation stays with those who answer it");
    }
}
