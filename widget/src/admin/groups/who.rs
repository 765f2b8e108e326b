//! "Who may chat with whom?": two groups or two people, and why.
//!
//! The law: the answer follows the ticks at once, and comes from the rule that the server enforces.

use super::use_board;
use crate::admin::people::PickPerson;
use crate::admin::sentences::{self as say, Explained, explain_groups, explain_people};
use crate::admin::ui::{Choice, ChoiceOption, Drawing, Section, Shown, drawing};
use leptos::prelude::*;
use shared::group::{GroupBoard, PersonRow};
use shared::ids::GroupId;

const GROUPS: &str = "groups";
const PEOPLE: &str = "people";

#[component]
pub fn Who() -> impl IntoView {
    let asks_about = RwSignal::new(GROUPS.to_owned());
    let kinds = vec![
        ChoiceOption::new(GROUPS, say::TWO_GROUPS),
        ChoiceOption::new(PEOPLE, say::TWO_PEOPLE),
    ];
    let draw = move |board: Signal<GroupBoard>| {
        let is_about_groups = Memo::new(move |_| asks_about.with(|kind| kind == GROUPS));
        move || match is_about_groups.get() {
            true => view! { <OfGroups board/> }.into_any(),
            false => view! { <OfPeople board/> }.into_any(),
        }
    };
    view! {
        <Section id="who" title=say::WHO help=say::WHO_HELP>
            <Choice label=say::WHO_OF value=asks_about options=kinds/>
            <Shown loaded=use_board().0 draw/>
            <p class="card-help">{say::WHO_ADMINS}</p>
        </Section>
    }
}

#[component]
fn OfGroups(board: Signal<GroupBoard>) -> impl IntoView {
    let (one, other) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let options = Signal::derive(move || {
        let none = ChoiceOption::new("", say::PICK_ONE);
        let of = |board: &GroupBoard| {
            let groups = board.groups.iter();
            groups
                .map(|group| ChoiceOption::new(group.group_id.as_str(), group.name.clone()))
                .collect::<Vec<_>>()
        };
        [vec![none], board.with(of)].concat()
    });
    let explained = Signal::derive(move || {
        let one = GroupId::parse(&one.get())?;
        let other = GroupId::parse(&other.get())?;
        board.with(|board| explain_groups(board, &one, &other))
    });
    view! {
        <div class="who-pair">
            <Choice label=say::FIRST_GROUP value=one options/>
            <Choice label=say::SECOND_GROUP value=other options/>
        </div>
        <Answer explained/>
    }
}

#[component]
fn OfPeople(board: Signal<GroupBoard>) -> impl IntoView {
    let (one, other) = (
        RwSignal::new(None::<PersonRow>),
        RwSignal::new(None::<PersonRow>),
    );
    let explained = Signal::derive(move || {
        let (one, other) = (one.get()?, other.get()?);
        Some(board.with(|board| explain_people(board, &one, &other)))
    });
    view! {
        <div class="who-pair">
            <PickPerson label=say::FIRST_PERSON picked=one/>
            <PickPerson label=say::SECOND_PERSON picked=other/>
        </div>
        <Answer explained/>
    }
}

#[component]
fn Answer(#[prop(into)] explained: Signal<Option<Explained>>) -> impl IntoView {
    let shown = move || {
        explained.get().map(|Explained { may, words }| {
            let (answer, mark) = match may {
                true => (say::THEY_MAY, Drawing::Check),
                false => (say::THEY_MAY_NOT, Drawing::Close),
            };
            let lines = words.into_iter().map(|words| view! { <p>{words}</p> });
            view! {
                <div class="who-answer" class:is-yes=may>
                    <p class="who-answer-short">{drawing(mark)}{answer}</p>
                    {lines.collect_view()}
                </div>
            }
        })
    };
    view! { <div role="status">{shown}</div> }
}
