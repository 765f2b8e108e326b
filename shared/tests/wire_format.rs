//! What the wire looks like: a snapshot for each sample, in JSON, and a round trip through both encodings.
//! The law: a change of the wire shows up here, in a review, before it shows up at somebody's installation.
#![cfg(test)]

use serde::{Serialize, de::DeserializeOwned};
use shared::conversation::{
    AdvanceSeen, ConversationPage, CustomerKind, SendMessage, Sent, Side, StartConversation,
    Started, Thread, Typist,
};
use shared::identity::{Role, Session, SignIn, StartChat};
use shared::ids::{BlockId, Position, ReportId, Revision};
use shared::inbox::InboxPage;
use shared::problem::{Field, Problem, ProblemCode};
use shared::realtime::{
    ConversationChanged, ConversationStarted, CustomerMoved, Event, GoingAway, Known, Look,
    MessageSent, Page, Pinged, Pong, PresenceChanged, Resume, Resumed, Resync, SeenAdvanced,
    SessionChanged, Signal, Typing, TypingSignal, Visibility, Welcomed,
};
use shared::safety::{
    Action, ActivityLine, ActivityPage, AdminConversation, AdminConversationPage, AdminThread,
    BlockPage, BlockRow, BlockScope, Dismissed, ReportMessage, ReportPage, ReportRow,
};
use shared::samples;
use shared::settings::{Presence, Settings};

/// Both encodings give the value back, and JSON is what the snapshot says.
fn travels<T: Serialize + DeserializeOwned + PartialEq>(name: &str, value: &T) {
    let json = serde_json::to_string(value).unwrap();
    assert!(
        serde_json::from_str::<T>(&json).unwrap() == *value,
        "{name} changed on its way through JSON"
    );
    let bytes = postcard::to_allocvec(value).unwrap();
    let (back, rest) = postcard::take_from_bytes::<T>(&bytes).unwrap();
    assert!(back == *value, "{name} changed on its way through postcard");
    assert!(rest.is_empty(), "{name} left bytes over");
    insta::assert_json_snapshot!(name, value);
}

#[test]
fn commands_travel() {
    travels::<StartChat>("start_chat", &samples::start_chat());
    travels::<SignIn>("sign_in", &samples::sign_in());
    travels::<StartConversation>("start_conversation", &samples::start_conversation());
    travels::<SendMessage>("send_message", &samples::send_message());
    travels(
        "advance_seen",
        &AdvanceSeen {
            position: Position(4),
        },
    );
}

#[test]
fn answers_travel() {
    let conversation = samples::conversation();
    let messages = samples::messages();
    for role in [
        Role::Visitor,
        Role::Guest,
        Role::User,
        Role::Agent,
        Role::Admin,
    ] {
        travels::<Session>(
            &format!("session_of_{role:?}").to_lowercase(),
            &samples::session(role),
        );
    }
    travels(
        "started",
        &Started {
            conversation: conversation.clone(),
            message: messages[0].clone(),
        },
    );
    travels(
        "sent",
        &Sent {
            message: messages[3].clone(),
            revision: Revision(6),
            moved_to: None,
        },
    );
    travels(
        "thread",
        &Thread {
            conversation: conversation.clone(),
            messages,
        },
    );
    travels(
        "conversation_page",
        &ConversationPage {
            conversations: vec![],
            cursor: None,
        },
    );
    travels(
        "inbox_page",
        &InboxPage {
            conversations: vec![conversation],
            cursor: Some("opaque".into()),
            unread_conversations: 1,
        },
    );
    travels(
        "problem",
        &Problem::about(ProblemCode::EmailNoAt, Field::Email),
    );
    travels(
        "problem_slow_down",
        &Problem::retry_after(ProblemCode::SlowDown, 7),
    );
    travels::<Settings>("settings", &Settings::default());
}

#[test]
fn what_admins_watch_travels() {
    let conversation = samples::conversation();
    let conversation_id = conversation.conversation_id.clone();
    let overseen = AdminConversation {
        conversation,
        owner: samples::CORA.face(),
        peer: None,
        is_blocked: true,
        is_erased: false,
    };
    travels(
        "report_message",
        &ReportMessage {
            position: Position(2),
            reason: "Rude".into(),
        },
    );
    travels(
        "report_page",
        &ReportPage {
            reports: vec![ReportRow {
                report_id: ReportId::parse(samples::client_id(1).as_str()).unwrap(),
                reporter: samples::CORA.face(),
                reported: samples::MINA.face(),
                reported_kind: CustomerKind::User,
                conversation_id: conversation_id.clone(),
                position: Position(2),
                text: "What is it now?".into(),
                reason: "Rude".into(),
                created_at: samples::NOON_ISH,
                dismissed: Some(Dismissed {
                    by: samples::ADA.name.into(),
                    at: samples::NOON_ISH,
                }),
            }],
            cursor: Some("opaque".into()),
        },
    );
    travels(
        "block_page",
        &BlockPage {
            blocks: vec![BlockRow {
                block_id: BlockId::parse(samples::client_id(2).as_str()).unwrap(),
                blocker: samples::MINA.face(),
                blocked: samples::CORA.face(),
                blocked_kind: CustomerKind::Guest,
                scope: BlockScope::Site,
                conversation_id,
                created_at: samples::NOON_ISH,
            }],
            cursor: None,
        },
    );
    travels(
        "activity_page",
        &ActivityPage {
            lines: vec![ActivityLine {
                at: samples::NOON_ISH,
                actor: None,
                action: Action::SettingsChanged,
                subject: None,
                particulars: vec![("keys".into(), "greeting, accent".into())],
            }],
            cursor: None,
        },
    );
    travels(
        "admin_conversation_page",
        &AdminConversationPage {
            conversations: vec![overseen.clone()],
            cursor: None,
        },
    );
    travels(
        "admin_thread",
        &AdminThread {
            conversation: overseen,
            messages: samples::messages(),
        },
    );
}

#[test]
fn events_travel() {
    let conversation = samples::conversation();
    let conversation_id = conversation.conversation_id.clone();
    let message = samples::messages().remove(0);
    let server_time = samples::NOON_ISH;
    let events = [
        (
            "welcomed",
            Event::Welcomed(Welcomed {
                server_time,
                ping_s: 25,
            }),
        ),
        ("pinged", Event::Pinged(Pinged { server_time })),
        (
            "resumed",
            Event::Resumed(Resumed {
                behind: vec![conversation_id.clone()],
                gone: vec![],
            }),
        ),
        (
            "conversation_started",
            Event::ConversationStarted(ConversationStarted {
                conversation,
                message: message.clone(),
            }),
        ),
        (
            "message_sent",
            Event::MessageSent(MessageSent {
                conversation_id: conversation_id.clone(),
                revision: Revision(1),
                message,
            }),
        ),
        (
            "seen_advanced",
            Event::SeenAdvanced(SeenAdvanced {
                conversation_id: conversation_id.clone(),
                revision: Revision(2),
                side: Side::Staff,
                person_id: Some(samples::MINA.person_id()),
                position: Position(1),
            }),
        ),
        (
            "conversation_changed",
            Event::ConversationChanged(ConversationChanged {
                conversation_id: conversation_id.clone(),
                revision: Revision(3),
            }),
        ),
        (
            "typing",
            Event::Typing(Typing {
                conversation_id: conversation_id.clone(),
                typist: Typist {
                    person_id: samples::MINA.person_id(),
                    name: samples::MINA.name.into(),
                    side: Side::Staff,
                },
            }),
        ),
        (
            "presence_changed",
            Event::PresenceChanged(PresenceChanged {
                presence: Presence::There,
            }),
        ),
        (
            "customer_moved",
            Event::CustomerMoved(CustomerMoved {
                conversation_id,
                page: Some("/about".into()),
            }),
        ),
        ("session_changed", Event::SessionChanged(SessionChanged {})),
        ("resync", Event::Resync(Resync {})),
        (
            "going_away",
            Event::GoingAway(GoingAway {
                retry_after_ms: 1500,
            }),
        ),
        (
            "refused",
            Event::Refused(Problem::new(ProblemCode::BadFrame)),
        ),
    ];
    for (name, event) in events {
        travels(&format!("event_{name}"), &event);
    }
}

#[test]
fn signals_travel() {
    let conversation_id = samples::conversation_id(1);
    let signals = [
        ("pong", Signal::Pong(Pong {})),
        (
            "resume",
            Signal::Resume(Resume {
                conversations: vec![Known {
                    conversation_id: conversation_id.clone(),
                    revision: Revision(6),
                }],
            }),
        ),
        ("typing", Signal::Typing(TypingSignal { conversation_id })),
        (
            "look",
            Signal::Look(Look {
                visibility: Visibility::Visible,
            }),
        ),
        (
            "page",
            Signal::Page(Page {
                path: "/lamps/blue".into(),
            }),
        ),
    ];
    for (name, signal) in signals {
        travels(&format!("signal_{name}"), &signal);
    }
}

#[test]
fn a_command_names_no_author_position_or_time() {
    let good = serde_json::to_value(samples::send_message()).unwrap();
    assert!(serde_json::from_value::<SendMessage>(good.clone()).is_ok());
    for extra in [
        "sender_id",
        "author",
        "position",
        "created_at",
        "is_internal",
        "role",
    ] {
        let mut bad = good.clone();
        bad[extra] = serde_json::json!(true);
        assert!(
            serde_json::from_value::<SendMessage>(bad).is_err(),
            "{extra} was let in"
        );
    }
}
