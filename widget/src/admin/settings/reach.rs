//! Privacy, paths, origins and the script tag: who sees what, and where the chat is shown.
//!
//! The law: closed by default, and the page says so.

use super::bind::bind;
use super::desk::use_desk;
use crate::admin::sentences as say;
use crate::admin::session::use_session;
use crate::admin::ui::{CopyLine, FieldKind, Section, TextField, TextList, Toggle};
use leptos::prelude::*;
use shared::problem::Field;

#[component]
pub fn Privacy() -> impl IntoView {
    let desk = use_desk();
    view! {
        <Section id="privacy" title=say::PRIVACY>
            <Toggle label=say::SHOW_ADDRESSES value=bind!(desk, show_addresses) help=say::SHOW_ADDRESSES_HELP/>
            <Toggle
                label=say::AGENTS_SEE_ADDRESSES
                value=bind!(desk, agents_see_addresses)
                help=say::AGENTS_SEE_ADDRESSES_HELP
            />
            <Toggle
                label=say::AGENTS_SEE_PAGES
                value=bind!(desk, agents_see_pages)
                help=say::AGENTS_SEE_PAGES_HELP
            />
            <TextField
                label=say::PRIVACY_URL
                kind=FieldKind::Code
                value=bind!(desk, privacy_url)
                help=say::PRIVACY_URL_HELP
                mistake=desk.mistake(Field::PrivacyUrl)
                on_leave=desk.leaves(Field::PrivacyUrl)
            />
        </Section>
    }
}

#[component]
pub fn Paths() -> impl IntoView {
    let desk = use_desk();
    view! {
        <Section id="urls" title=say::PAGES help=say::PAGES_HELP>
            <TextList
                label=say::INCLUDE_URLS
                entry=say::URL_RULE
                add=say::ADD_PATH
                value=bind!(desk, include_urls)
                mistakes=desk.entry_mistakes(Field::IncludeUrls, |settings| &settings.include_urls)
                mistake=desk.mistake(Field::IncludeUrls)
                on_leave=desk.leaves(Field::IncludeUrls)
            />
            <TextList
                label=say::EXCLUDE_URLS
                entry=say::URL_RULE
                add=say::ADD_PATH
                value=bind!(desk, exclude_urls)
                mistakes=desk.entry_mistakes(Field::ExcludeUrls, |settings| &settings.exclude_urls)
                mistake=desk.mistake(Field::ExcludeUrls)
                on_leave=desk.leaves(Field::ExcludeUrls)
            />
        </Section>
    }
}

#[component]
pub fn Origins() -> impl IntoView {
    let desk = use_desk();
    let origin = use_session().part(|admin| admin.public_origin.clone());
    let tag = Signal::derive(move || {
        format!("<script src=\"{}/embed.js\" async></script>", origin.get())
    });
    view! {
        <Section id="allowed-origins" title=say::ORIGINS help=say::ORIGINS_HELP>
            <TextList
                label=say::ALLOWED_ORIGINS
                entry=say::ORIGIN
                add=say::ADD_ORIGIN
                value=bind!(desk, allowed_origins)
                help=say::ALLOWED_ORIGINS_HELP
                mistakes=desk.entry_mistakes(Field::AllowedOrigins, |settings| &settings.allowed_origins)
                mistake=desk.mistake(Field::AllowedOrigins)
                on_leave=desk.leaves(Field::AllowedOrigins)
            />
            <CopyLine label=say::SCRIPT_TAG text=tag help=say::SCRIPT_TAG_HELP/>
        </Section>
    }
}
