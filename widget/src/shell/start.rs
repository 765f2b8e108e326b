//! Starts a program: one call from each `src/bin`.

use super::app::{App, Edition};
use super::screens::root;
use crate::frame::draw::Drawn;
use crate::frame::page;
use any_spawner::Executor;
use reactive_graph::owner::Owner;
use std::cell::OnceCell;

thread_local! {
    /// Owns everything for the frame's whole life.
    static ROOT: OnceCell<Owner> = const { OnceCell::new() };
}

/// Puts the program on the page and starts it.
pub fn start(edition: Edition) {
    mount(move || {
        let app = App::new(edition);
        app.start();
        root(app)
    });
}

/// Draws something in the place of the whole page.
pub fn mount(draw: impl FnOnce() -> Drawn) {
    // Fails only when it is chosen already; then it is the same one.
    let _ = Executor::init_wasm_bindgen();
    page::clear_body();
    ROOT.with(|root_owner| {
        root_owner
            .get_or_init(Owner::new)
            .with(|| page::show(&draw().into_element()));
    });
}
