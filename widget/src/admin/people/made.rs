//! A link that is shown once: of an invitation, or for a new password.
//!
//! The law: it is on this page until the dialog closes, and nowhere else.

use crate::admin::sentences as say;
use crate::admin::ui::{Button, CopyLine, Dialog};
use leptos::prelude::*;
use shared::account::InvitationMade;

/// What the link is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum MadeWords {
    Invitation,
    Password,
}

impl MadeWords {
    const fn title(self) -> &'static str {
        match self {
            Self::Invitation => say::INVITATION_MADE,
            Self::Password => say::PASSWORD_LINK_MADE,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Invitation => say::INVITATION_WORDS,
            Self::Password => say::PASSWORD_LINK_WORDS,
        }
    }
}

#[component]
pub fn MadeLink(made: RwSignal<Option<InvitationMade>>, words: MadeWords) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(made.with(Option::is_some)));
    // Closed: forgotten.
    Effect::new(move |was_open: Option<bool>| {
        let is_open = open.get();
        if was_open == Some(true) && !is_open {
            made.set(None);
        }
        is_open
    });
    let shown = move || {
        made.get().map(
            |InvitationMade {
                 link, was_mailed, ..
             }| {
                view! {
                    <CopyLine label=say::LINK text=link/>
                    {was_mailed.then(|| view! { <p>{say::INVITATION_MAILED}</p> })}
                }
            },
        )
    };
    view! {
        <Dialog title=words.title().to_owned() open>
            <p>{words.words()}</p>
            {shown}
            <div class="card-actions"><Button label=say::DONE on_press=move |()| open.set(false)/></div>
        </Dialog>
    }
}
