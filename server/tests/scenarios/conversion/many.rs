//! Fifty thousand guests: the dry run counts them all, once, while somebody waits for it.

use super::overview::plans;
use crate::harness::scenarios;
use shared::{
    conversion::{ConversionPolicy, DryRunOutcome},
    samples::ADA,
};

/// Guests 1 to 50,000. Each has one conversation with one message; 40,000 addresses, so that 10,000 guests share theirs
/// with another one; every hundredth guest has lost theirs. 2,000 users have the first addresses.
const MANY: [&str; 4] = [
    "with recursive n (i) as (select 1 union all select i + 1 from n where i < 50000)
    insert into person
        (person_id, kind, display_name, search_name, email, email_as_typed, email_verified, created_at, updated_at)
    select '01890000-0000-7000-8000-' || substr(cast(1000000000000 + i as text), 2), 'guest', 'Somebody', 'somebody',
        case when i % 100 > 0 then 'g' || (i % 40000) || '@example.org' end, null, false, 1, 1
    from n",
    "with recursive n (i) as (select 1 union all select i + 1 from n where i < 50000)
    insert into conversation
        (conversation_id, kind, opened_by, owner, owner_kind, opening_client_id, last_position, revision, created_at,
        last_activity_at, last_customer_position, last_staff_position, customer_seen_position, staff_seen_position)
    select '01890000-0000-7000-8001-' || substr(cast(1000000000000 + i as text), 2), 'support',
        '01890000-0000-7000-8000-' || substr(cast(1000000000000 + i as text), 2),
        '01890000-0000-7000-8000-' || substr(cast(1000000000000 + i as text), 2),
        'guest', '01890000-0000-7000-8003-000000000001', 1, 1, 1, 1, 1, 0, 1, 0
    from n",
    "with recursive n (i) as (select 1 union all select i + 1 from n where i < 50000)
    insert into message
        (message_id, conversation_id, position, kind, side, author, client_id, body, revision, sent_at)
    select '01890000-0000-7000-8002-' || substr(cast(1000000000000 + i as text), 2),
        '01890000-0000-7000-8001-' || substr(cast(1000000000000 + i as text), 2), 1, 'text', 'customer',
        '01890000-0000-7000-8000-' || substr(cast(1000000000000 + i as text), 2),
        '01890000-0000-7000-8003-000000000001', 'Hello', 1, (select max(created_at) from site)
    from n",
    "with recursive n (i) as (select 1 union all select i + 1 from n where i < 2000)
    insert into person
        (person_id, kind, display_name, search_name, email, email_as_typed, email_verified, external_id, created_at, updated_at)
    select '01890000-0000-7000-8004-' || substr(cast(1000000000000 + i as text), 2), 'user', 'Somebody', 'somebody',
        'g' || i || '@example.org', null, true, 'many-' || i, 1, 1
    from n",
];

scenarios! {
    async fn the_dry_run_counts_fifty_thousand_guests(site) {
        let ada = site.admin_of(&ADA).await;
        for statement in MANY {
            site.happened(statement).await;
        }
        // What a database does by itself once a table has grown.
        site.happened("analyze").await;
        #[expect(clippy::disallowed_methods, reason = "how long somebody waits is told, and not judged")]
        let began = std::time::Instant::now();
        let outcome = plans(&ada, ConversionPolicy::AutoVerified).await;
        println!("50,000 guests in {:?} on {:?}", began.elapsed(), site.engine());
        // Of the addresses 1 to 2,000 one in a hundred belongs to guests who lost it, in both rounds.
        assert_eq!(outcome, DryRunOutcome {
            guests: 50_000,
            by_address: 2 * 1_980,
            users: 1_980,
            unclaimed: 50_000 - 2 * 1_980,
            ..DryRunOutcome::default()
        });
    }
}
