//! How languages count.
//!
//! The law: a language file writes its forms side by side, in the order given here, and nothing else decides.
//! Source: Unicode CLDR, plural rules for cardinals, integers only. Plain code, because a number never has decimals
//! here and the browser's own `Intl.PluralRules` would cost a call into it for every count.

/// How many forms a language has.
pub fn plural_forms(language: &str) -> usize {
    match family(language) {
        Family::None => 1,
        Family::OneOther | Family::ZeroOneOther => 2,
        Family::Slavic => 3,
        Family::Arabic => 6,
    }
}

/// Which of a language's forms belongs to a number, from 0.
pub(super) fn plural_form(language: &str, count: u32) -> usize {
    match family(language) {
        Family::None => 0,
        Family::OneOther => usize::from(count != 1),
        Family::ZeroOneOther => usize::from(count > 1),
        Family::Slavic => match (count % 10, count % 100) {
            (1, teens) if teens != 11 => 0,
            (2..=4, teens) if !(12..=14).contains(&teens) => 1,
            _ => 2,
        },
        Family::Arabic => match (count, count % 100) {
            (0..=2, _) => count as usize,
            (_, 3..=10) => 3,
            (_, 11..=99) => 4,
            _ => 5,
        },
    }
}

/// Languages that count alike.
enum Family {
    /// Japanese and others: one form.
    None,
    /// English and most others: one, other.
    OneOther,
    /// French and Portuguese: zero and one, other.
    ZeroOneOther,
    /// Russian, Ukrainian: one, few, many.
    Slavic,
    /// Arabic: zero, one, two, few, many, other.
    Arabic,
}

fn family(language: &str) -> Family {
    match language.split('-').next().unwrap_or_default() {
        "ja" | "zh" | "ko" | "vi" | "th" | "id" => Family::None,
        "fr" | "pt" => Family::ZeroOneOther,
        "ru" | "uk" => Family::Slavic,
        "ar" => Family::Arabic,
        _ => Family::OneOther,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_counts_in_its_own_way() {
        for (language, count, form) in [
            ("en", 0, 1),
            ("en", 1, 0),
            ("en", 2, 1),
            ("de", 1, 0),
            ("de-AT", 1, 0),
            ("de", 21, 1),
            ("fr", 0, 0),
            ("fr", 1, 0),
            ("fr", 2, 1),
            ("ja", 1, 0),
            ("ja", 7, 0),
            ("ru", 1, 0),
            ("ru", 21, 0),
            ("ru", 11, 2),
            ("ru", 3, 1),
            ("ru", 13, 2),
            ("ru", 5, 2),
            ("ar", 0, 0),
            ("ar", 1, 1),
            ("ar", 2, 2),
            ("ar", 3, 3),
            ("ar", 10, 3),
            ("ar", 11, 4),
            ("ar", 99, 4),
            ("ar", 100, 5),
            ("ar", 103, 3),
            ("xx", 1, 0),
            ("", 2, 1),
        ] {
            assert_eq!(
                plural_form(language, count),
                form,
                "{count} in {language:?}"
            );
            assert!(
                plural_form(language, count) < plural_forms(language),
                "{language:?} lacks a form"
            );
        }
    }
}
