//! Links for people who have no password yet: the one that a first start prints, and those that an operator asks for.

use super::Operator;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

/// The token of a link that leads to this page of `origin`.
fn token<'a>(said: &'a str, origin: &str, page: &str) -> &'a str {
    let (before, token) = said
        .rsplit_once('#')
        .expect("a link carries its token behind a #");
    assert!(
        before.ends_with(&format!(" {origin}/admin/{page}")),
        "{said}"
    );
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    assert!(token.len() == 43 && token.bytes().all(is_plain), "{said}");
    token
}

fn add(operator: &Operator, external_id: &str, email: Option<&str>) {
    let mut words = vec![
        "user",
        "add",
        "--external-id",
        external_id,
        "--name",
        "Mina Okafor",
    ];
    words.extend(email.into_iter().flat_map(|email| ["--email", email]));
    operator.gets(&words);
}

/// What `serve` says on standard output and on standard error until it listens.
fn serves(operator: &Operator) -> (String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_porchlight"))
        .args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--public-url",
            "https://chat.example",
        ])
        .env_clear()
        .env("PORCHLIGHT_DATA_DIR", &operator.data_dir)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut complaints = BufReader::new(child.stderr.take().unwrap());
    let mut complained = String::new();
    // It says so once everything is there, the link included.
    while !complained.contains("serving") {
        assert_ne!(
            complaints.read_line(&mut complained).unwrap(),
            0,
            "{complained}"
        );
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let mut said = String::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    (said.trim_end().to_owned(), complained)
}

#[test]
fn a_start_without_an_admin_prints_a_link_and_logs_none() {
    let operator = Operator::new();
    let (first, log) = serves(&operator);
    assert_eq!(first.lines().count(), 1, "{first}");
    let first = token(&first, "https://chat.example", "setup");
    assert!(!log.contains(first), "{log}");
    let (second, _) = serves(&operator);
    assert_ne!(
        token(&second, "https://chat.example", "setup"),
        first,
        "each start makes it anew"
    );
    add(&operator, "mina", None);
    operator.gets(&["admin", "grant", "mina"]);
    assert_eq!(serves(&operator).0, "", "there is an admin");
}

#[test]
fn an_operator_asks_for_the_set_up_link_while_there_is_no_admin() {
    let operator = Operator::new();
    let first = operator.gets(&["admin", "setup-link"]);
    token(&first, "http://localhost:8080", "setup");
    let second = operator.gets(&[
        "admin",
        "setup-link",
        "--public-url",
        "https://chat.example/",
    ]);
    token(&second, "https://chat.example", "setup");
    operator.is_refused(&["admin", "setup-link", "--public-url", "http://chat.example"]);
    add(&operator, "mina", None);
    operator.gets(&["admin", "grant", "mina"]);
    assert!(
        operator
            .is_refused(&["admin", "setup-link"])
            .contains("account link")
    );
    operator.gets(&["user", "disable", "mina"]);
    operator.gets(&["admin", "setup-link"]);
}

#[test]
fn an_operator_is_never_locked_out() {
    let operator = Operator::new();
    add(&operator, "mina", Some("mina@example.com"));
    add(&operator, "teo", None);
    let said = operator.gets(&[
        "account",
        "link",
        "mina",
        "--public-url",
        "https://chat.example",
    ]);
    assert!(
        said.starts_with("Mina Okafor signs in as mina@example.com"),
        "{said}"
    );
    let first = token(&said, "https://chat.example", "invitation").to_owned();
    let said = operator.gets(&["account", "link", "mina"]);
    assert_ne!(token(&said, "http://localhost:8080", "invitation"), first);
    assert!(
        operator
            .is_refused(&["account", "link", "teo"])
            .contains("no address")
    );
    assert!(
        operator
            .is_refused(&["account", "link", "nobody"])
            .contains("no such user")
    );
    operator.gets(&["user", "disable", "mina"]);
    assert!(
        operator
            .is_refused(&["account", "link", "mina"])
            .contains("disabled")
    );
    operator.is_refused(&[
        "account",
        "link",
        "mina",
        "--public-url",
        "javascript:alert(1)",
    ]);
}
