//! What is left of somebody: in files, in backups, and of their network address.
//!
//! The law: bytes are looked for, and the control finds them where they should be.

use super::{DAY_MS, customer, sweeps, texts};
use crate::harness::{PASSWORD, PostOffice, cora, scenarios};
use porchlight::safety::retention::task::forget_peers;
use shared::{
    limits::{STARTS_PER_PEER, STARTS_WINDOW_SECONDS},
    samples::{ADA, CORA, IDRIS, MINA},
};

scenarios! {
    async fn a_restored_backup_brings_nobody_back(site) {
        if !site.is_sqlite() {
            // There it is done by hand: docs/operating.md.
            return;
        }
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("canary-guest").await;
        let shed = site.browser(&IDRIS).starts("canary-other").await;
        let to = site.config.data_dir.join("before.sqlite");
        let backup = to.to_str().unwrap();
        assert!(site.types(&["backup", "--to", backup]).await.status.success());
        let (mina, ada) = (site.signed_in(&MINA).await, site.admin_of(&ADA).await);
        let (guest, _) = customer(&mina, &hall).await;
        assert_eq!(ada.tells("POST", &format!("/api/admin/people/{guest}/erase")).await, 204);
        site.clock.set_by(200 * DAY_MS);
        sweeps(site).await;
        site.stop().await;
        let told = site.types(&["restore", backup]).await;
        let said = String::from_utf8(told.stdout).unwrap();
        assert!(told.status.success() && said.contains("Erased again who was erased since the backup: 2."), "{said}");
        site.starts_again().await;
        let mina = site.signed_in(&MINA).await;
        for hall in [&hall, &shed] {
            assert_eq!(texts(&mina.reads(hall).await.unwrap()), [""]);
        }
        site.leaves_nothing_of(&["canary-guest", "canary-other", CORA.name, CORA.email, IDRIS.name, IDRIS.email]).await;
    }

    async fn no_network_address_is_ever_written_down(site) {
        let (fourth, sixth) = ("203.0.113.77", "2001:db8:77:7::9");
        let mut cora = site.browser(&CORA).behind(fourth.into());
        let hall = cora.starts("Hello").await;
        let _listening = cora.listens().await;
        let post = PostOffice::open().await;
        site.mails_by(&post).await;
        assert_eq!(cora.asks_for_code(CORA.email).await.status, 204);
        assert!(cora.enters_code("00000000").await.is_err());
        assert_eq!(cora.writes("DELETE", "/api/guest", &serde_json::json!({})).await.status, 204);
        let mut idris = site.browser(&IDRIS).behind(sixth.into());
        idris.starts("Good day").await;
        let mut mina = site.browser(&MINA).behind(fourth.into()).on_behalf_of_user();
        mina.signs_in().await;
        mina.says(&hall, "Good morning").await;
        site.has_account(&ADA).await;
        for password in ["not the password", PASSWORD] {
            let _answered = site.browser(&ADA).behind(sixth.into()).on_admin_page().signs_in_at_admin(password).await;
        }
        assert!(mina.brings(&serde_json::json!({ "iss": "nobody" })).await.status >= 400);
        let stored = site.everything_stored().await;
        assert!(stored.contains(CORA.email), "the control");
        for address in [fourth, sixth, "203.0.113", "2001:db8:77", "cb00714d", "20010db800770007"] {
            assert!(!stored.contains(address), "{address} is stored");
        }
    }

    async fn what_limits_remember_of_a_network_address_goes_once_its_window_has_passed(site) {
        let starts = async |number: u32| {
            let mut guest = site.browser(cora(number)).behind("203.0.113.77".into());
            guest.presses_start().await;
            let client_id = guest.client_id();
            guest.starts_as(&client_id, "Hello").await.err().map(|refused| refused.status)
        };
        for number in 0..STARTS_PER_PEER {
            assert_eq!(starts(number).await, None);
        }
        assert_eq!(starts(STARTS_PER_PEER).await, Some(429));
        // A clock that is set back shows whether it is only passed over or forgotten.
        let window_ms = i64::from(STARTS_WINDOW_SECONDS) * 1_000;
        for (passed_ms, expected) in [(window_ms - 1, Some(429)), (window_ms, None)] {
            site.clock.set_by(passed_ms);
            forget_peers(&site.app());
            site.clock.set_by(-passed_ms);
            assert_eq!(starts(STARTS_PER_PEER).await, expected);
        }
    }

    async fn an_admins_erasure_leaves_no_code_and_nobodys_words_about_them(site) {
        let post = PostOffice::open().await;
        site.mails_by(&post).await;
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("canary-guest").await;
        assert_eq!(cora.asks_for_code(CORA.email).await.status, 204);
        site.letters_to(&post, CORA.email).await;
        let (mina, ada) = (site.signed_in(&MINA).await, site.admin_of(&ADA).await);
        assert_eq!(mina.reports(&hall, 1, "canary-reason").await.status, 204);
        let (guest, _) = customer(&mina, &hall).await;
        assert_eq!(site.count("mail_code").await, 1);
        assert_eq!(ada.tells("POST", &format!("/api/admin/people/{guest}/erase")).await, 204);
        assert_eq!(site.count("mail_code").await, 0, "an address that was only typed stands there too");
        assert!(ada.reads_reports("").await.reports.iter().all(|report| report.reason.is_empty()));
        let canaries = ["canary-guest", "canary-reason", CORA.name, CORA.email];
        assert!(site.app().database.fold_log().await.unwrap());
        site.leaves_nothing_of(&canaries).await;
    }
}
