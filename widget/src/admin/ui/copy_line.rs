//! Something to copy: a link, a secret, a line of code.
//!
//! The law: it can be selected and read by hand too; where the browser refuses to copy, the page says so.

use super::button::{Button, Loudness};
use crate::admin::sentences as say;
use crate::frame::clipboard;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// One line.
#[component]
pub fn CopyLine(
    label: &'static str,
    #[prop(into)] text: Signal<String>,
    #[prop(optional)] help: Option<&'static str>,
) -> impl IntoView {
    view! { <Copied label text help is_block=false/> }
}

/// Several lines of code.
#[component]
pub fn CopyBlock(label: &'static str, #[prop(into)] text: Signal<String>) -> impl IntoView {
    view! { <Copied label text help=None is_block=true/> }
}

#[component]
fn Copied(
    label: &'static str,
    text: Signal<String>,
    help: Option<&'static str>,
    is_block: bool,
) -> impl IntoView {
    let outcome = RwSignal::new("");
    let copy = move |()| {
        let text = text.get_untracked();
        spawn_local(async move {
            let words = match clipboard::copy(&text).await {
                true => say::COPIED,
                false => say::COPY_BY_HAND,
            };
            let _ = outcome.try_set(words);
        });
    };
    view! {
        <div class="copy" role="group" aria-label=label>
            <p class="copy-label" aria-hidden="true">{label}</p>
            <div class="copy-line">
                <code class="copy-text" class:is-block=is_block dir="ltr" tabindex="0">{text}</code>
                <Button label=say::COPY loudness=Loudness::Quiet on_press=copy name=say::copy_what(label)/>
            </div>
            {help.map(|help| view! { <p class="field-help">{help}</p> })}
            <p class="copy-outcome" role="status">{outcome}</p>
        </div>
    }
}
