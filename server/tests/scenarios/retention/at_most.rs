//! What one sweep does at most.
//!
//! The law: whoever sees in Activity that a wrong clock does harm can still stop it.

use super::{DAY_MS, erases_at_most, texts};
use crate::harness::{cora, scenarios};
use shared::samples::MINA;

scenarios! {
    async fn no_more_than_a_bounded_number_goes_at_once_the_longest_silent_first(site) {
        let mut halls = Vec::new();
        for number in 0..4 {
            halls.push(site.browser(cora(number)).starts("Hello").await);
            site.clock.set_by(1_000);
        }
        site.clock.set_by(181 * DAY_MS);
        let mina = site.signed_in(&MINA).await;
        for gone in [3, 4] {
            erases_at_most(site, 3).await;
            for (number, hall) in halls.iter().enumerate() {
                let text = if number < gone { "" } else { "Hello" };
                assert_eq!(texts(&mina.reads(hall).await.unwrap()), [text], "{number} of {gone}");
            }
        }
    }
}
