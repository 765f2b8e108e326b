//! What the admin page starts from: who is there, the site, and what they should know.

use super::store::find_account;
use crate::app::App;
use crate::error::Refusal;
use crate::identity::caller::Known;
use crate::policy::Policy;
use crate::safety::report::store::count_open;
use crate::settings::site_view::site;
use shared::account::{AdminSession, Warning};
use shared::settings::{GuestDoor, GuestGroup};

/// **Errors**: the database's.
pub async fn admin_session_of(app: &App, known: &Known) -> Result<AdminSession, Refusal> {
    let policy = app.policy();
    let mut connection = app.database.read().await?;
    let account = find_account(&mut connection, &known.person_id).await?;
    Ok(AdminSession {
        person: known.own(),
        has_account: account.is_some(),
        site: site(&policy, app.hub.presence(), known.role),
        public_origin: app.config.public_origin.clone(),
        site_id: policy.site_id.clone(),
        warnings: warnings(&policy),
        open_reports: count_open(&mut connection).await?,
    })
}

/// What an admin should mend.
fn warnings(policy: &Policy) -> Vec<Warning> {
    judge(
        policy.door(),
        policy.guest_group_standing,
        &policy.settings.allowed_origins,
    )
}

/// **Shape**: each at most once, the ones about guests first.
fn judge(door: GuestDoor, guest_group: GuestGroup, allowed_origins: &[String]) -> Vec<Warning> {
    let of_guests = match (door, guest_group) {
        (GuestDoor::Closed, _) | (_, GuestGroup::Staffed) => None,
        (_, GuestGroup::NotChosen | GuestGroup::Gone) => Some(Warning::GuestGroupGone),
        (_, GuestGroup::Empty) => Some(Warning::GuestGroupEmpty),
    };
    let of_origins = allowed_origins
        .is_empty()
        .then_some(Warning::NoAllowedOrigin);
    of_guests.into_iter().chain(of_origins).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_admin_is_told_what_to_mend_and_nothing_else() {
        let open = ["https://shop.example".to_owned()];
        for (door, guest_group, origins, warnings) in [
            (GuestDoor::Open, GuestGroup::Staffed, &open[..], vec![]),
            (GuestDoor::Closed, GuestGroup::NotChosen, &open, vec![]),
            (GuestDoor::Closed, GuestGroup::Gone, &open, vec![]),
            (
                GuestDoor::NobodyHere,
                GuestGroup::Gone,
                &open,
                vec![Warning::GuestGroupGone],
            ),
            (
                GuestDoor::NobodyHere,
                GuestGroup::Empty,
                &open,
                vec![Warning::GuestGroupEmpty],
            ),
            (
                GuestDoor::Open,
                GuestGroup::Staffed,
                &[],
                vec![Warning::NoAllowedOrigin],
            ),
            (
                GuestDoor::NobodyHere,
                GuestGroup::Empty,
                &[],
                vec![Warning::GuestGroupEmpty, Warning::NoAllowedOrigin],
            ),
        ] {
            assert_eq!(
                judge(door, guest_group, origins),
                warnings,
                "{door:?} {guest_group:?}"
            );
        }
    }
}
