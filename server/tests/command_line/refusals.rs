//! What is typed wrong: one sentence, exit code 2, and nothing changes.

use super::Operator;

#[test]
fn what_is_typed_wrong_is_one_sentence_and_changes_nothing() {
    let ada = Operator::new();
    ada.gets(&["group", "create", "Support"]);
    ada.gets(&[
        "user",
        "add",
        "--external-id",
        "mina",
        "--name",
        "Mina Okafor",
    ]);
    let before = (
        ada.gets(&["settings", "get"]),
        ada.gets(&["group", "list"]),
        ada.gets(&["user", "list"]),
    );
    for words in [
        &["settings", "get", "colour"][..],
        &["settings", "set", "colour", "red"],
        &["settings", "set", "accent", "red"],
        &["settings", "set", "page_size", "0"],
        &["settings", "set", "page_size", "-1"],
        &["settings", "set", "page_size", "101"],
        &["settings", "set", "page_size", "5e1"],
        &["settings", "set", "language", "../../etc"],
        &["settings", "set", "footer_url", "javascript:alert(1)"],
        &["settings", "set", "guest_mode", "on"],
        &["settings", "set", "guest_mode", "perhaps"],
        &["settings", "set", "guest_group_id", "Nobody"],
        &[
            "settings",
            "set",
            "allowed_origins",
            "https://a; script-src *",
        ],
        &["settings", "set", "site_name", ""],
        &["group", "create", ""],
        &["group", "create", "Support"],
        &["group", "delete", "Nobody"],
        &["group", "add", "Support", "nobody"],
        &["group", "add", "Nobody", "mina"],
        &[
            "user",
            "add",
            "--external-id",
            "mina",
            "--name",
            "Another Mina",
        ],
        &[
            "user",
            "add",
            "--external-id",
            " teo",
            "--name",
            "Teo Marchetti",
        ],
        &["user", "add", "--external-id", "teo", "--name", ""],
        &[
            "user",
            "add",
            "--external-id",
            "teo",
            "--name",
            "Teo Marchetti",
            "--email",
            "teo",
        ],
        &["user", "disable", "nobody"],
        &["admin", "grant", "019aaf00-1001-7000-8000-000000000001"],
    ] {
        ada.is_refused(words);
    }
    let after = (
        ada.gets(&["settings", "get"]),
        ada.gets(&["group", "list"]),
        ada.gets(&["user", "list"]),
    );
    assert_eq!(after, before);
}

#[test]
fn serve_does_not_start_with_a_wrong_value() {
    let ada = Operator::nowhere();
    for (words, says) in [
        (&["serve", "--listen", "8080"][..], "--listen"),
        (
            &["serve", "--listen", "0.0.0.0:0"],
            "--public-url is missing",
        ),
        (
            &["serve", "--public-url", "http://chat.example"],
            "--public-url has to be https://",
        ),
        (
            &["serve", "--public-url", "https://chat.example/path"],
            "--public-url",
        ),
        (
            &["serve", "--database", "mysql://root@localhost/x"],
            "--database",
        ),
        (
            &["serve", "--trusted-proxy", "10.0.0.0/40"],
            "--trusted-proxy",
        ),
        (
            &["serve", "--identity-key", "main=c2hvcnQ"],
            "32 random bytes",
        ),
        (
            &["serve", "--identity-key-file", "/there/is/no/such/file"],
            "identity key file",
        ),
        (&["serve", "--log", "loud"], "--log"),
        (&["demo", "--chat-port", "70000"], "--chat-port"),
        (&["demo", "--now", "tomorrow"], "--now"),
    ] {
        let sentence = ada.is_refused(words);
        assert!(sentence.contains(says), "{words:?}: {sentence}");
    }
    let unknown = ada.types(&["serve", "--colour", "red"]);
    assert_eq!(unknown.code, 2);
}

#[test]
fn the_environment_says_what_flags_say_and_a_secret_is_never_shown() {
    let ada = Operator::nowhere();
    let secret = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
    for (variable, value, says) in [
        ("PORCHLIGHT_LISTEN", "nonsense", "--listen"),
        (
            "PORCHLIGHT_PUBLIC_URL",
            "http://chat.example",
            "--public-url",
        ),
        (
            "PORCHLIGHT_DATABASE",
            "mysql://root:hunter2@localhost/x",
            "--database",
        ),
        (
            "PORCHLIGHT_TRUSTED_PROXY",
            "10.0.0.0/8,nonsense",
            "--trusted-proxy",
        ),
        (
            "PORCHLIGHT_IDENTITY_KEYS",
            "main=c2hvcnQ",
            "32 random bytes",
        ),
        ("PORCHLIGHT_LOG", "loud", "--log"),
    ] {
        let told = ada.types_with(&["serve"], &[(variable, value)]);
        assert_eq!(told.code, 2, "{variable}");
        assert!(
            told.complained.contains(says),
            "{variable}: {}",
            told.complained
        );
        assert!(
            !told.complained.contains("hunter2") && !told.complained.contains("c2hvcnQ"),
            "{}",
            told.complained
        );
    }
    let keys = format!("main={secret}");
    let environment = [
        ("PORCHLIGHT_IDENTITY_KEYS", keys.as_str()),
        ("PORCHLIGHT_DATABASE", "postgres://u:hunter2@h/d"),
    ];
    let help = ada.types_with(&["serve", "--help"], &environment);
    assert_eq!(help.code, 0);
    assert!(help.said.contains("PORCHLIGHT_IDENTITY_KEYS"));
    assert!(
        !help.said.contains(secret) && !help.said.contains("hunter2"),
        "{}",
        help.said
    );
}
