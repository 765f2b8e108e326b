//! Who is told what: facts in, deliveries out.
//!
//! The law: nothing is sent here. A fact is what a commit changed; a delivery is one event for one audience.

use super::rules::Sight;
use crate::conversion::announce as conversion;
use crate::identity::token::TokenHash;
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
    /// It changed hands.
    Converted {
        conversation_id: ConversationId,
        /// Whose it is now.
        owner: PersonId,
        revision: Revision,
        /// The head as they see it.
        for_owner: Box<Conversation>,
        /// The notice that says so.
        message: Box<Message>,
    },
    /// It went back to its guest.
    GivenBack {
        conversation_id: ConversationId,
        guest: PersonId,
        /// Whose it was meanwhile.
        owner: PersonId,
        revision: Revision,
    },
    /// Sessions of a guest are no more. Nobody is told; their sockets are closed before anything that follows is said.
    SessionsEnded {
        owner: PersonId,
        ended: Vec<TokenHash>,
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
            | Self::Converted { owner, .. }
            | Self::GivenBack { owner, .. }
            | Self::SessionsEnded { owner, .. }
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
    let changes_hands = matches!(fact, Fact::Converted { .. } | Fact::GivenBack { .. });
    let for_everybody = everybody(fact, of_agents);
    // What becomes a colleague's own leaves the inbox, and comes back to it: the others are told all the same.
    if !owner_role.is_staff() || changes_hands {
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
        Fact::Converted {
            conversation_id,
            owner,
            revision,
            for_owner,
            message,
        } => conversion::converted(conversation_id, owner, revision, *for_owner, *message),
        Fact::GivenBack {
            conversation_id,
            guest,
            owner,
            revision,
        } => conversion::given_back(conversation_id, guest, owner, revision),
        Fact::SessionsEnded { .. } => Vec::new(),
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

pub const fn started(conversation: Conversation, message: Message) -> Event {
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
mod tests;
