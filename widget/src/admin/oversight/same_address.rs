//! Others with a customer's address, at the head of a thread.
//!
//! The law: a hint, never a reason: nothing is joined by it, and it says that nothing is verified. Where it can't be
//! fetched nothing is said: the thread itself says so.

use super::{address_of, api};
use crate::admin::load::load;
use crate::admin::moment::RowTime;
use crate::admin::sentences as say;
use leptos::prelude::*;
use shared::conversation::CustomerKind;
use shared::conversion::SameAddressRow;
use shared::ids::ConversationId;

#[component]
pub fn SameAddress(
    conversation_id: ConversationId,
    /// How often somebody asked for what is new.
    looked: RwSignal<u32>,
) -> impl IntoView {
    let loaded = load(move || {
        looked.track();
        api::same_address(conversation_id.clone())
    });
    let rows = Memo::new(move |_| loaded.value().get().unwrap_or_default());
    move || {
        let rows = rows.get();
        let words = say::same_address(rows.len())?;
        let lines = rows.into_iter().map(line).collect_view();
        Some(view! {
            <details class="same-address oversight-others">
                <summary class="same-address-count">{words}</summary>
                <ul class="same-address-list">{lines}</ul>
            </details>
        })
    }
}

fn line(row: SameAddressRow) -> impl IntoView {
    let kind = match row.is_user {
        true => CustomerKind::User,
        false => CustomerKind::Guest,
    };
    let address = address_of(kind, &row.conversation_id);
    view! {
        <li>
            <a class="same-address-open" href=address>
                <bdi class="same-address-name">{row.name}</bdi>
                <span>{say::customer_kind(kind)}</span>
                <span class="same-address-time"><RowTime time=row.last_activity_at/></span>
            </a>
        </li>
    }
}
