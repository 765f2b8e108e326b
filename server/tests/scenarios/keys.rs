//! The keys with which a host site vouches, made on the admin page: at once, two at a time, shown once.

use crate::harness::{Answer, Browser, Refused, Site, scenarios};
use crate::revocation::is_cut_off;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::Signer as _;
use hmac::{Hmac, Mac};
use p256::pkcs8::{EncodePublicKey, LineEnding};
use porchlight::identity::keys::change::kill_key;
use serde_json::{Value, json};
use shared::identity::{Role, SignIn};
use shared::problem::{Field, Problem, ProblemCode};
use shared::realtime::{Event, Resume, Signal, close};
use shared::samples::{ADA, MINA, NOOR, TEO};
use shared::settings::{KeyAlgorithm, KeyMade, SettingsPage};

const KEYS: &str = "/api/admin/keys";

pub async fn makes(ada: &mut Browser<'_>, form: &Value) -> Result<KeyMade, Refused> {
    ada.writes("POST", KEYS, form).await.read()
}

pub fn hs256(key_id: &str) -> Value {
    json!({ "key_id": key_id, "algorithm": "HS256", "public_key": "" })
}

/// A token about somebody, as the host signs it with a key of its own.
pub fn token(
    claims: &Value,
    key_id: &str,
    algorithm: &str,
    sign: impl Fn(&[u8]) -> Vec<u8>,
) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!(
        "{}.{}",
        part(&json!({ "alg": algorithm, "kid": key_id })),
        part(claims)
    );
    format!(
        "{signed}.{}",
        URL_SAFE_NO_PAD.encode(sign(signed.as_bytes()))
    )
}

pub fn with_secret(secret: &str) -> impl Fn(&[u8]) -> Vec<u8> {
    let secret = URL_SAFE_NO_PAD.decode(secret).unwrap();
    move |signed| {
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&secret).unwrap();
        mac.update(signed);
        mac.finalize().into_bytes().to_vec()
    }
}

/// Brings a token, as somebody's frame does.
async fn brings<'a>(site: &'a Site, token: String) -> (Answer, Browser<'a>) {
    let mut browser = site.browser(&MINA).on_behalf_of_user();
    let answer = browser
        .writes("POST", "/api/session", &SignIn { token })
        .await;
    (answer, browser)
}

scenarios! {
    async fn a_key_signs_from_the_moment_it_is_made_to_the_moment_it_is_retired(site) {
        let mut ada = site.admin_of(&ADA).await;
        let made = makes(&mut ada, &hs256("spring-2026")).await.unwrap();
        let secret = made.secret.unwrap();
        assert_eq!(URL_SAFE_NO_PAD.decode(&secret).unwrap().len(), 32);
        let sign = with_secret(&secret);
        let by_new = || token(&site.claims(&MINA), "spring-2026", "HS256", &sign);
        let (answer, mina) = brings(site, by_new()).await;
        assert_eq!(answer.status, 200);
        // The operator's goes on beside it.
        assert_eq!(site.signed_in(&TEO).await.session().await.role, Role::Agent);
        // Shown once: never again, in no list.
        let page = ada.calls("GET", "/api/admin/settings", |request| request).await;
        assert!(!String::from_utf8(page.body).unwrap().contains(&secret));

        let page: SettingsPage = ada.asks("POST", &format!("{KEYS}/spring-2026/retire")).await.read().unwrap();
        let names: Vec<&str> = page.keys.iter().map(|key| key.key_id.as_str()).collect();
        assert_eq!(names, ["scenario", "spring-2026"], "those in use first");
        assert!(page.keys[0].created_at.is_none() && page.keys[1].retired_at.is_some());
        assert_eq!(brings(site, by_new()).await.0.status, 401);
        assert_eq!(mina.status_of("/api/inbox").await, 200, "sessions live on");
        assert_eq!(ada.asks("POST", &format!("{KEYS}/spring-2026/retire")).await.status, 404);
        // Its name is taken for ever, or until it is forgotten.
        let refused = makes(&mut ada, &hs256("spring-2026")).await.err().unwrap();
        assert_eq!(refused.problem, Problem::about(ProblemCode::KeyTaken, Field::KeyId));
        let page: SettingsPage = ada.asks("DELETE", &format!("{KEYS}/spring-2026")).await.read().unwrap();
        assert_eq!(page.keys.len(), 1);
        assert_eq!(ada.asks("DELETE", &format!("{KEYS}/spring-2026")).await.status, 404);
        let again = makes(&mut ada, &hs256("spring-2026")).await.unwrap();
        assert_ne!(again.secret.unwrap(), secret);
    }

    async fn retiring_a_key_lets_its_sessions_live_and_killing_it_ends_them(site) {
        let mut ada = site.admin_of(&ADA).await;
        let (spring, summer) = (
            makes(&mut ada, &hs256("spring")).await.unwrap().secret.unwrap(),
            with_secret("c3Vua2VuIGxhbnRlcm5zIGJ5IHRoZSBkb29yICsgb24"),
        );
        let by_spring = |person| token(&site.claims(person), "spring", "HS256", with_secret(&spring));
        let (answer, mina) = brings(site, by_spring(&MINA)).await;
        assert_eq!(answer.status, 200);
        let mut desk = mina.listens().await;
        // The operator's key, and another of Mina's browsers that came by it.
        let (teo, elsewhere) = (site.signed_in(&TEO).await, site.signed_in(&MINA).await);
        let mut other = teo.listens().await;
        assert_eq!(ada.asks("POST", &format!("{KEYS}/spring/retire")).await.status, 200);
        assert_eq!(mina.status_of("/api/inbox").await, 200);
        desk.signals(&Signal::Resume(Resume { conversations: Vec::new() })).await;
        desk.hears_of(|event| matches!(event, Event::Resumed(_)).then_some(())).await;

        assert_eq!(ada.asks("DELETE", &format!("{KEYS}/spring")).await.status, 200);
        assert_eq!(mina.status_of("/api/inbox").await, 401, "at once");
        is_cut_off(&mut desk, close::SIGNED_OUT).await;
        for signed in [&teo, &elsewhere] {
            assert_eq!(signed.status_of("/api/inbox").await, 200, "by another key");
        }
        other.signals(&Signal::Resume(Resume { conversations: Vec::new() })).await;
        other.hears_of(|event| matches!(event, Event::Resumed(_)).then_some(())).await;
        // The name says nothing about the key: a new one of that name revives nothing.
        makes(&mut ada, &hs256("spring")).await.unwrap();
        assert_eq!(mina.status_of("/api/inbox").await, 401);
        assert_eq!(brings(site, by_spring(&MINA)).await.0.status, 401);
        assert_eq!(brings(site, token(&site.claims(&MINA), "spring", "HS256", summer)).await.0.status, 401);
    }

    async fn a_session_that_the_new_key_signs_for_too_outlives_the_old_one(site) {
        let mut ada = site.admin_of(&ADA).await;
        let secret = makes(&mut ada, &hs256("spring")).await.unwrap().secret.unwrap();
        let by_spring = |person| token(&site.claims(person), "spring", "HS256", with_secret(&secret));
        let (_, mut mina) = brings(site, by_spring(&MINA)).await;
        let (_, teo) = brings(site, by_spring(&TEO)).await;
        // The next page that Mina opens has a token of the operator's key.
        assert_eq!(mina.signs_in().await.role, Role::Agent);
        ada.asks("DELETE", &format!("{KEYS}/spring")).await;
        assert_eq!(mina.status_of("/api/inbox").await, 200);
        assert_eq!(teo.status_of("/api/inbox").await, 401);
    }

    async fn a_key_that_another_process_killed_a_moment_ago_begins_no_session(site) {
        let mut ada = site.admin_of(&ADA).await;
        let secret = makes(&mut ada, &hs256("spring")).await.unwrap().secret.unwrap();
        let by_spring = |person| token(&site.claims(person), "spring", "HS256", with_secret(&secret));
        let (_, mina) = brings(site, by_spring(&MINA)).await;
        let mut desk = mina.listens().await;
        // As the other node does it: nothing is told to this one.
        let killed = site.app().writer.run(site.by(), |tx, by| Box::pin(kill_key(tx, by, "spring"))).await;
        assert_eq!(killed.unwrap().len(), 1);
        let (answer, _) = brings(site, by_spring(&TEO)).await;
        assert_eq!(answer.read::<()>().err().unwrap().code(), ProblemCode::IdentityInvalid);
        assert_eq!(mina.status_of("/api/inbox").await, 401, "at once");
        is_cut_off(&mut desk, close::SIGNED_OUT).await;
    }

    async fn the_operator_ends_the_sessions_of_a_key_of_theirs(site) {
        let mut ada = site.admin_of(&ADA).await;
        let secret = makes(&mut ada, &hs256("spring")).await.unwrap().secret.unwrap();
        let by_spring = token(&site.claims(&TEO), "spring", "HS256", with_secret(&secret));
        let (_, teo) = brings(site, by_spring).await;
        let mina = site.signed_in(&MINA).await;
        let mut desk = mina.listens().await;
        for (key, says) in [("spring", "No session"), ("x", "No session"), ("scenario", "One session")] {
            let output = site.types(&["key", "end-sessions", key]).await;
            assert!(output.status.success());
            assert!(String::from_utf8(output.stdout).unwrap().starts_with(says), "{key}");
        }
        assert_eq!(mina.status_of("/api/inbox").await, 401, "at once");
        is_cut_off(&mut desk, close::SIGNED_OUT).await;
        assert_eq!(teo.status_of("/api/inbox").await, 200, "by another key");
        assert_eq!(ada.status_of("/api/admin/settings").await, 200, "by no key at all");
    }

    async fn a_host_that_keeps_its_private_half_is_believed(site) {
        let mut ada = site.admin_of(&ADA).await;
        let ec = p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap();
        let pem = ec.verifying_key().to_public_key_pem(LineEnding::LF).unwrap();
        let form = json!({ "key_id": "pair", "algorithm": "ES256", "public_key": pem });
        let made = makes(&mut ada, &form).await.unwrap();
        assert_eq!((made.secret, made.key.algorithm), (None, KeyAlgorithm::Es256));
        let sign = |signed: &[u8]| {
            let signature: p256::ecdsa::Signature = ec.sign(signed);
            signature.to_bytes().to_vec()
        };
        assert_eq!(brings(site, token(&site.claims(&NOOR), "pair", "ES256", sign)).await.0.status, 200);
        // What everybody may know is nobody's secret.
        for secret in [pem.clone(), pem.trim().to_owned()] {
            let forged = token(&site.claims(&ADA), "pair", "HS256", with_secret(&URL_SAFE_NO_PAD.encode(secret)));
            assert_eq!(brings(site, forged).await.0.status, 401);
        }
        ada.asks("DELETE", &format!("{KEYS}/pair")).await;

        let ed = ed25519_dalek::SigningKey::from_bytes(&[9; 32]);
        let pem = ed.verifying_key().to_public_key_pem(LineEnding::LF).unwrap();
        let form = json!({ "key_id": "pair", "algorithm": "EdDSA", "public_key": pem });
        makes(&mut ada, &form).await.unwrap();
        let sign = |signed: &[u8]| ed.sign(signed).to_bytes().to_vec();
        assert_eq!(brings(site, token(&site.claims(&NOOR), "pair", "EdDSA", sign)).await.0.status, 200);
    }

    async fn a_bad_key_is_refused_and_two_sign_at_once(site) {
        let mut ada = site.admin_of(&ADA).await;
        let about = |code, field| Problem::about(code, field);
        for (key_id, algorithm, public_key, problem) in [
            ("", "HS256", "", about(ProblemCode::KeyIdShape, Field::KeyId)),
            ("a b", "HS256", "", about(ProblemCode::KeyIdShape, Field::KeyId)),
            ("../x", "HS256", "", about(ProblemCode::KeyIdShape, Field::KeyId)),
            (&"k".repeat(65), "HS256", "", about(ProblemCode::KeyIdShape, Field::KeyId)),
            ("next", "HS256", "my own secret", about(ProblemCode::KeyShape, Field::PublicKey)),
            ("next", "ES256", "", about(ProblemCode::KeyShape, Field::PublicKey)),
            ("next", "EdDSA", "-----BEGIN PUBLIC KEY-----", about(ProblemCode::KeyShape, Field::PublicKey)),
            ("scenario", "HS256", "", about(ProblemCode::KeyTaken, Field::KeyId)),
        ] {
            let form = json!({ "key_id": key_id, "algorithm": algorithm, "public_key": public_key });
            let refused = makes(&mut ada, &form).await.err().unwrap();
            assert_eq!(refused.problem, problem, "{key_id:?} {algorithm}");
        }
        let unknown = json!({ "key_id": "next", "algorithm": "RS256", "public_key": "" });
        assert_eq!(ada.writes("POST", KEYS, &unknown).await.status, 400);
        assert_eq!(site.count("identity_key").await, 0);
        makes(&mut ada, &hs256("next")).await.unwrap();
        let refused = makes(&mut ada, &hs256("third")).await.err().unwrap();
        assert_eq!(refused.code(), ProblemCode::TooMany);
        // Only the operator changes the operator's.
        assert_eq!(ada.asks("POST", &format!("{KEYS}/scenario/retire")).await.status, 404);
        assert_eq!(ada.asks("DELETE", &format!("{KEYS}/scenario")).await.status, 404);
        ada.asks("POST", &format!("{KEYS}/next/retire")).await;
        assert!(makes(&mut ada, &hs256("third")).await.is_ok());
    }
}
