//! A failure after each statement of a code by mail: asked for, and entered.
//!
//! The laws: a try that failed is none, and what was asked for and could not be kept is not mailed.

use super::{Statement, Transaction, chats};
use crate::harness::{PostOffice, scenarios};
use shared::{
    conversion::EnterCode,
    samples::{CORA, MINA},
};

scenarios! {
    async fn r6_a_code_that_is_entered_brings_all_or_nothing(site) {
        let post = PostOffice::open().await;
        site.mails_by(&post).await;
        let mina = site.signed_in(&MINA).await;
        let (elsewhere, conversation_id) = chats(site, &mina).await;
        let mut cora = site.browser(&CORA);
        let code = cora.fetches_code(&post, CORA.email).await;
        site.may_fail().await;
        // A try that failed is none: five wrong ones would burn the code, and these are more.
        for failure in [Statement, Transaction] {
            site.fails_at(3, failure).await;
            assert_eq!(cora.enters_code(&code).await.err().unwrap().status / 100, 5);
            site.fails_at(0, failure).await;
        }
        let failed = site.fails_everywhere(Transaction, async || {
            let entered = cora.writes("POST", "/api/code/enter", &EnterCode { code: code.clone() }).await;
            if entered.status != 200 {
                assert!(elsewhere.reads(&conversation_id).await.is_ok());
                assert!(cora.reads(&conversation_id).await.is_err());
            }
            entered.status
        }).await;
        assert!(failed >= 10, "a new guest, a proof and a conversion write more than {failed} rows");
        site.has_converted(1, 0).await;
        assert!(cora.reads(&conversation_id).await.is_ok());
    }

    async fn a_code_that_could_not_be_kept_is_not_mailed(site) {
        let post = PostOffice::open().await;
        site.mails_by(&post).await;
        site.browser(&CORA).starts("The blue lamp hums").await;
        let mut cora = site.browser(&CORA);
        // The key of the hashes is made once.
        cora.fetches_code(&post, CORA.email).await;
        site.may_fail().await;
        let before = site.everything().await;
        for (failure, row) in [(Statement, 1), (Statement, 2), (Transaction, 1), (Transaction, 2)] {
            site.fails_at(row, failure).await;
            assert_eq!(cora.asks_for_code(CORA.email).await.status, 204, "whatever becomes of it");
            assert_eq!(site.letters_to(&post, CORA.email).await.len(), 1);
            site.fails_at(0, failure).await;
            assert_eq!(site.everything().await, before, "at row {row}, {failure:?}");
        }
        // Those were no askings: there are two more within this hour.
        for _ in 0..2 {
            cora.fetches_code(&post, CORA.email).await;
        }
    }
}
