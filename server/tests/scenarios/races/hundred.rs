//! R7: a hundred open sockets, of which most lose what they were for, all at once.
//!
//! The law: whoever signs out, is converted, loses the group or the key that vouched for them is cut off within two
//! seconds and refused by HTTP at once; what was blocked or given back reaches nobody it should not; nobody else
//! notices anything. On Postgres the sockets are on the other node than the changes.

use crate::{
    harness::{Browser, IN_TIME, Site, Socket, cora, scenarios},
    keys::{hs256, makes, token, with_secret},
};
use futures_util::future::join_all;
use porchlight::group::change::remove_member;
use serde_json::json;
use shared::{
    identity::Session,
    ids::{ConversationId, PersonId},
    problem::ProblemCode,
    realtime::{Event, close},
    safety::BlockScope,
    samples::{ADA, GUEST_GROUP, MINA, TEO},
};
use std::time::Instant;

/// Of each fate; with two desks of agents that makes a hundred.
const OF_EACH: u32 = 14;

/// What happens to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    SignsOut,
    /// A guest whose user signs in elsewhere.
    IsConverted,
    LosesTheGroup,
    LosesTheKey,
    /// A user to whom a guest's conversation came, and goes back.
    IsTakenBack,
    /// A guest. Nobody tells them.
    IsBlocked,
    Nothing,
}
use Fate::{IsBlocked, IsConverted, IsTakenBack, LosesTheGroup, LosesTheKey, Nothing, SignsOut};

/// The agents last: no guest may begin under their name.
const FATES: [Fate; 7] = [
    SignsOut,
    IsConverted,
    LosesTheKey,
    IsTakenBack,
    IsBlocked,
    Nothing,
    LosesTheGroup,
];

/// Somebody with the chat open.
struct Place<'a> {
    fate: Fate,
    browser: Browser<'a>,
    /// The guest's, where there is another one.
    guest: Option<Browser<'a>>,
    conversation_id: Option<ConversationId>,
    socket: Socket,
}

/// Two nodes on Postgres, one on SQLite; and what everybody's fate takes.
struct World<'a> {
    /// Where things are changed.
    here: &'a Site,
    /// Where the sockets are.
    there: &'a Site,
    ada: Browser<'a>,
    mina: Browser<'a>,
    mina_id: PersonId,
    secret: String,
}

impl<'a> World<'a> {
    async fn open(here: &'a Site, there: &'a Site) -> Self {
        let (mut ada, mina) = (here.admin_of(&ADA).await, here.signed_in(&MINA).await);
        let made = makes(&mut ada, &hs256("spring")).await.unwrap();
        there.settles().await;
        Self {
            here,
            there,
            mina_id: mina.session().await.person.unwrap().person_id,
            ada,
            mina,
            secret: made.secret.unwrap(),
        }
    }

    async fn seats(&self, number: u32, fate: Fate) -> Place<'a> {
        let person = cora(number);
        let guest = self.here.browser(person).behind(format!("10.9.{number}.1"));
        let user = guest.clone().on_behalf_of_user();
        let (browser, guest, conversation_id) = match fate {
            IsConverted | IsBlocked | Nothing => {
                let mut guest = guest;
                let conversation_id = guest.starts("Hello").await;
                (guest, None, Some(conversation_id))
            }
            IsTakenBack => {
                let (mut guest, mut user) = (guest, user);
                let conversation_id = guest.starts("Hello").await;
                user.signs_in_verified().await;
                (user, Some(guest), Some(conversation_id))
            }
            LosesTheKey => {
                let mut user = user;
                let signed = token(
                    &self.here.claims(person),
                    "spring",
                    "HS256",
                    with_secret(&self.secret),
                );
                user.signs_in_with(&signed).await;
                (user, None, None)
            }
            SignsOut | LosesTheGroup => {
                let mut user = user;
                user.signs_in().await;
                if fate == LosesTheGroup {
                    self.here.joins(person).await;
                }
                (user, None, None)
            }
        };
        let browser = browser.at(self.there);
        let socket = browser.listens().await;
        Place {
            fate,
            browser,
            guest,
            conversation_id,
            socket,
        }
    }

    /// Lets it happen, and sees at once by HTTP that it did, on both nodes.
    async fn befalls(&self, place: &Place<'a>) {
        let Place {
            fate,
            browser,
            conversation_id,
            ..
        } = place;
        let hall = conversation_id.as_ref();
        match fate {
            // In the very tab, so on its node.
            SignsOut => browser.clone().signs_out().await,
            IsConverted => {
                let mut user = Browser::user(self.here, browser.person);
                let claims = self.here.verified_claims(browser.person);
                user.brings(&claims).await.read::<Session>().unwrap();
            }
            LosesTheGroup => self.leaves(browser.person.key).await,
            IsTakenBack => {
                self.ada.undoes_latest(hall.unwrap()).await;
            }
            IsBlocked => {
                let blocked = browser.session().await.person.unwrap().person_id;
                let hall = hall.unwrap();
                self.here
                    .blocks(&self.mina_id, &blocked, BlockScope::Site, hall)
                    .await;
            }
            LosesTheKey | Nothing => return,
        }
        for node in [self.here, self.there] {
            self.is_refused(&browser.at(node), *fate, hall).await;
        }
    }

    async fn is_refused(&self, browser: &Browser<'_>, fate: Fate, hall: Option<&ConversationId>) {
        match fate {
            SignsOut | LosesTheKey => assert_eq!(
                browser.status_of("/api/conversations").await,
                401,
                "{fate:?}"
            ),
            LosesTheGroup => assert_eq!(browser.status_of("/api/inbox").await, 404),
            IsConverted => assert_eq!(
                browser.reads(hall.unwrap()).await.err().unwrap().status,
                401
            ),
            IsTakenBack => assert_eq!(
                browser.reads(hall.unwrap()).await.err().unwrap().status,
                404
            ),
            IsBlocked => {
                let body =
                    json!({ "client_id": browser.client_id(), "text": "Hello?", "reply_to": null });
                let path = format!("/api/conversations/{}/messages", hall.unwrap());
                let answer = browser.posts("POST", &path, body.to_string()).await;
                assert_eq!(
                    answer.read::<()>().err().unwrap().code(),
                    ProblemCode::Undeliverable
                );
            }
            Nothing => {}
        }
    }

    async fn leaves(&self, key: &'static str) {
        let (by, app) = (self.here.by(), self.here.app());
        let removed = app.writer.run((by, key), |tx, (by, key)| {
            Box::pin(remove_member(tx, by, GUEST_GROUP, key))
        });
        assert!(removed.await.unwrap().is_ok());
    }
}

/// Reads on until it is closed. **Shape**: the code it was closed with.
async fn is_closed_in_time(socket: &mut Socket, since: Instant) -> Option<u16> {
    let (_, code) = socket.is_closed().await;
    assert!(since.elapsed() < IN_TIME, "after {:?}", since.elapsed());
    code
}

/// What is said to everybody who stays: each hears it, and of no other conversation.
async fn goes_on(world: &World<'_>, place: &mut Place<'_>) {
    let hall = place.conversation_id.clone().unwrap();
    if place.fate == IsTakenBack {
        let guest = place.guest.as_ref().unwrap();
        guest.at(world.there).says(&hall, "I am back").await;
        assert_eq!(
            guest
                .reads(&hall)
                .await
                .unwrap()
                .conversation
                .conversation_id,
            hall
        );
        return;
    }
    if place.fate == IsBlocked {
        // They are told nothing, and still hear what staff say: nobody says anything while they block.
        return;
    }
    // Nodes do not tell each other what was said (yet): it is said where they listen.
    let mina = world.mina.at(world.there);
    mina.says(&hall, &format!("Still here, {}?", place.browser.person.key))
        .await;
    let told = place.socket.hears_of(|event| match event {
        Event::MessageSent(sent) => Some(sent),
        _ => None,
    });
    assert_eq!(told.await.conversation_id, hall);
}

scenarios! {
    async fn r7_of_a_hundred_open_sockets_those_are_cut_off_that_should_be_and_no_others(site) {
        let second = match site.is_sqlite() {
            true => None,
            false => Some(site.another_node().await),
        };
        let world = World::open(site, second.as_ref().unwrap_or(site)).await;
        let seats = (0..OF_EACH * 7).map(|number| world.seats(number, FATES[(number / OF_EACH) as usize]));
        let mut places = Vec::new();
        for seat in seats {
            places.push(seat.await);
        }
        let desk = async |person| site.signed_in(person).await.at(world.there).listens().await;
        let mut desks = [desk(&MINA).await, desk(&TEO).await];
        site.settles().await;
        world.there.settles().await;

        #[expect(clippy::disallowed_methods, reason = "the promise is about true time")]
        let since = Instant::now();
        let mut ada = world.ada.clone();
        let kills = async { assert_eq!(ada.asks("DELETE", "/api/admin/keys/spring").await.status, 200) };
        tokio::join!(join_all(places.iter().map(|place| world.befalls(place))), kills);
        for place in places.iter().filter(|place| place.fate == LosesTheKey) {
            world.is_refused(&place.browser, LosesTheKey, None).await;
        }
        let closings = places.iter_mut().map(async |place| {
            let expected = match place.fate {
                SignsOut | IsConverted | LosesTheKey => close::SIGNED_OUT,
                LosesTheGroup => close::FORBIDDEN,
                IsTakenBack | IsBlocked | Nothing => return,
            };
            assert_eq!(is_closed_in_time(&mut place.socket, since).await, Some(expected), "{:?}", place.fate);
        });
        join_all(closings).await;
        let staying = places.iter_mut().filter(|place| place.conversation_id.is_some() && place.fate != IsConverted);
        join_all(staying.map(|place| goes_on(&world, place))).await;
        for place in places {
            match place.fate {
                IsTakenBack => {
                    let (heard, _) = place.socket.into_silence().await;
                    assert!(!heard.iter().any(|event| matches!(event, Event::MessageSent(_))), "what is the guest's again");
                }
                IsBlocked | Nothing => {
                    place.socket.into_silence().await;
                }
                _ => {}
            }
        }
        for desk in &mut desks {
            // The agents hear of the fourteen guests who are back, and of nobody who is blocked.
            let mut back = 0;
            while back < OF_EACH {
                let text = desk.hears_of(|event| match event {
                    Event::MessageSent(sent) => Some(sent.message.text),
                    _ => None,
                }).await;
                assert_ne!(text, "Hello?");
                back += u32::from(text == "I am back");
            }
        }
        if let Some(second) = second {
            second.stop().await;
        }
    }
}
