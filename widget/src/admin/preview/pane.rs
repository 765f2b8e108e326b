//! The frame, as the admin page shows it: beside the settings on wide screens, nowhere on others.
//!
//! The law: it is handed what is typed, at once; a frame that nobody sees is not loaded.

use super::word::{View, Word};
use crate::admin::sentences as say;
use crate::frame::preview;
use leptos::html;
use leptos::prelude::*;
use shared::settings::Settings;

#[component]
pub fn PreviewPane(settings: Signal<Settings>) -> impl IntoView {
    let view = RwSignal::new(View::Door);
    let element: NodeRef<html::Iframe> = NodeRef::new();
    let word = Memo::new(move |_| Word {
        settings: settings.get(),
        view: view.get(),
    });
    let tell = move || {
        if let Some(element) = element.get_untracked() {
            preview::tell(&element, &word.get_untracked().bytes());
        }
    };
    Effect::new(move |_| {
        word.track();
        tell();
    });
    let is_lazy = RwSignal::new(false);
    Effect::new(move |_| {
        if let Some(element) = element.get() {
            preview::load_when_seen(&element);
            preview::on_ready(&element, tell);
            is_lazy.set(true);
        }
    });
    // A language is spoken from the first view on, so another one is another page.
    let language = Memo::new(move |_| settings.with(|settings| settings.language.clone()));
    let address = move || {
        is_lazy
            .get()
            .then(|| ["/admin/preview?language=", &language.get()].concat())
    };
    let choice = move |own: View, name| {
        view! {
            <button
                type="button"
                class="preview-choice"
                aria-pressed=move || (view.get() == own).to_string()
                on:click=move |_| view.set(own)
            >
                {name}
            </button>
        }
    };
    view! {
        <aside class="preview-pane" aria-labelledby="preview-title">
            <div class="preview-pane-head">
                <h2 class="preview-pane-title" id="preview-title">{say::PREVIEW}</h2>
                <div class="preview-choices" role="group" aria-label=say::PREVIEW_SHOWS>
                    {choice(View::Door, say::PREVIEW_DOOR)}
                    {choice(View::Thread, say::PREVIEW_THREAD)}
                </div>
            </div>
            <iframe
                class="preview-frame"
                node_ref=element
                title=say::PREVIEW_HELP
                src=address
            ></iframe>
        </aside>
    }
}
