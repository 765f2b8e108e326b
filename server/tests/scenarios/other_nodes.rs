//! R5: what one node has answered, every other one knows (Postgres, three nodes on one database).
//!
//! The law: whoever is answered may ask any node, at once, and finds what they did: words, what was seen, who may do what,
//! whose a conversation is. Seen red with a node that decides by the policy it read last, and with
//! senders who are answered before the commit.

use crate::at_once::saves;
use crate::harness::{Browser, Engine, Site, chance, cora};
use fastrand::Rng;
use serde_json::Value;
use shared::{
    conversation::Conversation,
    identity::Role,
    ids::{ConversationId, GroupId},
    samples::{ADA, MINA, TEO},
};

/// Things done, each on a node of chance.
const DONE: u32 = 120;
/// The same on a machine that has nothing else to do.
const DONE_LONG: u32 = 3_000;

/// Three nodes, and who goes from one to the other.
struct Town<'a> {
    nodes: [&'a Site; 3],
    mina: Browser<'a>,
    teo: Browser<'a>,
    ada: Browser<'a>,
    support: GroupId,
    chance: Rng,
    guests: u32,
    said: u32,
}

/// A guest whose conversation things happen in.
struct Visit<'a> {
    guest: Browser<'a>,
    hall: ConversationId,
}

impl<'a> Town<'a> {
    async fn of(nodes: [&'a Site; 3]) -> Self {
        let site = nodes[0];
        let support = site.app().policy().guest_group().cloned();
        Self {
            nodes,
            mina: site.signed_in(&MINA).await,
            teo: site.signed_in(&TEO).await,
            ada: site.admin_of(&ADA).await,
            support: support.expect("a group answers guests"),
            chance: chance("other nodes"),
            guests: 0,
            said: 0,
        }
    }

    /// One to do something on; the two others are asked.
    fn choose(&mut self) -> (&'a Site, [&'a Site; 2]) {
        self.chance.shuffle(&mut self.nodes);
        let [here, one, other] = self.nodes;
        here.clock.advance(1_000);
        (here, [one, other])
    }

    /// A guest begins.
    async fn begins(&mut self) -> Visit<'a> {
        let (here, others) = self.choose();
        self.guests += 1;
        let peer = format!("10.0.{}.{}", self.guests / 256, self.guests % 256);
        let mut guest = here.browser(cora(self.guests)).behind(peer);
        let hall = guest.starts("Hello").await;
        for node in others {
            assert_eq!(guest.at(node).session().await.role, Role::Guest);
            assert_eq!(guest.at(node).reads(&hall).await.unwrap().messages.len(), 1);
            let newest = self
                .mina
                .at(node)
                .reads_inbox()
                .await
                .conversations
                .remove(0);
            assert_eq!(newest.conversation_id, hall);
        }
        Visit { guest, hall }
    }

    async fn speaks(&mut self, Visit { guest, hall }: &Visit<'a>) {
        let (here, others) = self.choose();
        let (who, listener) = match self.chance.bool() {
            true => (guest, &self.mina),
            false => (&self.mina, guest),
        };
        self.said += 1;
        let text = format!("What one node was told, number {}", self.said);
        let sent = who.at(here).says(hall, &text).await;
        for node in others {
            let thread = listener.at(node).reads(hall).await.unwrap();
            assert!(thread.messages.last() == Some(&sent.message));
            assert_eq!(thread.conversation.revision, sent.revision);
            let row = self
                .mina
                .at(node)
                .reads_inbox()
                .await
                .conversations
                .remove(0);
            assert_eq!(row.last_position, sent.message.position);
        }
    }

    async fn looks(&mut self, Visit { guest, hall }: &Visit<'a>) {
        let (here, others) = self.choose();
        let by_guest = self.chance.bool();
        let (who, other) = match by_guest {
            true => (guest, &self.mina),
            false => (&self.mina, guest),
        };
        let last = who.at(here).looks_at(hall).await.unwrap().last_position;
        who.at(here).sees(hall, last.0).await.unwrap();
        for node in others {
            let seen = |head: Conversation| match by_guest {
                true => head.customer_seen,
                false => head.staff_seen,
            };
            assert_eq!(who.at(node).looks_at(hall).await.unwrap().own_seen, last);
            assert_eq!(seen(other.at(node).looks_at(hall).await.unwrap()), last);
        }
    }

    /// An admin calls the site something else.
    async fn is_renamed(&mut self, visit: &Visit<'a>) {
        let (here, others) = self.choose();
        let name = format!("Lantern {}", self.chance.u32(..));
        saves(&self.ada.at(here), |settings| {
            settings.site_name = name.clone()
        })
        .await;
        for node in others {
            assert_eq!(visit.guest.at(node).session().await.site.site_name, name);
            assert_eq!(node.browser(cora(0)).session().await.site.site_name, name);
        }
    }

    /// Teo leaves the group that answers guests, and comes back.
    async fn is_dismissed(&mut self, visit: &Visit<'a>) {
        let teo = self.teo.person_id().await;
        let (here, others) = self.choose();
        self.ada.at(here).takes_out(&self.support, &teo).await;
        for node in others {
            let refused = self.teo.at(node).gets::<Value>("/api/inbox").await.err();
            assert_eq!(refused.unwrap().status, 404);
            let refused = self.teo.at(node).reads(&visit.hall).await.err();
            assert_eq!(refused.unwrap().status, 404);
        }
        let (here, others) = self.choose();
        self.ada.at(here).puts_in(&self.support, &teo).await;
        for node in others {
            assert_eq!(self.teo.at(node).session().await.role, Role::Agent);
            assert!(self.teo.at(node).reads(&visit.hall).await.is_ok());
        }
    }

    /// The guest becomes a user, who signs out in the end.
    async fn is_converted(&mut self, Visit { guest, hall }: Visit<'a>) {
        let (here, others) = self.choose();
        let mut user = guest.at(here).on_behalf_of_user();
        user.signs_in().await;
        for node in others {
            assert_eq!(guest.at(node).reads(&hall).await.err().unwrap().status, 401);
            assert!(user.at(node).reads(&hall).await.is_ok());
            let customer = self.mina.at(node).looks_at(&hall).await.unwrap().customer;
            assert_eq!(
                customer.unwrap().kind,
                shared::conversation::CustomerKind::User
            );
        }
        let (here, others) = self.choose();
        user.at(here).signs_out().await;
        for node in others {
            assert_eq!(user.at(node).session().await.role, Role::Visitor);
            assert_eq!(user.at(node).reads(&hall).await.err().unwrap().status, 401);
        }
    }
}

async fn everybody_knows(mut town: Town<'_>) {
    let many = match std::env::var_os("PORCHLIGHT_TEST_LONG") {
        Some(_) => DONE_LONG,
        None => DONE,
    };
    let mut visit = town.begins().await;
    for _ in 0..many {
        match town.chance.u32(..12) {
            0..5 => town.speaks(&visit).await,
            5..8 => town.looks(&visit).await,
            8 => town.is_renamed(&visit).await,
            9 => town.is_dismissed(&visit).await,
            _ => {
                town.is_converted(visit).await;
                visit = town.begins().await;
            }
        }
    }
    println!("{many} things done, each known to the two others at once.");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r5_what_one_node_has_answered_the_others_know() {
    Site::tell(Engine::Postgres, async |here| {
        let (there, yonder) = (here.another_node().await, here.another_node().await);
        everybody_knows(Town::of([here, &there, &yonder]).await).await;
        there.stop().await;
        yonder.stop().await;
    })
    .await;
}
