//! Lists of origins (R) and of paths (U): what is wrong is named by its place.

use super::*;

#[test]
fn r05_r09_a_bad_origin_is_named_by_its_place_and_not_echoed() {
    for (bad, code) in [
        ("file://", ProblemCode::OriginScheme),
        ("chrome-extension://x", ProblemCode::OriginScheme),
        ("https://a; script-src *", ProblemCode::OriginMore),
        ("https://a/b", ProblemCode::OriginMore),
        ("http://shop.example", ProblemCode::OriginScheme),
        ("https://shop.example:0", ProblemCode::OriginPort),
        ("https://*.com", ProblemCode::OriginHost),
    ] {
        let refused = set(|settings| {
            settings.allowed_origins = vec!["https://good.example".into(), bad.into()]
        })
        .unwrap_err();
        assert_eq!(refused, Fault::of_entry(Field::AllowedOrigins, code, 1));
        let sentence = refused.sentence();
        assert!(
            sentence.starts_with("Entry 2: ") && !sentence.contains(bad),
            "{sentence}"
        );
    }
    let origins = [
        "https://Shop.Example:443",
        " https://shop.example ",
        "http://127.0.0.1",
    ];
    let kept = set(|settings| settings.allowed_origins = origins.map(String::from).into()).unwrap();
    assert_eq!(
        kept.allowed_origins,
        ["https://shop.example", "http://127.0.0.1"]
    );
}

#[test]
fn r11_the_list_of_origins_fits_its_header() {
    let many = |count: usize, label: usize| -> Vec<String> {
        (0..count)
            .map(|number| format!("https://{}{number}.example", "x".repeat(label)))
            .collect()
    };
    for too_many in [many(51, 1), many(50, 30)] {
        assert_eq!(
            fault(|settings| settings.allowed_origins = too_many),
            (Field::AllowedOrigins, ProblemCode::TooMany)
        );
    }
    assert!(set(|settings| settings.allowed_origins = many(50, 1)).is_ok());
}

#[test]
fn u_one_list_of_paths_each_once() {
    let rules = |list: &[&str]| -> Vec<String> { list.iter().map(|rule| (*rule).into()).collect() };
    for (list, entry, code) in [
        (&["/x", "https://site/x"][..], 1, ProblemCode::PathOnly),
        (&["/x", ""], 1, ProblemCode::RuleShape),
        (&["x"], 0, ProblemCode::RuleShape),
        (&["/x", "/y", "/x"], 2, ProblemCode::Duplicate),
        (&["/checkout", "//checkout/"], 1, ProblemCode::PathOnly),
        (&["/checkout", "/%63heckout/"], 1, ProblemCode::Duplicate),
        (&["/caf\u{e9}", "/cafe\u{301}"], 1, ProblemCode::Duplicate),
        (&["/caf\u{e9}", "/cafe%CC%81"], 1, ProblemCode::Duplicate),
    ] {
        for field in [Field::IncludeUrls, Field::ExcludeUrls] {
            let refused = set(|settings| match field {
                Field::IncludeUrls => settings.include_urls = rules(list),
                _ => settings.exclude_urls = rules(list),
            });
            assert_eq!(
                refused.unwrap_err(),
                Fault::of_entry(field, code, entry),
                "{list:?}"
            );
        }
    }
    let many = |count: usize| (0..count).map(|number| format!("/{number}")).collect();
    assert_eq!(
        fault(|settings| settings.include_urls = many(101)),
        (Field::IncludeUrls, ProblemCode::TooMany)
    );
    assert!(set(|settings| settings.include_urls = many(100)).is_ok());
    assert_eq!(
        fault(|settings| {
            settings.include_urls = rules(&["/shop/*"]);
            settings.exclude_urls = rules(&["/checkout"]);
        }),
        (Field::ExcludeUrls, ProblemCode::BothLists)
    );
    let kept =
        set(|settings| settings.include_urls = rules(&[" /cafe\u{301} ", "*", "/100%25"])).unwrap();
    assert_eq!(kept.include_urls, ["/caf\u{e9}", "*", "/100%25"]);
    let again = change(&kept, kept.clone(), HERE).unwrap();
    assert_eq!(
        again.include_urls, kept.include_urls,
        "a second save changes nothing"
    );
}
