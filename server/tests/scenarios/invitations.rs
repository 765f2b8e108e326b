//! Invitations and links for a new password: what they make, once, and what ends them.

use crate::harness::{Answer, Browser, NEXT, ORIGIN, PASSWORD, Refused, scenarios};
use serde_json::{Value, json};
use shared::account::{InvitationList, InvitationMade, InvitationShown, PersonShown};
use shared::identity::{Role, Session};
use shared::ids::PersonId;
use shared::problem::{Field, Problem, ProblemCode};
use shared::realtime::close;
use shared::samples::{ADA, CORA, LONG, MINA, NOOR, Person, RIGHT_TO_LEFT, TEO, group_id};

const INVITATIONS: &str = "/api/admin/invitations";

/// What an admin types about somebody.
fn about(person: &Person) -> Value {
    json!({ "name": person.name, "email": person.email, "admin": "off", "group_id": null, "by_mail": "off" })
}

async fn invites(ada: &mut Browser<'_>, form: &Value) -> Result<InvitationMade, Refused> {
    ada.writes("POST", INVITATIONS, form).await.read()
}

/// The token behind the `#` of a link.
fn token(made: &InvitationMade) -> String {
    let (page, token) = made.link.split_once('#').unwrap();
    assert_eq!(page, format!("{ORIGIN}/admin/invitation"));
    token.to_owned()
}

async fn checks(browser: &mut Browser<'_>, token: &str) -> Result<InvitationShown, Refused> {
    browser
        .writes("POST", "/api/invitations/check", &json!({ "token": token }))
        .await
        .read()
}

async fn takes(browser: &mut Browser<'_>, token: &str, password: &str) -> Answer {
    let form = json!({ "token": token, "name": browser.person.name, "password": password });
    browser.writes("POST", "/api/invitations", &form).await
}

async fn links(ada: &mut Browser<'_>, person_id: &PersonId) -> Result<InvitationMade, Refused> {
    ada.asks(
        "POST",
        &format!("/api/admin/people/{person_id}/password-link"),
    )
    .await
    .read()
}

scenarios! {
    async fn an_invitation_lets_somebody_in_as_what_it_says(site) {
        let mut ada = site.admin_of(&ADA).await;
        let guest_group = site.app().policy().guest_group().cloned();
        for (person, admin, group, role) in [
            (&CORA, "off", None, Role::User),
            (&LONG, "off", guest_group, Role::Agent),
            (&RIGHT_TO_LEFT, "on", None, Role::Admin),
        ] {
            let mut form = about(person);
            (form["admin"], form["group_id"]) = (admin.into(), json!(group));
            let made = invites(&mut ada, &form).await.unwrap();
            assert_eq!((made.invitation.role, made.was_mailed), (role, false));
            let mut browser = site.browser(person).on_behalf_of_user();
            let shown = checks(&mut browser, &token(&made)).await.unwrap();
            assert_eq!((shown.name.as_str(), shown.email.as_str(), shown.role), (person.name, person.email, role));
            let session: Session = takes(&mut browser, &token(&made), PASSWORD).await.read().unwrap();
            assert_eq!((session.role, session.has_account), (role, true));
            assert_eq!(browser.session().await.person.unwrap().name, person.name);
            let at_admin = browser.clone().on_admin_page().status_of("/api/admin/session").await;
            assert_eq!(at_admin == 200, role == Role::Admin, "{role:?}");
            // Once.
            let refused = takes(&mut site.browser(&NOOR), &token(&made), PASSWORD).await;
            assert_eq!(refused.status, 404);
            assert!(checks(&mut browser, &token(&made)).await.is_err());
            assert!(site.browser(person).signs_in_at_agent(PASSWORD).await.is_ok());
        }
        let list: InvitationList = ada.gets(INVITATIONS).await.unwrap();
        assert!(list.invitations.is_empty());
    }

    async fn an_invitation_is_listed_revoked_replaced_and_runs_out(site) {
        let mut ada = site.admin_of(&ADA).await;
        let first = invites(&mut ada, &about(&CORA)).await.unwrap();
        let second = invites(&mut ada, &about(&CORA)).await.unwrap();
        let mut cora = site.browser(&CORA);
        assert!(checks(&mut cora, &token(&first)).await.is_err(), "of one address one waits");
        let list: InvitationList = ada.gets(INVITATIONS).await.unwrap();
        assert_eq!(list.invitations.len(), 1);
        assert_eq!(list.invitations[0].invitation_id, second.invitation.invitation_id);
        let path = format!("{INVITATIONS}/{}", second.invitation.invitation_id);
        assert_eq!(ada.asks("DELETE", &path).await.status, 204);
        assert_eq!(ada.asks("DELETE", &path).await.status, 404);
        assert_eq!(ada.asks("DELETE", &format!("{INVITATIONS}/x")).await.status, 404);
        assert_eq!(takes(&mut cora, &token(&second), PASSWORD).await.status, 404);

        let third = invites(&mut ada, &about(&CORA)).await.unwrap();
        site.clock.advance(7 * 86_400_000 - 1_000);
        assert!(checks(&mut cora, &token(&third)).await.is_ok());
        site.clock.advance(1_000);
        assert_eq!(takes(&mut cora, &token(&third), PASSWORD).await.status, 404);
        assert_eq!(site.count("account").await, 0);
    }

    async fn an_invitation_dies_with_the_powers_of_who_made_it(site) {
        let mut ada = site.admin_of(&ADA).await;
        site.makes_admin(&MINA, true).await;
        let made = invites(&mut ada, &about(&CORA)).await.unwrap();
        site.makes_admin(&ADA, false).await;
        let mut cora = site.browser(&CORA);
        assert_eq!(takes(&mut cora, &token(&made), PASSWORD).await.status, 404);
        site.makes_admin(&ADA, true).await;
        site.disables(&ADA).await;
        assert_eq!(takes(&mut cora, &token(&made), PASSWORD).await.status, 404);
    }

    async fn a_bad_invitation_is_refused_with_its_field(site) {
        let mut ada = site.admin_of(&ADA).await;
        site.has_account(&MINA).await;
        for (key, value, problem) in [
            ("name", json!(""), Problem::about(ProblemCode::NameRequired, Field::Name)),
            ("email", json!("cora"), Problem::about(ProblemCode::EmailNoAt, Field::Email)),
            ("email", json!("a@x.org\r\nBcc: b@x.org"), Problem::about(ProblemCode::EmailShape, Field::Email)),
            ("email", json!(MINA.email), Problem::about(ProblemCode::EmailTaken, Field::Email)),
            ("group_id", json!(group_id(9)), Problem::about(ProblemCode::NoSuchGroup, Field::GroupId)),
            ("by_mail", json!("on"), ProblemCode::MailOff.into()),
        ] {
            let mut form = about(&CORA);
            form[key] = value;
            let refused = invites(&mut ada, &form).await.err().unwrap();
            assert_eq!(refused.problem, problem, "{key}");
        }
        assert_eq!(site.count("invitation").await, 0);
        let made = invites(&mut ada, &about(&CORA)).await.unwrap();
        let mut cora = site.browser(&CORA);
        for (password, code) in [("short", ProblemCode::PasswordShort), ("cora lindqvist", ProblemCode::PasswordWeak)] {
            let refused = takes(&mut cora, &token(&made), password).await.read::<Session>().err().unwrap();
            assert_eq!(refused.problem, Problem::about(code, Field::Password));
        }
        assert!(checks(&mut cora, &token(&made)).await.is_ok(), "a mistake leaves the link");
    }

    async fn only_so_many_invitations_wait(site) {
        let mut ada = site.admin_of(&ADA).await;
        for number in 0..100 {
            let mut form = about(&CORA);
            form["email"] = format!("cora{number}@example.org").into();
            invites(&mut ada, &form).await.unwrap();
        }
        let refused = invites(&mut ada, &about(&CORA)).await.err().unwrap();
        assert_eq!(refused.code(), ProblemCode::TooMany);
    }

    async fn a_link_for_a_new_password_ends_every_session_before_it(site) {
        let mut ada = site.admin_of(&ADA).await;
        site.has_account(&MINA).await;
        let mut mina = site.browser(&MINA).on_behalf_of_user();
        mina.signs_in_at_agent(PASSWORD).await.unwrap();
        let mina_id = mina.session().await.person.unwrap().person_id;
        let mut socket = mina.listens().await;
        let former = links(&mut ada, &mina_id).await.unwrap();
        let made = links(&mut ada, &mina_id).await.unwrap();
        assert_eq!((made.invitation.role, made.invitation.email.as_str()), (Role::Agent, MINA.email));
        let mut phone = site.browser(&MINA).on_behalf_of_user();
        assert_eq!(takes(&mut phone, &token(&former), NEXT).await.status, 404, "the later one counts");
        assert_eq!(mina.status_of("/api/inbox").await, 200);
        let session: Session = takes(&mut phone, &token(&made), NEXT).await.read().unwrap();
        assert_eq!((session.role, session.person.unwrap().person_id), (Role::Agent, mina_id.clone()));
        assert_eq!(socket.is_closed().await.1, Some(close::SIGNED_OUT));
        assert_eq!(mina.status_of("/api/inbox").await, 401);
        assert!(mina.signs_in_at_agent(PASSWORD).await.is_err());
        assert!(mina.signs_in_at_agent(NEXT).await.is_ok());
        let shown: PersonShown = ada.gets(&format!("/api/admin/people/{mina_id}")).await.unwrap();
        assert!(shown.person.has_account);
    }

    async fn a_host_user_gets_into_the_admin_page_by_a_link(site) {
        let mut ada = site.admin_of(&ADA).await;
        let own = ada.gets::<shared::account::AdminSession>("/api/admin/session").await.unwrap().person;
        let made = links(&mut ada, &own.person_id).await.unwrap();
        let mut elsewhere = site.browser(&ADA).on_admin_page();
        assert_eq!(takes(&mut elsewhere, &token(&made), PASSWORD).await.status, 200);
        assert_eq!(elsewhere.status_of("/api/admin/session").await, 200);
        assert_eq!(ada.status_of("/api/admin/session").await, 401, "every session before it ended");
        // The host's word goes on counting as well.
        let framed = site.signed_in(&ADA).await;
        assert_eq!(framed.session().await.role, Role::Admin);
    }

    async fn a_link_is_for_users_alone(site) {
        let mut ada = site.admin_of(&ADA).await;
        let mut cora = site.browser(&CORA);
        cora.starts("Hello").await;
        let cora_id = cora.session().await.person.unwrap().person_id;
        assert_eq!(links(&mut ada, &cora_id).await.err().unwrap().code(), ProblemCode::NotFound);
        let teo_id = site.signed_in(&TEO).await.session().await.person.unwrap().person_id;
        let made = links(&mut ada, &teo_id).await.unwrap();
        site.disables(&TEO).await;
        assert_eq!(takes(&mut site.browser(&TEO), &token(&made), PASSWORD).await.status, 404);
        assert_eq!(links(&mut ada, &teo_id).await.err().unwrap().code(), ProblemCode::NotFound);
        let nobody: PersonId = site.app().mint.id();
        assert_eq!(links(&mut ada, &nobody).await.err().unwrap().code(), ProblemCode::NotFound);
        // Another's account holds the address by now.
        let mut form = about(&CORA);
        form["email"] = NOOR.email.into();
        let taken = invites(&mut ada, &form).await.unwrap();
        let noor_id = site.signed_in(&NOOR).await.session().await.person.unwrap().person_id;
        assert_eq!(takes(&mut site.browser(&CORA), &token(&taken), PASSWORD).await.status, 200);
        assert_eq!(links(&mut ada, &noor_id).await.err().unwrap().code(), ProblemCode::EmailTaken);
    }
}
