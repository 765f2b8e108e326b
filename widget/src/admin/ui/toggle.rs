//! On or off: a checkbox with its sentence.
//!
//! The law: it is a checkbox to everybody who cannot see it, and its whole line can be pressed.

use super::Value;
use super::field::{FieldMistake, Help, described_by};
use crate::ui::unique_id;
use leptos::prelude::*;
use shared::settings::Switch;

#[component]
pub fn Toggle(
    label: &'static str,
    #[prop(into)] value: Value<Switch>,
    #[prop(optional, into)] help: Option<String>,
    #[prop(optional, into)] mistake: Signal<Option<String>>,
) -> impl IntoView {
    let id = unique_id();
    let described = described_by(&id, help.is_some(), mistake);
    view! {
        <div class="toggle" class:is-wrong=move || mistake.with(Option::is_some)>
            <label class="toggle-line" for=id.clone()>
                <input
                    type="checkbox"
                    class="toggle-box"
                    id=id.clone()
                    aria-invalid=move || mistake.with(Option::is_some).then_some("true")
                    aria-describedby=described
                    prop:checked=move || value.get().is_on()
                    on:change=move |event| value.set(match event_target_checked(&event) {
                        true => Switch::On,
                        false => Switch::Off,
                    })
                />
                <span>{label}</span>
            </label>
            <div class="toggle-more">
                <Help id=id.clone() words=help/>
                <FieldMistake id words=mistake/>
            </div>
        </div>
    }
}
