//! Who blocked whom.
//!
//! The law: unblocking is asked about first.

use super::api;
use crate::admin::load::Pages;
use crate::admin::moment::Moment;
use crate::admin::ui::{Asked, Button, Confirm, FaceView, Loudness, Mark, Rows, Section};
use crate::admin::{notices, oversight, sentences as say};
use crate::frame::navigation;
use leptos::prelude::*;
use shared::conversation::CustomerKind;
use shared::safety::BlockRow;

#[component]
pub fn Blocks() -> impl IntoView {
    let pages = Pages::load(api::blocks);
    let asked = Asked::<BlockRow>::new();
    let done = notices::speaker();
    let unblock = move |block: BlockRow| {
        let said = say::unblocked(&block.blocked.name);
        let block_id = block.block_id.clone();
        asked
            .errand()
            .run(async move { api::unblock(&block).await }, move |()| {
                asked.close();
                pages
                    .rows()
                    .update(|rows| rows.retain(|row| row.block_id != block_id));
                done.run(said);
                navigation::focus_in_place("blocks");
            });
    };
    view! {
        <Section id="blocks" title=say::BLOCKS>
            <Rows
                pages
                label=say::BLOCKS
                empty=say::BLOCKS_EMPTY.to_owned()
                key=|block: &BlockRow| block.block_id.as_str().to_owned()
                draw=move |block| view! { <Line block asked/> }
            />
        </Section>
        <Confirm
            asked
            title=|block: &BlockRow| say::unblock_question(&block.blocked.name)
            words=|block: &BlockRow| vec![say::unblock_words(&block.blocker.name, &block.blocked.name, block.scope)]
            action=say::UNBLOCK
            is_kind=true
            on_yes=unblock
        />
    }
}

#[component]
fn Line(block: BlockRow, asked: Asked<BlockRow>) -> impl IntoView {
    let who = say::who_blocked(&block.blocker.name, &block.blocked.name, block.scope);
    let button = say::unblock_whom(&block.blocked.name, &block.blocker.name);
    let address = oversight::address_of(block.blocked_kind, &block.conversation_id);
    let read = say::read_whose(&block.blocked.name);
    let is_guest = block.blocked_kind == CustomerKind::Guest;
    let face = block.blocked.clone();
    let time = block.created_at;
    view! {
        <li class="rows-list-row">
            <FaceView face/>
            <div class="rows-list-words">
                <p class="rows-list-name"><span>{who}</span>{is_guest.then(|| view! { " "<Mark words=say::GUEST_MARK/> })}</p>
                <p class="rows-list-more"><Moment time/>" · "<a href=address aria-label=read>{say::READ_CONVERSATION}</a></p>
            </div>
            <Button label=say::UNBLOCK loudness=Loudness::Quiet name=button on_press=move |()| asked.ask(block.clone())/>
        </li>
    }
}
