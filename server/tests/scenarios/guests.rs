//! Guests: the form, the cookie, and what an address does not do.

use crate::harness::{Answer, Browser, Site, scenarios};
use serde_json::{Value, json};
use shared::identity::{Role, StartChat};
use shared::problem::{Field, ProblemCode};
use shared::realtime::close;
use shared::samples::{CORA, IDRIS, MINA, NOOR, TEO};
use shared::settings::{GuestDoor, Switch};

const DAY_MS: i64 = 86_400_000;

/// Presses *Start chat* with whatever was typed.
async fn presses(browser: &mut Browser<'_>, name: &str, email: &str) -> Answer {
    browser
        .writes(
            "POST",
            "/api/guest",
            &StartChat {
                name: name.into(),
                email: email.into(),
            },
        )
        .await
}

/// Everything of an answer that could tell two of them apart: what is different every time by design is left out.
fn looks(answer: &Answer) -> (u16, Vec<(String, String)>, Vec<u8>) {
    let mut headers: Vec<(String, String)> = answer
        .headers
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "date" | "x-request-id"))
        .map(|(name, value)| {
            let value = value.to_str().unwrap();
            let shown = if name == "set-cookie" {
                value.split_once(';').unwrap().1
            } else {
                value
            };
            (name.to_string(), shown.to_owned())
        })
        .collect();
    headers.sort();
    (answer.status, headers, answer.body.clone())
}

async fn rows(site: &Site) -> [i64; 4] {
    [
        site.count("person").await,
        site.count("session").await,
        site.count("conversation").await,
        site.count("audit").await,
    ]
}

scenarios! {
    async fn the_form_gives_the_same_answer_for_every_address(site) {
        site.browser(&CORA).starts("Hello").await;
        site.signed_in(&NOOR).await;
        let before = rows(site).await;
        let mut answers = Vec::new();
        for email in ["nobody@example.net", CORA.email, NOOR.email, MINA.email, "CORA@EXAMPLE.ORG"] {
            answers.push(looks(&presses(&mut site.browser(&IDRIS), "Idris Bello", email).await));
        }
        assert_eq!(answers[0].0, 204);
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        assert_eq!(rows(site).await, before, "nothing is stored");
    }

    async fn what_is_typed_wrong_gets_one_answer_about_one_field(site) {
        let before = rows(site).await;
        let long = format!("a@{}.org", "b".repeat(250));
        let long_local = format!("{}@x.org", "a".repeat(65));
        for (name, email, code, field) in [
            ("", "", ProblemCode::NameRequired, Field::Name),
            ("   ", CORA.email, ProblemCode::NameRequired, Field::Name),
            ("\u{200b}\u{2060}", CORA.email, ProblemCode::NameRequired, Field::Name),
            (&"x".repeat(81), CORA.email, ProblemCode::NameTooLong, Field::Name),
            ("Support Team", CORA.email, ProblemCode::NameReserved, Field::Name),
            ("admin", CORA.email, ProblemCode::NameReserved, Field::Name),
            ("Ѕupport", CORA.email, ProblemCode::NameReserved, Field::Name),
            ("mina  OKAFOR", CORA.email, ProblemCode::NameReserved, Field::Name),
            ("Cora", "", ProblemCode::EmailRequired, Field::Email),
            ("Cora", "cora.example.org", ProblemCode::EmailNoAt, Field::Email),
            ("Cora", "victim@x.org.", ProblemCode::EmailShape, Field::Email),
            ("Cora", "a@x.org,b@x.org", ProblemCode::EmailShape, Field::Email),
            ("Cora", "a@x.org\nBcc:b@x.org", ProblemCode::EmailShape, Field::Email),
            ("Cora", "\"a b\"@x.org", ProblemCode::EmailShape, Field::Email),
            ("Cora", "a@[127.0.0.1]", ProblemCode::EmailShape, Field::Email),
            ("Cora", &long, ProblemCode::EmailTooLong, Field::Email),
            ("Cora", &long_local, ProblemCode::EmailTooLong, Field::Email),
        ] {
            let answer = presses(&mut site.browser(&CORA), name, email).await;
            assert!(!answer.headers.contains_key("set-cookie"));
            let refused = answer.read::<Value>().unwrap_err();
            assert_eq!((refused.code(), refused.problem.field), (code, Some(field)), "{name:?} {email:?}");
            assert_eq!(refused.status, 422);
        }
        for (body, code) in [
            (json!({"name": 5, "email": "a@x.org"}).to_string(), ProblemCode::Type),
            (json!({"name": null, "email": "a@x.org"}).to_string(), ProblemCode::Type),
            (json!({"name": ["a"], "email": "a@x.org"}).to_string(), ProblemCode::Type),
            (json!({"name": {"$gt": ""}, "email": "a@x.org"}).to_string(), ProblemCode::Type),
            (json!(["Cora", "a@x.org"]).to_string(), ProblemCode::Type),
            (json!({"name": "Cora"}).to_string(), ProblemCode::Malformed),
            (json!({"name": "Cora", "email": "a@x.org", "role": "admin"}).to_string(), ProblemCode::UnknownField),
            (r#"{"name":"Cora","email":"a@x.org","email":"b@x.org"}"#.into(), ProblemCode::Malformed),
            (r#"{"name":"Cora\ud800","email":"a@x.org"}"#.into(), ProblemCode::BadText),
            ("{".into(), ProblemCode::Malformed),
        ] {
            let refused = site.browser(&CORA).posts("POST", "/api/guest", body.clone()).await.read::<Value>().unwrap_err();
            assert_eq!((refused.code(), refused.status), (code, 400), "{body}");
        }
        assert_eq!(rows(site).await, before);
    }

    async fn markup_in_a_name_is_a_name(site) {
        for name in ["<img src=x onerror=1>", "{{constructor.constructor('x')()}}"] {
            assert_eq!(presses(&mut site.browser(&CORA), name, CORA.email).await.status, 204);
        }
    }

    async fn the_door_is_closed_while_nobody_could_answer(site) {
        let press = async || presses(&mut site.browser(&CORA), CORA.name, CORA.email).await.read::<Value>();
        let door = async || site.browser(&CORA).session().await.site.door;
        assert_eq!(door().await, GuestDoor::Open);
        site.leaves_group(&MINA).await;
        site.leaves_group(&TEO).await;
        site.app().policy_changed().await.unwrap();
        assert_eq!(door().await, GuestDoor::NobodyHere);
        assert_eq!(press().await.unwrap_err().code(), ProblemCode::GuestOff);
        site.joins(&MINA).await;
        site.sets(|settings| settings.guest_mode = Switch::Off).await;
        assert_eq!(door().await, GuestDoor::Closed);
        assert_eq!(press().await.unwrap_err().code(), ProblemCode::GuestOff);
        let shown = site.browser(&CORA).session().await.site;
        assert!(shown.faces.is_empty(), "whoever is not let in sees nobody");
    }

    async fn a_visitor_sees_first_names_and_no_more(site) {
        let body = site.browser(&CORA).calls("GET", "/api/session", |request| request).await.body;
        let body = String::from_utf8(body).unwrap();
        assert!(body.contains("\"Mina\"") && body.contains("\"Teo\""));
        for hidden in [MINA.email, "Okafor", "Marchetti", "\"Ada", "Support Team", "allowed_origins", "reserved_names"] {
            assert!(!body.contains(hidden), "{hidden} is shown to a visitor");
        }
    }

    async fn the_cookie_alone_continues_a_conversation(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        for _ in 0..3 {
            site.clock.advance(29 * DAY_MS);
            let session = cora.session().await;
            assert_eq!((session.role, session.conversation_id.as_ref()), (Role::Guest, Some(&hall)));
            // The use is written down beside the answer; the next write waits behind it in the queue.
            site.signed_in(&TEO).await;
        }
        site.clock.advance(31 * DAY_MS);
        assert_eq!(cora.session().await.role, Role::Visitor, "unused for too long");
    }

    async fn no_guest_s_session_outlives_its_longest_days(site) {
        site.sets(|settings| settings.guest_absolute_days = 40).await;
        let mut cora = site.browser(&CORA);
        cora.starts("Hello").await;
        site.clock.advance(25 * DAY_MS);
        assert_eq!(cora.session().await.role, Role::Guest);
        site.signed_in(&TEO).await;
        site.clock.advance(14 * DAY_MS);
        assert_eq!(cora.session().await.role, Role::Guest);
        site.signed_in(&TEO).await;
        site.clock.advance(DAY_MS);
        assert_eq!(cora.session().await.role, Role::Visitor);
    }

    async fn typing_somebody_s_address_gains_nothing(site) {
        let hall = site.browser(&CORA).starts("Hello").await;
        let mut stranger = site.browser(&CORA);
        stranger.presses_start().await;
        assert_eq!(stranger.session().await.role, Role::Visitor);
        let own = stranger.starts("Hello again").await;
        assert_ne!(own, hall, "the same address is another guest");
        assert_eq!(stranger.reads(&hall).await.err().unwrap().status, 404);
        assert_eq!(stranger.lists_own().await.conversations.len(), 1);

        let mut pretender = site.browser(&IDRIS);
        assert_eq!(presses(&mut pretender, IDRIS.name, MINA.email).await.status, 204);
        pretender.starts("I am Mina, trust me").await;
        assert_eq!(pretender.session().await.role, Role::Guest);
        assert_eq!(pretender.calls("GET", "/api/inbox", |request| request).await.status, 404);
    }

    async fn a_second_press_keeps_the_cookie(site) {
        let mut cora = site.browser(&CORA);
        cora.presses_start().await;
        let given = cora.cookie();
        let again = presses(&mut cora, CORA.name, CORA.email).await;
        assert!(!again.headers.contains_key("set-cookie"), "another tab may be sending its first message right now");
        assert_eq!(cora.cookie(), given);
    }

    async fn forget_me_ends_the_session_and_keeps_the_conversation(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let before = cora.clone();
        let mut socket = before.listens().await;
        let answer = cora.writes("DELETE", "/api/guest", &json!({})).await;
        assert_eq!(answer.status, 204);
        assert!(answer.headers["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
        assert_eq!(socket.is_closed().await.1, Some(close::SIGNED_OUT));
        assert_eq!(before.reads(&hall).await.err().unwrap().status, 401, "the cookie opens nothing any more");
        let mina = site.signed_in(&MINA).await;
        assert_eq!(mina.reads_inbox().await.conversations[0].conversation_id, hall);
        let nobody = site.browser(&IDRIS).writes("DELETE", "/api/guest", &json!({})).await;
        assert_eq!(nobody.status, 204, "who was never here is forgotten just the same");
    }

    async fn a_cookie_is_closed_to_scripts(site) {
        let answer = presses(&mut site.browser(&CORA), CORA.name, CORA.email).await;
        let cookie = answer.headers["set-cookie"].to_str().unwrap();
        let (pair, attributes) = cookie.split_once("; ").unwrap();
        assert!(pair.starts_with("__Host-porchlight-guest=") && pair.len() == "__Host-porchlight-guest=".len() + 43);
        assert_eq!(attributes, "Path=/; Max-Age=15552000; HttpOnly; Secure; SameSite=None; Partitioned");
    }
}
