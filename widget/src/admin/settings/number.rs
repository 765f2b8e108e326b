//! A whole number as it is typed.
//!
//! The law: what is no number counts as one that no setting takes, so its mistake is said like any other. That is not 0:
//! an empty field must not keep things for ever.

use super::desk::Desk;
use crate::admin::ui::{FieldKind, TextField, Value};
use leptos::prelude::*;
use shared::problem::Field;

#[component]
pub fn NumberField(
    desk: Desk,
    field: Field,
    label: &'static str,
    help: &'static str,
    value: Value<u32>,
) -> impl IntoView {
    let typed = RwSignal::new(value.get_untracked().to_string());
    // Saved, discarded or taken from somebody else: not what was typed.
    Effect::new(move |_| {
        let value = value.get();
        if typed.with_untracked(|typed| read(typed)) != value {
            typed.set(value.to_string());
        }
    });
    let shown = Value::new(
        move || typed.get(),
        move |text: String| {
            let number = read(&text);
            typed.set(text);
            value.set(number);
        },
    );
    view! {
        <TextField
            label
            kind=FieldKind::Number
            value=shown
            help
            short=true
            mistake=desk.mistake(field)
            on_leave=desk.leaves(field)
        />
    }
}

fn read(text: &str) -> u32 {
    text.trim().parse().unwrap_or(u32::MAX)
}
