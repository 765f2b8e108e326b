//! Reading snapshots and comments.
//! Law: what cannot be read is an error, never a gap on the page.

use crate::shell;
use anyhow::{Context, Result, ensure};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

const SAMPLES: &str = "shared/tests/snapshots";
const PREFIX: &str = "wire_format__";
const ROUTES: &str =
    "server/src/router/snapshots/porchlight__router__tests__who_may_call_what.snap";

/// The wire's samples by name, and which of them were shown.
pub struct Samples {
    by_name: BTreeMap<String, String>,
    shown: BTreeSet<String>,
}

impl Samples {
    pub fn read() -> Result<Self> {
        let mut by_name = BTreeMap::new();
        for entry in fs::read_dir(shell::root().join(SAMPLES))? {
            let path = entry?.path();
            let name = path.file_stem().and_then(|name| name.to_str());
            let Some(name) = name.and_then(|name| name.strip_prefix(PREFIX)) else {
                continue;
            };
            by_name.insert(name.to_owned(), content(&fs::read_to_string(&path)?)?);
        }
        Ok(Self {
            by_name,
            shown: BTreeSet::new(),
        })
    }

    /// A sample as a block of code.
    ///
    /// **Errors**: there is none of that name.
    pub fn shown(&mut self, name: &str) -> Result<String> {
        let sample = self
            .by_name
            .get(name)
            .with_context(|| format!("shared/tests/wire_format.rs has no sample `{name}`"))?;
        self.shown.insert(name.to_owned());
        Ok(format!("```json\n{sample}\n```\n"))
    }

    /// Those that were not shown yet.
    pub fn unused(&self) -> BTreeSet<&str> {
        self.by_name
            .keys()
            .filter(|name| !self.shown.contains(*name))
            .map(String::as_str)
            .collect()
    }
}

/// What a snapshot holds, behind its head.
fn content(snapshot: &str) -> Result<String> {
    let mut parts = snapshot.splitn(3, "---\n");
    let content = parts.nth(2).context("a snapshot without a head")?;
    Ok(content.trim_end().to_owned())
}

/// A route, and who may call it.
pub struct Route {
    /// `GET /api/session`.
    pub name: String,
    pub callers: String,
}

/// The columns of the table of routes. The host's server has three kinds of keys.
const COLUMNS: [&str; 12] = [
    "visitor",
    "anonymous",
    "former guest",
    "guest",
    "user",
    "agent",
    "admin",
    "admin page",
    "former user",
    "host key (write)",
    "host key (erase)",
    "host key (export)",
];

/// Every route of the server.
pub fn routes() -> Result<Vec<Route>> {
    let table = content(&fs::read_to_string(shell::root().join(ROUTES))?)?;
    table
        .lines()
        .skip(1)
        .map(|line| read_route(line).with_context(|| format!("the route `{line}`")))
        .collect()
}

fn read_route(line: &str) -> Result<Route> {
    let mut words: Vec<&str> = line.split_whitespace().collect();
    if words.len() == COLUMNS.len() + 1 {
        // A long path touches its first column.
        let (path, first) = words[1].split_at(words[1].len() - 3);
        words.splice(1..2, [path, first]);
    }
    ensure!(
        words.len() == COLUMNS.len() + 2,
        "it has other columns than this page knows"
    );
    let may: Vec<&str> = COLUMNS
        .into_iter()
        .zip(&words[2..])
        .filter(|(_, word)| **word == "may")
        .map(|(column, _)| column)
        .collect();
    let callers = match may.len() {
        0 => "the host's server, by a key for it".into(),
        many if many == COLUMNS.len() => "anybody".into(),
        _ => may.join(", "),
    };
    Ok(Route {
        name: format!("{} {}", words[0], words[1]),
        callers,
    })
}

/// One of a list in the sources, with its comment.
pub struct Item {
    pub name: String,
    pub comment: String,
}

/// The variants of an enum, in its own order.
pub fn variants(path: &str, name: &str) -> Result<Vec<Item>> {
    let source = fs::read_to_string(shell::root().join(path))?;
    let start = format!("pub enum {name} {{\n");
    let body = source
        .split(start.as_str())
        .nth(1)
        .and_then(|rest| rest.split("\n}").next())
        .with_context(|| format!("{path} has no enum {name}"))?;
    let mut items = Vec::new();
    let mut comment: Vec<&str> = Vec::new();
    for line in body.lines().map(str::trim) {
        if let Some(words) = line.strip_prefix("///") {
            comment.push(words.trim());
        } else if line.starts_with(|first: char| first.is_ascii_uppercase()) {
            let name = line
                .split(|character: char| !character.is_alphanumeric())
                .next()
                .unwrap_or_default();
            items.push(Item {
                name: name.to_owned(),
                comment: comment.join(" "),
            });
            comment.clear();
        }
    }
    ensure!(!items.is_empty(), "{name} of {path} has no variants");
    Ok(items)
}

/// The close codes of the socket: number and meaning.
pub fn close_codes() -> Result<Vec<(String, String)>> {
    const PATH: &str = "shared/src/realtime.rs";
    let source = fs::read_to_string(shell::root().join(PATH))?;
    let body = source
        .split("pub mod close {")
        .nth(1)
        .with_context(|| format!("{PATH} has no close codes"))?;
    let mut codes = Vec::new();
    let mut comment = "";
    for line in body.lines().map(str::trim).take_while(|line| *line != "}") {
        if let Some(words) = line.strip_prefix("///") {
            comment = words.trim();
        } else if let Some(code) = line.split(" = ").nth(1) {
            codes.push((code.trim_end_matches(';').to_owned(), comment.to_owned()));
        }
    }
    Ok(codes)
}

/// `MessageSent` as the wire writes it: `message_sent`.
pub fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(character.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_is_read_also_where_its_path_touches_the_table() {
        let columns = ["401"; COLUMNS.len() - 1].join("        ");
        for line in [
            format!("GET /api/x    may        {columns}"),
            format!("GET /api/xmay        {columns}"),
        ] {
            let route = read_route(&line).unwrap();
            assert_eq!(
                (route.name.as_str(), route.callers.as_str()),
                ("GET /api/x", "visitor")
            );
        }
        assert!(read_route("GET /api/x may").is_err());
    }

    #[test]
    fn names_are_written_as_on_the_wire() {
        assert_eq!(snake_case("MessageSent"), "message_sent");
        assert_eq!(snake_case("Typing"), "typing");
    }
}
