//! A file as a law sees it: where it lies, its lines, and its lines without comments.
//! Law: a law about code is not broken by a comment that names what it forbids.

/// One text file of the project.
pub struct Source {
    /// Its path from the top folder, with forward slashes.
    pub path: String,
    /// Its lines as written.
    pub lines: Vec<String>,
}

impl Source {
    /// A file by its path and text.
    pub fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            lines: text.lines().map(str::to_owned).collect(),
        }
    }

    /// Whether it is a Rust file below this folder.
    pub fn is_rust_in(&self, folder: &str) -> bool {
        self.path.ends_with(".rs") && self.path.starts_with(folder)
    }

    /// Whether its last name is this one.
    pub fn is_named(&self, name: &str) -> bool {
        self.path.rsplit('/').next() == Some(name)
    }

    /// Whether it belongs to this layer: `store.rs`, or a file in the folder `store/` beside it.
    pub fn is_layer(&self, layer: &str) -> bool {
        self.is_named(&format!("{layer}.rs")) || self.path.contains(&format!("/{layer}/"))
    }

    /// The numbers of the lines, comments left out, that contain one of these texts.
    pub fn code_with(&self, needles: &[&str]) -> Vec<usize> {
        self.code_where(|code| needles.iter().any(|needle| code.contains(needle)))
    }

    /// The numbers of the lines for which this holds of their code.
    pub fn code_where(&self, holds: impl Fn(&str) -> bool) -> Vec<usize> {
        let numbered = self.lines.iter().zip(1..);
        numbered
            .filter(|(line, _)| holds(without_comment(line)))
            .map(|(_, number)| number)
            .collect()
    }

    /// A line as people find it by its number, without the space around it.
    pub fn line(&self, number: usize) -> &str {
        number
            .checked_sub(1)
            .and_then(|index| self.lines.get(index))
            .map_or("", |line| line.trim())
    }
}

/// A line up to its comment. The two slashes of an address are not one.
fn without_comment(line: &str) -> &str {
    let mut from = 0;
    while let Some(found) = line[from..].find("//") {
        let at = from + found;
        if !line[..at].ends_with(':') {
            return &line[..at];
        }
        from = at + 2;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_is_not_code() {
        let source = Source::new(
            "a.rs",
            "//! axum\nlet a = 1; // axum\nlet b = \"http://axum\";\n",
        );
        assert_eq!(source.code_with(&["axum"]), [3]);
    }
}
