//! Starts a program: one call from each `src/bin`.

use super::app::{App, Edition};
use super::screens::root;
use crate::frame::page;
use leptos::prelude::*;

/// Puts the program on the page and starts it.
pub fn start(edition: Edition) {
    page::clear_body();
    mount_to_body(move || {
        let app = App::new(edition);
        app.start();
        root(app)
    });
}
