//! What stands around every screen, and words that many screens use.
//!
//! The law: the same thing is said in the same words everywhere.

pub const PRODUCT: &str = "Porchlight";
pub const SKIP_TO_CONTENT: &str = "Skip to the content";
pub const MENU: &str = "Menu";
pub const ADMIN_PAGES: &str = "Admin pages";
pub const YOUR_ACCOUNT: &str = "Your account";
pub const SIGN_OUT: &str = "Sign out";
pub const OPEN_CHAT: &str = "Open the chat";
pub const IN_A_NEW_TAB: &str = "(opens in a new tab)";
pub const UNSAVED_MARK: &str = "Not saved yet";

pub const LOADING: &str = "Loading…";
pub const STILL_LOADING: &str = "This takes longer than usual. One moment, please.";
pub const TRY_AGAIN: &str = "Try again";
pub const RELOAD: &str = "Reload";
pub const LOOK_AGAIN: &str = "Look again";
pub const SHOW_MORE: &str = "Show more";
pub const SAVE: &str = "Save";
pub const SAVED: &str = "Saved.";
pub const DISCARD: &str = "Discard";
pub const CANCEL: &str = "Cancel";
pub const CLOSE: &str = "Close";
pub const REMOVE: &str = "Remove";
pub const COPY: &str = "Copy";
pub const COPIED: &str = "Copied.";
pub const COPY_BY_HAND: &str =
    "Your browser doesn't copy for us. Please select the text and copy it yourself.";
pub const OPTIONAL: &str = "optional";

pub const NOT_A_PAGE: &str = "This page isn't there";
pub const NOT_A_PAGE_WORDS: &str = "The address may be mistyped, or the page has moved.";
pub const GO_TO_START: &str = "Go to the first page";

pub const WARNING_GUEST_GROUP_GONE: &str =
    "Guest Mode is on, but the guest group was deleted. Visitors see that nobody is here.";
pub const WARNING_GUEST_GROUP_EMPTY: &str =
    "Guest Mode is on, but nobody is in the guest group. Visitors see that nobody is here.";
pub const WARNING_NO_ORIGIN: &str = "No site may show the chat yet.";
pub const MEND_GUEST_GROUP: &str = "Choose a group";
pub const MEND_PEOPLE: &str = "Add somebody";
pub const MEND_ORIGINS: &str = "Add your site";

/// "3 waiting".
pub fn waiting(count: u32) -> String {
    format!("{count} waiting")
}

/// "Settings · Lamp Shop".
pub fn title(screen: &str, site: &str) -> String {
    let site = if site.is_empty() { PRODUCT } else { site };
    [screen, " · ", site].concat()
}

/// "Remove https://shop.example".
pub fn remove_entry(entry: &str) -> String {
    [REMOVE, " ", entry].concat()
}

/// "1 second", "7 seconds".
pub fn counted(count: usize, one: &str, several: &str) -> String {
    let word = if count == 1 { one } else { several };
    format!("{count} {word}")
}

/// "Copy the script tag".
pub fn copy_what(what: &str) -> String {
    [COPY, ": ", what].concat()
}
