//! Times in words.
//!
//! The law: as people say them; the whole moment is in the `datetime` of the element for whoever asks.

use crate::frame::{clock, intl};
use leptos::prelude::*;
use shared::ids::Time;

/// "14:05" today, otherwise "Yesterday, 14:05" or "Friday 20 November, 14:05".
pub fn moment_words(time: Time) -> String {
    let now = clock::server_now();
    let at = intl::clock_time(time);
    if intl::day_number(time) == intl::day_number(now) {
        return at;
    }
    [&intl::day(time, now), ", ", &at].concat()
}

/// A moment on the page.
#[component]
pub fn Moment(time: Time) -> impl IntoView {
    view! { <time datetime=intl::iso(time)>{moment_words(time)}</time> }
}

/// A moment in a row: "now", "2 min", "14:05", "yesterday", "20 Nov".
#[component]
pub fn RowTime(time: Time) -> impl IntoView {
    view! { <time datetime=intl::iso(time)>{intl::row_time(time, clock::server_now())}</time> }
}
