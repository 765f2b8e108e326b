//! G1 and O-05, two hundred times: whatever is behind an address, whoever asks is answered the same bytes, in the same
//! time.

use crate::harness::{Answer, Browser, ORIGIN, PostOffice, Site, scenarios};
use serde_json::{Value, json};
use shared::conversion::ConversionPolicy;
use shared::safety::BlockScope;
use shared::samples::{ADA, CORA, IDRIS, MINA, NOOR};
use std::time::{Duration, Instant};

/// What stands behind the addresses that are tried.
const ADDRESSES: [(&str, &str); 7] = [
    ("a guest's", CORA.email),
    ("a blocked guest's", IDRIS.email),
    ("a user's", NOOR.email),
    ("an agent's", MINA.email),
    ("an admin's", ADA.email),
    ("a guest's who is a user too", "both@example.org"),
    ("nobody's", "nobody@example.net"),
];

/// As people spell an address, and as attackers do.
fn spelled(email: &str, number: usize) -> String {
    let (local, domain) = email.split_once('@').unwrap();
    match number % 8 {
        0 => email.to_owned(),
        1 => email.to_uppercase(),
        2 => format!("  {email}\t"),
        3 => format!("{local}@{}", domain.to_uppercase()),
        4 => format!("{local}+{number}@{domain}"),
        5 => format!("{}.{}@{domain}", &local[..1], &local[1..]),
        6 => email.replace("example", "ｅｘａｍｐｌｅ"),
        _ => format!("\u{a0}{}@{domain}\u{2003}", local.to_uppercase()),
    }
}

/// Everybody of the table is there, and whom it says is blocked is blocked.
async fn people(site: &Site) {
    site.browser(&CORA).starts("The blue lamp hums").await;
    let mut idris = site.browser(&IDRIS);
    let hall = idris.starts("Buy now").await;
    let (guest, mina) = (idris.person_id().await, site.signed_in(&MINA).await);
    let agent = mina.person_id().await;
    site.blocks(&agent, &guest, BlockScope::Site, &hall).await;
    let mut both = site.browser(&IDRIS);
    let form = json!({ "name": "Idris Bello", "email": "both@example.org" });
    assert_eq!(both.writes("POST", "/api/guest", &form).await.status, 204);
    let first = json!({ "client_id": both.client_id(), "text": "Hello", "guest": form });
    assert_eq!(
        both.writes("POST", "/api/conversations", &first)
            .await
            .status,
        200
    );
    let mut claims = site.claims(&NOOR);
    claims["sub"] = "both".into();
    claims["email"] = "both@example.org".into();
    Browser::user(site, &NOOR)
        .signs_in_with(&site.signs(&claims))
        .await;
}

/// A call from a peer of its own, and how long its answer took.
async fn tries(site: &Site, path: &str, number: usize, body: &Value) -> (Answer, Duration) {
    let peer = format!("203.0.{}.{}", number / 250, number % 250 + 1);
    #[expect(clippy::disallowed_methods, reason = "the promise is about true time")]
    let started = Instant::now();
    let answer = site
        .browser(&CORA)
        .calls("POST", path, |request| {
            request
                .header("origin", ORIGIN)
                .header("content-type", "application/json")
                .header("x-forwarded-for", peer)
                .body(body.to_string())
        })
        .await;
    (answer, started.elapsed())
}

/// Everything of an answer that could tell two of them apart. What is another one each time by design is as long each
/// time.
fn looks(answer: &Answer) -> String {
    let mut headers: Vec<String> = Vec::new();
    for (name, value) in &answer.headers {
        let value = value.to_str().unwrap();
        headers.push(match name.as_str() {
            "date" | "x-request-id" => format!("{name}: {} characters", value.len()),
            "set-cookie" => {
                let (pair, attributes) = value.split_once(';').unwrap();
                let (cookie, token) = pair.split_once('=').unwrap();
                format!("{name}: {cookie}={} characters;{attributes}", token.len())
            }
            _ => format!("{name}: {value}"),
        });
    }
    let body = String::from_utf8(answer.body.clone()).unwrap();
    format!("{}\n{}\n\n{body}", answer.status, headers.join("\n"))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// Two hundred spellings of the addresses in turn: each is answered alike, in comparable time.
async fn are_answered_alike(site: &Site, path: &str, form: impl Fn(&str) -> Value) {
    let mut times = vec![Vec::new(); ADDRESSES.len()];
    let mut first: Option<String> = None;
    for number in 0..210 {
        let place = number % ADDRESSES.len();
        let (what, email) = ADDRESSES[place];
        let email = spelled(email, number / ADDRESSES.len());
        let (answer, took) = tries(site, path, number, &form(&email)).await;
        let looks = looks(&answer);
        let first = first.get_or_insert_with(|| looks.clone());
        assert_eq!(looks, *first, "{what}, as {email:?}");
        times[place].push(took);
    }
    assert!(first.unwrap().starts_with("204\n"));
    let medians: Vec<Duration> = times.into_iter().map(median).collect();
    let (least, most) = (medians.iter().min().unwrap(), medians.iter().max().unwrap());
    assert!(*most < *least * 2 + Duration::from_millis(2), "{medians:?}");
}

scenarios! {
    async fn g1_two_hundred_addresses_at_the_guest_form(site) {
        people(site).await;
        let before = [site.count("person").await, site.count("session").await];
        are_answered_alike(site, "/api/guest", |email| json!({ "name": "Cora Lindqvist", "email": email })).await;
        assert_eq!([site.count("person").await, site.count("session").await], before, "nothing is stored");
    }

    async fn g1_two_hundred_addresses_with_a_first_message(site) {
        people(site).await;
        let mut first: Option<(u16, Vec<String>)> = None;
        for number in 0..203 {
            let (what, email) = ADDRESSES[number % ADDRESSES.len()];
            let email = spelled(email, number / ADDRESSES.len());
            let form = json!({ "name": "Cora Lindqvist", "email": email });
            let (answer, _) = tries(site, "/api/guest", number, &form).await;
            let mut browser = site.browser(&CORA);
            browser.takes_cookies(&answer);
            let start = json!({ "client_id": browser.client_id(), "text": "Hello", "guest": form });
            let peer = format!("203.0.{}.{}", number / 250, number % 250 + 1);
            let answer = browser.calls("POST", "/api/conversations", |request| {
                request
                    .header("origin", ORIGIN)
                    .header("content-type", "application/json")
                    .header("x-forwarded-for", peer)
                    .body(start.to_string())
            }).await;
            // Ids and the address as typed are whoever's own; everything else is the same, and begins at one.
            let status = answer.status;
            let mut value: Value = answer.read().unwrap();
            assert_eq!(value["message"]["position"], 1);
            let mut shapes = Vec::new();
            shape("", &mut value, &mut shapes);
            let looks = (status, shapes);
            let first = first.get_or_insert_with(|| looks.clone());
            assert_eq!(looks, *first, "{what}, as {email:?}");
            // A new guest each time: one conversation, one message.
            assert_eq!(browser.lists_own().await.conversations.len(), 1);
        }
    }

    async fn o_05_two_hundred_addresses_asked_for_a_code(site) {
        people(site).await;
        let post = PostOffice::open().await;
        site.mails_by(&post).await;
        are_answered_alike(site, "/api/code", |email| json!({ "email": email })).await;
        site.app().codes.settled().await;
        let mut to: Vec<String> = post.letters().into_iter().map(|letter| letter.to).collect();
        to.sort();
        assert_eq!(to, [["both@example.org"; 3], ["cora@example.org"; 3]].concat(), "three an hour");
    }

    async fn o_05_what_is_mailed_takes_no_longer_than_what_is_not(site) {
        let post = PostOffice::open().await;
        site.mails_by(&post).await;
        for number in 0..30 {
            let form = json!({ "name": "Cora Lindqvist", "email": format!("cora{number}@example.org") });
            let (answer, _) = tries(site, "/api/guest", number, &form).await;
            let mut cora = site.browser(&CORA);
            cora.takes_cookies(&answer);
            let first = json!({ "client_id": cora.client_id(), "text": "Hello", "guest": form });
            assert_eq!(cora.writes("POST", "/api/conversations", &first).await.status, 200);
        }
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        for number in 0..30 {
            let domain = ["example.org", "example.net"];
            for (domain, times) in domain.into_iter().zip([&mut known, &mut unknown]) {
                let form = json!({ "email": format!("cora{number}@{domain}") });
                let (answer, took) = tries(site, "/api/code", number, &form).await;
                assert_eq!(answer.status, 204);
                times.push(took);
                // What the last one left to do is no part of the next one's time.
                site.app().codes.settled().await;
            }
        }
        assert_eq!(post.letters().len(), 30);
        let (known, unknown) = (median(known), median(unknown));
        assert!(known < unknown * 3 / 2 + Duration::from_millis(1), "{known:?} {unknown:?}");
    }

    async fn o_05_two_hundred_addresses_asked_for_a_code_where_there_are_none(site) {
        people(site).await;
        site.sets(|settings| settings.conversion = ConversionPolicy::Off).await;
        are_answered_alike(site, "/api/code", |email| json!({ "email": email })).await;
    }
}

/// Names and plain values of everything in it; of ids, texts and times their kind.
fn shape(name: &str, value: &mut Value, shapes: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields.iter_mut() {
                shape(&format!("{name}.{key}"), value, shapes);
            }
        }
        Value::Array(values) => {
            for value in values.iter_mut() {
                shape(&format!("{name}[]"), value, shapes);
            }
        }
        Value::String(text) if name.ends_with("_id") => {
            shapes.push(format!("{name}: {} characters", text.len()))
        }
        Value::String(_) if name.ends_with("email") => shapes.push(format!("{name}: as typed")),
        other => shapes.push(format!("{name}: {other}")),
    }
}
