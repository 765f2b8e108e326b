//! Limits and cursors, and threads in stretches (rows Q).

use crate::harness::scenarios;
use shared::{
    conversation::Thread,
    ids::Position,
    problem::ProblemCode,
    samples::{CORA, MINA},
};

scenarios! {
    async fn limits_and_cursors_are_read_strictly(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let mina = site.signed_in(&MINA).await;
        let paths = ["/api/inbox".to_owned(), "/api/conversations".into(), format!("/api/conversations/{hall}/messages")];
        for path in &paths {
            for (query, code) in [
                ("limit=0", ProblemCode::OutOfRange),
                ("limit=-1", ProblemCode::OutOfRange),
                ("limit=101", ProblemCode::OutOfRange),
                ("limit=NaN", ProblemCode::Malformed),
                ("limit=1e3", ProblemCode::Malformed),
                ("limit=10;drop", ProblemCode::Malformed),
                ("limit=5&limit=6", ProblemCode::Malformed),
                ("limit=%00", ProblemCode::Malformed),
            ] {
                let refused = mina.gets::<serde_json::Value>(&format!("{path}?{query}")).await.err();
                assert_eq!(refused.map(|refused| refused.code()), Some(code), "{path}?{query}");
            }
        }
        for path in &paths[..2] {
            for cursor in ["", "0", "AAAA", "%27%20or%201=1", &"A".repeat(5_000)] {
                let refused = mina.gets::<serde_json::Value>(&format!("{path}?cursor={cursor}")).await.err();
                assert_eq!(refused.map(|refused| refused.code()), Some(ProblemCode::BadCursor), "{path} {cursor:.20}");
            }
        }
        for query in ["before=-1", "after=x", "before=1&after=2", "before=", "after=1e3"] {
            let path = format!("{}?{query}", paths[2]);
            let refused = mina.gets::<serde_json::Value>(&path).await.err();
            assert_eq!(refused.map(|refused| refused.code()), Some(ProblemCode::Malformed), "{query}");
        }
        let refused = mina.gets::<serde_json::Value>("/api/inbox?filter=mine").await.err();
        assert_eq!(refused.map(|refused| refused.code()), Some(ProblemCode::OutOfRange));
    }

    async fn a_thread_is_read_in_stretches_without_gaps(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("1").await;
        for number in 2..=25 {
            site.clock.advance(1_000);
            cora.says(&hall, &number.to_string()).await;
        }
        let stretch = async |query: &str| {
            let path = format!("/api/conversations/{hall}/messages?{query}");
            let thread: Thread = cora.gets(&path).await.unwrap();
            assert_eq!(thread.conversation.last_position, Position(25), "the head comes along");
            thread.messages.iter().map(|message| message.position.0).collect::<Vec<_>>()
        };
        assert_eq!(stretch("limit=10").await, (16..=25).collect::<Vec<_>>());
        assert_eq!(stretch("limit=10&before=16").await, (6..=15).collect::<Vec<_>>());
        assert_eq!(stretch("limit=10&before=6").await, (1..=5).collect::<Vec<_>>());
        assert_eq!(stretch("limit=10&before=1").await, Vec::<u64>::new());
        assert_eq!(stretch("limit=10&after=0").await, (1..=10).collect::<Vec<_>>());
        assert_eq!(stretch("limit=10&after=20").await, (21..=25).collect::<Vec<_>>());
        assert_eq!(stretch("after=999999999999").await, Vec::<u64>::new());
    }
}
