//! What stands at the foot while something is not saved.
//!
//! The law: it is there exactly as long as something is, and says how much; how a save went is said aloud.

use super::desk::use_desk;
use crate::admin::sentences as say;
use crate::admin::ui::{Button, Loudness, Mistake};
use leptos::prelude::*;
use shared::problem::Field;

#[component]
pub fn SaveBar() -> impl IntoView {
    let desk = use_desk();
    let changes = Memo::new(move |_| desk.changes());
    let words = move || match desk.mistakes() {
        0 => say::unsaved(changes.get()),
        mistakes => say::need_a_look(mistakes),
    };
    let label = Signal::derive(move || match desk.saving.is_busy() {
        true => say::SAVING,
        false => say::SAVE,
    });
    view! {
        <Show when=move || changes.get().ne(&0)>
            <div class="settings-bar" role="region" aria-label=say::UNSAVED>
                <p class="settings-bar-words" role="status">{words}</p>
                <div class="card-actions">
                    <Button label=say::DISCARD loudness=Loudness::Quiet on_press=move |()| desk.discard()/>
                    <Button label busy=desk.saving.busy() on_press=move |()| desk.save()/>
                </div>
                <Mistake words=desk.saving.words_besides(FIELDS)/>
            </div>
        </Show>
    }
}

/// Fields that say their own mistakes.
const FIELDS: &[Field] = &[
    Field::SiteName,
    Field::SupportName,
    Field::Greeting,
    Field::UsualAnswer,
    Field::PrivacyUrl,
    Field::FooterText,
    Field::FooterUrl,
    Field::Accent,
    Field::Language,
    Field::PageSize,
    Field::GuestMode,
    Field::UserGroups,
    Field::GuestGroupId,
    Field::GuestIdleDays,
    Field::GuestAbsoluteDays,
    Field::KeepGuestConversationsDays,
    Field::KeepEndedConversationsDays,
    Field::KeepAuditDays,
    Field::MailHost,
    Field::MailPort,
    Field::MailUser,
    Field::MailFrom,
    Field::MailSecurity,
];
