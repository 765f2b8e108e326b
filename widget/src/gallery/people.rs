//! Groups, the people in them, and direct conversations.

use super::script::{self, LONG_WORD, RIGHT_TO_LEFT_TEXT, says};
use super::story::{Stage, nowhere, story};
use super::threads::{composer, messages};
use crate::conversation::list_state::Listed;
use crate::conversation::peer_header;
use crate::conversation::rows::{Place, Row, Tick, Whose};
use crate::conversation::typing_line;
use crate::frame::draw::Drawn;
use crate::group::finding::People;
use crate::group::home::GroupsHome;
use crate::group::state::Groups;
use crate::i18n::{Text, UserText, problem_sentence, say, say_with};
use crate::reactive::Signal;
use crate::safety::{Reason, closed_line};
use crate::shell::{Drawing, Header, Tab, Tabs, empty_state, header_title, screen, tab_panel};
use crate::ui::MenuItem;
use shared::group::{ChatGroup, Peer, PeerRow};
use shared::identity::Role;
use shared::problem::ProblemCode;
use shared::samples::{self, ADA, CAST, LONG, MINA, NOOR, Person, RIGHT_TO_LEFT, TEO};

pub fn stories() -> Vec<Option<Drawn>> {
    vec![
        story("Groups", Stage::Card, || {
            groups(&["Trial", "Support"], of_staff)
        }),
        story("Groups, one, no staff", Stage::Card, || {
            groups(&["Trial"], of_user)
        }),
        story("Groups, long words", Stage::Narrow, || {
            groups(&[LONG_WORD, RIGHT_TO_LEFT_TEXT], of_staff)
        }),
        story("Group, many people", Stage::Card, || {
            inside(&CAST, Addresses::Shown)
        }),
        story("Group, one person", Stage::Card, || {
            inside(&[MINA], Addresses::Hidden)
        }),
        story("Group, narrow", Stage::Narrow, || {
            inside(&CAST, Addresses::Shown)
        }),
        story("Group, nobody", Stage::Card, || {
            inside(&[], Addresses::Shown)
        }),
        story("Group, on its way", Stage::Card, || {
            waiting(Listed::Loading)
        }),
        story("Group, could not load", Stage::Card, || {
            waiting(Listed::Unreachable)
        }),
        story("Finding somebody", Stage::Card, || {
            found("ma", &[MINA, TEO, LONG])
        }),
        story("Finding nobody", Stage::Card, || found("zz", &[])),
        story("Direct, before the first word", Stage::Card, || {
            direct(&NOOR, Addresses::Shown, Vec::new(), Below::Composer)
        }),
        story("Direct", Stage::Card, || {
            direct(&NOOR, Addresses::Shown, talk(&NOOR), Below::Composer)
        }),
        story("Direct, no address", Stage::Card, || {
            direct(&TEO, Addresses::Hidden, talk(&TEO), Below::Composer)
        }),
        story("Direct, long words", Stage::Narrow, || {
            direct(
                &LONG,
                Addresses::Shown,
                script::difficult_thread(),
                Below::Composer,
            )
        }),
        story("Direct, right to left", Stage::Narrow, || {
            direct(
                &RIGHT_TO_LEFT,
                Addresses::Shown,
                talk(&RIGHT_TO_LEFT),
                Below::Composer,
            )
        }),
        story("Direct, undeliverable", Stage::Card, || {
            direct(&NOOR, Addresses::Shown, undelivered(), Below::Composer)
        }),
        story("Direct, blocked", Stage::Card, || {
            let reason = Reason::OwnBlock {
                name: NOOR.name.into(),
            };
            direct(
                &NOOR,
                Addresses::Shown,
                talk(&NOOR),
                Below::Closed(reason, None),
            )
        }),
        story("Direct, blocked, could not unblock", Stage::Narrow, || {
            let reason = Reason::OwnBlock {
                name: LONG.name.into(),
            };
            let problem = Some(ProblemCode::NotStored);
            direct(
                &LONG,
                Addresses::Shown,
                talk(&LONG),
                Below::Closed(reason, problem),
            )
        }),
        story("Support, blocked on the site", Stage::Card, || {
            let reason = Reason::SiteBlock {
                name: NOOR.name.into(),
            };
            direct(
                &NOOR,
                Addresses::Shown,
                talk(&NOOR),
                Below::Closed(reason, None),
            )
        }),
        story("Direct, ended", Stage::Card, || {
            direct(
                &NOOR,
                Addresses::Hidden,
                talk(&NOOR),
                Below::Closed(Reason::Ended, None),
            )
        }),
    ]
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Addresses {
    Shown,
    Hidden,
}

/// What stands below the messages.
enum Below {
    Composer,
    Closed(Reason, Option<ProblemCode>),
}

fn of_staff() -> Vec<Tab> {
    Tab::all_of(Role::Agent, true)
}

fn of_user() -> Vec<Tab> {
    Tab::all_of(Role::User, true)
}

fn group(number: u8, name: &str) -> ChatGroup {
    ChatGroup {
        group_id: samples::group_id(number),
        name: name.into(),
        people: u32::from(number),
    }
}

fn peer(person: &Person, addresses: Addresses) -> Peer {
    Peer {
        face: person.face(),
        email: (addresses == Addresses::Shown).then(|| person.email.into()),
    }
}

fn groups(names: &[&str], tabs: fn() -> Vec<Tab>) -> Option<Drawn> {
    let state = Groups::new();
    let all = (1..).zip(names);
    state
        .groups
        .set(all.map(|(number, name)| group(number, name)).collect());
    framed(state, tabs())
}

fn inside(people: &[Person], addresses: Addresses) -> Option<Drawn> {
    let state = Groups::new();
    let count = u8::try_from(people.len()).unwrap_or(u8::MAX);
    state.inside.set(Some(group(count, "Lamps and lanterns")));
    fill(state, people, addresses);
    framed(state, of_staff())
}

fn waiting(listed: Listed) -> Option<Drawn> {
    let state = Groups::new();
    state.inside.set(Some(group(3, "Trial")));
    state.found.set(listed);
    framed(state, of_staff())
}

fn found(typed: &str, people: &[Person]) -> Option<Drawn> {
    let state = Groups::new();
    state.typed.set(typed.into());
    fill(state, people, Addresses::Shown);
    framed(state, of_user())
}

fn fill(state: Groups, people: &[Person], addresses: Addresses) {
    let row = |person: &Person| PeerRow {
        peer: peer(person, addresses),
        conversation_id: None,
    };
    let mut known = People::default();
    known.next_page(people.iter().map(row).collect(), None);
    state.people.set(known);
    state.found.set(Listed::Ready);
}

fn framed(state: Groups, all: Vec<Tab>) -> Option<Drawn> {
    let header = Header {
        on_close: Some(nowhere()),
        ..Header::default()
    };
    let selected = Signal::from(Tab::Groups);
    let tabs = Tabs {
        all: all.into(),
        selected,
        on_select: nowhere(),
        unread: 2.into(),
        unread_chats: 1.into(),
    };
    let home = GroupsHome {
        groups: state,
        on_choose: nowhere(),
    };
    let title = samples::site().support_name;
    Some(screen([
        header.draw([header_title(title.into(), [])]),
        tabs.draw(),
        tab_panel(selected).child(home.draw()),
    ]))
}

/// Ada and somebody.
fn talk(other: &Person) -> Vec<(String, Row)> {
    let theirs = |at, text, place| says(at, Whose::Other, other, text, "09:02", Tick::None, place);
    let own = |at, text, tick, place| says(at, Whose::Own, &ADA, text, "09:05", tick, place);
    vec![
        ("d1".into(), Row::Day("Today".into())),
        theirs(
            1,
            "Good morning. Is the workshop free at noon?",
            Place::First,
        ),
        theirs(2, RIGHT_TO_LEFT_TEXT, Place::Last),
        own(
            3,
            "It is. I have put you down for it.",
            Tick::Seen,
            Place::First,
        ),
        own(4, "Bring the small lamp along.", Tick::Sent, Place::Last),
    ]
}

fn undelivered() -> Vec<(String, Row)> {
    let mut rows = talk(&NOOR);
    let tick = Tick::Failed(ProblemCode::Undeliverable);
    rows.push(says(
        5,
        Whose::Own,
        &ADA,
        "Are you there?",
        "09:30",
        tick,
        Place::Alone,
    ));
    rows
}

fn direct(
    other: &Person,
    addresses: Addresses,
    rows: Vec<(String, Row)>,
    below: Below,
) -> Option<Drawn> {
    let item = |label: String| MenuItem {
        label: [&label, "…"].concat().into(),
        on_choose: nowhere(),
    };
    let named = [("name", other.name)];
    let header = Header {
        on_back: Some(nowhere()),
        on_close: Some(nowhere()),
        menu: vec![
            item(say_with(UserText::ReportPerson, &named)),
            item(say_with(Text::Block, &named)),
        ],
        ..Header::default()
    };
    let welcome = || {
        Some(empty_state(
            Drawing::PORCH,
            say(UserText::FirstDirect),
            None,
        ))
    };
    let below = match below {
        Below::Composer => composer("", None, String::new()),
        Below::Closed(reason, problem) => {
            let mistake = problem.map_or(String::new(), |code| problem_sentence(code.into()));
            closed_line(&reason, mistake.into(), nowhere())
        }
    };
    Some(screen([
        peer_header(peer(other, addresses).into(), header),
        messages(rows, Default::default(), true, welcome),
        typing_line(Vec::new().into()),
        below,
    ]))
}
