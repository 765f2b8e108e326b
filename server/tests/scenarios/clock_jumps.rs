//! The server's clock is set forward by an hour, or back; a client's is years off.
//!
//! The laws: what is promised for a time is never promised for longer by more than the jump; nobody is locked out, cut
//! off or forgotten; order is a matter of positions, and of what was said last, not of what a clock showed. Seen red, one
//! after the other: codes good until the clock has caught up; askings of the future counted; presence, the inbox and ended
//! sessions by the clock alone; a host's token of "the future" refused to whoever is signed in.

use crate::elsewhere::signs_out_elsewhere;
use crate::harness::{Browser, PostOffice, Site, Socket, scenarios};
use crate::revocation::is_cut_off;
use porchlight::{clock::Clock, identity::store::SessionKind, mint::Mint};
use shared::{
    conversation::SendMessage,
    identity::Role,
    ids::{ClientId, Time},
    problem::ProblemCode,
    realtime::{Event, Look, Signal, Visibility, close},
    samples::{ADA, CORA, IDRIS, MINA, NOOR},
    settings::Presence,
};

const SECOND_MS: i64 = 1_000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// Ends somewhere else than it began.
const JUMPS: [i64; 5] = [HOUR_MS, -HOUR_MS, -HOUR_MS, 2 * HOUR_MS, -HOUR_MS];

fn says(client_id: ClientId, text: &str) -> SendMessage {
    SendMessage {
        client_id,
        text: text.into(),
        reply_to: None,
    }
}

/// What a browser's clock of that moment makes of an id.
fn client_id_at(moment: Time) -> ClientId {
    Mint::from_entropy(Clock::stepped(moment)).id()
}

async fn hears_of_message(socket: &mut Socket, text: &str) {
    let said = |event| match event {
        Event::MessageSent(sent) if sent.message.text == text => Some(()),
        _ => None,
    };
    socket.hears_of(said).await;
}

/// A token as the host's server signs it, whose clock goes right while this one's stands an hour back.
async fn brings_token_of_the_future(site: &Site, browser: &mut Browser<'_>) -> u16 {
    let mut claims = site.claims(browser.person);
    for claim in ["iat", "exp"] {
        claims[claim] = (claims[claim].as_i64().unwrap() + HOUR_MS / SECOND_MS).into();
    }
    browser.brings(&claims).await.status
}

scenarios! {
    async fn messages_keep_their_order_and_a_retry_stays_a_retry(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let mina = site.signed_in(&MINA).await;
        let mut sent = Vec::new();
        for (number, jump) in JUMPS.into_iter().enumerate() {
            site.clock.set_by(jump);
            // Of 1970, and of the year 2100.
            for (moment, who) in [(Time(0), &cora), (Time(4_102_444_800_000), &mina)] {
                let command = says(client_id_at(moment), &format!("{number} by {}", who.person.key));
                let first = who.sends(&hall, &command).await.unwrap();
                assert_eq!(first.message.sent_at, site.clock.now());
                sent.push((who, command, first));
            }
        }
        for (who, command, first) in &sent {
            let again = who.sends(&hall, command).await.unwrap();
            assert!(again == *first, "{}", command.text);
        }
        let thread = cora.reads(&hall).await.unwrap();
        let told: Vec<&str> = thread.messages.iter().map(|message| message.text.as_str()).skip(1).collect();
        let said: Vec<&str> = sent.iter().map(|(_, command, _)| command.text.as_str()).collect();
        assert_eq!(told, said);
        assert!(thread.messages.iter().zip(1..).all(|(message, position)| message.position.0 == position));
    }

    async fn what_was_said_last_comes_first_in_every_list(site) {
        let (mut cora, mut idris) = (site.browser(&CORA), site.browser(&IDRIS));
        let (mina, ada) = (site.signed_in(&MINA).await, site.admin_of(&ADA).await);
        let first = async |conversation| {
            let row = mina.reads_inbox().await.conversations.remove(0);
            assert_eq!(row.conversation_id, conversation);
            let row = ada.oversees("?of=guests").await.conversations.remove(0);
            assert_eq!(row.conversation.conversation_id, conversation);
        };
        let hall = cora.starts("Before").await;
        site.clock.set_by(-HOUR_MS);
        let shed = idris.starts("After").await;
        first(shed).await;
        site.clock.advance(MINUTE_MS);
        cora.says(&hall, "Still before what the clock showed").await;
        first(hall).await;
    }

    async fn nobody_is_cut_off(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let (noor, mina) = (site.signed_in(&NOOR).await, site.signed_in(&MINA).await);
        let mut sockets = [cora.listens().await, mina.listens().await];
        let mut others = [noor.listens().await, site.browser(&IDRIS).listens().await];
        for (number, jump) in JUMPS.into_iter().enumerate() {
            site.clock.set_by(jump);
            // Makes the server look through all sessions.
            let name = format!("Lantern {number}");
            site.sets(move |settings| settings.site_name = name.clone()).await;
            for socket in sockets.iter_mut().chain(&mut others) {
                socket.hears_of(|event| matches!(event, Event::SessionChanged(_)).then_some(())).await;
            }
            let text = format!("Number {number}");
            cora.says(&hall, &text).await;
            for socket in &mut sockets {
                hears_of_message(socket, &text).await;
            }
        }
    }

    async fn no_limit_locks_anybody_out(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let until_too_many = async || {
            for number in 0..=shared::limits::MESSAGES_PER_SENDER {
                let command = says(cora.client_id(), &number.to_string());
                if let Err(refused) = cora.sends(&hall, &command).await {
                    assert_eq!(refused.code(), ProblemCode::SlowDown);
                    return refused.problem.retry_after_s;
                }
            }
            panic!("nobody was told to slow down");
        };
        for jump in JUMPS {
            assert!(until_too_many().await.is_some_and(|seconds| seconds <= 10));
            site.clock.set_by(jump);
            cora.says(&hall, "Free again, or at least not for long").await;
            site.clock.advance(11 * SECOND_MS);
        }
    }

    async fn a_code_is_good_for_no_longer_and_whoever_asks_waits_no_longer(site) {
        let post = PostOffice::open().await;
        site.mails_by(&post).await;
        site.browser(&CORA).starts("The blue lamp hums").await;
        let mut cora = site.browser(&CORA);
        let mut code = String::new();
        for _ in 0..shared::limits::CODES_PER_HOUR {
            code = cora.fetches_code(&post, CORA.email).await;
        }
        site.clock.set_by(-HOUR_MS);
        assert_eq!(cora.enters_code(&code).await.err().unwrap().code(), ProblemCode::CodeRefused);
        // Those three were asked for in the future, and there is one more within this hour.
        let code = cora.fetches_code(&post, CORA.email).await;
        assert_eq!(cora.enters_code(&code).await.unwrap().role, Role::Guest);
        // Forward: what was good for ten minutes is good no more, and nothing worse.
        let mut again = site.browser(&CORA);
        let code = again.fetches_code(&post, CORA.email).await;
        site.clock.set_by(HOUR_MS);
        assert!(again.enters_code(&code).await.is_err());
    }

    async fn sessions_end_when_they_should_by_an_hour_at_most(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let (mut noor, ada) = (site.signed_in(&NOOR).await, site.admin_of(&ADA).await);
        for jump in JUMPS {
            site.clock.set_by(jump);
            site.clock.advance(MINUTE_MS);
            assert!(cora.reads(&hall).await.is_ok());
            assert_eq!(noor.session().await.role, Role::User);
            ada.reads_activity("").await;
        }
        let cookie = noor.clone();
        noor.signs_out().await;
        site.clock.set_by(-HOUR_MS);
        assert_eq!(cookie.session().await.role, Role::Visitor, "what has ended has ended");
        // Unused from now on, and the clock is set back once more.
        let mina = site.signed_in(&MINA).await;
        site.clock.set_by(-HOUR_MS);
        site.clock.advance(13 * HOUR_MS);
        assert_eq!(mina.session().await.role, Role::Visitor);
    }

    async fn what_another_process_ended_just_before_is_found_all_the_same(site) {
        for jump in [HOUR_MS, -HOUR_MS] {
            let noor = site.signed_in(&NOOR).await;
            let mut socket = noor.listens().await;
            signs_out_elsewhere(site, &noor, SessionKind::User, "__Host-porchlight-user").await;
            site.clock.set_by(jump);
            is_cut_off(&mut socket, close::SIGNED_OUT).await;
        }
    }

    async fn who_went_is_not_there_for_an_hour_more(site) {
        let mina = site.signed_in(&MINA).await;
        let mut socket = mina.listens().await;
        let visibility = Visibility::Visible;
        socket.signals(&Signal::Look(Look { visibility })).await;
        socket.hears_of(|event| matches!(event, Event::PresenceChanged(_)).then_some(())).await;
        site.clock.set_by(HOUR_MS);
        assert_eq!(site.app().hub.presence(), Presence::There);
        drop(socket);
        while site.app().hub.count() > 0 {
            tokio::task::yield_now().await;
        }
        site.clock.set_by(-HOUR_MS);
        assert_eq!(site.app().hub.presence(), Presence::There, "perhaps it was a reload");
        site.clock.advance(31 * SECOND_MS);
        assert_eq!(site.app().hub.presence(), Presence::Away);
    }

    async fn a_token_of_the_future_continues_and_does_nothing_else(site) {
        let mut noor = site.signed_in(&NOOR).await;
        let mut nobody = Browser::user(site, &NOOR);
        let mut idris = site.signed_in(&IDRIS).await;
        site.clock.set_by(-HOUR_MS);
        let sessions = site.count("session").await;
        assert_eq!(brings_token_of_the_future(site, &mut noor).await, 200);
        assert_eq!(noor.session().await.role, Role::User);
        assert_eq!(brings_token_of_the_future(site, &mut nobody).await, 401);
        // Somebody else's continues nobody's session.
        idris = idris.used_by(&NOOR);
        assert_eq!(brings_token_of_the_future(site, &mut idris).await, 401);
        assert_eq!(site.count("session").await, sessions);
    }

    async fn what_was_forgotten_an_hour_too_early_opens_nothing(site) {
        let mut noor = Browser::user(site, &NOOR);
        let token = site.token(&NOOR);
        noor.signs_in_with(&token).await;
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        site.clock.set_by(HOUR_MS);
        site.forgets_what_has_passed().await;
        site.clock.set_by(-HOUR_MS);
        let mut thief = Browser::user(site, &NOOR);
        let command = shared::identity::SignIn { token };
        assert_eq!(thief.writes("POST", "/api/session", &command).await.status, 401, "used is used");
        assert_eq!(noor.session().await.role, Role::User);
        assert!(cora.reads(&hall).await.is_ok());
    }
}

impl Site {
    /// Upkeep is done once an hour, and at the start: until a row is gone that it would take.
    async fn forgets_what_has_passed(&self) {
        self.happened("insert into mail_code_request (request_id, email_hash, requested_at) values ('long ago', 'nobody', 1)")
            .await;
        self.stop().await;
        self.starts_again().await;
        while self.count("mail_code_request").await > 0 {
            tokio::task::yield_now().await;
        }
    }
}
