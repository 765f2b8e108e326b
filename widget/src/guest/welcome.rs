//! The upper third of the door: whose site it is, what can be done here, and who is there.
//!
//! The law: what the site says of itself, and first names; whoever is there is a green dot, never a name.

use crate::frame::draw::{Drawn, draw};
use crate::i18n::{Text, say};
use crate::reactive::{Callback, Memo, Signal};
use crate::ui::{Icon, face_stack, icon_button, is_own_path};
use shared::identity::Face;
use shared::limits::DOOR_FACES;
use shared::settings::{Presence, Site};

/// The upper third: whose site it is, what can be done here, and who is there.
pub(super) fn welcome(site: Signal<Site>, on_close: Option<Callback<()>>) -> Drawn {
    let greeting = draw("h1").class("door-greeting").set("dir", "auto");
    let greeting = greeting.text_with(move || site.with(|site| site.greeting.clone()));
    let faces = Memo::new(move |_| {
        site.with(|site| {
            site.faces
                .iter()
                .take(DOOR_FACES)
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let welcome = draw("header")
        .class("door-welcome")
        .child(brand(site, on_close))
        .child(greeting);
    welcome
        .show(move || faces.with(|faces| people(faces)))
        .child(presence(site))
}

/// Whose site it is, and the way out where there is one.
pub fn brand(site: Signal<Site>, on_close: Option<Callback<()>>) -> Drawn {
    let logo = draw("span")
        .class("door-mark")
        .set("aria-hidden", "true")
        .show(move || Some(site.with(mark)));
    let name = draw("span").class("door-site").set("dir", "auto");
    let name = name.text_with(move || site.with(|site| site.site_name.clone()));
    let close = on_close.map(|on_press| icon_button(Icon::Close, say(Text::CloseChat), on_press));
    draw("div")
        .class("door-brand")
        .child(logo)
        .child(name)
        .children(close)
}

/// The site's logo, or the first letter of its name.
fn mark(site: &Site) -> Drawn {
    match site.logo.as_deref().filter(|path| is_own_path(path)) {
        Some(path) => draw("img")
            .class("door-picture")
            .set("src", path)
            .set("alt", ""),
        None => {
            let first = site.site_name.chars().next().map(String::from);
            draw("span")
                .class("door-logo")
                .text(&first.unwrap_or_default())
        }
    }
}

/// Faces that lean on each other, and their first names in one line.
fn people(faces: &[Face]) -> Option<Drawn> {
    let first_name = |face: &Face| {
        face.name
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let names = faces.iter().map(first_name).collect::<Vec<_>>().join(", ");
    let names = draw("bdi").class("door-names").text(&names);
    (!faces.is_empty()).then(|| {
        draw("div")
            .class("door-people")
            .child(face_stack(faces.to_vec().into()))
            .child(names)
    })
}

/// A green dot and its words, and when somebody usually answers.
fn presence(site: Signal<Site>) -> Drawn {
    let is_there = Memo::new(move |_| site.with(|site| site.presence == Presence::There));
    let line = draw("p")
        .class("presence")
        .class_while("is-there", move || is_there.get());
    let dot = || {
        draw("span")
            .class("presence-dot")
            .set("aria-hidden", "true")
    };
    let words = || draw("span").text(say(Text::SomebodyHere)).text(". ");
    let line = line.show(move || {
        if is_there.get() {
            vec![dot(), words()]
        } else {
            Vec::new()
        }
    });
    line.child(
        draw("span")
            .set("dir", "auto")
            .text_with(move || site.with(|site| site.usual_answer.clone())),
    )
}
