//! The whole of it: who is there, which screen, what stands around it.
//!
//! The law: what is shown follows from the address and from who is signed in, and from nothing else.

use super::account::{Invitation, SetUp};
use super::preview::{self, PREVIEW};
use super::session::{Session, Standing};
use super::shell::Shell;
use super::sign_in::{SignIn, SignInAgain};
use super::ui::{Door, Failed, Waiting};
use super::{notices, path};
use crate::frame::navigation::{self, Address};
use crate::frame::page;
use crate::reactive::RwSignal as AccentSignal;
use crate::theme::themed;
use any_spawner::Executor;
use leptos::prelude::*;
use reactive_graph::owner::Owner;

/// The colour before the site's own is known.
const ACCENT: &str = "#2563EB";

/// Puts the program on the page and starts it.
pub fn start() {
    // Fails only when it is chosen already; then it is the same one.
    let _ = Executor::init_wasm_bindgen();
    if path::parse(&navigation::here().path) == Some((PREVIEW, "")) {
        return preview::start();
    }
    page::clear_body();
    page::start_guard();
    let owner = Owner::new();
    owner.with(|| {
        let accent = AccentSignal::new(ACCENT.to_owned());
        let root = themed(accent.into()).into_element();
        page::show(&root);
        page::mount(&root, move || view! { <App accent/> });
    });
    // For the page's whole life.
    std::mem::forget(owner);
}

/// Where we are, for whoever shows something of it.
#[derive(Clone, Copy)]
pub struct Here(pub RwSignal<Address>);

impl Here {
    /// Goes to an address of the admin page.
    pub fn go(self, address: &str) {
        navigation::go(address);
        self.0.set(navigation::here());
    }

    /// Goes there as if we had never been here.
    pub fn go_instead(self, address: &str) {
        navigation::go_instead(address);
        self.0.set(navigation::here());
    }
}

pub fn use_here() -> Here {
    expect_context()
}

#[component]
fn App(accent: AccentSignal<String>) -> impl IntoView {
    let here = Here(RwSignal::new(navigation::here()));
    provide_context(here);
    navigation::on_moved(move || here.0.set(navigation::here()));
    navigation::on_link(move |address| {
        let path = address.split(['#', '?']).next().unwrap_or_default();
        let is_ours = path::parse(path).is_some();
        if is_ours {
            here.go(address);
        }
        is_ours
    });
    notices::provide();
    let session = Session::new(accent);
    provide_context(session);
    session.start();
    // Drawn anew only when it is another one: everything typed lives below.
    let standing = Memo::new(move |_| session.standing());
    let door = Memo::new(move |_| here.0.with(|address| Link::of(&address.path)));
    view! {
        {move || match door.get() {
            Some(Link::SetUp) => view! { <SetUp/> }.into_any(),
            Some(Link::Invitation) => view! { <Invitation/> }.into_any(),
            None => at_the_door(session, standing.get()),
        }}
        <SignInAgain/>
        <notices::NoticeLine/>
    }
}

/// What somebody follows who need not be signed in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    SetUp,
    Invitation,
}

impl Link {
    fn of(path: &str) -> Option<Self> {
        match path::parse(path)? {
            ("setup", "") => Some(Self::SetUp),
            ("invitation", "") => Some(Self::Invitation),
            _ => None,
        }
    }
}

/// The shell for whoever is signed in; the door otherwise.
fn at_the_door(session: Session, standing: Standing) -> AnyView {
    match standing {
        Standing::Asking => view! { <Door><Waiting/></Door> }.into_any(),
        Standing::SignedOut(site) => view! { <SignIn site/> }.into_any(),
        Standing::SignedIn => view! { <Shell/> }.into_any(),
        Standing::Failed(failure) => {
            let again = Callback::new(move |()| session.ask());
            view! { <Door><Failed failure again/></Door> }.into_any()
        }
    }
}
