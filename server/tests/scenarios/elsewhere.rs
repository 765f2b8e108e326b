//! Sessions that another process ended: another server on the same Postgres database, or the command line. Open sockets
//! close within two seconds all the same (R7).

use crate::harness::{Browser, Engine, Site, Socket, scenarios};
use crate::revocation::is_cut_off;
use porchlight::{
    account::people::end_sessions,
    identity::{sign_in::sign_out, store::SessionKind, token::SessionToken},
};
use shared::{
    ids::PersonId,
    realtime::close,
    samples::{CORA, MINA, NOOR},
};

/// Signs out with somebody's cookie, as another process would: this server is told nothing.
pub async fn signs_out_elsewhere(
    site: &Site,
    browser: &Browser<'_>,
    kind: SessionKind,
    name: &str,
) {
    let cookie = browser.cookie();
    let token = cookie
        .split("; ")
        .find_map(|pair| pair.strip_prefix(&format!("{name}=")))
        .expect("the browser has it");
    let hash = SessionToken::parse(token)
        .expect("it is one of ours")
        .hash();
    let app = site.app();
    let done = app
        .writer
        .run((site.by(), kind, hash), |tx, (by, kind, hash)| {
            Box::pin(async move { sign_out(tx, by, *kind, hash).await })
        });
    assert!(done.await.unwrap(), "there was one");
}

async fn person_id(browser: &Browser<'_>) -> PersonId {
    browser.session().await.person.unwrap().person_id
}

/// One who is cut off, and one who is not.
async fn is_the_only_one_cut_off(mut ended: Socket, other: Socket) {
    is_cut_off(&mut ended, close::SIGNED_OUT).await;
    other.into_silence().await;
}

scenarios! {
    async fn a_session_that_another_process_ended_closes_its_sockets_in_time(site) {
        let (here, there) = (site.signed_in(&NOOR).await, site.signed_in(&NOOR).await);
        let (ended, other) = (here.listens().await, there.listens().await);
        signs_out_elsewhere(site, &here, SessionKind::User, "__Host-porchlight-user").await;
        is_the_only_one_cut_off(ended, other).await;
    }

    async fn so_does_a_guest_who_is_forgotten(site) {
        let (mut cora, mut another) = (site.browser(&CORA), site.browser(&CORA));
        cora.starts("Hello").await;
        another.starts("Hello").await;
        let (ended, other) = (cora.listens().await, another.listens().await);
        signs_out_elsewhere(site, &cora, SessionKind::Guest, "__Host-porchlight-guest").await;
        let (mut ended, mut other) = (ended, other);
        is_cut_off(&mut ended, close::SIGNED_OUT).await;
        // The browser kept the cookie, and somebody begins anew with it: their socket stays, whoever is looked for next.
        let client_id = cora.client_id();
        cora.starts_as(&client_id, "Me again").await.unwrap();
        let anew = cora.listens().await;
        signs_out_elsewhere(site, &another, SessionKind::Guest, "__Host-porchlight-guest").await;
        is_cut_off(&mut other, close::SIGNED_OUT).await;
        anew.into_silence().await;
    }

    async fn so_do_all_sessions_of_somebody(site) {
        let (mina, noor) = (site.signed_in(&MINA).await, site.signed_in(&NOOR).await);
        let (ended, other) = (noor.listens().await, mina.listens().await);
        let input = (site.by(), person_id(&noor).await);
        let app = site.app();
        let done = app.writer.run(input, |tx, (by, person_id)| {
            Box::pin(async move { end_sessions(tx, by, person_id).await })
        });
        assert_eq!(done.await.unwrap().len(), 1);
        is_the_only_one_cut_off(ended, other).await;
    }

    async fn so_does_what_an_operators_key_began(site) {
        let noor = site.signed_in(&NOOR).await;
        let mut ended = noor.listens().await;
        let done = site.types(&["key", "end-sessions", "scenario"]).await;
        assert!(done.status.success(), "{done:?}");
        is_cut_off(&mut ended, close::SIGNED_OUT).await;
    }

    async fn so_does_another_server(site) {
        if site.engine() == Engine::Sqlite {
            return;
        }
        let second = site.another_node().await;
        let mut noor = site.signed_in(&NOOR).await;
        let mut cora = site.browser(&CORA);
        cora.starts("Hello").await;
        let (mut of_noor, mut of_cora) = (noor.at(&second).listens().await, cora.at(&second).listens().await);
        let mina = site.signed_in(&MINA).await;
        let other = mina.at(&second).listens().await;
        noor.signs_out().await;
        is_cut_off(&mut of_noor, close::SIGNED_OUT).await;
        // Somebody else in the same browser (C13), and the guest's conversion.
        let mut user = cora.clone().on_behalf_of_user();
        user.signs_in().await;
        is_cut_off(&mut of_cora, close::SIGNED_OUT).await;
        let mut of_user = user.at(&second).listens().await;
        let mut next = user.clone().used_by(&NOOR);
        next.signs_in().await;
        is_cut_off(&mut of_user, close::SIGNED_OUT).await;
        other.into_silence().await;
        second.stop().await;
    }
}
