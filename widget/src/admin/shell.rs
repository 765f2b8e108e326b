//! What stands around every screen: the side bar, warnings, the screen itself.
//!
//! The law: after every move the tab is called after the screen, and the keyboard is on its heading, or on the section
//! that the address names.

use super::app::{Here, use_here};
use super::screens::{SCREENS, Screen, Shelf, find};
use super::sentences as say;
use super::session::use_session;
use super::ui::{Drawing, drawing};
use super::{path, screens, settings, unsaved};
use crate::frame::navigation::Address;
use crate::frame::{clock, navigation};
use leptos::prelude::*;
use shared::account::Warning;

/// The id of every screen's heading.
pub const HEADING: &str = "heading";
const CONTENT: &str = "content";
/// How often, and how far apart, a section is looked for that is not drawn yet. **Units**: milliseconds.
const LOOKS: u32 = 50;
const LOOK_AFTER_MS: u32 = 100;

#[component]
pub fn Shell() -> impl IntoView {
    unsaved::provide();
    settings::provide();
    let here = use_here();
    let asked = Memo::new(move |_| here.0.with(|address| asked(&address.path)));
    let screen = Memo::new(move |_| asked.with(|(screen, _)| screen.clone()));
    follow(here, screen);
    if asked.with_untracked(|(screen, _)| screen.is_empty())
        && let Some(first) = SCREENS.first()
    {
        here.go_instead(&path::of(first.path));
    }
    let draw = move || draw_screen(screen.get(), asked);
    let skip = ["#", CONTENT].concat();
    view! {
        <div class="admin">
            <a class="admin-skip" href=skip>{say::SKIP_TO_CONTENT}</a>
            <SideBar screen/>
            <main class="admin-main" id=CONTENT tabindex="-1" aria-labelledby=HEADING>
                <Warnings/>
                {draw}
            </main>
        </div>
    }
}

/// The screen's path, and what stands behind it.
fn asked(path: &str) -> (String, String) {
    let (screen, rest) = path::parse(path).unwrap_or_default();
    (screen.into(), rest.into())
}

fn draw_screen(screen: String, asked: Memo<(String, String)>) -> AnyView {
    let rest = Signal::derive(move || asked.with(|(_, rest)| rest.clone()));
    match find(&screen) {
        Some(screen) => (screen.draw)(rest),
        None => view! { <NotAPage/> }.into_any(),
    }
}

/// What follows a move: the title, the keyboard, and what the server warns of meanwhile.
fn follow(here: Here, screen: Memo<String>) {
    let session = use_session();
    let site = session.part(|admin| admin.site.site_name.clone());
    Effect::new(move |_| {
        let name = screen.with(|screen| find(screen).map_or(say::NOT_A_PAGE, |screen| screen.name));
        navigation::set_title(&say::title(name, &site.get()));
    });
    Effect::new(move |before: Option<String>| {
        let address = here.0.get();
        let is_first = before.is_none() && address.fragment.is_empty();
        // The new screen is drawn first.
        let arrived = address.clone();
        clock::after(0, move || {
            if !is_first && !navigation::focus_on(&arrived.fragment) {
                navigation::scroll_up();
                navigation::focus_on(HEADING);
                look_again(here, arrived, LOOKS);
            }
        });
        if before.is_some_and(|before| before != address.path) {
            session.refresh();
        }
        address.path
    });
}

/// What the address names may be drawn only when it was fetched: it gets the keyboard then, unless somebody went on.
fn look_again(here: Here, address: Address, looks: u32) {
    if looks == 0 || address.fragment.is_empty() {
        return;
    }
    clock::after(LOOK_AFTER_MS, move || {
        let is_still_here = here.0.try_get_untracked().as_ref() == Some(&address);
        if is_still_here
            && navigation::is_focused(HEADING)
            && !navigation::focus_on(&address.fragment)
        {
            look_again(here, address, looks - 1);
        }
    });
}

#[component]
fn SideBar(screen: Memo<String>) -> impl IntoView {
    let session = use_session();
    let here = use_here();
    let site = session.part(|admin| admin.site.site_name.clone());
    let is_open = RwSignal::new(false);
    // Whoever chose something wants to see it.
    Effect::new(move |_| {
        here.0.track();
        is_open.set(false);
    });
    let items = SCREENS
        .iter()
        .filter(|screen| screen.shelf == Shelf::Main)
        .map(|item| view! { <Item item screen/> })
        .collect_view();
    view! {
        <header class="admin-side" class:is-open=is_open>
            <div class="admin-top">
                <p class="admin-site">{site}</p>
                <button
                    type="button"
                    class="admin-menu"
                    aria-expanded=move || is_open.get().to_string()
                    aria-controls="admin-nav"
                    on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
                >
                    {drawing(Drawing::Menu)}
                    {say::MENU}
                </button>
            </div>
            <div class="admin-nav" id="admin-nav">
                <nav aria-label=say::ADMIN_PAGES>
                    <ul class="admin-items">{items}</ul>
                </nav>
                <Own screen/>
            </div>
        </header>
    }
}

#[component]
fn Item(item: &'static Screen, screen: Memo<String>) -> impl IntoView {
    let is_here =
        move || screen.with(|screen| find(screen).is_some_and(|found| found.path == item.path));
    let is_unsaved = unsaved::is_unsaved(item.path);
    let session = use_session();
    let count = session.part(move |admin| (item.count)(admin));
    view! {
        <li>
            <a class="admin-item" href=path::of(item.path) aria-current=move || is_here().then_some("page")>
                {drawing(item.drawing)}
                <span class="admin-item-name">{item.name}</span>
                {move || is_unsaved.get().then(|| view! {
                    <span class="admin-item-dot" aria-hidden="true"></span>
                    <span class="said">{say::UNSAVED_MARK}</span>
                })}
                {move || Some(count.get()).filter(|count| *count > 0).map(|count| {
                    view! {
                        <span class="badge" aria-hidden="true">{count}</span>
                        <span class="said">{say::waiting(count)}</span>
                    }
                })}
            </a>
        </li>
    }
}

/// Who is signed in, and what is theirs.
#[component]
fn Own(screen: Memo<String>) -> impl IntoView {
    let session = use_session();
    let name = session.part(|admin| admin.person.name.clone());
    let is_account = move || screen.with(|screen| screen == screens::ACCOUNT);
    view! {
        <div class="admin-own">
            <p class="admin-own-name">{name}</p>
            <ul class="admin-items">
                <li>
                    <a
                        class="admin-item is-small"
                        href=path::of(screens::ACCOUNT)
                        aria-current=move || is_account().then_some("page")
                    >
                        {drawing(Drawing::Person)}
                        {say::YOUR_ACCOUNT}
                    </a>
                </li>
                <li>
                    <a class="admin-item is-small" href="/agent" target="_blank">
                        {drawing(Drawing::Speech)}
                        {say::OPEN_CHAT}
                        <span class="said">{say::IN_A_NEW_TAB}</span>
                    </a>
                </li>
                <li>
                    <button type="button" class="admin-item is-small" on:click=move |_| session.sign_out()>
                        {drawing(Drawing::Leave)}
                        {say::SIGN_OUT}
                    </button>
                </li>
            </ul>
        </div>
    }
}

/// What an admin should mend, each with the way to it.
#[component]
fn Warnings() -> impl IntoView {
    let session = use_session();
    let warnings = session.part(|admin| admin.warnings.clone());
    let lines = move || {
        let lines = warnings.get().into_iter().map(|warning| {
            let (words, href, mend) = warning_words(warning);
            view! { <li class="admin-warning">{drawing(Drawing::Warning)}<span>{words}" "<a href=href>{mend}</a></span></li> }
        });
        let lines: Vec<_> = lines.collect();
        (!lines.is_empty()).then(|| view! { <ul class="admin-warnings">{lines}</ul> })
    };
    view! {
        // A list that says aloud what is new in it would be no list any more.
        <div role="status">{lines}</div>
    }
}

const fn warning_words(warning: Warning) -> (&'static str, &'static str, &'static str) {
    match warning {
        Warning::GuestGroupGone => (
            say::WARNING_GUEST_GROUP_GONE,
            "/admin/settings#guest-mode",
            say::MEND_GUEST_GROUP,
        ),
        Warning::GuestGroupEmpty => (
            say::WARNING_GUEST_GROUP_EMPTY,
            "/admin/groups",
            say::MEND_PEOPLE,
        ),
        Warning::NoAllowedOrigin => (
            say::WARNING_NO_ORIGIN,
            "/admin/settings#allowed-origins",
            say::MEND_ORIGINS,
        ),
    }
}

#[component]
fn NotAPage() -> impl IntoView {
    view! {
        <super::ui::Page title=say::NOT_A_PAGE>
            <p>{say::NOT_A_PAGE_WORDS}</p>
            <p><a href=path::ROOT>{say::GO_TO_START}</a></p>
        </super::ui::Page>
    }
}
