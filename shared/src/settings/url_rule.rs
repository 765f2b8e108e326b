//! On which pages of the host site the launcher is shown.
//!
//! The laws: a rule and a page's path are brought into one form by the same function, and then compared; a comparison
//! takes time in proportion to the lengths, however many stars a rule has. The loader holds the same in JavaScript;
//! `shared/tests/url_rules.json` is the one table that both are tested with.

use crate::limits;
use crate::problem::ProblemCode;

/// Stands for any run of characters, `/` among them.
const STAR: char = '*';

/// Unicode's composed form (NFC): the server's library, or the browser's `normalize()`.
pub type Compose = fn(&str) -> String;

/// Checks a rule as typed, and answers it as it is stored: without the space around it.
///
/// **Errors**: `path_only` for a whole address, `rule_shape` for what is neither a path nor a star.
pub fn parse(typed: &str) -> Result<&str, ProblemCode> {
    let rule = typed.trim();
    if rule.starts_with("//") || rule.contains("://") {
        return Err(ProblemCode::PathOnly);
    }
    // Browsers turn a backslash into a slash; query and fragment are no part of a path, so such a rule would never hold.
    let is_foreign =
        |character: char| character.is_control() || matches!(character, '\\' | '?' | '#');
    let is_good = (rule == "*" || rule.starts_with('/'))
        && rule.len() <= limits::URL_RULE_BYTES
        && !rule.contains(is_foreign);
    if is_good {
        Ok(rule)
    } else {
        Err(ProblemCode::RuleShape)
    }
}

/// The one form of a page's path, and of a rule: without query and fragment, percent-decoded once, composed, without
/// empty and dot segments, without a slash at its end. Capitals stay.
///
/// What cannot be decoded (a lone `%`, bytes that are no UTF-8) stays as it is, as a whole: so does it in the loader,
/// where `decodeURIComponent` throws.
pub fn canonical(path: &str, compose: Compose) -> String {
    if path == "*" {
        return path.to_owned();
    }
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let decoded = decode(path);
    let composed = compose(decoded.as_deref().unwrap_or(path));
    let mut kept: Vec<&str> = Vec::new();
    for segment in composed.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                kept.pop();
            }
            segment => kept.push(segment),
        }
    }
    let mut canonical = String::new();
    for segment in &kept {
        canonical.push('/');
        canonical.push_str(segment);
    }
    if kept.is_empty() {
        canonical.push('/');
    }
    canonical
}

/// `None`: it cannot be decoded.
fn decode(path: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(path.len());
    let mut bytes = path.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(if byte == b'%' {
            16 * digit(bytes.next()?)? + digit(bytes.next()?)?
        } else {
            byte
        });
    }
    String::from_utf8(decoded).ok()
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

/// Whether a rule holds for a page. Both in their one form.
///
/// `/shop/*` holds for `/shop` as well: with a slash at its end, which makes no difference, it would.
pub fn holds(rule: &str, path: &str) -> bool {
    fits(rule, path) || (path != "/" && fits(rule, &format!("{path}/")))
}

/// Each part between stars at the first place where it fits: an earlier place never leaves less for what follows.
fn fits(rule: &str, path: &str) -> bool {
    let Some((first, rest)) = rule.split_once(STAR) else {
        return rule == path;
    };
    let Some(mut left) = path.strip_prefix(first) else {
        return false;
    };
    let (middle, last) = rest.rsplit_once(STAR).unwrap_or(("", rest));
    for part in middle.split(STAR) {
        match left.find(part) {
            Some(place) => left = &left[place + part.len()..],
            None => return false,
        }
    }
    left.ends_with(last)
}

/// Whether the launcher is shown on a page. All in their one form.
pub fn is_shown(include: &[String], exclude: &[String], path: &str) -> bool {
    let any_holds = |rules: &[String]| rules.iter().any(|rule| holds(rule, path));
    (include.is_empty() || any_holds(include)) && !any_holds(exclude)
}
