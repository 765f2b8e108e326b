//! Everything about somebody, as a file.
//!
//! The law: what is in it is never shown here; it is saved, and that it was is said and recorded.

use super::{Whom, api};
use crate::admin::errand::Errand;
use crate::admin::ui::{Button, Loudness, Mistake, Section};
use crate::admin::{notices, sentences as say};
use leptos::prelude::*;
use shared::group::PersonRow;

/// On their page.
#[component]
pub fn Export(person: Memo<PersonRow>) -> impl IntoView {
    let errand = Errand::new();
    let export = exporter(errand, move || person.with_untracked(Whom::of));
    view! {
        <Section id="export" title=say::EXPORTING help=say::EXPORTING_HELP>
            <Mistake words=errand.words()/>
            <div class="card-actions">
                <Button
                    label=say::EXPORT
                    loudness=Loudness::Quiet
                    busy=errand.busy()
                    on_press=export
                />
            </div>
        </Section>
    }
}

/// What the button does.
pub fn exporter(
    errand: Errand,
    whom: impl Fn() -> Whom + Send + Sync + 'static,
) -> impl Fn(()) + Send + Sync + 'static {
    let done = notices::speaker();
    move |()| {
        let Whom {
            person_id, name, ..
        } = whom();
        errand.run(async move { api::export(&person_id).await }, move |()| {
            done.run(say::is_exported_now(&name));
        });
    }
}
