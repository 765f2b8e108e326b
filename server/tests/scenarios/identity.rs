//! Users: how a host's word becomes a session, and how a session ends.

use crate::harness::{Answer, Browser, ORIGIN, Site, scenarios};
use serde_json::{Value, json};
use shared::identity::{Program, Role, SignIn};
use shared::problem::{Field, Problem, ProblemCode};
use shared::realtime::close;
use shared::samples::{ADA, CORA, MINA, NOOR, TEO};
use shared::settings::Switch;
use sqlx::Row;

const USER_COOKIE: &str = "__Host-porchlight-user";

/// The audit log's lines of one action, as JSON.
async fn noted(site: &Site, action: &str) -> Vec<Value> {
    let mut connection = site.app().database.read().await.unwrap();
    let rows = sqlx::query("select particulars from audit where action = $1 order by at")
        .bind(action)
        .fetch_all(&mut *connection)
        .await
        .unwrap();
    rows.iter()
        .map(|row| serde_json::from_str(row.get(0)).unwrap())
        .collect()
}

/// Brings a token that the host signed over these claims.
async fn brings(browser: &mut Browser<'_>, claims: &Value) -> Answer {
    let token = browser.site.signs(claims);
    browser
        .writes("POST", "/api/session", &SignIn { token })
        .await
}

fn with(mut claims: Value, claim: &str, value: Value) -> Value {
    claims[claim] = value;
    claims
}

fn is_refused(answer: Answer) {
    assert!(
        !answer.headers.contains_key("set-cookie"),
        "no cookie comes with a refusal"
    );
    let problem: Problem = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(
        (answer.status, problem),
        (
            401,
            Problem::about(ProblemCode::IdentityInvalid, Field::Token)
        )
    );
}

scenarios! {
    async fn a_token_signs_in_once(site) {
        let claims = site.claims(&NOOR);
        let mut noor = Browser::user(site, &NOOR);
        assert_eq!(brings(&mut noor, &claims).await.status, 200);
        let session = noor.session().await;
        assert_eq!((session.role, session.program), (Role::User, Program::Agent));
        assert_eq!(session.person.unwrap().name, NOOR.name);
        let mut thief = Browser::user(site, &NOOR);
        is_refused(brings(&mut thief, &claims).await);
        assert_eq!(noted(site, "sign_in_refused").await, [json!({"reason": "used", "about": null})]);
        assert_eq!(noted(site, "signed_in").await.len(), 1);
        assert_eq!(site.count("session").await, 1);
    }

    async fn an_authentic_old_token_continues_its_own_session_and_nothing_else(site) {
        let claims = site.claims(&NOOR);
        let mut noor = Browser::user(site, &NOOR);
        brings(&mut noor, &claims).await;
        let mut mina = site.signed_in(&MINA).await;
        site.clock.advance(11 * 60_000);
        let other_name = with(site.claims(&NOOR), "name", json!("Somebody Else"));
        let stale = with(with(other_name, "iat", claims["iat"].clone()), "exp", claims["exp"].clone());
        for old in [&claims, &stale] {
            let answer = brings(&mut noor, old).await;
            assert_eq!(answer.status, 200);
            assert!(!answer.headers.contains_key("set-cookie"), "nothing is renewed");
            is_refused(brings(&mut Browser::user(site, &NOOR), old).await);
            is_refused(brings(&mut mina, old).await);
        }
        assert_eq!(noor.session().await.person.unwrap().name, NOOR.name);
        assert_eq!(mina.session().await.role, Role::Agent, "a refused token leaves the former session as it was");
    }

    async fn a_different_user_in_the_same_browser_starts_afresh(site) {
        let mut browser = site.signed_in(&NOOR).await;
        let noor_before = browser.clone();
        let mut socket = noor_before.listens().await;
        let answer = brings(&mut browser, &site.claims(&MINA)).await;
        assert!(answer.headers.contains_key("set-cookie"));
        assert_eq!(browser.session().await.person.unwrap().name, MINA.name);
        assert_eq!(socket.is_closed().await.1, Some(close::SIGNED_OUT));
        assert_eq!(noor_before.session().await.role, Role::Visitor, "the former session is gone, not merged");
        assert_eq!(site.count("session").await, 1);
    }

    async fn signing_out_ends_the_session_and_its_sockets(site) {
        let mut noor = site.signed_in(&NOOR).await;
        let before = noor.clone();
        let other_browser = site.signed_in(&NOOR).await;
        let mut socket = before.listens().await;
        let answer = noor.writes("DELETE", "/api/session", &json!({})).await;
        let cleared = answer.headers["set-cookie"].to_str().unwrap();
        assert!(cleared.starts_with(&format!("{USER_COOKIE}=;")) && cleared.contains("Max-Age=0"));
        assert_eq!(socket.is_closed().await.1, Some(close::SIGNED_OUT));
        assert_eq!(before.session().await.role, Role::Visitor, "the cookie's row is deleted");
        assert_eq!(other_browser.session().await.role, Role::User, "another browser is not signed out");
        assert_eq!(noted(site, "signed_out").await.len(), 1);
    }

    async fn signing_out_leaves_the_guest_alone(site) {
        let mut browser = site.browser(&CORA);
        browser.starts("Hello").await;
        let mut as_user = browser.clone().on_behalf_of_user();
        brings(&mut as_user, &site.claims(&NOOR)).await;
        as_user.writes("DELETE", "/api/session", &json!({})).await;
        assert_eq!(browser.session().await.role, Role::Guest);
    }

    async fn a_user_s_session_lasts_twelve_hours_and_slides(site) {
        let noor = site.signed_in(&NOOR).await;
        for _ in 0..3 {
            site.clock.advance(11 * 3_600_000);
            assert_eq!(noor.session().await.role, Role::User);
            // The use is written down beside the answer; the next write waits behind it in the queue.
            site.signed_in(&TEO).await;
        }
        site.clock.advance(12 * 3_600_000);
        assert_eq!(noor.session().await.role, Role::Visitor);
    }

    async fn a_page_that_vouches_for_nobody_acts_for_nobody(site) {
        let mina = site.signed_in(&MINA).await;
        let elsewhere = mina.clone().on_behalf_of_visitor();
        assert_eq!(elsewhere.session().await.role, Role::Visitor);
        assert_eq!(elsewhere.calls("GET", "/api/inbox", |request| request).await.status, 401);
        assert_eq!(mina.calls("GET", "/api/inbox", |request| request).await.status, 200);
    }

    async fn a_disabled_user_is_nobody(site) {
        let noor = site.signed_in(&NOOR).await;
        site.disables(&NOOR).await;
        assert_eq!(noor.session().await.role, Role::Visitor, "at once, whatever the cookie says");
        is_refused(brings(&mut Browser::user(site, &NOOR), &site.claims(&NOOR)).await);
        assert_eq!(noted(site, "sign_in_refused").await, [json!({"reason": "disabled", "about": null})]);
    }

    async fn agents_are_agents_while_their_group_answers(site) {
        let role = async |browser: &Browser<'_>| browser.session().await.role;
        let (mina, ada, noor) = (site.signed_in(&MINA).await, site.signed_in(&ADA).await, site.signed_in(&NOOR).await);
        assert_eq!((role(&mina).await, role(&ada).await, role(&noor).await), (Role::Agent, Role::Admin, Role::User));
        assert_eq!(mina.session().await.program, Program::Agent);
        site.sets(|settings| {
            settings.guest_mode = Switch::Off;
        }).await;
        assert_eq!(role(&mina).await, Role::Agent, "Guest Mode off closes the guests' door only");
        site.sets(|settings| settings.user_groups = Switch::Off).await;
        assert_eq!((role(&mina).await, role(&ada).await), (Role::User, Role::Admin));
    }

    async fn groups_of_a_token_are_ignored_and_noted_until_the_site_allows_them(site) {
        let group_id = site.app().policy().guest_group().unwrap().clone();
        let claims = |groups: Value| with(site.claims(&NOOR), "groups", groups);
        let mut noor = Browser::user(site, &NOOR);
        brings(&mut noor, &claims(json!([group_id]))).await;
        assert_eq!(noor.session().await.role, Role::User);
        assert_eq!(noted(site, "claims_ignored").await, [json!({"claims": ["groups"]})]);

        site.sets(|settings| settings.token_groups = Switch::On).await;
        brings(&mut noor, &claims(json!([group_id]))).await;
        assert_eq!(noor.session().await.role, Role::Agent);
        brings(&mut noor, &site.claims(&NOOR)).await;
        assert_eq!(noor.session().await.role, Role::Agent, "a token that does not speak of groups changes none");
        brings(&mut noor, &claims(json!(["Support", "019aaf00-50ff-7000-8000-0000000000ff"]))).await;
        assert_eq!(noor.session().await.role, Role::User, "names are no ids, and what a token brought a token takes");

        let mut mina = site.signed_in(&MINA).await;
        brings(&mut mina, &with(site.claims(&MINA), "groups", json!([]))).await;
        assert_eq!(mina.session().await.role, Role::Agent, "what an admin did, no token undoes");
    }

    async fn what_the_host_says_changes_with_a_fresh_token(site) {
        let mut noor = site.signed_in(&NOOR).await;
        let married = with(with(site.claims(&NOOR), "name", json!("Noor Haddad-Bello")), "email", json!("Noor@Example.com"));
        brings(&mut noor, &married).await;
        let own = noor.session().await.person.unwrap();
        assert_eq!((own.name.as_str(), own.email.as_deref()), ("Noor Haddad-Bello", Some("Noor@Example.com")));
        let nameless = ["name", "email"].into_iter().fold(site.claims(&NOOR), |mut claims, claim| {
            claims.as_object_mut().unwrap().remove(claim);
            claims
        });
        brings(&mut noor, &nameless).await;
        assert_eq!(noor.session().await.person.unwrap().name, "Noor Haddad-Bello");
        assert_eq!(site.count("session").await, 1, "the same user goes on in the same session");
    }

    async fn every_bad_token_is_the_same_401_with_a_line_of_its_own(site) {
        let good = || site.claims(&NOOR);
        let mut noor = Browser::user(site, &NOOR);
        let mut reasons = Vec::new();
        for (claims, reason, about) in [
            (with(good(), "iss", json!("other")), "claim", Some("iss")),
            (with(good(), "aud", json!("porchlight:other")), "claim", Some("aud")),
            (with(good(), "sub", json!(" noor")), "claim", Some("sub")),
            (with(good(), "exp", json!(good()["iat"].as_i64().unwrap() + 601)), "lifetime", None),
            (with(good(), "role", json!("admin")), "forbidden_claim", Some("role")),
            (with(good(), "admin", json!(true)), "forbidden_claim", Some("admin")),
            (with(good(), "is_agent", json!(true)), "forbidden_claim", Some("is_agent")),
            (with(good(), "act", json!("ada")), "claim", Some("act")),
            (with(good(), "act", json!({"sub": ""})), "claim", Some("act")),
            (with(good(), "email_verified", json!("true")), "claim", Some("email_verified")),
        ] {
            is_refused(brings(&mut noor, &claims).await);
            reasons.push(json!({"reason": reason, "about": about}));
            // Lines are told apart by their time.
            site.clock.advance(1);
        }
        for token in ["", "a.b.c", "not a token", &"x".repeat(4_097)] {
            is_refused(noor.writes("POST", "/api/session", &SignIn { token: token.into() }).await);
        }
        let noted = noted(site, "sign_in_refused").await;
        assert_eq!(noted[..reasons.len()], reasons);
        assert_eq!(noted.len(), reasons.len() + 4);
        assert_eq!((site.count("session").await, site.count("identity_token_use").await), (0, 0));
    }

    async fn a_token_is_taken_from_the_body_alone(site) {
        let noor = Browser::user(site, &NOOR);
        let token = site.token(&NOOR);
        let session = noor.calls("GET", &format!("/api/session?token={token}"), |request| request).await;
        assert!(!String::from_utf8_lossy(&session.body).contains(NOOR.name));
        let session = noor.calls("GET", "/api/session", |request| request.bearer_auth(&token)).await;
        assert!(!String::from_utf8_lossy(&session.body).contains(NOOR.name));
        let extra = json!({"token": token, "email": "ada@example.com"});
        let answer = noor.posts("POST", "/api/session", extra.to_string()).await;
        assert_eq!(answer.read::<Value>().unwrap_err().code(), ProblemCode::UnknownField);
        let form = noor.calls("POST", "/api/session", |request| {
            request.header("origin", ORIGIN).header("content-type", "text/plain").body(json!({"token": token}).to_string())
        });
        assert_eq!(form.await.read::<Value>().unwrap_err().code(), ProblemCode::ContentType);
        assert_eq!(site.count("session").await, 0);
    }

    async fn two_tabs_that_sign_in_at_once_are_one_user(site) {
        let tabs = (0..8).map(|_| async {
            let mut tab = Browser::user(site, &CORA);
            tab.signs_in().await.person.unwrap().person_id
        });
        let people = futures_util::future::join_all(tabs).await;
        assert!(people.iter().all(|person_id| *person_id == people[0]));
    }
}
