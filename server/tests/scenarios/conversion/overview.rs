//! What staff and admins see of conversions: the hint, the list, the dry run.

use crate::harness::{Browser, Site, scenarios};
use serde_json::json;
use shared::{
    conversion::{ConversionPolicy, DryRun, DryRunOutcome, SameAddress},
    identity::Session,
    ids::ConversationId,
    safety::BlockScope,
    samples::{ADA, CORA, IDRIS, MINA, NOOR, Person, TEO},
    settings::Switch,
};

async fn guest_of(site: &Site, person: &'static Person, email: &str) -> ConversationId {
    let mut browser = site.browser(person);
    browser.presses_start().await;
    let started: shared::conversation::Started = browser
        .writes(
            "POST",
            "/api/conversations",
            &json!({
                "client_id": browser.client_id(), "text": "Hello", "with": null,
                "guest": {"name": "Somebody", "email": email},
            }),
        )
        .await
        .read()
        .unwrap();
    started.conversation.conversation_id
}

pub async fn plans(ada: &Browser<'_>, policy: ConversionPolicy) -> DryRunOutcome {
    let body = serde_json::to_vec(&DryRun { policy }).unwrap();
    ada.posts("POST", "/api/admin/conversions/plan", body)
        .await
        .read()
        .unwrap()
}

scenarios! {
    async fn the_dry_run_counts_every_guest_once_and_changes_nothing(site) {
        let ada = site.admin_of(&ADA).await;
        let mina = site.signed_in(&MINA).await;
        let mina_id = mina.session().await.person.unwrap().person_id;
        assert_eq!(plans(&ada, ConversionPolicy::AutoAny).await, DryRunOutcome::default());
        // Noor is a user; Teo an agent. Nobody has verified anything.
        let blocked = guest_of(site, &CORA, NOOR.email).await;
        let blocked_id = mina.looks_at(&blocked).await.unwrap().customer.unwrap().face.person_id;
        site.blocks(&mina_id, &blocked_id, BlockScope::Site, &blocked).await;
        guest_of(site, &CORA, NOOR.email).await;
        guest_of(site, &CORA, "NOOR@example.org").await;
        guest_of(site, &CORA, TEO.email).await;
        guest_of(site, &CORA, "nobody@example.org").await;
        let base = DryRunOutcome { guests: 5, blocked: 1, of_staff: 1, unclaimed: 1, ..DryRunOutcome::default() };
        for policy in [ConversionPolicy::Off, ConversionPolicy::SameBrowser] {
            assert_eq!(plans(&ada, policy).await, DryRunOutcome { by_policy: 2, ..base });
        }
        assert_eq!(plans(&ada, ConversionPolicy::AutoVerified).await, DryRunOutcome { unverified: 2, ..base });
        assert_eq!(plans(&ada, ConversionPolicy::AutoAny).await, DryRunOutcome { by_address: 2, users: 1, ..base });
        let mut twin = Browser::user(site, &IDRIS);
        let mut claims = site.claims(&NOOR);
        claims["sub"] = json!("twin");
        twin.brings(&claims).await.read::<Session>().unwrap();
        assert_eq!(plans(&ada, ConversionPolicy::AutoAny).await, DryRunOutcome { ambiguous: 2, ..base });
        site.happened("update person set disabled_at = 1 where external_id = 'twin'").await;
        assert_eq!(site.count("conversion").await, 0, "nothing happened");

        // What is said would happen, happens.
        site.happened("update person set email_verified = true where external_id = 'noor' or email_as_typed = 'NOOR@example.org'").await;
        assert_eq!(
            plans(&ada, ConversionPolicy::AutoVerified).await,
            DryRunOutcome { by_address: 1, by_mailbox: 1, users: 1, ..base }
        );
        let mut noor = Browser::user(site, &NOOR);
        noor.signs_in_verified().await;
        assert_eq!(noor.own().await.len(), 2);
        assert_eq!(plans(&ada, ConversionPolicy::AutoVerified).await, DryRunOutcome { guests: 3, ..base });
        let undone = noor.own().await.remove(0);
        ada.undoes_latest(&undone).await;
        assert_eq!(
            plans(&ada, ConversionPolicy::AutoVerified).await,
            DryRunOutcome { guests: 4, settled: 1, ..base }
        );
        site.keeps_everything().await;
        site.clock.advance(181 * 86_400_000);
        guest_of(site, &CORA, NOOR.email).await;
        site.clock.advance(181 * 86_400_000);
        let ada = site.admin_of(&ADA).await;
        assert_eq!(
            plans(&ada, ConversionPolicy::AutoVerified).await,
            DryRunOutcome { guests: 5, settled: 1, old: 1, ..base }
        );
        assert_eq!(mina.posts("POST", "/api/admin/conversions/plan", r#"{"policy":"off"}"#).await.status, 401);
        assert_eq!(ada.posts("POST", "/api/admin/conversions/plan", r#"{"policy":"all"}"#).await.status, 400);
    }

    async fn staff_are_hinted_at_who_typed_the_same_address_and_nobody_else_is(site) {
        let mut mina = site.signed_in(&MINA).await;
        let first = guest_of(site, &CORA, CORA.email).await;
        site.clock.advance(60_000);
        let second = guest_of(site, &CORA, "CORA@EXAMPLE.org").await;
        guest_of(site, &IDRIS, IDRIS.email).await;
        let path = |id: &ConversationId| format!("/api/conversations/{id}/same-address");
        let hint: SameAddress = mina.gets(&path(&first)).await.unwrap();
        let [row] = hint.conversations.try_into().ok().unwrap();
        assert_eq!((row.conversation_id, row.is_user), (second.clone(), false));
        // A user of that address is one of them; their conversations stay their own.
        let mut cora = Browser::user(site, &CORA);
        cora.signs_in().await;
        let client_id = cora.client_id();
        let own = cora.starts_as(&client_id, "Mine").await.unwrap().conversation.conversation_id;
        let hint: SameAddress = mina.gets(&path(&own)).await.unwrap();
        assert_eq!(hint.conversations.len(), 2);
        let hint: SameAddress = mina.gets(&path(&first)).await.unwrap();
        assert!(hint.conversations.iter().any(|row| row.is_user && row.conversation_id == own));

        let refused = async |browser: &Browser<'_>, id: &ConversationId| browser.gets::<SameAddress>(&path(id)).await.err().unwrap().status;
        assert_eq!(refused(&cora, &own).await, 404);
        assert_eq!(refused(&site.browser(&IDRIS), &own).await, 401);
        let nothing: ConversationId = site.app().mint.id();
        assert_eq!(refused(&mina, &nothing).await, 404);
        let client_id = mina.client_id();
        let of_staff = mina.starts_as(&client_id, "A colleague's own").await.unwrap().conversation.conversation_id;
        assert_eq!(refused(&mina, &of_staff).await, 404, "agents are customers there");
        // Where agents see no addresses they learn nothing of equal ones either.
        site.sets(|settings| settings.agents_see_addresses = Switch::Off).await;
        let hint: SameAddress = mina.gets(&path(&first)).await.unwrap();
        assert!(hint.conversations.is_empty());
        let ada = site.signed_in(&ADA).await;
        let hint: SameAddress = ada.gets(&path(&first)).await.unwrap();
        assert_eq!(hint.conversations.len(), 2);
    }

    async fn the_admin_page_hints_at_who_typed_the_same_address(site) {
        let ada = site.admin_of(&ADA).await;
        let first = guest_of(site, &CORA, CORA.email).await;
        let second = guest_of(site, &CORA, CORA.email).await;
        let alone = guest_of(site, &IDRIS, IDRIS.email).await;
        let path = |id: &ConversationId| format!("/api/admin/conversations/{id}/same-address");
        let found = async |id: &ConversationId| {
            let hint: SameAddress = ada.gets(&path(id)).await.unwrap();
            hint.conversations.into_iter().map(|row| row.conversation_id).collect::<Vec<_>>()
        };
        assert_eq!(found(&first).await, std::slice::from_ref(&second));
        assert_eq!(found(&second).await, std::slice::from_ref(&first));
        assert_eq!(found(&alone).await, []);
        let nothing: ConversationId = site.app().mint.id();
        assert_eq!(ada.gets::<SameAddress>(&path(&nothing)).await.err().unwrap().status, 404);
        let mina = site.signed_in(&MINA).await;
        assert_eq!(mina.gets::<SameAddress>(&path(&first)).await.err().unwrap().status, 404);
    }
}
