//! Names that no guest may take, because they would pass for the support group or one of its people.
//!
//! The law: names are compared as eyes see them. Two names that look alike have the same skeleton, whatever alphabet
//! their letters come from (Unicode Technical Standard 39), whatever stands between them.

use std::collections::HashSet;
use unicode_normalization::UnicodeNormalization;
use unicode_security::skeleton;

/// The looks of all reserved names.
#[derive(Clone, Debug, Default)]
pub struct ReservedNames(HashSet<String>);

impl ReservedNames {
    /// Gathers names: the site's own list, what the site and its support group are called, and its people.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Self(
            names
                .into_iter()
                .flat_map(looks)
                .filter(|look| !look.is_empty())
                .collect(),
        )
    }

    /// Whether a guest of this name would pass for one of us.
    pub fn holds(&self, name: &str) -> bool {
        looks(name).iter().any(|look| self.0.contains(look))
    }
}

/// What a name looks like as it is written, and in lower case: a letter may have a double in one case only.
fn looks(name: &str) -> [String; 2] {
    let written: String = name.nfkc().collect();
    let lower: String = written.chars().flat_map(char::to_lowercase).collect();
    [look(&skeleton(&written).collect::<String>()), look(&lower)]
}

/// Letters and digits only, look-alikes folded together, upper and lower case alike.
fn look(name: &str) -> String {
    let lower: String = name.chars().flat_map(char::to_lowercase).collect();
    let bones: String = skeleton(&lower).flat_map(char::to_lowercase).collect();
    let letters: String = bones
        .nfkd()
        .filter(|character| character.is_alphanumeric())
        .collect();
    // The standard keeps these apart because fonts do; a glance does not.
    letters.replace("rn", "m").chars().map(alike).collect()
}

fn alike(character: char) -> char {
    match character {
        'i' | '1' | 'ı' => 'l',
        '0' => 'o',
        '5' => 's',
        '3' => 'e',
        '4' => 'a',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reserved() -> ReservedNames {
        ReservedNames::new([
            "admin",
            "Support",
            "Support Team",
            "Mina Okafor",
            "Lantern & Loom",
            "Поддержка",
            "",
        ])
    }

    #[test]
    fn who_looks_like_us_is_refused() {
        for name in [
            "Support Team",
            "admin",
            "ADMIN",
            "Mina Okafor",
            "mina okafor",
            "Ѕupport",
            "Suppοrt",
            "ѕuррогt",
            "S u p p o r t",
            "-= Support =-",
            "Ⓢⓤⓟⓟⓞⓡⓣ",
            "Ｓｕｐｐｏｒｔ",
            "𝐒𝐮𝐩𝐩𝐨𝐫𝐭",
            "Súppört",
            "S.upport_Team ✓",
            "ADMlN",
            "adm1n",
            "Adrnin",
            "Мina Okafor",
            "Lantern Loom",
            "ПОДДЕРЖКА",
            "Sup\u{200d}port",
        ] {
            assert!(reserved().holds(name), "{name}");
        }
    }

    #[test]
    fn other_people_keep_their_names() {
        for name in [
            "Cora Lindqvist",
            "Idris Bello",
            "Mina",
            "Adminov",
            "Supporter",
            "ليلى المنصوري",
            "",
            "!!!",
            "Administrator Smith",
            "<img src=x onerror=1>",
        ] {
            assert!(!reserved().holds(name), "{name}");
        }
    }
}
