//! The laws of the widget's style sheets.
//! Law: a sheet speaks of start and end and of tokens, so that right-to-left and dark come for free.

use super::Law;
use super::source::Source;

/// Every law of this file.
pub const LAWS: &[&Law] = &[
    &DIRECTIONS_ARE_LOGICAL,
    &COLOURS_ARE_TOKENS,
    &NO_SHEET_SHOUTS,
];

/// Properties that name a side of the paper.
const PHYSICAL: &[&str] = &["left", "right", "top", "bottom"];

/// Properties that may have a side at their end.
const SIDED: &[&str] = &[
    "margin",
    "padding",
    "border",
    "scroll-margin",
    "scroll-padding",
];

const DIRECTIONS_ARE_LOGICAL: Law = Law {
    sentence: "A sheet uses logical properties: `margin-inline-start`, `inset-block-end`, `text-align: start`.",
    reason: "the same sheet then serves right-to-left languages",
    broken_at: |source| {
        if is_sheet(source) {
            declarations(source, is_physical)
        } else {
            Vec::new()
        }
    },
};

const COLOURS_ARE_TOKENS: Law = Law {
    sentence: "A colour is a token from `widget/src/theme`, never a number.",
    reason: "dark, contrast and the host's own colour work only where every colour has a name",
    broken_at: |source| match is_sheet(source) && !source.path.starts_with("widget/src/theme/") {
        true => declarations(source, |_, value| is_raw_colour(value)),
        false => Vec::new(),
    },
};

const NO_SHEET_SHOUTS: Law = Law {
    sentence: "No `!important` outside the theme.",
    reason: "with selectors of one block each there is nothing to overrule",
    broken_at: |source| match is_sheet(source) && !source.path.starts_with("widget/src/theme/") {
        true => declarations(source, |_, value| value.contains("!important")),
        false => Vec::new(),
    },
};

fn is_sheet(source: &Source) -> bool {
    source.path.starts_with("widget/src/") && source.path.ends_with(".css")
}

/// The lines with a declaration for which this holds of property and value.
fn declarations(source: &Source, holds: fn(&str, &str) -> bool) -> Vec<usize> {
    let mut found = Vec::new();
    let mut in_comment = false;
    for (line, number) in source.lines.iter().zip(1..) {
        let code = without_comments(line, &mut in_comment);
        let mut parts = code
            .split(['{', '}', ';'])
            .filter_map(|part| part.split_once(':'));
        if parts.any(|(property, value)| holds(property.trim(), value.trim())) {
            found.push(number);
        }
    }
    found
}

fn without_comments(line: &str, in_comment: &mut bool) -> String {
    let mut code = String::new();
    let mut rest = line;
    loop {
        let (mark, next) = if *in_comment {
            ("*/", false)
        } else {
            ("/*", true)
        };
        let Some(at) = rest.find(mark) else { break };
        if !*in_comment {
            code.push_str(&rest[..at]);
        }
        *in_comment = next;
        rest = &rest[at + 2..];
    }
    if !*in_comment {
        code.push_str(rest);
    }
    code
}

fn is_physical(property: &str, value: &str) -> bool {
    let is_side = PHYSICAL.contains(&property);
    let has_side = SIDED.iter().any(|sided| {
        let rest = property
            .strip_prefix(sided)
            .and_then(|rest| rest.strip_prefix('-'));
        rest.is_some_and(|rest| {
            PHYSICAL
                .iter()
                .any(|side| rest == *side || rest.starts_with(&format!("{side}-")))
        })
    });
    let is_turned =
        matches!(property, "text-align" | "float" | "clear") && matches!(value, "left" | "right");
    is_side || has_side || is_turned
}

fn is_raw_colour(value: &str) -> bool {
    let functions = ["rgb(", "rgba(", "hsl(", "hsla(", "oklch(", "oklab(", "hwb("];
    let is_hex = value.split('#').skip(1).any(|rest| {
        let digits = rest.chars().take_while(char::is_ascii_hexdigit).count();
        matches!(digits, 3 | 4 | 6 | 8)
    });
    is_hex || functions.iter().any(|function| value.contains(function))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::breaks;

    const SHEET: &str = "widget/src/guest/door.css";

    #[test]
    fn every_law_of_sheets_sees_its_violation() {
        let violations: &[(&Law, &str)] = &[
            (&DIRECTIONS_ARE_LOGICAL, ".door { margin-left: 1px; }"),
            (&DIRECTIONS_ARE_LOGICAL, "  border-top-color: var(--line);"),
            (&DIRECTIONS_ARE_LOGICAL, "  left: 0;"),
            (&DIRECTIONS_ARE_LOGICAL, "  text-align: right;"),
            (&COLOURS_ARE_TOKENS, "  color: #fff;"),
            (
                &COLOURS_ARE_TOKENS,
                ".door { background: rgb(0 0 0 / 40%) }",
            ),
            (&NO_SHEET_SHOUTS, "  display: none !important;"),
        ];
        for (law, text) in violations {
            assert!(breaks(law, SHEET, text), "got through: {text}");
        }
    }

    #[test]
    fn a_logical_sheet_of_tokens_passes() {
        let text = "/* not margin-left: 1px,\n   not #fff */\n.door { margin-inline: var(--space); color: var(--ink); }\n\
                    .door:hover { inset-block-start: 0; vertical-align: top; background: color-mix(in srgb, var(--ink), transparent); }\n";
        assert!(LAWS.iter().all(|law| !breaks(law, SHEET, text)));
        assert!(!breaks(
            &COLOURS_ARE_TOKENS,
            "widget/src/theme/tokens.css",
            "--ink: #123456;"
        ));
    }
}
