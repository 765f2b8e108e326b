//! Who is told what: facts in, deliveries out.
//!
//! The law: nothing is sent here. A fact is what a commit changed; a delivery is one event for one audience.

use crate::realtime::delivery::{Audience, Delivery};
use shared::{
    conversation::{Conversation, Message, Side},
    ids::{ConversationId, PersonId, Position, Revision},
    realtime::{ConversationStarted, Event, MessageSent, SeenAdvanced},
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
    Sent {
        conversation_id: ConversationId,
        owner: PersonId,
        revision: Revision,
        message: Box<Message>,
    },
    SeenAdvanced {
        conversation_id: ConversationId,
        owner: PersonId,
        revision: Revision,
        side: Side,
        person_id: PersonId,
        position: Position,
    },
}

/// What the readers are told about it.
pub fn deliveries(fact: Fact) -> Vec<Delivery> {
    match fact {
        Fact::Started {
            owner,
            for_customer,
            for_staff,
            message,
        } => {
            vec![
                Delivery::to(
                    Audience::Staff,
                    Event::ConversationStarted(ConversationStarted {
                        conversation: *for_staff,
                        message: (*message).clone(),
                    }),
                )
                .except(owner.clone()),
                Delivery::to(
                    Audience::Person(owner),
                    Event::ConversationStarted(ConversationStarted {
                        conversation: *for_customer,
                        message: *message,
                    }),
                ),
            ]
        }
        Fact::Sent {
            conversation_id,
            owner,
            revision,
            message,
        } => vec![Delivery::to(
            Audience::Conversation { owner },
            Event::MessageSent(MessageSent {
                conversation_id,
                revision,
                message: *message,
            }),
        )],
        Fact::SeenAdvanced {
            conversation_id,
            owner,
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
            // Which of the agents looked is nothing that a customer is told.
            let for_customer = told((side == Side::Customer).then(|| person_id.clone()));
            vec![
                Delivery::to(Audience::Staff, told(Some(person_id))).except(owner.clone()),
                Delivery::to(Audience::Person(owner), for_customer),
            ]
        }
    }
}
