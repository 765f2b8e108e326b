//! The quiet line at the bottom: the site's brand, and its privacy page.
//!
//! The law: it links to `https` only, and never asks for attention.

use crate::conversation::links::SafeUrl;
use crate::frame::draw::{Drawn, draw};
use crate::i18n::{Text, say};
use crate::reactive::Signal;

/// A link of the site's own, where it is one that may be opened.
fn https(url: &str) -> Option<String> {
    SafeUrl::parse(url)
        .map(|url| url.href().to_owned())
        .filter(|href| href.starts_with("https://"))
}

/// `url`: where the brand leads; `privacy`: the privacy page, as a whole address. Each may be empty.
pub fn footer(text: Signal<String>, url: Signal<String>, privacy: Signal<String>) -> Drawn {
    let brand = draw("bdi").show(move || {
        Some(match https(&url.get()) {
            Some(href) => text.with(|text| link(&href, text)),
            None => text.with(|text| draw("span").text(text)),
        })
    });
    // The privacy page of a demo or a test site may be plain http on this very machine.
    let privacy = move || {
        privacy
            .with(|url| SafeUrl::parse(url))
            .map(|url| link(url.href(), say(Text::Privacy)))
    };
    draw("footer").class("footer").child(brand).show(privacy)
}

fn link(href: &str, words: &str) -> Drawn {
    let link = draw("a").class("footer-link").set("href", href).text(words);
    link.set("target", "_blank").set("rel", "noopener")
}

#[cfg(test)]
mod tests {
    use super::https;

    #[test]
    fn the_brand_leads_to_https_only() {
        assert_eq!(
            https("https://example.org/about").as_deref(),
            Some("https://example.org/about")
        );
        for url in [
            "",
            "http://example.org",
            "javascript:alert(1)",
            "//evil.example",
            "https://a@evil.example",
            "mailto:a@example.org",
        ] {
            assert_eq!(https(url), None, "{url}");
        }
    }
}
