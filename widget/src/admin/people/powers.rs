//! What somebody may do: being an admin, and being there at all.
//!
//! The law: each change is asked about first; whoever changes themselves is told that it is themselves.

use super::api;
use crate::admin::session::use_session;
use crate::admin::ui::{Asked, Button, Confirm, Loudness, Section};
use crate::admin::{notices, sentences as say};
use crate::frame::navigation;
use leptos::prelude::*;
use shared::account::ChangePowers;
use shared::group::PersonRow;
use shared::settings::Switch;

/// What is changed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    MakeAdmin,
    TakeBack,
    Disable,
    Enable,
}

impl Change {
    fn question(self, name: &str) -> String {
        match self {
            Self::MakeAdmin => say::make_admin_question(name),
            Self::TakeBack => say::take_back_question(name),
            Self::Disable => say::disable_question(name),
            Self::Enable => say::enable_question(name),
        }
    }

    const fn words(self, is_own: bool) -> &'static str {
        match (self, is_own) {
            (Self::MakeAdmin, _) => say::MAKE_ADMIN_WORDS,
            (Self::TakeBack, false) => say::TAKE_BACK_WORDS,
            (Self::TakeBack, true) => say::TAKE_BACK_OWN_WORDS,
            (Self::Disable, false) => say::DISABLE_WORDS,
            (Self::Disable, true) => say::DISABLE_OWN_WORDS,
            (Self::Enable, _) => say::ENABLE_WORDS,
        }
    }

    const fn action(self) -> &'static str {
        match self {
            Self::MakeAdmin => say::MAKE_ADMIN,
            Self::TakeBack => say::TAKE_BACK,
            Self::Disable => say::DISABLE,
            Self::Enable => say::ENABLE,
        }
    }

    /// Whether it gives, and takes nothing.
    const fn is_kind(self) -> bool {
        match self {
            Self::MakeAdmin | Self::Enable => true,
            Self::TakeBack | Self::Disable => false,
        }
    }

    fn done(self, name: &str) -> String {
        match self {
            Self::MakeAdmin => say::is_admin_now(name),
            Self::TakeBack => say::is_no_admin_now(name),
            Self::Disable => say::is_disabled_now(name),
            Self::Enable => say::is_enabled_now(name),
        }
    }

    /// Everything somebody may do, after it.
    const fn powers(self, person: &PersonRow) -> ChangePowers {
        let (admin, enabled) = match self {
            Self::MakeAdmin => (true, !person.is_disabled),
            Self::TakeBack => (false, !person.is_disabled),
            Self::Disable => (person.is_admin, false),
            Self::Enable => (person.is_admin, true),
        };
        ChangePowers {
            admin: switch(admin),
            enabled: switch(enabled),
        }
    }
}

const fn switch(is_on: bool) -> Switch {
    if is_on { Switch::On } else { Switch::Off }
}

#[component]
pub fn Powers(person: Memo<PersonRow>, #[prop(into)] on_changed: Callback<()>) -> impl IntoView {
    let session = use_session();
    let own = session.part(|admin| Some(admin.person.person_id.clone()));
    let asked = Asked::<(PersonRow, Change)>::new();
    let done = notices::speaker();
    let change = move |(person, change): (PersonRow, Change)| {
        let powers = change.powers(&person);
        let person_id = person.person_id.clone();
        asked.errand().run(
            async move { api::change_powers(&person_id, powers).await },
            move |_| {
                asked.close();
                on_changed.run(());
                session.refresh();
                done.run(change.done(&person.name));
                navigation::focus_in_place("powers");
            },
        );
    };
    let action = Signal::derive(move || {
        asked
            .thing()
            .map_or(say::SAVE, |(_, change)| change.action())
    });
    let is_kind = Signal::derive(move || asked.thing().is_some_and(|(_, change)| change.is_kind()));
    let words = move |(person, change): &(PersonRow, Change)| {
        let is_own = own.with_untracked(|own| own.as_ref() == Some(&person.person_id));
        vec![change.words(is_own).to_owned()]
    };
    view! {
        <Section id="powers" title=say::POWERS help=say::POWERS_HELP>
            <ul class="rows-list">{move || lines(&person.get(), asked)}</ul>
        </Section>
        <Confirm asked title=|(person, change): &(PersonRow, Change)| change.question(&person.name) words action is_kind on_yes=change/>
    }
}

/// How it stands, each with what would change it.
fn lines(person: &PersonRow, asked: Asked<(PersonRow, Change)>) -> impl IntoView + use<> {
    let admin = match person.is_admin {
        true => (say::IS_ADMIN, Change::TakeBack),
        false => (say::IS_NO_ADMIN, Change::MakeAdmin),
    };
    let enabled = match person.is_disabled {
        true => (say::IS_DISABLED, Change::Enable),
        false => (say::IS_ENABLED, Change::Disable),
    };
    let line = |(words, change): (&'static str, Change)| {
        let person = person.clone();
        let loudness = match change.is_kind() {
            true => Loudness::Quiet,
            false => Loudness::Danger,
        };
        view! {
            <li class="rows-list-row">
                <p class="rows-list-words">{words}</p>
                <Button label=change.action() loudness on_press=move |()| asked.ask((person.clone(), change))/>
            </li>
        }
    };
    [admin, enabled].into_iter().map(line).collect_view()
}
