//! C3 and C6 to C11: who comes along at a sign-in elsewhere, and who does not.

use crate::harness::{Browser, Site, scenarios};
use serde_json::json;
use shared::{
    conversion::{ConversionPolicy, Proof},
    identity::Session,
    ids::ConversationId,
    safety::BlockScope,
    samples::{CORA, IDRIS, MINA, NOOR, TEO},
};

/// As long as a guest of a long time ago was away. **Units**: milliseconds.
const HALF_A_YEAR: i64 = 181 * 86_400_000;

/// A guest with Cora's address in a browser of their own.
async fn cora_elsewhere<'a>(site: &'a Site, text: &str) -> (Browser<'a>, ConversationId) {
    let mut cora = site.browser(&CORA);
    let conversation_id = cora.starts(text).await;
    (cora, conversation_id)
}

async fn proof_of(browser: &Browser<'_>, conversation_id: &ConversationId) -> Option<Proof> {
    let head = browser.looks_at(conversation_id).await.ok()?;
    head.converted.map(|converted| converted.proof)
}

scenarios! {
    async fn c03_a_guest_who_proved_the_mailbox_comes_along_with_that_proof(site) {
        let (_, proven) = cora_elsewhere(site, "One").await;
        site.happened("update person set email_verified = true where kind = 'guest'").await;
        let (_, typed) = cora_elsewhere(site, "Two").await;
        let mut cora = Browser::user(site, &CORA);
        cora.signs_in_verified().await;
        assert_eq!(proof_of(&cora, &proven).await, Some(Proof::Mailbox));
        assert_eq!(proof_of(&cora, &typed).await, Some(Proof::AddressOnly));
    }

    async fn c05_under_auto_any_the_address_is_enough_and_under_same_browser_it_never_is(site) {
        let (_, conversation_id) = cora_elsewhere(site, "Hello").await;
        let mut cora = Browser::user(site, &CORA);
        for policy in [ConversionPolicy::Off, ConversionPolicy::SameBrowser] {
            site.converts(policy).await;
            cora.signs_in_verified().await;
            assert_eq!(cora.own().await.len(), 0, "{policy:?}");
        }
        site.converts(ConversionPolicy::AutoAny).await;
        cora.signs_in().await;
        assert_eq!(proof_of(&cora, &conversation_id).await, Some(Proof::AddressOnly));
    }

    async fn c06_who_is_blocked_or_reported_stays_a_guest_until_an_admin_says_otherwise(site) {
        let mina = site.signed_in(&MINA).await;
        let ada = site.admin_of(&shared::samples::ADA).await;
        let mina_id = mina.session().await.person.unwrap().person_id;
        let (blocked, first) = cora_elsewhere(site, "One").await;
        let blocked_id = blocked.session().await.person.unwrap().person_id;
        site.blocks(&mina_id, &blocked_id, BlockScope::Site, &first).await;
        let (_, second) = cora_elsewhere(site, "Two").await;
        assert_eq!(mina.reports(&second, 1, "Rude").await.status, 204);
        // Not even in the very browser.
        let mut here = blocked.clone().on_behalf_of_user();
        here.signs_in_verified().await;
        assert!(here.own().await.is_empty());
        assert!(here.session().await.question.is_none(), "nor is it asked");
        assert!(blocked.reads(&first).await.is_ok(), "the session goes on");
        let report = ada.reads_reports("").await.reports.remove(0);
        let path = format!("/api/admin/reports/{}/dismiss", report.report_id);
        assert_eq!(ada.posts("POST", &path, "").await.status, 204);
        here.signs_in_verified().await;
        assert_eq!(here.own().await, [second]);
        let block = ada.reads_blocks().await.blocks.remove(0);
        assert_eq!(block.blocked.person_id, blocked_id, "a block stays on the guest");
    }

    async fn c07_who_was_somebodys_is_never_converted_again_by_itself(site) {
        let ada = site.admin_of(&shared::samples::ADA).await;
        let (guest, conversation_id) = cora_elsewhere(site, "Hello").await;
        let mut cora = Browser::user(site, &CORA);
        cora.signs_in_verified().await;
        ada.undoes_latest(&conversation_id).await;
        // Neither to the same user, nor to another one, nor in the very browser; and nobody is asked.
        cora.signs_in_verified().await;
        let mut other = guest.clone().on_behalf_of_user();
        let mut claims = site.verified_claims(&CORA);
        claims["sub"] = json!("another account");
        site.happened("update person set email = null where external_id = 'cora'").await;
        other.brings(&claims).await.read::<Session>().unwrap();
        assert!(cora.own().await.is_empty() && other.own().await.is_empty());
        assert!(other.session().await.question.is_none());
        assert!(guest.reads(&conversation_id).await.is_ok(), "the guest goes on");
    }

    async fn c08_where_two_users_share_the_address_only_the_browser_counts(site) {
        let (_, elsewhere) = cora_elsewhere(site, "Elsewhere").await;
        let mut twin = Browser::user(site, &IDRIS);
        let mut claims = site.verified_claims(&CORA);
        claims["sub"] = json!("twin");
        site.converts(ConversionPolicy::Off).await;
        twin.brings(&claims).await.read::<Session>().unwrap();
        site.converts(ConversionPolicy::AutoVerified).await;
        let (here, own) = cora_elsewhere(site, "Here").await;
        let mut cora = here.clone().on_behalf_of_user();
        cora.signs_in_verified().await;
        assert_eq!(cora.own().await, [own]);
        // The other account ends, and with it the doubt.
        site.happened("update person set disabled_at = 1 where external_id = 'twin'").await;
        cora.signs_in_verified().await;
        assert_eq!(proof_of(&cora, &elsewhere).await, Some(Proof::AddressOnly));
    }

    async fn c10_each_browsers_guest_comes_along_with_its_own_conversation(site) {
        let mina = site.signed_in(&MINA).await;
        let (_, old) = cora_elsewhere(site, "Long ago").await;
        let (_, revived) = cora_elsewhere(site, "Long ago too").await;
        site.keeps_everything().await;
        site.clock.advance(HALF_A_YEAR);
        let mut mina_now = mina.clone();
        mina_now.signs_in().await;
        mina_now.says(&revived, "Are you still there?").await;
        let mut came = Vec::new();
        for number in 0..22 {
            came.push(cora_elsewhere(site, &format!("Number {number}")).await.1);
            site.clock.advance(60_000);
        }
        let mut cora = Browser::user(site, &CORA);
        cora.signs_in_verified().await;
        let page: shared::conversation::ConversationPage =
            cora.gets("/api/conversations?limit=100").await.unwrap();
        let own: Vec<ConversationId> =
            page.conversations.into_iter().map(|head| head.conversation_id).collect();
        assert_eq!(own.len(), 20);
        assert!(came[2..].iter().all(|newest| own.contains(newest)));
        for stays in [&old, &revived, &came[0], &came[1]] {
            assert!(!own.contains(stays), "what the guest wrote is too old, or others are newer");
        }
        assert_eq!(site.count("conversion").await, 20);
    }

    async fn c11_an_address_that_the_host_changes_later_counts_once_it_is_verified(site) {
        site.converts(ConversionPolicy::AutoAny).await;
        let (_, of_noor) = {
            let mut noor = site.browser(&NOOR);
            let id = noor.starts("Noor's").await;
            (noor, id)
        };
        let (_, of_cora) = cora_elsewhere(site, "Cora's").await;
        let mut noor = Browser::user(site, &NOOR);
        noor.signs_in().await;
        assert_eq!(noor.own().await, std::slice::from_ref(&of_noor));
        let renamed = |is_verified: Option<bool>| {
            let mut claims = site.claims(&NOOR);
            claims["email"] = json!(CORA.email);
            if let Some(is_verified) = is_verified {
                claims["email_verified"] = json!(is_verified);
            }
            claims
        };
        for says in [None, Some(false), None] {
            noor.brings(&renamed(says)).await.read::<Session>().unwrap();
            assert_eq!(noor.own().await, std::slice::from_ref(&of_noor), "nothing moves, nothing comes");
        }
        noor.brings(&renamed(Some(true))).await.read::<Session>().unwrap();
        assert_eq!(proof_of(&noor, &of_cora).await, Some(Proof::AddressOnly));
        assert!(noor.own().await.contains(&of_noor));
    }

    async fn c11_an_address_that_the_host_changed_is_asked_about_in_the_very_browser(site) {
        site.signed_in(&NOOR).await;
        let (guest, hall) = cora_elsewhere(site, "Cora's").await;
        let mut noor = guest.clone().on_behalf_of_user().used_by(&NOOR);
        let renamed = |is_verified: bool| {
            let mut claims = site.claims(&NOOR);
            claims["email"] = json!(CORA.email);
            claims["email_verified"] = json!(is_verified);
            claims
        };
        // Whoever may choose their address at the host chooses another one's: the guest is not theirs for that.
        noor.brings(&renamed(false)).await.read::<Session>().unwrap();
        assert!(noor.own().await.is_empty());
        assert!(noor.session().await.question.is_some());
        assert!(guest.reads(&hall).await.is_ok());
        noor.brings(&renamed(true)).await.read::<Session>().unwrap();
        assert_eq!(proof_of(&noor, &hall).await, Some(Proof::SameBrowser));
    }

    async fn g5_an_agents_address_gains_nothing_and_their_own_browser_does(site) {
        let mut pretender = site.browser(&CORA);
        pretender.presses_start().await;
        let client_id = pretender.client_id();
        // The agent's name is reserved; the address is anybody's to type.
        let answer = pretender
            .writes("POST", "/api/conversations", &json!({
                "client_id": client_id, "text": "Hello", "with": null,
                "guest": {"name": "Somebody", "email": TEO.email},
            }))
            .await;
        let started: shared::conversation::Started = answer.read().unwrap();
        let conversation_id = started.conversation.conversation_id;
        site.converts(ConversionPolicy::AutoAny).await;
        let mut teo = Browser::user(site, &TEO);
        teo.signs_in_verified().await;
        assert!(teo.own().await.is_empty());
        // Groups are off for a while: an agent stays one as far as an address goes.
        site.sets(|settings| {
            settings.user_groups = shared::settings::Switch::Off;
            settings.guest_mode = shared::settings::Switch::Off;
        }).await;
        teo.signs_in_verified().await;
        assert!(teo.own().await.is_empty());
        site.sets(|settings| {
            settings.user_groups = shared::settings::Switch::On;
            settings.guest_mode = shared::settings::Switch::On;
        }).await;
        let mut here = pretender.clone().on_behalf_of_user().used_by(&TEO);
        here.signs_in().await;
        assert_eq!(here.own().await, std::slice::from_ref(&conversation_id));
        assert_eq!(proof_of(&here, &conversation_id).await, Some(Proof::SameBrowser));
        let mina = site.signed_in(&MINA).await;
        let inbox = mina.reads_inbox().await.conversations;
        assert!(inbox.is_empty(), "a colleague's own is in no inbox");
    }

    async fn c14_who_is_registered_before_they_open_the_widget_finds_it_there(site) {
        use porchlight::conversion::change::{Arriving, ConversionTerms, convert_arriving};
        let (guest, conversation_id) = cora_elsewhere(site, "Hello").await;
        let user = porchlight::person::change::NewUser {
            external_id: CORA.key.into(),
            name: CORA.name.into(),
            email: Some(CORA.email.into()),
        };
        let app = site.app();
        let added = app.writer.run((site.by(), user), |tx, (by, user)| {
            Box::pin(porchlight::person::change::add_user(tx, by, user))
        });
        let user = added.await.unwrap().unwrap();
        let arriving = Arriving {
            user,
            guest_cookie: None,
            is_acted: false,
            terms: ConversionTerms::of(&site.app().policy().settings),
        };
        let arrives = async || {
            let input = (site.by(), arriving.clone());
            let done = app.writer.run(input, |tx, (by, arriving)| {
                Box::pin(convert_arriving(tx, by, arriving))
            });
            done.await.unwrap_or_else(|_| panic!("it is stored"))
        };
        assert!(arrives().await.is_empty(), "not before the host says that it is verified");
        site.happened("update person set email_verified = true where external_id = 'cora'").await;
        assert_eq!(arrives().await, std::slice::from_ref(&conversation_id));
        assert!(arrives().await.is_empty(), "once");
        assert_eq!(guest.session().await.continued_as.as_deref(), Some("c•••@example.org"));
        let cora = site.signed_in(&CORA).await;
        assert_eq!(cora.own().await, [conversation_id]);
    }
}
