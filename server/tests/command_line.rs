//! The command line, as an operator types it: the true binary, on a database of its own.
//!
//! The law: an answer is short and says what is so now; a refusal is one sentence on standard error with exit code 2,
//! and changes nothing.

use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// An operator with an empty data directory.
struct Operator {
    folder: TempDir,
}

/// What came back.
struct Told {
    code: i32,
    said: String,
    complained: String,
}

impl Operator {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn data_dir(&self) -> &Path {
        self.folder.path()
    }

    fn types(&self, words: &[&str]) -> Told {
        self.types_with(words, &[])
    }

    fn types_with(&self, words: &[&str], environment: &[(&str, &str)]) -> Told {
        let mut command = Command::new(env!("CARGO_BIN_EXE_porchlight"));
        command
            .args(words)
            .env_clear()
            .env("PORCHLIGHT_DATA_DIR", self.data_dir());
        command.envs(environment.iter().copied());
        let Output {
            status,
            stdout,
            stderr,
        } = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().trim_end().to_owned();
        Told {
            code: status.code().unwrap(),
            said: text(stdout),
            complained: text(stderr),
        }
    }

    /// Types something that works, and reads the answer.
    fn gets(&self, words: &[&str]) -> String {
        let told = self.types(words);
        assert_eq!((told.code, told.complained.as_str()), (0, ""), "{words:?}");
        told.said
    }

    /// Types something that is refused, and reads the one sentence.
    fn is_refused(&self, words: &[&str]) -> String {
        let told = self.types(words);
        assert_eq!(
            (told.code, told.said.as_str()),
            (2, ""),
            "{words:?}: {}",
            told.complained
        );
        assert_eq!(
            told.complained.lines().count(),
            1,
            "{words:?}: {}",
            told.complained
        );
        assert!(
            told.complained.ends_with('.'),
            "{words:?}: {}",
            told.complained
        );
        told.complained
    }
}

#[test]
fn a_site_is_set_up_from_nothing() {
    let ada = Operator::new();
    assert!(
        ada.gets(&["group", "list"])
            .starts_with("There are no groups yet")
    );
    assert!(
        ada.gets(&["user", "list"])
            .starts_with("There are no users yet")
    );
    ada.gets(&["group", "create", "Support"]);
    ada.gets(&[
        "user",
        "add",
        "--external-id",
        "mina",
        "--name",
        "Mina Okafor",
        "--email",
        "mina@example.com",
    ]);
    assert_eq!(
        ada.gets(&["group", "add", "Support", "mina"]),
        "Mina Okafor is now in the group."
    );
    assert_eq!(
        ada.gets(&["group", "add", "Support", "mina"]),
        "Mina Okafor was already in the group."
    );
    assert_eq!(
        ada.gets(&["settings", "set", "user_groups", "on"]),
        "user_groups = on"
    );
    ada.gets(&["settings", "set", "guest_group_id", "Support"]);
    assert_eq!(
        ada.gets(&["settings", "set", "guest_mode", "on"]),
        "guest_mode = on"
    );
    assert_eq!(
        ada.gets(&["settings", "set", "allowed_origins", "https://Shop.Example"]),
        "allowed_origins = https://shop.example"
    );
    assert_eq!(
        ada.gets(&["admin", "grant", "mina"]),
        "Mina Okafor is an admin."
    );

    let groups = ada.gets(&["group", "list"]);
    let group_id = groups.split('\t').next().unwrap().to_owned();
    assert_eq!(groups, format!("{group_id}\t1 person\tSupport"));
    assert_eq!(ada.gets(&["settings", "get", "guest_group_id"]), group_id);
    let users = ada.gets(&["user", "list"]);
    let person_id = users.split('\t').next().unwrap().to_owned();
    assert_eq!(users, format!("{person_id}\tmina\tadmin\tMina Okafor"));

    assert_eq!(
        ada.gets(&["admin", "revoke", &person_id]),
        "Mina Okafor is no longer an admin."
    );
    assert_eq!(
        ada.gets(&["user", "disable", "mina"]),
        "Mina Okafor is shut out and signed out everywhere."
    );
    assert!(ada.gets(&["group", "list"]).contains("0 people"));
    assert_eq!(
        ada.gets(&["user", "enable", "mina"]),
        "Mina Okafor may sign in."
    );
    assert_eq!(
        ada.gets(&["group", "remove", &group_id, &person_id]),
        "Mina Okafor is no longer in the group."
    );
    assert_eq!(
        ada.gets(&["group", "delete", &group_id]),
        format!("Deleted the group {group_id}.")
    );
}

#[test]
fn every_setting_is_printed_and_the_site_s_id_never_changes() {
    let ada = Operator::new();
    let site_id = ada.gets(&["settings", "get", "site_id"]);
    assert_eq!(ada.gets(&["settings", "get", "site_id"]), site_id);
    let all = ada.gets(&["settings", "get"]);
    assert!(
        all.starts_with(&format!("site_id = {site_id}\nsite_name = Porchlight\n")),
        "{all}"
    );
    assert!(
        all.contains("\nguest_mode = off\n") && all.contains("\nallowed_origins = \n"),
        "closed by default: {all}"
    );
    ada.is_refused(&["settings", "set", "site_id", &site_id]);
}

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
    let ada = Operator::new();
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
    assert_eq!(
        std::fs::read_dir(ada.data_dir()).unwrap().count(),
        0,
        "nothing was opened"
    );
}

#[test]
fn the_environment_says_what_flags_say_and_a_secret_is_never_shown() {
    let ada = Operator::new();
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

#[test]
fn help_says_where_to_begin() {
    let ada = Operator::new();
    let help = ada.gets(&["--help"]);
    for word in [
        "serve",
        "demo",
        "settings",
        "group",
        "user",
        "admin",
        "porchlight group create Support",
    ] {
        assert!(help.contains(word), "{word}");
    }
    for command in ["serve", "demo", "settings", "group", "user", "admin"] {
        assert!(
            ada.gets(&[command, "--help"]).contains("Usage:"),
            "{command}"
        );
    }
}
