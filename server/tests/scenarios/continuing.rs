//! G3, C3 and C5 by code: whoever shows the mailbox goes on with what was written under its address, in another browser
//! or as a user, and with nothing else.

use crate::harness::{Browser, PostOffice, Site, scenarios};
use crate::revocation::is_cut_off;
use shared::conversation::{Message, MessageKind};
use shared::conversion::{Notice, Proof};
use shared::identity::{ProofLevel, Role, Session};
use shared::ids::{ClientId, ConversationId};
use shared::problem::ProblemCode;
use shared::realtime::{Event, close};
use shared::safety::BlockScope;
use shared::samples::{CORA, IDRIS, MINA, NOOR, Person};

const DAY_MS: i64 = 86_400_000;

async fn open(site: &Site) -> PostOffice {
    let post = PostOffice::open().await;
    site.mails_by(&post).await;
    post
}

/// Somebody in a browser of their own, who fetches a code for an address and enters it.
async fn continues<'a>(
    site: &'a Site,
    post: &PostOffice,
    person: &'static Person,
    email: &str,
) -> (Browser<'a>, Session) {
    let mut browser = site.browser(person);
    let code = browser.fetches_code(post, email).await;
    let session = browser.enters_code(&code).await.unwrap();
    (browser, session)
}

/// What people wrote, as a thread shows it.
async fn words(browser: &Browser<'_>, conversation_id: &ConversationId) -> Vec<String> {
    let thread = browser.reads(conversation_id).await.unwrap();
    thread
        .messages
        .into_iter()
        .map(|message| message.text)
        .collect()
}

async fn own(browser: &Browser<'_>) -> Vec<ConversationId> {
    let page = browser.lists_own().await;
    page.conversations
        .into_iter()
        .map(|conversation| conversation.conversation_id)
        .collect()
}

fn is_notice(message: &Message, notice: Notice) -> bool {
    message.kind == MessageKind::Notice && Notice::parse(&message.text) == Some(notice)
}

scenarios! {
    async fn g3_a_code_brings_an_earlier_conversation_to_another_browser(site) {
        let post = open(site).await;
        let mut former = site.browser(&CORA);
        let hall = former.starts("The blue lamp hums").await;
        let mina = site.signed_in(&MINA).await;
        mina.says(&hall, "Since when?").await;
        let (mut old_tab, mut desk) = (former.listens().await, mina.listens().await);

        let mut cora = site.browser(&IDRIS);
        assert_eq!(cora.session().await.role, Role::Visitor);
        let code = cora.fetches_code(&post, CORA.email).await;
        assert_eq!(cora.session().await.role, Role::Visitor, "a cookie that nobody stands behind");
        let session = cora.enters_code(&code).await.unwrap();
        let person = session.person.clone().unwrap();
        assert_eq!((session.role, person.name.as_str(), person.email.as_deref()), (Role::Guest, CORA.name, Some(CORA.email)));
        assert_eq!((session.conversation_id.as_ref(), session.unread), (Some(&hall), 1));
        assert_eq!(words(&cora, &hall).await, ["The blue lamp hums", "Since when?", "continued"]);
        cora.says(&hall, "Since yesterday").await;

        // Whoever sat there before is nobody any more: their socket within two seconds, everything else at once.
        is_cut_off(&mut old_tab, close::SIGNED_OUT).await;
        assert_eq!(former.session().await.role, Role::Visitor);
        assert_eq!(former.reads(&hall).await.err().unwrap().status, 401);
        let client_id: ClientId = former.client_id();
        assert_eq!(former.starts_as(&client_id, "Hello?").await.err().unwrap().status, 401);

        // Who answers sees that the address is theirs, and keeps the thread.
        desk.hears_of(|event| match event {
            Event::ConversationChanged(changed) => (changed.conversation_id == hall).then_some(()),
            _ => None,
        }).await;
        let customer = mina.looks_at(&hall).await.unwrap().customer.unwrap();
        assert_eq!((customer.proof, customer.face.name.as_str()), (ProofLevel::Mailbox, CORA.name));
        mina.says(&hall, "We send another one").await;
        assert_eq!(words(&cora, &hall).await.last().unwrap(), "We send another one");
    }

    async fn g3_the_list_holds_every_earlier_conversation_of_the_address(site) {
        let post = open(site).await;
        let mut halls = Vec::new();
        for text in ["The blue lamp hums", "The red one too", "And the green one"] {
            halls.push(site.browser(&CORA).starts(text).await);
            site.clock.advance(60_000);
        }
        let other = site.browser(&IDRIS).starts("Is this lamp for outdoors?").await;
        let (cora, session) = continues(site, &post, &CORA, CORA.email).await;
        assert_eq!(session.program, shared::identity::Program::Agent, "more than one needs a list");
        let mut listed = own(&cora).await;
        listed.sort();
        let mut expected = halls.clone();
        expected.sort();
        assert_eq!(listed, expected);
        assert_eq!(cora.reads(&other).await.err().unwrap().status, 404);
    }

    async fn g3_a_guest_keeps_what_is_theirs_and_gets_the_rest(site) {
        let post = open(site).await;
        let earlier = site.browser(&CORA).starts("The blue lamp hums").await;
        let mut cora = site.browser(&CORA);
        let present = cora.starts("It is me again").await;
        let mina = site.signed_in(&MINA).await;
        let proof = async |hall: &ConversationId| mina.looks_at(hall).await.unwrap().customer.unwrap().proof;
        assert_eq!(proof(&present).await, ProofLevel::Claimed);
        let mut desk = mina.listens().await;
        let before = cora.session().await.person.unwrap().person_id;
        let code = cora.fetches_code(&post, CORA.email).await;
        let session = cora.enters_code(&code).await.unwrap();
        assert_eq!(session.person.unwrap().person_id, before, "the same guest");
        let mut listed = own(&cora).await;
        listed.sort();
        let mut expected = vec![earlier.clone(), present.clone()];
        expected.sort();
        assert_eq!(listed, expected);
        // The address is proven for what they began themselves as well, and who looks at it is told.
        desk.hears_of(|event| match event {
            Event::ConversationChanged(changed) => (changed.conversation_id == present).then_some(()),
            _ => None,
        }).await;
        assert_eq!((proof(&present).await, proof(&earlier).await), (ProofLevel::Mailbox, ProofLevel::Mailbox));
        assert_eq!(words(&cora, &present).await, ["It is me again"]);
    }

    async fn g3_another_address_brings_its_conversation_and_proves_nothing_of_ones_own(site) {
        let post = open(site).await;
        let earlier = site.browser(&CORA).starts("The blue lamp hums").await;
        let mut idris = site.browser(&IDRIS);
        let present = idris.starts("Is this lamp for outdoors?").await;
        let code = idris.fetches_code(&post, CORA.email).await;
        let person = idris.enters_code(&code).await.unwrap().person.unwrap();
        assert_eq!((person.name.as_str(), person.email.as_deref()), (IDRIS.name, Some(IDRIS.email)));
        assert_eq!(words(&idris, &earlier).await, ["The blue lamp hums", "continued"]);
        let mina = site.signed_in(&MINA).await;
        assert_eq!(mina.looks_at(&present).await.unwrap().customer.unwrap().proof, ProofLevel::Claimed);
    }

    async fn g3_who_was_continued_may_come_back_by_a_code(site) {
        let post = open(site).await;
        let mut former = site.browser(&CORA);
        let hall = former.starts("The blue lamp hums").await;
        let (second, _) = continues(site, &post, &CORA, CORA.email).await;
        assert_eq!(second.reads(&hall).await.unwrap().messages.len(), 2);
        let code = former.fetches_code(&post, CORA.email).await;
        assert_eq!(former.enters_code(&code).await.unwrap().conversation_id, Some(hall.clone()));
        assert_eq!(words(&former, &hall).await, ["The blue lamp hums", "continued", "continued"]);
        assert_eq!(second.reads(&hall).await.err().unwrap().status, 401);
    }

    async fn g3_ones_own_conversation_is_nothing_to_continue(site) {
        let post = open(site).await;
        let mut cora = site.browser(&CORA);
        cora.starts("The blue lamp hums").await;
        assert_eq!(cora.asks_for_code(CORA.email).await.status, 204);
        assert!(site.letters_to(&post, CORA.email).await.is_empty());
    }

    async fn c06_no_code_brings_what_is_blocked_or_reported(site) {
        let post = open(site).await;
        let mut blocked = site.browser(&CORA);
        let hall = blocked.starts("Buy now").await;
        let guest = blocked.session().await.person.unwrap().person_id;
        let mina = site.signed_in(&MINA).await;
        let mut cora = site.browser(&CORA);
        let code = cora.fetches_code(&post, CORA.email).await;
        let agent = mina.person_id().await;
        site.blocks(&agent, &guest, BlockScope::Site, &hall).await;
        assert_eq!(cora.enters_code(&code).await.err().unwrap().code(), ProblemCode::CodeRefused, "blocked meanwhile");
        site.browser(&CORA).asks_for_code(CORA.email).await;
        assert_eq!(site.letters_to(&post, CORA.email).await.len(), 1, "and no mail any more");
        assert_eq!(blocked.reads(&hall).await.unwrap().messages.len(), 1, "they keep what is theirs");

        let reported = site.browser(&IDRIS).starts("Buy now").await;
        assert_eq!(mina.reports(&reported, 1, "Nonsense").await.status, 204);
        site.browser(&IDRIS).asks_for_code(IDRIS.email).await;
        assert!(site.letters_to(&post, IDRIS.email).await.is_empty());
    }

    async fn c10_what_is_older_than_half_a_year_is_not_brought(site) {
        let post = open(site).await;
        site.browser(&CORA).starts("The blue lamp hums").await;
        site.keeps_everything().await;
        site.clock.advance(180 * DAY_MS);
        continues(site, &post, &CORA, CORA.email).await;
        site.browser(&IDRIS).starts("Is this lamp for outdoors?").await;
        site.clock.advance(180 * DAY_MS + 1);
        site.browser(&IDRIS).asks_for_code(IDRIS.email).await;
        assert!(site.letters_to(&post, IDRIS.email).await.is_empty());
    }

    async fn c03_a_user_who_shows_the_mailbox_gets_what_the_guest_wrote(site) {
        let post = open(site).await;
        let mut guest = site.browser(&CORA);
        let hall = guest.starts("The blue lamp hums").await;
        let mut old_tab = guest.listens().await;
        // C5: the host says nothing of the address, so signing in alone brings nothing.
        let mut cora = site.signed_in(&CORA).await;
        assert!(own(&cora).await.is_empty());
        assert!(cora.session().await.may_bring_chats);
        assert_eq!(guest.reads(&hall).await.unwrap().messages.len(), 1);
        let code = cora.fetches_code(&post, CORA.email).await;
        let session = cora.enters_code(&code).await.unwrap();
        assert_eq!(session.role, Role::User);
        assert_eq!(own(&cora).await, std::slice::from_ref(&hall));
        let thread = cora.reads(&hall).await.unwrap();
        assert!(is_notice(&thread.messages[1], Notice::Converted(Proof::Mailbox)));
        let converted = thread.conversation.converted.unwrap();
        assert_eq!((converted.proof, converted.cut.0, converted.may_undo), (Proof::Mailbox, 1, true));
        is_cut_off(&mut old_tab, close::SIGNED_OUT).await;
        assert_eq!(guest.reads(&hall).await.err().unwrap().status, 401);
        assert!(cora.enters_code(&code).await.is_err(), "once");
    }

    async fn c03_an_address_that_two_users_share_is_his_who_shows_the_mailbox(site) {
        let post = open(site).await;
        let hall = site.browser(&CORA).starts("The blue lamp hums").await;
        let mut claims = site.claims(&NOOR);
        claims["email"] = CORA.email.into();
        let mut noor = Browser::user(site, &NOOR);
        noor.signs_in_with(&site.signs(&claims)).await;
        let cora = site.signed_in(&CORA).await;
        assert!(own(&noor).await.is_empty() && own(&cora).await.is_empty());
        let code = noor.fetches_code(&post, CORA.email).await;
        noor.enters_code(&code).await.unwrap();
        assert_eq!(own(&noor).await, [hall]);
    }

    async fn c07_what_became_somebody_s_is_no_code_s_to_give(site) {
        let post = open(site).await;
        let hall = site.browser(&CORA).starts("The blue lamp hums").await;
        let mut cora = site.signed_in(&CORA).await;
        let code = cora.fetches_code(&post, CORA.email).await;
        cora.enters_code(&code).await.unwrap();
        for mut other in [site.browser(&IDRIS), site.signed_in(&NOOR).await] {
            assert_eq!(other.asks_for_code(CORA.email).await.status, 204);
        }
        assert_eq!(site.letters_to(&post, CORA.email).await.len(), 1);
        assert_eq!(own(&cora).await, [hall]);
    }

    async fn g5_no_mailbox_brings_anything_to_an_agent(site) {
        let post = open(site).await;
        let hall = site.browser(&CORA).starts("The blue lamp hums").await;
        let mut mina = site.signed_in(&MINA).await;
        assert!(!mina.session().await.may_bring_chats);
        assert_eq!(mina.asks_for_code(CORA.email).await.status, 204);
        assert!(site.letters_to(&post, CORA.email).await.is_empty());
        // Nor to a user who becomes one before the code is entered.
        let mut noor = site.signed_in(&NOOR).await;
        let code = noor.fetches_code(&post, CORA.email).await;
        site.joins(&NOOR).await;
        assert_eq!(noor.enters_code(&code).await.err().unwrap().status, 401);
        assert_eq!(mina.looks_at(&hall).await.unwrap().customer.unwrap().proof, ProofLevel::Claimed);
    }

    async fn c09_whoever_is_signed_in_as_somebody_brings_nothing(site) {
        let post = open(site).await;
        site.browser(&CORA).starts("The blue lamp hums").await;
        let mut claims = site.claims(&NOOR);
        claims["act"] = serde_json::json!({ "sub": "support-desk" });
        let mut acted = Browser::user(site, &NOOR);
        acted.signs_in_with(&site.signs(&claims)).await;
        assert!(!acted.session().await.may_bring_chats);
        assert_eq!(acted.asks_for_code(CORA.email).await.status, 204);
        assert!(site.letters_to(&post, CORA.email).await.is_empty());
    }

    async fn c12_a_code_dies_with_its_session(site) {
        let post = open(site).await;
        site.browser(&CORA).starts("The blue lamp hums").await;
        let mut noor = site.signed_in(&NOOR).await;
        let code = noor.fetches_code(&post, CORA.email).await;
        let mut stolen = noor.clone();
        noor.signs_out().await;
        assert_eq!(stolen.enters_code(&code).await.err().unwrap().status, 401);
        let mut again = site.signed_in(&NOOR).await;
        assert_eq!(again.enters_code(&code).await.err().unwrap().code(), ProblemCode::CodeRefused);
    }
}
