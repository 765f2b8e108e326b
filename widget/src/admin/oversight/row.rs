//! One conversation of the list, as a link to its thread.
//!
//! The law: it looks as in the inbox; what is particular is said in words.

use super::Whose;
use super::summary::summary;
use crate::admin::moment::RowTime;
use crate::admin::sentences as say;
use crate::admin::ui::{FaceView, Mark, MarkKind};
use leptos::prelude::*;
use shared::ids::ConversationId;
use shared::safety::AdminConversation;

#[component]
pub fn Row(
    shown: AdminConversation,
    whose: Whose,
    chosen: Memo<Option<ConversationId>>,
) -> impl IntoView {
    let row = summary(&shown);
    let conversation_id = shown.conversation.conversation_id;
    let address = [whose.address(), "/", conversation_id.as_str(), "#thread"].concat();
    let is_here = move || chosen.with(|chosen| chosen.as_ref() == Some(&conversation_id));
    let marks = (row.is_unanswered || row.is_blocked || row.is_direct || row.was_guest).then(|| {
        view! {
            <span class="oversight-marks">
                {row.is_unanswered.then(|| view! { <Mark words=say::UNANSWERED_MARK kind=MarkKind::Strong/> })}
                {row.is_blocked.then(|| view! { <Mark words=say::BLOCKED_MARK kind=MarkKind::Warning/> })}
                {row.is_direct.then(|| view! { <Mark words=say::KIND_DIRECT/> })}
                {row.was_guest.then(|| view! { <Mark words=say::WAS_GUEST_MARK/> })}
            </span>
        }
    });
    view! {
        <li>
            <a class="row oversight-row" href=address aria-current=move || is_here().then_some("true")>
                <FaceView face=row.face/>
                <span class="row-top">
                    <span class="row-name" dir="auto">{row.name}</span>
                    <span class="row-time"><RowTime time=shown.conversation.last_activity_at/></span>
                </span>
                <span class="row-bottom"><span class="row-text" dir="auto">{row.snippet}</span></span>
                {marks}
            </a>
        </li>
    }
}
