//! The rows J at the true door: each is one and the same 401 with the same bytes, no cookie, one line in the audit log,
//! and nothing else is stored.

use crate::harness::{Answer, Browser, ORIGIN, Site, scenarios};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha2::{Sha256, Sha384, Sha512};
use shared::{
    identity::{Role, SignIn},
    problem::ProblemCode,
    samples::{MINA, NOOR},
};

/// What the shop and the chat share.
const SECRET: &[u8] = b"what the shop and the chat share";

fn base64(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn by_sha256(secret: &[u8], signed: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
    mac.update(signed.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// The host's own signature under any header and any payload, as bytes.
fn raw(header: &str, payload: &[u8]) -> String {
    let signed = format!("{}.{}", base64(header), base64(payload));
    let signature = by_sha256(SECRET, &signed);
    format!("{signed}.{}", base64(signature))
}

fn signed(header: &Value, payload: &Value) -> String {
    raw(&header.to_string(), payload.to_string().as_bytes())
}

fn header() -> Value {
    json!({"alg": "HS256", "kid": "scenario"})
}

fn with(mut object: Value, member: &str, value: Value) -> Value {
    object[member] = value;
    object
}

fn without(mut object: Value, member: &str) -> Value {
    object.as_object_mut().unwrap().remove(member);
    object
}

/// J-01 to J-07: about the signature, and what says how to check it.
fn about_signatures(good: &Value) -> Vec<(&'static str, String)> {
    let token = signed(&header(), good);
    let (unsigned, signature) = token.rsplit_once('.').unwrap();
    let mut rows = Vec::new();
    for alg in ["none", "None", "nOnE", "NONE"] {
        let naked = format!(
            "{}.{}.",
            base64(with(header(), "alg", json!(alg)).to_string()),
            base64(good.to_string())
        );
        rows.push(("J-01", naked.clone()));
        rows.push(("J-01", format!("{naked}{signature}")));
    }
    rows.push(("J-01", format!("{unsigned}.")));
    rows.push(("J-01", unsigned.to_owned()));
    let claimed = |alg: &str| {
        format!(
            "{}.{}",
            base64(with(header(), "alg", json!(alg)).to_string()),
            base64(good.to_string())
        )
    };
    let mut by_sha384 = Hmac::<Sha384>::new_from_slice(SECRET).unwrap();
    by_sha384.update(claimed("HS384").as_bytes());
    rows.push((
        "J-03",
        format!(
            "{}.{}",
            claimed("HS384"),
            base64(by_sha384.finalize().into_bytes())
        ),
    ));
    let mut by_sha512 = Hmac::<Sha512>::new_from_slice(SECRET).unwrap();
    by_sha512.update(claimed("HS512").as_bytes());
    rows.push((
        "J-03",
        format!(
            "{}.{}",
            claimed("HS512"),
            base64(by_sha512.finalize().into_bytes())
        ),
    ));
    for alg in ["RS256", "ES256", "EdDSA", "hs256", "HS256 ", ""] {
        rows.push((
            "J-03",
            format!(
                "{}.{}",
                claimed(alg),
                base64(by_sha256(SECRET, &claimed(alg)))
            ),
        ));
    }
    for (member, value) in [
        ("jwk", json!({"kty": "oct", "k": base64(SECRET)})),
        ("jku", json!("https://evil.example/keys")),
        ("x5u", json!("https://evil.example/keys")),
        ("x5c", json!(["MIIB"])),
        ("crit", json!(["exp"])),
        ("b64", json!(false)),
        ("zip", json!("DEF")),
    ] {
        rows.push(("J-05", signed(&with(header(), member, value), good)));
    }
    for kid in [
        json!("other"),
        json!("../../dev/null"),
        json!("' or 1=1 --"),
        json!(7),
        json!(""),
    ] {
        rows.push(("J-05", signed(&with(header(), "kid", kid), good)));
    }
    let other = signed(&header(), &with(good.clone(), "sub", json!("ada")));
    rows.push((
        "J-07",
        format!("{unsigned}.{}", other.rsplit_once('.').unwrap().1),
    ));
    rows.push((
        "J-07",
        format!(
            "{unsigned}.{}",
            base64(by_sha256(b"what the shop and the chat shared", unsigned))
        ),
    ));
    for place in 0..32 {
        let mut bits = URL_SAFE_NO_PAD.decode(signature).unwrap();
        bits[place] ^= 1 << (place % 8);
        rows.push(("J-07", format!("{unsigned}.{}", base64(bits))));
    }
    rows
}

/// J-09 to J-21: about what it claims.
fn about_claims(good: &Value) -> Vec<(&'static str, String)> {
    let now_s = good["iat"].as_i64().unwrap();
    let mut rows = vec![
        ("J-09", without(good.clone(), "iat")),
        ("J-09", without(good.clone(), "exp")),
        ("J-09", with(good.clone(), "iat", json!(now_s.to_string()))),
        ("J-09", with(good.clone(), "exp", json!(now_s + 601))),
        ("J-09", with(good.clone(), "exp", json!(now_s))),
        ("J-09", with(good.clone(), "exp", json!(now_s as f64 + 0.5))),
        (
            "J-09",
            with(
                with(good.clone(), "iat", json!(now_s + 61)),
                "exp",
                json!(now_s + 361),
            ),
        ),
        ("J-11", without(good.clone(), "aud")),
        ("J-11", without(good.clone(), "iss")),
        ("J-11", with(good.clone(), "iss", json!("another site"))),
        ("J-13", without(good.clone(), "sub")),
        ("J-15", without(good.clone(), "jti")),
        ("J-15", with(good.clone(), "jti", json!(""))),
        ("J-15", with(good.clone(), "jti", json!(7))),
        ("J-19", with(good.clone(), "role", json!("admin"))),
        ("J-19", with(good.clone(), "admin", json!(true))),
        ("J-19", with(good.clone(), "is_agent", json!(true))),
        ("J-19", with(good.clone(), "is_agent", json!(false))),
    ];
    let audience = &good["aud"];
    for aud in [
        json!(""),
        json!([audience, "other"]),
        json!("porchlight:other"),
        json!(7),
        json!({"a": audience}),
        json!([]),
    ] {
        rows.push(("J-11", with(good.clone(), "aud", aud)));
    }
    for sub in [
        json!(""),
        json!("x".repeat(129)),
        json!(7),
        json!({"$ne": 1}),
        json!("no\u{0}or"),
        json!(" noor"),
        json!("noor\n"),
        json!(null),
        json!(["noor"]),
    ] {
        rows.push(("J-13", with(good.clone(), "sub", sub)));
    }
    let mut rows: Vec<(&str, String)> = rows
        .into_iter()
        .map(|(row, payload)| (row, signed(&header(), &payload)))
        .collect();
    let head = header().to_string();
    let twice = good.to_string().replacen('{', "{\"sub\":\"ada\",", 1);
    let deep = format!("{{\"x\":{}{}}}", "[".repeat(50), "]".repeat(50));
    for payload in [
        &b"hello"[..],
        b"[]",
        b"\"noor\"",
        b"{\"sub\":\"\xff\"}",
        b"",
        twice.as_bytes(),
        deep.as_bytes(),
    ] {
        rows.push(("J-21", raw(&head, payload)));
    }
    let long = signed(
        &header(),
        &with(good.clone(), "x", json!("y".repeat(4_000))),
    );
    assert!(long.len() > 4_096);
    rows.push(("J-21", long));
    rows
}

fn looks(answer: &Answer) -> (u16, String, bool) {
    let body = String::from_utf8(answer.body.clone()).unwrap();
    (
        answer.status,
        body,
        answer.headers.contains_key("set-cookie"),
    )
}

/// Of every table that a sign-in writes to, but the audit log.
async fn rows_of(site: &Site) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in [
        "person",
        "session",
        "identity_token_use",
        "group_member",
        "conversation",
        "conversion",
    ] {
        counts.push(site.count(table).await);
    }
    counts
}

scenarios! {
    async fn j01_to_j21_every_bad_token_is_the_same_401_one_line_and_nothing_else(site) {
        let good = site.claims(&NOOR);
        let all = [about_signatures(&good), about_claims(&good)].concat();
        let before = rows_of(site).await;
        let mut lines = site.count("audit").await;
        for (row, token) in &all {
            let mut browser = Browser::user(site, &NOOR);
            let answer = browser.writes("POST", "/api/session", &SignIn { token: token.clone() }).await;
            let refused = (401, r#"{"code":"identity_invalid","field":"token","retry_after_s":null}"#.to_owned(), false);
            assert_eq!(looks(&answer), refused, "{row}: {token}");
            lines += 1;
            assert_eq!(site.count("audit").await, lines, "{row}: one line");
        }
        assert_eq!(rows_of(site).await, before);
        assert!(all.len() > 100, "{} tokens", all.len());
        // The control: it was good all along, and is still unused.
        let mut noor = Browser::user(site, &NOOR);
        assert_eq!(noor.signs_in_with(&signed(&header(), &good)).await.role, Role::User);
    }

    async fn j17_an_address_beside_the_token_is_no_field(site) {
        let mut noor = Browser::user(site, &NOOR);
        for field in ["email", "name", "role", "sub", "person_id"] {
            let token = site.signs(&without(site.claims(&NOOR), "email"));
            let body = json!({ "token": token, field: "ada@example.com" });
            let answer = noor.writes("POST", "/api/session", &body).await;
            assert_eq!(answer.read::<()>().err().unwrap().code(), ProblemCode::UnknownField, "{field}");
        }
        assert_eq!(site.count("session").await, 0);
    }

    async fn j23_a_token_anywhere_but_in_the_body_is_nobody(site) {
        let token = site.token(&MINA);
        let noor = Browser::user(site, &NOOR);
        let cookie = format!("__Host-porchlight-user={token}");
        for path in ["/api/session", "/api/inbox", "/api/conversations", "/api/socket"] {
            let in_query = format!("{path}?token={token}&identity={token}&access_token={token}");
            for answer in [
                noor.calls("GET", &in_query, |request| request).await,
                noor.calls("GET", path, |request| request.bearer_auth(&token)).await,
                noor.calls("GET", path, |request| request.header("cookie", &cookie)).await,
                noor.calls("POST", &in_query, |request| request.header("origin", ORIGIN).header("content-type", "application/json").body("{}")).await,
            ] {
                let body = String::from_utf8_lossy(&answer.body).into_owned();
                assert!(!body.contains(MINA.name) && !body.contains(&token), "{path}: {body}");
                assert!(!answer.headers.contains_key("set-cookie"), "{path}");
            }
        }
        assert_eq!((site.count("session").await, site.count("identity_token_use").await), (0, 0));
    }

    async fn j25_a_disabled_user_is_refused_and_another_subject_replaces_and_is_never_merged(site) {
        let mut browser = site.signed_in(&NOOR).await;
        let hall = browser.starts("Noor's own").await;
        let mut mina = browser.clone().used_by(&MINA);
        mina.signs_in().await;
        assert_eq!(mina.session().await.person.unwrap().name, MINA.name);
        assert!(mina.own().await.is_empty(), "nothing of Noor's became Mina's");
        assert_eq!(browser.session().await.role, Role::Visitor, "and Noor's session is no more");
        let mut noor = site.signed_in(&NOOR).await;
        assert_eq!(noor.own().await, [hall]);
        site.disables(&NOOR).await;
        assert_eq!(noor.status_of("/api/conversations").await, 401);
        let token = site.token(&NOOR);
        let answer = noor.writes("POST", "/api/session", &SignIn { token }).await;
        assert_eq!(answer.read::<()>().err().unwrap().code(), ProblemCode::IdentityInvalid);
    }
}
