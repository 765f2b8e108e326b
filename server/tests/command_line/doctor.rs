//! `porchlight doctor` at a healthy deployment, and at one that is broken in one place at a time.
//!
//! The law: what is wrong is found by the check that is named for it, in a sentence that says what to do; a healthy
//! deployment has nothing wrong; nothing is changed.

/// A server, and a proxy in front of it that can be set up wrongly.
mod deployment;

/// The guide's own proxies.
mod proxies;

use deployment::{Deployment, Fault};
use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt;

/// The one wrong finding there is: its check and its sentence.
fn only_wrong(told: &Value) -> (String, String) {
    let wrong: Vec<&Value> = told["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["verdict"] == "wrong")
        .collect();
    assert_eq!(wrong.len(), 1, "{told:#}");
    assert_eq!(told["healthy"], false);
    let text = |key: &str| wrong[0][key].as_str().unwrap().to_owned();
    (text("check"), text("sentence"))
}

#[test]
fn nothing_is_wrong_with_a_healthy_deployment() {
    let healthy = Deployment::start();
    let told = healthy.operator.types_with(&["doctor"], &healthy.flags());
    assert_eq!(told.code, 0, "{}", told.said);
    assert!(told.said.ends_with("Nothing is wrong."), "{}", told.said);
    let told = healthy.doctor(0);
    assert_eq!(told["healthy"], true);
    let checks: Vec<&str> = told["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["check"].as_str().unwrap())
        .collect();
    assert_eq!(
        checks,
        [
            "start",
            "identity_key_file",
            "database",
            "clock",
            "backup",
            "disk",
            "admin",
            "guest_mode",
            "allowed_origins",
            "identity_keys",
            "mail",
            "public_url",
            "clock",
            "version",
            "frame",
            "websocket"
        ]
    );
}

#[test]
fn a_proxy_that_is_set_up_wrongly_is_found() {
    let deployment = Deployment::start();
    for (fault, check, phrase) in [
        (Fault::DropsUpgrade, "websocket", "upgrade of WebSockets"),
        (Fault::ChangesOrigin, "websocket", "changes Origin"),
        (Fault::ForbidsFrames, "frame", "X-Frame-Options"),
        (Fault::OwnPolicy, "frame", "Content-Security-Policy"),
        (Fault::OldDate, "clock", "seconds apart"),
        (Fault::NoUpstream, "public_url", "does not reach the server"),
        (Fault::Redirects, "public_url", "sends people elsewhere"),
        (
            Fault::AnotherSite,
            "public_url",
            "something else than Porchlight",
        ),
    ] {
        deployment.proxy.break_by(fault);
        let (found, sentence) = only_wrong(&deployment.doctor(1));
        assert_eq!(found, check, "{fault:?}: {sentence}");
        assert!(sentence.contains(phrase), "{fault:?}: {sentence}");
    }
    deployment.proxy.break_by(Fault::None);
    deployment.doctor(0);
}

#[test]
fn a_site_that_nobody_can_use_is_found() {
    let deployment = Deployment::start();
    let broken: [(&[&str], &[&str], &str, &str); 4] = [
        (
            &["admin", "revoke", "mina"],
            &["admin", "grant", "mina"],
            "admin",
            "setup-link",
        ),
        (
            &["group", "remove", "Support", "mina"],
            &["group", "add", "Support", "mina"],
            "guest_mode",
            "nobody answers",
        ),
        (
            &["settings", "set", "allowed_origins", ""],
            &["settings", "set", "allowed_origins", "https://shop.example"],
            "allowed_origins",
            "No site may embed",
        ),
        (
            // Port 9 is for throwing things away, and nobody listens there.
            &["settings", "set", "mail_port", "9"],
            &["settings", "set", "mail_host", ""],
            "mail",
            "does not answer",
        ),
    ];
    for words in [["mail_security", "none"], ["mail_from", "chat@example.com"]] {
        deployment
            .operator
            .gets(&["settings", "set", words[0], words[1]]);
    }
    for (breaks, mends, check, phrase) in broken {
        if check == "mail" {
            deployment
                .operator
                .gets(&["settings", "set", "mail_host", "127.0.0.1"]);
        }
        deployment.operator.gets(breaks);
        let (found, sentence) = only_wrong(&deployment.doctor(1));
        assert_eq!(found, check, "{sentence}");
        assert!(sentence.contains(phrase), "{sentence}");
        deployment.operator.gets(mends);
    }
    deployment.doctor(0);
}

#[test]
fn what_lies_about_wrongly_is_found() {
    let deployment = Deployment::start();
    let key_file = deployment.key_file();
    fs::set_permissions(&key_file, fs::Permissions::from_mode(0o644)).unwrap();
    let (found, sentence) = only_wrong(&deployment.doctor(1));
    assert_eq!(found, "identity_key_file", "{sentence}");
    assert!(sentence.contains("chmod 600"), "{sentence}");
    fs::set_permissions(&key_file, fs::Permissions::from_mode(0o600)).unwrap();

    let record = deployment.operator.data_dir.join("last-backup.json");
    let mut last: Value = serde_json::from_slice(&fs::read(&record).unwrap()).unwrap();
    last["made_at_ms"] = 1_500_000_000_000_i64.into();
    fs::write(&record, last.to_string()).unwrap();
    let (found, sentence) = only_wrong(&deployment.doctor(1));
    assert_eq!(found, "backup", "{sentence}");
    assert!(sentence.contains("2017-07-14"), "{sentence}");
    fs::remove_file(&record).unwrap();
    fs::set_permissions(
        &deployment.operator.data_dir,
        fs::Permissions::from_mode(0o755),
    )
    .unwrap();
    let told = deployment.doctor(0).to_string();
    assert!(told.contains("Others on this machine can read"), "{told}");
}

#[test]
fn a_weak_key_and_a_wrong_flag_are_found_before_anything_else() {
    let deployment = Deployment::start();
    fs::write(deployment.key_file(), "main=c2hvcnQ\n").unwrap();
    let told = deployment.doctor(1);
    let (found, sentence) = only_wrong(&told);
    assert_eq!(found, "start");
    assert!(
        sentence.contains("32 random bytes") && !sentence.contains("c2hvcnQ"),
        "{sentence}"
    );
    assert_eq!(told["findings"].as_array().unwrap().len(), 1);
}

#[test]
fn a_server_behind_a_proxy_it_does_not_trust_and_a_name_that_leads_nowhere_are_found() {
    let deployment = Deployment::start();
    let mut flags = deployment.flags();
    flags.retain(|(name, _)| *name != "PORCHLIGHT_PUBLIC_URL");
    flags.push(("PORCHLIGHT_PUBLIC_URL", "https://chat.invalid"));
    let told = deployment.doctor_with(&flags, 1);
    let wrong = |told: &Value, check: &str| {
        let mut findings = told["findings"].as_array().unwrap().iter();
        findings
            .find(|finding| finding["check"] == check && finding["verdict"] == "wrong")
            .map(|finding| finding["sentence"].as_str().unwrap().to_owned())
    };
    assert!(wrong(&told, "start").unwrap().contains("--trusted-proxy"));
    assert!(
        wrong(&told, "public_url")
            .unwrap()
            .contains("cannot be reached")
    );
    flags.push(("PORCHLIGHT_TRUSTED_PROXY", "127.0.0.1"));
    assert_eq!(wrong(&deployment.doctor_with(&flags, 1), "start"), None);
    flags.push(("PORCHLIGHT_WEBHOOK_LOOPBACK", "true"));
    let told = deployment.doctor_with(&flags, 1);
    assert!(
        wrong(&told, "start")
            .unwrap()
            .contains("--webhook-loopback")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_does_not_fit_is_found_and_not_changed() {
    let mut deployment = Deployment::start();
    deployment.stop_server();
    let file = deployment.operator.data_dir.join("porchlight.sqlite");
    let whole = fs::read(&file).unwrap();
    for (statement, phrase) in [
        (
            "insert into _sqlx_migrations values (9999, 'tomorrow', current_timestamp, true, x'00', 1)",
            "newer than this",
        ),
        (
            "delete from _sqlx_migrations where version = (select max(version) from _sqlx_migrations)",
            "older than this",
        ),
        (
            "pragma foreign_keys = off;
            insert into group_member (group_id, person_id, source, joined_at) values ('none', 'nobody', 'manual', 1)",
            "is not whole",
        ),
    ] {
        fs::write(&file, &whole).unwrap();
        deployment.tell_database(statement).await;
        let before = fs::read(&file).unwrap();
        let sentence = deployment.wrong_database();
        assert!(sentence.contains(phrase), "{sentence}");
        assert_eq!(fs::read(&file).unwrap(), before, "{phrase}");
    }
    fs::write(&file, "Dear Sir or Madam".repeat(500)).unwrap();
    assert!(deployment.wrong_database().contains("is damaged"));
    fs::remove_file(&file).unwrap();
    assert!(deployment.wrong_database().contains("There is no database"));
    assert!(!file.exists(), "looking makes no database");
}
