//! Messages that somebody found wrong, and people who are blocked: who may say so, and what admins see of it.

use crate::harness::{Answer, Office, scenarios};
use serde_json::{Value, json};
use shared::{
    account::AdminSession,
    conversation::{CustomerKind, Writing},
    ids::Position,
    limits::REPORTS_PER_HOUR,
    problem::{Field, Problem, ProblemCode},
    realtime::Event,
    safety::{Action, BlockScope},
    samples::{ADA, CORA, IDRIS, MINA, NOOR, TEO},
};

fn refused(answer: Answer) -> Option<Problem> {
    answer.read::<Value>().err().map(|refused| refused.problem)
}

scenarios! {
    async fn a_report_is_one_report_until_an_admin_puts_it_aside(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let mina = site.signed_in(&MINA).await;
        mina.says(&hall, "What is it <b>now</b>?").await;
        let ada = site.admin_of(&ADA).await;
        let open = async || ada.gets::<AdminSession>("/api/admin/session").await.unwrap().open_reports;
        assert!(ada.reads_reports("").await.reports.is_empty() && open().await == 0);
        for reason in ["  Rude\r\nand loud ", "Something else", "  Rude\r\nand loud "] {
            assert_eq!(cora.reports(&hall, 2, reason).await.status, 204);
        }
        let page = ada.reads_reports("?state=open").await;
        let [report] = page.reports.as_slice() else { panic!("the same message twice is one report") };
        assert_eq!((report.reporter.name.as_str(), report.reported.name.as_str()), (CORA.name, MINA.name));
        assert_eq!((report.reported_kind, report.position), (CustomerKind::User, Position(2)));
        assert_eq!((report.text.as_str(), report.reason.as_str()), ("What is it <b>now</b>?", "Rude\nand loud"));
        assert!(report.conversation_id == hall && report.dismissed.is_none());
        assert_eq!(open().await, 1);

        let path = format!("/api/admin/reports/{}/dismiss", report.report_id);
        assert_eq!(ada.tells("POST", &path).await, 204);
        site.clock.advance(1_000);
        assert_eq!(ada.tells("POST", &path).await, 204, "the same answer again");
        assert!(ada.reads_reports("").await.reports.is_empty() && open().await == 0);
        let aside = ada.reads_reports("?state=dismissed").await.reports.swap_remove(0);
        let dismissed = aside.dismissed.unwrap();
        assert_eq!((dismissed.by.as_str(), dismissed.at.0), (ADA.name, site.clock.now().0 - 1_000));
        for action in [Action::MessageReported, Action::ReportDismissed] {
            let lines = ada.reads_activity(&format!("?action={}", action.word())).await.lines;
            assert_eq!((lines.len(), lines[0].subject.as_deref()), (1, Some(MINA.name)), "{action:?}");
        }
        // What was put aside is not reported anew by the same person.
        assert_eq!(cora.reports(&hall, 2, "Still rude").await.status, 204);
        assert!(ada.reads_reports("").await.reports.is_empty());
    }

    async fn staff_report_customers_and_users_each_other(site) {
        let mut idris = site.browser(&IDRIS);
        let hall = idris.starts("You are all useless").await;
        let teo = site.signed_in(&TEO).await;
        assert_eq!(teo.reports(&hall, 1, "").await.status, 204);
        let Office { noor, mina, ada, .. } = Office::open(site).await;
        let place = noor.writes_to(&mina.person_id().await, "Psst").await.unwrap().conversation.conversation_id;
        site.clock.advance(1);
        assert_eq!(mina.reports(&place, 1, "Not at work").await.status, 204);
        let rows: Vec<(String, String, CustomerKind)> = ada.reads_reports("").await.reports.into_iter()
            .map(|row| (row.reporter.name, row.reported.name, row.reported_kind))
            .collect();
        let row = |reporter: &str, reported: &str, kind| (reporter.to_owned(), reported.to_owned(), kind);
        assert_eq!(rows, [row(MINA.name, NOOR.name, CustomerKind::User), row(TEO.name, IDRIS.name, CustomerKind::Guest)]);
    }

    async fn only_what_the_other_side_wrote_where_one_may_see_it_is_reported(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let (mina, teo, noor) = (site.signed_in(&MINA).await, site.signed_in(&TEO).await, site.signed_in(&NOOR).await);
        mina.says(&hall, "Good morning").await;
        let mut idris = site.browser(&IDRIS);
        let elsewhere = idris.starts("Hello").await;
        let about = |code| Some(Problem::about(code, Field::Position));
        assert_eq!(refused(cora.reports(&hall, 1, "").await), about(ProblemCode::OutOfRange), "one's own");
        assert_eq!(refused(teo.reports(&hall, 2, "").await), about(ProblemCode::OutOfRange), "a colleague's");
        for position in [0, 3, 999_999, u64::MAX] {
            assert_eq!(refused(cora.reports(&hall, position, "").await), about(ProblemCode::NoSuchPosition), "{position}");
        }
        for (somebody, place) in [(&noor, &hall), (&cora, &elsewhere), (&idris, &hall)] {
            assert_eq!(refused(somebody.reports(place, 1, "").await), Some(ProblemCode::NotFound.into()));
        }
        let ada = site.admin_of(&ADA).await;
        assert_eq!(refused(ada.reports(&hall, 2, "").await), Some(ProblemCode::NotFound.into()), "the admin page's cookie");
        assert_eq!(refused(site.browser(&CORA).reports(&hall, 2, "").await), Some(ProblemCode::NoIdentity.into()));
        assert_eq!(refused(mina.reports(&cora.client_id().to_string().try_into().unwrap(), 1, "").await), Some(ProblemCode::NotFound.into()));
        // Somebody who left the group sees it no more, so they report nothing in it.
        site.leaves_group(&TEO).await;
        assert_eq!(refused(teo.reports(&hall, 1, "").await), Some(ProblemCode::NotFound.into()));
        assert_eq!(site.count("report").await, 0);
    }

    async fn a_reason_is_read_like_any_text(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        site.signed_in(&MINA).await.says(&hall, "Good morning").await;
        let about = |code| Some(Problem::about(code, Field::Reason));
        assert_eq!(refused(cora.reports(&hall, 2, &"x".repeat(501)).await), about(ProblemCode::TextTooLong));
        assert_eq!(refused(cora.reports(&hall, 2, "a\0b").await), about(ProblemCode::BadText));
        let path = format!("/api/conversations/{hall}/report");
        for (body, code) in [
            (json!({"position": "2", "reason": ""}), ProblemCode::Type),
            (json!({"position": -2, "reason": ""}), ProblemCode::Type),
            (json!({"position": 2, "reason": 7}), ProblemCode::Type),
            (json!({"position": 2, "reason": "", "reporter": MINA.key}), ProblemCode::UnknownField),
            (json!([2, ""]), ProblemCode::Type),
            (json!({"position": 2}), ProblemCode::Malformed),
        ] {
            let answer = cora.posts("POST", &path, body.to_string()).await;
            assert_eq!(refused(answer).map(|problem| problem.code.status()), Some(400), "{body} {code:?}");
        }
        assert_eq!(site.count("report").await, 0);
        assert_eq!(cora.reports(&hall, 2, "<script>' or 1=1 --").await.status, 204);
        assert_eq!(site.admin_of(&ADA).await.reads_reports("").await.reports[0].reason, "<script>' or 1=1 --");
    }

    async fn one_too_many_in_an_hour_waits(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        site.signed_in(&MINA).await.says(&hall, "Good morning").await;
        for _ in 0..REPORTS_PER_HOUR {
            assert_eq!(cora.reports(&hall, 2, "").await.status, 204);
        }
        let waits = refused(cora.reports(&hall, 2, "").await);
        assert_eq!(waits, Some(Problem::retry_after(ProblemCode::SlowDown, 3_600)));
        site.clock.advance(3_600_000);
        assert_eq!(cora.reports(&hall, 2, "").await.status, 204);
    }

    async fn pages_of_reports_are_read_strictly(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let mina = site.signed_in(&MINA).await;
        for position in 2..=6 {
            mina.says(&hall, "Good morning").await;
            // Two of them in the same millisecond: the id decides.
            site.clock.advance(if position == 4 { 0 } else { 1 });
            cora.reports(&hall, position, "").await;
        }
        let ada = site.admin_of(&ADA).await;
        let whole = ada.reads_reports("?limit=100").await;
        assert_eq!((whole.reports.len(), whole.cursor.is_none()), (5, true));
        let mut paged = Vec::new();
        let mut query = "?limit=2".to_owned();
        loop {
            let page = ada.reads_reports(&query).await;
            paged.extend(page.reports);
            match page.cursor {
                Some(cursor) => query = format!("?limit=2&cursor={cursor}"),
                None => break,
            }
        }
        assert!(paged == whole.reports);
        let cursor = ada.reads_reports("?limit=2").await.cursor.unwrap();
        for path in ["/api/admin/reports?state=dismissed", "/api/admin/blocks?x=1", "/api/admin/activity?x=1", "/api/admin/conversations?of=guests"] {
            let foreign = ada.gets::<Value>(&format!("{path}&cursor={cursor}")).await.err().unwrap();
            assert_eq!(foreign.code(), ProblemCode::BadCursor, "{path}");
        }
        for state in ["", "closed", "%00"] {
            let refused = ada.gets::<Value>(&format!("/api/admin/reports?state={state}")).await.err().unwrap();
            assert_eq!(refused.code(), ProblemCode::OutOfRange, "{state:?}");
        }
        let missing = format!("/api/admin/reports/{}/dismiss", cora.client_id());
        for path in [missing.as_str(), "/api/admin/reports/1/dismiss", "/api/admin/reports/..%2f1/dismiss"] {
            assert_eq!(ada.tells("POST", path).await, 404, "{path}");
        }
    }

    async fn an_admin_sees_who_is_blocked_and_ends_it(site) {
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let mina = site.signed_in(&MINA).await;
        let guest = mina.looks_at(&hall).await.unwrap().customer.unwrap().face.person_id;
        let mut desk = mina.listens().await;
        let changed = |event| match event { Event::ConversationChanged(changed) => Some(changed), _ => None };
        site.blocks(&mina.person_id().await, &guest, BlockScope::Site, &hall).await;
        let blocked = desk.hears_of(changed).await;
        let head = mina.looks_at(&hall).await.unwrap();
        assert_eq!((head.writing, head.revision), (Writing::Blocked, blocked.revision));

        let ada = site.admin_of(&ADA).await;
        let block = ada.reads_blocks().await.blocks.swap_remove(0);
        assert_eq!((block.blocker.name.as_str(), block.blocked.name.as_str()), (MINA.name, CORA.name));
        assert_eq!((block.blocked_kind, block.scope), (CustomerKind::Guest, BlockScope::Site));
        assert_eq!((&block.conversation_id, block.created_at), (&hall, site.clock.now()));
        let overseen = ada.oversees("?of=guests&filter=blocked").await.conversations;
        assert!(overseen.len() == 1 && overseen[0].is_blocked);

        let path = format!("/api/admin/blocks/{}", block.block_id);
        assert_eq!(ada.tells("DELETE", &path).await, 204);
        let unblocked = desk.hears_of(changed).await;
        assert_eq!(unblocked.revision.0, blocked.revision.0 + 1);
        let head = mina.looks_at(&hall).await.unwrap();
        assert_eq!((head.writing, head.revision), (Writing::Open, unblocked.revision));
        cora.says(&hall, "Hello again").await;
        assert!(ada.reads_blocks().await.blocks.is_empty());
        let lines = ada.reads_activity("?action=person_unblocked").await.lines;
        assert_eq!((lines.len(), lines[0].actor.as_deref(), lines[0].subject.as_deref()), (1, Some(ADA.name), Some(CORA.name)));
        for path in [path.as_str(), "/api/admin/blocks/1", "/api/admin/blocks/%00"] {
            assert_eq!(ada.tells("DELETE", path).await, 404, "{path}");
        }
        assert!(ada.oversees("?of=guests&filter=blocked").await.conversations.is_empty());
        assert_eq!(ada.reads_activity("?action=person_unblocked").await.lines.len(), 1);
    }
}
