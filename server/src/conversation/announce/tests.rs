//! Who is told what, fact by fact.

use super::*;
use crate::conversation::rules::sight;
use shared::{
    samples::{CORA, MINA, NOOR, TEO, conversation, conversation_id, messages},
    settings::{Settings, Switch},
};

fn told(fact: Fact, owner_role: Role) -> Vec<(Audience, Option<PersonId>, Option<PersonId>)> {
    deliveries(fact, owner_role, sight(Role::Agent, &Settings::default()))
        .into_iter()
        .map(|delivery| {
            let names = match delivery.event {
                Event::SeenAdvanced(seen) => seen.person_id,
                _ => None,
            };
            (delivery.audience, delivery.except, names)
        })
        .collect()
}

fn seen(side: Side, person_id: PersonId) -> Fact {
    Fact::SeenAdvanced {
        conversation_id: conversation_id(1),
        owner: CORA.person_id(),
        peer: None,
        revision: Revision(7),
        side,
        person_id,
        position: Position(4),
    }
}

#[test]
fn a_message_is_one_event_for_staff_and_its_customer() {
    let owner = CORA.person_id();
    let sent = Fact::Sent {
        conversation_id: conversation_id(1),
        owner: owner.clone(),
        peer: None,
        revision: Revision(7),
        message: Box::new(messages().remove(0)),
    };
    assert_eq!(
        told(sent.clone(), Role::Guest),
        [(
            Audience::Conversation {
                owner: owner.clone()
            },
            None,
            None
        )]
    );
    assert_eq!(
        told(sent, Role::Agent),
        [(Audience::Person(owner), None, None)]
    );
}

#[test]
fn customers_do_not_learn_which_of_the_staff_looked() {
    let (cora, mina) = (CORA.person_id(), MINA.person_id());
    let by_staff = told(seen(Side::Staff, mina.clone()), Role::Guest);
    assert_eq!(
        by_staff,
        [
            (Audience::Staff, Some(cora.clone()), Some(mina)),
            (Audience::Person(cora.clone()), None, None),
        ]
    );
    let by_customer = told(seen(Side::Customer, cora.clone()), Role::Guest);
    assert_eq!(
        by_customer[1],
        (Audience::Person(cora.clone()), None, Some(cora))
    );
}

#[test]
fn a_direct_conversation_is_told_to_its_two_and_never_to_staff() {
    let (owner, peer) = (NOOR.person_id(), TEO.person_id());
    let pair = Audience::Pair {
        owner: owner.clone(),
        peer: peer.clone(),
    };
    let head = Box::new(shared::samples::conversation());
    let message = Box::new(messages().remove(0));
    // Whatever the two are besides.
    for role in [Role::User, Role::Agent, Role::Admin] {
        let sent = Fact::Sent {
            conversation_id: conversation_id(1),
            owner: owner.clone(),
            peer: Some(peer.clone()),
            revision: Revision(7),
            message: message.clone(),
        };
        assert_eq!(told(sent, role), [(pair.clone(), None, None)]);
        let seen = Fact::SeenAdvanced {
            conversation_id: conversation_id(1),
            owner: owner.clone(),
            peer: Some(peer.clone()),
            revision: Revision(7),
            side: Side::Staff,
            person_id: peer.clone(),
            position: Position(4),
        };
        assert_eq!(
            told(seen, role),
            [(pair.clone(), None, Some(peer.clone()))],
            "and each knows that the other looked"
        );
        let changed = Fact::Changed {
            conversation_id: conversation_id(1),
            owner: owner.clone(),
            peer: Some(peer.clone()),
            revision: Revision(7),
        };
        assert_eq!(told(changed, role), [(pair.clone(), None, None)]);
        let started = Fact::StartedDirect {
            owner: owner.clone(),
            peer: peer.clone(),
            for_owner: head.clone(),
            for_peer: head.clone(),
            message: message.clone(),
        };
        assert_eq!(
            told(started, role),
            [
                (Audience::Person(peer.clone()), None, None),
                (Audience::Person(owner.clone()), None, None)
            ]
        );
    }
}

#[test]
fn agents_are_told_no_address_where_they_may_not_see_it_and_admins_are() {
    let settings = Settings {
        agents_see_addresses: Switch::Off,
        ..Settings::default()
    };
    let fact = Fact::Started {
        owner: CORA.person_id(),
        for_customer: Box::new(conversation()),
        for_staff: Box::new(conversation()),
        message: Box::new(messages().remove(0)),
    };
    let told: Vec<(Audience, Option<String>)> =
        deliveries(fact, Role::Guest, sight(Role::Agent, &settings))
            .into_iter()
            .filter(|delivery| !matches!(delivery.audience, Audience::Person(_)))
            .map(|delivery| match delivery.event {
                Event::ConversationStarted(started) => (
                    delivery.audience,
                    started.conversation.customer.unwrap().email,
                ),
                _ => panic!("a conversation began"),
            })
            .collect();
    assert_eq!(
        told,
        [
            (Audience::Agents, None),
            (Audience::Admins, Some(CORA.email.to_owned()))
        ]
    );
}
