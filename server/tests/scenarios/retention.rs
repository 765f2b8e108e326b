//! How long things are kept: what goes on its day, what stays, and what a wrong clock does not destroy.
//!
//! The clock is set here, not stepped: for the server's own task no time passes, and each sweep is the story's.

use crate::harness::{Browser, PostOffice, Site, cora, scenarios};
use porchlight::safety::{
    audit::GrowingLine,
    retention::{
        change::{Erased, Leaving, erase_expired},
        rules::{Periods, Rule},
        task::{GUESTS_AT_ONCE, delete_old_lines, erase_guests},
    },
};
use shared::{
    conversation::{MessageKind, Thread},
    conversion::ConversionPolicy,
    ids::{ConversationId, PersonId},
    realtime::Event,
    safety::{Action, ActivityLine},
    samples::{ADA, CORA, IDRIS, MINA, NOOR},
};

/// What one sweep does at most.
mod at_most;
/// What is left of somebody: in files, in backups, and of their network address.
mod left;
/// Whoever writes while they are being erased, and two servers at once.
mod races;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

fn texts(thread: &Thread) -> Vec<&str> {
    let written = thread
        .messages
        .iter()
        .filter(|message| message.kind == MessageKind::Text);
    written.map(|message| message.text.as_str()).collect()
}

async fn sweeps(site: &Site) {
    erases_at_most(site, GUESTS_AT_ONCE).await;
}

async fn erases_at_most(site: &Site, guests: u32) {
    let app = site.app();
    erase_guests(&app, site.clock.now(), guests).await.unwrap();
}

async fn keeps(site: &Site, idle: u32, ended: u32) {
    site.sets(move |settings| {
        settings.keep_guest_conversations_days = idle;
        settings.keep_ended_conversations_days = ended;
    })
    .await;
}

async fn lines(ada: &Browser<'_>, action: Action) -> Vec<ActivityLine> {
    let query = format!("?action={}", action.word());
    ada.reads_activity(&query).await.lines
}

fn said(line: &ActivityLine) -> Vec<(&str, &str)> {
    line.particulars
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

/// Whose conversation it is.
async fn customer(mina: &Browser<'_>, conversation_id: &ConversationId) -> (PersonId, String) {
    let head = mina.looks_at(conversation_id).await.unwrap();
    let face = head.customer.unwrap().face;
    (face.person_id, face.name)
}

/// A guest as a sweep found them that began now.
fn leaving(site: &Site, guest: &PersonId) -> Leaving {
    Leaving {
        guest: guest.clone(),
        periods: Periods::of(&site.app().policy().settings),
        now: site.clock.now(),
        line: GrowingLine::begin(&site.app().mint),
        so_far: Erased::default(),
    }
}

async fn erases(site: &Site, leaving: &Leaving) -> Option<Rule> {
    let app = site.app();
    let done = app.writer.run(leaving.clone(), |tx, leaving| {
        Box::pin(erase_expired(tx, leaving))
    });
    done.await.unwrap()
}

scenarios! {
    async fn on_its_day_a_guests_conversation_goes_as_if_an_admin_had_erased_it(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("canary-guest").await;
        let mina = site.signed_in(&MINA).await;
        mina.says(&hall, "canary-answer").await;
        assert_eq!(mina.reports(&hall, 1, "canary-reason: Cora is rude").await.status, 204);
        cora.says(&hall, "canary-later").await;
        let before = mina.reads(&hall).await.unwrap();
        let canaries = ["canary-guest", "canary-answer", "canary-later", "canary-reason", CORA.name, CORA.email];
        if let Some(backup) = site.backup().await {
            for word in canaries {
                assert!(backup.contains(word), "the control: {word} is in a backup that is made before");
            }
        }

        // The default: 180 days, once nobody can come back.
        site.clock.set_by(180 * DAY_MS);
        let (mina, ada) = (site.signed_in(&MINA).await, site.admin_of(&ADA).await);
        assert_eq!(ada.oversees("?of=guests&filter=unanswered").await.conversations.len(), 1);
        sweeps(site).await;
        assert_eq!(texts(&mina.reads(&hall).await.unwrap()), ["canary-guest", "canary-answer", "canary-later"], "a moment too early");
        assert!(lines(&ada, Action::GuestsErased).await.is_empty(), "where nothing went there is no line");
        let mut watching = mina.listens().await;
        site.clock.set_by(1);
        sweeps(site).await;
        let told = watching.hears_of(|event| match event {
            Event::ConversationChanged(changed) => Some(changed.conversation_id),
            _ => None,
        }).await;
        assert_eq!(told, hall, "whoever has it open sees it without a reload");

        let after = mina.reads(&hall).await.unwrap();
        assert_eq!(texts(&after), ["", "", ""]);
        for (after, before) in after.messages.iter().zip(&before.messages) {
            assert_eq!((after.position, &after.message_id, after.sent_at), (before.position, &before.message_id, before.sent_at));
        }
        assert!(after.conversation.revision > before.conversation.revision && after.conversation.epoch > before.conversation.epoch);
        assert_eq!(after.conversation.customer.as_ref().unwrap().face.name, "Erased");
        assert!(ada.oversees("?of=guests&filter=unanswered").await.conversations.is_empty(), "nobody waits for an answer any more");
        assert_eq!(cora.status_of("/api/conversations").await, 401);
        let written = lines(&ada, Action::GuestsErased).await;
        assert_eq!((written.len(), written[0].actor.as_deref(), said(&written[0])), (1, None, vec![("ended", "1"), ("idle", "0")]));

        let revision = after.conversation.revision;
        sweeps(site).await;
        assert_eq!(lines(&ada, Action::GuestsErased).await.len(), 1, "once");
        assert_eq!(mina.looks_at(&hall).await.unwrap().revision, revision);
        assert!(site.app().database.fold_log().await.unwrap());
        site.leaves_nothing_of(&canaries).await;
    }

    async fn the_task_does_it_by_itself_an_hour_after_it_began_and_not_when_the_clock_was_set(site) {
        let hall = site.browser(&CORA).starts("canary-hello").await;
        site.clock.advance(2 * HOUR_MS);
        // A year forward: by the clock it is old, and by everything else it is two hours old.
        site.clock.set_by(365 * DAY_MS);
        let (mina, ada) = (site.signed_in(&MINA).await, site.admin_of(&ADA).await);
        site.has_looked_at_the_clock().await;
        site.clock.advance(HOUR_MS - 60_000);
        site.has_looked_at_the_clock().await;
        assert_eq!(texts(&mina.reads(&hall).await.unwrap()), ["canary-hello"]);
        // Set right again: nothing is lost, and another hour begins.
        site.clock.set_by(-365 * DAY_MS);
        site.has_looked_at_the_clock().await;
        site.clock.advance(180 * DAY_MS);
        let ada = { drop(ada); site.admin_of(&ADA).await };
        while lines(&ada, Action::GuestsErased).await.is_empty() {
            tokio::task::yield_now().await;
        }
        // The log beside the database's file too is emptied by itself.
        site.comes_to_hold_nothing_of("canary-hello").await;
    }

    async fn who_still_comes_by_is_kept_for_longer(site) {
        site.sets(|settings| settings.guest_absolute_days = 365).await;
        keeps(site, 90, 30).await;
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        // She only reads.
        for _ in 0..3 {
            site.clock.set_by(29 * DAY_MS);
            assert_eq!(texts(&cora.reads(&hall).await.unwrap()), ["Hello"]);
            // That she was there is written down beside the answer; the next write waits behind it.
            site.signed_in(&MINA).await;
            sweeps(site).await;
        }
        site.clock.set_by(3 * DAY_MS);
        sweeps(site).await;
        assert_eq!(texts(&cora.reads(&hall).await.unwrap()), ["Hello"]);
        site.clock.set_by(1);
        sweeps(site).await;
        assert_eq!(cora.status_of("/api/conversations").await, 401, "she starts anew");
        let ada = site.admin_of(&ADA).await;
        assert_eq!(said(&lines(&ada, Action::GuestsErased).await[0]), [("ended", "0"), ("idle", "1")]);
    }

    async fn where_everything_is_kept_nothing_goes(site) {
        keeps(site, 0, 0).await;
        site.sets(|settings| settings.keep_audit_days = 0).await;
        let hall = site.browser(&CORA).starts("Hello").await;
        let lines = site.count("audit").await;
        site.clock.set_by(10 * 366 * DAY_MS);
        sweeps(site).await;
        delete_old_lines(&site.app(), site.clock.now()).await.unwrap();
        let mina = site.signed_in(&MINA).await;
        assert_eq!(texts(&mina.reads(&hall).await.unwrap()), ["Hello"]);
        assert!(site.count("audit").await > lines);
    }

    async fn what_became_a_users_stays(site) {
        let mut noor = site.browser(&NOOR);
        let hall = noor.starts("Hers").await;
        let mut noor = noor.on_behalf_of_user();
        noor.signs_in().await;
        site.clock.set_by(2_000 * DAY_MS);
        sweeps(site).await;
        noor.signs_in().await;
        let thread = noor.reads(&hall).await.unwrap();
        assert_eq!((texts(&thread), thread.messages[0].author.as_ref().unwrap().name.as_str()), (vec!["Hers"], NOOR.name));
    }

    async fn what_an_undo_gave_back_is_as_young_as_that(site) {
        keeps(site, 30, 30).await;
        site.converts(ConversionPolicy::SameBrowser).await;
        let mut noor = site.browser(&NOOR);
        let hall = noor.starts("A guest's").await;
        let mut noor = noor.on_behalf_of_user();
        noor.signs_in().await;
        site.clock.set_by(89 * DAY_MS);
        let ada = site.admin_of(&ADA).await;
        ada.undoes_latest(&hall).await;
        sweeps(site).await;
        let mina = site.signed_in(&MINA).await;
        assert_eq!(texts(&mina.reads(&hall).await.unwrap()), ["A guest's"]);
        site.clock.set_by(30 * DAY_MS + 1);
        sweeps(site).await;
        let mina = site.signed_in(&MINA).await;
        assert_eq!(texts(&mina.reads(&hall).await.unwrap()), [""]);
    }

    async fn another_guest_of_the_address_keeps_it(site) {
        let post = PostOffice::open().await;
        site.mails_by(&post).await;
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let mut elsewhere = site.browser(&CORA);
        let code = elsewhere.fetches_code(&post, CORA.email).await;
        elsewhere.enters_code(&code).await.unwrap();
        site.clock.set_by(170 * DAY_MS);
        let shed = site.browser(&CORA).starts("Years later").await;
        site.clock.set_by(10 * DAY_MS + 1);
        sweeps(site).await;
        let mina = site.signed_in(&MINA).await;
        assert_eq!(texts(&mina.reads(&hall).await.unwrap()), [""]);
        assert_eq!(mina.looks_at(&shed).await.unwrap().customer.unwrap().email.as_deref(), Some(CORA.email));
    }

    async fn a_conversation_that_comes_alive_in_the_middle_of_a_sweep_stays(site) {
        let (mut cora, mut idris) = (site.browser(&CORA), site.browser(&IDRIS));
        let (hall, shed) = (cora.starts("Hello").await, idris.starts("Good day").await);
        site.clock.set_by(200 * DAY_MS);
        let mina = site.signed_in(&MINA).await;
        let (guest, other) = (customer(&mina, &hall).await.0, customer(&mina, &shed).await.0);
        // The sweep has read both, and is about to erase them.
        let (leaving, leaving_too) = (leaving(site, &guest), leaving(site, &other));
        mina.says(&hall, "We found your lamp").await;
        assert_eq!(erases(site, &leaving).await, None);
        assert_eq!(erases(site, &leaving_too).await, Some(Rule::Ended));
        assert_eq!(texts(&mina.reads(&hall).await.unwrap()), ["Hello", "We found your lamp"]);
        assert_eq!(erases(site, &leaving_too).await, None, "once");
    }

    async fn what_is_written_to_somebody_erased_grows_old_too(site) {
        let hall = site.browser(&CORA).starts("Hello").await;
        site.clock.set_by(200 * DAY_MS);
        sweeps(site).await;
        site.clock.set_by(1);
        let mina = site.signed_in(&MINA).await;
        mina.says(&hall, "Dear Cora").await;
        site.clock.set_by(179 * DAY_MS);
        sweeps(site).await;
        let mina = site.signed_in(&MINA).await;
        assert_eq!(texts(&mina.reads(&hall).await.unwrap()), ["", "Dear Cora"]);
        for _ in 0..3 {
            site.clock.set_by(DAY_MS);
            sweeps(site).await;
        }
        let mina = site.signed_in(&MINA).await;
        assert_eq!(texts(&mina.reads(&hall).await.unwrap()), ["", ""]);
        assert_eq!(lines(&site.admin_of(&ADA).await, Action::GuestsErased).await.len(), 2, "and then it is left alone");
    }

    async fn many_go_one_by_one_and_leave_one_line(site) {
        let mut halls = Vec::new();
        for number in 0..5 {
            halls.push(site.browser(cora(number)).starts("Hello").await);
        }
        site.clock.set_by(181 * DAY_MS);
        let mina = site.signed_in(&MINA).await;
        let younger = site.browser(&IDRIS).starts("Today").await;
        sweeps(site).await;
        for hall in &halls {
            assert_eq!(texts(&mina.reads(hall).await.unwrap()), [""]);
        }
        assert_eq!(texts(&mina.reads(&younger).await.unwrap()), ["Today"]);
        let ada = site.admin_of(&ADA).await;
        let written = lines(&ada, Action::GuestsErased).await;
        assert_eq!((written.len(), said(&written[0])), (1, vec![("ended", "5"), ("idle", "0")]));
    }

    async fn lines_of_the_log_go_with_their_age_and_say_so_once(site) {
        site.signed_in(&NOOR).await;
        let old = site.count("audit").await;
        site.clock.set_by(366 * DAY_MS - 2 * 60_000);
        let ada = site.admin_of(&ADA).await;
        site.signed_in(&MINA).await;
        delete_old_lines(&site.app(), site.clock.now()).await.unwrap();
        assert!(lines(&ada, Action::SignedIn).await.len() == 2, "they go a day's worth at a time");
        site.clock.set_by(2 * 60_000);
        for _ in 0..2 {
            delete_old_lines(&site.app(), site.clock.now()).await.unwrap();
        }
        assert_eq!(lines(&ada, Action::SignedIn).await.len(), 1, "what is younger stays");
        let written = lines(&ada, Action::ActivityDeleted).await;
        assert_eq!((written.len(), written[0].actor.as_deref(), said(&written[0])), (1, None, vec![("lines", old.to_string().as_str())]));
    }
}
