//! The site, its people, and what they can do.

/// What people with an account do.
mod account;
/// Codes by mail.
mod codes;
/// Guests who become users.
mod conversion;
/// What is left of somebody: in the files, and in backups.
mod gone;
/// Groups.
mod groups;
/// The host's server.
mod host;
/// Servers that are stopped, started again, killed; and several of them on one database.
mod node;
/// Whoever opens a browser.
mod person;
/// A mail server of the test's own.
mod post_office;
/// Where webhooks lead.
mod receiver;
/// Blocks and reports.
mod safety;
/// A corner of its own in the Postgres server of the tests.
mod schema;
/// A server of one's own, set up.
mod site;
/// A socket, as a frame has it.
mod socket;
/// What the host site signs for its people.
mod tokens;
/// What people say and read.
mod words;

use shared::samples::{CORA, Person};
use std::time::Duration;

pub use account::{NEXT, WRONG};
pub use groups::Office;
pub use host::{EVERYTHING, HostServer, user_path};
pub use person::{Answer, Browser, Refused};
pub use post_office::{Letter, MAIL_PASSWORD, MAIL_USER, PostOffice};
pub use receiver::{HANGS, Receiver};
pub use site::{Engine, ORIGIN, PASSWORD, Site};
pub use socket::{Came, Socket, request as socket_request};

/// The two seconds that are promised to whoever may no longer listen, and a little for a busy machine.
pub const IN_TIME: Duration = Duration::from_secs(4);

/// Cora once more, under a key and an address of her own: where there have to be many.
pub fn cora(number: u32) -> &'static Person {
    let mut person = CORA;
    person.key = format!("cora-{number}").leak();
    person.email = format!("cora-{number}@example.org").leak();
    Box::leak(Box::new(person))
}

/// Chance for one test; printed, and repeatable by PORCHLIGHT_TEST_SEED as far as threads and the network allow.
pub fn chance(test: &str) -> fastrand::Rng {
    let given = std::env::var("PORCHLIGHT_TEST_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let seed = given.unwrap_or_else(|| fastrand::u64(..));
    println!("{test}: PORCHLIGHT_TEST_SEED={seed}");
    fastrand::Rng::with_seed(seed)
}

/// Writes each scenario twice: on SQLite, and on Postgres where there is one.
macro_rules! scenarios {
    ($($(#[$meta:meta])* async fn $name:ident($site:ident) $body:block)*) => {$(
        $(#[$meta])*
        mod $name {
            use super::*;

            async fn story($site: &$crate::harness::Site) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                $crate::harness::Site::tell($crate::harness::Engine::Sqlite, async |site| story(site).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                $crate::harness::Site::tell($crate::harness::Engine::Postgres, async |site| story(site).await).await;
            }
        }
    )*};
}
pub(crate) use scenarios;
