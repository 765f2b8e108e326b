//! What the settings look like in the script, and that none of them is more than a value there.

use super::*;
use std::io::Read;

const TEMPLATE: &str = r#"(()=>{const{accent,ink,corner,labels}="__PORCHLIGHT_SETTINGS__";})()"#;

#[test]
fn settings_stand_in_the_script() {
    let settings = Settings {
        accent: "#FACC15".into(),
        corner: Corner::Left,
        ..Settings::default()
    };
    let value: serde_json::Value = serde_json::from_str(&value(&settings)).unwrap();
    assert_eq!(
        value,
        json!({
            "accent": "#FACC15",
            "ink": "#111111",
            "corner": "left",
            "labels": {
                "open": "Open chat",
                "close": "Close chat",
                "unread": "{count} unread",
                "title": "Chat with Support",
                "unavailable": "The chat is not available right now.",
            },
        })
    );
}

/// Texts that would end a string, a line, a script or a template, were they not written as a string's insides.
const HOSTILE: [&str; 9] = [
    r#""});alert(1);//"__PORCHLIGHT_SETTINGS__""#,
    "</script><script>alert(1)</script>",
    "<!--<script>",
    r#"\";alert(1);//"#,
    r"\",
    "'+alert(1)+'",
    "`${alert(1)}`",
    "*/alert(1)/*",
    "\u{2028}alert(1)\u{2029}alert(1)\u{0085}",
];

/// The value that takes the place in [`TEMPLATE`].
fn value(settings: &Settings) -> String {
    let loader = Loader::render(TEMPLATE, settings);
    let script = String::from_utf8(loader.plain.to_vec()).unwrap();
    let rest = script.strip_prefix("(()=>{const{accent,ink,corner,labels}=");
    rest.unwrap().strip_suffix(";})()").unwrap().to_owned()
}

#[test]
fn no_setting_can_break_out_of_the_script() {
    for hostile in HOSTILE {
        let settings = Settings {
            support_name: hostile.into(),
            include_urls: vec![format!("/{hostile}")],
            exclude_urls: vec![format!("/{hostile}")],
            accent: hostile.into(),
            ..Settings::default()
        };
        let written = value(&settings);
        // Whatever reads the script, a page around it or a browser of 2018, no line and no script ends in there.
        let ends = ['<', '\n', '\r', '\u{2028}', '\u{2029}'];
        assert!(!written.contains(ends), "{written}");
        let read: serde_json::Value = serde_json::from_str(&written).unwrap();
        assert_eq!(read["labels"]["title"], format!("Chat with {hostile}"));
        assert_eq!(read["include"], json!([format!("/{hostile}")]));
        assert_eq!(read["exclude"], json!([format!("/{hostile}")]));
        assert_eq!(read["accent"], Colour::DEFAULT.to_string());
    }
}

#[test]
fn what_only_some_sites_need_is_served_to_those_only() {
    const MARKED: &str = "a(\"__PORCHLIGHT_SETTINGS__\");\n// ‹icon›\ndraw();\n// ‹/icon›\nb();\n// ‹rules›\njudge();\n// ‹/rules›\nc();\n// ‹rules›\nagain();\n// ‹/rules›\nd();";
    let script = |settings: &Settings| {
        String::from_utf8(Loader::render(MARKED, settings).plain.to_vec()).unwrap()
    };
    let plain = script(&Settings::default());
    assert!(plain.ends_with(");b();c();d();"), "{plain}");
    for word in ["icon", "include", "exclude"] {
        assert!(!plain.contains(word), "{plain}");
    }
    let iconic = script(&Settings {
        chat_icon: ChatIcon::Lantern,
        ..Settings::default()
    });
    assert!(iconic.contains("\"icon\":\"lantern\"") && iconic.contains("draw();"));
    assert!(!iconic.contains("judge();"));
    let ruled = script(&Settings {
        exclude_urls: vec!["/checkout/*".into()],
        ..Settings::default()
    });
    assert!(ruled.contains("\"exclude\":[\"/checkout/*\"]") && ruled.contains("again();"));
    assert!(!ruled.contains("draw();") && !ruled.contains("include"));
}

/// Also where the widget was not built, and the script that people read is served.
#[test]
fn the_loader_of_this_build_is_served_without_what_this_site_does_not_need() {
    let template = crate::http::assets::loader_template();
    assert!(template.contains("‹icon›") && template.contains("‹rules›"));
    let loader = Loader::render(template, &Settings::default());
    let script = String::from_utf8(loader.plain.to_vec()).unwrap();
    for word in ["// ‹", "evenodd", "decodeURIComponent"] {
        assert!(!script.contains(word), "{word} is in there");
    }
}

#[test]
fn every_encoding_says_the_same() {
    let loader = Loader::render(TEMPLATE, &Settings::default());
    let mut unzipped = Vec::new();
    flate2::read::GzDecoder::new(&*loader.gzip)
        .read_to_end(&mut unzipped)
        .unwrap();
    let mut unpacked = Vec::new();
    brotli::BrotliDecompress(&mut &*loader.brotli, &mut unpacked).unwrap();
    assert_eq!(
        (unzipped, unpacked),
        (loader.plain.to_vec(), loader.plain.to_vec())
    );
}

#[test]
fn a_change_of_settings_is_a_new_loader() {
    let cache = LoaderCache::default();
    let settings = Settings::default();
    let first = cache.get(1, TEMPLATE, &settings);
    assert!(Arc::ptr_eq(&first, &cache.get(1, TEMPLATE, &settings)));
    let second = cache.get(
        2,
        TEMPLATE,
        &Settings {
            corner: Corner::Left,
            ..settings
        },
    );
    assert_ne!(first.etag, second.etag);
}
