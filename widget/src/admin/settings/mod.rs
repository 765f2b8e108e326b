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
                <Shown loaded=desk.page draw=move |_| view! { <Sections/> }/>
            </Page>
            <PreviewPane settings=typed/>
        </div>
    }
}

#[component]
fn Sections() -> impl IntoView {
    view! {
        <div class="settings">
            <LastSaved/>
            <general::General/>
            <general::Widget/>
            <guests::UserGroups/>
            <guests::GuestMode/>
            <conversion::Conversion/>
            <reach::Privacy/>
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
