//! Lines of *Activity* as they are read.

use super::*;
use shared::ids::Time;

fn line(
    action: Action,
    actor: Option<&str>,
    subject: Option<&str>,
    particulars: &[(&str, &str)],
) -> ActivityLine {
    let owned = |(name, value): &(&str, &str)| ((*name).into(), (*value).into());
    ActivityLine {
        at: Time(0),
        actor: actor.map(Into::into),
        action,
        subject: subject.map(Into::into),
        particulars: particulars.iter().map(owned).collect(),
    }
}

#[test]
fn a_line_says_who_did_what_to_whom() {
    let (ada, noor) = (Some("Ada Brandt"), Some("Noor Haddad"));
    for (line, expected) in [
        (
            line(
                Action::SettingsChanged,
                ada,
                None,
                &[("keys", "greeting, accent, guest_mode")],
            ),
            "Ada Brandt changed settings: greeting, accent, guest mode.",
        ),
        (
            line(Action::SettingsChanged, None, None, &[("keys", "greeting")]),
            "The server changed settings: greeting.",
        ),
        (
            line(Action::SettingsChanged, ada, None, &[]),
            "Ada Brandt changed settings.",
        ),
        (
            line(
                Action::MemberAdded,
                ada,
                noor,
                &[("group", "Trial"), ("by_token", "false")],
            ),
            "Ada Brandt put Noor Haddad into Trial.",
        ),
        (
            line(
                Action::MemberRemoved,
                noor,
                noor,
                &[("group", "Trial"), ("by_token", "true")],
            ),
            "The host site's token took Noor Haddad out of Trial.",
        ),
        (
            line(Action::MemberAdded, ada, noor, &[]),
            "Ada Brandt put Noor Haddad into a group that is gone now.",
        ),
        (
            line(Action::SignedIn, noor, noor, &[]),
            "Noor Haddad signed in.",
        ),
        (
            line(
                Action::SignInRefused,
                None,
                None,
                &[("reason", "wrong_audience")],
            ),
            "A sign-in was refused: wrong audience.",
        ),
        (
            line(
                Action::PersonBlocked,
                ada,
                Some("Cora Lindqvist"),
                &[("scope", "site")],
            ),
            "Ada Brandt blocked Cora Lindqvist for the whole site.",
        ),
        (
            line(
                Action::PersonUnblocked,
                ada,
                Some("Cora Lindqvist"),
                &[("scope", "person")],
            ),
            "Ada Brandt unblocked Cora Lindqvist.",
        ),
        (
            line(
                Action::InvitationMade,
                ada,
                None,
                &[("admin", "false"), ("group", "Trial")],
            ),
            "Ada Brandt invited somebody into Trial.",
        ),
        (
            line(Action::InvitationMade, ada, None, &[("admin", "true")]),
            "Ada Brandt invited somebody to be an admin.",
        ),
        (
            line(Action::KeyRetired, ada, None, &[("key", "main")]),
            "Ada Brandt retired the identity key main.",
        ),
        (
            line(
                Action::PermissionChanged,
                ada,
                Some("Trial"),
                &[
                    ("other", "019aaf00-1234-7abc-8def-0123456789ab"),
                    ("allowed", "off"),
                ],
            ),
            "Ada Brandt took the tick Trial × a group that is gone now away.",
        ),
        (
            line(Action::ConversionDone, noor, noor, &[("proof", "mailbox")]),
            "A guest's conversation became Noor Haddad's: they proved their mailbox with a code.",
        ),
        (
            line(Action::SignedIn, noor, noor, &[("acted_by", "desk-7")]),
            "desk-7 of your site signed in as Noor Haddad.",
        ),
        (
            line(
                Action::WebhookMade,
                ada,
                None,
                &[("events", "guest.started, message.sent")],
            ),
            "Ada Brandt added a webhook: guest.started, message.sent.",
        ),
        (
            line(Action::WebhookEnded, None, None, &[("by_receiver", "true")]),
            "A webhook ended: your server answered that it wants nothing more.",
        ),
        (
            line(Action::WebhookEnded, ada, None, &[("by_receiver", "false")]),
            "Ada Brandt ended a webhook.",
        ),
        (
            line(
                Action::ConversionDone,
                noor,
                noor,
                &[("proof", "of_a_newer_server")],
            ),
            "A guest's conversation became Noor Haddad's.",
        ),
        (
            line(Action::ConversionUndone, ada, noor, &[("how", "undo")]),
            "Ada Brandt gave a conversation of Noor Haddad back to its guest.",
        ),
        (
            line(Action::ConversionUndone, noor, noor, &[("how", "not_me")]),
            "Noor Haddad said that a guest's conversation isn't theirs.",
        ),
        (
            line(
                Action::HostKeyMade,
                ada,
                None,
                &[("scopes", "users_write, users_erase")],
            ),
            "Ada Brandt made a key for the site's server: name people, erase people.",
        ),
        (
            line(Action::HostKeyMade, ada, Some("shop backend"), &[]),
            "Ada Brandt made the key shop backend for the site's server.",
        ),
        (
            line(
                Action::HostUserPut,
                None,
                noor,
                &[
                    ("key", "019aaf00-1234-7abc-8def-0123456789ab"),
                    ("new", "true"),
                ],
            ),
            "The site's server added Noor Haddad.",
        ),
        (
            line(
                Action::HostUserPut,
                None,
                noor,
                &[("key", "shop backend"), ("new", "true")],
            ),
            "The site's server added Noor Haddad, with the key shop backend.",
        ),
        (
            line(Action::HostUserPut, None, noor, &[("new", "false")]),
            "The site's server changed Noor Haddad's name or address.",
        ),
        (
            line(Action::PersonErased, ada, Some("Erased"), &[]),
            "Ada Brandt erased somebody.",
        ),
        (
            line(
                Action::PersonErased,
                None,
                Some("Erased"),
                &[("key", "shop backend")],
            ),
            "The site's server erased somebody, with the key shop backend.",
        ),
        (
            line(Action::PersonExported, ada, noor, &[]),
            "Ada Brandt exported everything about Noor Haddad.",
        ),
        (
            line(
                Action::PersonExported,
                None,
                noor,
                &[("key", "shop backend")],
            ),
            "The site's server exported everything about Noor Haddad, with the key shop backend.",
        ),
        (
            line(
                Action::GuestsErased,
                None,
                None,
                &[("ended", "1"), ("idle", "12")],
            ),
            "The server erased 1 guest who couldn't come back any more, and 12 guests who had been idle: what was said with them was old enough.",
        ),
        (
            line(
                Action::GuestsErased,
                None,
                None,
                &[("ended", "3"), ("idle", "0")],
            ),
            "The server erased 3 guests who couldn't come back any more: what was said with them was old enough.",
        ),
        (
            line(Action::ActivityDeleted, None, None, &[("lines", "1")]),
            "The server deleted 1 line from here: it was old enough.",
        ),
        (
            line(Action::ActivityDeleted, None, None, &[("lines", "1204")]),
            "The server deleted 1204 lines from here: they were old enough.",
        ),
        (
            line(Action::GroupDeleted, ada, None, &[]),
            "Ada Brandt deleted a group that is gone now.",
        ),
    ] {
        assert_eq!(activity_words(&line), expected);
    }
}

#[test]
fn every_action_has_a_sentence_and_a_name_of_its_own() {
    let mut names: Vec<&str> = Action::ALL
        .iter()
        .map(|action| action_name(*action))
        .collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Action::ALL.len());
    for action in Action::ALL {
        let words = activity_words(&line(*action, Some("Ada"), Some("Noor"), &[]));
        assert!(words.ends_with('.') && !words.contains('_'), "{words}");
    }
}
