//! The system's own alerts.
//!
//! The law: browsers refuse them in frames and some have none; then there are none, and nothing fails.

use super::page::window;
use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Notification, NotificationOptions, NotificationPermission};

/// What the browser allows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// Nobody was asked yet.
    Unasked,
    Granted,
    Denied,
}

fn is_there() -> bool {
    Reflect::has(&window(), &"Notification".into()).unwrap_or_default()
}

/// What the browser allows; `None` where it has no alerts.
pub fn permission() -> Option<Permission> {
    is_there().then(|| read(Notification::permission()))
}

const fn read(permission: NotificationPermission) -> Permission {
    match permission {
        NotificationPermission::Granted => Permission::Granted,
        NotificationPermission::Denied => Permission::Denied,
        _ => Permission::Unasked,
    }
}

/// Asks whoever is there. Browsers ask them once, and only after they touched something.
pub async fn ask() -> Option<Permission> {
    if is_there()
        && let Ok(promise) = Notification::request_permission()
    {
        // Refused where it cannot be asked; then what is allowed says so.
        let _ = JsFuture::from(promise).await;
    }
    permission()
}

/// What an alert says.
pub struct Alert<'a> {
    pub title: &'a str,
    pub body: &'a str,
    /// A later one with the same tag takes its place.
    pub tag: &'a str,
}

/// Shows one; whoever clicks it is brought to this page.
pub fn show(alert: &Alert<'_>, on_click: impl FnOnce() + 'static) {
    let options = NotificationOptions::new();
    options.set_body(alert.body);
    options.set_tag(alert.tag);
    // Phones want another way of making them, and say so here.
    let Ok(shown) = Notification::new_with_options(alert.title, &options) else {
        return;
    };
    let closed = shown.clone();
    let act = Closure::once_into_js(move || {
        // Refused only where a browser keeps windows in their order.
        let _ = window().focus();
        closed.close();
        on_click();
    });
    shown.set_onclick(Some(act.unchecked_ref()));
}
