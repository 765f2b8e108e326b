//! The card in front of everything, before somebody is signed in.
//!
//! The law: it is all there is on the page, and its heading says what it is for.

use super::drawing::{Drawing, drawing};
use crate::admin::sentences as say;
use leptos::prelude::*;

#[component]
pub fn Door(children: Children) -> impl IntoView {
    view! {
        <main class="door-card">
            <div class="door-card-inside">
                <p class="door-card-brand">{drawing(Drawing::Lantern)}{say::PRODUCT}</p>
                {children()}
            </div>
        </main>
    }
}
