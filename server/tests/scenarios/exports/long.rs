//! A hundred thousand messages: they are read in pages, when they are asked for, and no later than they are theirs.

use super::path;
use crate::harness::{ORIGIN, scenarios};
use porchlight::person::{
    export::Export,
    whom::{Whom, get_whom},
};
use shared::{
    ids::PersonId,
    samples::{ADA, CORA, IDRIS},
};

/// Messages 2 to 100,000 of the one conversation, by turns, of 500 characters each.
const LONG: [&str; 2] = [
    "insert into message
        (message_id, conversation_id, position, kind, side, author, client_id, body, revision, sent_at)
    with recursive n (i) as (select cast(2 as bigint) union all select i + 1 from n where i < 100000)
    select '01890000-0000-7000-8002-' || substr(cast(1000000000000 + n.i as text), 2), m.conversation_id, n.i, 'text',
        'customer', m.author, '01890000-0000-7000-8003-' || substr(cast(1000000000000 + n.i as text), 2),
        replace(replace('aaaaaaaaaa', 'a', 'bbbbbbbbbb'), 'b', 'word '), n.i, m.sent_at
    from n cross join message m
    where m.position = 1",
    "update conversation set last_position = 100000, last_customer_position = 100000",
];

/// What this process holds in memory. **Units**: KiB.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

scenarios! {
    async fn a_long_history_leaves_in_pages_and_is_never_held_whole(site) {
        let ada = site.admin_of(&ADA).await;
        let mut cora = site.browser(&CORA);
        cora.starts("The first of many").await;
        let guest = cora.session().await.person.unwrap().person_id;
        for statement in LONG {
            site.happened(statement).await;
        }
        let url = format!("http://{}{}", site.address(), path(&guest));
        let request = site.http.post(url).header("cookie", ada.cookie()).header("origin", ORIGIN).header("x-porchlight", ada.vouched());
        let mut answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let mut began = answer.chunk().await.unwrap().unwrap().to_vec();
        // What is changed after the answer began is read as it is when its turn comes.
        site.happened("update message set body = 'changed since' where position = 99999").await;
        let (before, mut highest, mut bytes, mut end) = (resident(), 0, 0, Vec::new());
        while let Some(chunk) = answer.chunk().await.unwrap() {
            bytes += chunk.len();
            highest = highest.max(resident());
            end.extend_from_slice(&chunk);
            end.drain(..end.len().saturating_sub(4_096));
        }
        began.truncate(60);
        assert!(String::from_utf8(began).unwrap().starts_with(r#"{"format":"porchlight.person","version":1,"#));
        let end = String::from_utf8(end).unwrap();
        assert!(end.contains("changed since") && end.ends_with("]}]\n}\n"), "{end}");
        let grown = highest.saturating_sub(before) / 1_024;
        println!("{} MB with {grown} MiB more, on {:?}", bytes / 1_000_000, site.engine());
        assert!(bytes > 50_000_000, "{bytes} bytes");
        assert!(grown < 24, "{grown} MiB for {bytes} bytes");
    }

    async fn what_goes_elsewhere_meanwhile_stops_there(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Mine").await;
        for number in 2..=150 {
            site.clock.advance(1_000);
            cora.says(&hall, &format!("Message {number}.")).await;
        }
        let guest = cora.session().await.person.unwrap().person_id;
        let mut idris = site.browser(&IDRIS);
        idris.starts("Hello").await;
        assert_eq!(pieces(site, &guest, "").await.matches("\"Message ").count(), 149, "the control");
        let elsewhere = "update conversation set owner = (select owner from conversation order by created_at desc limit 1)";
        let text = pieces(site, &guest, elsewhere).await;
        assert_eq!(text.matches("\"Message ").count(), 99);
        let file: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(file["conversations"][0]["last_position"], 150);
    }
}

/// Everything, where this happens as soon as a message has been read.
async fn pieces(site: &crate::harness::Site, guest: &PersonId, happening: &'static str) -> String {
    let app = site.app();
    let person = {
        let mut connection = app.database.read().await.unwrap();
        get_whom(&mut connection, &Whom::Person(guest.clone()))
            .await
            .unwrap()
    };
    let mut export = Export::new(app.database.clone(), person, app.clock.now());
    let (mut text, mut has_happened) = (String::new(), happening.is_empty());
    while let Some(piece) = export.next().await.unwrap() {
        if piece.contains("\"Message ") && !has_happened {
            has_happened = true;
            site.happened(happening).await;
        }
        text.push_str(&piece);
    }
    text
}
