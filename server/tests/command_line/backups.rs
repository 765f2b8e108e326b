//! Backups and their way back, and a database file that is damaged.
//!
//! The law: nothing overwrites a database, nothing touches one that is in use, and a damaged one is refused in a
//! sentence that says what helps.

use super::Operator;
use std::fs::{self, File};
use std::path::PathBuf;

impl Operator {
    fn database(&self) -> PathBuf {
        self.data_dir.join("porchlight.sqlite")
    }

    /// Types something that cannot be done, and reads the one sentence.
    fn cannot(&self, words: &[&str]) -> String {
        let told = self.types(words);
        assert_eq!(
            (
                told.code,
                told.said.as_str(),
                told.complained.lines().count()
            ),
            (1, "", 1),
            "{words:?}: {}",
            told.complained
        );
        assert!(told.complained.ends_with('.'), "{}", told.complained);
        told.complained
    }
}

#[test]
fn a_backup_comes_back_and_what_was_there_is_kept() {
    let ada = Operator::new();
    ada.gets(&["group", "create", "Support"]);
    let told = ada.gets(&["backup"]);
    assert!(
        told.ends_with("The copy was opened, checked and counted."),
        "{told}"
    );
    let file = told
        .strip_prefix("Backed up to ")
        .and_then(|rest| rest.split(": ").next())
        .unwrap();
    assert!(PathBuf::from(file).starts_with(ada.data_dir.join("backups")));
    ada.gets(&["group", "create", "Afterwards"]);

    let told = ada.gets(&["restore", file]);
    let former = told.split("What was there before is now ").nth(1).unwrap();
    let former = PathBuf::from(former.trim_end_matches('.'));
    assert!(!ada.gets(&["group", "list"]).contains("Afterwards"));
    // And back again.
    ada.gets(&["restore", former.to_str().unwrap()]);
    assert!(ada.gets(&["group", "list"]).contains("Afterwards"));
    let told = ada.cannot(&["backup", "--to", file]);
    assert!(told.contains("is there already"), "{told}");
}

#[test]
fn a_database_in_use_is_not_replaced() {
    let ada = Operator::new();
    ada.gets(&["group", "create", "Support"]);
    let backup = ada.folder.path().join("backup.sqlite");
    ada.gets(&["backup", "--to", backup.to_str().unwrap()]);
    let lock = File::create(ada.data_dir.join("porchlight.lock")).unwrap();
    lock.try_lock().unwrap();
    let before = fs::read(ada.database()).unwrap();
    let told = ada.cannot(&["restore", backup.to_str().unwrap()]);
    assert!(told.starts_with("Another Porchlight is using"), "{told}");
    assert_eq!(fs::read(ada.database()).unwrap(), before);
    // Backups are for databases in use.
    ada.gets(&["backup"]);
}

#[test]
fn what_is_not_there_is_said() {
    let ada = Operator::new();
    assert!(
        ada.cannot(&["backup"])
            .starts_with("There is no database at ")
    );
    assert!(
        ada.cannot(&["restore", "nowhere"])
            .starts_with("There is no backup at ")
    );
    assert!(
        !ada.data_dir.exists(),
        "asking for a backup makes no database"
    );
    for words in [&["backup"][..], &["restore", "some.dump"]] {
        let told = ada.types_with(
            words,
            &[("PORCHLIGHT_DATABASE", "postgres://nobody@localhost/none")],
        );
        assert_eq!(told.code, 2);
        assert!(
            told.complained.contains("docs/operating.md"),
            "{}",
            told.complained
        );
    }
}

#[test]
fn a_damaged_database_is_refused_and_left_as_it_is() {
    for is_backed_up in [false, true] {
        for (name, damage) in DAMAGES {
            let ada = Operator::new();
            ada.gets(&["group", "create", "Support"]);
            if is_backed_up {
                ada.gets(&["backup"]);
            }
            let whole = fs::read(ada.database()).unwrap();
            let damaged = damage(whole);
            fs::write(ada.database(), &damaged).unwrap();
            for words in [
                &["serve", "--listen", "127.0.0.1:0"][..],
                &["group", "list"],
            ] {
                let told = ada.types(words);
                let sentence = told.complained.lines().last().unwrap_or_default();
                assert_eq!(told.code, 1, "{name}: {}", told.complained);
                assert!(
                    sentence.contains("is damaged")
                        && sentence.contains("`porchlight restore FILE`"),
                    "{name}: {}",
                    told.complained
                );
                assert_eq!(
                    sentence.contains("the newest one known here is "),
                    is_backed_up,
                    "{name}: {sentence}"
                );
                assert!(!told.complained.contains("panicked"), "{name}");
            }
            assert_eq!(fs::read(ada.database()).unwrap(), damaged, "{name}");
            if is_backed_up {
                comes_back(&ada);
            }
        }
    }
}

/// By what the sentence says.
fn comes_back(ada: &Operator) {
    let told = ada.types(&["serve", "--listen", "127.0.0.1:0"]).complained;
    let backup = told
        .split("known here is ")
        .nth(1)
        .and_then(|rest| rest.split(", made at ").next())
        .unwrap();
    ada.gets(&["restore", backup]);
    assert!(ada.gets(&["group", "list"]).contains("Support"));
}

type Damaging = fn(Vec<u8>) -> Vec<u8>;

const DAMAGES: [(&str, Damaging); 4] = [
    ("text", |_| b"Dear Sir or Madam".repeat(400)),
    ("headless", |mut whole| {
        whole[..100].fill(0);
        whole
    }),
    ("cut off", |mut whole| {
        whole.truncate(whole.len() / 2);
        whole
    }),
    ("only its first page is left", |mut whole| {
        whole[4_096..].fill(0xa5);
        whole
    }),
];
