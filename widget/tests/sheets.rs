//! What every style sheet of the widget keeps.
//!
//! The law: raw sizes stand in `theme/tokens.css` only; a sheet has one block and its selectors are at most two deep;
//! words can be read on what they stand on, in the light and in the dark.

#![expect(clippy::unwrap_used, reason = "a test's helpers may stop the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every sheet, by its path in `src`, without comments.
fn sheets() -> BTreeMap<String, String> {
    let mut sheets = BTreeMap::new();
    let mut folders = vec![source()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
        {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "css") {
                let name = path.strip_prefix(source()).unwrap().display().to_string();
                sheets.insert(name, without_comments(&fs::read_to_string(path).unwrap()));
            }
        }
    }
    assert!(sheets.len() > 25, "the sheets have moved");
    sheets
}

fn without_comments(css: &str) -> String {
    let mut parts = css.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| kept + part.split_once("*/").unwrap().1)
}

/// The selectors of a sheet; at-rules and the steps of keyframes are none.
fn selectors(css: &str) -> Vec<String> {
    let heads = css
        .split('{')
        .map(|part| part.rsplit(['}', ';']).next().unwrap().trim());
    let is_selector = |head: &&str| !matches!(*head, "" | "from" | "to") && !head.starts_with('@');
    let lists = heads.filter(is_selector);
    lists
        .flat_map(|list| list.split(','))
        .map(|selector| selector.trim().to_owned())
        .collect()
}

fn declarations(css: &str) -> impl Iterator<Item = (&str, &str)> {
    let pairs = css
        .split(['{', '}', ';'])
        .filter_map(|part| part.split_once(':'));
    pairs.map(|(property, value)| (property.trim(), value.trim()))
}

/// Whether a word of a value is a size of its own, as `4px`; `1em` only says "this text's".
fn is_raw_size(word: &str) -> bool {
    let word = word.trim_start_matches('-');
    let digits = word.trim_end_matches(|character: char| character.is_ascii_alphabetic());
    let is_size = matches!(&word[digits.len()..], "px" | "rem" | "em" | "vh" | "vw");
    is_size && word != "1em" && digits.parse::<f64>().is_ok()
}

#[test]
fn raw_sizes_stand_in_the_tokens_only() {
    for (name, css) in sheets() {
        // `base.css` hides what is only said in one pixel, which is no size anybody sees.
        if matches!(&*name, "theme/tokens.css" | "theme/base.css") {
            continue;
        }
        let cuts = |character: char| " \n(),*/".contains(character);
        let raw: Vec<_> = declarations(&css)
            .filter(|(_, value)| value.split(cuts).any(is_raw_size))
            .collect();
        assert!(raw.is_empty(), "{name}: {raw:?}");
    }
}

#[test]
fn a_selector_is_at_most_two_deep() {
    for (name, css) in sheets() {
        for selector in selectors(&css) {
            let parts = selector
                .split([' ', '>', '+', '~'])
                .filter(|part| !part.is_empty());
            assert!(parts.count() <= 2, "{name}: {selector}");
        }
    }
}

#[test]
fn a_block_is_described_in_one_sheet() {
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    for (name, css) in sheets() {
        // A block may be placed by the block it stands in; only what names it alone describes it.
        for selector in selectors(&css)
            .iter()
            .filter(|selector| !selector.contains(' '))
        {
            let Some(class) = selector.strip_prefix('.') else {
                continue;
            };
            let class = class.split(['.', ':', '[']).next().unwrap();
            let owner = owners.entry(class.into()).or_insert_with(|| name.clone());
            let is_theme = name.starts_with("theme/") && owner.starts_with("theme/");
            assert!(
                *owner == name || is_theme,
                ".{class} stands in {owner} and in {name}"
            );
        }
    }
}

type Colour = [u8; 3];

/// The colours of a part of `tokens.css`, by name.
fn colours(css: &str) -> BTreeMap<&str, Colour> {
    let channel = |hex: &str, at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    let read = |value: &str| {
        let hex = value.strip_prefix('#').filter(|hex| hex.len() == 6)?;
        Some([channel(hex, 0)?, channel(hex, 2)?, channel(hex, 4)?])
    };
    declarations(css)
        .filter_map(|(name, value)| Some((name, read(value)?)))
        .collect()
}

/// Contrast as WCAG 2.2 defines it.
fn contrast(one: Colour, other: Colour) -> f64 {
    let linear = |channel: u8| match f64::from(channel) / 255.0 {
        value if value <= 0.040_45 => value / 12.92,
        value => ((value + 0.055) / 1.055).powf(2.4),
    };
    let luminance = |[red, green, blue]: Colour| {
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// What is written on what, and the least contrast between them.
const READ: &[(&str, &str, f64)] = &[
    ("--ink", "--surface", 7.0),
    ("--ink", "--surface-quiet", 7.0),
    ("--ink", "--surface-hover", 7.0),
    ("--ink", "--ground", 7.0),
    ("--ink", "--danger-surface", 7.0),
    ("--ink-quiet", "--surface", 4.5),
    ("--ink-quiet", "--surface-quiet", 4.5),
    ("--ink-quiet", "--surface-hover", 4.5),
    ("--ink-quiet", "--ground", 4.5),
    ("--success-ink", "--surface", 4.5),
    ("--danger", "--surface", 4.5),
    ("--danger", "--danger-surface", 4.5),
    ("--face-ink", "--face-0", 4.5),
    ("--face-ink", "--face-1", 4.5),
    ("--face-ink", "--face-2", 4.5),
    ("--face-ink", "--face-3", 4.5),
    ("--face-ink", "--face-4", 4.5),
    ("--face-ink", "--face-5", 4.5),
    // The edge of a field is no word, but must be seen (WCAG 2.2, 1.4.11).
    ("--field-line", "--surface", 3.0),
];

#[test]
fn words_can_be_read_in_the_light_and_in_the_dark() {
    let tokens = sheets().remove("theme/tokens.css").unwrap();
    let (light, dark) = tokens
        .split_once("@media (prefers-color-scheme: dark)")
        .unwrap();
    let light = colours(light);
    let mut in_the_dark = light.clone();
    in_the_dark.extend(colours(dark));
    for (scheme, colours) in [("light", light), ("dark", in_the_dark)] {
        for (words, ground, least) in READ {
            let found = contrast(colours[words], colours[ground]);
            assert!(
                found >= *least,
                "{scheme}: {words} on {ground} is {found:.2}"
            );
        }
    }
}
