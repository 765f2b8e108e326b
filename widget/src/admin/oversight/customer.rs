//! What may be asked about the customer of a thread: what is held about them, and to be forgotten.
//!
//! The law: only where there is one customer; of two users who chat with each other each has a page of their own.

use crate::admin::errand::Errand;
use crate::admin::people::{Erasing, Whom, exporter};
use crate::admin::sentences as say;
use crate::admin::session::use_session;
use crate::admin::ui::{Asked, Button, Loudness, Mistake};
use crate::frame::navigation;
use leptos::prelude::*;
use shared::conversation::CustomerKind;
use shared::safety::AdminThread;

#[component]
pub fn TheCustomer(
    thread: Signal<AdminThread>,
    /// How often somebody asked for what is new.
    looked: RwSignal<u32>,
) -> impl IntoView {
    let whom = Memo::new(move |_| thread.with(customer));
    let own = use_session().part(|admin| Some(admin.person.person_id.clone()));
    let asked = Asked::<Whom>::new();
    let errand = Errand::new();
    let again = move |()| {
        looked.update(|looked| *looked += 1);
        // The buttons go with whom they were about.
        navigation::focus_in_place("thread");
    };
    let deeds = move || {
        let whom = whom.get()?;
        let is_own = own.get().as_ref() == Some(&whom.person_id);
        let export = exporter(errand, {
            let whom = whom.clone();
            move || whom.clone()
        });
        // Whoever is signed in here is erased by another admin, if at all.
        let erase = (!is_own).then(|| {
            let ask = move |()| asked.ask(whom.clone());
            view! { <Button label=say::ERASE loudness=Loudness::Danger on_press=ask/> }
        });
        Some(view! {
            <div class="card-actions oversight-deeds">
                <Button label=say::EXPORT loudness=Loudness::Quiet busy=errand.busy() on_press=export/>
                {erase}
            </div>
        })
    };
    view! {
        {deeds}
        <Mistake words=errand.words()/>
        <Erasing asked on_erased=again/>
    }
}

/// `None`: there are two, or nobody any more.
fn customer(thread: &AdminThread) -> Option<Whom> {
    let customer = thread.conversation.conversation.customer.as_ref()?;
    (!thread.conversation.is_erased).then(|| Whom {
        person_id: customer.face.person_id.clone(),
        name: customer.face.name.clone(),
        is_guest: customer.kind == CustomerKind::Guest,
    })
}
