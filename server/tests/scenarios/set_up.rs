//! The first admin: a link that works once, for an hour, and only while there is no admin.

use crate::harness::{Answer, Browser, ORIGIN, PASSWORD, Site, scenarios};
use serde_json::{Value, json};
use shared::account::AdminSession;
use shared::identity::Role;
use shared::problem::{Field, Problem, ProblemCode};
use shared::samples::{ADA, CORA, MINA, Person, TEO};

const CHECK: &str = "/api/setup/check";
const SETUP: &str = "/api/setup";

/// What somebody types into the form.
fn form(token: &str, person: &Person) -> Value {
    json!({
        "token": token,
        "name": person.name,
        "email": person.email,
        "password": PASSWORD,
        "site_name": "Lantern & Loom",
        "site_address": "https://shop.example/",
    })
}

/// A site without an admin, and the link of its next start.
async fn without_admin(site: &Site) -> String {
    site.makes_admin(&ADA, false).await;
    site.setup_token().await.unwrap()
}

async fn checks(browser: &mut Browser<'_>, token: &str) -> u16 {
    browser
        .writes("POST", CHECK, &json!({ "token": token }))
        .await
        .status
}

async fn follows(browser: &mut Browser<'_>, form: &Value) -> Answer {
    browser.writes("POST", SETUP, form).await
}

scenarios! {
    async fn the_link_makes_the_first_admin_and_the_site_theirs(site) {
        let token = without_admin(site).await;
        let mut ada = site.browser(&ADA).on_admin_page();
        assert_eq!(checks(&mut ada, &token).await, 204);
        // 503 where the server was built without its pages.
        assert_ne!(ada.status_of("/admin/setup").await, 404, "the page is there");
        let audit = site.count("audit").await;
        let session: AdminSession = follows(&mut ada, &form(&token, &ADA)).await.read().unwrap();
        assert_eq!((session.person.name.as_str(), session.has_account), (ADA.name, true));
        assert_eq!((session.site.site_name.as_str(), session.public_origin.as_str()), ("Lantern & Loom", ORIGIN));
        assert!(session.warnings.is_empty());
        assert_eq!(site.app().policy().settings.allowed_origins, ["https://shop.example"]);
        assert_eq!(site.count("audit").await - audit, 2, "set up, and the settings that changed");
        assert_eq!(ada.status_of("/api/admin/session").await, 200);
        assert_eq!(ada.clone().on_behalf_of_user().session().await.role, Role::Admin);
        // Over: for the page, for this link, and for the next start.
        assert_eq!(ada.status_of("/admin/setup").await, 404);
        assert_eq!(checks(&mut ada, &token).await, 404);
        assert_eq!(follows(&mut ada, &form(&token, &TEO)).await.status, 404);
        assert_eq!(site.setup_token().await, None);
        // And Ada comes back by her password.
        assert!(site.browser(&ADA).on_admin_page().signs_in_at_admin(PASSWORD).await.is_ok());
    }

    async fn a_link_that_does_not_work_is_not_there_and_costs_no_hash(site) {
        let token = without_admin(site).await;
        let mut cora = site.browser(&CORA);
        let people = site.count("person").await;
        let other = site.app().mint.token();
        for bad in ["", "x", &token[1..], &other, "' or 1=1 --"] {
            assert_eq!(checks(&mut cora, bad).await, 404, "{bad:?}");
            assert_eq!(follows(&mut cora, &form(bad, &CORA)).await.status, 404, "{bad:?}");
        }
        // The next start replaces it; an hour ends it.
        let next = site.setup_token().await.unwrap();
        assert_eq!(checks(&mut cora, &token).await, 404);
        site.clock.advance(3_599_000);
        assert_eq!(checks(&mut cora, &next).await, 204);
        site.clock.advance(1_000);
        assert_eq!(follows(&mut cora, &form(&next, &CORA)).await.status, 404);
        // So does an admin who was made by the command line meanwhile.
        let last = site.setup_token().await.unwrap();
        site.makes_admin(&MINA, true).await;
        assert_eq!(checks(&mut cora, &last).await, 404);
        assert_eq!(follows(&mut cora, &form(&last, &CORA)).await.status, 404);
        assert_eq!((site.count("person").await, site.count("account").await), (people, 0));
        assert_eq!(site.app().passwords.computed(), 0);
    }

    async fn a_mistake_in_the_form_stores_nothing_and_leaves_the_link(site) {
        let token = without_admin(site).await;
        let mut ada = site.browser(&ADA).on_admin_page();
        let people = site.count("person").await;
        for (key, value, code, field) in [
            ("name", " ", ProblemCode::NameRequired, Field::Name),
            ("email", "ada", ProblemCode::EmailNoAt, Field::Email),
            ("password", "short", ProblemCode::PasswordShort, Field::Password),
            ("password", "ada brandt ada", ProblemCode::PasswordWeak, Field::Password),
            ("site_name", "", ProblemCode::NameRequired, Field::SiteName),
            ("site_address", "shop.example", ProblemCode::OriginScheme, Field::SiteAddress),
            ("site_address", "https://*.shop.example", ProblemCode::OriginHost, Field::SiteAddress),
            ("site_address", "https://shop.example; script-src *", ProblemCode::OriginMore, Field::SiteAddress),
        ] {
            let mut form = form(&token, &ADA);
            form[key] = value.into();
            let refused = follows(&mut ada, &form).await.read::<AdminSession>().err().unwrap();
            assert_eq!(refused.problem, Problem::about(code, field), "{key} {value:?}");
        }
        assert_eq!((site.count("person").await, site.count("session").await), (people, 0));
        assert_eq!(checks(&mut ada, &token).await, 204);
    }

    async fn two_who_follow_the_link_at_once_make_one_admin(site) {
        let token = without_admin(site).await;
        let (mut ada, mut teo) = (site.browser(&ADA).on_admin_page(), site.browser(&TEO).on_admin_page());
        let (ada_form, teo_form) = (form(&token, &ADA), form(&token, &TEO));
        let (one, other) = tokio::join!(follows(&mut ada, &ada_form), follows(&mut teo, &teo_form));
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 404]);
        assert_eq!(site.app().policy().admins.len(), 1);
        assert_eq!(site.count("account").await, 1);
    }
}
