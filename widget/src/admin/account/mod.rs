//! One's own account: the password, and where one is signed in.
//!
//! The law: changing the password ends every other session, and says so beforehand.

/// Whether a link still works.
mod door_check;
/// A form about oneself.
mod form;
/// Following an invitation.
mod invitation;
/// What is wrong with what somebody typed about themselves.
mod particulars;
/// Changing the password.
mod password;
/// Where one is signed in.
mod sessions;
/// The first admin and the site.
mod set_up;

use super::sentences as say;
use super::session::use_session;
use super::ui::Page;
use leptos::prelude::*;
use password::Password;
use sessions::Sessions;

pub use form::Form;
pub use invitation::Invitation;
pub use set_up::SetUp;

#[component]
pub fn Account() -> impl IntoView {
    let session = use_session();
    let has_account = session.part(|admin| admin.has_account);
    let lead = session.admin().with_untracked(|admin| {
        let person = &admin.as_ref()?.person;
        Some(say::signed_in_as(&person.name, person.email.as_deref()))
    });
    view! {
        <Page title=say::YOUR_ACCOUNT lead=lead.unwrap_or_default()>
            <Show when=move || has_account.get()><Password/></Show>
            <Sessions/>
        </Page>
    }
}
