//! What is a key, and what it signs.

use super::*;

const GOOD: &str = "main=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

#[test]
fn a_weak_key_is_refused_when_it_is_configured() {
    assert!(IdentityKey::parse(GOOD).is_ok());
    assert!(
        IdentityKey::parse(&format!("{GOOD}=")).is_ok(),
        "padding is fine"
    );
    for (bad, says) in [
        ("main", "KID=BASE64URL"),
        ("=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", "name"),
        ("a b=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", "name"),
        ("main=not base64!", "base64"),
        ("main=", "weak"),
        ("main=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg", "weak"),
        ("main=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "weak"),
    ] {
        let fault = IdentityKey::parse(bad).unwrap_err().to_string();
        assert!(fault.contains(says), "{bad}: {fault}");
    }
}

#[test]
fn two_keys_may_live_at_once_and_a_nameless_token_means_the_only_one() {
    let second = GOOD.replace("main", "next");
    let third = GOOD.replace("main", "third");
    let one = IdentityKeys::parse([GOOD]).unwrap();
    assert!(
        one.find(None).is_some()
            && one.find(Some("main")).is_some()
            && one.find(Some("next")).is_none()
    );
    let two = IdentityKeys::parse([GOOD, second.as_str(), ""]).unwrap();
    assert!(two.find(None).is_none() && two.find(Some("next")).is_some());
    assert!(IdentityKeys::parse([GOOD, GOOD]).is_err());
    assert!(IdentityKeys::parse([GOOD, second.as_str(), third.as_str()]).is_err());
    assert!(IdentityKeys::parse([]).unwrap().is_empty());
}

#[test]
fn a_key_is_never_printed() {
    let printed = format!("{:?}", IdentityKeys::parse([GOOD]).unwrap());
    assert!(
        printed.contains("main") && !printed.contains("AAEC") && !printed.contains("1, 2"),
        "{printed}"
    );
}
