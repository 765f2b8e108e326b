//! The shop's files: drawings, looks and its script, all inside the binary.
//!
//! The law: a page names a file together with the hash of what is in it, so a browser may keep it for ever.

use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// One file: its name and what is in it.
type File = (&'static str, &'static str);

const FILES: [File; 12] = [
    ("shop.css", include_str!("assets/shop.css")),
    ("shop.js", include_str!("assets/shop.js")),
    ("mark.svg", include_str!("assets/mark.svg")),
    ("porch.svg", include_str!("assets/porch.svg")),
    ("lamp-blue.svg", include_str!("assets/lamp-blue.svg")),
    ("lamp-porch.svg", include_str!("assets/lamp-porch.svg")),
    ("lamp-paper.svg", include_str!("assets/lamp-paper.svg")),
    ("lamp-reading.svg", include_str!("assets/lamp-reading.svg")),
    (
        "textile-throw.svg",
        include_str!("assets/textile-throw.svg"),
    ),
    (
        "textile-runner.svg",
        include_str!("assets/textile-runner.svg"),
    ),
    (
        "textile-cushion.svg",
        include_str!("assets/textile-cushion.svg"),
    ),
    ("textile-rug.svg", include_str!("assets/textile-rug.svg")),
];

/// One hash over everything: the files change together, with the binary.
static HASH: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = Sha256::new();
    for (name, content) in FILES {
        hasher.update(name);
        hasher.update(content);
    }
    hasher
        .finalize()
        .iter()
        .take(5)
        .map(|byte| format!("{byte:02x}"))
        .collect()
});

/// Where a page finds a file.
pub fn asset_url(name: &str) -> String {
    debug_assert!(
        FILES.iter().any(|(known, _)| *known == name),
        "no such file: {name}"
    );
    format!("/assets/{name}?v={}", *HASH)
}

/// `GET /assets/{name}`.
pub async fn serve_asset(Path(name): Path<String>) -> Response {
    let Some((_, content)) = FILES.iter().find(|(known, _)| *known == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        _ => "image/svg+xml",
    };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, *content).into_response()
}
