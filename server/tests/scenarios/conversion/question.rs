//! C2: another guest was chatting in this browser.

use crate::harness::{Browser, scenarios};
use serde_json::json;
use shared::{
    conversion::{ConversionPolicy, Proof},
    identity::Role,
    problem::ProblemCode,
    realtime::close,
    samples::{CORA, IDRIS, MINA, NOOR},
};

/// Noor signs in where somebody else was chatting.
async fn noor_in<'a>(guest: &Browser<'a>) -> Browser<'a> {
    let mut noor = guest.clone().on_behalf_of_user().used_by(&NOOR);
    noor.signs_in_verified().await;
    noor
}

scenarios! {
    async fn c02_a_guest_of_another_address_is_asked_about_and_yes_brings_the_conversation(site) {
        let mut cora = site.browser(&CORA);
        let conversation_id = cora.starts("Hello").await;
        let mut socket = cora.listens().await;
        let mut noor = noor_in(&cora).await;
        let question = noor.session().await.question.unwrap();
        assert_eq!(
            (question.guest_name.as_str(), question.masked_email.as_str()),
            (CORA.name, "c•••@example.org")
        );
        assert!(noor.own().await.is_empty(), "nothing moves before it is answered");
        assert!(cora.reads(&conversation_id).await.is_ok());

        let session = noor.answers(true).await;
        assert_eq!((session.role, session.question.is_none()), (Role::User, true));
        assert_eq!(noor.own().await, std::slice::from_ref(&conversation_id));
        let converted = noor.looks_at(&conversation_id).await.unwrap().converted.unwrap();
        assert_eq!(converted.proof, Proof::SameBrowser);
        assert_eq!(socket.is_closed().await.1, Some(close::SIGNED_OUT));
        // The same answer again, and the other one too late, change nothing.
        for again in [true, false] {
            assert!(noor.answers(again).await.question.is_none());
        }
        assert_eq!(noor.own().await.len(), 1);
        assert_eq!(site.count("conversion").await, 1);
    }

    async fn c02_no_leaves_the_guest_the_conversation_and_ends_the_session_here(site) {
        let mina = site.signed_in(&MINA).await;
        let mut cora = site.browser(&CORA);
        let conversation_id = cora.starts("Hello").await;
        let mut socket = cora.listens().await;
        let mut noor = noor_in(&cora).await;
        assert!(noor.answers(false).await.question.is_none());
        assert!(noor.own().await.is_empty());
        assert_eq!(site.count("conversion").await, 0);
        assert_eq!(socket.is_closed().await.1, Some(close::SIGNED_OUT));
        assert_eq!(cora.reads(&conversation_id).await.err().unwrap().status, 401);
        let session = cora.session().await;
        assert_eq!((session.role, session.continued_as), (Role::Visitor, None));
        // It is the guest's still, and the agents answer into it.
        let customer = mina.looks_at(&conversation_id).await.unwrap().customer.unwrap();
        assert_eq!(customer.face.name, CORA.name);
        noor.signs_in_verified().await;
        assert!(noor.session().await.question.is_none(), "it is asked once");
        // A cookie that was declined becomes no other guest.
        let client_id = cora.client_id();
        let refused = cora.starts_as(&client_id, "Hello?").await.err().unwrap();
        assert_eq!(refused.code(), ProblemCode::NoIdentity);
    }

    async fn c02_who_has_no_address_is_asked_too_and_nobody_where_conversion_is_off(site) {
        let mut cora = site.browser(&CORA);
        cora.starts("Hello").await;
        let mut noor = cora.clone().on_behalf_of_user().used_by(&NOOR);
        let mut claims = site.claims(&IDRIS);
        claims.as_object_mut().unwrap().remove("email");
        noor.brings(&claims).await.read::<shared::identity::Session>().unwrap();
        assert!(noor.session().await.question.is_some());
        site.converts(ConversionPolicy::Off).await;
        assert!(noor.session().await.question.is_none());
        assert!(noor.answers(true).await.question.is_none());
        assert!(noor.own().await.is_empty(), "an answer to nothing");
        site.converts(ConversionPolicy::SameBrowser).await;
        assert!(noor.session().await.question.is_some());
    }

    async fn c02_nobody_answers_for_somebody_elses_browser(site) {
        let mut cora = site.browser(&CORA);
        let conversation_id = cora.starts("Hello").await;
        let mut noor = site.signed_in(&NOOR).await;
        assert!(noor.session().await.question.is_none());
        assert!(noor.answers(true).await.question.is_none());
        assert!(noor.own().await.is_empty());
        assert_eq!(cora.posts("POST", "/api/conversion/answer", json!({"continue_here": true}).to_string()).await.status, 404);
        let strict = json!({"continue_here": true, "guest": "x"}).to_string();
        assert_eq!(noor.posts("POST", "/api/conversion/answer", strict).await.status, 400);
        assert!(cora.reads(&conversation_id).await.is_ok());
    }
}
