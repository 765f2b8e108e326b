//! The files with which Porchlight is run as a service or in a container.
//!
//! The law: what they name is there: flags and variables are ones that `serve` knows, samples of the guide are the
//! files beside it.

use super::Operator;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn packaging() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../packaging")
}

fn read(name: &str) -> String {
    fs::read_to_string(packaging().join(name)).unwrap()
}

/// Every variable of ours in a text.
fn variables(text: &str) -> Vec<String> {
    text.split(|character: char| !(character.is_ascii_uppercase() || character == '_'))
        .filter(|word| word.starts_with("PORCHLIGHT_"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn what_runs_it_speaks_its_language() {
    let ada = Operator::new();
    let help = ada.gets(&["serve", "--help"]);
    let guide = include_str!("../../../docs/operating.md");
    let texts = [
        read("Containerfile"),
        read("porchlight.service"),
        read("porchlight-backup.service"),
        guide.to_owned(),
    ];
    for text in &texts {
        let named = variables(text);
        assert!(!named.is_empty());
        for variable in named {
            assert!(help.contains(&variable), "{variable} is none of serve's");
        }
    }
    for line in help.lines().filter(|line| line.contains("[env: ")) {
        for variable in variables(line) {
            assert!(
                guide.contains(&variable),
                "the guide does not name {variable}"
            );
        }
    }
}

#[test]
fn the_units_are_read_by_systemd_and_expose_little() {
    let units = [
        "porchlight.service",
        "porchlight-backup.service",
        "porchlight-backup.timer",
    ];
    let folder = tempfile::tempdir().unwrap();
    for unit in units {
        // Where the tests' binary is, because nothing is installed here.
        let text = read(unit).replace(
            "/usr/local/bin/porchlight",
            env!("CARGO_BIN_EXE_porchlight"),
        );
        fs::write(folder.path().join(unit), text).unwrap();
    }
    let analyze = |arguments: &[&str]| {
        Command::new("systemd-analyze")
            .args(arguments)
            .args(units.map(|unit| folder.path().join(unit)))
            .output()
    };
    let Ok(verified) = analyze(&["verify", "--man=no"]) else {
        println!("systemd is not here, so the units were not tried.");
        return;
    };
    let told = String::from_utf8_lossy(&verified.stderr);
    let ours: Vec<&str> = told
        .lines()
        .filter(|line| line.contains("porchlight"))
        .collect();
    assert!(ours.is_empty(), "{told}");
    for unit in &units[..2] {
        let judged = Command::new("systemd-analyze")
            .args(["security", "--offline=yes", "--no-pager", "--threshold=20"])
            .arg(folder.path().join(unit))
            .output()
            .unwrap();
        if String::from_utf8_lossy(&judged.stderr).contains("unrecognized option") {
            println!("This systemd is too old to judge a file.");
            return;
        }
        assert!(
            judged.status.success(),
            "{unit}: {}",
            String::from_utf8_lossy(&judged.stdout)
        );
    }
}
