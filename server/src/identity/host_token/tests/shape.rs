//! Rows about a token's parts and their JSON.

use super::*;
use proptest::prelude::*;

#[test]
fn j21_a_token_is_small_strict_json_in_an_object() {
    let raw = |payload: &[u8]| {
        refusal(&sign_bytes(
            header().to_string().as_bytes(),
            payload,
            &SECRET,
        ))
    };
    let twice = payload().to_string().replacen("{", "{\"sub\":\"ada\",", 1);
    let deep = format!("{{\"x\":{}{}}}", "[".repeat(50), "]".repeat(50));
    let bad: [&[u8]; 8] = [
        b"",
        b"hello",
        b"[]",
        b"\"x\"",
        b"{\"sub\":\"\xff\"}",
        b"{}{}",
        twice.as_bytes(),
        deep.as_bytes(),
    ];
    for payload in bad {
        assert_eq!(raw(payload), Refusal::Payload);
    }
    for header in [
        &b"{\"alg\":\"HS256\",\"alg\":\"HS256\"}"[..],
        b"[]",
        b"",
        b"\xff",
    ] {
        assert_eq!(
            refusal(&sign_bytes(
                header,
                payload().to_string().as_bytes(),
                &SECRET
            )),
            Refusal::Header
        );
    }
    let small = sign(&header(), &payload());
    let padded = sign(&header(), &with(payload(), "x", json!("y".repeat(3_000))));
    assert!(
        small.len() < limits::IDENTITY_TOKEN_BYTES && padded.len() > limits::IDENTITY_TOKEN_BYTES
    );
    assert_eq!(refusal(&padded), Refusal::TooLong);
    assert_eq!(refusal(&"a".repeat(4_097)), Refusal::TooLong);
}

#[test]
fn a_token_is_three_parts_of_canonical_base64url() {
    let good = sign(&header(), &payload());
    for bad in [
        String::new(),
        ".".into(),
        "..".into(),
        "...".into(),
        format!("{good}."),
        format!(".{good}"),
        format!("{good}.x"),
    ] {
        assert!(judge(&bad).is_err(), "{bad:?}");
    }
    for bad in [
        format!("{good}="),
        format!("{good} "),
        format!(" {good}"),
        good.replacen('.', "=.", 1),
        format!("{good}\n"),
    ] {
        assert_eq!(refusal(&bad), Refusal::Encoding, "{bad:?}");
    }
}

proptest! {
    #[test]
    fn nothing_that_people_send_makes_it_panic(text in "\\PC{0,200}", header in "\\PC{0,40}", payload in "\\PC{0,80}") {
        prop_assert!(judge(&text).is_err());
        prop_assert!(judge(&sign_bytes(header.as_bytes(), payload.as_bytes(), &SECRET)).is_err());
    }
}
