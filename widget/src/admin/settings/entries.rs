//! Every setting by name: what is different between two versions, and how changes of two people come together.
//!
//! The law: one table. What is not in it would be lost when two people save at once; the test holds it against the
//! struct itself.

use crate::admin::sentences as say;
use shared::conversion::ConversionPolicy;
use shared::settings::{ChatIcon, Corner, MailSecurity, Settings, Switch};

/// One setting.
pub struct Entry {
    /// Its name in the struct.
    #[cfg(test)]
    key: &'static str,
    /// As its field is labelled.
    pub name: &'static str,
    is_same: fn(&Settings, &Settings) -> bool,
    take: fn(&mut Settings, &Settings),
    words: fn(&Settings) -> String,
}

macro_rules! entries {
    ($($key:ident: $name:ident as $words:ident,)*) => {
        /// **Shape**: in the order of the page.
        pub const ENTRIES: &[Entry] = &[$(Entry {
            #[cfg(test)]
            key: stringify!($key),
            name: say::$name,
            is_same: |one, other| one.$key == other.$key,
            take: |into, from| into.$key.clone_from(&from.$key),
            words: |settings| $words(&settings.$key),
        }),*];
    };
}

entries! {
    site_name: SITE_NAME as text,
    logo: LOGO as presence,
    chat_icon: CHAT_ICON as icon,
    footer_text: FOOTER_TEXT as text,
    footer_url: FOOTER_URL as text,
    accent: ACCENT as text,
    corner: CORNER as corner,
    support_name: SUPPORT_NAME as text,
    greeting: GREETING as text,
    usual_answer: USUAL_ANSWER as text,
    page_size: PAGE_SIZE as number,
    notification_sound: NOTIFICATION_SOUND as switch,
    open_on_message: OPEN_ON_MESSAGE as switch,
    user_groups: USER_GROUPS as switch,
    token_groups: TOKEN_GROUPS as switch,
    guest_mode: GUEST_MODE as switch,
    guest_group_id: GUEST_GROUP_ID as id,
    reserved_names: RESERVED_NAMES as list,
    guest_idle_days: GUEST_IDLE_DAYS as number,
    guest_absolute_days: GUEST_ABSOLUTE_DAYS as number,
    conversion: CONVERSION as policy,
    show_addresses: SHOW_ADDRESSES as switch,
    agents_see_addresses: AGENTS_SEE_ADDRESSES as switch,
    agents_see_pages: AGENTS_SEE_PAGES as switch,
    privacy_url: PRIVACY_URL as text,
    keep_guest_conversations_days: KEEP_GUEST_CONVERSATIONS as number,
    keep_ended_conversations_days: KEEP_ENDED_CONVERSATIONS as number,
    keep_audit_days: KEEP_AUDIT as number,
    include_urls: INCLUDE_URLS as list,
    exclude_urls: EXCLUDE_URLS as list,
    allowed_origins: ALLOWED_ORIGINS as list,
    mail_host: MAIL_HOST as text,
    mail_port: MAIL_PORT as number,
    mail_security: MAIL_SECURITY as security,
    mail_user: MAIL_USER as text,
    mail_from: MAIL_FROM as text,
    language: LANGUAGE as text,
}

/// A setting that is different in two versions, each in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub name: &'static str,
    pub before: String,
    pub after: String,
}

/// What is different. **Shape**: in the order of the page; empty: nothing.
pub fn differences(before: &Settings, after: &Settings) -> Vec<Difference> {
    changed(before, after)
        .map(|entry| Difference {
            name: entry.name,
            before: (entry.words)(before),
            after: (entry.words)(after),
        })
        .collect()
}

/// How many settings are different.
pub fn count_changes(before: &Settings, after: &Settings) -> usize {
    changed(before, after).count()
}

/// Somebody else's version with one's own changes on top: what I did not touch is theirs.
pub fn on_top(read: &Settings, mine: &Settings, theirs: &Settings) -> Settings {
    let mut merged = theirs.clone();
    for entry in changed(read, mine) {
        (entry.take)(&mut merged, mine);
    }
    merged
}

/// Whether both changed the same setting, and not to the same.
pub fn do_overlap(read: &Settings, mine: &Settings, theirs: &Settings) -> bool {
    changed(read, mine)
        .any(|entry| !(entry.is_same)(read, theirs) && !(entry.is_same)(mine, theirs))
}

fn changed(before: &Settings, after: &Settings) -> impl Iterator<Item = &'static Entry> {
    ENTRIES
        .iter()
        .filter(|entry| !(entry.is_same)(before, after))
}

fn text(text: &str) -> String {
    match text {
        "" => say::NOTHING.into(),
        text => text.into(),
    }
}

fn list(texts: &[String]) -> String {
    text(&texts.join(", "))
}

fn number(number: &u32) -> String {
    number.to_string()
}

fn switch(switch: &Switch) -> String {
    if switch.is_on() { say::ON } else { say::OFF }.into()
}

fn presence<Id>(id: &Option<Id>) -> String {
    if id.is_some() {
        say::UPLOADED
    } else {
        say::NOTHING
    }
    .into()
}

fn id<Id: Clone + Into<String>>(id: &Option<Id>) -> String {
    id.clone().map_or(say::NOTHING.into(), Into::into)
}

fn icon(icon: &ChatIcon) -> String {
    say::chat_icon(*icon).into()
}

fn corner(corner: &Corner) -> String {
    say::corner(*corner).into()
}

fn policy(policy: &ConversionPolicy) -> String {
    say::conversion_policy(*policy).into()
}

fn security(security: &MailSecurity) -> String {
    say::mail_security(*security).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_stands_in_the_table_once() {
        let whole = serde_json::to_value(Settings::default()).unwrap();
        let mut keys: Vec<&str> = ENTRIES.iter().map(|entry| entry.key).collect();
        let mut fields: Vec<&str> = whole
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        keys.sort_unstable();
        fields.sort_unstable();
        assert_eq!(keys, fields);
    }

    #[test]
    fn what_i_did_not_touch_is_theirs() {
        let read = Settings::default();
        let mine = Settings {
            accent: "#B45309".into(),
            greeting: "Hello".into(),
            ..read.clone()
        };
        let theirs = Settings {
            greeting: "Welcome".into(),
            page_size: 50,
            ..read.clone()
        };
        let merged = on_top(&read, &mine, &theirs);
        assert_eq!(merged.accent, "#B45309");
        assert_eq!(merged.greeting, "Hello");
        assert_eq!(merged.page_size, 50);
        assert_eq!(count_changes(&theirs, &merged), 2);
        assert!(do_overlap(&read, &mine, &theirs));
        assert!(!do_overlap(&read, &merged, &merged));
        let elsewhere = Settings {
            page_size: 50,
            ..read.clone()
        };
        assert!(!do_overlap(&read, &mine, &elsewhere));
        assert_eq!(count_changes(&read, &read), 0);
    }

    #[test]
    fn differences_are_said_in_words() {
        let read = Settings::default();
        let theirs = Settings {
            user_groups: Switch::On,
            footer_text: String::new(),
            allowed_origins: vec!["https://a.example".into(), "https://b.example".into()],
            ..read.clone()
        };
        let said: Vec<_> = differences(&read, &theirs)
            .into_iter()
            .map(|difference| (difference.name, difference.before, difference.after))
            .collect();
        assert_eq!(
            said,
            [
                (say::FOOTER_TEXT, "Porchlight".into(), "nothing".into()),
                (say::USER_GROUPS, "off".into(), "on".into()),
                (
                    say::ALLOWED_ORIGINS,
                    "nothing".into(),
                    String::from("https://a.example, https://b.example")
                ),
            ]
        );
    }
}
