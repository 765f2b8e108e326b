//! What each sample is an example of.

/// A route with what is said to it, and what it answers.
pub struct Exchange {
    pub route: &'static str,
    pub says: Option<&'static str>,
    pub answers: &'static [(&'static str, &'static str)],
}

const fn exchange(
    route: &'static str,
    says: Option<&'static str>,
    answers: &'static [(&'static str, &'static str)],
) -> Exchange {
    Exchange {
        route,
        says,
        answers,
    }
}

/// **Shape**: in the order in which somebody comes to them.
pub const EXCHANGES: &[Exchange] = &[
    exchange(
        "GET /api/session",
        None,
        &[
            ("Answers a visitor", "session_of_visitor"),
            ("A guest", "session_of_guest"),
            ("A user", "session_of_user"),
            ("An agent", "session_of_agent"),
            ("An admin", "session_of_admin"),
        ],
    ),
    exchange("POST /api/guest", Some("start_chat"), &[]),
    exchange("POST /api/session", Some("sign_in"), &[]),
    exchange(
        "POST /api/conversations",
        Some("start_conversation"),
        &[("Answers", "started")],
    ),
    exchange(
        "GET /api/conversations",
        None,
        &[("Answers", "conversation_page")],
    ),
    exchange("GET /api/inbox", None, &[("Answers", "inbox_page")]),
    exchange(
        "GET /api/conversations/{id}/messages",
        None,
        &[("Answers", "thread")],
    ),
    exchange(
        "POST /api/conversations/{id}/messages",
        Some("send_message"),
        &[("Answers", "sent")],
    ),
    exchange(
        "PUT /api/conversations/{id}/seen",
        Some("advance_seen"),
        &[],
    ),
    exchange(
        "POST /api/conversations/{id}/report",
        Some("report_message"),
        &[],
    ),
    exchange(
        "GET /api/admin/conversations",
        None,
        &[("Answers", "admin_conversation_page")],
    ),
    exchange(
        "GET /api/admin/conversations/{id}/messages",
        None,
        &[("Answers", "admin_thread")],
    ),
    exchange("GET /api/admin/blocks", None, &[("Answers", "block_page")]),
    exchange(
        "GET /api/admin/reports",
        None,
        &[("Answers", "report_page")],
    ),
    exchange(
        "GET /api/admin/activity",
        None,
        &[("Answers", "activity_page")],
    ),
];

/// What travels inside something else.
pub const SIGHTS: &[(&str, &str)] = &[("Settings, inside what the admin page reads", "settings")];
