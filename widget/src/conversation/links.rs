//! Links in what people write.
//!
//! The law: http, https and mailto only; what a link shows is where it leads. An address that could be read in two
//! ways (credentials before the host, backslashes, odd characters in the host) stays plain text. A host that is not
//! plain ASCII is shown as the browser's URL parser spells it, so that a Cyrillic look-alike is seen for what it is.

/// An address that is safe to open: made only here.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub struct SafeUrl {
    text: String,
    /// Where the host stands in `text`; `None` for mailto.
    host: Option<(usize, usize)>,
}

/// A piece of a message's text.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum Part {
    Words(String),
    Link(SafeUrl),
}

impl SafeUrl {
    /// **Errors**: `None` for anything that a person could take for another address than the browser does.
    pub fn parse(text: &str) -> Option<Self> {
        if text
            .chars()
            .any(|character| character.is_whitespace() || is_misleading(character))
        {
            return None;
        }
        if let Some(address) = strip_scheme(text, "mailto:") {
            return is_mail_address(address).then(|| Self {
                text: text.into(),
                host: None,
            });
        }
        let rest = strip_scheme(text, "https://").or_else(|| strip_scheme(text, "http://"))?;
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = authority
            .rsplit_once(':')
            .map_or(
                authority,
                |(host, port)| if is_port(port) { host } else { authority },
            );
        if !is_host(host) {
            return None;
        }
        let start = text.len() - rest.len();
        Some(Self {
            text: text.into(),
            host: Some((start, start + host.len())),
        })
    }

    /// What the link leads to.
    pub fn href(&self) -> &str {
        &self.text
    }

    /// The host as typed, where it needs the browser's spelling before anybody sees it.
    pub fn foreign_host(&self) -> Option<&str> {
        let (start, end) = self.host?;
        let host = &self.text[start..end];
        (!host.is_ascii()).then_some(host)
    }

    /// What the link shows: itself, with the host as the browser spells it.
    pub fn shown_with(&self, host: &str) -> String {
        match self.host {
            Some((start, end)) => [&self.text[..start], host, &self.text[end..]].concat(),
            None => self.text.clone(),
        }
    }
}

/// Cuts a text into words and links, in order; together they are the text.
pub fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut plain = 0;
    for (start, word) in words(text) {
        let Some((skipped, url)) = link_in(word) else {
            continue;
        };
        let start = start + skipped;
        if plain < start {
            parts.push(Part::Words(text[plain..start].into()));
        }
        plain = start + url.text.len();
        parts.push(Part::Link(url));
    }
    if plain < text.len() {
        parts.push(Part::Words(text[plain..].into()));
    }
    parts
}

/// What stands between white space, with its place.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start_of = move |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    text.split_whitespace()
        .map(move |word| (start_of(word), word))
}

/// The link that a word holds after opening punctuation and before closing punctuation, and how much stands before it.
fn link_in(word: &str) -> Option<(usize, SafeUrl)> {
    let trimmed = word.trim_start_matches(['(', '[', '{', '<', '"', '\'', '«', '“', '„', '‘']);
    let skipped = word.len() - trimmed.len();
    let mut link = trimmed;
    while let Some(last) = link.chars().next_back() {
        let is_unopened = |open: char| link.matches(open).count() < link.matches(last).count();
        let is_closing = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '"' | '\'' | '»' | '”' | '’' | '>' | '…' | '،'
            | '؟' => true,
            ')' => is_unopened('('),
            ']' => is_unopened('['),
            '}' => is_unopened('{'),
            _ => false,
        };
        if !is_closing {
            break;
        }
        link = &link[..link.len() - last.len_utf8()];
    }
    Some((skipped, SafeUrl::parse(link)?))
}

fn strip_scheme<'a>(text: &'a str, scheme: &str) -> Option<&'a str> {
    let head = text.get(..scheme.len())?;
    head.eq_ignore_ascii_case(scheme)
        .then(|| &text[scheme.len()..])
}

/// Browsers read a backslash as a slash, and what shows nothing or turns the line around hides what is there.
const fn is_misleading(character: char) -> bool {
    matches!(
        character,
        '\\' | '"' | '<' | '>' | '`' | '^' | '{' | '}' | '|'
    ) || character.is_ascii_control()
        || shared::text::is_invisible(character)
        || shared::text::is_bidi_control(character)
}

fn is_port(port: &str) -> bool {
    (1..=5).contains(&port.len()) && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// Letters, digits, hyphens and dots; other scripts pass and are spelt by the browser. No `@`: what stands before it
/// would be read as the host.
fn is_host(host: &str) -> bool {
    let is_v6 = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    if let Some(address) = is_v6 {
        return address.contains(':')
            && address
                .bytes()
                .all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'));
    }
    let is_label = |label: &str| {
        !label.is_empty()
            && label.chars().all(|character| {
                character.is_ascii_alphanumeric()
                    || character == '-'
                    || character == '_'
                    || !character.is_ascii()
            })
    };
    host.split('.').all(is_label)
}

fn is_mail_address(address: &str) -> bool {
    shared::text::check_email_shape(address).is_ok()
        && address.is_ascii()
        && !address.contains(['?', '&', '%'])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The links found in a text.
    fn links(text: &str) -> Vec<String> {
        let only_links = |part| {
            if let Part::Link(url) = part {
                Some(url.text)
            } else {
                None
            }
        };
        parts(text).into_iter().filter_map(only_links).collect()
    }

    fn joined(text: &str) -> String {
        let text_of = |part| match part {
            Part::Words(words) => words,
            Part::Link(url) => url.text,
        };
        parts(text).into_iter().map(text_of).collect()
    }

    #[test]
    fn links_are_found_where_people_put_them() {
        for (text, found) in [
            (
                "see https://example.org/lamps",
                vec!["https://example.org/lamps"],
            ),
            ("https://example.org.", vec!["https://example.org"]),
            (
                "(https://example.org/a_(b))",
                vec!["https://example.org/a_(b)"],
            ),
            (
                "“HTTPS://Example.org/x?y=1#z”, and http://localhost:8081/",
                vec!["HTTPS://Example.org/x?y=1#z", "http://localhost:8081/"],
            ),
            ("http://127.0.0.1:6379/", vec!["http://127.0.0.1:6379/"]),
            ("http://[::1]:8080/x", vec!["http://[::1]:8080/x"]),
            ("mailto:cora@example.org?", vec!["mailto:cora@example.org"]),
            (
                "https://example.org/@cora",
                vec!["https://example.org/@cora"],
            ),
            (
                "one\nhttps://a.example\ttwo https://b.example!",
                vec!["https://a.example", "https://b.example"],
            ),
        ] {
            assert_eq!(links(text), found, "{text:?}");
        }
    }

    #[test]
    fn what_could_be_read_in_two_ways_stays_plain() {
        for text in [
            r"https://a@evil.example\@good.example",
            "https://good.example@evil.example/",
            "https://user:secret@good.example/",
            r"https:\\good.example",
            r"https://good.example\.evil.example",
            "https://good.example%2Fevil.example",
            "https:///good.example",
            "https:good.example",
            "https://",
            "https://..",
            "https://good.example:99999999/",
            "https://good\u{200b}.example",
            "https://good.example/\u{202e}gnp.exe",
            "javascript:alert(1)",
            "JaVaScRiPt://good.example/%0aalert(1)",
            "data:text/html,<script>",
            "vbscript:x",
            "file:///etc/passwd",
            "ftp://good.example",
            "//good.example",
            "mailto:a@b",
            "mailto:a@example.org?bcc=b@example.org",
            "mailto:a@example.org,b@example.org",
            "www.example.org",
            "xhttps://good.example",
        ] {
            assert_eq!(links(text), Vec::<String>::new(), "{text:?}");
        }
    }

    #[test]
    fn a_foreign_host_is_spelt_by_the_browser() {
        let url = SafeUrl::parse("https://раураl.com/login?x=1").unwrap();
        assert_eq!(url.foreign_host(), Some("раураl.com"));
        assert_eq!(
            url.shown_with("xn--l-7sba6dbr.com"),
            "https://xn--l-7sba6dbr.com/login?x=1"
        );
        assert_eq!(
            SafeUrl::parse("https://example.org/é")
                .unwrap()
                .foreign_host(),
            None
        );
    }

    proptest::proptest! {
        #[test]
        fn nothing_of_a_text_is_lost(text in "(https?://[a-z.@\\\\:/]{0,12}|\\PC{0,8}|[ \n\t().,]{0,3}){0,8}") {
            proptest::prop_assert_eq!(joined(&text), text);
        }

        #[test]
        fn no_link_has_credentials(text in "https?://[a-z@:\\\\/.%é]{0,24}") {
            for link in links(&text) {
                let after = link.split_once("://").unwrap().1;
                let authority = after.split(['/', '?', '#']).next().unwrap();
                proptest::prop_assert!(!authority.contains(['@', '\\', '%']), "{}", link);
            }
        }
    }
}
