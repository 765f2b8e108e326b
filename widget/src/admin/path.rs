//! Paths of the admin page.
//!
//! The law: a path is a screen and what stands behind it; nothing else is read out of an address.

/// Where everything of it lies.
pub const ROOT: &str = "/admin";

/// The path of a screen.
pub fn of(screen: &str) -> String {
    [ROOT, "/", screen].concat()
}

/// The screen and the rest of a path. `None` for a path of another page. An empty screen: the first.
pub fn parse(path: &str) -> Option<(&str, &str)> {
    let inside = path.strip_prefix(ROOT)?;
    if !(inside.is_empty() || inside.starts_with('/')) {
        return None;
    }
    let inside = inside.trim_matches('/');
    Some(inside.split_once('/').unwrap_or((inside, "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_screen_and_the_rest() {
        for (path, expected) in [
            ("/admin", Some(("", ""))),
            ("/admin/", Some(("", ""))),
            ("/admin/settings", Some(("settings", ""))),
            ("/admin/settings/", Some(("settings", ""))),
            ("/admin/groups/0192", Some(("groups", "0192"))),
            ("/admin/groups/0192/people", Some(("groups", "0192/people"))),
            ("/administer", None),
            ("/agent", None),
            ("", None),
        ] {
            assert_eq!(parse(path), expected, "{path}");
        }
    }
}
