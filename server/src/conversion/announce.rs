//! Who is told that a conversation changed hands: facts in, deliveries out.
//!
//! The law: nothing is sent here. Staff look again at what they know already; to its new owner the conversation is new.

use crate::{
    conversation::announce::started,
    realtime::delivery::{Audience, Delivery},
};
use shared::{
    conversation::{Conversation, Message},
    ids::{ConversationId, PersonId, Revision},
    realtime::{ConversationChanged, Event, SessionChanged},
};

/// It became somebody's.
pub fn converted(
    conversation_id: ConversationId,
    owner: PersonId,
    revision: Revision,
    for_owner: Conversation,
    notice: Message,
) -> Vec<Delivery> {
    let changed = Event::ConversationChanged(ConversationChanged {
        conversation_id,
        revision,
    });
    vec![
        Delivery::to(Audience::Staff, changed).except(owner.clone()),
        Delivery::to(Audience::Person(owner.clone()), started(for_owner, notice)),
        // What is asked, what is unread, which program: their other tabs see it anew.
        Delivery::to(
            Audience::Person(owner),
            Event::SessionChanged(SessionChanged {}),
        ),
    ]
}

/// It went back to its guest.
pub fn given_back(
    conversation_id: ConversationId,
    guest: PersonId,
    owner: PersonId,
    revision: Revision,
) -> Vec<Delivery> {
    let changed = Event::ConversationChanged(ConversationChanged {
        conversation_id,
        revision,
    });
    vec![
        Delivery::to(Audience::Staff, changed.clone()).except(owner.clone()),
        // Whose it was finds it gone.
        Delivery::to(Audience::Person(owner), changed),
        Delivery::to(
            Audience::Person(guest),
            Event::SessionChanged(SessionChanged {}),
        ),
    ]
}
