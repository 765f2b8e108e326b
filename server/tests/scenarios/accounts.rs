//! Accounts: three doors with three cookies, what each of them opens, and what guessing costs.

use crate::harness::{Browser, NEXT, PASSWORD, Site, WRONG, scenarios};
use shared::account::{AdminSession, SessionDoor};
use shared::identity::{Role, Session};
use shared::problem::{Field, ProblemCode};
use shared::realtime::close;
use shared::samples::{ADA, CORA, MINA, NOOR, TEO};

/// Routes of the chat, which no cookie of the admin page opens.
const CHAT: [&str; 3] = ["/api/session", "/api/conversations", "/api/inbox"];
const AGENT: &str = "/api/account/session";
const ADMIN: &str = "/api/admin/session";

/// Mina at `/agent`.
async fn mina_at_agent(site: &Site) -> Browser<'_> {
    let mut mina = site.browser(&MINA).on_behalf_of_user();
    mina.signs_in_at_agent(PASSWORD).await.unwrap();
    mina
}

scenarios! {
    async fn the_admin_pages_cookie_opens_no_route_of_the_chat(site) {
        for person in [&ADA, &MINA] {
            let browser = site.admin_of(person).await;
            for path in CHAT {
                let refused = browser.gets::<Session>(path).await.err().unwrap();
                assert_eq!(refused.code(), ProblemCode::NotFound, "{path}");
            }
            // Nor does it count on a page that vouches for a user or for nobody.
            let refused = browser.clone().on_behalf_of_user().gets::<Session>("/api/inbox").await;
            assert_eq!(refused.err().unwrap().code(), ProblemCode::NoIdentity);
        }
    }

    async fn an_admins_powers_come_through_their_own_door_only(site) {
        let ada = site.admin_of(&ADA).await;
        let session: AdminSession = ada.gets(ADMIN).await.unwrap();
        assert_eq!((session.person.name.as_str(), session.has_account), (ADA.name, false));
        // The cookie of a frame, whoever's it is, opens nothing there.
        for person in [&ADA, &MINA, &NOOR] {
            let framed = site.signed_in(person).await;
            assert_eq!(framed.status_of(ADMIN).await, 404);
            assert_eq!(framed.on_admin_page().status_of(ADMIN).await, 401);
        }
        assert_eq!(site.browser(&CORA).on_admin_page().status_of(ADMIN).await, 401);
        // Nor does the page's own cookie in the hands of somebody who is no admin.
        assert_eq!(site.admin_of(&MINA).await.status_of(ADMIN).await, 404);
    }

    async fn who_is_no_admin_any_more_loses_the_page_at_once(site) {
        let ada = site.admin_of(&ADA).await;
        assert_eq!(ada.status_of(ADMIN).await, 200);
        site.makes_admin(&ADA, false).await;
        assert_eq!(ada.status_of(ADMIN).await, 404);
        site.disables(&ADA).await;
        assert_eq!(ada.status_of(ADMIN).await, 401);
    }

    async fn a_password_opens_the_door_it_was_typed_at(site) {
        site.has_account(&MINA).await;
        site.has_account(&ADA).await;
        let mut mina = site.browser(&MINA).on_behalf_of_user();
        let session = mina.signs_in_at_agent(PASSWORD).await.unwrap();
        assert_eq!((session.role, session.has_account), (Role::Agent, true));
        assert_eq!(session.person.unwrap().name, MINA.name);
        assert!(!mina.cookie().contains("admin"), "{}", mina.cookie());
        mina.reads_inbox().await;

        let mut ada = site.browser(&ADA).on_admin_page();
        let session = ada.signs_in_at_admin(PASSWORD).await.unwrap();
        assert!(session.has_account);
        assert_eq!(ada.status_of(ADMIN).await, 200);
        // The widget opens from there without another sign-in.
        let widget = ada.clone().on_behalf_of_user();
        assert_eq!(widget.session().await.role, Role::Admin);

        assert_eq!(ada.asks("DELETE", ADMIN).await.status, 204);
        assert_eq!(ada.cookie(), "");
        assert_eq!(widget.status_of("/api/inbox").await, 401, "both sessions ended");
    }

    async fn every_reason_to_refuse_is_one_and_the_same_answer(site) {
        for person in [&MINA, &NOOR, &ADA] {
            site.has_account(person).await;
        }
        site.disables(&NOOR).await;
        let long = "x".repeat(5_000);
        let mut answers = Vec::new();
        for (door, email, password) in [
            (AGENT, MINA.email, WRONG),
            (AGENT, "nobody@example.com", PASSWORD),
            (AGENT, "no address", PASSWORD),
            (AGENT, "", ""),
            (AGENT, NOOR.email, PASSWORD),
            (AGENT, TEO.email, PASSWORD),
            (ADMIN, MINA.email, PASSWORD),
            (ADMIN, ADA.email, WRONG),
            (ADMIN, ADA.email, &long),
        ] {
            let before = site.app().passwords.computed();
            let answer = site.browser(&CORA).types_password(door, email, password).await;
            assert_eq!(site.app().passwords.computed() - before, 1, "{door} {email:?}: the same effort");
            assert!(answer.headers.get("set-cookie").is_none());
            answers.push((answer.status, answer.body));
        }
        assert_eq!(answers[0].0, 401);
        assert!(answers.iter().all(|answer| *answer == answers[0]));
        assert_eq!(site.count("session").await, 0);
    }

    async fn guessing_waits_and_the_right_password_clears_it(site) {
        site.has_account(&MINA).await;
        let mut cora = site.browser(&CORA);
        for _ in 0..4 {
            assert_eq!(cora.types_password(AGENT, MINA.email, WRONG).await.status, 401);
        }
        // The fifth is right: nothing is left of the four.
        let mut mina = mina_at_agent(site).await;
        for _ in 0..5 {
            assert_eq!(cora.types_password(AGENT, MINA.email, WRONG).await.status, 401);
        }
        let before = site.app().passwords.computed();
        for email in [MINA.email, " Mina@Example.com "] {
            let refused = cora.types_password(AGENT, email, PASSWORD).await.read::<Session>().err().unwrap();
            assert_eq!((refused.code(), refused.problem.retry_after_s), (ProblemCode::SlowDown, Some(1)));
        }
        let by_other_door = cora.types_password(ADMIN, MINA.email, PASSWORD).await;
        assert_eq!(by_other_door.status, 429);
        let by_change = mina.changes_password(WRONG, NEXT).await;
        assert_eq!(by_change.status, 429, "guessing from inside counts too");
        assert_eq!(site.app().passwords.computed(), before, "who waits costs no hash");
        site.clock.advance(1_000);
        assert_eq!(cora.types_password(AGENT, MINA.email, WRONG).await.status, 401);
        let refused = cora.types_password(AGENT, MINA.email, PASSWORD).await.read::<Session>().err().unwrap();
        assert_eq!(refused.problem.retry_after_s, Some(2));
        site.clock.advance(2_000);
        assert_eq!(cora.types_password(AGENT, MINA.email, PASSWORD).await.status, 200);
    }

    async fn a_hundred_guesses_at_once_are_a_hundred(site) {
        site.has_account(&MINA).await;
        let before = site.app().passwords.computed();
        let mut guessers = vec![site.browser(&CORA); 100];
        let guesses = guessers.iter_mut().map(|guesser| guesser.types_password(AGENT, MINA.email, WRONG));
        let answers = futures_util::future::join_all(guesses).await;
        let count = |status| answers.iter().filter(|answer| answer.status == status).count();
        assert_eq!((count(401), count(429)), (5, 95));
        assert_eq!(site.app().passwords.computed() - before, 5);
    }

    async fn a_new_password_ends_every_session_outside_this_browser(site) {
        site.has_account(&ADA).await;
        let mut ada = site.browser(&ADA).on_admin_page();
        ada.signs_in_at_admin(PASSWORD).await.unwrap();
        let mut elsewhere = site.browser(&ADA).on_behalf_of_user();
        elsewhere.signs_in_at_agent(PASSWORD).await.unwrap();
        let framed = site.signed_in(&ADA).await;
        let mut sockets = [elsewhere.listens().await, framed.listens().await];

        let refused = ada.changes_password(WRONG, NEXT).await.read::<()>().err().unwrap();
        assert_eq!((refused.code(), refused.problem.field), (ProblemCode::SignInRefused, Some(Field::Password)));
        for (weak, code) in [
            ("short", ProblemCode::PasswordShort),
            ("password123", ProblemCode::PasswordWeak),
            ("ada brandt rules", ProblemCode::PasswordWeak),
            (&"lamp oil ".repeat(40), ProblemCode::PasswordLong),
        ] {
            let refused = ada.changes_password(PASSWORD, weak).await.read::<()>().err().unwrap();
            assert_eq!((refused.code(), refused.problem.field), (code, Some(Field::NewPassword)), "{weak}");
        }
        assert_eq!(elsewhere.status_of("/api/inbox").await, 200, "nothing has changed so far");

        assert_eq!(ada.changes_password(PASSWORD, NEXT).await.status, 204);
        for socket in &mut sockets {
            assert_eq!(socket.is_closed().await.1, Some(close::SIGNED_OUT));
        }
        assert_eq!(elsewhere.status_of("/api/inbox").await, 401);
        assert_eq!(framed.status_of("/api/inbox").await, 401);
        assert_eq!(ada.status_of(ADMIN).await, 200);
        assert_eq!(ada.clone().on_behalf_of_user().status_of("/api/inbox").await, 200, "the same browser");
        assert!(elsewhere.signs_in_at_agent(PASSWORD).await.is_err());
        assert!(elsewhere.signs_in_at_agent(NEXT).await.is_ok());
        // Whoever has no account has no password to change.
        let mut teo = site.signed_in(&TEO).await;
        assert_eq!(teo.changes_password(PASSWORD, NEXT).await.status, 404);
        assert_eq!(site.browser(&CORA).changes_password(PASSWORD, NEXT).await.status, 401);
    }

    async fn sessions_are_listed_and_ended_by_their_owner_alone(site) {
        site.has_account(&MINA).await;
        site.has_account(&TEO).await;
        let mut mina = mina_at_agent(site).await;
        site.clock.advance(1_000);
        let on_phone = mina_at_agent(site).await;
        let mut socket = on_phone.listens().await;
        let mut teo = site.browser(&TEO).on_behalf_of_user();
        teo.signs_in_at_agent(PASSWORD).await.unwrap();

        let sessions = mina.lists_sessions().await;
        assert_eq!(sessions.iter().map(|row| row.is_own).collect::<Vec<_>>(), [false, true]);
        assert!(sessions.iter().all(|row| row.door == SessionDoor::Chat));
        let path = format!("/api/account/sessions/{}", sessions[0].name);
        assert_eq!(teo.asks("DELETE", &path).await.status, 404, "not his");
        for bad in ["x", "%2e%2e", "'%20or%201=1"] {
            let path = format!("/api/account/sessions/{bad}");
            assert_eq!(mina.asks("DELETE", &path).await.status, 404, "{bad}");
        }
        assert_eq!(mina.asks("DELETE", &path).await.status, 204);
        assert_eq!(socket.is_closed().await.1, Some(close::SIGNED_OUT));
        assert_eq!(on_phone.status_of("/api/inbox").await, 401);
        assert_eq!(mina.asks("DELETE", &path).await.status, 404, "it has ended");
        assert_eq!(mina.lists_sessions().await.len(), 1);
        let mut cora = site.browser(&CORA);
        cora.starts("Hello").await;
        assert_eq!(cora.status_of("/api/account/sessions").await, 404, "a guest has none");
    }

    async fn the_admin_pages_session_ends_after_twelve_hours_or_seven_days(site) {
        const HOUR: i64 = 3_600_000;
        let ada = site.admin_of(&ADA).await;
        let idle = site.admin_of(&ADA).await;
        for _ in 0..16 {
            site.clock.advance(10 * HOUR);
            assert_eq!(ada.status_of(ADMIN).await, 200);
            // That it was used is written down beside the answer: the next step waits for it.
            site.app().writer.run((), |_, ()| Box::pin(async { Ok(()) })).await.unwrap();
        }
        assert_eq!(idle.status_of(ADMIN).await, 401);
        site.clock.advance(8 * HOUR);
        assert_eq!(ada.status_of(ADMIN).await, 401, "168 hours have passed");
    }

    async fn the_pages_of_agents_and_admins_are_framed_by_nobody_else(site) {
        let visitor = site.browser(&CORA);
        for (path, ancestors) in [
            ("/agent", "frame-ancestors 'none';"),
            ("/admin", "frame-ancestors 'none'; frame-src 'self';"),
            ("/admin/settings", "frame-ancestors 'none'; frame-src 'self';"),
            ("/admin/people/x", "frame-ancestors 'none'; frame-src 'self';"),
            ("/admin/preview", "frame-ancestors 'self';"),
        ] {
            let page = visitor.calls("GET", path, |request| request).await;
            let header = |name: &str| page.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default();
            let policy = header("content-security-policy");
            assert!(policy.contains(ancestors) && policy.starts_with("default-src 'none'"), "{path}: {policy}");
            assert_eq!(header("cross-origin-opener-policy"), "same-origin", "{path}");
            assert_eq!(header("cross-origin-resource-policy"), "same-origin", "{path}");
            assert_eq!(header("set-cookie"), "", "{path}");
        }
        assert_eq!(visitor.status_of("/admin/setup").await, 404, "there is an admin");
        assert_eq!(visitor.status_of("/administration").await, 404);
    }

    async fn a_second_sign_in_in_one_browser_ends_the_first(site) {
        site.has_account(&MINA).await;
        site.has_account(&TEO).await;
        let mut browser = mina_at_agent(site).await;
        let mut socket = browser.listens().await;
        // The same person: the other tab stays.
        browser.signs_in_at_agent(PASSWORD).await.unwrap();
        assert_eq!(site.count("session").await, 1);
        let answer = browser.types_password(AGENT, TEO.email, PASSWORD).await;
        assert_eq!(answer.read::<Session>().ok().unwrap().person.unwrap().name, TEO.name);
        assert_eq!(socket.is_closed().await.1, Some(close::SIGNED_OUT));
        assert_eq!(site.count("session").await, 1);
    }
}
