//! Accounts: three doors with three cookies, and what each of them opens.

use crate::harness::scenarios;
use shared::identity::Session;
use shared::problem::ProblemCode;
use shared::samples::{ADA, MINA};

/// Routes of the chat, which no cookie of the admin page opens.
const CHAT: [&str; 3] = ["/api/session", "/api/conversations", "/api/inbox"];

scenarios! {
    async fn the_admin_pages_cookie_opens_no_route_of_the_chat(site) {
        for person in [&ADA, &MINA] {
            let browser = site.admin_of(person).await;
            for path in CHAT {
                let refused = browser.gets::<Session>(path).await.err().unwrap();
                assert_eq!(refused.code(), ProblemCode::NotFound, "{path}");
            }
            // Nor does it count on a page that vouches for a user or for nobody.
            let refused = browser.clone().on_behalf_of_user().gets::<Session>("/api/inbox").await;
            assert_eq!(refused.err().unwrap().code(), ProblemCode::NoIdentity);
        }
    }
}
