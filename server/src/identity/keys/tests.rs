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

/// What people paste who mean well, and what they paste who do not.
#[test]
fn a_public_key_is_the_one_of_its_algorithm() {
    use ed25519_dalek::pkcs8::EncodePrivateKey;
    use p256::pkcs8::{EncodePublicKey, LineEnding};
    let ec = p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap();
    let ec = ec
        .verifying_key()
        .to_public_key_pem(LineEnding::LF)
        .unwrap();
    let own = ed25519_dalek::SigningKey::from_bytes(&[9; 32]);
    let ed = own
        .verifying_key()
        .to_public_key_pem(LineEnding::LF)
        .unwrap();
    let private = own.to_pkcs8_pem(LineEnding::LF).unwrap();
    let of =
        |algorithm, text: &str| IdentityKey::of("main", algorithm, text).map(|key| key.algorithm());
    let (es256, ed_dsa) = (KeyAlgorithm::Es256, KeyAlgorithm::EdDsa);
    assert_eq!(of(es256, &ec), Ok(es256));
    assert_eq!(
        of(
            es256,
            &format!("\r\n {}\n\n", ec.trim().replace('\n', "\r\n"))
        ),
        Ok(es256)
    );
    assert_eq!(of(ed_dsa, &ed), Ok(ed_dsa));
    let p384 = "-----BEGIN PUBLIC KEY-----
MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEqWPfZOmAMWzbdhFy0LFUU6Fh0X3rOrCr
F9PMJl75aTOBRSfUy+bc2BpX+86rTFMMWTn7wQQSueepabAIDkrbxaCZnOCcyNDR
s4D36eyhUx1xB9SHogpzrOzBDax8yxXs
-----END PUBLIC KEY-----";
    for text in [
        "",
        "x",
        ed.as_str(),
        p384,
        private.as_str(),
        GOOD,
        &ec.replace("PUBLIC KEY", "CERTIFICATE"),
        &ec.replace('M', "\0"),
        &ec[..ec.len() - 30],
        &format!("{ec}{ec}"),
        &"A".repeat(100_000),
    ] {
        assert_eq!(of(es256, text), Err(KeyFault::Pem), "{text:.60}");
    }
    assert_eq!(of(ed_dsa, &ec), Err(KeyFault::Pem));
    // A point of small order: any signature of a certain shape would do for any message.
    let weak = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n-----END PUBLIC KEY-----";
    assert_eq!(of(ed_dsa, weak), Err(KeyFault::Weak));
}

#[test]
fn the_operators_keys_stand_before_the_admins() {
    let operators = IdentityKeys::parse([GOOD]).unwrap();
    let of = |key_id, text| IdentityKey::of(key_id, KeyAlgorithm::Hs256, text).unwrap();
    let secret = "Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA";
    let kept = IdentityKeys::kept([of("main", secret), of("next", secret)]);
    let all = operators.and(&kept);
    let signature_of = |secret: &str| {
        let mut mac = Hmac::<Sha256>::new_from_slice(&decode_secret(secret).unwrap()).unwrap();
        mac.update(b"signed");
        mac.finalize().into_bytes()
    };
    let signature = signature_of(secret);
    assert!(
        all.find(Some("next"))
            .unwrap()
            .has_signed(b"signed", &signature)
    );
    assert!(
        !all.find(Some("main"))
            .unwrap()
            .has_signed(b"signed", &signature),
        "the operator's counts"
    );
    assert!(all.with(of("third", secret)).is_err());
}
