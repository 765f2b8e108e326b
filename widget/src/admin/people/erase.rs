//! Erasing somebody.
//!
//! The law: the question names what is lost, and the name has to be typed: nobody can bring it back.

use super::{Whom, api};
use crate::admin::app::use_here;
use crate::admin::groups::place;
use crate::admin::ui::{Asked, Button, Dialog, FieldKind, Loudness, Mistake, Section, TextField};
use crate::admin::{notices, sentences as say};
use crate::frame::navigation;
use leptos::prelude::*;
use shared::group::PersonRow;

/// On their page.
#[component]
pub fn Erase(person: Memo<PersonRow>) -> impl IntoView {
    let here = use_here();
    let asked = Asked::<Whom>::new();
    let ask = move |()| asked.ask(person.with_untracked(Whom::of));
    view! {
        <Section id="erase" title=say::ERASING help=say::ERASING_HELP>
            <div class="card-actions">
                <Button label=say::ERASE loudness=Loudness::Danger on_press=ask/>
            </div>
        </Section>
        <Erasing asked on_erased=move |()| here.go_instead(place::PEOPLE)/>
    }
}

/// The question, and what becomes of it.
#[component]
pub fn Erasing(asked: Asked<Whom>, #[prop(into)] on_erased: Callback<()>) -> impl IntoView {
    let title = Signal::derive(move || {
        let whom = asked.thing();
        whom.map_or_else(String::new, |whom| say::erase_question(&whom.name))
    });
    view! {
        <Dialog title open=asked.open()>
            {move || asked.thing().map(|whom| view! { <Form whom asked on_erased/> })}
        </Dialog>
    }
}

#[component]
fn Form(whom: Whom, asked: Asked<Whom>, on_erased: Callback<()>) -> impl IntoView {
    let done = notices::speaker();
    let errand = asked.errand();
    let typed = RwSignal::new(String::new());
    let is_wrong = RwSignal::new(false);
    let mistake = Signal::derive(move || is_wrong.get().then(|| say::ERASE_NAME_WRONG.to_owned()));
    let (losses, help) = (losses(whom.is_guest), say::erase_name_help(&whom.name));
    let whom = StoredValue::new(whom);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let is_right = whom.with_value(|whom| is_the_name(&typed.read_untracked(), &whom.name));
        is_wrong.set(!is_right);
        if !is_right {
            return navigation::focus_on_mistake();
        }
        let call = async move { api::erase(&whom.get_value().person_id).await };
        errand.run(call, move |()| {
            asked.close();
            done.run(say::is_erased_now(&whom.get_value().name));
            on_erased.run(());
        });
    };
    view! {
        <form class="card-form" on:submit=send novalidate=true>
            <ul class="erase-losses">{losses}</ul>
            <p><strong>{say::ERASE_FOR_EVER}</strong></p>
            <TextField
                label=say::ERASE_NAME
                kind=FieldKind::Code
                value=typed
                help
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

fn losses(is_guest: bool) -> impl IntoView {
    say::erase_losses(is_guest)
        .iter()
        .map(|words| view! { <li>{*words}</li> })
        .collect_view()
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
