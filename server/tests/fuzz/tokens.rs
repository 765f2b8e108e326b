//! Identity tokens: nobody is anybody whom the key did not sign, and what it signed is read in one way.

use crate::mutate::{corpus, fuzz};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use porchlight::identity::{
    host_token::{Verdict, verify},
    keys::IdentityKeys,
};
use serde_json::Value;
use shared::{
    ids::{SiteId, Time},
    samples,
};

const SECRET: [u8; 32] = *b"0123456789abcdefghijklmnopqrstuv";
const NOW_S: i64 = 1_795_183_500;
const WORDS: [&str; 24] = [
    "\"alg\":\"none\"",
    "\"alg\":\"HS256\"",
    "\"kid\":\"main\"",
    "\"jku\":\"https://evil.com\"",
    "\"crit\":[\"exp\"]",
    "\"sub\":\"ada\"",
    "\"admin\":true",
    "\"role\":\"admin\"",
    "\"is_agent\":true",
    "\"email_verified\":1",
    "null",
    "[",
    "]",
    "{",
    "}",
    ",",
    "9223372036854775807",
    "-1",
    "1795183500",
    "\\u0000",
    "\\ud800",
    "\"act\":{}",
    ".",
    "=",
];

fn site_id() -> SiteId {
    samples::site_id()
}

fn keys() -> IdentityKeys {
    let written = format!("main={}", URL_SAFE_NO_PAD.encode(SECRET));
    IdentityKeys::parse([written.as_str()]).unwrap()
}

/// Header and payload, a space between.
fn lines() -> Vec<Vec<u8>> {
    let lines = include_str!("corpus/tokens.txt").replace("SITE", site_id().as_str());
    corpus(&lines)
}

/// As the host signs whatever it is.
fn sign(line: &[u8]) -> String {
    let end = line.windows(2).position(|two| two == b"} ");
    let (header, payload) = line.split_at(end.map_or(line.len(), |end| end + 1));
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes.trim_ascii_start());
    let signed = format!("{}.{}", part(header), part(payload));
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&SECRET).unwrap();
    mac.update(signed.as_bytes());
    let signature = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
    format!("{signed}.{signature}")
}

fn read(part: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

/// What another reader of JSON finds in a token that was taken.
fn is_as_promised(token: &str, verdict: &Verdict) {
    let parts: Vec<&str> = token.split('.').collect();
    let (header, payload) = (read(parts[0]), read(parts[1]));
    assert_eq!(header["alg"], "HS256");
    for member in ["jku", "jwk", "x5u", "x5c", "crit", "b64", "zip"] {
        assert!(header.get(member).is_none(), "{header}");
    }
    for claim in ["role", "admin", "is_agent"] {
        assert!(payload.get(claim).is_none(), "{payload}");
    }
    let ours = format!("porchlight:{}", site_id());
    let is_ours = payload["aud"] == ours.as_str() || payload["aud"] == serde_json::json!([ours]);
    assert!(payload["iss"] == site_id().as_str() && is_ours, "{payload}");
    let (from, until) = (
        payload["iat"].as_i64().unwrap(),
        payload["exp"].as_i64().unwrap(),
    );
    assert!((1..=600).contains(&(until - from)), "{payload}");
    let not_before = payload.get("nbf").and_then(Value::as_i64).unwrap_or(from);
    let is_early = from.max(not_before) > NOW_S + 60;
    assert_eq!(is_early, matches!(verdict, Verdict::Early(_)), "{payload}");
    let subject = match verdict {
        Verdict::Early(bearer) => &bearer.subject,
        Verdict::Fresh(claims) => {
            assert!(until + 60 > NOW_S);
            assert!(
                payload["jti"]
                    .as_str()
                    .is_some_and(|id| id == claims.token_id)
            );
            // Without an address nothing is verified.
            let says = payload.get("email_verified").and_then(Value::as_bool);
            assert!(
                claims
                    .email_is_verified
                    .is_none_or(|is_verified| says == Some(is_verified))
            );
            assert_eq!(claims.acted_by.is_some(), payload.get("act").is_some());
            &claims.subject
        }
        Verdict::Stale(bearer) => {
            assert!(until + 60 <= NOW_S);
            &bearer.subject
        }
    };
    assert_eq!(payload["sub"], subject.as_str());
    assert!((1..=128).contains(&subject.as_str().chars().count()));
    assert!(!subject.as_str().contains(char::is_control));
}

fn judge(token: &str) -> Option<Verdict> {
    verify(token, &keys(), &site_id(), Time(NOW_S * 1_000)).ok()
}

#[test]
fn whatever_the_host_signs_is_read_in_one_way() {
    let good = lines()
        .iter()
        .filter(|line| judge(&sign(line)).is_some())
        .count();
    assert_eq!(good, 5, "the control: some of the corpus is good");
    fuzz("signed tokens", &lines(), &WORDS, |line| {
        let token = sign(line);
        if let Some(verdict) = judge(&token) {
            is_as_promised(&token, &verdict);
        }
    });
}

#[test]
fn whatever_the_host_did_not_sign_is_nobodys() {
    let signed: Vec<Vec<u8>> = lines().iter().map(|line| sign(line).into_bytes()).collect();
    fuzz("tokens", &signed, &WORDS, |input| {
        let token = String::from_utf8_lossy(input);
        if judge(&token).is_some() {
            assert!(
                signed.iter().any(|signed| signed == token.as_bytes()),
                "{token}"
            );
        }
    });
}
