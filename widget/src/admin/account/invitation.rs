//! Following an invitation, or a link for a forgotten password.
//!
//! The law: the link's token stands behind the `#`, goes into two commands and is gone from the address afterwards.

use super::door_check::{LinkState, checked};
use super::form::Form as Checked;
use crate::admin::app::use_here;
use crate::admin::sentences as say;
use crate::admin::session::use_session;
use crate::admin::ui::{Button, Door, FieldKind, Mistake, TextField};
use crate::admin::{api, path};
use crate::frame::navigation;
use leptos::prelude::*;
use shared::account::{AcceptInvitation, CheckLink, InvitationShown};
use shared::identity::{Role, Session as ChatSession};
use shared::problem::Field;

#[component]
pub fn Invitation() -> impl IntoView {
    navigation::set_title(&say::title(say::INVITATION, ""));
    let token = navigation::here().fragment;
    let link = {
        let token = token.clone();
        checked(move || {
            let check = CheckLink {
                token: token.clone(),
            };
            async move { api::post::<_, InvitationShown>("/api/invitations/check", &check).await }
        })
    };
    let good = move |shown: InvitationShown| view! { <Form token=token.clone() shown/> }.into_any();
    view! {
        <Door>
            // Whoever is invited is welcomed instead.
            <Show when=move || link.value().with(Option::is_none)>
                <h1 class="door-card-title">{say::INVITATION}</h1>
            </Show>
            <LinkState link gone=say::INVITATION_GONE good/>
        </Door>
    }
}

#[component]
fn Form(token: String, shown: InvitationShown) -> impl IntoView {
    let session = use_session();
    let here = use_here();
    let InvitationShown {
        name,
        email,
        role,
        site_name,
    } = shown;
    navigation::set_title(&say::title(say::INVITATION, &site_name));
    let name = RwSignal::new(name);
    let password = RwSignal::new(String::new());
    let form = Checked::new([(Field::Name, name), (Field::Password, password)]);
    let errand = form.errand;
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let command = AcceptInvitation {
            token: token.clone(),
            name: name.get_untracked(),
            password: password.get_untracked(),
        };
        if !form.passes() {
            return;
        }
        let call = async move { api::post::<_, ChatSession>("/api/invitations", &command).await };
        errand.run(call, move |_| match role {
            Role::Admin => {
                here.go_instead(path::ROOT);
                session.ask_at_door();
            }
            Role::Visitor | Role::Guest | Role::User | Role::Agent => {
                navigation::leave_for("/agent")
            }
        });
    };
    let label = Signal::derive(move || match errand.is_busy() {
        true => say::SIGNING_IN,
        false => say::ACCEPT_INVITATION,
    });
    view! {
        <h1 class="door-card-title">{say::welcome_to(&site_name)}</h1>
        <p class="door-card-help">{say::invited_as(&email, role)}</p>
        <form class="door-card-form" on:submit=send novalidate=true>
            <TextField label=say::YOUR_NAME kind=FieldKind::Name value=name mistake=form.mistake(Field::Name)/>
            <TextField
                label=say::NEW_PASSWORD
                kind=FieldKind::NewPassword
                value=password
                help=say::new_password_help()
                mistake=form.mistake(Field::Password)
            />
            <Mistake words=errand.words_besides(&[Field::Name, Field::Password])/>
            <Button label submits=true busy=errand.busy()/>
        </form>
    }
}
