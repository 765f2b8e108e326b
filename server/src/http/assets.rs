//! The widget's files, inside the binary.
//!
//! The law: a file whose name carries a hash never changes and is cached for ever; compressed forms were made
//! beforehand and are chosen by `Accept-Encoding`. The binary holds those forms alone: for whoever reads neither a file is
//! unpacked once.

use axum::{
    body::{Body, Bytes},
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    fmt::Write as _,
    io::Read as _,
    sync::{LazyLock, OnceLock},
};

/// One file of a program, as `build.rs` found it.
struct File {
    program: &'static str,
    name: &'static str,
    brotli: &'static [u8],
    gzip: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// A file, ready to be answered with.
struct Asset {
    file: &'static File,
    etag: HeaderValue,
    /// Once somebody asked.
    unpacked: OnceLock<Bytes>,
}

impl Asset {
    fn of(file: &'static File) -> Self {
        let mut etag = String::from("\"");
        for byte in &Sha256::digest(file.brotli)[..12] {
            write!(etag, "{byte:02x}").expect("a String takes whatever is written");
        }
        etag.push('"');
        Self {
            file,
            etag: HeaderValue::from_str(&etag)
                .expect("it is hexadecimal digits in quotation marks"),
            unpacked: OnceLock::new(),
        }
    }

    /// Its bytes, in an encoding that the caller can read.
    fn encoded(&self, headers: &HeaderMap) -> (Option<&'static str>, Bytes) {
        let File { brotli, gzip, .. } = *self.file;
        if accepts(headers, "br") {
            (Some("br"), Bytes::from_static(brotli))
        } else if accepts(headers, "gzip") {
            (Some("gzip"), Bytes::from_static(gzip))
        } else {
            (None, self.unpacked.get_or_init(|| unpack(gzip)).clone())
        }
    }
}

fn unpack(gzip: &[u8]) -> Bytes {
    let mut plain = Vec::new();
    flate2::read::GzDecoder::new(gzip)
        .read_to_end(&mut plain)
        .expect("what the build packed can be unpacked");
    plain.into()
}

/// By name. Two programs may share a file; then it is the same.
static ASSETS: LazyLock<HashMap<&'static str, Asset>> = LazyLock::new(|| {
    FILES
        .iter()
        .filter(|file| file.name != PAGE)
        .map(|file| (file.name, Asset::of(file)))
        .collect()
});

/// By program.
static PAGES: LazyLock<HashMap<&'static str, Asset>> = LazyLock::new(|| {
    FILES
        .iter()
        .filter(|file| file.name == PAGE)
        .map(|file| (file.program, Asset::of(file)))
        .collect()
});

const PAGE: &str = "index.html";

/// The loader, with a place for the settings.
pub const fn loader_template() -> &'static str {
    LOADER
}

/// `GET /assets/{name}`.
pub async fn show_asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    match ASSETS.get(name.as_str()) {
        Some(asset) => {
            let is_hashed = asset
                .file
                .name
                .rsplit_once('-')
                .is_some_and(|(_, end)| is_hash(end));
            let caching = if is_hashed {
                "public, max-age=31536000, immutable"
            } else {
                "public, max-age=300"
            };
            answer(asset, &headers, caching)
        }
        None => (StatusCode::NOT_FOUND, "There is no such file.").into_response(),
    }
}

fn is_hash(end: &str) -> bool {
    let hash = end.split('.').next().unwrap_or_default();
    hash.len() >= 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The page that a program starts from; `None` where the widget was not built.
pub fn page(program: &str, headers: &HeaderMap) -> Option<Response> {
    // Asked for anew each time: it names the hashed files, and which program it is depends on who asks.
    PAGES
        .get(program)
        .map(|asset| answer(asset, headers, "private, no-cache"))
}

fn answer(asset: &Asset, headers: &HeaderMap, caching: &'static str) -> Response {
    let own = [
        (header::CACHE_CONTROL, HeaderValue::from_static(caching)),
        (
            header::VARY,
            HeaderValue::from_static("accept-encoding, cookie"),
        ),
        (header::ETAG, asset.etag.clone()),
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static(content_type(asset.file.name)),
        ),
    ];
    if is_held(headers, &asset.etag) {
        return (StatusCode::NOT_MODIFIED, own).into_response();
    }
    let (encoding, bytes) = asset.encoded(headers);
    let mut response = (own, Body::from(bytes)).into_response();
    if let Some(encoding) = encoding {
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// Whether the caller has this very version.
pub fn is_held(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|held| held.trim().trim_start_matches("W/") == *etag)
}

/// Whether the caller can read this encoding: named, and not with a quality of nought.
pub fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let named = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok());
    named.flat_map(|value| value.split(',')).any(|part| {
        let (name, quality) = part.split_once(';').unwrap_or((part, ""));
        let is_refused = matches!(quality.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000");
        name.trim().eq_ignore_ascii_case(encoding) && !is_refused
    })
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn an_encoding_is_used_where_it_is_wanted() {
        let asked = |value: &'static str| {
            HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))])
        };
        assert!(accepts(&asked("gzip, deflate, br"), "br"));
        assert!(accepts(&asked("br;q=0.8"), "br"));
        assert!(!accepts(&asked("br;q=0, gzip"), "br"));
        assert!(!accepts(&asked("brotli"), "br"));
        assert!(!accepts(&HeaderMap::new(), "gzip"));
    }

    #[test]
    fn a_file_is_the_same_in_every_encoding() {
        let text = b"the same".repeat(9);
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(&text).unwrap();
        let gzip = packer.finish().unwrap();
        assert!(gzip.len() < text.len());
        let file = Box::leak(Box::new(File {
            program: "widget",
            name: "the.css",
            brotli: b"brotli",
            gzip: gzip.leak(),
        }));
        let asset = Asset::of(file);
        let asked = |value: &'static str| {
            let headers = [(header::ACCEPT_ENCODING, HeaderValue::from_static(value))];
            asset.encoded(&HeaderMap::from_iter(headers))
        };
        assert_eq!(asked("gzip, br"), (Some("br"), Bytes::from("brotli")));
        let (encoding, packed) = asked("gzip");
        assert_eq!(
            (encoding, unpack(&packed)),
            (Some("gzip"), text.clone().into())
        );
        assert_eq!(asked("identity"), (None, text.clone().into()));
        assert_eq!(asset.encoded(&HeaderMap::new()), (None, text.into()));
    }

    #[test]
    fn only_a_hashed_name_is_for_ever() {
        assert!(is_hash("19594585676e3240.css"));
        assert!(!is_hash("de.json"));
        assert!(!is_hash("gallery.css"));
    }
}
