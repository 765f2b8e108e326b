//! What an event changes in a conversation's head: last message, seen, unread.
//!
//! The law: the same counts as the server's. Customer: staff messages after own seen. Staff: customer messages after
//! the later of own seen and the last staff answer. Whoever writes has had on screen what stands above.

use super::message_log::Viewer;
use shared::conversation::{Conversation, ConversationKind, Message, Side};
use shared::ids::{PersonId, Position};
use shared::limits::UNREAD_COUNTED;

/// Faces a head carries.
const STAFF_FACES: usize = 3;

/// Whether this program is one of users and staff: guests have no lists and no direct conversations.
const HAS_USERS: bool = cfg!(feature = "users");

/// From which side this viewer sees a conversation. In a direct one whoever began it stands on the customer's side, which
/// the last message tells.
pub fn viewer_in(head: &Conversation, viewer: &Viewer) -> Viewer {
    let last = head
        .last_message
        .as_ref()
        .filter(|_| HAS_USERS && head.kind == ConversationKind::Direct);
    let author = last.and_then(|message| message.author.as_ref());
    let is_own = author.is_some_and(|author| Some(&author.person_id) == viewer.person_id.as_ref());
    let side = match (last.map(|message| message.side), is_own) {
        (Some(Side::Customer), true) | (Some(Side::Staff), false) => Side::Customer,
        (Some(Side::Staff), true) | (Some(Side::Customer), false) => Side::Staff,
        _ => viewer.side,
    };
    Viewer {
        side,
        ..viewer.clone()
    }
}

/// A message was stored. One that the head knows already changes nothing.
pub fn message_sent(head: &mut Conversation, message: &Message, viewer: &Viewer) {
    if message.position <= head.last_position {
        return;
    }
    head.last_position = message.position;
    head.last_activity_at = message.sent_at;
    head.last_message = Some(message.clone());
    // Of whom of the staff wrote last only lists tell.
    if HAS_USERS && message.side == Side::Staff {
        head.last_staff_position = message.position;
        if let Some(author) = &message.author {
            head.staff.retain(|face| face.person_id != author.person_id);
            head.staff.insert(0, author.clone());
            head.staff.truncate(STAFF_FACES);
        }
    }
    match (viewer.side, message.side) {
        (Side::Staff, Side::Staff) | (Side::Customer, Side::Customer) => head.unread = 0,
        (Side::Staff, Side::Customer) | (Side::Customer, Side::Staff) => {
            head.unread = (head.unread + 1).min(UNREAD_COUNTED);
        }
        _ => {}
    }
    let author = message.author.as_ref().map(|author| &author.person_id);
    seen_advanced(head, message.side, author, message.position, viewer);
}

/// Somebody had it on screen up to a position. `person_id` is `None` for staff as customers see them.
pub fn seen_advanced(
    head: &mut Conversation,
    side: Side,
    person_id: Option<&PersonId>,
    position: Position,
    viewer: &Viewer,
) {
    match side {
        Side::Customer => head.customer_seen = head.customer_seen.max(position),
        Side::Staff => head.staff_seen = head.staff_seen.max(position),
        Side::System => {}
    }
    let is_own =
        side == viewer.side && (side == Side::Customer || person_id == viewer.person_id.as_ref());
    if is_own {
        own_seen(head, position);
    }
}

/// The viewer had it on screen.
pub fn own_seen(head: &mut Conversation, position: Position) {
    head.own_seen = head.own_seen.max(position);
    // Which of the messages behind it are the other side's is not known here; it is never more than all of them.
    let behind = head.last_position.0.saturating_sub(head.own_seen.0);
    head.unread = head
        .unread
        .min(u32::try_from(behind).unwrap_or(UNREAD_COUNTED));
}

/// How far the other side has seen.
pub fn other_seen(head: &Conversation, viewer: &Viewer) -> Position {
    if viewer.side == Side::Staff {
        head.customer_seen
    } else {
        head.staff_seen
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::samples::{CORA, MINA, Person, TEO, conversation, message};

    fn mina() -> Viewer {
        Viewer {
            person_id: Some(MINA.person_id()),
            side: Side::Staff,
        }
    }

    fn cora() -> Viewer {
        Viewer {
            person_id: Some(CORA.person_id()),
            side: Side::Customer,
        }
    }

    #[test]
    fn in_a_direct_conversation_whoever_began_it_is_the_customer() {
        let direct = |author: &Person, side| Conversation {
            kind: ConversationKind::Direct,
            last_message: Some(message(4, author, side, "Hello", 5)),
            ..conversation()
        };
        // Cora began.
        for last in [direct(&CORA, Side::Customer), direct(&MINA, Side::Staff)] {
            assert_eq!(viewer_in(&last, &cora()).side, Side::Customer);
            let mina = Viewer {
                side: Side::Customer,
                ..mina()
            };
            assert_eq!(viewer_in(&last, &mina).side, Side::Staff);
        }
        assert_eq!(viewer_in(&conversation(), &mina()).side, Side::Staff);
    }

    #[test]
    fn an_answered_conversation_is_unread_for_none_of_the_staff() {
        let mut head = conversation();
        message_sent(
            &mut head,
            &message(5, &CORA, Side::Customer, "Are you there?", 9),
            &mina(),
        );
        assert_eq!(head.unread, 2);
        message_sent(
            &mut head,
            &message(6, &TEO, Side::Staff, "Yes", 10),
            &mina(),
        );
        assert_eq!(head.unread, 0);
        assert_eq!(
            head.staff
                .iter()
                .map(|face| face.name.as_str())
                .collect::<Vec<_>>(),
            [TEO.name, MINA.name]
        );
        assert_eq!(head.last_staff_position, Position(6));
    }

    #[test]
    fn a_message_counts_once() {
        let mut head = conversation();
        head.unread = 0;
        for _ in 0..3 {
            message_sent(
                &mut head,
                &message(5, &MINA, Side::Staff, "Done", 9),
                &cora(),
            );
        }
        assert_eq!(head.unread, 1);
        message_sent(
            &mut head,
            &message(6, &CORA, Side::Customer, "Thanks", 9),
            &cora(),
        );
        assert_eq!((head.unread, head.own_seen), (0, Position(6)));
    }

    #[test]
    fn whoever_writes_has_seen_what_stands_above() {
        let mut head = conversation();
        message_sent(
            &mut head,
            &message(5, &CORA, Side::Customer, "Are you there?", 9),
            &mina(),
        );
        assert_eq!(
            (head.customer_seen, head.own_seen),
            (Position(5), Position(2))
        );
        message_sent(
            &mut head,
            &message(6, &TEO, Side::Staff, "Yes", 10),
            &mina(),
        );
        assert_eq!((head.staff_seen, head.own_seen), (Position(6), Position(2)));
        message_sent(
            &mut head,
            &message(7, &MINA, Side::Staff, "Always", 10),
            &mina(),
        );
        assert_eq!((head.staff_seen, head.own_seen), (Position(7), Position(7)));
    }

    #[test]
    fn only_the_viewers_own_look_makes_it_read() {
        let mut head = conversation();
        seen_advanced(
            &mut head,
            Side::Staff,
            Some(&TEO.person_id()),
            Position(4),
            &mina(),
        );
        assert_eq!(
            (head.unread, head.own_seen, head.staff_seen),
            (1, Position(2), Position(4))
        );
        seen_advanced(
            &mut head,
            Side::Staff,
            Some(&MINA.person_id()),
            Position(4),
            &mina(),
        );
        assert_eq!((head.unread, head.own_seen), (0, Position(4)));
        seen_advanced(
            &mut head,
            Side::Staff,
            Some(&MINA.person_id()),
            Position(1),
            &mina(),
        );
        assert_eq!(head.own_seen, Position(4));
    }
}
