//! Erasing somebody.
//!
//! The law: the question names what is lost, and the name has to be typed: nobody can bring it back.

use super::api;
use crate::admin::app::use_here;
use crate::admin::groups::place;
use crate::admin::ui::{Asked, Button, Dialog, FieldKind, Loudness, Mistake, Section, TextField};
use crate::admin::{notices, sentences as say};
use crate::frame::navigation;
use leptos::prelude::*;
use shared::group::PersonRow;

#[component]
pub fn Erase(person: Memo<PersonRow>) -> impl IntoView {
    let asked = Asked::<PersonRow>::new();
    let ask = move |()| asked.ask(person.get_untracked());
    view! {
        <Section id="erase" title=say::ERASING help=say::ERASING_HELP>
            <div class="card-actions">
                <Button label=say::ERASE loudness=Loudness::Danger on_press=ask/>
            </div>
        </Section>
        <Question asked/>
    }
}

#[component]
fn Question(asked: Asked<PersonRow>) -> impl IntoView {
    let title = Signal::derive(move || {
        let person = asked.thing();
        person.map_or_else(String::new, |person| say::erase_question(&person.name))
    });
    view! {
        <Dialog title open=asked.open()>
            {move || asked.thing().map(|person| view! { <Form person asked/> })}
        </Dialog>
    }
}

#[component]
fn Form(person: PersonRow, asked: Asked<PersonRow>) -> impl IntoView {
    let here = use_here();
    let done = notices::speaker();
    let errand = asked.errand();
    let typed = RwSignal::new(String::new());
    let is_wrong = RwSignal::new(false);
    let name = StoredValue::new(person.name.clone());
    let mistake = Signal::derive(move || is_wrong.get().then(|| say::ERASE_NAME_WRONG.to_owned()));
    let person_id = StoredValue::new(person.person_id.clone());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let is_right = name.with_value(|name| is_the_name(&typed.read_untracked(), name));
        is_wrong.set(!is_right);
        if !is_right {
            return navigation::focus_on_mistake();
        }
        let call = async move { api::erase(&person_id.get_value()).await };
        errand.run(call, move |()| {
            asked.close();
            done.run(say::is_erased_now(&name.get_value()));
            here.go_instead(place::PEOPLE);
        });
    };
    let losses = say::erase_losses(person.is_guest)
        .iter()
        .map(|words| view! { <li>{*words}</li> })
        .collect_view();
    view! {
        <form class="card-form" on:submit=send novalidate=true>
            <ul class="erase-losses">{losses}</ul>
            <p><strong>{say::ERASE_FOR_EVER}</strong></p>
            <TextField
                label=say::ERASE_NAME
                kind=FieldKind::Code
                value=typed
                help=say::erase_name_help(&person.name)
                mistake
            />
            <Mistake words=errand.words()/>
            <div class="card-actions">
                <Button
                    label=say::ERASE
                    loudness=Loudness::Danger
                    submits=true
                    busy=errand.busy()
                />
                <Button
                    label=say::CANCEL
                    loudness=Loudness::Quiet
                    on_press=move |()| asked.close()
                />
            </div>
        </form>
    }
}

/// Spaces at the ends, and how many stand between two words, can't be seen.
fn is_the_name(typed: &str, name: &str) -> bool {
    typed.split_whitespace().eq(name.split_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::samples::NOOR;

    #[test]
    fn only_the_whole_name_is_the_name() {
        for typed in [NOOR.name, " Noor Haddad ", "Noor  Haddad"] {
            assert!(is_the_name(typed, NOOR.name), "{typed}");
        }
        for typed in ["", "Noor", "noor haddad", "NoorHaddad", "Noor Haddad Noor"] {
            assert!(!is_the_name(typed, NOOR.name), "{typed}");
        }
    }
}
