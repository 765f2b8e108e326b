//! A first message that is under way while its writer signs in, in the same browser: it arrives before or after, and both
//! come to the same. Nothing is lost, doubled or given to somebody else.

use crate::harness::{Browser, Engine, Refused, Site, scenarios};
use serde_json::json;
use shared::{
    conversation::Started,
    conversion::{ConversionPolicy, Proof},
    identity::{Role, Session},
    ids::{ClientId, ConversationId},
    problem::ProblemCode,
    samples::{CORA, IDRIS, MINA, NOOR},
};

/// A browser whose first message is written and has not arrived, and the client id that it has.
async fn under_way<'a>(site: &'a Site) -> (Browser<'a>, ClientId) {
    let mut cora = site.browser(&CORA);
    cora.presses_start().await;
    let client_id = cora.client_id();
    (cora, client_id)
}

fn code(answer: Result<Started, Refused>) -> ProblemCode {
    answer.err().expect("it is refused").code()
}

/// One conversation with one text, and it is the user's.
async fn is_theirs_once(site: &Site, user: &Browser<'_>, conversation_id: &ConversationId) {
    assert_eq!(user.own().await, std::slice::from_ref(conversation_id));
    let head = user.looks_at(conversation_id).await.unwrap();
    assert_eq!(head.converted.unwrap().proof, Proof::SameBrowser);
    let written = site
        .texts("select body from message where kind = 'text'")
        .await;
    assert_eq!(written, ["Hello?"], "once");
    assert_eq!(site.count("conversation").await, 1);
}

scenarios! {
    async fn what_arrives_after_the_sign_in_is_the_users(site) {
        let mina = site.signed_in(&MINA).await;
        let (mut cora, client_id) = under_way(site).await;
        let mut user = cora.clone().on_behalf_of_user();
        user.signs_in().await;
        let started = cora.starts_as(&client_id, "Hello?").await.unwrap();
        let conversation_id = started.conversation.conversation_id;
        is_theirs_once(site, &user, &conversation_id).await;

        // The guest is nobody; their answer was lost, and they ask again, as both.
        assert_eq!(cora.session().await.role, Role::Visitor);
        assert_eq!(code(cora.starts_as(&client_id, "Hello?").await), ProblemCode::Continued);
        let again = user.starts_as(&client_id, "Hello?").await.unwrap();
        assert!(again.message == started.message, "the first answer, for ever");
        assert_eq!(again.conversation.conversation_id, conversation_id);
        is_theirs_once(site, &user, &conversation_id).await;
        mina.says(&conversation_id, "Good day").await;
        assert_eq!(user.reads(&conversation_id).await.unwrap().messages.len(), 3);
    }

    async fn what_arrived_before_the_sign_in_is_not_said_again_by_a_newcomer(site) {
        let (mut cora, client_id) = under_way(site).await;
        let started = cora.starts_as(&client_id, "Hello?").await.unwrap();
        let mut user = cora.clone().on_behalf_of_user();
        user.signs_in().await;
        // The answer was lost: by whichever cookie it is asked again, nothing is stored twice.
        assert_eq!(code(cora.starts_as(&client_id, "Hello?").await), ProblemCode::Continued);
        let again = user.starts_as(&client_id, "Hello?").await.unwrap();
        assert!(again.message == started.message);
        is_theirs_once(site, &user, &started.conversation.conversation_id).await;
        // Something new under the ended cookie is refused as ever, and whoever starts anew is somebody new.
        let other = cora.client_id();
        assert_eq!(code(cora.starts_as(&other, "More").await), ProblemCode::NoIdentity);
        cora.presses_start().await;
        cora.starts_as(&other, "More").await.unwrap();
        assert_eq!(site.count("conversation").await, 2);
    }

    async fn both_at_once_come_to_the_same(site) {
        for _ in 0..12 {
            let (cora, client_id) = under_way(site).await;
            let mut user = cora.clone().on_behalf_of_user();
            let (mut one, mut other) = (cora.clone(), cora.clone());
            let (_, first, second) = tokio::join!(
                user.signs_in(),
                one.starts_as(&client_id, "Hello?"),
                other.starts_as(&client_id, "Hello?"),
            );
            for answer in [first, second] {
                match answer {
                    Ok(started) => assert_eq!(started.message.text, "Hello?"),
                    Err(refused) => assert_eq!(refused.code(), ProblemCode::Continued),
                }
            }
            let again = user.starts_as(&client_id, "Hello?").await.unwrap();
            is_theirs_once(site, &user, &again.conversation.conversation_id).await;
            site.happened("delete from webhook_delivery").await;
            for table in ["conversion", "message", "participant", "conversation"] {
                let statement: &'static str = format!("delete from {table}").leak();
                site.happened(statement).await;
            }
            site.clock.advance(601_000);
        }
    }

    async fn on_two_servers_at_once_too(site) {
        if site.engine() == Engine::Sqlite {
            return;
        }
        let second = site.another_node().await;
        for _ in 0..12 {
            let (cora, client_id) = under_way(site).await;
            let mut user = cora.clone().on_behalf_of_user();
            let mut there = cora.at(&second);
            let (_, answer) = tokio::join!(user.signs_in(), there.starts_as(&client_id, "Hello?"));
            let started = answer.unwrap();
            is_theirs_once(site, &user, &started.conversation.conversation_id).await;
            for table in ["conversion", "message", "participant", "conversation"] {
                let statement: &'static str = format!("delete from {table}").leak();
                site.happened(statement).await;
            }
            site.clock.advance(601_000);
        }
        second.stop().await;
    }

    async fn with_another_address_it_stays_the_guests_and_the_user_is_asked(site) {
        let mut idris = site.browser(&IDRIS);
        idris.presses_start().await;
        let client_id = idris.client_id();
        let mut noor = idris.clone().on_behalf_of_user().used_by(&NOOR);
        noor.signs_in().await;
        let started = idris.starts_as(&client_id, "Hello?").await.unwrap();
        assert!(noor.own().await.is_empty());
        assert_eq!(noor.session().await.question.unwrap().guest_name, IDRIS.name);
        let again = idris.starts_as(&client_id, "Hello?").await.unwrap();
        assert!(again.message == started.message);
        noor.answers(true).await;
        assert_eq!(noor.own().await, [started.conversation.conversation_id]);
        assert_eq!(code(idris.starts_as(&client_id, "Hello?").await), ProblemCode::Continued);
        assert_eq!(site.count("message").await, 2);
    }

    async fn who_said_no_leaves_nothing_to_ask_about(site) {
        let mut idris = site.browser(&IDRIS);
        idris.presses_start().await;
        let client_id = idris.client_id();
        let mut noor = idris.clone().on_behalf_of_user().used_by(&NOOR);
        noor.signs_in().await;
        idris.starts_as(&client_id, "Hello?").await.unwrap();
        noor.answers(false).await;
        assert_eq!(code(idris.starts_as(&client_id, "Hello?").await), ProblemCode::NoIdentity);
        assert_eq!(site.count("message").await, 1);
    }

    async fn a_sign_in_is_remembered_for_minutes_and_while_it_lasts(site) {
        let arrives = async |policy: ConversionPolicy, wait_ms: i64, signs_out: bool| {
            site.converts(policy).await;
            let (mut cora, client_id) = under_way(site).await;
            let mut user = cora.clone().on_behalf_of_user();
            user.signs_in().await;
            if signs_out {
                user.signs_out().await;
            }
            site.clock.advance(wait_ms);
            cora.starts_as(&client_id, "Hello?").await.unwrap();
            cora.session().await.role
        };
        use ConversionPolicy::{AutoVerified, Off, SameBrowser};
        assert_eq!(arrives(SameBrowser, 599_000, false).await, Role::Visitor, "the control");
        assert_eq!(arrives(Off, 0, false).await, Role::Guest, "policy");
        assert_eq!(arrives(AutoVerified, 600_000, false).await, Role::Guest, "too late");
        assert_eq!(arrives(AutoVerified, 0, true).await, Role::Guest, "signed out");
    }

    async fn whoever_is_signed_in_as_somebody_awaits_nobody(site) {
        let (mut cora, client_id) = under_way(site).await;
        let mut user = cora.clone().on_behalf_of_user();
        let mut claims = site.claims(&CORA);
        claims["act"] = json!({"sub": "support-7"});
        user.brings(&claims).await.read::<Session>().unwrap();
        cora.starts_as(&client_id, "Hello?").await.unwrap();
        assert_eq!(cora.session().await.role, Role::Guest);
        assert!(user.own().await.is_empty());
    }

    async fn an_ended_cookie_tells_of_nothing_but_its_own(site) {
        let mut idris = site.browser(&IDRIS);
        let of_idris = idris.client_id();
        idris.presses_start().await;
        idris.starts_as(&of_idris, "Mine").await.unwrap();
        let mut user = idris.clone().on_behalf_of_user();
        user.signs_in().await;
        let (mut cora, client_id) = under_way(site).await;
        cora.starts_as(&client_id, "Hello?").await.unwrap();
        let mut user = cora.clone().on_behalf_of_user();
        user.signs_in().await;
        // The client ids of others, which staff see, lead nowhere; nor does a cookie that was never a guest's.
        assert_eq!(code(cora.starts_as(&of_idris, "Mine").await), ProblemCode::NoIdentity);
        assert_eq!(code(idris.starts_as(&client_id, "Hello?").await), ProblemCode::NoIdentity);
        let mut nobody = site.browser(&CORA);
        assert_eq!(code(nobody.starts_as(&client_id, "Hello?").await), ProblemCode::NoIdentity);
        // Nor may it do anything else than ask.
        assert_eq!(cora.gets::<serde_json::Value>("/api/conversations").await.err().unwrap().status, 401);
        assert_eq!(cora.posts("POST", "/api/code/enter", r#"{"code":"12345678"}"#).await.status, 401);
    }
}
