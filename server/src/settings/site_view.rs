//! What anybody may see of the settings, and of who answers.
//!
//! The law: a visitor sees first names and nothing else of a person; where the door is closed to them, not even those.

use crate::mail_code::rules::are_codes_on;
use crate::policy::{Policy, StaffMember};
use shared::identity::{Face, Role};
use shared::limits;
use shared::settings::{GuestDoor, Presence, Site, Switch};

/// The site as somebody in this role sees it.
pub fn site(policy: &Policy, presence: Presence, role: Role) -> Site {
    let settings = &policy.settings;
    let door = policy.door();
    let is_shut_out = role == Role::Visitor && door == GuestDoor::Closed;
    let shown = if is_shut_out { 0 } else { limits::DOOR_FACES };
    Site {
        site_name: settings.site_name.clone(),
        support_name: settings.support_name.clone(),
        greeting: settings.greeting.clone(),
        usual_answer: settings.usual_answer.clone(),
        privacy_url: settings.privacy_url.clone(),
        footer_text: settings.footer_text.clone(),
        footer_url: settings.footer_url.clone(),
        accent: settings.accent.clone(),
        logo: settings
            .logo
            .as_ref()
            .map(|picture_id| format!("/pictures/{picture_id}")),
        notification_sound: settings.notification_sound,
        open_on_message: settings.open_on_message,
        language: settings.language.clone(),
        page_size: settings.page_size,
        user_groups: if role > Role::Guest {
            settings.user_groups
        } else {
            Switch::Off
        },
        door,
        codes: if are_codes_on(settings) {
            Switch::On
        } else {
            Switch::Off
        },
        presence: if is_shut_out {
            Presence::Away
        } else {
            presence
        },
        faces: policy.members.iter().take(shown).map(face).collect(),
    }
}

fn face(member: &StaffMember) -> Face {
    let first_name = member.name.split_whitespace().next().unwrap_or_default();
    Face {
        person_id: member.person_id.clone(),
        name: first_name.to_owned(),
        picture: None,
    }
}
