//! Times as people say them, by the browser's own `Intl`.
//!
//! The law: no date crate (D10), and a formatter is made once for each form: making one costs more than a screen of uses.

use super::bridge::put;
use crate::i18n::{Text, UserText, say, say_count, strings};
use js_sys::{Array, Date, Function, Intl::DateTimeFormat, Object};
use shared::ids::Time;
use wasm_bindgen::prelude::*;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

thread_local! {
    /// "14:05".
    static CLOCK: Function = formatter(&[("hour", "numeric"), ("minute", "2-digit")]);
    /// "Friday 20 November".
    static DAY: Function = formatter(&[("weekday", "long"), ("day", "numeric"), ("month", "long")]);
    /// "20 November 2025".
    static DAY_OF_YEAR: Function = formatter(&[("day", "numeric"), ("month", "long"), ("year", "numeric")]);
    /// "Fri".
    static WEEKDAY: Function = formatter(&[("weekday", "short")]);
    /// "20 Nov".
    static SHORT_DAY: Function = formatter(&[("day", "numeric"), ("month", "short")]);
}

fn formatter(options: &[(&str, &str)]) -> Function {
    let wanted = Object::new();
    for (name, value) in options {
        put(&wanted, name, &(*value).into());
    }
    // English without a region reads as British here, "20 November" and "14:05", unless the browser's own is English.
    let language = strings().language();
    let browser = super::page::window()
        .navigator()
        .language()
        .unwrap_or_default();
    let is_same = browser.split('-').next() == language.split('-').next();
    let locale = match (is_same, language) {
        (true, _) => browser.as_str(),
        (false, "en") => "en-GB",
        (false, language) => language,
    };
    DateTimeFormat::new(&Array::of1(&locale.into()), &wanted).format()
}

fn formatted(formatter: &'static std::thread::LocalKey<Function>, time: Time) -> String {
    let date = date(time);
    let text = formatter.with(|formatter| formatter.call1(&JsValue::NULL, &date));
    text.ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

fn date(time: Time) -> Date {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds since 1970 are far below 2^53"
    )]
    Date::new(&JsValue::from_f64(time.0 as f64))
}

/// A number that differs between calendar days of whoever looks.
pub fn day_number(time: Time) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "an offset is a whole number of minutes, below 1,000"
    )]
    let offset = date(time).get_timezone_offset() as i64 * MINUTE_MS;
    (time.0 - offset).div_euclid(24 * HOUR_MS)
}

/// A day line: "Today", "Yesterday", "Friday 20 November".
pub fn day(time: Time, now: Time) -> String {
    match day_number(now) - day_number(time) {
        0 => say(Text::Today).into(),
        1 => say(Text::Yesterday).into(),
        days if days < 300 => formatted(&DAY, time).replace(',', ""),
        _ => formatted(&DAY_OF_YEAR, time),
    }
}

/// "14:05".
pub fn clock_time(time: Time) -> String {
    formatted(&CLOCK, time)
}

/// A time in a row: "now", "2 min", "14:05", "yesterday", "Fri", "20 Nov".
pub fn row_time(time: Time, now: Time) -> String {
    let minutes = (now.0 - time.0).div_euclid(MINUTE_MS);
    match (day_number(now) - day_number(time), minutes) {
        (_, ..1) => say(UserText::Now).into(),
        (_, minutes @ 1..60) => say_count(
            UserText::MinutesAgo,
            u32::try_from(minutes).unwrap_or_default(),
        ),
        (0, _) => formatted(&CLOCK, time),
        (1, _) => say(UserText::YesterdayInRow).into(),
        (2..7, _) => formatted(&WEEKDAY, time),
        _ => formatted(&SHORT_DAY, time),
    }
}

/// The whole moment, for machines: "2026-11-20T14:05:00.000Z".
#[cfg(feature = "admin")]
pub fn iso(time: Time) -> String {
    date(time).to_iso_string().into()
}
