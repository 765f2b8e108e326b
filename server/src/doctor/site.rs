//! What admins decided, and the keys and mails that go with it.

use super::{Finding, Patient};
use crate::{config::is_local, database::Database, mail, policy::Policy};
use shared::settings::Switch;
use std::path::Path;

pub(super) const SETTINGS: &str = "settings";
const ADMIN: &str = "admin";
const GUESTS: &str = "guest_mode";
const ORIGINS: &str = "allowed_origins";
const KEYS: &str = "identity_keys";
const MAIL: &str = "mail";

pub(super) async fn examine(
    patient: &Patient,
    database: &Database,
    policy: &Policy,
) -> Vec<Finding> {
    vec![
        judge_admins(policy),
        judge_guests(policy),
        judge_origins(patient, policy),
        judge_keys(patient, policy),
        examine_mail(database, policy).await,
    ]
}

/// The file holds secrets; a wrong content stops the start and this examination.
pub(super) fn examine_key_file(file: Option<&Path>) -> Option<Finding> {
    use std::os::unix::fs::PermissionsExt;
    let file = file?;
    let mode = std::fs::metadata(file).ok()?.permissions().mode();
    Some(if mode & 0o007 == 0 {
        Finding::fine(
            "identity_key_file",
            "The identity key file is for its owner and group only.",
        )
    } else {
        Finding::wrong(
            "identity_key_file",
            format!(
                "Others on this machine can read the identity key file {}, and sign in as anybody: chmod 600 it, and take another key.",
                file.display()
            ),
        )
    })
}

fn judge_admins(policy: &Policy) -> Finding {
    if policy.admins.is_empty() {
        Finding::wrong(
            ADMIN,
            "There is no admin yet: `porchlight admin setup-link` prints a link that makes one.",
        )
    } else {
        Finding::fine(ADMIN, "There is an admin.")
    }
}

fn judge_guests(policy: &Policy) -> Finding {
    let settings = &policy.settings;
    let is_on = settings.guest_mode == Switch::On && settings.user_groups == Switch::On;
    if !is_on {
        return Finding::advice(
            GUESTS,
            "Guest Mode is off: visitors cannot begin a chat; an admin turns it on under Settings.",
        );
    }
    if settings.guest_group_id.is_none() {
        return Finding::wrong(
            GUESTS,
            "Guest Mode is on without a guest group: choose the group that answers under Settings.",
        );
    }
    if policy.members.is_empty() {
        return Finding::wrong(
            GUESTS,
            "Guest Mode is on and nobody is in the guest group, so nobody answers: put somebody in under User Groups.",
        );
    }
    Finding::fine(
        GUESTS,
        format!(
            "Guests may chat, and {} answer.",
            people(policy.members.len())
        ),
    )
}

fn people(many: usize) -> String {
    if many == 1 {
        "one person may".into()
    } else {
        format!("{many} people may")
    }
}

fn judge_origins(patient: &Patient, policy: &Policy) -> Finding {
    let origins = &policy.settings.allowed_origins;
    if origins.is_empty() {
        return Finding::wrong(
            ORIGINS,
            "No site may embed the chat: add yours under Settings → Allowed origins.",
        );
    }
    let own = patient.config.public_origin.as_str();
    let local = origins.iter().find(|origin| is_local(origin));
    match local {
        Some(local) if !is_local(own) => Finding::advice(
            ORIGINS,
            format!(
                "{local} may embed the chat: take it out of Allowed origins when nobody develops there any more."
            ),
        ),
        _ => Finding::fine(
            ORIGINS,
            format!("{} may embed the chat.", origins.join(", ")),
        ),
    }
}

fn judge_keys(patient: &Patient, policy: &Policy) -> Finding {
    let keys = patient.config.identity_keys.and(&policy.identity_keys);
    if keys.is_empty() {
        return Finding::advice(
            KEYS,
            "There is no identity key: your site's signed-in users are visitors in the chat; docs/embedding.md tells how to sign for them.",
        );
    }
    Finding::fine(KEYS, "There is an identity key, and it is not weak.")
}

async fn examine_mail(database: &Database, policy: &Policy) -> Finding {
    let settings = &policy.settings;
    if !mail::is_set_up(settings) {
        return Finding::advice(
            MAIL,
            "No mail server is set up: links are passed on by hand, and guests get no codes; Settings → Mail.",
        );
    }
    let (host, port) = (&settings.mail_host, settings.mail_port);
    match mail::can_reach(database, settings).await {
        Ok(()) => Finding::fine(MAIL, format!("The mail server {host}:{port} answers.")),
        Err(why) => Finding::wrong(
            MAIL,
            format!(
                "The mail server {host}:{port} {why}: correct Settings → Mail, or let this machine reach it."
            ),
        ),
    }
}
