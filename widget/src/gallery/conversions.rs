//! A guest's chats become somebody's: the question, *Not me*, and what staff are told.

/// By a mailed code.
mod codes;

use super::script::{self, LONG_WORD, says};
use super::story::{Stage, nowhere, story};
use super::threads::{composer, messages};
use crate::conversation::notice::became;
use crate::conversation::rows::{Line, Mark, Offer, Place, Row, Tick, Whose};
use crate::conversation::{ConversationList, customer_header, support_header};
use crate::conversion::{
    NotMe, NotMeAsked, Others, QuestionCard, acted_by_line, same_address_line,
};
use crate::frame::draw::{Drawn, draw};
use crate::i18n::{Text, UserText, say, say_with};
use crate::reactive::{Callback, RwSignal, Signal};
use crate::shell::{Action, Drawing};
use crate::shell::{
    Header, Tab, Tabs, empty_state, header_title, screen, screen_action, tab_panel,
};
use crate::ui::{MenuItem, Weight, button};
use shared::conversation::{Customer, CustomerKind};
use shared::conversion::{Proof, Question};
use shared::identity::{ProofLevel, Role};
use shared::samples::{self, CORA, IDRIS, LONG, MINA, NOOR, Person, RIGHT_TO_LEFT, TEO};

pub fn stories() -> Vec<Option<Drawn>> {
    let mut stories = codes::stories();
    stories.extend(of_users());
    stories.extend(of_staff());
    stories
}

fn of_users() -> Vec<Option<Drawn>> {
    vec![
        story("Question, continue here", Stage::Card, || {
            question(&CORA, &NOOR, "", chats(true))
        }),
        story("Question, could not be stored", Stage::Narrow, || {
            question(&LONG, &LONG, say(Text::ProblemNotStored), chats(false))
        }),
        story("Question, right to left", Stage::Card, || {
            question(&RIGHT_TO_LEFT, &NOOR, "", chats(true))
        }),
        story(
            "Chats, nothing yet, earlier ones to bring",
            Stage::Card,
            || {
                let action = Some(Action::Press {
                    label: say(UserText::NewConversation),
                    on_press: nowhere(),
                });
                let empty = empty_state(Drawing::PORCH, say(UserText::NoConversations), action);
                framed(vec![empty.child(bring())])
            },
        ),
        story("Chats of a guest", Stage::Card, || {
            framed(vec![draw("div").child(list())])
        }),
        story("Thread, converted", Stage::Card, || {
            converted(Proof::SameBrowser)
        }),
        story("Thread, converted by address only", Stage::Card, || {
            converted(Proof::AddressOnly)
        }),
        story(
            "Thread, converted by address only, narrow",
            Stage::Narrow,
            || converted(Proof::AddressOnly),
        ),
        story("Thread, came back to its guest", Stage::Card, || {
            let mut rows = script::customers_thread();
            rows.push(notice("back", Line::plain(say(Text::CameBack))));
            customers(rows)
        }),
        story("Not me", Stage::Open, not_me),
    ]
}

fn of_staff() -> Vec<Option<Drawn>> {
    vec![
        story("Thread, a guest became a user", Stage::Card, || {
            staff(&CORA, Proof::SameBrowser, None, &[])
        }),
        story("Thread, by address only, others", Stage::Card, || {
            staff(&NOOR, Proof::AddressOnly, None, &[CORA, IDRIS])
        }),
        story("Thread, somebody of the site", Stage::Card, || {
            staff(&NOOR, Proof::Mailbox, Some("support desk 7"), &[CORA])
        }),
        story(
            "Thread, became a user, narrow, long words",
            Stage::Narrow,
            || staff(&LONG, Proof::AddressOnly, Some(LONG_WORD), &[LONG]),
        ),
    ]
}

fn header(title: &str) -> Drawn {
    let header = Header {
        on_back: Some(nowhere()),
        on_close: Some(nowhere()),
        ..Header::default()
    };
    header.draw([header_title(title.into(), [])])
}

fn list() -> Drawn {
    let row = |number, who: &Person, time, snippet| crate::conversation::list_row::ListRow {
        proof: None,
        name: samples::site().support_name,
        ..script::row(number, who, time, snippet, 0)
    };
    let rows = vec![
        row(1, &MINA, "14:05", say(Text::EarlierHere)),
        row(2, &TEO, "yesterday", say(UserText::Erased)),
    ];
    let list = ConversationList {
        rows: rows.into(),
        label: say(UserText::Chats),
        open: None.into(),
        on_open: nowhere(),
        has_more: false.into(),
        on_more: nowhere(),
    };
    list.draw()
}

fn bring() -> Drawn {
    button(say(UserText::BringChats), Weight::Quiet, nowhere())
}

fn chats(may_bring: bool) -> Vec<Drawn> {
    let new = button(say(UserText::NewConversation), Weight::Loud, nowhere());
    let actions = [Some(new), may_bring.then(bring)];
    vec![list(), screen_action(actions.into_iter().flatten())]
}

fn tabs() -> [Drawn; 2] {
    let selected = Signal::from(Tab::Chats);
    let tabs = Tabs {
        all: Tab::all_of(Role::User, true).into(),
        selected,
        on_select: nowhere(),
        unread: 0.into(),
        unread_chats: 0.into(),
    };
    [tabs.draw(), tab_panel(selected)]
}

fn framed(body: Vec<Drawn>) -> Option<Drawn> {
    let [tabs, panel] = tabs();
    let title = samples::site().support_name;
    Some(screen([header(&title), tabs, panel.children(body)]))
}

fn question(guest: &Person, user: &Person, mistake: &str, body: Vec<Drawn>) -> Option<Drawn> {
    let masked = ["c•••@", guest.email.split('@').next_back()?].concat();
    let card = QuestionCard {
        question: Question {
            guest_name: guest.name.into(),
            masked_email: masked,
        },
        name: user.name.into(),
        mistake: mistake.to_owned().into(),
        on_answer: nowhere(),
    };
    let [tabs, panel] = tabs();
    let title = samples::site().support_name;
    let panel = panel.children(body);
    Some(screen([header(&title), card.draw(), tabs, panel]))
}

fn notice(key: &str, line: Line) -> (String, Row) {
    (key.into(), Row::Notice(line))
}

fn marked(mut row: (String, Row), mark: Mark) -> (String, Row) {
    if let Row::Bubble(bubble) = &mut row.1 {
        bubble.mark = mark;
    }
    row
}

fn converted(proof: Proof) -> Option<Drawn> {
    let (mark, offer) = match proof {
        Proof::AddressOnly => (Mark::Unproven, Some(Offer::NotMe)),
        _ => (Mark::None, None),
    };
    let own = |at, text, place| says(at, Whose::Own, &NOOR, text, "16:40", Tick::Seen, place);
    let mina = |at, text| {
        let (tick, place) = (Tick::None, Place::Alone);
        says(at, Whose::Other, &MINA, text, "16:42", tick, place)
    };
    let mut rows = vec![
        ("d1".into(), Row::Day("Yesterday".into())),
        marked(own(1, "Hello, is the blue lamp back?", Place::First), mark),
        marked(own(2, "The large one.", Place::Last), mark),
        mina(3, "It is, since this morning. Shall I put one aside?"),
        marked(own(4, say(UserText::Erased), Place::Alone), Mark::Erased),
        ("d2".into(), Row::Day("Today".into())),
        notice(
            "n1",
            Line {
                text: say(Text::EarlierHere).into(),
                offer,
            },
        ),
        own(6, "I have an account now.", Place::Alone),
    ];
    if mark == Mark::Unproven {
        rows.insert(0, notice("unproven", Line::plain(say(UserText::Unproven))));
    }
    customers(rows)
}

fn customers(rows: Vec<(String, Row)>) -> Option<Drawn> {
    let not_mine = MenuItem {
        label: [say(UserText::NotMine), "…"].concat().into(),
        on_choose: nowhere(),
    };
    let header = Header {
        on_back: Some(nowhere()),
        on_close: Some(nowhere()),
        menu: vec![not_mine],
        ..Header::default()
    };
    Some(screen([
        support_header(samples::site().into(), header),
        messages(rows, Default::default(), true, || None),
        composer("", None, String::new()),
    ]))
}

/// Opens with its button, as the true one does; confirming fails here, so that it can be seen how that looks.
fn not_me() -> [Drawn; 1] {
    let is_asked = RwSignal::new(false);
    let mistake = RwSignal::new(String::new());
    let on_press = Callback::new(move |()| is_asked.set(true));
    let on_answer = Callback::new(move |asked| match asked {
        NotMeAsked::Leave => is_asked.set(false),
        NotMeAsked::Confirm => mistake.set(say(Text::ProblemNotStored).into()),
    });
    let question = NotMe {
        mistake: mistake.into(),
        on_answer,
    };
    let opener = button(say(UserText::NotMe), Weight::Quiet, on_press);
    let place = draw("div").child(opener);
    [place.show(move || is_asked.get().then(|| question.draw()))]
}

fn staff(who: &Person, proof: Proof, acted_by: Option<&str>, others: &[Person]) -> Option<Drawn> {
    let customer = Customer {
        face: who.face(),
        kind: CustomerKind::User,
        email: Some(who.email.into()),
        proof: ProofLevel::Host,
        page: Some("/lamps/blue".into()),
        acted_by: acted_by.map(Into::into),
    };
    let header = Header {
        on_back: Some(nowhere()),
        on_close: Some(nowhere()),
        ..Header::default()
    };
    let acting = acted_by.map(|acted_by| (who.name.to_owned(), acted_by.to_owned()));
    let other = |(number, other): (u8, &Person)| Others {
        conversation_id: samples::conversation_id(number),
        name: other.name.into(),
        time: "yesterday".into(),
        is_user: other.name == CORA.name,
    };
    let others: Vec<Others> = (1..).zip(others).map(other).collect();
    let became = became(proof, who.name != CORA.name);
    let [guest, name] = [CORA.name, who.name].map(|name| ["\u{2068}", name, "\u{2069}"].concat());
    let mut rows = script::staff_thread();
    rows.push(notice(
        "became",
        Line {
            text: say_with(became, &[("guest", &guest), ("name", &name)]),
            offer: Some(Offer::Undo),
        },
    ));
    Some(screen([
        customer_header(customer.into(), Some(proof).into(), header),
        acted_by_line(acting.into()),
        same_address_line(others.into(), nowhere()),
        messages(rows, Default::default(), true, || None),
        composer("You are very welcome", None, String::new()),
    ]))
}
