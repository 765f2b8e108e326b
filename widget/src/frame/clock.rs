//! Time and chance, as the browser has them, and timers.
//!
//! The law: models are handed moments and draws; only here do they come from.

use js_sys::{Date, Math};
use shared::ids::{ClientId, Time};
use std::cell::Cell;
use wasm_bindgen::prelude::*;

thread_local! {
    /// What the server's clock is ahead of this one. **Units**: milliseconds.
    static AHEAD: Cell<i64> = const { Cell::new(0) };
}

/// By this machine's clock: for waiting.
pub fn now() -> Time {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds since 1970 are whole and far below 2^63"
    )]
    Time(Date::now() as i64)
}

/// By the server's clock, as far as it is known: for labels.
pub fn server_now() -> Time {
    Time(now().0 + AHEAD.get())
}

/// The server said what time it is.
pub fn server_says(time: Time) {
    AHEAD.set(time.0 - now().0);
}

/// An even draw from 0 to 999.
pub fn chance() -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number from 0 to below 1,000"
    )]
    let draw = (Math::random() * 1_000.0) as u32;
    draw
}

/// A new id: UUIDv7, by the browser's own chance.
pub fn mint_client_id() -> ClientId {
    let mut bytes = [0u8; 16];
    if let Ok(crypto) = super::page::window().crypto() {
        // Refused only for more than 65,536 bytes.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    let text = uuid_v7(now(), bytes);
    ClientId::parse(&text).expect("version and variant were set")
}

/// A UUID of version 7 in canonical form. Source: RFC 9562 section 5.7.
fn uuid_v7(time: Time, mut bytes: [u8; 16]) -> String {
    bytes[..6].copy_from_slice(&time.0.to_be_bytes()[2..]);
    bytes[6] = bytes[6] & 0x0f | 0x70;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::new();
    for (place, byte) in bytes.iter().enumerate() {
        if matches!(place, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for digit in [byte >> 4, byte & 0x0f] {
            text.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
        }
    }
    text
}

/// Does something once, later. **Units**: milliseconds.
pub fn after(wait_ms: u32, what: impl FnOnce() + 'static) {
    let function = Closure::once_into_js(what);
    let wait_ms = i32::try_from(wait_ms).unwrap_or(i32::MAX);
    let _ = super::page::window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(function.unchecked_ref(), wait_ms);
}

/// Does something again and again, for the frame's whole life. **Units**: milliseconds.
pub fn every(pause_ms: i32, what: impl Fn() + 'static) {
    let function = Closure::<dyn Fn()>::new(what);
    let _ = super::page::window().set_interval_with_callback_and_timeout_and_arguments_0(
        function.as_ref().unchecked_ref(),
        pause_ms,
    );
    function.forget();
}

/// Waits. **Units**: milliseconds.
pub async fn pause(wait_ms: u32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        after(wait_ms, move || {
            let _ = resolve.call0(&JsValue::NULL);
        });
    });
    // A timer's promise never fails.
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_id_is_a_uuid_of_version_7() {
        for fill in [0x00, 0xff, 0x5a] {
            let text = uuid_v7(Time(1_795_183_500_000), [fill; 16]);
            assert!(ClientId::parse(&text).is_some(), "{text}");
            assert!(
                text.starts_with("01a1f9"),
                "{text} does not begin with its moment"
            );
        }
        assert!(uuid_v7(Time(1), [0; 16]) < uuid_v7(Time(2), [0; 16]));
    }
}
