//! Codes by mail, rows O-01, O-03, O-05 and their kin: one mailbox, one session, one time.

/// What is mailed.
mod mails;
/// How often.
mod often;

use crate::harness::{PostOffice, Site, scenarios};
use serde_json::json;
use shared::identity::Role;
use shared::limits::{CODE_TRIES, CODES_PER_DAY, CODES_PER_HOUR};
use shared::problem::{Field, Problem, ProblemCode};
use shared::safety::Action;
use shared::samples::{ADA, CORA, IDRIS, MINA, NOOR};
use shared::settings::Switch;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// Cora chatted in a browser that she does not have before her now.
pub async fn cora_was_here(site: &Site) -> PostOffice {
    let post = PostOffice::open().await;
    site.mails_by(&post).await;
    site.browser(&CORA).starts("The blue lamp hums").await;
    post
}

/// Another code than this one.
fn wrong(code: &str) -> String {
    let number: u32 = code.parse().unwrap();
    format!("{:08}", (number + 1) % 100_000_000)
}

fn refused() -> Problem {
    Problem::about(ProblemCode::CodeRefused, Field::Code)
}

/// How often an action stands in the log.
async fn lines(site: &Site, action: Action) -> usize {
    let ada = site.admin_of(&ADA).await;
    let query = format!("?limit=100&action={}", action.word());
    ada.reads_activity(&query).await.lines.len()
}

scenarios! {
    async fn o_01_five_wrong_tries_burn_a_code(site) {
        let post = cora_was_here(site).await;
        let mut cora = site.browser(&CORA);
        let code = cora.fetches_code(&post, CORA.email).await;
        for number in 0..CODE_TRIES {
            let answer = cora.enters_code(&wrong(&code)).await.err().unwrap();
            assert_eq!((answer.status, answer.problem), (401, refused()), "{number}");
        }
        let sixth = cora.enters_code(&code).await.err().unwrap();
        assert_eq!((sixth.status, sixth.problem), (401, refused()), "burned, though it is right");
        assert_eq!((lines(site, Action::CodeBurned).await, lines(site, Action::CodeEntered).await), (1, 0));
        assert_eq!(cora.session().await.role, Role::Visitor);
        // The next one has five tries of its own, and the fifth may be the right one.
        let code = cora.fetches_code(&post, CORA.email).await;
        for _ in 1..CODE_TRIES {
            assert!(cora.enters_code(&wrong(&code)).await.is_err());
        }
        assert_eq!(cora.enters_code(&code).await.unwrap().role, Role::Guest);
        assert_eq!((lines(site, Action::CodeBurned).await, lines(site, Action::CodeEntered).await), (1, 1));
    }

    async fn o_01_five_wrong_tries_at_once_are_five(site) {
        let post = cora_was_here(site).await;
        let mut cora = site.browser(&CORA);
        let code = cora.fetches_code(&post, CORA.email).await;
        let body = json!({ "code": wrong(&code) }).to_string();
        let tries = (0..40).map(|_| cora.posts("POST", "/api/code/enter", body.clone()));
        for answer in futures_util::future::join_all(tries).await {
            assert_eq!(answer.status, 401);
        }
        assert!(cora.enters_code(&code).await.is_err());
        assert_eq!(lines(site, Action::CodeBurned).await, 1);
    }

    async fn o_03_of_fifty_who_enter_it_at_once_one_gets_in(site) {
        let post = cora_was_here(site).await;
        let mut cora = site.browser(&CORA);
        let code = cora.fetches_code(&post, CORA.email).await;
        let body = json!({ "code": code }).to_string();
        let tries = (0..50).map(|_| cora.posts("POST", "/api/code/enter", body.clone()));
        let mut statuses: Vec<u16> = futures_util::future::join_all(tries).await.iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        let mut expected = vec![401; 50];
        expected[0] = 200;
        assert_eq!(statuses, expected);
        assert_eq!(lines(site, Action::CodeEntered).await, 1);
        assert_eq!(site.count("conversion").await, 1);
        assert_eq!(site.count("person").await, 6, "four users, and Cora twice");
    }

    async fn o_05_the_fourth_in_an_hour_gets_the_same_answer_and_no_mail(site) {
        let post = cora_was_here(site).await;
        let mut answers = Vec::new();
        for number in 1..=CODES_PER_HOUR + 1 {
            // Whoever asks, and however the address is spelled.
            let email = if number % 2 == 0 { CORA.email.to_uppercase() } else { CORA.email.to_owned() };
            let answer = site.browser(&CORA).asks_for_code(&email).await;
            answers.push((answer.status, answer.body));
        }
        assert!(answers.iter().all(|answer| *answer == (204, Vec::new())));
        let came = site.letters_to(&post, CORA.email).await.len();
        assert_eq!(came, CODES_PER_HOUR as usize);
        site.clock.advance(HOUR_MS - 1);
        site.browser(&CORA).asks_for_code(CORA.email).await;
        assert_eq!(site.letters_to(&post, CORA.email).await.len(), came);
        site.clock.advance(1);
        let mut cora = site.browser(&CORA);
        let code = cora.fetches_code(&post, CORA.email).await;
        assert!(cora.enters_code(&code).await.is_ok());
    }

    async fn o_05_eight_a_day(site) {
        let post = cora_was_here(site).await;
        for number in 1..=12_u32 {
            site.browser(&CORA).asks_for_code(CORA.email).await;
            let came = site.letters_to(&post, CORA.email).await.len();
            assert_eq!(came, number.min(CODES_PER_DAY) as usize, "{number}");
            site.clock.advance(HOUR_MS);
        }
        site.clock.advance(12 * HOUR_MS);
        site.browser(&CORA).fetches_code(&post, CORA.email).await;
    }

    async fn o_05_nobody_s_address_gets_the_same_answer_and_no_mail(site) {
        let post = cora_was_here(site).await;
        for email in ["nobody@example.net", NOOR.email, MINA.email, ADA.email] {
            let mut idris = site.browser(&IDRIS);
            let answer = idris.asks_for_code(email).await;
            assert_eq!((answer.status, answer.body), (204, Vec::new()));
            assert!(idris.enters_code("12345678").await.is_err());
        }
        site.app().codes.settled().await;
        assert_eq!(post.heard(), "");
    }

    async fn a_code_is_good_in_the_session_that_asked_and_for_its_address_alone(site) {
        let post = cora_was_here(site).await;
        site.browser(&IDRIS).starts("Is this lamp for outdoors?").await;
        let (mut cora, mut idris) = (site.browser(&CORA), site.browser(&IDRIS));
        let code = cora.fetches_code(&post, CORA.email).await;
        assert_eq!(idris.enters_code(&code).await.err().unwrap().status, 401, "no session, no code");
        let own = idris.fetches_code(&post, IDRIS.email).await;
        assert_eq!(idris.enters_code(&code).await.err().unwrap().problem, refused(), "another's session");
        // The newest of a session counts, whatever address it is for.
        let second = cora.fetches_code(&post, CORA.email).await;
        assert!(code == second || cora.enters_code(&code).await.is_err());
        let other = cora.fetches_code(&post, IDRIS.email).await;
        assert!(second == other || cora.enters_code(&second).await.is_err());
        assert_eq!(idris.enters_code(&own).await.unwrap().person.unwrap().name, IDRIS.name);
        // Used once.
        assert!(idris.enters_code(&own).await.is_err());
    }

    async fn a_code_is_good_for_ten_minutes(site) {
        let post = cora_was_here(site).await;
        let mut cora = site.browser(&CORA);
        let code = cora.fetches_code(&post, CORA.email).await;
        site.clock.advance(10 * MINUTE_MS);
        assert_eq!(cora.enters_code(&code).await.err().unwrap().problem, refused());
        let code = cora.fetches_code(&post, CORA.email).await;
        site.clock.advance(10 * MINUTE_MS - 1);
        assert!(cora.enters_code(&code).await.is_ok());
    }

    async fn a_mail_server_that_is_down_costs_a_line_and_nothing_else(site) {
        let post = cora_was_here(site).await;
        let before = [site.count("person").await, site.count("conversation").await, site.count("message").await];
        drop(post);
        let mut cora = site.browser(&CORA);
        assert_eq!(cora.asks_for_code(CORA.email).await.status, 204);
        site.app().codes.settled().await;
        assert_eq!((lines(site, Action::CodeMailed).await, lines(site, Action::CodeNotMailed).await), (0, 1));
        assert_eq!([site.count("person").await, site.count("conversation").await, site.count("message").await], before);
        let post = PostOffice::open().await;
        site.mails_by(&post).await;
        let code = cora.fetches_code(&post, CORA.email).await;
        assert!(cora.enters_code(&code).await.is_ok());
        assert_eq!((lines(site, Action::CodeMailed).await, lines(site, Action::CodeNotMailed).await), (1, 1));
    }

    async fn what_was_asked_for_leaves_before_the_server_does(site) {
        let post = cora_was_here(site).await;
        site.browser(&CORA).asks_for_code(CORA.email).await;
        site.stop().await;
        assert_eq!(post.letters().len(), 1);
        site.starts_again().await;
        assert_eq!(lines(site, Action::CodeMailed).await, 1);
    }

    async fn what_is_no_command_is_refused(site) {
        let post = cora_was_here(site).await;
        let mut cora = site.browser(&CORA);
        let code = cora.fetches_code(&post, CORA.email).await;
        for (path, body, status, problem) in [
            ("/api/code", json!({}), 400, ProblemCode::Malformed),
            ("/api/code", json!({ "email": 5 }), 400, ProblemCode::Type),
            ("/api/code", json!({ "email": [CORA.email] }), 400, ProblemCode::Type),
            ("/api/code", json!({ "email": CORA.email, "to": IDRIS.email }), 400, ProblemCode::UnknownField),
            ("/api/code/enter", json!({ "code": 12_345_678 }), 400, ProblemCode::Type),
            ("/api/code/enter", json!({ "code": null }), 400, ProblemCode::Type),
            ("/api/code/enter", json!({ "code": code, "email": CORA.email }), 400, ProblemCode::UnknownField),
            ("/api/code/enter", json!({ "code": "" }), 401, ProblemCode::CodeRefused),
            ("/api/code/enter", json!({ "code": "%" }), 401, ProblemCode::CodeRefused),
            ("/api/code/enter", json!({ "code": "0".repeat(10_000) }), 401, ProblemCode::CodeRefused),
        ] {
            let answer = cora.posts("POST", path, body.to_string()).await.read::<()>().err().unwrap();
            assert_eq!((answer.status, answer.code()), (status, problem), "{body}");
        }
        for path in ["/api/code", "/api/code/enter"] {
            let foreign = cora.calls("POST", path, |request| request.header("origin", "https://evil.example")).await;
            assert_eq!(foreign.status, 403);
        }
        // None of that was a try.
        let spaced = format!(" {} {}\n", &code[..4], &code[4..]);
        assert!(cora.enters_code(&spaced).await.is_ok());
    }

    async fn without_mail_or_with_conversion_off_there_are_no_codes(site) {
        let post = cora_was_here(site).await;
        let mut cora = site.browser(&CORA);
        assert!(cora.session().await.site.codes.is_on());
        let code = cora.fetches_code(&post, CORA.email).await;
        site.sets(|settings| settings.conversion = shared::conversion::ConversionPolicy::Off).await;
        assert!(!cora.session().await.site.codes.is_on());
        assert_eq!(cora.enters_code(&code).await.err().unwrap().problem, refused(), "turned off meanwhile");
        assert_eq!(cora.asks_for_code(CORA.email).await.status, 204);
        assert_eq!(site.letters_to(&post, CORA.email).await.len(), 1);
        site.sets(|settings| {
            settings.conversion = shared::conversion::ConversionPolicy::SameBrowser;
            settings.mail_host = String::new();
        })
        .await;
        assert!(!cora.session().await.site.codes.is_on());
        assert_eq!(cora.asks_for_code(CORA.email).await.status, 204);
        assert_eq!(lines(site, Action::CodeNotMailed).await, 0);
        site.mails_by(&post).await;
        let code = cora.fetches_code(&post, CORA.email).await;
        assert!(cora.enters_code(&code).await.is_ok(), "every policy but off");
    }

    async fn a_closed_door_is_closed_to_whoever_has_no_session(site) {
        let post = cora_was_here(site).await;
        let mut idris = site.browser(&IDRIS);
        idris.starts("Is this lamp for outdoors?").await;
        site.sets(|settings| settings.guest_mode = Switch::Off).await;
        let shut = site.browser(&CORA).asks_for_code(CORA.email).await;
        assert_eq!(shut.read::<()>().err().unwrap().code(), ProblemCode::GuestOff);
        // Who is in already stays in.
        idris.fetches_code(&post, CORA.email).await;
    }

    async fn the_table_holds_no_code_and_forgets(site) {
        let post = cora_was_here(site).await;
        let mut cora = site.browser(&CORA);
        let code = cora.fetches_code(&post, CORA.email).await;
        let mut connection = site.app().database.read().await.unwrap();
        let kept: (String, String) = sqlx::query_as("select code_hash, token_hash from mail_code")
            .fetch_one(&mut *connection).await.unwrap();
        let hash: String = sqlx::query_scalar("select email_hash from mail_code_request")
            .fetch_one(&mut *connection).await.unwrap();
        drop(connection);
        assert!(kept.0.len() == 43 && !kept.0.contains(&code) && !hash.contains('@'));
        assert!(!cora.cookie().contains(&kept.1));
        site.clock.advance(24 * HOUR_MS);
        let now = site.clock.now();
        let app = site.app();
        let forgot = app.writer.run(now, |tx, now| Box::pin(async move {
            Ok(porchlight::mail_code::store::delete_passed(tx.connection(), *now).await?)
        }));
        forgot.await.unwrap();
        assert_eq!((site.count("mail_code").await, site.count("mail_code_request").await), (0, 0));
    }
}
