//! S-09 as a table, the times of the retries, and what is wanted.

use super::*;

fn refused(text: &str, loopback: Loopback) -> Option<ProblemCode> {
    let problem = read_url(text, loopback).err()?;
    assert_eq!(problem.field, Some(Field::WebhookUrl), "{text}");
    Some(problem.code)
}

#[test]
fn s09_only_https_to_the_public_network_is_an_address() {
    use ProblemCode::{AddressPrivate, UrlShape};
    for (text, code) in [
        ("", UrlShape),
        ("hooks.example", UrlShape),
        ("http://hooks.example", UrlShape),
        ("http://127.0.0.1:8080", UrlShape),
        ("ftp://hooks.example", UrlShape),
        ("file:///etc/passwd", UrlShape),
        ("javascript:alert(1)", UrlShape),
        ("data:text/plain,x", UrlShape),
        ("gopher://hooks.example", UrlShape),
        ("//hooks.example", UrlShape),
        ("https://", UrlShape),
        ("https://u:pw@hooks.example", UrlShape),
        ("https://u@hooks.example", UrlShape),
        ("https://:pw@hooks.example", UrlShape),
        ("https://hooks.example/#x", UrlShape),
        ("https://hooks.example:99999", UrlShape),
        ("https://hooks.example\r\nX: y", UrlShape),
        (" https://hooks.example", UrlShape),
        ("https://hooks.example/a\tb", UrlShape),
        ("https://ho oks.example", UrlShape),
        ("https://256.256.256.256", UrlShape),
        ("https://[::1", UrlShape),
        ("https://[fe80::1%25eth0]", UrlShape),
        ("https://127.0.0.1", AddressPrivate),
        ("https://127.0.0.1:8443/x", AddressPrivate),
        ("https://127.1", AddressPrivate),
        ("https://2130706433", AddressPrivate),
        ("https://0x7f.1", AddressPrivate),
        ("https://0x7f000001", AddressPrivate),
        ("https://0177.0.0.1", AddressPrivate),
        ("https://１２７.0.0.1", AddressPrivate),
        ("https://127。0。0。1", AddressPrivate),
        ("https://127.0.0.1.", AddressPrivate),
        ("https://0", AddressPrivate),
        ("https://10.1.2.3", AddressPrivate),
        ("https://169.254.169.254/latest/meta-data", AddressPrivate),
        ("https://172.16.0.1", AddressPrivate),
        ("https://172.31.255.255", AddressPrivate),
        ("https://192.168.1.1", AddressPrivate),
        ("https://100.64.0.1", AddressPrivate),
        ("https://255.255.255.255", AddressPrivate),
        ("https://[::1]", AddressPrivate),
        ("https://[::]", AddressPrivate),
        ("https://[::ffff:127.0.0.1]", AddressPrivate),
        ("https://[::ffff:8.8.8.8]", AddressPrivate),
        ("https://[::127.0.0.1]", AddressPrivate),
        ("https://[64:ff9b::7f00:1]", AddressPrivate),
        ("https://[fe80::1]", AddressPrivate),
        ("https://[fc00::1]", AddressPrivate),
        ("https://[fd12:3456::1]", AddressPrivate),
        ("https://[2002:7f00:1::]", AddressPrivate),
        ("https://[ff02::1]", AddressPrivate),
    ] {
        assert_eq!(refused(text, Loopback::Refused), Some(code), "{text}");
    }
    let long = format!("https://hooks.example/{}", "x".repeat(1_000));
    assert_eq!(refused(&long, Loopback::Refused), Some(UrlShape));
    for (text, receiver) in [
        (
            "https://hooks.example",
            Receiver::Name("hooks.example".into()),
        ),
        (
            "https://Hooks.Example:8443/a?b=c",
            Receiver::Name("hooks.example".into()),
        ),
        // Names are judged by their addresses.
        ("https://localhost", Receiver::Name("localhost".into())),
        ("https://8.8.8.8/x", Receiver::Address([8, 8, 8, 8].into())),
        ("https://134744072", Receiver::Address([8, 8, 8, 8].into())),
    ] {
        let read = read_url(text, Loopback::Refused).unwrap();
        assert_eq!(read.1, receiver, "{text}");
    }
}

#[test]
fn the_operator_may_allow_this_very_machine_by_its_address_and_nothing_else() {
    let read = |text| refused(text, Loopback::Allowed);
    assert_eq!(read("http://127.0.0.1:8080/hook"), None);
    for text in [
        "http://localhost:8080",
        "http://[::1]:8080",
        "http://10.0.0.1",
        "http://169.254.169.254",
        "http://hooks.example",
        "http://8.8.8.8",
        "http://u:pw@127.0.0.1",
    ] {
        assert_eq!(read(text), Some(ProblemCode::UrlShape), "{text}");
    }
    assert_eq!(read("https://127.0.0.1"), Some(ProblemCode::AddressPrivate));
}

#[test]
fn the_public_network_is_what_is_left() {
    for public in [
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "93.184.216.34",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2606:4700::1111",
        "2001:4860:4860::8888",
        "2a00::1",
        "64:ff9b::808:808",
    ] {
        assert!(is_public(public.parse().unwrap()), "{public}");
    }
    for not in [
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.0.1",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.0",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:8.8.8.8",
        "::ffff:10.0.0.1",
        "::8.8.8.8",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:1ff::1",
        "2001:db8::1",
        "2002:808:808::1",
        "3fff::1",
        "4000::1",
        "fc00::1",
        "fdff::1",
        "fe80::1",
        "fec0::1",
        "ff0e::1",
    ] {
        assert!(!is_public(not.parse().unwrap()), "{not}");
    }
}

#[test]
fn a_name_with_one_private_address_is_called_at_none() {
    let addresses = |texts: &[&str]| -> Vec<IpAddr> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    };
    assert!(may_call_all(&addresses(&["8.8.8.8", "2606:4700::1111"])).is_ok());
    for texts in [
        &[][..],
        &["127.0.0.1"],
        &["8.8.8.8", "10.0.0.1"],
        &["::1", "8.8.8.8"],
    ] {
        assert!(may_call_all(&addresses(texts)).is_err(), "{texts:?}");
    }
}

#[test]
fn what_was_not_taken_is_tried_again_for_days_and_then_given_up() {
    use Outcome::{Answered, Failed};
    for status in [200, 201, 204, 299] {
        assert_eq!(plan_next(Answered(status), 1, 0), Next::Delivered);
    }
    assert_eq!(plan_next(Answered(410), 3, 0), Next::Ended);
    let failed = [
        Answered(100),
        Answered(301),
        Answered(302),
        Answered(400),
        Answered(404),
        Answered(429),
        Answered(500),
        Failed(Failure::Timeout),
        Failed(Failure::AddressPrivate),
    ];
    for outcome in failed {
        let mut total_ms = 0;
        for (past, base_ms) in AGAIN_AFTER_MS.into_iter().enumerate() {
            let tries = past + 1;
            assert_eq!(
                plan_next(outcome, tries, 0),
                Next::Again { after_ms: base_ms }
            );
            let latest = plan_next(outcome, tries, 1_000);
            assert_eq!(
                latest,
                Next::Again {
                    after_ms: base_ms + base_ms / 10
                },
                "{outcome:?}"
            );
            total_ms += base_ms;
        }
        assert_eq!(plan_next(outcome, 10, 500), Next::GivenUp);
        assert!(
            total_ms > 3 * 24 * HOUR_MS,
            "a receiver may be away over a weekend"
        );
    }
}

#[test]
fn only_what_is_wanted_is_wanted() {
    assert!(Wanted::default().is_nothing());
    for event in WebhookEvent::ALL {
        let wanted = Wanted::of([event]);
        for other in WebhookEvent::ALL {
            assert_eq!(wanted.wants(other), other == event);
        }
        assert!(!Wanted::default().wants(event));
    }
    assert!(
        WebhookEvent::ALL
            .into_iter()
            .all(|event| Wanted::of(WebhookEvent::ALL).wants(event))
    );
}
