//! Which settings are good ones.
//!
//! The law: every door (the command line, the admin page, the server behind it) changes settings through [`change`]. A
//! change that is refused says in one sentence what would be accepted, and nothing is stored.

use super::colour::Colour;
use super::origin::{OriginFault, OriginPattern, frame_ancestors};
use super::{GuestGroup, Settings, url_rule};
use crate::limits;
use crate::problem::{Field, ProblemCode};
use crate::text::{Name, is_bidi_control, is_blank, is_invisible};

/// Why a change was refused, and how it is said.
mod fault;
/// How long things are kept.
mod keep;
/// How mails are sent.
mod mail;

pub use fault::Fault;

/// What validation has to know besides the settings.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// Languages with a file of sentences; English is always there.
    pub languages: &'a [&'a str],
    /// How the group that `next` names stands.
    pub guest_group: GuestGroup,
    /// Whether the logo that `next` names was uploaded; also where it names none.
    pub has_logo: bool,
    /// Unicode's composed form.
    pub compose: url_rule::Compose,
}

/// Checks a change from `former` to `next`, and answers it in the form in which it is stored.
///
/// **Errors**: the first setting that is not good.
pub fn change(
    former: &Settings,
    next: Settings,
    surroundings: Surroundings<'_>,
) -> Result<Settings, Fault> {
    let mut next = next;
    tidy_texts(&mut next)?;
    check_numbers(&next)?;
    if next.language != "en" && !surroundings.languages.contains(&next.language.as_str()) {
        return Err(Fault::of(Field::Language, ProblemCode::LanguageUnknown));
    }
    if !surroundings.has_logo {
        return Err(Fault::of(Field::Logo, ProblemCode::NoSuchPicture));
    }
    check_links(&next)?;
    next.allowed_origins = tidy_origins(&next.allowed_origins)?;
    tidy_url_rules(&mut next, surroundings.compose)?;
    next.reserved_names = tidy_reserved_names(&next.reserved_names)?;
    mail::tidy(&mut next)?;
    keep::check(former, &next)?;
    check_guest_mode(former, &next, surroundings.guest_group)?;
    Ok(next)
}

fn tidy_texts(settings: &mut Settings) -> Result<(), Fault> {
    let name = |field, text: &str| {
        Name::parse(text)
            .map(String::from)
            .map_err(|code| Fault::of(field, name_code(code)))
    };
    settings.site_name = name(Field::SiteName, &settings.site_name)?;
    settings.support_name = name(Field::SupportName, &settings.support_name)?;
    for (field, text) in [
        (Field::Greeting, &mut settings.greeting),
        (Field::UsualAnswer, &mut settings.usual_answer),
        (Field::FooterText, &mut settings.footer_text),
    ] {
        *text = line(field, text, limits::SENTENCE_CHARACTERS)?;
    }
    let accent = Colour::parse(settings.accent.trim())
        .ok_or(Fault::of(Field::Accent, ProblemCode::ColourShape))?;
    settings.accent = accent.to_string();
    Ok(())
}

/// What no person types is answered with 400 where it comes in; within a setting it is a line of the wrong shape.
const fn name_code(code: ProblemCode) -> ProblemCode {
    match code {
        ProblemCode::BadText => ProblemCode::LineShape,
        other => other,
    }
}

/// One line, which may be empty.
fn line(field: Field, text: &str, most: usize) -> Result<String, Fault> {
    let text = text.trim();
    let is_bad = |character: char| character.is_control() || is_bidi_control(character);
    if text.chars().count() > most || text.contains(is_bad) {
        return Err(Fault::of(field, ProblemCode::LineShape));
    }
    Ok(if is_blank(text) {
        String::new()
    } else {
        text.to_owned()
    })
}

fn check_numbers(settings: &Settings) -> Result<(), Fault> {
    for (field, value) in [
        (Field::PageSize, settings.page_size),
        (Field::GuestIdleDays, settings.guest_idle_days),
        (Field::GuestAbsoluteDays, settings.guest_absolute_days),
        (Field::MailPort, settings.mail_port),
    ] {
        if !(1..=fault::most(field)).contains(&value) {
            return Err(Fault::of(field, ProblemCode::OutOfRange));
        }
    }
    Ok(())
}

fn check_links(settings: &Settings) -> Result<(), Fault> {
    let (footer, privacy) = (&settings.footer_url, &settings.privacy_url);
    if !footer.is_empty() && !is_https_url(footer) {
        return Err(Fault::of(Field::FooterUrl, ProblemCode::UrlShape));
    }
    if !privacy.is_empty() && !is_https_url(privacy) && !is_host_path(privacy) {
        return Err(Fault::of(Field::PrivacyUrl, ProblemCode::UrlShape));
    }
    Ok(())
}

/// Only what stands there: an URL parser would quietly drop line ends and turn backslashes round.
fn is_plain(text: &str) -> bool {
    text.len() <= limits::LINK_BYTES
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

fn tidy_origins(typed: &[String]) -> Result<Vec<String>, Fault> {
    const FIELD: Field = Field::AllowedOrigins;
    if typed.len() > limits::ALLOWED_ORIGINS {
        return Err(Fault::of(FIELD, ProblemCode::TooMany));
    }
    let mut patterns: Vec<OriginPattern> = Vec::new();
    for (place, text) in typed.iter().enumerate() {
        let pattern = OriginPattern::parse(text.trim())
            .map_err(|why| Fault::of_entry(FIELD, origin_code(why), place))?;
        if !patterns.contains(&pattern) {
            patterns.push(pattern);
        }
    }
    if frame_ancestors(&patterns).len() > limits::FRAME_ANCESTORS_BYTES {
        return Err(Fault::of(FIELD, ProblemCode::TooMany));
    }
    Ok(patterns.iter().map(ToString::to_string).collect())
}

const fn origin_code(fault: OriginFault) -> ProblemCode {
    match fault {
        OriginFault::Scheme => ProblemCode::OriginScheme,
        OriginFault::Host => ProblemCode::OriginHost,
        OriginFault::Port => ProblemCode::OriginPort,
        OriginFault::More => ProblemCode::OriginMore,
    }
}

fn tidy_url_rules(settings: &mut Settings, compose: url_rule::Compose) -> Result<(), Fault> {
    for (field, rules) in [
        (Field::IncludeUrls, &mut settings.include_urls),
        (Field::ExcludeUrls, &mut settings.exclude_urls),
    ] {
        if rules.len() > limits::URL_RULES {
            return Err(Fault::of(field, ProblemCode::TooMany));
        }
        let mut known: Vec<String> = Vec::new();
        for (place, rule) in rules.iter_mut().enumerate() {
            *rule = url_rule::parse(&compose(rule))
                .map_err(|code| Fault::of_entry(field, code, place))?
                .to_owned();
            // Two ways to write one rule are one rule.
            let canonical = url_rule::canonical(rule, compose);
            if known.contains(&canonical) {
                return Err(Fault::of_entry(field, ProblemCode::Duplicate, place));
            }
            known.push(canonical);
        }
    }
    if settings.include_urls.is_empty() || settings.exclude_urls.is_empty() {
        Ok(())
    } else {
        Err(Fault::of(Field::ExcludeUrls, ProblemCode::BothLists))
    }
}

fn tidy_reserved_names(typed: &[String]) -> Result<Vec<String>, Fault> {
    const FIELD: Field = Field::ReservedNames;
    if typed.len() > limits::RESERVED_NAMES {
        return Err(Fault::of(FIELD, ProblemCode::TooMany));
    }
    let parsed = |(place, name): (usize, &String)| {
        Name::parse(name)
            .map(String::from)
            .map_err(|code| Fault::of_entry(FIELD, name_code(code), place))
    };
    typed.iter().enumerate().map(parsed).collect()
}

/// Only where the change touches Guest Mode: a group that lost its last person must not keep the colour from changing.
fn check_guest_mode(
    former: &Settings,
    next: &Settings,
    guest_group: GuestGroup,
) -> Result<(), Fault> {
    let has_other_group = next.guest_group_id != former.guest_group_id;
    if !has_other_group
        && (former.user_groups, former.guest_mode) == (next.user_groups, next.guest_mode)
    {
        return Ok(());
    }
    if has_other_group && guest_group == GuestGroup::Gone {
        return Err(Fault::of(Field::GuestGroupId, ProblemCode::NoSuchGroup));
    }
    if !next.guest_mode.is_on() {
        return Ok(());
    }
    if !next.user_groups.is_on() {
        return Err(if former.guest_mode.is_on() {
            Fault::of(Field::UserGroups, ProblemCode::GuestModeIsOn)
        } else {
            Fault::of(Field::GuestMode, ProblemCode::NeedsUserGroups)
        });
    }
    // What was touched last is what has to be put right.
    let field = if former.guest_mode.is_on() && has_other_group {
        Field::GuestGroupId
    } else {
        Field::GuestMode
    };
    match guest_group {
        GuestGroup::Staffed => Ok(()),
        GuestGroup::NotChosen | GuestGroup::Gone => {
            Err(Fault::of(field, ProblemCode::NeedsGuestGroup))
        }
        GuestGroup::Empty => Err(Fault::of(field, ProblemCode::GuestGroupEmpty)),
    }
}

/// The rows of the table of bad settings.
#[cfg(test)]
mod tests;
