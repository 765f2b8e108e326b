//! The settings: what each is called, and a sentence of help for it.
//!
//! The law: a help sentence says what changes for whom, not how it is stored.

use shared::settings::{ChatIcon, Corner, MailSecurity};

pub const SETTINGS: &str = "Settings";
pub const SECTIONS_OF_SETTINGS: &str = "Sections of this page";
pub const ON: &str = "on";
pub const OFF: &str = "off";
pub const NOTHING: &str = "nothing";
pub const UPLOADED: &str = "uploaded";

pub const GENERAL: &str = "General";
pub const SITE_NAME: &str = "Site name";
pub const SITE_NAME_HELP: &str = "Stands on the door of the chat, above your greeting.";
pub const LOGO: &str = "Logo";
pub const LOGO_HELP: &str =
    "Stands beside the site's name. PNG, JPEG or WebP, up to 2 MB; it takes effect at once.";
pub const CHAT_ICON: &str = "Chat icon";
pub const CHAT_ICON_HELP: &str = "What the round button in the corner of your pages shows.";
pub const FOOTER_TEXT: &str = "Footer text";
pub const FOOTER_TEXT_HELP: &str =
    "The quiet line at the bottom of the chat. Leave it empty for none.";
pub const FOOTER_URL: &str = "Footer URL";
pub const FOOTER_URL_HELP: &str = "Where that line leads: an https:// address, or empty.";

pub const WIDGET: &str = "Widget";
pub const ACCENT: &str = "Colour";
pub const ACCENT_HELP: &str = "The button, the door and your visitors' own messages. Words on it stay readable whatever you choose.";
pub const PICK_COLOUR: &str = "Pick a colour";
pub const CORNER: &str = "Position";
pub const CORNER_HELP: &str = "The lower corner of your pages that the button sits in.";
pub const SUPPORT_NAME: &str = "Support group's name";
pub const SUPPORT_NAME_HELP: &str = "Customers see it above their conversation.";
pub const GREETING: &str = "Greeting";
pub const GREETING_HELP: &str = "The sentence on the door.";
pub const USUAL_ANSWER: &str = "Usual answer";
pub const USUAL_ANSWER_HELP: &str = "When somebody usually answers, as a sentence.";
pub const PAGE_SIZE: &str = "Page size";
pub const PAGE_SIZE_HELP: &str = "How many rows a list shows before Show more: 1 to 100.";
pub const NOTIFICATION_SOUND: &str = "Notification sound";
pub const NOTIFICATION_SOUND_HELP: &str =
    "A short sound when a message comes while the chat is closed or the page hidden.";
pub const OPEN_ON_MESSAGE: &str = "Open on a new message";
pub const OPEN_ON_MESSAGE_HELP: &str = "The chat opens by itself when the other side writes.";

pub const USER_GROUPS_SWITCH: &str = "User Groups are on";
pub const USER_GROUPS_HELP: &str = "Groups say who may chat with whom, and who answers guests.";
pub const TOKEN_GROUPS: &str = "Take groups from the identity token";
pub const TOKEN_GROUPS_HELP: &str = "Your site's token may name the groups that a user is in. Groups that an admin put them in stay.";
pub const MANAGE_GROUPS: &str = "Manage groups and people";

pub const GUEST_MODE: &str = "Guest Mode";
pub const GUEST_MODE_SWITCH: &str = "Guest Mode On/Off";
pub const GUEST_MODE_HELP: &str =
    "Visitors without an account chat with your support group after giving name and email.";
pub const GUEST_GROUP_ID: &str = "Guest Group Id";
pub const GUEST_GROUP_HELP: &str = "The people of this group answer guests.";
pub const GUEST_GROUP: &str = "Guest group";
pub const TYPE_GROUP_ID: &str = "Type the id instead";
pub const CHOOSE_GROUP: &str = "Choose from the list instead";
pub const GUEST_MODE_NEEDS: &str = "Before Guest Mode can be turned on:";
pub const NEEDS_USER_GROUPS: &str = "User Groups are off.";
pub const NEEDS_USER_GROUPS_LINK: &str = "Turn User Groups on";
pub const NEEDS_A_GROUP: &str = "There is no group yet.";
pub const NEEDS_A_GROUP_LINK: &str = "Create a group";
pub const NEEDS_CHOICE: &str = "No guest group is chosen.";
pub const NEEDS_CHOICE_LINK: &str = "Choose a group below";
pub const NEEDS_PEOPLE: &str = "Nobody is in the guest group.";
pub const NEEDS_PEOPLE_LINK: &str = "Add somebody to it";
pub const GROUP_IS_GONE: &str = "The guest group was deleted.";
pub const RESERVED_NAMES: &str = "Reserved names";
pub const RESERVED_NAMES_HELP: &str =
    "Names that no guest may take, besides those of the guest group and its people.";
pub const RESERVED_NAME: &str = "Name";
pub const ADD_NAME: &str = "Add a name";
pub const GUEST_IDLE_DAYS: &str = "Forget an idle guest after, in days";
pub const GUEST_IDLE_DAYS_HELP: &str =
    "A guest who doesn't come back within this time starts anew: 1 to 180.";
pub const GUEST_ABSOLUTE_DAYS: &str = "Forget any guest after, in days";
pub const GUEST_ABSOLUTE_DAYS_HELP: &str = "However often a guest comes back: 1 to 365.";

pub const PRIVACY: &str = "Privacy";
pub const SHOW_ADDRESSES: &str = "Show addresses to each other";
pub const SHOW_ADDRESSES_HELP: &str =
    "People who may chat with each other see each other's email address.";
pub const AGENTS_SEE_ADDRESSES: &str = "Agents see customers' addresses";
pub const AGENTS_SEE_ADDRESSES_HELP: &str = "Admins always do.";
pub const AGENTS_SEE_PAGES: &str = "Show which page a customer is on";
pub const AGENTS_SEE_PAGES_HELP: &str =
    "Agents and admins see the path of the page, never what stands behind a question mark.";
pub const PRIVACY_URL: &str = "Privacy page";
pub const PRIVACY_URL_HELP: &str =
    "The door links it: an https:// address, a path on your site as in /privacy, or empty.";

pub const KEEPING: &str = "How long things are kept";
pub const KEEPING_HELP: &str = "What is older goes by itself, for good, and Activity says so. Users' conversations are always kept, also those that they began as guests.";
pub const KEEP_ENDED_CONVERSATIONS: &str = "Erase guests who can't come back after, in days";
pub const KEEP_ENDED_CONVERSATIONS_HELP: &str = "Counted from the last message, once their sessions have ended: the guest's name, address and every text of the conversation go. Whoever signs in later can't find it again. 30 to 3650; 0 keeps everything.";
pub const KEEP_GUEST_CONVERSATIONS: &str = "Erase any idle guest after, in days";
pub const KEEP_GUEST_CONVERSATIONS_HELP: &str = "The same, also where they could still come back: they would start anew. Not less than an idle guest is remembered. 30 to 3650; 0 keeps everything.";
pub const KEEP_AUDIT: &str = "Delete lines of Activity after, in days";
pub const KEEP_AUDIT_HELP: &str =
    "Who did what longer ago can't be looked up any more. 30 to 3650; 0 keeps everything.";
pub const KEEP_PEERS: &str = "Network addresses are never stored: the server holds them in memory for an hour at most, to keep anybody from asking too often.";

pub const PAGES: &str = "Include or Exclude URLs";
pub const PAGES_HELP: &str = "Paths of your site, as in /shop/*; * stands for anything. Fill one of the two lists, or none for every page.";
pub const INCLUDE_URLS: &str = "Show the chat only here";
pub const EXCLUDE_URLS: &str = "Show the chat everywhere but here";
pub const URL_RULE: &str = "Path";
pub const ADD_PATH: &str = "Add a path";

pub const ORIGINS: &str = "Allowed origins";
pub const ORIGINS_HELP: &str = "Only these sites may show the chat. Without any, no site may.";
pub const ALLOWED_ORIGINS: &str = "Sites";
pub const ALLOWED_ORIGINS_HELP: &str =
    "As in https://shop.example, or https://*.example.com for every site below.";
pub const ORIGIN: &str = "Site";
pub const ADD_ORIGIN: &str = "Add a site";
pub const SCRIPT_TAG: &str = "Script tag";
pub const SCRIPT_TAG_HELP: &str =
    "Paste this one line into your pages; it may stand anywhere in them.";

pub const LANGUAGE_SECTION: &str = "Language";
pub const LANGUAGE: &str = "Language of the chat";
pub const LANGUAGE_HELP: &str = "What the chat says on your site. This admin page is in English.";

pub const PREVIEW: &str = "Preview";
pub const PREVIEW_SHOWS: &str = "What the preview shows";
pub const PREVIEW_DOOR: &str = "Door";
pub const PREVIEW_THREAD: &str = "Conversation";
pub const PREVIEW_HELP: &str = "As visitors would see it, with what you typed.";

/// "3 changes are not saved."
pub fn unsaved(count: usize) -> String {
    match count {
        1 => "1 change is not saved.".into(),
        count => format!("{count} changes are not saved."),
    }
}

/// "2 fields need another look."
pub fn need_a_look(count: usize) -> String {
    match count {
        1 => "1 field needs another look.".into(),
        count => format!("{count} fields need another look."),
    }
}

pub const UNSAVED: &str = "Not saved yet";
pub const SAVING: &str = "Saving…";

/// "Mina Okafor changed the settings at 14:05".
pub fn changed_by(who: Option<&str>, when: Option<&str>) -> String {
    let who = who.unwrap_or("Somebody");
    match when {
        Some(when) => format!("{who} changed the settings at {when}"),
        None => format!("{who} changed the settings"),
    }
}

pub const CONFLICT_WORDS: &str =
    "Nothing of yours is saved yet, and nothing is lost. This is what they changed:";
pub const CONFLICT_SAME: &str = "They changed nothing that stands here.";
pub const LOAD_THEIRS: &str = "Load theirs";
pub const KEEP_MINE: &str = "Keep mine and save again";
pub const YOURS_TOO: &str = "you changed it too";

/// "from “off” to “on”".
pub fn from_to(before: &str, after: &str) -> String {
    format!("from “{before}” to “{after}”")
}

/// "Last saved by Ada Brandt, 14:05."
pub fn last_saved(who: Option<&str>, when: &str) -> String {
    match who {
        Some(who) => format!("Last saved by {who}, {when}."),
        None => format!("Last saved {when}."),
    }
}

pub const UPLOAD_LOGO: &str = "Upload a logo";
pub const CHANGE_LOGO: &str = "Change the logo";
pub const REMOVE_LOGO: &str = "Remove the logo";
pub const LOGO_SAVED: &str = "The logo is saved.";
pub const LOGO_REMOVED: &str = "The logo is removed.";
pub const LOGO_ALT: &str = "The logo as it is now";

/// "Support, 3 people (0192…)".
pub fn group_choice(name: &str, people: u32, id: &str) -> String {
    let people = super::counted(people as usize, "person", "people");
    format!("{name} · {people} · {id}")
}

pub const fn chat_icon(icon: ChatIcon) -> &'static str {
    match icon {
        ChatIcon::Speech => "Speech mark",
        ChatIcon::Question => "Question mark",
        ChatIcon::Lifebuoy => "Lifebuoy",
        ChatIcon::Lantern => "Lantern",
    }
}

pub const fn corner(corner: Corner) -> &'static str {
    match corner {
        Corner::Right => "Right",
        Corner::Left => "Left",
    }
}

pub const fn mail_security(security: MailSecurity) -> &'static str {
    match security {
        MailSecurity::StartTls => "STARTTLS",
        MailSecurity::Tls => "TLS from the first byte",
        MailSecurity::None => "None, for a server on this machine",
    }
}

/// "Deutsch": a language as those who speak it call it; the code for one we don't know.
pub fn language(code: &str) -> String {
    match code {
        "en" => "English".into(),
        "de" => "Deutsch".into(),
        "ar" => "العربية".into(),
        other => other.into(),
    }
}
