//! The quiet line at the bottom: the site's brand, and its privacy page.
//!
//! The law: it links to `https` only, and never asks for attention.

use crate::conversation::links::SafeUrl;
use crate::i18n::{Text, say};
use leptos::either::Either;
use crate::reactive::Signal;
use leptos::prelude::*;

/// A link of the site's own, where it is one that may be opened.
fn https(url: &str) -> Option<String> {
    SafeUrl::parse(url)
        .map(|url| url.href().to_owned())
        .filter(|href| href.starts_with("https://"))
}

#[component]
pub fn Footer(
    /// The brand. Empty: none.
    #[prop(into)]
    text: Signal<String>,
    /// Where the brand leads. Empty: nowhere.
    #[prop(into)]
    url: Signal<String>,
    /// The privacy page, as a whole address. Empty: no link.
    #[prop(into, optional)]
    privacy: Signal<String>,
) -> impl IntoView {
    let brand = move || match https(&url.get()) {
        Some(href) => Either::Left(
            view! { <a class="footer-link" href=href target="_blank" rel="noopener">{text.get()}</a> },
        ),
        None => Either::Right(text.get()),
    };
    // The privacy page of a demo or a test site may be plain http on this very machine.
    let privacy = move || SafeUrl::parse(&privacy.get()).map(|url| url.href().to_owned());
    view! {
        <footer class="footer">
            <bdi>{brand}</bdi>
            {move || privacy().map(|href| view! { <a class="footer-link" href=href target="_blank" rel="noopener">{say(Text::Privacy)}</a> })}
        </footer>
    }
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
