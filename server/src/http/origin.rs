//! Where a request comes from (D2).
//!
//! The law: a host page's own scripts carry the same cookies as our frame, so a write and a socket come from our
//! origin, said once and exactly; and nothing is answered to another site's page.

use axum::http::{HeaderMap, Method, header};
use shared::{problem::ProblemCode, wire};

/// Refuses a write that is not our own frame's, and a read on another site's behalf.
///
/// **Errors**: `foreign_origin`.
pub fn guard(method: &Method, headers: &HeaderMap, public_origin: &str) -> Result<(), ProblemCode> {
    if is_cross_site(headers) {
        return Err(ProblemCode::ForeignOrigin);
    }
    if method.is_safe() {
        return Ok(());
    }
    must_be_own(headers, public_origin)?;
    // No form and no image can send it; a script of another origin would have to ask first, and is not answered.
    if headers.contains_key(wire::HEADER) {
        Ok(())
    } else {
        Err(ProblemCode::ForeignOrigin)
    }
}

/// Refuses every browser: they say by themselves where a call comes from, and no script can keep them from it.
///
/// **Errors**: `foreign_origin`.
pub fn no_browser(headers: &HeaderMap) -> Result<(), ProblemCode> {
    if headers.contains_key(header::ORIGIN) || headers.contains_key("sec-fetch-site") {
        Err(ProblemCode::ForeignOrigin)
    } else {
        Ok(())
    }
}

/// Exactly one `Origin`, exactly ours.
///
/// **Errors**: `foreign_origin`.
pub fn must_be_own(headers: &HeaderMap, public_origin: &str) -> Result<(), ProblemCode> {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    match (origins.next(), origins.next()) {
        (Some(origin), None)
            if origin.as_bytes() == public_origin.as_bytes() && !is_cross_site(headers) =>
        {
            Ok(())
        }
        _ => Err(ProblemCode::ForeignOrigin),
    }
}

/// What browsers say by themselves, and no script can change.
fn is_cross_site(headers: &HeaderMap) -> bool {
    headers
        .get_all("sec-fetch-site")
        .iter()
        .any(|site| site.as_bytes() == b"cross-site")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    const OWN: &str = "https://chat.example";

    fn headers(named: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in named {
            headers.append(*name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn a_write_comes_from_our_own_frame() {
        let good = headers(&[
            ("origin", OWN),
            ("x-porchlight", "visitor"),
            ("sec-fetch-site", "same-origin"),
        ]);
        assert_eq!(guard(&Method::POST, &good, OWN), Ok(()));
        for named in [
            &[("x-porchlight", "visitor")][..],
            &[("origin", OWN)],
            &[("origin", "null"), ("x-porchlight", "visitor")],
            &[("origin", ""), ("x-porchlight", "visitor")],
            &[
                ("origin", OWN),
                ("origin", OWN),
                ("x-porchlight", "visitor"),
            ],
            &[
                ("origin", "https://chat.example.evil.com"),
                ("x-porchlight", "visitor"),
            ],
            &[
                ("origin", "https://evilchat.example"),
                ("x-porchlight", "visitor"),
            ],
            &[
                ("origin", "https://chat.example@evil.com"),
                ("x-porchlight", "visitor"),
            ],
            &[
                ("origin", "https://chat.example."),
                ("x-porchlight", "visitor"),
            ],
            &[
                ("origin", "http://chat.example"),
                ("x-porchlight", "visitor"),
            ],
            &[
                ("origin", "https://chat.example/"),
                ("x-porchlight", "visitor"),
            ],
            &[
                ("origin", OWN),
                ("x-porchlight", "visitor"),
                ("sec-fetch-site", "cross-site"),
            ],
        ] {
            for method in [Method::POST, Method::PUT, Method::DELETE] {
                assert_eq!(
                    guard(&method, &headers(named), OWN),
                    Err(ProblemCode::ForeignOrigin),
                    "{named:?}"
                );
            }
        }
    }

    #[test]
    fn a_read_needs_no_origin_and_is_not_another_sites() {
        assert_eq!(guard(&Method::GET, &headers(&[]), OWN), Ok(()));
        assert_eq!(
            guard(&Method::GET, &headers(&[("sec-fetch-site", "none")]), OWN),
            Ok(())
        );
        let foreign = headers(&[("sec-fetch-site", "cross-site")]);
        assert_eq!(
            guard(&Method::GET, &foreign, OWN),
            Err(ProblemCode::ForeignOrigin)
        );
    }
}
