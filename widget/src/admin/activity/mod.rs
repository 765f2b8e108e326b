//! *Activity*: what admins, agents and the system did.
//!
//! The law: it is only read here; a line is a sentence, and everything in it is text.

use super::api;
use super::load::Pages;
use super::moment::Moment;
use super::sentences as say;
use super::ui::{Choice, ChoiceOption, Page, Rows, Section};
use crate::net::Failure;
use crate::net::path::with;
use crate::ui::unique_id;
use leptos::prelude::*;
use shared::safety::{Action, ActivityLine, ActivityPage};

#[component]
pub fn Activity() -> impl IntoView {
    let action = RwSignal::new(String::new());
    let pages = Pages::load(move |cursor| fetch(action.get(), cursor));
    let key = |(key, _): &Keyed| key.clone();
    view! {
        <Page title=say::ACTIVITY lead=say::ACTIVITY_LEAD>
            <Section id="activity" title=say::ACTIVITY_LIST>
                <Choice label=say::ACTIVITY_FILTER value=action options=options()/>
                <Rows pages label=say::ACTIVITY empty=say::ACTIVITY_EMPTY.to_owned() key=key draw=line/>
            </Section>
        </Page>
    }
}

/// A line has no id of its own: the page gives it one.
type Keyed = (String, ActivityLine);

fn line((_, line): Keyed) -> impl IntoView {
    view! {
        <li class="rows-list-row is-line">
            <p class="rows-list-words">{say::activity_words(&line)}</p>
            <p class="rows-list-more"><Moment time=line.at/></p>
        </li>
    }
}

async fn fetch(
    action: String,
    cursor: Option<String>,
) -> Result<(Vec<Keyed>, Option<String>), Failure> {
    let action = Some(action).filter(|action| !action.is_empty());
    let parameters = [("action", action), ("cursor", cursor)];
    let page: ActivityPage = api::get(&with("/api/admin/activity", &parameters)).await?;
    let keyed = page.lines.into_iter().map(|line| (unique_id(), line));
    Ok((keyed.collect(), page.cursor))
}

/// Everything, and each kind by its name.
fn options() -> Vec<ChoiceOption> {
    let all = ChoiceOption::new("", say::ACTIVITY_ALL);
    let mut kinds: Vec<ChoiceOption> = Action::ALL
        .iter()
        .map(|action| ChoiceOption::new(action.word(), say::action_name(*action)))
        .collect();
    kinds.sort_by(|one, other| one.name.cmp(&other.name));
    kinds.insert(0, all);
    kinds
}
