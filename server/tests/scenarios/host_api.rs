//! The host's server: what a key opens and what it does not, and what the host says of its users.

use crate::harness::{Browser, EVERYTHING, HostServer, ORIGIN, Receiver, scenarios, user_path};
use porchlight::router::{Callers, routes};
use serde_json::{Value, json};
use shared::{
    conversion::ConversionPolicy,
    host::{HostKeyList, HostScope, WebhookEvent},
    identity::Role,
    limits,
    problem::{Field, Problem, ProblemCode},
    safety::Action,
    samples::{ADA, CORA, IDRIS, MINA, NOOR},
};

const KEYS: &str = "/api/admin/host-keys";

async fn lists(ada: &Browser<'_>) -> HostKeyList {
    ada.gets(KEYS).await.unwrap()
}

/// What a call without a good key is answered: the same to the byte.
const REFUSED: &[u8] = br#"{"code":"host_key_refused","field":null,"retry_after_s":null}"#;

async fn is_refused(
    host: &HostServer<'_>,
    why: &str,
    shape: impl FnOnce(reqwest::RequestBuilder) -> reqwest::RequestBuilder,
) {
    let answer = host.calls("GET", &user_path(&NOOR), shape).await;
    assert_eq!(
        (answer.status, answer.body.as_slice()),
        (401, REFUSED),
        "{why}"
    );
}

scenarios! {
    async fn a_key_is_shown_once_and_revoked_at_once(site) {
        let mut ada = site.admin_of(&ADA).await;
        let made = ada.makes_host_key(" The  shop ", &EVERYTHING).await.unwrap();
        assert!(made.key.starts_with("plhk_") && made.key.len() == 48);
        let host = HostServer { site, made };
        assert_eq!(host.shows(&NOOR).await.unwrap().name, NOOR.name);
        let list = ada.calls("GET", KEYS, |request| request).await;
        assert!(!String::from_utf8(list.body).unwrap().contains(&host.made.key[5..]));
        let row = lists(&ada).await.keys.pop().unwrap();
        assert_eq!((row.name.as_str(), row.scopes, row.created_at), ("The shop", EVERYTHING.to_vec(), site.clock.now()));

        site.clock.advance(1_000);
        let path = format!("{KEYS}/{}", host.made.host_key_id);
        assert_eq!(ada.asks("DELETE", &path).await.status, 204);
        is_refused(&host, "revoked", |request| request.bearer_auth(&host.made.key)).await;
        assert_eq!(ada.asks("DELETE", &path).await.status, 404);
        assert_eq!(ada.asks("DELETE", &format!("{KEYS}/x")).await.status, 404);
        assert!(lists(&ada).await.keys.is_empty());
        let done: Vec<Action> = ada.reads_activity("").await.lines.iter().map(|line| line.action).collect();
        assert_eq!(done[..2], [Action::HostKeyRevoked, Action::HostKeyMade]);
    }

    async fn a_keys_last_use_is_known_to_the_hour(site) {
        let ada = site.admin_of(&ADA).await;
        let host = site.host(&EVERYTHING).await;
        assert_eq!(lists(&ada).await.keys[0].last_used_at, None);
        host.shows(&NOOR).await.unwrap();
        let used = loop {
            if let Some(used) = lists(&ada).await.keys[0].last_used_at { break used; }
        };
        assert_eq!((used.0 % 3_600_000, site.clock.now().0 - used.0 < 3_600_000), (0, true));
    }

    async fn a_key_has_a_name_and_scopes_and_there_are_only_so_many(site) {
        let ada = site.admin_of(&ADA).await;
        for (form, status, problem) in [
            (json!({ "name": "", "scopes": ["users_write"] }), 422, Some((ProblemCode::NameRequired, Field::Name))),
            (json!({ "name": "a\nb\0", "scopes": ["users_write"] }), 400, Some((ProblemCode::BadText, Field::Name))),
            (json!({ "name": "n".repeat(81), "scopes": ["users_write"] }), 422, Some((ProblemCode::NameTooLong, Field::Name))),
            (json!({ "name": "Shop", "scopes": [] }), 422, Some((ProblemCode::OutOfRange, Field::Scopes))),
            (json!({ "name": "Shop", "scopes": ["users_write", "users_write"] }), 422, Some((ProblemCode::Duplicate, Field::Scopes))),
            (json!({ "name": "Shop", "scopes": ["everything"] }), 400, None),
            (json!({ "name": "Shop", "scopes": "users_write" }), 400, None),
            (json!({ "name": "Shop" }), 400, None),
            (json!({ "name": "Shop", "scopes": ["users_write"], "key": "plhk_mine" }), 400, None),
        ] {
            let refused = ada.posts("POST", KEYS, form.to_string()).await.read::<Value>().unwrap_err();
            assert_eq!(refused.status, status, "{form}");
            if let Some((code, field)) = problem {
                assert_eq!(refused.problem, Problem::about(code, field), "{form}");
            }
        }
        assert_eq!(site.count("host_key").await, 0);
        for _ in 0..limits::HOST_KEYS {
            ada.makes_host_key("Shop", &EVERYTHING).await.unwrap();
        }
        let refused = ada.makes_host_key("Shop", &EVERYTHING).await.err().unwrap();
        assert_eq!(refused.code(), ProblemCode::TooMany);
        assert_eq!(site.count("host_key").await, 20);
    }

    async fn whatever_is_no_key_gets_one_and_the_same_answer(site) {
        let host = site.host(&EVERYTHING).await;
        let key = host.made.key.clone();
        let eraser = site.host(&[HostScope::UsersErase]).await;
        assert_eq!(host.shows(&NOOR).await.unwrap().external_id, NOOR.key);
        is_refused(&host, "nothing", |request| request).await;
        is_refused(&eraser, "another scope", |request| request.bearer_auth(&eraser.made.key)).await;
        for value in [
            key.clone(),
            format!("Basic {key}"),
            format!("Bearer {}", &key[..47]),
            format!("Bearer {}x", &key[..47]),
            format!("Bearer {key}A"),
            format!("Bearer {}", key.to_uppercase()),
            format!("Bearer  {key}"),
            format!("Bearer {key}, Bearer {key}"),
            "Bearer plhk_' or 1=1 --".into(),
            "Bearer ".into(),
        ] {
            is_refused(&host, &value, |request| request.header("authorization", &value)).await;
        }
        is_refused(&host, "two headers", |request| request.bearer_auth(&key).bearer_auth(&key)).await;
        is_refused(&host, "in a cookie", |request| request.header("cookie", format!("authorization=Bearer {key}"))).await;
        is_refused(&host, "in another header", |request| request.header("x-api-key", &key)).await;
        for query in [format!("?access_token={key}"), format!("?key={key}"), format!("?authorization=Bearer%20{key}")] {
            let answer = host.calls("GET", &format!("{}{query}", user_path(&NOOR)), |request| request).await;
            assert_eq!((answer.status, answer.body.as_slice()), (401, REFUSED));
        }
        // The same whether or not the user is there, and before anything of the call is looked at.
        let answer = host.calls("GET", "/api/host/users/nobody", |request| request).await;
        assert_eq!((answer.status, answer.body.as_slice()), (401, REFUSED));
        let answer = host.calls("PUT", "/api/host/users/%00", |request| request.body("{")).await;
        assert_eq!((answer.status, answer.body.as_slice()), (401, REFUSED));
    }

    async fn no_cookie_opens_what_a_key_opens_and_no_key_what_a_cookie_opens(site) {
        let host = site.host(&EVERYTHING).await;
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let everybody = [cora, site.signed_in(&NOOR).await, site.signed_in(&MINA).await, site.admin_of(&ADA).await];
        for route in routes() {
            let path = route.path.replace("{id}", hall.as_str()).replace("{person_id}", hall.as_str());
            let is_of_host = matches!(route.callers, Callers::Host(_));
            if is_of_host {
                for browser in &everybody {
                    // As far as a browser could come: without an Origin, which it cannot leave out.
                    let answer = browser.calls(route.method.as_str(), &path, |request| request).await;
                    assert_eq!((answer.status, answer.body.as_slice()), (401, REFUSED), "{} {path}", route.method);
                }
            } else if route.callers != Callers::Anyone && route.callers != Callers::Listeners {
                let shape = |request: reqwest::RequestBuilder| request.bearer_auth(&host.made.key).header("origin", ORIGIN).header("x-porchlight", "visitor");
                let answer = host.calls(route.method.as_str(), &path, shape).await;
                assert_eq!(answer.status, 401, "{} {path}", route.method);
            }
        }
    }

    async fn no_browser_belongs_there(site) {
        let host = site.host(&EVERYTHING).await;
        for (name, value) in [
            ("origin", ORIGIN),
            ("origin", "https://shop.example"),
            ("origin", "null"),
            ("origin", ""),
            ("sec-fetch-site", "same-origin"),
            ("sec-fetch-site", "none"),
            ("sec-fetch-site", "cross-site"),
        ] {
            for method in ["GET", "PUT", "DELETE"] {
                let shape = |request: reqwest::RequestBuilder| request.bearer_auth(&host.made.key).header(name, value).header("x-porchlight", "user");
                let answer = host.calls(method, &user_path(&NOOR), shape).await;
                assert_eq!(answer.read::<Value>().unwrap_err().code(), ProblemCode::ForeignOrigin, "{method} {name}: {value}");
            }
        }
        let answer = host.calls("OPTIONS", &user_path(&NOOR), |request| request.header("access-control-request-method", "PUT")).await;
        assert!(!answer.headers.keys().any(|name| name.as_str().starts_with("access-control")));
    }

    async fn a_user_is_made_and_changed_and_what_is_left_out_stays(site) {
        let host = site.host(&[HostScope::UsersWrite]).await;
        let ada = site.admin_of(&ADA).await;
        site.clock.advance(1_000);
        assert_eq!(host.shows(&IDRIS).await.err().unwrap().code(), ProblemCode::NotFound);
        let made = host.puts(&IDRIS, &json!({ "name": IDRIS.name, "email": " Idris@Example.org " })).await.unwrap();
        assert_eq!((made.name.as_str(), made.email.as_deref(), made.email_verified, made.converted), (IDRIS.name, Some("Idris@Example.org"), false, 0));
        assert!(host.shows(&IDRIS).await.unwrap() == made);
        let lines = ada.reads_activity("").await.lines;
        let puts = || async { ada.reads_activity("?action=host_user_put").await.lines.len() };
        assert_eq!((lines[0].action, puts().await), (Action::HostUserPut, 1));

        // The same again, and nothing at all: no news.
        let persons = site.count("person").await;
        for same in [json!({ "name": IDRIS.name, "email": "Idris@Example.org" }), json!({}), json!({ "name": null, "email": null }), json!({ "email": "Idris@Example.org", "email_verified": false })] {
            assert!(host.puts(&IDRIS, &same).await.unwrap() == made, "{same}");
        }
        assert_eq!((puts().await, site.count("person").await), (1, persons));

        let renamed = host.puts(&IDRIS, &json!({ "name": "Idris K." })).await.unwrap();
        assert_eq!((renamed.name.as_str(), renamed.email.as_deref()), ("Idris K.", Some("Idris@Example.org")));
        let verified = host.puts(&IDRIS, &json!({ "email": "idris@example.org", "email_verified": true })).await.unwrap();
        assert!(verified.email_verified && verified.email.as_deref() == Some("idris@example.org"));
        // What is known of that very address stays known; another one is only named.
        assert!(host.puts(&IDRIS, &json!({ "email": "idris@example.org" })).await.unwrap().email_verified);
        assert!(!host.puts(&IDRIS, &json!({ "email": "i@example.org" })).await.unwrap().email_verified);
        assert!(!host.puts(&IDRIS, &json!({ "email": "i@example.org", "email_verified": false })).await.unwrap().email_verified);
        assert_eq!(made.person_id, verified.person_id);

        // It is the user who signs in by a token, and the token's word counts as much.
        let idris = site.signed_in(&IDRIS).await;
        let session = idris.session().await;
        assert_eq!((session.role, session.person.unwrap().person_id), (Role::User, made.person_id));
        assert_eq!(host.shows(&IDRIS).await.unwrap().name, IDRIS.name);
        let named_by_nobody = host.asks("PUT", "/api/host/users/a%2Fb%20c", &json!({})).await.read::<Value>().unwrap();
        assert_eq!((&named_by_nobody["external_id"], &named_by_nobody["name"]), (&json!("a/b c"), &json!("User")));
    }

    async fn an_address_is_verified_when_the_host_says_so(site) {
        let host = site.host(&[HostScope::UsersWrite]).await;
        let ada = site.admin_of(&ADA).await;
        assert_eq!(host.verifies(&IDRIS, IDRIS.email).await.err().unwrap().code(), ProblemCode::NotFound);
        assert!(!host.shows(&NOOR).await.unwrap().email_verified);
        let verified = host.verifies(&NOOR, NOOR.email).await.unwrap();
        assert!(verified.email_verified);
        assert!(host.verifies(&NOOR, NOOR.email).await.unwrap() == verified, "again");
        assert_eq!(ada.reads_activity("?action=host_email_verified").await.lines.len(), 1);
        let other = host.verifies(&NOOR, "noor.h@example.org").await.unwrap();
        assert_eq!((other.email.as_deref(), other.email_verified), (Some("noor.h@example.org"), true));
        let log = ada.calls("GET", "/api/admin/activity", |request| request).await;
        assert!(!String::from_utf8(log.body).unwrap().contains("noor.h@"), "no address in the log");
    }

    async fn c14_who_was_a_guest_is_the_user_whom_the_host_registers(site) {
        let ada = site.admin_of(&ADA).await;
        let host = site.host(&[HostScope::UsersWrite]).await;
        let receiver = Receiver::open().await;
        let webhook = ada.points_at(&receiver, &[WebhookEvent::ConversionDone]).await;
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Is the lamp in stock?").await;
        let mut socket = cora.listens().await;
        let form = |email_verified: bool| json!({ "name": CORA.name, "email": CORA.email, "email_verified": email_verified });
        assert_eq!(host.puts(&CORA, &form(false)).await.unwrap().converted, 0, "a word is no proof");
        assert_eq!(cora.own().await, std::slice::from_ref(&hall));
        let user = host.puts(&CORA, &form(true)).await.unwrap();
        assert_eq!(user.converted, 1);
        assert_eq!(socket.is_closed().await.1, Some(shared::realtime::close::SIGNED_OUT));
        assert_eq!(cora.status_of("/api/conversations").await, 401);
        for again in [form(true), json!({})] {
            assert_eq!(host.puts(&CORA, &again).await.unwrap().converted, 0, "once");
        }
        let told = receiver.hears().await;
        assert!(told.is_signed_with(&webhook.secret));
        let data = &told.json()["data"];
        assert_eq!((&data["conversation_id"], &data["proof"], &data["cut"]), (&json!(hall), &json!("address_only"), &json!(1)));
        assert_eq!((&data["guest"]["is_guest"], &data["became"]["external_id"], &data["became"]["person_id"]), (&json!(true), &json!(CORA.key), &json!(user.person_id)));
        assert!(data.get("undone_at").is_none());
        // Shown when they come.
        assert_eq!(site.signed_in(&CORA).await.own().await, [hall]);
        assert!(receiver.is_quiet().await);
    }

    async fn c14_the_policy_holds_for_the_hosts_server_too(site) {
        let host = site.host(&[HostScope::UsersWrite]).await;
        site.browser(&CORA).starts("Hello").await;
        host.puts(&CORA, &json!({ "email": CORA.email })).await.unwrap();
        for policy in [ConversionPolicy::Off, ConversionPolicy::SameBrowser] {
            site.sets(move |settings| settings.conversion = policy).await;
            assert_eq!(host.verifies(&CORA, CORA.email).await.unwrap().converted, 0, "{policy:?}");
        }
        site.sets(|settings| settings.conversion = ConversionPolicy::AutoVerified).await;
        assert_eq!(host.verifies(&CORA, CORA.email).await.unwrap().converted, 1);
    }

    async fn what_cannot_be_is_refused_and_stores_nothing(site) {
        let host = site.host(&[HostScope::UsersWrite]).await;
        let persons = site.count("person").await;
        let about = |code, field| Some(Problem::about(code, field));
        let long = "x".repeat(129);
        for (id, body, status, problem) in [
            ("idris", json!({ "name": "" }), 422, about(ProblemCode::NameRequired, Field::Name)),
            ("idris", json!({ "name": "n".repeat(81) }), 422, about(ProblemCode::NameTooLong, Field::Name)),
            ("idris", json!({ "email": "idris" }), 422, about(ProblemCode::EmailNoAt, Field::Email)),
            ("idris", json!({ "email": "a@x.org\nBcc:b@x.org" }), 422, about(ProblemCode::EmailShape, Field::Email)),
            ("idris", json!({ "email": "" }), 422, about(ProblemCode::EmailRequired, Field::Email)),
            ("idris", json!({ "email_verified": true }), 422, about(ProblemCode::EmailRequired, Field::Email)),
            ("idris", json!({ "email": "i@x.org", "email_verified": "true" }), 400, None),
            ("idris", json!({ "email": "i@x.org", "email_verified": 1 }), 400, None),
            ("idris", json!({ "name": 5 }), 400, None),
            ("idris", json!({ "name": { "$gt": "" } }), 400, None),
            ("idris", json!({ "admin": true }), 400, None),
            ("idris", json!({ "role": "admin" }), 400, None),
            ("idris", json!({ "external_id": "ada" }), 400, None),
            ("idris", json!([]), 400, None),
            ("%20idris", json!({}), 422, about(ProblemCode::LineShape, Field::ExternalId)),
            ("%00", json!({}), 422, about(ProblemCode::LineShape, Field::ExternalId)),
            ("%ff", json!({}), 422, about(ProblemCode::LineShape, Field::ExternalId)),
            ("a%0ab", json!({}), 422, about(ProblemCode::LineShape, Field::ExternalId)),
            ("a%E2%80%8Bb", json!({}), 422, about(ProblemCode::LineShape, Field::ExternalId)),
            (long.as_str(), json!({}), 422, about(ProblemCode::LineShape, Field::ExternalId)),
            ("a/b", json!({}), 404, None),
            ("", json!({}), 404, None),
        ] {
            let answer = host.asks("PUT", &format!("/api/host/users/{id}"), &body).await;
            let refused = answer.read::<Value>().unwrap_err();
            assert_eq!(refused.status, status, "{id} {body}");
            if let Some(problem) = problem {
                assert_eq!(refused.problem, problem, "{id} {body}");
            }
        }
        let path = user_path(&NOOR);
        for (content_type, body, status) in [
            ("text/plain", "{}", 415),
            ("application/x-www-form-urlencoded", "name=x", 415),
            ("application/json", r#"{"name":"a","name":"b"}"#, 400),
            ("application/json", r#"{"name":"\ud800"}"#, 400),
            ("application/json", "", 400),
            (shared::wire::POSTCARD, "\0\0\0", 415),
        ] {
            let shape = |request: reqwest::RequestBuilder| request.bearer_auth(&host.made.key).header("content-type", content_type).body(body.to_owned());
            assert_eq!(host.calls("PUT", &path, shape).await.status, status, "{content_type} {body}");
        }
        let huge = json!({ "name": "x".repeat(70_000) });
        assert_eq!(host.asks("PUT", &path, &huge).await.status, 413);
        assert_eq!(host.asks("PATCH", &path, &json!({})).await.status, 405);
        for (body, status) in [(json!({}), 400), (json!({ "email": null }), 400), (json!({ "email": "x" }), 422), (json!({ "email": NOOR.email, "verified": true }), 400)] {
            let answer = host.asks("POST", &format!("{path}/email-verified"), &body).await;
            assert_eq!(answer.status, status, "{body}");
        }
        assert_eq!(site.count("person").await, persons);
        assert_eq!(host.shows(&NOOR).await.unwrap().name, NOOR.name);
    }

    async fn a_key_that_calls_too_often_is_told_when_to_come_back(site) {
        let host = site.host(&EVERYTHING).await;
        let other = site.host(&EVERYTHING).await;
        for call in 0..limits::HOST_CALLS_PER_MINUTE {
            assert!(host.shows(&NOOR).await.is_ok(), "{call}");
        }
        let answer = host.asks("GET", &user_path(&NOOR), &Value::Null).await;
        assert_eq!((answer.status, answer.headers["retry-after"].to_str().unwrap()), (429, "60"));
        assert!(other.shows(&NOOR).await.is_ok(), "one key does not use up the other's");
        site.clock.advance(60_000);
        assert!(host.shows(&NOOR).await.is_ok());
    }

    async fn programs_read_what_there_is_without_a_key(site) {
        let visitor = site.browser(&CORA);
        let answer = visitor.calls("GET", "/api/openapi.json", |request| request).await;
        assert_eq!((answer.status, answer.headers["content-type"].to_str().unwrap()), (200, "application/json"));
        let document: Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(document["openapi"], "3.1.0");
        assert!(document["paths"].as_object().unwrap().contains_key("/api/host/users/{external_id}"));
    }
}
