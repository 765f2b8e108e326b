//! Rows about keys of which the host keeps the private half: `ES256` and `EdDSA`.

use super::*;
use crate::identity::keys::IdentityKey;
use ed25519_dalek::Signer as _;
use p256::pkcs8::{EncodePublicKey, LineEnding};
use shared::settings::KeyAlgorithm;

/// A host with a pair of its own for each algorithm; the server knows the public halves.
struct Host {
    es256: p256::ecdsa::SigningKey,
    ed_dsa: ed25519_dalek::SigningKey,
}

/// How a token is signed.
type Sign<'a> = &'a dyn Fn(&[u8]) -> Vec<u8>;

impl Host {
    fn new() -> Self {
        Self {
            es256: p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap(),
            ed_dsa: ed25519_dalek::SigningKey::from_bytes(&[9; 32]),
        }
    }

    fn pem(&self, algorithm: KeyAlgorithm) -> String {
        let pem = match algorithm {
            KeyAlgorithm::Es256 => self.es256.verifying_key().to_public_key_pem(LineEnding::LF),
            _ => self
                .ed_dsa
                .verifying_key()
                .to_public_key_pem(LineEnding::LF),
        };
        pem.unwrap()
    }

    fn keys(&self) -> IdentityKeys {
        [("ec", KeyAlgorithm::Es256), ("ed", KeyAlgorithm::EdDsa)]
            .into_iter()
            .try_fold(IdentityKeys::default(), |keys, (key_id, algorithm)| {
                keys.with(IdentityKey::of(key_id, algorithm, &self.pem(algorithm))?)
            })
            .unwrap()
    }

    fn es256(&self, signed: &[u8]) -> Vec<u8> {
        let signature: p256::ecdsa::Signature = self.es256.sign(signed);
        signature.to_bytes().to_vec()
    }

    fn ed_dsa(&self, signed: &[u8]) -> Vec<u8> {
        self.ed_dsa.sign(signed).to_bytes().to_vec()
    }

    fn judge(&self, key_id: &str, algorithm: &str, sign: Sign<'_>) -> Result<Verdict, Refusal> {
        let header = json!({"alg": algorithm, "kid": key_id}).to_string();
        let signed = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(header),
            URL_SAFE_NO_PAD.encode(payload().to_string())
        );
        let signature = URL_SAFE_NO_PAD.encode(sign(signed.as_bytes()));
        let token = format!("{signed}.{signature}");
        verify(&token, &self.keys(), &site_id(), Time(NOW_S * 1_000))
    }

    fn refusal(&self, key_id: &str, algorithm: &str, sign: Sign<'_>) -> Refusal {
        self.judge(key_id, algorithm, sign)
            .expect_err("it should be refused")
    }
}

fn hmac(secret: &[u8], signed: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
    mac.update(signed);
    mac.finalize().into_bytes().to_vec()
}

#[test]
fn a_token_is_believed_by_the_public_half() {
    let host = Host::new();
    for (key_id, algorithm, sign) in [
        (
            "ec",
            "ES256",
            &(|signed: &[u8]| host.es256(signed)) as Sign<'_>,
        ),
        ("ed", "EdDSA", &|signed: &[u8]| host.ed_dsa(signed)),
    ] {
        let verdict = host.judge(key_id, algorithm, sign);
        assert!(matches!(verdict, Ok(Verdict::Fresh(_))), "{algorithm}");
    }
}

#[test]
fn j04_what_everybody_may_know_is_nobodys_secret() {
    let host = Host::new();
    for (key_id, algorithm) in [("ec", KeyAlgorithm::Es256), ("ed", KeyAlgorithm::EdDsa)] {
        let pem = host.pem(algorithm);
        let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
        let der = base64::engine::general_purpose::STANDARD
            .decode(&body)
            .unwrap();
        let point = host.es256.verifying_key().to_encoded_point(false);
        for secret in [
            pem.as_bytes(),
            pem.trim().as_bytes(),
            body.as_bytes(),
            &der,
            point.as_bytes(),
            host.ed_dsa.verifying_key().as_bytes(),
            b"",
        ] {
            let sign = |signed: &[u8]| hmac(secret, signed);
            assert_eq!(host.refusal(key_id, "HS256", &sign), Refusal::Algorithm);
            // Nor does the header's right word help.
            assert_eq!(
                host.refusal(key_id, algorithm.name(), &sign),
                Refusal::Signature
            );
        }
    }
}

#[test]
fn j04_each_key_checks_by_its_own_algorithm_alone() {
    let host = Host::new();
    let (es256, ed_dsa) = (
        |signed: &[u8]| host.es256(signed),
        |signed: &[u8]| host.ed_dsa(signed),
    );
    assert_eq!(host.refusal("ec", "EdDSA", &ed_dsa), Refusal::Algorithm);
    assert_eq!(host.refusal("ed", "ES256", &es256), Refusal::Algorithm);
    assert_eq!(host.refusal("ec", "ES256", &ed_dsa), Refusal::Signature);
    assert_eq!(host.refusal("ed", "EdDSA", &es256), Refusal::Signature);
    for name in [
        "none", "ES256K", "ES384", "es256", "Ed25519", "RS256", "PS256",
    ] {
        assert_eq!(
            host.refusal("ec", name, &es256),
            Refusal::Algorithm,
            "{name}"
        );
        assert_eq!(
            host.refusal("ed", name, &ed_dsa),
            Refusal::Algorithm,
            "{name}"
        );
    }
}

#[test]
fn j07_a_signature_that_is_none_is_refused() {
    let host = Host::new();
    let other = Host {
        es256: p256::ecdsa::SigningKey::from_slice(&[8; 32]).unwrap(),
        ed_dsa: ed25519_dalek::SigningKey::from_bytes(&[10; 32]),
    };
    let der = |signed: &[u8]| {
        let signature: p256::ecdsa::Signature = host.es256.sign(signed);
        signature.to_der().as_bytes().to_vec()
    };
    let longer = |signed: &[u8]| [host.es256(signed), vec![0]].concat();
    let shorter = |signed: &[u8]| host.ed_dsa(signed)[..63].to_vec();
    let flipped = |signed: &[u8]| {
        let mut signature = host.ed_dsa(signed);
        signature[40] ^= 1;
        signature
    };
    for (key_id, algorithm, sign) in [
        ("ec", "ES256", &(|_: &[u8]| vec![0u8; 64]) as Sign<'_>),
        ("ec", "ES256", &|_: &[u8]| Vec::new()),
        ("ec", "ES256", &der),
        ("ec", "ES256", &longer),
        ("ec", "ES256", &|signed: &[u8]| other.es256(signed)),
        ("ec", "ES256", &|_: &[u8]| host.es256(b"something else")),
        ("ed", "EdDSA", &|_: &[u8]| vec![0u8; 64]),
        ("ed", "EdDSA", &shorter),
        ("ed", "EdDSA", &flipped),
        ("ed", "EdDSA", &|signed: &[u8]| other.ed_dsa(signed)),
    ] {
        assert_eq!(host.refusal(key_id, algorithm, sign), Refusal::Signature);
    }
}
