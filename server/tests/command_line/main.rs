//! The command line, as an operator types it: the true binary, on a database of its own.
//!
//! The law: an answer is short and says what is so now; a refusal is one sentence on standard error with exit code 2,
//! and changes nothing.
#![forbid(unsafe_code)]
#![expect(
    clippy::unwrap_used,
    reason = "the file is a test: what it unwraps is what it asserts"
)]

/// Backups, their way back, and damaged files.
mod backups;
/// The doctor, at healthy and at broken deployments.
mod doctor;
/// Links for people who have no password yet.
mod links;
/// Services and containers.
mod packaging;
/// What is typed wrong.
mod refusals;

use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

/// An operator with a data directory.
struct Operator {
    folder: TempDir,
    data_dir: PathBuf,
}

/// What came back.
struct Told {
    code: i32,
    said: String,
    complained: String,
}

impl Operator {
    /// With an empty data directory.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path().join("data");
        Self { folder, data_dir }
    }

    /// With a data directory that cannot be made: a server that should have refused its flags ends all the same.
    fn nowhere() -> Self {
        let mut operator = Self::new();
        let file = operator.folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        operator.data_dir = file.join("data");
        operator
    }

    fn types(&self, words: &[&str]) -> Told {
        self.types_with(words, &[])
    }

    fn types_with(&self, words: &[&str], environment: &[(&str, &str)]) -> Told {
        let mut command = Command::new(env!("CARGO_BIN_EXE_porchlight"));
        command
            .args(words)
            .env_clear()
            .env("PORCHLIGHT_DATA_DIR", &self.data_dir);
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
    for _ in 0..2 {
        assert_eq!(
            ada.gets(&["group", "allow", "Support", "Support"]),
            "People of the two groups may chat with each other."
        );
    }
    assert_eq!(
        ada.gets(&["group", "forbid", "Support", "Support"]),
        "People of the two groups may not chat with each other by this pair."
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
fn somebody_leaves_as_a_file_and_nobody_else_does() {
    let ada = Operator::new();
    let mina = [
        "user",
        "add",
        "--external-id",
        "mina",
        "--name",
        "Mina \"=1+1\" Okafor",
    ];
    ada.gets(&mina);
    let file: serde_json::Value =
        serde_json::from_str(&ada.gets(&["user", "export", "mina"])).unwrap();
    assert_eq!(file["person"]["name"], "Mina \"=1+1\" Okafor");
    let person_id = file["person"]["person_id"].as_str().unwrap().to_owned();
    // By the other id; and that it was noted stands in it.
    let again: serde_json::Value =
        serde_json::from_str(&ada.gets(&["user", "export", &person_id])).unwrap();
    let noted = |file: &serde_json::Value| {
        let lines = file["activity"].as_array().unwrap().iter();
        lines
            .filter(|line| line["action"] == "person_exported")
            .count()
    };
    assert_eq!((noted(&file), noted(&again)), (1, 2));
    for nobody in ["teo", "", "01900000-0000-7000-8000-00000000ffff", " mina"] {
        assert!(
            ada.is_refused(&["user", "export", nobody])
                .contains("no such user")
        );
    }
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
    for command in [
        "serve", "demo", "doctor", "backup", "restore", "settings", "group", "user", "account",
        "key", "admin",
    ] {
        assert!(
            ada.gets(&[command, "--help"]).contains("Usage:"),
            "{command}"
        );
    }
}
