//! Who is told what: facts in, deliveries out.
//!
//! The law: nothing is sent here. A fact is what a commit changed; a delivery is one event for one audience.

use super::rules::Sight;
use crate::realtime::delivery::{Audience, Delivery};
use shared::{
    conversation::{Conversation, Message, Side},
    identity::Role,
    ids::{ConversationId, PersonId, Position, Revision},
    realtime::{ConversationChanged, ConversationStarted, Event, MessageSent, SeenAdvanced},
};

/// What a commit changed.
#[derive(Clone)]
pub enum Fact {
    Started {
        owner: PersonId,
        /// The head as its customer sees it.
        for_customer: Box<Conversation>,
        /// The head as staff see it.
        for_staff: Box<Conversation>,
        message: Box<Message>,
    },
    /// A direct conversation began.
    StartedDirect {
        owner: PersonId,
        peer: PersonId,
        for_owner: Box<Conversation>,
        for_peer: Box<Conversation>,
        message: Box<Message>,
    },
    Sent {
        conversation_id: ConversationId,
        owner: PersonId,
        peer: Option<PersonId>,
        revision: Revision,
        message: Box<Message>,
    },
    SeenAdvanced {
        conversation_id: ConversationId,
        owner: PersonId,
        peer: Option<PersonId>,
        revision: Revision,
        side: Side,
        person_id: PersonId,
        position: Position,
    },
    /// Something else about it: a block.
    Changed {
        conversation_id: ConversationId,
        owner: PersonId,
        peer: Option<PersonId>,
        revision: Revision,
    },
}

impl Fact {
    /// Whose conversation it is about.
    pub const fn owner(&self) -> &PersonId {
        match self {
            Self::Started { owner, .. }
            | Self::StartedDirect { owner, .. }
            | Self::Sent { owner, .. }
            | Self::SeenAdvanced { owner, .. }
            | Self::Changed { owner, .. } => owner,
        }
    }
}

/// What the readers are told about it.
///
/// A conversation of somebody who answers customers themselves is in nobody's inbox, so only they are told. A direct
/// conversation is its two people's.
///
/// An event is encoded once for everybody who is told, so where agents see less of a customer than admins do, these are
/// two events.
pub fn deliveries(fact: Fact, owner_role: Role, of_agents: Sight) -> Vec<Delivery> {
    let for_everybody = everybody(fact, of_agents);
    if !owner_role.is_staff() {
        return for_everybody;
    }
    let for_owner = |delivery: Delivery| match delivery.audience {
        Audience::Staff
        | Audience::Agents
        | Audience::Admins
        | Audience::Users
        | Audience::Everyone => None,
        Audience::Conversation { owner } => Some(Delivery {
            audience: Audience::Person(owner),
            ..delivery
        }),
        Audience::Person(_) | Audience::Pair { .. } => Some(delivery),
    };
    for_everybody.into_iter().filter_map(for_owner).collect()
}

/// Whoever may see a conversation.
pub fn audience(owner: PersonId, peer: Option<PersonId>) -> Audience {
    match peer {
        Some(peer) => Audience::Pair { owner, peer },
        None => Audience::Conversation { owner },
    }
}

fn everybody(fact: Fact, of_agents: Sight) -> Vec<Delivery> {
    match fact {
        Fact::Started {
            owner,
            for_customer,
            for_staff,
            message,
        } => {
            let mut told = for_each_of_the_staff(&owner, *for_staff, &message, of_agents);
            let event = started(*for_customer, *message);
            told.push(Delivery::to(Audience::Person(owner), event));
            told
        }
        Fact::StartedDirect {
            owner,
            peer,
            for_owner,
            for_peer,
            message,
        } => vec![
            Delivery::to(
                Audience::Person(peer),
                started(*for_peer, (*message).clone()),
            ),
            Delivery::to(Audience::Person(owner), started(*for_owner, *message)),
        ],
        Fact::Sent {
            conversation_id,
            owner,
            peer,
            revision,
            message,
        } => vec![Delivery::to(
            audience(owner, peer),
            Event::MessageSent(MessageSent {
                conversation_id,
                revision,
                message: *message,
            }),
        )],
        Fact::SeenAdvanced {
            conversation_id,
            owner,
            peer,
            revision,
            side,
            person_id,
            position,
        } => {
            let told = |person_id| {
                Event::SeenAdvanced(SeenAdvanced {
                    conversation_id: conversation_id.clone(),
                    revision,
                    side,
                    person_id,
                    position,
                })
            };
            seen(owner, peer, side, person_id, told)
        }
        Fact::Changed {
            conversation_id,
            owner,
            peer,
            revision,
        } => vec![Delivery::to(
            audience(owner, peer),
            Event::ConversationChanged(ConversationChanged {
                conversation_id,
                revision,
            }),
        )],
    }
}

/// A conversation began, for staff: for all of them alike where they see alike.
fn for_each_of_the_staff(
    owner: &PersonId,
    whole: Conversation,
    message: &Message,
    of_agents: Sight,
) -> Vec<Delivery> {
    let told = |audience, conversation| {
        Delivery::to(audience, started(conversation, message.clone())).except(owner.clone())
    };
    let mut for_agents = whole.clone();
    if let Some(customer) = &mut for_agents.customer {
        of_agents.cover(customer);
    }
    if for_agents == whole {
        return vec![told(Audience::Staff, whole)];
    }
    vec![
        told(Audience::Agents, for_agents),
        told(Audience::Admins, whole),
    ]
}

const fn started(conversation: Conversation, message: Message) -> Event {
    Event::ConversationStarted(ConversationStarted {
        conversation,
        message,
    })
}

/// Which of the agents looked is nothing that a customer is told; the two of a direct conversation know each other.
fn seen(
    owner: PersonId,
    peer: Option<PersonId>,
    side: Side,
    person_id: PersonId,
    told: impl Fn(Option<PersonId>) -> Event,
) -> Vec<Delivery> {
    if peer.is_some() {
        return vec![Delivery::to(audience(owner, peer), told(Some(person_id)))];
    }
    let for_customer = told((side == Side::Customer).then(|| person_id.clone()));
    vec![
        Delivery::to(Audience::Staff, told(Some(person_id))).except(owner.clone()),
        Delivery::to(Audience::Person(owner), for_customer),
    ]
}

#[cfg(test)]
mod tests {
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
}
