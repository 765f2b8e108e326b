//! The rows of the table of bad tokens (J), and the good ones.

/// Rows about what a token claims.
mod claims;
/// Rows about keys of which the host keeps the private half.
mod key_pairs;
/// Rows about a token's parts and their JSON.
mod shape;

use super::*;
use hmac::{Hmac, Mac};
use serde_json::{Value as Json, json};
use sha2::Sha256;

const SECRET: [u8; 32] = *b"0123456789abcdefghijklmnopqrstuv";
const OTHER: [u8; 32] = *b"vutsrqponmlkjihgfedcba9876543210";
const NOW_S: i64 = 1_795_183_500;

fn site_id() -> SiteId {
    shared::samples::site_id()
}

fn keys() -> IdentityKeys {
    let written = format!("main={}", URL_SAFE_NO_PAD.encode(SECRET));
    IdentityKeys::parse([written.as_str()]).unwrap()
}

fn sign_bytes(header: &[u8], payload: &[u8], secret: &[u8]) -> String {
    let signed = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header),
        URL_SAFE_NO_PAD.encode(payload)
    );
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
    mac.update(signed.as_bytes());
    format!(
        "{signed}.{}",
        URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
    )
}

fn header() -> Json {
    json!({"alg": "HS256", "typ": "JWT", "kid": "main"})
}

fn payload() -> Json {
    json!({
        "iss": site_id().as_str(),
        "aud": format!("porchlight:{}", site_id()),
        "sub": "noor",
        "iat": NOW_S,
        "exp": NOW_S + 300,
        "jti": "a1",
        "name": "Noor Haddad",
        "email": "noor@example.org",
        "email_verified": true,
    })
}

fn sign(header: &Json, payload: &Json) -> String {
    sign_bytes(
        header.to_string().as_bytes(),
        payload.to_string().as_bytes(),
        &SECRET,
    )
}

fn with(mut object: Json, member: &str, value: Json) -> Json {
    object[member] = value;
    object
}

fn without(mut object: Json, member: &str) -> Json {
    object.as_object_mut().unwrap().remove(member);
    object
}

fn judge(token: &str) -> Result<Verdict, Refusal> {
    verify(token, &keys(), &site_id(), Time(NOW_S * 1_000))
}

fn refusal(token: &str) -> Refusal {
    judge(token).expect_err("the token should be refused")
}

fn claim_refusal(claim: &str, value: Json) -> Refusal {
    refusal(&sign(&header(), &with(payload(), claim, value)))
}

fn is_fresh(payload: &Json) -> bool {
    matches!(judge(&sign(&header(), payload)), Ok(Verdict::Fresh(_)))
}

#[test]
fn a_good_token_says_who_it_is() {
    let Ok(Verdict::Fresh(claims)) = judge(&sign(&header(), &payload())) else {
        panic!("refused")
    };
    assert_eq!(claims.subject.as_str(), "noor");
    assert_eq!(claims.name.unwrap().as_str(), "Noor Haddad");
    assert_eq!(claims.email.unwrap().normalised(), "noor@example.org");
    assert_eq!(claims.email_is_verified, Some(true));
    assert_eq!(
        (claims.token_id.as_str(), claims.groups, claims.ignored),
        ("a1", None, vec![])
    );
}

#[test]
fn what_is_optional_may_be_missing() {
    for member in ["kid", "typ"] {
        let token = sign(&without(header(), member), &payload());
        assert!(matches!(judge(&token), Ok(Verdict::Fresh(_))), "{member}");
    }
    for claim in ["name", "email", "email_verified"] {
        assert!(is_fresh(&without(payload(), claim)), "{claim}");
    }
    let unverified = without(payload(), "email_verified");
    let Ok(Verdict::Fresh(claims)) = judge(&sign(&header(), &unverified)) else {
        panic!("refused")
    };
    assert_eq!(claims.email_is_verified, None);
}

#[test]
fn j01_a_token_without_a_signature_is_refused() {
    for name in ["none", "None", "nOnE", "NONE", ""] {
        let token = sign(&with(header(), "alg", json!(name)), &payload());
        assert_eq!(refusal(&token), Refusal::Algorithm, "{name}");
        let (signed, _) = token.rsplit_once('.').unwrap();
        assert!(
            judge(&format!("{signed}.")).is_err(),
            "{name} without a signature"
        );
    }
    let good = sign(&header(), &payload());
    let (signed, _) = good.rsplit_once('.').unwrap();
    assert_eq!(refusal(&format!("{signed}.")), Refusal::Signature);
    assert_eq!(refusal(signed), Refusal::Shape);
}

#[test]
fn j03_the_algorithm_belongs_to_the_key() {
    for name in [
        json!("HS384"),
        json!("HS512"),
        json!("RS256"),
        json!("hs256"),
        json!("HS256 "),
        json!(5),
        json!(["HS256"]),
    ] {
        assert_eq!(
            refusal(&sign(&with(header(), "alg", name.clone()), &payload())),
            Refusal::Algorithm,
            "{name}"
        );
    }
    assert_eq!(
        refusal(&sign(&without(header(), "alg"), &payload())),
        Refusal::Algorithm
    );
}

#[test]
fn j05_the_header_does_not_say_how_to_verify() {
    for (member, value) in [
        ("jwk", json!({"kty": "oct", "k": "AAAA"})),
        ("jku", json!("https://evil.example/keys")),
        ("x5u", json!("https://evil.example/cert")),
        ("x5c", json!(["AAAA"])),
        ("crit", json!(["exp"])),
        ("b64", json!(false)),
        ("zip", json!("DEF")),
        ("typ", json!("at+jwt")),
    ] {
        assert_eq!(
            refusal(&sign(&with(header(), member, value), &payload())),
            Refusal::HeaderMember(member)
        );
    }
    for key_id in [json!("other"), json!(""), json!(1), json!("../../dev/null")] {
        assert_eq!(
            refusal(&sign(&with(header(), "kid", key_id), &payload())),
            Refusal::UnknownKey
        );
    }
}

#[test]
fn j07_a_signature_belongs_to_its_token() {
    let one = sign(&header(), &payload());
    let two = sign(&header(), &with(payload(), "sub", json!("ada")));
    let (signed, _) = two.rsplit_once('.').unwrap();
    let (_, signature) = one.rsplit_once('.').unwrap();
    assert_eq!(
        refusal(&format!("{signed}.{signature}")),
        Refusal::Signature
    );
    let foreign = sign_bytes(
        header().to_string().as_bytes(),
        payload().to_string().as_bytes(),
        &OTHER,
    );
    assert_eq!(refusal(&foreign), Refusal::Signature);
}

#[test]
fn j07_a_flipped_bit_in_any_position_is_refused() {
    let good = sign(&header(), &payload());
    for position in 0..good.len() {
        for bit in 0..7 {
            let mut bytes = good.clone().into_bytes();
            bytes[position] ^= 1 << bit;
            let bad = String::from_utf8(bytes).expect("seven bits stay ASCII");
            assert!(judge(&bad).is_err(), "bit {bit} of byte {position}");
        }
    }
}

#[test]
fn without_a_key_nobody_is_vouched_for() {
    let token = sign(&header(), &payload());
    let verdict = verify(
        &token,
        &IdentityKeys::default(),
        &site_id(),
        Time(NOW_S * 1_000),
    );
    assert_eq!(verdict.expect_err("there is no key"), Refusal::NoKey);
}

#[test]
fn both_keys_sign_while_keys_are_changed() {
    let main = format!("main={}", URL_SAFE_NO_PAD.encode(SECRET));
    let next = format!("next={}", URL_SAFE_NO_PAD.encode(OTHER));
    let keys = IdentityKeys::parse([main.as_str(), next.as_str()]).unwrap();
    let judge = |token: &str| verify(token, &keys, &site_id(), Time(NOW_S * 1_000));
    let by = |key_id: &str, secret: &[u8]| {
        let header = with(header(), "kid", json!(key_id)).to_string();
        sign_bytes(header.as_bytes(), payload().to_string().as_bytes(), secret)
    };
    assert!(judge(&by("main", &SECRET)).is_ok() && judge(&by("next", &OTHER)).is_ok());
    assert!(judge(&by("main", &OTHER)).is_err() && judge(&by("next", &SECRET)).is_err());
    let nameless = sign(&without(header(), "kid"), &payload());
    assert_eq!(
        judge(&nameless).expect_err("which key?"),
        Refusal::UnknownKey
    );
}
