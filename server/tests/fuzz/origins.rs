//! Origins: what may embed us is what an admin wrote down, as a browser's own reader of addresses sees it.

use crate::mutate::{corpus, fuzz};
use porchlight::http::origin::must_be_own;
use shared::settings::origin::{OriginPattern, frame_ancestors};
use url::{Host, Url};

const OWN: &str = "https://chat.example";
const WORDS: [&str; 20] = [
    "https://",
    "http://",
    "*.",
    ".",
    ":",
    "/",
    "@",
    "#",
    "?",
    "\\",
    "shop.example",
    "chat.example",
    "evil.com",
    "localhost",
    "127.0.0.1",
    "443",
    ";",
    " ",
    "\n",
    "xn--",
];

#[test]
fn whatever_is_allowed_is_what_was_written_down() {
    let corpus = corpus(include_str!("corpus/origins.txt"));
    let shop = OriginPattern::parse("https://shop.example").unwrap();
    let below = OriginPattern::parse("https://*.shop.example").unwrap();
    fuzz("origins", &corpus, &WORDS, |input| {
        let text = String::from_utf8_lossy(input);
        let by_browsers = Url::parse(&text).ok();
        let host = by_browsers.as_ref().and_then(Url::host);
        if shop.allows(&text) {
            let url = by_browsers.as_ref().unwrap();
            assert_eq!((url.scheme(), url.port()), ("https", None), "{text:?}");
            assert_eq!(host, Some(Host::Domain("shop.example")), "{text:?}");
        }
        if below.allows(&text) {
            let is_below =
                matches!(&host, Some(Host::Domain(host)) if host.ends_with(".shop.example"));
            assert!(is_below, "{text:?} is {host:?}");
        }
        if let Ok(pattern) = OriginPattern::parse(&text) {
            let written = pattern.to_string();
            assert_eq!(
                OriginPattern::parse(&written),
                Ok(pattern.clone()),
                "{written:?}"
            );
            assert_eq!(pattern.allows(&written), !pattern.has_star(), "{written:?}");
            // In the header it is one word, and ends nothing.
            let header = frame_ancestors(&[pattern]);
            assert_eq!(header.split(' ').count(), 2, "{header:?}");
            assert!(
                header
                    .bytes()
                    .all(|byte| byte.is_ascii_graphic() || byte == b' '),
                "{header:?}"
            );
            assert!(!header.contains([';', ',', '\'', '"']), "{header:?}");
        }
        let mut headers = axum::http::HeaderMap::new();
        if let Ok(value) = axum::http::HeaderValue::from_bytes(input) {
            headers.append("origin", value);
            assert_eq!(must_be_own(&headers, OWN).is_ok(), input == OWN.as_bytes());
        }
    });
}
