//! What is wrong with a draft: everything at once, each at its field.
//!
//! The law: the server's own rules (`shared::settings::rules`) judge here too. They answer the first fault, so they are
//! asked once for each part of the page, with the rest as it is stored.

use super::entries::on_top;
use shared::problem::{Field, ProblemCode};
use shared::settings::rules::{Fault, Surroundings, change};
use shared::settings::{Settings, SettingsPage};

/// Settings as somebody types them.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub settings: Settings,
    /// The id of the guest group, as typed: it may not be one yet.
    pub group_text: String,
}

impl Draft {
    pub fn of(settings: &Settings) -> Self {
        let group = settings.guest_group_id.clone();
        Self {
            settings: settings.clone(),
            group_text: group.map(String::from).unwrap_or_default(),
        }
    }

    fn has_broken_group(&self) -> bool {
        self.settings.guest_group_id.is_none() && !self.group_text.trim().is_empty()
    }
}

/// Everything that is wrong. **Shape**: in the order of the parts; at most one for a field, or for an entry of a list.
pub fn faults(page: &SettingsPage, draft: &Draft, surroundings: Surroundings<'_>) -> Vec<Fault> {
    let stored = &page.settings;
    let mut found: Vec<Fault> = Vec::new();
    let mut add = |fault: Fault| {
        let is_known = found
            .iter()
            .any(|known| (known.field, known.entry) == (fault.field, fault.entry));
        if !is_known {
            found.push(fault);
        }
    };
    for take in PARTS {
        let mut probe = stored.clone();
        take(&mut probe, &draft.settings);
        // A broken entry hides what is wrong with the next: each is judged, and taken out, in turn.
        let faults = faults_of(stored, probe, surroundings).into_iter();
        // A line that was added and not filled in yet is left out when it is saved.
        faults
            .filter(|fault| !is_empty_line(&draft.settings, fault))
            .for_each(&mut add);
    }
    if draft.has_broken_group() {
        add(Fault::of(Field::GuestGroupId, ProblemCode::NoSuchGroup));
    }
    found
}

fn is_empty_line(settings: &Settings, fault: &Fault) -> bool {
    let line = fault
        .entry
        .and_then(|entry| list_in(settings, fault.field)?.get(entry));
    line.is_some_and(|line| line.trim().is_empty())
}

/// The faults of one part, entry by entry.
fn faults_of(stored: &Settings, mut probe: Settings, surroundings: Surroundings<'_>) -> Vec<Fault> {
    let mut found = Vec::new();
    let mut removed: Vec<usize> = Vec::new();
    while let Err(fault) = change(stored, probe.clone(), surroundings) {
        let Some(entry) = fault.entry else {
            found.push(fault);
            break;
        };
        let Some(list) = list_of(&mut probe, fault.field) else {
            found.push(fault);
            break;
        };
        list.remove(entry);
        // Its place among the entries as they are typed.
        let place = place_before(&removed, entry);
        removed.push(place);
        removed.sort_unstable();
        found.push(Fault {
            entry: Some(place),
            ..fault
        });
    }
    found
}

/// Where an entry stood before these places were taken out. **Shape** of `removed`: ascending.
fn place_before(removed: &[usize], entry: usize) -> usize {
    removed
        .iter()
        .fold(entry, |place, gone| place + usize::from(*gone <= place))
}

fn list_of(settings: &mut Settings, field: Field) -> Option<&mut Vec<String>> {
    match field {
        Field::AllowedOrigins => Some(&mut settings.allowed_origins),
        Field::IncludeUrls => Some(&mut settings.include_urls),
        Field::ExcludeUrls => Some(&mut settings.exclude_urls),
        Field::ReservedNames => Some(&mut settings.reserved_names),
        _ => None,
    }
}

fn list_in(settings: &Settings, field: Field) -> Option<&Vec<String>> {
    match field {
        Field::AllowedOrigins => Some(&settings.allowed_origins),
        Field::IncludeUrls => Some(&settings.include_urls),
        Field::ExcludeUrls => Some(&settings.exclude_urls),
        Field::ReservedNames => Some(&settings.reserved_names),
        _ => None,
    }
}

type Take = fn(&mut Settings, &Settings);

macro_rules! parts {
    ($([$($key:ident),*],)*) => {
        /// What is judged together: settings that a rule compares with each other.
        const PARTS: &[Take] = &[$(|into, from| { $(into.$key.clone_from(&from.$key);)* }),*];
    };
}

parts! {
    [site_name],
    [support_name],
    [greeting],
    [usual_answer],
    [footer_text],
    [footer_url],
    [privacy_url],
    [accent],
    [page_size],
    [language],
    [guest_idle_days, keep_guest_conversations_days],
    [keep_ended_conversations_days],
    [keep_audit_days],
    [guest_absolute_days],
    [reserved_names],
    [allowed_origins],
    [include_urls, exclude_urls],
    [mail_port],
    [mail_user],
    [mail_host, mail_from, mail_security],
    [user_groups, guest_mode, guest_group_id],
}

/// What is sent: the draft without the empty lines of its lists, on top of what is stored.
pub fn to_save(page: &SettingsPage, draft: &Draft) -> Settings {
    let mut settings = on_top(&page.settings, &draft.settings, &page.settings);
    for list in [
        &mut settings.allowed_origins,
        &mut settings.include_urls,
        &mut settings.exclude_urls,
        &mut settings.reserved_names,
    ] {
        list.retain(|text| !text.trim().is_empty());
    }
    settings
}

#[cfg(test)]
mod tests;
