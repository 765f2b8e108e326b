//! Frames: what is taken is one signal, whole, and says the same when it is written again.

use crate::mutate::{corpus, fuzz};
use porchlight::http::{command::from_postcard, strict::from_json};
use serde_json::{Map, Value};
use shared::{limits, realtime::Signal};

const WORDS: [&str; 16] = [
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "null",
    "\"pong\"",
    "\"resume\"",
    "\"conversations\"",
    "\\ud800",
    "1e999",
    "18446744073709551616",
    "-1",
    "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}",
];

#[test]
fn whatever_a_frame_says_is_one_signal_or_none() {
    fuzz(
        "frames",
        &corpus(include_str!("corpus/frames.txt")),
        &WORDS,
        |input| {
            // By a reader that knows nothing of ours: not deep, and nothing after it.
            if from_json::<Value>(input).is_ok() {
                let value: Value = serde_json::from_slice(input).unwrap();
                assert!(depth(&value) <= limits::JSON_DEPTH, "{value}");
            }
            if let Ok(signal) = from_json::<Signal>(input) {
                let again = serde_json::to_vec(&signal).unwrap();
                assert!(from_json::<Signal>(&again).is_ok_and(|again| again == signal));
                let value: Value = serde_json::from_slice(input).unwrap();
                assert_eq!(value.as_object().map(Map::len), Some(1), "{value}");
            }
            if let Ok(signal) = from_postcard::<Signal>(input) {
                let again = postcard::to_allocvec(&signal).unwrap();
                assert!(from_postcard::<Signal>(&again).is_ok_and(|again| again == signal));
                assert!(
                    from_postcard::<Signal>(&[input, &[0]].concat()).is_err(),
                    "something after it"
                );
            }
        },
    );
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(values) => 1 + values.iter().map(depth).max().unwrap_or(0),
        Value::Object(values) => 1 + values.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}
