//! Somebody's face, beside their name.
//!
//! The law: it looks as in the chat, and says nothing to those who listen.

use crate::ui::face_parts;
use leptos::prelude::*;
use shared::identity::Face;

#[component]
pub fn FaceView(face: Face, #[prop(optional)] small: bool) -> impl IntoView {
    let parts = face_parts(&face);
    let shown = match parts.picture {
        Some(picture) => view! { <img class="face-picture" src=picture alt=""/> }.into_any(),
        None => parts.initials.into_any(),
    };
    let class = if small {
        [parts.class, " is-small"].concat()
    } else {
        parts.class.into()
    };
    view! { <span class=class aria-hidden="true">{shown}</span> }
}
