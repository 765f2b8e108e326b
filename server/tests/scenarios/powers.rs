//! What an admin does about somebody: powers, sessions, and the law that somebody is left who can undo it.

use crate::harness::{Browser, PASSWORD, Refused, Site, scenarios};
use serde_json::json;
use shared::account::{PersonShown, SessionDoor};
use shared::group::PersonRow;
use shared::identity::Role;
use shared::ids::PersonId;
use shared::problem::ProblemCode;
use shared::realtime::close;
use shared::samples::{ADA, CORA, MINA, NOOR, Person};

async fn sets(
    ada: &mut Browser<'_>,
    person_id: &PersonId,
    admin: &str,
    enabled: &str,
) -> Result<PersonRow, Refused> {
    let powers = json!({ "admin": admin, "enabled": enabled });
    let path = format!("/api/admin/people/{person_id}/powers");
    ada.writes("PUT", &path, &powers).await.read()
}

async fn id_of(site: &Site, person: &'static Person) -> PersonId {
    site.signed_in(person)
        .await
        .session()
        .await
        .person
        .unwrap()
        .person_id
}

scenarios! {
    async fn powers_are_given_and_taken_at_once(site) {
        let mut ada = site.admin_of(&ADA).await;
        let noor = site.signed_in(&NOOR).await;
        let noor_id = noor.session().await.person.unwrap().person_id;
        let before = site.count("audit").await;
        for _ in 0..2 {
            let row = sets(&mut ada, &noor_id, "on", "on").await.unwrap();
            assert!(row.is_admin && !row.is_disabled);
        }
        assert_eq!(site.count("audit").await - before, 1, "the same twice leaves no second line");
        assert_eq!(noor.session().await.role, Role::Admin);
        let at_admin = site.admin_of(&NOOR).await;
        assert_eq!(at_admin.status_of("/api/admin/session").await, 200);
        let row = sets(&mut ada, &noor_id, "off", "on").await.unwrap();
        assert!(!row.is_admin);
        assert_eq!(noor.session().await.role, Role::User);
        assert_eq!(at_admin.status_of("/api/admin/session").await, 401, "the admin page's session has ended");
    }

    async fn who_is_shut_out_is_out_everywhere_at_once(site) {
        let mut ada = site.admin_of(&ADA).await;
        site.has_account(&MINA).await;
        let mina = site.signed_in(&MINA).await;
        let mina_id = mina.session().await.person.unwrap().person_id;
        let mut socket = mina.listens().await;
        let row = sets(&mut ada, &mina_id, "off", "off").await.unwrap();
        assert!(row.is_disabled);
        assert_eq!(socket.is_closed().await.1, Some(close::SIGNED_OUT));
        assert_eq!(mina.status_of("/api/inbox").await, 401);
        assert!(site.browser(&MINA).signs_in_at_agent(PASSWORD).await.is_err());
        sets(&mut ada, &mina_id, "off", "on").await.unwrap();
        assert!(site.browser(&MINA).signs_in_at_agent(PASSWORD).await.is_ok());
    }

    async fn somebody_is_left_who_can_undo_it(site) {
        let mut ada = site.admin_of(&ADA).await;
        let (ada_id, noor_id) = (id_of(site, &ADA).await, id_of(site, &NOOR).await);
        for (admin, enabled) in [("off", "on"), ("on", "off"), ("off", "off")] {
            let refused = sets(&mut ada, &ada_id, admin, enabled).await.err().unwrap();
            assert_eq!(refused.code(), ProblemCode::LastAdmin);
        }
        // An admin who is shut out undoes nothing.
        sets(&mut ada, &noor_id, "on", "off").await.unwrap();
        assert_eq!(sets(&mut ada, &ada_id, "off", "on").await.err().unwrap().code(), ProblemCode::LastAdmin);
        sets(&mut ada, &noor_id, "on", "on").await.unwrap();
        assert!(sets(&mut ada, &ada_id, "off", "on").await.is_ok());
        assert_eq!(ada.status_of("/api/admin/session").await, 401);
    }

    async fn an_admin_sees_where_somebody_is_signed_in_and_ends_it(site) {
        let mut ada = site.admin_of(&ADA).await;
        let noor = site.signed_in(&NOOR).await;
        let noor_id = noor.session().await.person.unwrap().person_id;
        let mut socket = noor.listens().await;
        let path = format!("/api/admin/people/{noor_id}");
        let shown: PersonShown = ada.gets(&path).await.unwrap();
        assert_eq!((shown.person.name.as_str(), shown.sessions.len()), (NOOR.name, 1));
        assert!(shown.sessions[0].door == SessionDoor::Chat && !shown.sessions[0].is_own);
        for _ in 0..2 {
            assert_eq!(ada.asks("DELETE", &format!("{path}/sessions")).await.status, 204);
        }
        assert_eq!(socket.is_closed().await.1, Some(close::SIGNED_OUT));
        assert_eq!(noor.status_of("/api/conversations").await, 401);
        let shown: PersonShown = ada.gets(&path).await.unwrap();
        assert!(shown.sessions.is_empty());
    }

    async fn a_guest_and_nobody_have_no_powers(site) {
        let mut ada = site.admin_of(&ADA).await;
        let mut cora = site.browser(&CORA);
        cora.starts("Hello").await;
        let cora_id = cora.session().await.person.unwrap().person_id;
        let nobody: PersonId = site.app().mint.id();
        for person_id in [&cora_id, &nobody] {
            let refused = sets(&mut ada, person_id, "on", "on").await.err().unwrap();
            assert_eq!(refused.code(), ProblemCode::NotFound);
            let path = format!("/api/admin/people/{person_id}/sessions");
            assert_eq!(ada.asks("DELETE", &path).await.status, 404);
        }
        assert_eq!(cora.session().await.role, Role::Guest);
        let shown: PersonShown = ada.gets(&format!("/api/admin/people/{cora_id}")).await.unwrap();
        assert!(shown.person.is_guest && shown.sessions.is_empty());
        assert_eq!(ada.status_of(&format!("/api/admin/people/{nobody}")).await, 404);
        assert_eq!(ada.status_of("/api/admin/people/x").await, 404);
    }
}
