//! Which settings are good ones.
//!
//! The law: every door (the command line now, the admin page later) changes settings through [`change`]. A change that
//! is refused says in one sentence what would be accepted, and nothing is stored.

use super::colour::Colour;
use super::origin::{OriginPattern, frame_ancestors};
use shared::ids::GroupId;
use shared::limits;
use shared::settings::Settings;
use shared::text::{Name, is_blank, is_invisible};

/// A sentence on the door or at the foot. **Units**: characters.
const SENTENCE_CHARACTERS: usize = 200;
/// An address of a page. **Units**: bytes.
const URL_BYTES: usize = 1_000;
/// Names that no guest may take. **Units**: entries.
const RESERVED_NAMES: usize = 100;

/// Why a change was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The setting.
    pub key: &'static str,
    /// What would be accepted, as a sentence. Never the value that was refused.
    pub sentence: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.sentence)
    }
}

/// How the group that is to answer guests stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuestGroup {
    /// None is chosen.
    NotChosen,
    /// There is no group of that id.
    Gone,
    /// Nobody who could answer is in it.
    Empty,
    /// Somebody is in it.
    Staffed,
}

/// What validation has to know besides the settings.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// Languages with a file of sentences; English is always there.
    pub languages: &'a [&'a str],
    /// How the group that `next` names stands.
    pub guest_group: GuestGroup,
}

/// Checks a change from `former` to `next`, and answers it in the form in which it is stored.
///
/// **Errors**: the first setting that is not good.
pub fn change(
    former: &Settings,
    next: Settings,
    surroundings: Surroundings<'_>,
) -> Result<Settings, Fault> {
    let next = tidy_texts(next)?;
    check_numbers(&next)?;
    check_language(&next.language, surroundings.languages)?;
    check_links(&next)?;
    let next = tidy_lists(next)?;
    check_guest_mode(former, &next, surroundings.guest_group)?;
    Ok(next)
}

fn fault(key: &'static str, sentence: impl Into<String>) -> Fault {
    Fault {
        key,
        sentence: sentence.into(),
    }
}

fn tidy_texts(mut settings: Settings) -> Result<Settings, Fault> {
    let name = |key: &'static str, text: &str| {
        Name::parse(text)
            .map(|name| name.as_str().to_owned())
            .map_err(|_| {
                fault(
                    key,
                    format!(
                        "{key} is 1 to {} characters on one line.",
                        limits::NAME_CHARACTERS
                    ),
                )
            })
    };
    settings.site_name = name("site_name", &settings.site_name)?;
    settings.support_name = name("support_name", &settings.support_name)?;
    settings.greeting = sentence("greeting", &settings.greeting)?;
    settings.usual_answer = sentence("usual_answer", &settings.usual_answer)?;
    settings.footer_text = sentence("footer_text", &settings.footer_text)?;
    let accent = Colour::parse(settings.accent.trim()).ok_or_else(|| {
        fault(
            "accent",
            "accent is a colour written #RRGGBB, as in #2563EB.",
        )
    })?;
    settings.accent = accent.to_string();
    Ok(settings)
}

/// One line, which may be empty.
fn sentence(key: &'static str, text: &str) -> Result<String, Fault> {
    let text = text.trim();
    let is_bad =
        |character: char| character.is_control() || shared::text::is_bidi_control(character);
    if text.chars().count() > SENTENCE_CHARACTERS || text.chars().any(is_bad) {
        return Err(fault(
            key,
            format!("{key} is one line of at most {SENTENCE_CHARACTERS} characters."),
        ));
    }
    Ok(if is_blank(text) {
        String::new()
    } else {
        text.to_owned()
    })
}

fn check_numbers(settings: &Settings) -> Result<(), Fault> {
    for (key, value, most) in [
        ("page_size", settings.page_size, limits::PAGE_ROWS),
        ("guest_idle_days", settings.guest_idle_days, 180),
        ("guest_absolute_days", settings.guest_absolute_days, 365),
    ] {
        if !(1..=most).contains(&value) {
            return Err(fault(key, format!("{key} is a number from 1 to {most}.")));
        }
    }
    Ok(())
}

fn check_language(language: &str, languages: &[&str]) -> Result<(), Fault> {
    if language == "en" || languages.contains(&language) {
        return Ok(());
    }
    let known: Vec<&str> = std::iter::once("en")
        .chain(languages.iter().copied().filter(|known| *known != "en"))
        .collect();
    Err(fault(
        "language",
        format!("language is one of: {}.", known.join(", ")),
    ))
}

fn check_links(settings: &Settings) -> Result<(), Fault> {
    if !settings.footer_url.is_empty() && !is_https_url(&settings.footer_url) {
        return Err(fault(
            "footer_url",
            "footer_url is an https:// address without a user name, or empty.",
        ));
    }
    let privacy_url = &settings.privacy_url;
    if !privacy_url.is_empty() && !is_https_url(privacy_url) && !is_host_path(privacy_url) {
        return Err(fault(
            "privacy_url",
            "privacy_url is an https:// address, a path on your site as in /privacy, or empty.",
        ));
    }
    Ok(())
}

/// Only what stands there: an URL parser would quietly drop line ends and turn backslashes round.
fn is_plain(text: &str) -> bool {
    text.len() <= URL_BYTES
        && !text.chars().any(|character| {
            character.is_whitespace()
                || character.is_control()
                || is_invisible(character)
                || matches!(character, '\\' | '"' | '<' | '>' | '`')
        })
}

fn is_https_url(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://").filter(|_| is_plain(text)) else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    OriginPattern::parse(&format!("https://{authority}")).is_ok() && !authority.starts_with('*')
}

fn is_host_path(text: &str) -> bool {
    is_plain(text) && text.starts_with('/') && !text.starts_with("//")
}

fn tidy_lists(mut settings: Settings) -> Result<Settings, Fault> {
    let mut patterns: Vec<OriginPattern> = Vec::new();
    if settings.allowed_origins.len() > limits::ALLOWED_ORIGINS {
        return Err(fault(
            "allowed_origins",
            format!(
                "allowed_origins holds at most {} entries.",
                limits::ALLOWED_ORIGINS
            ),
        ));
    }
    for (place, text) in settings.allowed_origins.iter().enumerate() {
        let pattern = OriginPattern::parse(text).map_err(|why| {
            fault(
                "allowed_origins",
                format!("Entry {} of allowed_origins {why}.", place + 1),
            )
        })?;
        if !patterns.contains(&pattern) {
            patterns.push(pattern);
        }
    }
    if frame_ancestors(&patterns).len() > limits::FRAME_ANCESTORS_BYTES {
        return Err(fault(
            "allowed_origins",
            format!(
                "allowed_origins is too long: all entries together hold at most {} bytes.",
                limits::FRAME_ANCESTORS_BYTES
            ),
        ));
    }
    settings.allowed_origins = patterns.iter().map(ToString::to_string).collect();
    if settings.reserved_names.len() > RESERVED_NAMES {
        return Err(fault(
            "reserved_names",
            format!("reserved_names holds at most {RESERVED_NAMES} names."),
        ));
    }
    settings.reserved_names = settings
        .reserved_names
        .iter()
        .map(|name| Name::parse(name).map(String::from))
        .collect::<Result<_, _>>()
        .map_err(|_| {
            fault(
                "reserved_names",
                format!(
                    "Each of reserved_names is 1 to {} characters on one line.",
                    limits::NAME_CHARACTERS
                ),
            )
        })?;
    Ok(settings)
}

/// Only where the change touches Guest Mode: a group that lost its last person must not keep the colour from changing.
fn check_guest_mode(
    former: &Settings,
    next: &Settings,
    guest_group: GuestGroup,
) -> Result<(), Fault> {
    let mode = |settings: &Settings| -> (bool, bool, Option<GroupId>) {
        (
            settings.user_groups.is_on(),
            settings.guest_mode.is_on(),
            settings.guest_group_id.clone(),
        )
    };
    if mode(former) == mode(next) {
        return Ok(());
    }
    if next.guest_group_id != former.guest_group_id && guest_group == GuestGroup::Gone {
        return Err(fault(
            "guest_group_id",
            "guest_group_id is the id or the name of a group; `porchlight group list` shows them.",
        ));
    }
    if !next.guest_mode.is_on() {
        return Ok(());
    }
    if !next.user_groups.is_on() {
        let sentence = if former.guest_mode.is_on() {
            "Guest Mode needs User Groups: turn guest_mode off first."
        } else {
            "Guest Mode needs User Groups: turn user_groups on first."
        };
        return Err(fault("guest_mode", sentence));
    }
    match guest_group {
        GuestGroup::Staffed => Ok(()),
        GuestGroup::NotChosen | GuestGroup::Gone => Err(fault(
            "guest_mode",
            "Guest Mode needs a guest group: choose one with guest_group_id first.",
        )),
        GuestGroup::Empty => Err(fault(
            "guest_mode",
            "Guest Mode needs somebody in the guest group: add a person to it first.",
        )),
    }
}

/// The rows of the table of bad settings.
#[cfg(test)]
mod tests;
