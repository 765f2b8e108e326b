//! The rows of the table that the loader is tested with too (U), and what may stand in a list.

use serde::Deserialize;
use shared::problem::ProblemCode;
use shared::settings::url_rule::{canonical, holds, is_shown, parse};
use std::time::Instant;
use unicode_normalization::UnicodeNormalization;

#[derive(Deserialize)]
struct Row {
    row: String,
    rule: String,
    path: String,
    holds: bool,
    why: String,
}

fn composed(text: &str) -> String {
    text.nfc().collect()
}

#[test]
fn every_row_of_the_table_holds() {
    let rows: Vec<Row> = serde_json::from_str(include_str!("url_rules.json")).unwrap();
    assert!(rows.len() > 80);
    for row in rows {
        let named = format!("{}: {:?} on {:?}: {}", row.row, row.rule, row.path, row.why);
        let (rule, path) = (
            canonical(&row.rule, composed),
            canonical(&row.path, composed),
        );
        assert_eq!(holds(&rule, &path), row.holds, "{named}");
    }
}

#[test]
fn u01_a_rule_is_a_path() {
    for whole in [
        "https://shop.example/x",
        "HTTP://shop.example",
        "//shop.example/x",
        "//checkout",
        "ftp://shop.example",
        " https://shop.example/x",
        "/https://shop.example",
    ] {
        assert_eq!(parse(whole), Err(ProblemCode::PathOnly), "{whole:?}");
    }
    for bad in [
        "",
        " ",
        "checkout",
        "**",
        "*/checkout",
        "javascript:alert(1)",
        "shop.example/x",
        "./x",
        "\\checkout",
        "/a\\b",
        "/a\nb",
        "/a\0",
        "/a?b=1",
        "/a#b",
        "?",
    ] {
        assert_eq!(parse(bad), Err(ProblemCode::RuleShape), "{bad:?}");
    }
    for (typed, kept) in [
        ("*", "*"),
        ("/", "/"),
        (" /shop/* ", "/shop/*"),
        ("/**/**/**/**/x", "/**/**/**/**/x"),
        ("/a b", "/a b"),
        ("/café", "/café"),
        ("/caf%C3%A9", "/caf%C3%A9"),
    ] {
        assert_eq!(parse(typed), Ok(kept), "{typed:?}");
    }
    let long = |bytes: usize| format!("/{}", "x".repeat(bytes - 1));
    assert!(parse(&long(200)).is_ok());
    assert_eq!(parse(&long(201)), Err(ProblemCode::RuleShape));
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "what is measured is the time itself; fifty times what it takes is allowed"
)]
fn u05_a_comparison_takes_no_time_whatever_the_stars() {
    let path = format!("/{}b", "a".repeat(100_000));
    for rule in [
        "*".repeat(200),
        format!("/{}c", "*a".repeat(99)),
        format!("/{}c", "a*".repeat(99)),
        format!("/{}c*", "*aa".repeat(60)),
    ] {
        let began = Instant::now();
        let holds = holds(&rule, &path);
        assert!(began.elapsed().as_millis() < 50, "{rule}");
        assert_eq!(holds, rule.starts_with("**"), "{rule}");
    }
}

#[test]
fn one_list_shows_and_the_other_hides() {
    let list =
        |rules: &[&str]| -> Vec<String> { rules.iter().map(|rule| (*rule).to_owned()).collect() };
    let shop = list(&["/shop/*", "/help"]);
    for (include, exclude, path, is_expected) in [
        (&[][..], &[][..], "/x", true),
        (&shop, &[], "/shop/lamps", true),
        (&shop, &[], "/help", true),
        (&shop, &[], "/checkout", false),
        (&[], &shop, "/shop", false),
        (&[], &shop, "/checkout", true),
    ] {
        assert_eq!(
            is_shown(include, exclude, path),
            is_expected,
            "{include:?} {exclude:?} {path}"
        );
    }
}
