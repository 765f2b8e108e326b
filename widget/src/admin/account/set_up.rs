//! The first admin and the site, once.
//!
//! The law: the link's token stands behind the `#`, goes into two commands and is gone from the address afterwards.

use super::door_check::{LinkState, checked};
use super::form::Form as Checked;
use crate::admin::app::use_here;
use crate::admin::sentences as say;
use crate::admin::session::use_session;
use crate::admin::ui::{Button, Door, FieldKind, Mistake, TextField};
use crate::admin::{api, path, settings};
use crate::frame::navigation;
use leptos::prelude::*;
use shared::account::{AdminSession, CheckLink, SetUp as Command};
use shared::problem::Field;

#[component]
pub fn SetUp() -> impl IntoView {
    navigation::set_title(&say::title(say::SET_UP, ""));
    let token = navigation::here().fragment;
    let link = {
        let token = token.clone();
        checked(move || {
            let check = CheckLink {
                token: token.clone(),
            };
            async move { api::order_with(crate::net::Method::Post, "/api/setup/check", &check).await }
        })
    };
    let good = move |()| view! { <Form token=token.clone()/> }.into_any();
    view! {
        <Door>
            <h1 class="door-card-title">{say::SET_UP}</h1>
            <LinkState link gone=say::SETUP_LINK_GONE good/>
        </Door>
    }
}

#[component]
fn Form(token: String) -> impl IntoView {
    let session = use_session();
    let here = use_here();
    let empty = || RwSignal::new(String::new());
    let (name, email, password) = (empty(), empty(), empty());
    let (site_name, site_address) = (empty(), empty());
    let form = Checked::new([
        (Field::Name, name),
        (Field::Email, email),
        (Field::Password, password),
        (Field::SiteName, site_name),
        (Field::SiteAddress, site_address),
    ]);
    let errand = form.errand;
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let command = Command {
            token: token.clone(),
            name: name.get_untracked(),
            email: email.get_untracked(),
            password: password.get_untracked(),
            site_name: site_name.get_untracked(),
            site_address: site_address.get_untracked(),
        };
        if !form.passes() {
            return;
        }
        let call = async move { api::post::<_, AdminSession>("/api/setup", &command).await };
        errand.run(call, move |admin| {
            session.arrived(admin);
            here.go_instead(&path::of(settings::SCREEN));
        });
    };
    let label = Signal::derive(move || match errand.is_busy() {
        true => say::SETTING_UP,
        false => say::SET_UP_NOW,
    });
    view! {
        <p class="door-card-help">{say::SET_UP_WORDS}</p>
        <form class="door-card-form" on:submit=send novalidate=true>
            <TextField label=say::YOUR_NAME kind=FieldKind::Name value=name mistake=form.mistake(Field::Name)/>
            <TextField label=say::EMAIL kind=FieldKind::Email value=email mistake=form.mistake(Field::Email)/>
            <TextField
                label=say::PASSWORD
                kind=FieldKind::NewPassword
                value=password
                help=say::new_password_help()
                mistake=form.mistake(Field::Password)
            />
            <TextField
                label=say::SITE_NAME
                value=site_name
                help=say::SET_UP_SITE_NAME_HELP
                mistake=form.mistake(Field::SiteName)
            />
            <TextField
                label=say::SITE_ADDRESS
                kind=FieldKind::Code
                value=site_address
                help=say::SITE_ADDRESS_HELP
                mistake=form.mistake(Field::SiteAddress)
            />
            <Mistake words=errand.words_besides(FIELDS)/>
            <Button label submits=true busy=errand.busy()/>
        </form>
    }
}

const FIELDS: &[Field] = &[
    Field::Name,
    Field::Email,
    Field::Password,
    Field::SiteName,
    Field::SiteAddress,
];
