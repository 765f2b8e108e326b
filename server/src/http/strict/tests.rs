//! What is read, and what is refused.

use super::*;
use shared::{
    conversation::{AdvanceSeen, SendMessage, StartConversation},
    realtime::Signal,
    samples,
};

#[test]
fn what_we_write_is_read_again() {
    let written = serde_json::to_vec(&samples::start_conversation()).unwrap();
    assert!(from_json::<StartConversation>(&written) == Ok(samples::start_conversation()));
    let look = br#"{"look":{"visibility":"hidden"}}"#;
    assert!(matches!(from_json::<Signal>(look), Ok(Signal::Look(_))));
    assert!(matches!(
        from_json::<Signal>(br#"{"pong":{}}"#),
        Ok(Signal::Pong(_))
    ));
}

#[test]
fn every_kind_of_wrong_has_its_code() {
    let id = samples::client_id(1);
    for (body, code) in [
        (String::new(), ProblemCode::Malformed),
        ("{".into(), ProblemCode::Malformed),
        ("{} {}".into(), ProblemCode::Malformed),
        ("{}".into(), ProblemCode::Malformed),
        ("[]".into(), ProblemCode::Type),
        ("null".into(), ProblemCode::Type),
        (r#""x""#.into(), ProblemCode::Type),
        ("5".into(), ProblemCode::Type),
        (format!(r#"["{id}","hello",null]"#), ProblemCode::Type),
        (
            format!(r#"{{"client_id":"{id}","text":5}}"#),
            ProblemCode::Type,
        ),
        (
            format!(r#"{{"client_id":"{id}","text":null}}"#),
            ProblemCode::Type,
        ),
        (
            format!(r#"{{"client_id":"{id}","text":["a"]}}"#),
            ProblemCode::Type,
        ),
        (
            format!(r#"{{"client_id":"{id}","text":{{"$gt":""}}}}"#),
            ProblemCode::Type,
        ),
        (
            format!(r#"{{"client_id":"{id}","text":"a","text":"a"}}"#),
            ProblemCode::Malformed,
        ),
        (
            format!(r#"{{"client_id":"{id}","text":"a","position":1}}"#),
            ProblemCode::UnknownField,
        ),
        (
            format!(r#"{{"client_id":"{id}","text":"\ud800"}}"#),
            ProblemCode::BadText,
        ),
        (
            format!(r#"{{"client_id":"{id}","text":"\uDC00x"}}"#),
            ProblemCode::BadText,
        ),
        (
            r#"{"client_id":"0","text":"a"}"#.into(),
            ProblemCode::Malformed,
        ),
        (
            format!(r#"{{"client_id":"{id}","text":"a","reply_to":"1"}}"#),
            ProblemCode::Type,
        ),
        (
            format!(r#"{{"client_id":"{id}","text":"a","reply_to":-1}}"#),
            ProblemCode::Type,
        ),
        (
            format!(r#"{{"client_id":"{id}","text":"a","reply_to":1.5}}"#),
            ProblemCode::Type,
        ),
        (
            format!(
                r#"{{"client_id":"{id}","text":{}1{}}}"#,
                "[".repeat(8),
                "]".repeat(8)
            ),
            ProblemCode::Malformed,
        ),
    ] {
        assert!(
            from_json::<SendMessage>(body.as_bytes()) == Err(code),
            "{body} is not {code:?}"
        );
    }
    assert!(from_json::<AdvanceSeen>(br#"{"position":"5"}"#) == Err(ProblemCode::Type));
    assert!(from_json::<SendMessage>(b"\xff\xfe") == Err(ProblemCode::Malformed));
}

#[test]
fn a_nested_array_is_no_object_either() {
    let id = samples::client_id(1);
    let body = format!(r#"{{"client_id":"{id}","text":"a","guest":["Cora","cora@example.org"]}}"#);
    assert!(from_json::<StartConversation>(body.as_bytes()) == Err(ProblemCode::Type));
    for frame in [
        r#"{"pong":[]}"#,
        r#"{"typing":5}"#,
        r#"{"type":"pong"}"#,
        "{}",
        "[]",
        r#"{"look":{},"pong":{}}"#,
    ] {
        assert!(from_json::<Signal>(frame.as_bytes()).is_err(), "{frame}");
    }
}
