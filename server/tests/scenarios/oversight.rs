//! Every conversation, for admins: who is let in, what a search finds, and the line that reading along leaves. And what
//! staff see of a customer, where the site hides some of it.

use crate::harness::{Browser, ORIGIN, Office, scenarios};
use porchlight::router::{Callers, routes};
use serde_json::Value;
use shared::{
    conversation::ConversationKind,
    ids::Position,
    problem::ProblemCode,
    realtime::{Event, Page, Signal},
    safety::{Action, AdminConversationPage, BlockScope},
    samples::{ADA, CORA, IDRIS, MINA, NOOR, TEO},
    settings::Switch,
};
use tokio_tungstenite::tungstenite::Message;

/// Who opened them, and with whom.
fn people(page: &AdminConversationPage) -> Vec<String> {
    let row = |row: &shared::safety::AdminConversation| match &row.peer {
        Some(peer) => format!("{} and {}", row.owner.name, peer.name),
        None => row.owner.name.clone(),
    };
    page.conversations.iter().map(row).collect()
}

async fn answer(browser: &Browser<'_>, path: &str) -> String {
    let answer = browser.calls("GET", path, |request| request).await;
    assert_eq!(answer.status, 200, "{path}");
    String::from_utf8(answer.body).unwrap()
}

scenarios! {
    async fn admin_routes_are_there_for_admins_at_the_admin_page_only(site) {
        let mut arrived = site.browser(&IDRIS);
        arrived.presses_start().await;
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let former = site.admin_of(&TEO).await;
        let callers = [
            ("anonymous", 401, site.browser(&CORA)),
            ("arrived", 401, arrived),
            ("guest", 404, cora),
            ("user", 404, site.signed_in(&NOOR).await),
            ("agent", 404, site.signed_in(&MINA).await),
            ("an admin by the chat's cookie", 404, site.signed_in(&ADA).await),
            ("somebody with the admin page's cookie who is no admin", 404, former),
            ("an admin's page that lost its cookie", 401, Browser::admin(site, &ADA, "no-token-of-ours")),
        ];
        // By their paths, whatever class they stand in. Signing in and out is anybody's.
        let admin_routes: Vec<_> = routes()
            .into_iter()
            .filter(|route| route.path.starts_with("/api/admin/") && (route.path, route.callers) != ("/api/admin/session", Callers::Anyone))
            .collect();
        assert!(admin_routes.len() >= 17);
        for route in admin_routes {
            let path = route.path.replace("{id}", hall.as_str()).replace("{person_id}", hall.as_str()).replace("{kid}", "k").replace("{name}", "n");
            for (who, status, browser) in &callers {
                let shape = |request: reqwest::RequestBuilder| {
                    let request = request.header("origin", ORIGIN);
                    match route.method.as_str() {
                        "GET" => request,
                        _ => request.header("content-type", "application/json").body("{}"),
                    }
                };
                let answer = browser.calls(route.method.as_str(), &path, shape).await;
                assert_eq!(answer.status, *status, "{} {path} by {who}", route.method);
            }
        }
    }

    async fn users_conversations_and_guests_are_two_lists(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        site.clock.advance(1_000);
        let Office { ada, mut noor, mina, .. } = Office::open(site).await;
        noor.starts("Where is my lamp?").await;
        site.clock.advance(1_000);
        noor.writes_to(&mina.person_id().await, "Psst").await.unwrap();
        site.clock.advance(1_000);
        let mut idris = site.browser(&IDRIS);
        let shed = idris.starts("Good evening").await;
        let pair = format!("{} and {}", NOOR.name, MINA.name);
        assert_eq!(people(&ada.oversees("?of=guests").await), [IDRIS.name, CORA.name]);
        let users = ada.oversees("").await;
        assert_eq!(people(&users), [pair.as_str(), NOOR.name]);
        assert_eq!(people(&ada.oversees("?of=users&kind=direct").await), [pair.as_str()]);
        assert_eq!(people(&ada.oversees("?of=users&kind=support").await), [NOOR.name]);
        assert!(ada.oversees("?of=guests&kind=direct").await.conversations.is_empty());
        let direct = &users.conversations[0].conversation;
        assert_eq!((direct.kind, direct.unread, direct.customer.is_none()), (ConversationKind::Direct, 0, true));
        let guest = &ada.oversees("?of=guests").await.conversations[1].conversation;
        assert_eq!(guest.customer.as_ref().unwrap().email.as_deref(), Some(CORA.email));

        mina.says(&hall, "Good morning").await;
        assert_eq!(people(&ada.oversees("?of=guests&filter=unanswered").await), [IDRIS.name]);
        assert_eq!(people(&ada.oversees("?of=users&filter=unanswered").await), [NOOR.name], "two users owe each other no answer");
        let guest = mina.looks_at(&shed).await.unwrap().customer.unwrap().face.person_id;
        site.blocks(&mina.person_id().await, &guest, BlockScope::Site, &shed).await;
        assert_eq!(people(&ada.oversees("?of=guests&filter=blocked").await), [IDRIS.name]);
        assert!(ada.oversees("?of=users&filter=blocked").await.conversations.is_empty());
        let place = direct.conversation_id.clone();
        site.blocks(&noor.person_id().await, &mina.person_id().await, BlockScope::Person, &place).await;
        let blocked = ada.oversees("?of=users&filter=blocked").await;
        assert_eq!((people(&blocked), blocked.conversations[0].is_blocked), (vec![pair], true));
        let flags: Vec<bool> = ada.oversees("").await.conversations.iter().map(|row| row.is_blocked).collect();
        assert_eq!(flags, [true, false]);
    }

    async fn a_search_finds_names_and_addresses_and_never_words(site) {
        let mut cora = site.browser(&CORA);
        cora.starts("Mina promised me a zeppelin, 100% sure_ly").await;
        let Office { ada, noor, mina, .. } = Office::open(site).await;
        noor.writes_to(&mina.person_id().await, "zeppelin").await.unwrap();
        let pair = format!("{} and {}", NOOR.name, MINA.name);
        let (none, of_cora, of_pair) = (Vec::<String>::new(), vec![CORA.name.to_owned()], vec![pair]);
        for (of, typed, found) in [
            ("guests", "Lindqvist", &of_cora),
            ("guests", "LIND", &of_cora),
            ("guests", "cora@", &of_cora),
            ("guests", "EXAMPLE.ORG", &of_cora),
            ("users", "lindqvist", &none),
            ("users", "mina", &of_pair),
            ("users", MINA.email, &of_pair),
            ("users", NOOR.email, &of_pair),
            ("guests", "zeppelin", &none),
            ("users", "zeppelin", &none),
            // What is typed is text.
            ("guests", "%%%", &none),
            ("guests", "__", &none),
            ("guests", "c_ra", &none),
            ("guests", "c%a", &none),
            ("guests", "!!", &none),
            ("guests", "' or 1=1 --", &none),
            ("guests", "\"NEAR(", &none),
            ("guests", "\\", &none),
        ] {
            let encoded: String = typed.bytes().map(|byte| format!("%{byte:02x}")).collect();
            if typed.len() < 2 { continue; }
            assert_eq!(&people(&ada.oversees(&format!("?of={of}&search={encoded}")).await), found, "{typed}");
        }
        for (typed, code) in [
            ("c", ProblemCode::OutOfRange),
            ("", ProblemCode::OutOfRange),
            ("%00%00%00", ProblemCode::BadText),
            ("a%00b", ProblemCode::BadText),
            ("%ff%fe", ProblemCode::Malformed),
        ] {
            let refused = ada.gets::<Value>(&format!("/api/admin/conversations?search={typed}")).await.err();
            // What is no UTF-8 is read with a mark in its place, and found nowhere.
            assert!(refused.is_none_or(|refused| refused.code() == code), "{typed}");
            assert!(refused.is_some() || typed == "%ff%fe", "{typed}");
        }
    }

    async fn admin_lists_are_read_strictly_and_page_by_page(site) {
        for number in 0..5 {
            let mut guest = site.browser(if number % 2 == 0 { &CORA } else { &IDRIS });
            guest.starts(&number.to_string()).await;
            // Two of them in the same millisecond: the id decides.
            site.clock.advance(if number == 2 { 0 } else { 1 });
        }
        let ada = site.admin_of(&ADA).await;
        let whole = ada.oversees("?of=guests&limit=100").await;
        assert_eq!((whole.conversations.len(), whole.cursor.is_none()), (5, true));
        let mut paged = Vec::new();
        let mut query = "?of=guests&limit=2".to_owned();
        loop {
            let page = ada.oversees(&query).await;
            paged.extend(page.conversations);
            match page.cursor {
                Some(cursor) => query = format!("?of=guests&limit=2&cursor={cursor}"),
                None => break,
            }
        }
        assert!(paged == whole.conversations);
        for list in ["/api/admin/conversations", "/api/admin/blocks", "/api/admin/reports", "/api/admin/activity"] {
            for (query, code) in [
                ("limit=0", ProblemCode::OutOfRange),
                ("limit=-1", ProblemCode::OutOfRange),
                ("limit=101", ProblemCode::OutOfRange),
                ("limit=NaN", ProblemCode::Malformed),
                ("limit=1e3", ProblemCode::Malformed),
                ("limit=10;drop", ProblemCode::Malformed),
                ("limit=5&limit=6", ProblemCode::Malformed),
                ("cursor=", ProblemCode::BadCursor),
                ("cursor=AAAA", ProblemCode::BadCursor),
                ("cursor=%27%20or%201=1", ProblemCode::BadCursor),
            ] {
                let refused = ada.gets::<Value>(&format!("{list}?{query}")).await.err();
                assert_eq!(refused.map(|refused| refused.code()), Some(code), "{list}?{query}");
            }
        }
        for query in ["of=everybody", "of=", "kind=room", "kind=", "filter=mine", "filter=%00"] {
            let refused = ada.gets::<Value>(&format!("/api/admin/conversations?{query}")).await.err();
            assert_eq!(refused.map(|refused| refused.code()), Some(ProblemCode::OutOfRange), "{query}");
        }
    }

    async fn reading_along_leaves_one_line_an_hour(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let mina = site.signed_in(&MINA).await;
        mina.says(&hall, "Good morning").await;
        let before = mina.looks_at(&hall).await.unwrap();
        let ada = site.admin_of(&ADA).await;
        let lines = async || ada.reads_activity("?action=conversation_read").await.lines.len();
        ada.oversees("?of=guests").await;
        assert_eq!(lines().await, 0, "a list is not reading along");
        let thread = ada.reads_along(&hall).await.unwrap();
        let said: Vec<&str> = thread.messages.iter().map(|message| message.text.as_str()).collect();
        assert_eq!(said, ["Hello", "Good morning"]);
        assert_eq!((thread.conversation.owner.name.as_str(), thread.conversation.peer.is_none()), (CORA.name, true));
        assert_eq!(thread.conversation.conversation.last_position, Position(2));
        assert_eq!(lines().await, 1);
        ada.reads_along(&hall).await.unwrap();
        assert_eq!(lines().await, 1, "the same reading");
        site.clock.advance(3_599_999);
        ada.reads_along(&hall).await.unwrap();
        assert_eq!(lines().await, 1);
        site.clock.advance(1);
        // However many tabs ask at once: the writer decides.
        let (first, second, third, fourth) = tokio::join!(ada.reads_along(&hall), ada.reads_along(&hall), ada.reads_along(&hall), ada.reads_along(&hall));
        assert!([first, second, third, fourth].iter().all(Result::is_ok));
        assert_eq!(lines().await, 2);
        site.makes_admin(&TEO, true).await;
        let teo = site.admin_of(&TEO).await;
        teo.reads_along(&hall).await.unwrap();
        assert_eq!(lines().await, 3, "another admin is another reader");
        // What is refused or not there was not read.
        for path in [format!("{}/messages", cora.client_id()), "1/messages".into(), format!("{hall}/messages?limit=0"), format!("{hall}/messages?before=1&after=2")] {
            let refused = teo.gets::<Value>(&format!("/api/admin/conversations/{path}")).await;
            assert!(refused.is_err(), "{path}");
        }
        assert_eq!(lines().await, 3);
        // Nobody in it is told, and nothing about it changed.
        assert!(mina.looks_at(&hall).await.unwrap() == before);
    }

    async fn what_two_users_write_is_read_by_admins_with_a_line(site) {
        let Office { ada, noor, mina, .. } = Office::open(site).await;
        let place = noor.writes_to(&mina.person_id().await, "Psst").await.unwrap().conversation.conversation_id;
        let thread = ada.reads_along(&place).await.unwrap();
        assert_eq!((thread.messages[0].text.as_str(), thread.conversation.peer.unwrap().name.as_str()), ("Psst", MINA.name));
        let line = ada.reads_activity("?action=conversation_read").await.lines.swap_remove(0);
        assert_eq!((line.action, line.subject), (Action::ConversationRead, Some(format!("{}, {}", NOOR.name, MINA.name))));
        // The chat's own routes stay shut, for the same admin too.
        assert_eq!(site.signed_in(&ADA).await.reads(&place).await.err().unwrap().status, 404);
    }

    async fn agents_see_no_address_where_the_site_hides_it_and_admins_do(site) {
        let (mina, ada) = (site.signed_in(&MINA).await, site.signed_in(&ADA).await);
        for (hidden, guest) in [(Switch::On, &CORA), (Switch::Off, &IDRIS)] {
            site.sets(move |settings| settings.agents_see_addresses = hidden).await;
            let sees = hidden.is_on();
            let (mut desk, mut office) = (mina.listens().await, ada.listens().await);
            let mut browser = site.browser(guest);
            let hall = browser.starts("Hello").await;
            for (socket, sees) in [(&mut desk, sees), (&mut office, true)] {
                let frame = loop {
                    match socket.frame().await.unwrap().unwrap() {
                        Message::Text(text) if text.contains("conversation_started") => break text.to_string(),
                        _ => {}
                    }
                };
                assert!(frame.contains(guest.name));
                assert_eq!(frame.contains(guest.email), sees, "{frame}");
            }
            for path in ["/api/inbox".to_owned(), format!("/api/conversations/{hall}"), format!("/api/conversations/{hall}/messages")] {
                for (browser, sees) in [(&mina, sees), (&ada, true)] {
                    let body = answer(browser, &path).await;
                    assert!(body.contains(guest.name), "{path}");
                    assert_eq!(body.contains(guest.email), sees, "{path} {body}");
                }
            }
            let page = site.admin_of(&ADA).await;
            assert!(answer(&page, "/api/admin/conversations?of=guests").await.contains(guest.email));
        }
        // At once also for what is older than the switch.
        assert!(!answer(&mina, "/api/inbox").await.contains("example.org"));
    }

    async fn nobody_sees_which_page_a_customer_is_on_where_the_site_hides_it(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let mut tab = cora.listens().await;
        let moves = async |tab: &mut crate::harness::Socket, path: &str| {
            tab.signals(&Signal::Page(Page { path: path.into() })).await;
            tab.signals(&Signal::Resume(shared::realtime::Resume { conversations: Vec::new() })).await;
            tab.hears_of(|event| matches!(event, Event::Resumed(_)).then_some(())).await;
        };
        let (mina, ada) = (site.signed_in(&MINA).await, site.signed_in(&ADA).await);
        let mut desk = mina.listens().await;
        moves(&mut tab, "/lamps/blue").await;
        let moved = desk.hears_of(|event| match event { Event::CustomerMoved(moved) => moved.page, _ => None }).await;
        assert_eq!(moved, "/lamps/blue");
        let paths = ["/api/inbox".to_owned(), format!("/api/conversations/{hall}"), format!("/api/conversations/{hall}/messages")];
        for path in &paths {
            assert!(answer(&mina, path).await.contains("/lamps/blue"), "{path}");
        }
        site.sets(|settings| settings.agents_see_pages = Switch::Off).await;
        for path in &paths {
            for browser in [&mina, &ada] {
                assert!(!answer(browser, path).await.contains("/lamps"), "{path}");
            }
        }
        moves(&mut tab, "/lamps/red").await;
        cora.says(&hall, "Anybody there?").await;
        let heard = desk.hears_until(|event| matches!(event, Event::MessageSent(_))).await;
        assert!(!heard.iter().any(|event| matches!(event, Event::CustomerMoved(_))));
        // What nobody might see was not kept for later either.
        site.sets(|settings| settings.agents_see_pages = Switch::On).await;
        assert!(!answer(&mina, &paths[1]).await.contains("/lamps"));
        moves(&mut tab, "/lamps/green").await;
        assert!(answer(&mina, &paths[1]).await.contains("/lamps/green"));
    }
}
