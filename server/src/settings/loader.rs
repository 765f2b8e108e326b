//! The loader as this site's pages get it: the script with the settings written into it (D1).
//!
//! The law: one file and no second request, so everything the launcher shows stands in it; rendered and compressed once
//! for each change of the settings, never for a request.

use axum::body::Bytes;
use axum::http::HeaderValue;
use serde_json::json;
use sha2::{Digest, Sha256};
use shared::settings::colour::Colour;
use shared::settings::{ChatIcon, Corner, Settings};
use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

/// What the settings take the place of, with its quotation marks.
const PLACE: &str = "\"__PORCHLIGHT_SETTINGS__\"";

/// The finished script, in each encoding that browsers ask for.
#[derive(Debug)]
pub struct Loader {
    pub etag: HeaderValue,
    pub plain: Bytes,
    pub gzip: Bytes,
    pub brotli: Bytes,
}

/// The loader of the newest settings.
#[derive(Debug, Default)]
pub struct LoaderCache(Mutex<Option<(i64, Arc<Loader>)>>);

impl LoaderCache {
    /// The loader for these settings; `version` is that of the policy that holds them.
    pub fn get(&self, version: i64, template: &str, settings: &Settings) -> Arc<Loader> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some((kept_version, loader)) if *kept_version == version => Arc::clone(loader),
            _ => {
                let loader = Arc::new(Loader::render(template, settings));
                *kept = Some((version, Arc::clone(&loader)));
                loader
            }
        }
    }
}

impl Loader {
    pub fn render(template: &str, settings: &Settings) -> Self {
        let script = template_for(template, settings).replacen(PLACE, &written(settings), 1);
        let mut etag = String::from("\"");
        for byte in &Sha256::digest(&script)[..12] {
            write!(etag, "{byte:02x}").expect("a String takes whatever is written");
        }
        etag.push('"');
        let etag =
            HeaderValue::from_str(&etag).expect("it is hexadecimal digits in quotation marks");
        Self {
            etag,
            gzip: gzip(script.as_bytes()),
            brotli: brotli(script.as_bytes()),
            plain: Bytes::from(script),
        }
    }
}

/// The script without the marked parts that these settings do not need (`// ‹name›` to `// ‹/name›`, each on a line).
fn template_for(template: &str, settings: &Settings) -> String {
    let needed = [
        ("rules", has_rules(settings)),
        ("icon", settings.chat_icon != ChatIcon::Speech),
    ];
    needed
        .into_iter()
        .filter(|(_, is_needed)| !is_needed)
        .fold(template.to_owned(), |script, (name, _)| {
            without_part(&script, name)
        })
}

fn has_rules(settings: &Settings) -> bool {
    !settings.include_urls.is_empty() || !settings.exclude_urls.is_empty()
}

fn without_part(script: &str, name: &str) -> String {
    let (begin, end) = (format!("\n// ‹{name}›\n"), format!("\n// ‹/{name}›\n"));
    let mut parts = script.split(&begin);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let after = part.split_once(&end).map(|(_, after)| after);
        // A part without an end would be a loader that says nothing: served whole, it still works.
        kept.push_str(after.unwrap_or(part));
    }
    kept
}

/// The settings as a JavaScript value. JSON is one, in every browser and wherever a host puts the script once these are
/// written as escapes: `<` would end it inside a page, and the two separators end a line before ECMAScript 2019.
fn written(settings: &Settings) -> String {
    let accent = Colour::parse(&settings.accent).unwrap_or(Colour::DEFAULT);
    let words = words(&settings.language);
    let mut written = json!({
        "accent": accent.to_string(),
        "ink": accent.ink().to_string(),
        "corner": match settings.corner {
            Corner::Right => "right",
            Corner::Left => "left",
        },
        "labels": {
            "open": words.open,
            "close": words.close,
            "unread": words.unread,
            "title": words.title.replace("{name}", &settings.support_name),
            "unavailable": words.unavailable,
        },
    });
    for (name, rules) in [
        ("include", &settings.include_urls),
        ("exclude", &settings.exclude_urls),
    ] {
        if !rules.is_empty() {
            written[name] = json!(rules);
        }
    }
    if settings.chat_icon != ChatIcon::Speech {
        written["icon"] = json!(settings.chat_icon);
    }
    // Outside of strings JSON has none of them.
    written
        .to_string()
        .replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// What the launcher says before the frame with its own words is there.
struct Words {
    open: &'static str,
    close: &'static str,
    unread: &'static str,
    title: &'static str,
    unavailable: &'static str,
}

fn words(language: &str) -> Words {
    match language {
        "de" => Words {
            open: "Chat öffnen",
            close: "Chat schließen",
            unread: "{count} ungelesen",
            title: "Chat mit {name}",
            unavailable: "Der Chat ist gerade nicht erreichbar.",
        },
        "ar" => Words {
            open: "فتح المحادثة",
            close: "إغلاق المحادثة",
            unread: "{count} غير مقروءة",
            title: "محادثة مع {name}",
            unavailable: "المحادثة غير متاحة الآن.",
        },
        _ => Words {
            open: "Open chat",
            close: "Close chat",
            unread: "{count} unread",
            title: "Chat with {name}",
            unavailable: "The chat is not available right now.",
        },
    }
}

fn gzip(script: &[u8]) -> Bytes {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder
        .write_all(script)
        .and_then(|()| encoder.finish())
        .map(Bytes::from)
        .expect("a Vec takes whatever is written")
}

fn brotli(script: &[u8]) -> Bytes {
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*script, &mut compressed, &parameters)
        .expect("a Vec takes whatever is written");
    Bytes::from(compressed)
}

/// What the settings look like in the script.
#[cfg(test)]
mod tests;
