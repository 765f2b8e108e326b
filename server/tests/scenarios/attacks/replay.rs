//! One token, five hundred times, from two connections at once: exactly one session.

use crate::harness::{Browser, scenarios};
use futures_util::future::join_all;
use shared::{
    identity::{Role, SignIn},
    samples::{CORA, NOOR},
};

const TIMES: usize = 500;

scenarios! {
    async fn a_token_that_is_brought_five_hundred_times_at_once_begins_one_session(site) {
        let mut guest = site.browser(&CORA);
        let hall = guest.starts("Hello").await;
        let token = site.signs(&site.verified_claims(&CORA));
        // On Postgres each connection leads to a node of its own.
        let second = match site.is_sqlite() {
            true => None,
            false => Some(site.another_node().await),
        };
        let nodes = [site, second.as_ref().unwrap_or(site)];
        let brings = |number: usize| {
            let mut browser = Browser::user(nodes[number % 2], &CORA).behind(format!("10.{}.0.7", number % 2));
            let sign_in = SignIn { token: token.clone() };
            async move {
                let answer = browser.writes("POST", "/api/session", &sign_in).await;
                (answer.status, browser)
            }
        };
        let mut inside = Vec::new();
        for round in 0..TIMES / 50 {
            for (status, browser) in join_all((0..50).map(|number| brings(round * 50 + number))).await {
                match status {
                    200 => inside.push(browser),
                    status => {
                        assert_eq!(status, 401);
                        assert_eq!(browser.session().await.role, Role::Visitor);
                    }
                }
            }
        }
        assert_eq!(inside.len(), 1);
        assert_eq!(inside[0].own().await, [hall]);
        assert_eq!((site.count("session").await, site.count("identity_token_use").await), (1, 1));
        let lines = site.texts("select action from audit").await;
        let count = |action: &str| lines.iter().filter(|line| *line == action).count();
        assert_eq!((count("signed_in"), count("conversion_done"), site.count("conversion").await), (1, 1, 1));
        // Two peers may have three hundred refusals noted each; nobody fills the disk with them.
        assert!((1..TIMES).contains(&count("sign_in_refused")), "{}", count("sign_in_refused"));
        if let Some(second) = second {
            second.stop().await;
        }
    }

    async fn a_token_that_was_used_continues_nobody_elses_session(site) {
        let claims = site.claims(&NOOR);
        let token = site.signs(&claims);
        let mut noor = Browser::user(site, &NOOR);
        noor.signs_in_with(&token).await;
        // Whoever found it in a log brings it with a cookie of their own, and with none.
        let mut cora = site.signed_in(&CORA).await;
        for thief in [&mut cora, &mut Browser::user(site, &CORA)] {
            let before = thief.session().await.role;
            let answer = thief.writes("POST", "/api/session", &SignIn { token: token.clone() }).await;
            assert_eq!(answer.status, 401);
            assert_eq!(thief.session().await.role, before);
        }
        assert_eq!(noor.session().await.person.unwrap().name, NOOR.name);
    }
}
