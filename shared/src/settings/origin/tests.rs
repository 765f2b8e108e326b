//! The rows of the table of bad origins (R), and the good ones.

use super::*;

fn parse(text: &str) -> Result<String, OriginFault> {
    OriginPattern::parse(text).map(|pattern| pattern.to_string())
}

#[test]
fn an_origin_has_one_way_to_be_written() {
    for (typed, written) in [
        ("https://shop.example", "https://shop.example"),
        ("HTTPS://Shop.Example:443", "https://shop.example"),
        ("https://shop.example:8443", "https://shop.example:8443"),
        ("https://*.example.com", "https://*.example.com"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://shop.localhost:8081", "http://shop.localhost:8081"),
        ("http://127.0.0.1", "http://127.0.0.1"),
        ("http://localhost:80", "http://localhost"),
        ("https://192.0.2.7", "https://192.0.2.7"),
    ] {
        assert_eq!(parse(typed).as_deref(), Ok(written), "{typed}");
    }
}

#[test]
fn r05_only_https_or_this_very_machine() {
    for bad in [
        "file://",
        "file:///etc/passwd",
        "chrome-extension://x",
        "http://shop.example",
        "http://0.0.0.0",
        "http://128.0.0.1",
        "javascript:alert(1)",
        "//shop.example",
        "shop.example",
        "null",
        "*",
        "'self'",
        "data:",
        "",
        "https:/shop.example",
        " https://shop.example",
    ] {
        assert_eq!(parse(bad), Err(OriginFault::Scheme), "{bad}");
    }
}

#[test]
fn r09_nothing_breaks_out_of_the_header() {
    for bad in [
        "https://shop.example/",
        "https://shop.example/path",
        "https://shop.example?q",
        "https://shop.example#f",
        "https://user@shop.example",
        "https://user:pw@shop.example",
        "https://shop.example https://evil.example",
        "https://a; script-src *",
        "https://a;script-src",
        "https://a,https://b",
        "https://a\nX-Evil: 1",
        "https://a\r\n",
        "https://a\t",
        "https://a\u{a0}b",
        "https://shop.example\\evil",
        "https://[::1]",
        "https://a'none'",
        "https://%61.example",
    ] {
        assert_eq!(parse(bad), Err(OriginFault::More), "{bad:?}");
    }
    for bad in [
        "https://",
        "https://.",
        "https://shop.example.",
        "https://-shop.example",
        "https://shop..example",
        "https://*",
        "https://*.com",
        "http://*.localhost",
        "https://*.",
        "https://*.*.example.com",
        "https://a.*.example.com",
        "https://a*.example.com",
        "https://1.2.3",
        "https://0x7f.1",
        "https://2130706433",
        "https://256.1.1.1",
        "https://a\u{200b}。",
        "https://a／b.example",
    ] {
        assert_eq!(parse(bad), Err(OriginFault::Host), "{bad:?}");
    }
    for bad in [
        "https://a:0",
        "https://a:65536",
        "https://a:",
        "https://a:80:80",
        "https://a:+80",
        "https://a:*",
        "https://a:-1",
    ] {
        assert!(parse(bad).is_err(), "{bad:?}");
    }
}

#[test]
fn r03_r07_a_pattern_allows_what_it_says_and_nothing_else() {
    let allows =
        |pattern: &str, origin: &str| OriginPattern::parse(pattern).unwrap().allows(origin);
    assert!(allows("https://chat.example", "https://chat.example"));
    for origin in [
        "https://chat.example.evil.com",
        "https://evilchat.example",
        "https://chat.example@evil.com",
        "https://chat.example.",
        "http://chat.example",
        "https://chat.example:8443",
        "https://a.chat.example",
        "https://*.example",
        "null",
        "",
    ] {
        assert!(!allows("https://chat.example", origin), "{origin}");
    }
    assert!(allows("https://*.example.com", "https://a.example.com"));
    assert!(allows("https://*.example.com", "https://a.b.example.com"));
    for origin in [
        "https://example.com",
        "https://aexample.com",
        "https://.example.com",
        "https://a.example.com.evil.org",
        "https://*.example.com",
    ] {
        assert!(!allows("https://*.example.com", origin), "{origin}");
    }
    assert!(allows("http://localhost:3000", "http://localhost:3000"));
    assert!(!allows("http://localhost:3000", "http://localhost:3001"));
}

#[test]
fn nobody_is_allowed_until_somebody_is_listed() {
    assert_eq!(frame_ancestors(&[]), "frame-ancestors 'none'");
    let patterns = ["https://shop.example", "https://*.example.com"]
        .map(|text| OriginPattern::parse(text).unwrap());
    assert_eq!(
        frame_ancestors(&patterns),
        "frame-ancestors https://shop.example https://*.example.com"
    );
}
