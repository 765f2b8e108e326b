//! Whom somebody finds, and who decides it.

use crate::harness::{Office, scenarios};
use serde_json::{Value, json};
use shared::{
    group::{AdminPeoplePage, GroupBoard, MemberPage, PeoplePage, PermissionPair},
    identity::SignIn,
    ids::GroupId,
    problem::{Field, Problem, ProblemCode},
    realtime::Event,
    samples::{ADA, CORA, GUEST_GROUP, IDRIS, LONG, MINA, NOOR, RIGHT_TO_LEFT, TEO},
    settings::{GuestDoor, Switch},
};

scenarios! {
    async fn users_find_whom_their_groups_may_chat_with_and_nobody_else(site) {
        let Office { ada, noor, mina, trial, billing } = Office::open(site).await;
        let teo = site.signed_in(&TEO).await;
        assert_eq!(noor.groups().await, [("Billing".to_owned(), 1)]);
        assert_eq!(mina.groups().await, [("Trial".to_owned(), 1)]);
        assert!(teo.groups().await.is_empty());
        let of_billing = format!("/api/groups/{billing}/people");
        assert_eq!(noor.finds(&of_billing).await.unwrap(), [MINA.name]);
        for hidden in [&trial, &site.app().policy().guest_group().cloned().unwrap(), &site.app().mint.id()] {
            let refused = noor.finds(&format!("/api/groups/{hidden}/people")).await.err().unwrap();
            assert_eq!(refused.status, 404);
        }
        // A group with itself: its people, without the one who asks.
        ada.permits(&billing, &billing, Switch::On).await.unwrap();
        ada.puts_in(&billing, &teo.person_id().await).await;
        assert_eq!(mina.groups().await, [("Billing".to_owned(), 1), ("Trial".to_owned(), 1)]);
        assert_eq!(mina.finds(&of_billing).await.unwrap(), [TEO.name]);
        assert_eq!(noor.finds(&of_billing).await.unwrap(), [MINA.name, TEO.name]);
        assert_eq!(noor.finds("/api/people").await.unwrap(), [MINA.name, TEO.name]);
        // Whoever is shut out is not there.
        site.disables(&TEO).await;
        assert_eq!(noor.finds(&of_billing).await.unwrap(), [MINA.name]);
        assert_eq!(noor.groups().await, [("Billing".to_owned(), 1)]);
        let place = noor.writes_to(&mina.person_id().await, "Hello").await.unwrap().conversation.conversation_id;
        let page: PeoplePage = noor.gets("/api/people").await.unwrap();
        assert_eq!(page.people[0].conversation_id, Some(place));
    }

    async fn an_admin_finds_everybody_and_with_groups_off_nobody_finds_anybody(site) {
        let Office { noor, trial, .. } = Office::open(site).await;
        let ada = site.signed_in(&ADA).await;
        let mut cora = site.browser(&CORA);
        cora.starts("Hello").await;
        let names: Vec<String> = ada.groups().await.into_iter().map(|group| group.0).collect();
        assert_eq!(names, ["Billing", GUEST_GROUP, "Trial"]);
        assert_eq!(ada.finds("/api/people").await.unwrap(), [MINA.name, NOOR.name, TEO.name], "guests are no users");
        assert_eq!(ada.finds(&format!("/api/groups/{trial}/people")).await.unwrap(), [NOOR.name]);
        site.sets(|settings| { settings.guest_mode = Switch::Off; settings.user_groups = Switch::Off; }).await;
        for finder in [&ada, &noor] {
            assert!(finder.groups().await.is_empty());
            assert!(finder.finds("/api/people").await.unwrap().is_empty());
            assert_eq!(finder.finds(&format!("/api/groups/{trial}/people")).await.err().unwrap().status, 404);
        }
    }

    async fn a_search_is_text_and_never_a_pattern(site) {
        let Office { ada, noor, billing, .. } = Office::open(site).await;
        for person in [&LONG, &RIGHT_TO_LEFT] {
            let user = site.signed_in(person).await;
            ada.puts_in(&billing, &user.person_id().await).await;
        }
        let everybody = [LONG.name, MINA.name, RIGHT_TO_LEFT.name];
        assert_eq!(noor.finds("/api/people").await.unwrap(), everybody);
        for (search, expected) in [
            ("mi", vec![LONG.name, MINA.name]),
            ("MINA%20OK", vec![MINA.name]),
            ("okafor", vec![MINA.name]),
            ("%D9%84%D9%8A%D9%84%D9%89", vec![RIGHT_TO_LEFT.name]),
            ("noor", vec![]),
            ("%25%25", vec![]),
            ("__", vec![]),
            ("%5C%5C", vec![]),
            ("!!", vec![]),
            ("%27%20or%201=1%20--", vec![]),
            ("NEAR(", vec![]),
            ("%22%22", vec![]),
        ] {
            for path in ["/api/people".to_owned(), format!("/api/groups/{billing}/people")] {
                let path = format!("{path}?search={search}");
                assert_eq!(noor.finds(&path).await.unwrap(), expected, "{path}");
            }
        }
        for (search, code) in [
            ("", ProblemCode::OutOfRange),
            ("%25", ProblemCode::OutOfRange),
            ("_", ProblemCode::OutOfRange),
            ("a", ProblemCode::OutOfRange),
            ("a%00b", ProblemCode::BadText),
            (&"a".repeat(201), ProblemCode::OutOfRange),
        ] {
            let refused = noor.finds(&format!("/api/people?search={search}")).await.err().unwrap();
            assert_eq!(refused.problem, Problem::about(code, Field::Search), "{search:.20}");
        }
    }

    async fn people_come_in_pages_each_once(site) {
        let Office { ada, noor, billing, .. } = Office::open(site).await;
        let sales = ada.makes_group("Sales").await;
        ada.permits(&sales, &billing, Switch::On).await.unwrap();
        ada.puts_in(&sales, &noor.person_id().await).await;
        for person in [&TEO, &LONG, &RIGHT_TO_LEFT] {
            let person_id = site.signed_in(person).await.person_id().await;
            for group in [&billing, &sales] {
                ada.puts_in(group, &person_id).await;
            }
        }
        for path in ["/api/people".to_owned(), format!("/api/groups/{billing}/people")] {
            let whole = noor.finds(&path).await.unwrap();
            assert_eq!(whole, [LONG.name, MINA.name, TEO.name, RIGHT_TO_LEFT.name]);
            let mut paged = Vec::new();
            let mut next = format!("{path}?limit=1");
            loop {
                let page: PeoplePage = noor.gets(&next).await.unwrap();
                paged.extend(page.people.into_iter().map(|row| row.peer.face.name));
                match page.cursor {
                    Some(cursor) => next = format!("{path}?limit=1&cursor={cursor}"),
                    None => break,
                }
            }
            assert_eq!(paged, whole);
            for (query, code) in [("limit=0", ProblemCode::OutOfRange), ("limit=x", ProblemCode::Malformed), ("cursor=AAAA", ProblemCode::BadCursor)] {
                assert_eq!(noor.finds(&format!("{path}?{query}")).await.err().unwrap().code(), code, "{query}");
            }
        }
    }

    async fn a_guest_tries_everything_and_finds_nothing(site) {
        let Office { trial, billing, .. } = Office::open(site).await;
        let mut cora = site.browser(&CORA);
        cora.starts("Hello").await;
        let own = cora.person_id().await;
        for path in [
            "/api/groups".to_owned(),
            format!("/api/groups/{trial}/people"),
            "/api/people".to_owned(),
            "/api/people?search=%25".into(),
            "/api/people?search=_".into(),
            "/api/people?search=a".into(),
            "/api/admin/groups".into(),
            "/api/admin/people".into(),
            format!("/api/admin/groups/{trial}/members"),
        ] {
            assert_eq!(cora.gets::<Value>(&path).await.err().unwrap().status, 404, "{path}");
            let stranger = site.browser(&IDRIS);
            assert_eq!(stranger.gets::<Value>(&path).await.err().unwrap().status, 401, "{path}");
        }
        let member = format!("/api/admin/groups/{billing}/members/{own}");
        for (method, path) in [("PUT", &member), ("DELETE", &member)] {
            assert_eq!(cora.tells(method, path).await, 404);
        }
        assert_eq!(cora.session().await.site.user_groups, Switch::Off, "not even that there are groups");
    }

    async fn who_is_no_admin_changes_nothing(site) {
        let Office { ada, noor, mina, trial, billing } = Office::open(site).await;
        let (before, rows) = (ada.board().await, site.count("group_member").await);
        // The admin's own cookie of the chat is not enough either.
        let in_a_frame = site.signed_in(&ADA).await;
        for browser in [&noor, &mina, &in_a_frame] {
            let own = browser.person_id().await;
            assert_eq!(browser.tells("PUT", &format!("/api/admin/groups/{trial}/members/{own}")).await, 404);
            assert_eq!(browser.tells("DELETE", &format!("/api/admin/groups/{billing}/members/{own}")).await, 404);
            assert_eq!(browser.tells("DELETE", &format!("/api/admin/groups/{trial}")).await, 404);
            for (method, path, body) in [
                ("POST", "/api/admin/groups".to_owned(), json!({"name": "Mine"})),
                ("PUT", format!("/api/admin/groups/{trial}"), json!({"name": "Mine"})),
                ("PUT", "/api/admin/permissions".into(), json!({"group_id": trial, "other_group_id": trial, "allowed": "on"})),
            ] {
                assert_eq!(browser.posts(method, &path, body.to_string()).await.status, 404, "{method} {path}");
            }
        }
        assert!(ada.board().await == before);
        assert_eq!(site.count("group_member").await, rows);
    }

    async fn a_permission_is_one_pair_of_groups_that_are_there(site) {
        let Office { ada, trial, billing, .. } = Office::open(site).await;
        let lines = site.count("audit").await;
        let no_such_group = Problem::about(ProblemCode::NoSuchGroup, Field::GroupId);
        let gone = ada.makes_group("Gone").await;
        assert_eq!(ada.tells("DELETE", &format!("/api/admin/groups/{gone}")).await, 200);
        for unknown in [gone, site.app().mint.id::<GroupId>()] {
            for (one, other) in [(&trial, &unknown), (&unknown, &trial), (&unknown, &unknown)] {
                assert_eq!(ada.permits(one, other, Switch::On).await.err().unwrap().problem, no_such_group);
                assert_eq!(ada.permits(one, other, Switch::Off).await.err().unwrap().problem, no_such_group);
            }
        }
        let pair = PermissionPair::of(trial.clone(), billing.clone());
        for _ in 0..2 {
            ada.permits(&billing, &trial, Switch::On).await.unwrap();
            let board = ada.permits(&trial, &trial, Switch::On).await.unwrap();
            let mut expected = vec![pair.clone(), PermissionPair::of(trial.clone(), trial.clone())];
            expected.sort();
            assert!(board.permissions == expected, "each once");
        }
        for _ in 0..2 {
            let board = ada.permits(&trial, &trial, Switch::Off).await.unwrap();
            assert!(board.permissions == [pair.clone()]);
        }
        assert_eq!(site.count("audit").await, lines + 4, "made, deleted, let, taken back: what is no news leaves no line");
        let refused = ada.posts("PUT", "/api/admin/permissions", json!({"group_id": "1", "other_group_id": trial, "allowed": "on"}).to_string()).await;
        assert_eq!(refused.status, 400);
    }

    async fn a_group_is_named_once_and_its_end_ends_what_hung_on_it(site) {
        let Office { ada, noor, trial, .. } = Office::open(site).await;
        let name = |name: &str| json!({ "name": name }).to_string();
        let path = format!("/api/admin/groups/{trial}");
        for (text, code) in [
            ("", ProblemCode::NameRequired),
            ("  \u{200b}", ProblemCode::NameRequired),
            (&"x".repeat(81), ProblemCode::NameTooLong),
            ("Billing", ProblemCode::NameTaken),
        ] {
            for (method, path) in [("POST", "/api/admin/groups"), ("PUT", path.as_str())] {
                let refused = ada.posts(method, path, name(text)).await.read::<GroupBoard>().err().unwrap();
                assert_eq!(refused.problem, Problem::about(code, Field::Name), "{method} {text:?}");
            }
        }
        for _ in 0..2 {
            let board: GroupBoard = ada.posts("PUT", &path, name("Trial customers")).await.read().unwrap();
            assert!(board.groups.iter().any(|group| group.group_id == trial && group.name == "Trial customers"));
        }
        let unknown: GroupId = site.app().mint.id();
        for (method, path) in [("PUT", format!("/api/admin/groups/{unknown}")), ("DELETE", format!("/api/admin/groups/{unknown}"))] {
            assert_eq!(ada.posts(method, &path, name("Sales")).await.status, 404);
        }
        assert_eq!(ada.tells("DELETE", &path).await, 200);
        assert_eq!(ada.tells("DELETE", &path).await, 404, "a second time");
        assert_eq!(site.count("group_permission").await, 0);
        assert!(noor.groups().await.is_empty());
        // The guest group too, and then nobody is here.
        assert_eq!(site.browser(&CORA).session().await.site.door, GuestDoor::Open);
        let guest_group = ada.board().await.guest_group_id.unwrap();
        assert_eq!(ada.tells("DELETE", &format!("/api/admin/groups/{guest_group}")).await, 200);
        assert_eq!(site.browser(&CORA).session().await.site.door, GuestDoor::NobodyHere);
        assert_eq!(site.signed_in(&TEO).await.gets::<Value>("/api/inbox").await.err().unwrap().status, 404);
    }

    async fn members_are_users_put_in_once(site) {
        let Office { ada, noor, trial, .. } = Office::open(site).await;
        let mut cora = site.browser(&CORA);
        cora.starts("Hello").await;
        let (own, guest) = (noor.person_id().await, cora.person_id().await);
        let lines = site.count("audit").await;
        ada.puts_in(&trial, &own).await;
        assert_eq!(site.count("audit").await, lines, "they were in it already");
        let unknown: GroupId = site.app().mint.id();
        let nobody: shared::ids::PersonId = site.app().mint.id();
        for (group, person) in [(&trial, &guest), (&trial, &nobody), (&unknown, &own)] {
            for method in ["PUT", "DELETE"] {
                assert_eq!(ada.tells(method, &format!("/api/admin/groups/{group}/members/{person}")).await, 404, "{method}");
            }
        }
        assert_eq!(ada.tells("PUT", &format!("/api/admin/groups/{trial}/members/1")).await, 404);
        let page: MemberPage = ada.gets(&format!("/api/admin/groups/{trial}/members")).await.unwrap();
        let row = &page.members[0];
        assert_eq!((page.members.len(), row.person.name.as_str(), row.person.email.as_deref(), row.by_token), (1, NOOR.name, Some(NOOR.email), false));
        assert!(row.person.groups == [trial.clone()] && !row.person.is_guest && !row.person.is_admin);
        for _ in 0..2 {
            ada.takes_out(&trial, &own).await;
        }
        assert_eq!(site.count("audit").await, lines + 1);
        let page: MemberPage = ada.gets(&format!("/api/admin/groups/{trial}/members?search=noor")).await.unwrap();
        assert!(page.members.is_empty() && page.cursor.is_none());
        assert_eq!(ada.gets::<MemberPage>(&format!("/api/admin/groups/{unknown}/members")).await.err().unwrap().status, 404);
    }

    async fn admins_look_through_users_and_guests(site) {
        let Office { ada, .. } = Office::open(site).await;
        for guest in [&CORA, &IDRIS] {
            site.browser(guest).starts("Hello").await;
        }
        let names = async |query: &str| {
            let page: AdminPeoplePage = ada.gets(&format!("/api/admin/people?{query}")).await.unwrap();
            page.people.into_iter().map(|row| row.name).collect::<Vec<_>>()
        };
        assert_eq!(names("").await, [ADA.name, MINA.name, NOOR.name, TEO.name]);
        assert_eq!(names("of=users&search=brandt").await, [ADA.name]);
        assert_eq!(names("of=guests").await, [CORA.name, IDRIS.name]);
        assert_eq!(names("of=guests&search=CORA@").await, [CORA.name], "addresses too");
        assert_eq!(names("of=guests&search=%25%25").await, Vec::<String>::new());
        let first: AdminPeoplePage = ada.gets("/api/admin/people?limit=3").await.unwrap();
        assert_eq!(names(&format!("limit=3&cursor={}", first.cursor.unwrap())).await, [TEO.name]);
        let ada_row = &first.people[0];
        assert!(ada_row.is_admin && !ada_row.is_guest && ada_row.external_id.as_deref() == Some(ADA.key));
        for (query, code) in [("of=everybody", ProblemCode::OutOfRange), ("search=x", ProblemCode::OutOfRange), ("cursor=x", ProblemCode::BadCursor)] {
            assert_eq!(ada.gets::<Value>(&format!("/api/admin/people?{query}")).await.err().unwrap().code(), code, "{query}");
        }
    }

    async fn what_joins_or_parts_people_is_told_to_users_on_their_open_sockets(site) {
        let Office { ada, noor, trial, billing, .. } = Office::open(site).await;
        let teo = site.signed_in(&TEO).await;
        let to_teo = teo.person_id().await;
        // What was changed before is told by now.
        let mut socket = noor.listens().await;
        let looks_again = |event| matches!(event, Event::SessionChanged(_)).then_some(());
        socket.hears_of(looks_again).await;
        let mut cora = site.browser(&CORA);
        cora.starts("Hello").await;
        let mut hers = cora.listens().await;
        for change in 0..4 {
            match change {
                0 => ada.puts_in(&billing, &to_teo).await,
                1 => ada.takes_out(&billing, &to_teo).await,
                2 => drop(ada.permits(&trial, &billing, Switch::Off).await.unwrap()),
                _ => drop(ada.permits(&trial, &billing, Switch::On).await.unwrap()),
            }
            socket.hears_of(looks_again).await;
            site.clock.advance(1);
        }
        site.sets(|settings| settings.greeting = "Hello!".into()).await;
        let heard = hers.hears_until(|event| matches!(event, Event::SessionChanged(_))).await;
        assert_eq!(heard.len(), 1, "guests are in no group");
    }

    async fn a_new_name_is_found_and_the_old_one_is_not(site) {
        let Office { noor, mina, .. } = Office::open(site).await;
        let mut claims = site.claims(&MINA);
        claims["name"] = json!("ÉLODIE Okafor");
        let mut elsewhere = mina.clone();
        let command = SignIn { token: site.signs(&claims) };
        assert_eq!(elsewhere.writes("POST", "/api/session", &command).await.status, 200);
        assert_eq!(noor.finds("/api/people?search=%C3%A9lodie").await.unwrap(), ["ÉLODIE Okafor"]);
        assert!(noor.finds("/api/people?search=mina").await.unwrap().is_empty());
    }
}
