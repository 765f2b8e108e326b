//! Whoever may no longer, is cut off: at once on HTTP, within two seconds on open sockets (R7, W-13).
//!
//! These wait for the server's own watch, so they measure true time.

use crate::harness::{IN_TIME, Socket, scenarios};
use shared::{
    identity::Role,
    realtime::{Event, close},
    samples::{ADA, CORA, MINA, NOOR, TEO},
};
use std::time::Instant;

pub async fn is_cut_off(socket: &mut Socket, code: u16) {
    #[expect(clippy::disallowed_methods, reason = "the promise is about true time")]
    let started = Instant::now();
    assert_eq!(socket.is_closed().await.1, Some(code));
    assert!(started.elapsed() < IN_TIME, "after {:?}", started.elapsed());
}

scenarios! {
    async fn signing_out_closes_the_sockets_of_that_session_and_no_other(site) {
        let mut mina = site.signed_in(&MINA).await;
        let elsewhere = site.signed_in(&MINA).await;
        let (mut here, mut there) = (mina.listens().await, elsewhere.listens().await);
        mina.signs_out().await;
        is_cut_off(&mut here, close::SIGNED_OUT).await;
        let mut cora = site.browser(&CORA);
        cora.starts("Hello").await;
        there.hears_of(|event| matches!(event, Event::ConversationStarted(_)).then_some(())).await;
    }

    async fn who_leaves_the_group_hears_no_more(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let (mina, teo) = (site.signed_in(&MINA).await, site.signed_in(&TEO).await);
        let (mut desk, mut other) = (mina.listens().await, teo.listens().await);
        site.leaves_group(&MINA).await;
        // At once, before the server's own watch has noticed.
        assert_eq!(mina.reads(&hall).await.err().unwrap().status, 404);
        assert_eq!(mina.gets::<serde_json::Value>("/api/inbox").await.err().unwrap().status, 404);
        is_cut_off(&mut desk, close::FORBIDDEN).await;
        cora.says(&hall, "Anybody there?").await;
        other.hears_of(|event| matches!(event, Event::MessageSent(_)).then_some(())).await;
        let (heard, _) = mina.listens().await.into_silence().await;
        assert!(heard.is_empty(), "nothing of Cora's");
    }

    async fn who_is_disabled_is_nobody(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let teo = site.signed_in(&TEO).await;
        let mut desk = teo.listens().await;
        site.disables(&TEO).await;
        assert_eq!(teo.reads(&hall).await.err().unwrap().status, 401);
        is_cut_off(&mut desk, close::SIGNED_OUT).await;
    }

    async fn who_joins_hears_without_reconnecting(site) {
        let noor = site.signed_in(&NOOR).await;
        let mut socket = noor.listens().await;
        site.joins(&NOOR).await;
        socket.hears_of(|event| matches!(event, Event::SessionChanged(_)).then_some(())).await;
        assert_eq!(noor.session().await.role, Role::Agent);
        let mut cora = site.browser(&CORA);
        cora.starts("Hello").await;
        socket.hears_of(|event| matches!(event, Event::ConversationStarted(_)).then_some(())).await;
    }

    async fn an_admin_no_more_is_cut_off_too(site) {
        let ada = site.signed_in(&ADA).await;
        let mut desk = ada.listens().await;
        site.makes_admin(&ADA, false).await;
        is_cut_off(&mut desk, close::FORBIDDEN).await;
    }
}
