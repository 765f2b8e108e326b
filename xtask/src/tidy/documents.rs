//! The laws of documents and lock files: what they name exists, and nothing names the machine it was written on.
//! Law: the words this file looks for are written in pieces, so that it does not find itself.

use super::Law;
use super::source::Source;
use crate::shell;

/// Every law of this file.
pub const LAWS: &[&Law] = &[
    &NAMED_FILES_EXIST,
    &NO_MACHINE_IS_NAMED,
    &LOCKS_NAME_THE_PUBLIC_REGISTRIES,
];

/// The folders whose files documents point at.
const FOLDERS: &[&str] = &[
    "server/", "widget/", "shared/", "e2e/", "bench/", "xtask/", "docs/",
];

const NAMED_FILES_EXIST: Law = Law {
    sentence: "A document names only files that exist.",
    reason: "a reader who follows a wrong path stops trusting the right ones",
    broken_at: |source| {
        let root = shell::root();
        where_a_path(source, |path| !root.join(path).exists())
    },
};

const NO_MACHINE_IS_NAMED: Law = Law {
    sentence: "No file names a folder of one person's machine.",
    reason: "it works for that person only",
    broken_at: |source| {
        let places = [
            concat!("/ro", "ot/"),
            concat!("/wo", "rk/"),
            concat!("/Us", "ers/"),
            concat!("C:", "\\\\Users"),
        ];
        let numbered = source.lines.iter().zip(1..);
        let named =
            numbered.filter(|(line, _)| places.iter().any(|place| names_place(line, place)));
        named.map(|(_, number)| number).collect()
    },
};

const LOCKS_NAME_THE_PUBLIC_REGISTRIES: Law = Law {
    sentence: "A lock file names the public registries only.",
    reason: "a mirror that one network has is out of reach in the next",
    broken_at: |source| {
        let public: &[&str] = match source.path.rsplit('/').next() {
            Some("Cargo.lock") => &[concat!(
                "\"registry+https://github.com/rust-lang/crates",
                ".io-index\""
            )],
            Some("package-lock.json") => &[concat!("\"https://registry.np", "mjs.org/")],
            Some(".npmrc") => &[concat!("registry=https://registry.np", "mjs.org/")],
            _ => return Vec::new(),
        };
        source.code_where(|line| {
            names_registry(line) && !public.iter().any(|public| line.contains(public))
        })
    },
};

fn names_registry(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("source = ")
        || line.starts_with("\"resolved\": \"http")
        || line.starts_with("registry=")
}

/// Whether a line has this folder as the start of a path, not as a piece of a longer one.
fn names_place(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        !line[..at].ends_with(|before: char| before.is_alphanumeric() || "._-}*".contains(before))
    })
}

/// The lines of a document with a path in backticks for which this holds.
fn where_a_path(source: &Source, holds: impl Fn(&str) -> bool) -> Vec<usize> {
    if !source.path.ends_with(".md") {
        return Vec::new();
    }
    let numbered = source.lines.iter().zip(1..);
    let wrong = numbered.filter(|(line, _)| {
        line.split('`')
            .skip(1)
            .step_by(2)
            .any(|quoted| path_in(quoted).is_some_and(&holds))
    });
    wrong.map(|(_, number)| number).collect()
}

/// The path in a piece of code, if it is one: without a line number, a function's name or a placeholder.
fn path_in(quoted: &str) -> Option<&str> {
    let path = quoted.split("::").next()?.split([':', '#']).next()?.trim();
    let is_path = FOLDERS.iter().any(|folder| path.starts_with(folder))
        && !path.contains(['<', '*', '{', ' ', '…']);
    // What is built or made on the way is not in the tree.
    let is_made = path.starts_with("widget/dist") || path.contains("node_modules");
    (is_path && !is_made).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::breaks;

    #[test]
    fn every_law_of_documents_sees_its_violation() {
        let violations: &[(&Law, &str, &str)] = &[
            (
                &NAMED_FILES_EXIST,
                "README.md",
                "See `xtask/src/nowhere.rs` for more.",
            ),
            (
                &NO_MACHINE_IS_NAMED,
                "e2e/hosts.ts",
                concat!("const home = '/ro", "ot/porchlight';"),
            ),
            (
                &LOCKS_NAME_THE_PUBLIC_REGISTRIES,
                "Cargo.lock",
                "source = \"sparse+https://mirror.example/index/\"",
            ),
            (
                &LOCKS_NAME_THE_PUBLIC_REGISTRIES,
                "e2e/package-lock.json",
                "  \"resolved\": \"https://mirror.example/a.tgz\",",
            ),
        ];
        for (law, path, text) in violations {
            assert!(breaks(law, path, text), "{path} got through: {text}");
        }
    }

    #[test]
    fn a_true_document_passes() {
        let fine = [
            (
                "README.md",
                "See `xtask/src/main.rs::main`, `server/src/<domain>/` and `widget/dist/widget`.",
            ),
            (
                "Cargo.lock",
                concat!(
                    "source = \"registry+https://github.com/rust-lang/crates",
                    ".io-index\""
                ),
            ),
            (
                "e2e/package-lock.json",
                concat!(
                    "  \"resolved\": \"https://registry.np",
                    "mjs.org/a/-/a-1.tgz\","
                ),
            ),
            ("e2e/hosts.ts", concat!("import '../wo", "rk/a';")),
        ];
        for (path, text) in fine {
            for law in LAWS {
                assert!(
                    !breaks(law, path, text),
                    "{path} was refused: {}",
                    law.sentence
                );
            }
        }
    }
}
