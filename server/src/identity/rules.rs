//! Who may come in, and for how long.
//!
//! The law: pure. Times, settings and what is stored are handed in; what would be done comes out.

use super::store::{SessionKind, SessionRow};
use crate::person::email::Email;
use crate::safety::reserved_names::ReservedNames;
use shared::ids::Time;
use shared::limits;
use shared::problem::{Field, Problem, ProblemCode};
use shared::settings::{GuestDoor, Settings};
use shared::text::Name;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// A use is written down at most this often, so that reads stay reads.
const RENEWED_EVERY_MS: i64 = HOUR_MS;

/// Whether the door lets a new guest begin.
///
/// **Errors**: `guest_off` unless Guest Mode is on and somebody could answer.
pub fn may_begin_as_guest(door: GuestDoor) -> Result<(), Problem> {
    match door {
        GuestDoor::Open => Ok(()),
        GuestDoor::NobodyHere | GuestDoor::Closed => Err(ProblemCode::GuestOff.into()),
    }
}

/// What somebody typed into the guest form. The name is judged before the address, so one mistake has one answer.
///
/// **Errors**: `bad_text`, `name_required`, `name_too_long`, `name_reserved` about the name; `email_required`,
/// `email_no_at`, `email_shape`, `email_too_long` about the address.
pub fn read_guest_form(
    name: &str,
    email: &str,
    reserved: &ReservedNames,
) -> Result<(Name, Email), Problem> {
    let name = Name::parse(name).map_err(|code| Problem::about(code, Field::Name))?;
    if reserved.holds(name.as_str()) {
        return Err(Problem::about(ProblemCode::NameReserved, Field::Name));
    }
    let email = Email::parse(email).map_err(|code| Problem::about(code, Field::Email))?;
    Ok((name, email))
}

/// When a session ends that is used now.
///
/// A guest's: unused for the days that the site allows, and after its longest days in any case. A user's: 12 hours. An
/// admin's: 12 hours, and 7 days after its beginning in any case.
pub fn session_end(kind: SessionKind, created_at: Time, settings: &Settings, now: Time) -> Time {
    match kind {
        SessionKind::Guest => {
            let idle = now.0 + i64::from(settings.guest_idle_days) * DAY_MS;
            let absolute = created_at.0 + i64::from(settings.guest_absolute_days) * DAY_MS;
            Time(idle.min(absolute))
        }
        SessionKind::User => Time(now.0 + i64::from(limits::USER_SESSION_HOURS) * HOUR_MS),
        SessionKind::Admin => {
            let idle = now.0 + i64::from(limits::USER_SESSION_HOURS) * HOUR_MS;
            let absolute = created_at.0 + i64::from(limits::ADMIN_SESSION_DAYS) * DAY_MS;
            Time(idle.min(absolute))
        }
    }
}

/// When a session that is used now should end instead; `None` while that is too little news to be written down.
pub fn plan_renewal(
    kind: SessionKind,
    session: &SessionRow,
    settings: &Settings,
    now: Time,
) -> Option<Time> {
    if now.0 - session.last_used_at.0 < RENEWED_EVERY_MS {
        return None;
    }
    let end = session_end(kind, session.created_at, settings, now);
    (end != session.expires_at).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::samples;

    fn session(created_days_ago: i64, used_hours_ago: i64) -> SessionRow {
        let now = samples::NOON_ISH.0;
        SessionRow {
            person_id: samples::CORA.person_id(),
            name: samples::CORA.name.into(),
            email: None,
            external_id: None,
            acted_by: None,
            created_at: Time(now - created_days_ago * DAY_MS),
            last_used_at: Time(now - used_hours_ago * HOUR_MS),
            expires_at: Time(now + DAY_MS),
        }
    }

    #[test]
    fn the_name_is_judged_before_the_address() {
        let reserved = ReservedNames::new(["Support", "Mina Okafor"]);
        for (name, email, code, field) in [
            ("", "", ProblemCode::NameRequired, Field::Name),
            (
                "\u{200b}",
                "cora@example.org",
                ProblemCode::NameRequired,
                Field::Name,
            ),
            (
                "Ѕupport",
                "nonsense",
                ProblemCode::NameReserved,
                Field::Name,
            ),
            (
                "mina okafor",
                "cora@example.org",
                ProblemCode::NameReserved,
                Field::Name,
            ),
            (
                "Cora\0",
                "cora@example.org",
                ProblemCode::BadText,
                Field::Name,
            ),
            ("Cora", "", ProblemCode::EmailRequired, Field::Email),
            (
                "Cora",
                "cora.example.org",
                ProblemCode::EmailNoAt,
                Field::Email,
            ),
            (
                "Cora",
                "a@x.org,b@x.org",
                ProblemCode::EmailShape,
                Field::Email,
            ),
        ] {
            let problem =
                read_guest_form(name, email, &reserved).expect_err("it should be refused");
            assert_eq!(problem, Problem::about(code, field), "{name:?} {email:?}");
        }
        assert!(read_guest_form("<img src=x onerror=1>", "cora@example.org", &reserved).is_ok());
    }

    #[test]
    fn the_door_opens_only_where_somebody_could_answer() {
        assert!(may_begin_as_guest(GuestDoor::Open).is_ok());
        for door in [GuestDoor::Closed, GuestDoor::NobodyHere] {
            assert_eq!(may_begin_as_guest(door), Err(ProblemCode::GuestOff.into()));
        }
    }

    #[test]
    fn a_session_slides_but_not_with_every_use() {
        let settings = Settings::default();
        let now = samples::NOON_ISH;
        assert_eq!(
            plan_renewal(SessionKind::Guest, &session(1, 0), &settings, now),
            None
        );
        let renewed = plan_renewal(SessionKind::Guest, &session(1, 2), &settings, now).unwrap();
        assert_eq!(renewed.0 - now.0, 30 * DAY_MS);
        let renewed = plan_renewal(SessionKind::User, &session(1, 2), &settings, now).unwrap();
        assert_eq!(renewed.0 - now.0, 12 * HOUR_MS);
        let renewed = plan_renewal(SessionKind::Admin, &session(1, 2), &settings, now).unwrap();
        assert_eq!(renewed.0 - now.0, 12 * HOUR_MS);
    }

    #[test]
    fn no_use_carries_an_admin_beyond_seven_days() {
        let settings = Settings::default();
        let now = samples::NOON_ISH;
        let renewed = plan_renewal(SessionKind::Admin, &session(7, 2), &settings, now).unwrap();
        assert_eq!(renewed.0 - now.0, 0);
    }

    #[test]
    fn no_use_carries_a_guest_beyond_the_longest_days() {
        let settings = Settings::default();
        let now = samples::NOON_ISH;
        let renewed = plan_renewal(SessionKind::Guest, &session(170, 2), &settings, now).unwrap();
        assert_eq!(renewed.0 - now.0, 10 * DAY_MS);
    }
}
