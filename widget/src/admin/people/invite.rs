//! Inviting somebody: a name, an address, and what they will be.
//!
//! The law: mailing is offered only where a mail server is set up.

use super::api;
use super::made::{MadeLink, MadeWords};
use crate::admin::account::Form as Checked;
use crate::admin::groups::use_board;
use crate::admin::load::load;
use crate::admin::ui::{
    Button, Choice, ChoiceOption, FieldKind, Mistake, Section, TextField, Toggle,
};
use crate::admin::{api as calls, sentences as say};
use leptos::prelude::*;
use shared::account::{InvitationMade, Invite};
use shared::ids::GroupId;
use shared::problem::Field;
use shared::settings::{SettingsPage, Switch};

/// What the form says by itself, beside its fields.
const FIELDS: &[Field] = &[Field::Name, Field::Email, Field::GroupId];

/// What was typed and chosen.
#[derive(Clone, Copy)]
struct Form {
    name: RwSignal<String>,
    email: RwSignal<String>,
    admin: RwSignal<Switch>,
    group: RwSignal<String>,
    by_mail: RwSignal<Switch>,
}

impl Form {
    fn new() -> Self {
        Self {
            name: RwSignal::default(),
            email: RwSignal::default(),
            admin: RwSignal::default(),
            group: RwSignal::default(),
            by_mail: RwSignal::default(),
        }
    }

    fn command(self) -> Invite {
        Invite {
            name: self.name.get_untracked(),
            email: self.email.get_untracked(),
            admin: self.admin.get_untracked(),
            group_id: GroupId::parse(&self.group.get_untracked()),
            by_mail: self.by_mail.get_untracked(),
        }
    }

    fn clear(self) {
        self.name.set(String::new());
        self.email.set(String::new());
        self.admin.set(Switch::Off);
    }
}

#[component]
pub fn InviteForm(#[prop(into)] on_made: Callback<()>) -> impl IntoView {
    let form = Form::new();
    let checked = Checked::new([(Field::Name, form.name), (Field::Email, form.email)]);
    let errand = checked.errand;
    let made = RwSignal::new(None::<InvitationMade>);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !checked.passes() {
            return;
        }
        errand.run(api::invite(form.command()), move |answer| {
            form.clear();
            checked.begin_anew();
            made.set(Some(answer));
            on_made.run(());
        });
    };
    let settings = load(|| calls::get::<SettingsPage>("/api/admin/settings"));
    let may_mail = Memo::new(move |_| {
        settings.value().with(|page| {
            page.as_ref()
                .is_some_and(|page| !page.settings.mail_host.is_empty())
        })
    });
    view! {
        <Section id="invite" title=say::INVITE help=say::INVITE_HELP>
            <form class="card-form" on:submit=send novalidate=true>
                <TextField label=say::INVITE_NAME kind=FieldKind::Text value=form.name mistake=checked.mistake(Field::Name)/>
                <TextField label=say::INVITE_EMAIL kind=FieldKind::Code value=form.email mistake=checked.mistake(Field::Email)/>
                <Choice
                    label=say::INVITE_GROUP
                    value=form.group
                    options=group_options()
                    help=say::INVITE_GROUP_HELP
                    mistake=errand.words_about(Field::GroupId)
                />
                <Toggle label=say::INVITE_ADMIN value=form.admin help=say::POWERS_HELP/>
                <Show when=move || may_mail.get()>
                    <Toggle label=say::INVITE_BY_MAIL value=form.by_mail help=say::INVITE_BY_MAIL_HELP/>
                </Show>
                <Mistake words=errand.words_besides(FIELDS)/>
                <div class="card-actions"><Button label=say::MAKE_LINK submits=true busy=errand.busy()/></div>
            </form>
        </Section>
        <MadeLink made words=MadeWords::Invitation/>
    }
}

/// Every group, and none.
fn group_options() -> Signal<Vec<ChoiceOption>> {
    let board = use_board().0.value();
    Signal::derive(move || {
        let none = ChoiceOption::new("", say::NO_GROUP);
        let groups = board.with(|board| {
            board
                .as_ref()
                .map(|board| board.groups.clone())
                .unwrap_or_default()
        });
        let named = groups
            .into_iter()
            .map(|group| ChoiceOption::new(group.group_id.as_str(), group.name));
        [none].into_iter().chain(named).collect()
    })
}
