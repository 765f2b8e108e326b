//! What the hub promises, without a network.

use super::*;
use shared::{
    realtime::Pinged,
    samples::{CORA, IDRIS, MINA, NOON_ISH, Person, TEO},
    settings::GuestDoor,
};

fn hub() -> Hub {
    Hub::new(Clock::stepped(NOON_ISH))
}

fn listener(person: &Person, role: Role) -> Listener {
    Listener {
        person_id: person.person_id(),
        role,
        session: TokenHash::of(person.key.as_bytes()),
        encoding: Encoding::Json,
    }
}

fn event() -> Event {
    Event::Pinged(Pinged {
        server_time: NOON_ISH,
    })
}

fn to(audience: Audience) -> [Delivery; 1] {
    [Delivery::to(audience, event())]
}

#[test]
fn a_full_queue_is_cut_off_and_nobody_else_is() {
    let hub = hub();
    let mut asleep = hub.enter(listener(&MINA, Role::Agent));
    let mut awake = hub.enter(listener(&TEO, Role::Agent));
    for _ in 0..OUTBOX {
        hub.deliver(&to(Audience::Staff));
        assert!(awake.outbox.try_recv().is_ok());
    }
    assert!(asleep.closed.try_recv().is_err(), "what fits is kept");
    hub.deliver(&to(Audience::Staff));
    assert_eq!(asleep.closed.try_recv(), Ok(Closing::Resync));
    assert_eq!(asleep.outbox.len(), OUTBOX, "and not one more is");
    assert!(awake.outbox.try_recv().is_ok() && awake.closed.try_recv().is_err());
    assert_eq!(hub.count(), 1);
}

#[test]
fn each_audience_is_told_once_and_nobody_else() {
    let hub = hub();
    let (cora, mina) = (CORA.person_id(), MINA.person_id());
    let mut sockets = [
        hub.enter(listener(&CORA, Role::Guest)),
        hub.enter(listener(&IDRIS, Role::Guest)),
        hub.enter(listener(&MINA, Role::Agent)),
        hub.enter(listener(&TEO, Role::Admin)),
    ];
    let mut told = |deliveries: &[Delivery]| {
        hub.deliver(deliveries);
        sockets.each_mut().map(|socket| {
            let waiting = socket.outbox.len();
            while socket.outbox.try_recv().is_ok() {}
            waiting
        })
    };
    assert_eq!(told(&to(Audience::Everyone)), [1, 1, 1, 1]);
    assert_eq!(told(&to(Audience::Staff)), [0, 0, 1, 1]);
    assert_eq!(told(&to(Audience::Users)), [0, 0, 1, 1]);
    assert_eq!(told(&to(Audience::Person(cora.clone()))), [1, 0, 0, 0]);
    assert_eq!(
        told(&to(Audience::Conversation {
            owner: cora.clone()
        })),
        [1, 0, 1, 1]
    );
    assert_eq!(
        told(&to(Audience::Conversation {
            owner: mina.clone()
        })),
        [0, 0, 1, 1],
        "an agent who is the customer"
    );
    assert_eq!(
        told(&to(Audience::Pair {
            owner: cora.clone(),
            peer: mina.clone()
        })),
        [1, 0, 1, 0],
        "staff who are not one of the two hear nothing"
    );
    let typing = Delivery::to(Audience::Conversation { owner: cora }, event()).except(mina);
    assert_eq!(told(&[typing]), [1, 0, 0, 1]);
}

#[test]
fn who_loses_the_staffs_powers_is_cut_off_and_who_gains_them_looks_again() {
    let hub = hub();
    let mut loses = hub.enter(listener(&MINA, Role::Agent));
    let mut gains = hub.enter(listener(&TEO, Role::User));
    let mut guest = hub.enter(listener(&CORA, Role::Guest));
    let teo = TEO.person_id();
    hub.apply_roles(|person_id| {
        if *person_id == teo {
            Role::Agent
        } else {
            Role::User
        }
    });
    assert_eq!(loses.closed.try_recv(), Ok(Closing::Forbidden));
    assert_eq!(gains.outbox.len(), 1);
    assert!(guest.closed.try_recv().is_err() && guest.outbox.is_empty());
    hub.deliver(&to(Audience::Staff));
    assert_eq!((gains.outbox.len(), loses.outbox.len()), (2, 0));
    assert!(gains.outbox.try_recv().is_ok());
}

#[test]
fn the_oldest_hidden_socket_of_a_session_makes_way() {
    let hub = hub();
    let mut own: Vec<Ticket> = (0..shared::limits::SOCKETS_PER_SESSION)
        .map(|_| hub.enter(listener(&CORA, Role::Guest)))
        .collect();
    let mut others = hub.enter(listener(&IDRIS, Role::Guest));
    hub.look(own[0].socket_id, Visibility::Visible);
    let newest = hub.enter(listener(&CORA, Role::Guest));
    assert_eq!(own[1].closed.try_recv(), Ok(Closing::Replaced));
    assert!(own[0].closed.try_recv().is_err() && others.closed.try_recv().is_err());
    for ticket in own.iter().chain([&newest]) {
        hub.look(ticket.socket_id, Visibility::Visible);
    }
    hub.enter(listener(&CORA, Role::Guest));
    assert_eq!(
        own[0].closed.try_recv(),
        Ok(Closing::Replaced),
        "where none is hidden, the oldest"
    );
}

#[test]
fn a_visitor_is_told_what_anybody_may_see_and_nothing_else() {
    let hub = hub();
    let mut visitor = hub.enter_visitor(Encoding::Json);
    let mina = hub.enter(listener(&MINA, Role::Agent));
    for audience in [
        Audience::Staff,
        Audience::Users,
        Audience::Agents,
        Audience::Admins,
        Audience::Person(CORA.person_id()),
        Audience::Conversation {
            owner: CORA.person_id(),
        },
        Audience::Pair {
            owner: CORA.person_id(),
            peer: MINA.person_id(),
        },
    ] {
        hub.deliver(&to(audience));
    }
    assert_eq!(visitor.outbox.len(), 0);
    hub.deliver(&to(Audience::Everyone));
    assert_eq!(visitor.outbox.len(), 1);
    hub.set_door(GuestDoor::Closed);
    hub.look(mina.socket_id, Visibility::Visible);
    assert_eq!(
        visitor.outbox.len(),
        1,
        "who is there behind a closed door is not told"
    );
    hub.set_door(GuestDoor::Open);
    hub.leave(mina.socket_id);
    assert_eq!(hub.count(), 1);
    for _ in 0..visitors::OUTBOX {
        hub.deliver(&to(Audience::Everyone));
    }
    assert_eq!(
        visitor.closed.try_recv(),
        Ok(Closing::Resync),
        "who does not read is cut off"
    );
    assert_eq!(hub.count(), 0);
    let mut other = hub.enter_visitor(Encoding::Postcard);
    hub.say_goodbye(|| 1);
    assert_eq!(other.closed.try_recv(), Ok(Closing::GoingAway));
    assert_eq!(other.outbox.len(), 1);
}
