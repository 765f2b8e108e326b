//! How long to wait before trying again.
//!
//! The law: 0.5 s · 2ⁿ, at most 30 s, ± 50 %, so that a thousand frames do not come back in the same moment.

/// **Units**: milliseconds. `attempt` counts the failures so far, from 0; `chance` is 0 to 999, drawn evenly.
pub fn backoff_ms(attempt: u32, chance: u32) -> u32 {
    let full = 500u32.saturating_mul(1 << attempt.min(6)).min(30_000);
    full / 2 + full / 1_000 * chance.min(999) + full % 1_000 * chance.min(999) / 1_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_doubles_up_to_half_a_minute_give_or_take_a_half() {
        for (attempt, full) in [
            (0, 500),
            (1, 1_000),
            (2, 2_000),
            (5, 16_000),
            (6, 30_000),
            (7, 30_000),
            (400, 30_000),
        ] {
            assert_eq!(backoff_ms(attempt, 0), full / 2, "{attempt}");
            assert_eq!(backoff_ms(attempt, 500), full, "{attempt}");
            assert!(backoff_ms(attempt, 999) < full + full / 2, "{attempt}");
            assert!(backoff_ms(attempt, 5_000) < full + full / 2, "{attempt}");
        }
    }
}
