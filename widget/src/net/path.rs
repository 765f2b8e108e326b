//! Paths with their parameters.
//!
//! The law: what stands in a path is an id, a number or an opaque cursor of the server's; nothing that a person typed.

use shared::ids::ConversationId;

/// `/api/conversations/{id}` and what follows it.
pub fn conversation(conversation_id: &ConversationId, rest: &str) -> String {
    ["/api/conversations/", conversation_id.as_str(), rest].concat()
}

/// A path, and one part more.
pub fn below(path: &str, name: &str) -> String {
    let mut whole = [path, "/"].concat();
    encode_into(&mut whole, name);
    whole
}

/// A path with parameters, those that are there.
pub fn with(path: &str, parameters: &[(&str, Option<String>)]) -> String {
    let mut whole = String::from(path);
    let mut mark = '?';
    for (name, value) in parameters {
        if let Some(value) = value {
            whole.push(mark);
            whole.push_str(name);
            whole.push('=');
            encode_into(&mut whole, value);
            mark = '&';
        }
    }
    whole
}

/// A path and one more part, which may hold whatever the server named it.
#[cfg(feature = "admin")]
pub fn segment(path: &str, part: &str) -> String {
    let mut whole = [path, "/"].concat();
    encode_into(&mut whole, part);
    whole
}

/// Everything but RFC 3986's unreserved characters, escaped.
fn encode_into(whole: &mut String, value: &str) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            whole.push(char::from(byte));
        } else {
            whole.push('%');
            for digit in [byte >> 4, byte & 0x0f] {
                whole.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_one_part() {
        assert_eq!(
            below("/api/account/sessions", "a/../b"),
            "/api/account/sessions/a%2F..%2Fb"
        );
    }

    #[test]
    fn parameters_that_are_there_are_said_and_nothing_breaks_out() {
        assert_eq!(
            with("/api/inbox", &[("filter", None), ("cursor", None)]),
            "/api/inbox"
        );
        let parameters = [
            ("filter", None),
            ("cursor", Some("a+b/ü=&c".into())),
            ("limit", Some("30".into())),
        ];
        assert_eq!(
            with("/api/inbox", &parameters),
            "/api/inbox?cursor=a%2Bb%2F%C3%BC%3D%26c&limit=30"
        );
    }
}
