//! The settings: one page, a card for each of its sections.
//!
//! The laws: every field has a sentence of help and is judged by the server's own rules; nothing is saved by leaving the
//! page, and nothing is lost by it.

/// What stands at the foot while something is not saved.
mod bar;
/// A setting by its name.
mod bind;
/// Somebody else saved meanwhile.
mod conflict;
/// Guests who become users.
mod conversion;
/// The settings as somebody works on them.
mod desk;
/// Every setting by name.
mod entries;
/// What is wrong with a draft.
mod faults;
/// General, Widget, Language.
mod general;
/// User Groups and Guest Mode.
mod guests;
/// How long things are kept.
mod keep;
/// Identity keys.
mod keys;
/// The logo.
mod logo;
/// Mail.
mod mail;
/// Whole numbers.
mod number;
/// Privacy, paths, origins and the script tag.
mod reach;

use super::host;
use super::moment::moment_words;
use super::preview::PreviewPane;
use super::sentences as say;
use super::ui::{Page, Shown};
use crate::frame::navigation;
use bar::SaveBar;
use conflict::Conflict;
use desk::{Desk, use_desk};
use leptos::prelude::*;

pub use desk::{SCREEN, provide};

#[component]
pub fn SettingsScreen() -> impl IntoView {
    let desk = use_desk();
    desk.open();
    let typed = Signal::derive(move || desk.settings(Clone::clone));
    view! {
        <div class="settings-wide">
            <Page title=say::SETTINGS>
                <SectionLinks/>
                <Shown loaded=desk.page draw=move |_| view! { <Sections/> }/>
            </Page>
            <PreviewPane settings=typed/>
        </div>
    }
}

/// Where a section is, and what it is called. **Shape**: in their order.
const SECTIONS: &[(&str, &str)] = &[
    ("/admin/settings#general", say::GENERAL),
    ("/admin/settings#widget", say::WIDGET),
    ("/admin/settings#user-groups", say::USER_GROUPS),
    ("/admin/settings#guest-mode", say::GUEST_MODE),
    ("/admin/settings#conversion", say::CONVERSION),
    ("/admin/settings#privacy", say::PRIVACY),
    ("/admin/settings#keeping", say::KEEPING),
    ("/admin/settings#urls", say::PAGES),
    ("/admin/settings#allowed-origins", say::ORIGINS),
    ("/admin/settings#identity-keys", say::KEYS),
    ("/admin/settings#site-server", say::SITE_SERVER),
    ("/admin/settings#webhooks", say::WEBHOOKS),
    ("/admin/settings#mail", say::MAIL),
    ("/admin/settings#language", say::LANGUAGE_SECTION),
];

/// The page is long: a way to each of its sections.
#[component]
fn SectionLinks() -> impl IntoView {
    let links = SECTIONS.iter().map(
        |(address, name)| view! { <li><a class="settings-link" href=*address>{*name}</a></li> },
    );
    view! {
        <nav aria-label=say::SECTIONS_OF_SETTINGS>
            <ul class="settings-links">{links.collect_view()}</ul>
        </nav>
    }
}

#[component]
fn Sections() -> impl IntoView {
    let desk = use_desk();
    let follow = move |event: leptos::ev::FocusEvent| {
        if let Some(section) = navigation::section_of(&event) {
            desk.enters(section);
        }
    };
    view! {
        <div class="settings" on:focusin=follow>
            <LastSaved/>
            <general::General/>
            <general::Widget/>
            <guests::UserGroups/>
            <guests::GuestMode/>
            <conversion::Conversion/>
            <reach::Privacy/>
            <keep::Keeping/>
            <reach::Paths/>
            <reach::Origins/>
            <keys::Keys/>
            <host::YourServer/>
            <host::Webhooks/>
            <mail::Mail/>
            <general::Language/>
            <SaveBar/>
            <Conflict/>
        </div>
    }
}

/// Who saved last, and when.
#[component]
fn LastSaved() -> impl IntoView {
    let desk: Desk = use_desk();
    let words = move || {
        desk.page.value().with(|page| {
            let page = page.as_ref()?;
            let when = moment_words(page.changed_at?);
            Some(say::last_saved(page.changed_by.as_deref(), &when))
        })
    };
    view! { <p class="settings-saved">{words}</p> }
}
