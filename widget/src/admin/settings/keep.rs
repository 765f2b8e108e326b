//! How long things are kept.
//!
//! The law: each field says what goes and what is lost with it, and that 0 keeps everything.

use super::bind::bind;
use super::desk::use_desk;
use super::number::NumberField;
use crate::admin::sentences as say;
use crate::admin::ui::Section;
use leptos::prelude::*;
use shared::problem::Field;

#[component]
pub fn Keeping() -> impl IntoView {
    let desk = use_desk();
    view! {
        <Section id="keeping" title=say::KEEPING help=say::KEEPING_HELP>
            <NumberField
                desk
                field=Field::KeepEndedConversationsDays
                label=say::KEEP_ENDED_CONVERSATIONS
                help=say::KEEP_ENDED_CONVERSATIONS_HELP
                value=bind!(desk, keep_ended_conversations_days)
            />
            <NumberField
                desk
                field=Field::KeepGuestConversationsDays
                label=say::KEEP_GUEST_CONVERSATIONS
                help=say::KEEP_GUEST_CONVERSATIONS_HELP
                value=bind!(desk, keep_guest_conversations_days)
            />
            <NumberField
                desk
                field=Field::KeepAuditDays
                label=say::KEEP_AUDIT
                help=say::KEEP_AUDIT_HELP
                value=bind!(desk, keep_audit_days)
            />
            <p class="settings-note">{say::KEEP_PEERS}</p>
        </Section>
    }
}
