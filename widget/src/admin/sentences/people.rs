//! *People* and *Invitations*: what admins may do with somebody, and how somebody new comes in.
//!
//! The law: what can't be taken back is asked about first, and the question says what will happen.

pub const PEOPLE_LIST: &str = "People";
pub const PEOPLE_SHOW: &str = "Show";
pub const SHOW_USERS: &str = "Everybody with a log-in";
pub const SHOW_GUESTS: &str = "Guests";
pub const PEOPLE_EMPTY: &str =
    "Nobody is here yet. Invite somebody, or let your site hand over who is signed in there.";
pub const GUESTS_EMPTY: &str = "No guest has written yet.";
pub const ALL_PEOPLE: &str = "All people";
pub const PERSON: &str = "Person";
pub const NO_ADDRESS: &str = "No address";

pub const ADMIN_MARK: &str = "Admin";
pub const DISABLED_MARK: &str = "Disabled";
pub const ACCOUNT_MARK: &str = "Has a password";
pub const HOST_MARK: &str = "From the host site";
pub const GUEST_MARK: &str = "Guest";
pub const YOU_MARK: &str = "You";

pub const WHO_THEY_ARE: &str = "Who they are";
pub const FACT_EMAIL: &str = "Email";
pub const FACT_HOST: &str = "At the host site";
pub const FACT_SINCE: &str = "Here since";
pub const FACT_GROUPS: &str = "Groups";
pub const NO_GROUPS: &str = "None";

pub const POWERS: &str = "What they may do";
pub const POWERS_HELP: &str =
    "Admins see every conversation, change settings and chat with everybody.";
pub const MAKE_ADMIN: &str = "Make admin";
pub const TAKE_BACK: &str = "Take back";
pub const DISABLE: &str = "Disable";
pub const ENABLE: &str = "Enable";
pub const IS_ADMIN: &str = "Is an admin.";
pub const IS_NO_ADMIN: &str = "Is not an admin.";
pub const IS_ENABLED: &str = "May sign in.";
pub const IS_DISABLED: &str = "Is disabled: can't sign in, and nobody finds them.";
pub const MAKE_ADMIN_WORDS: &str =
    "They will see every conversation, change settings, and manage people, you included.";
pub const TAKE_BACK_WORDS: &str = "They lose this page at once. Their groups stay as they are.";
pub const TAKE_BACK_OWN_WORDS: &str =
    "You lose this page at once, and only another admin can let you back in.";
pub const DISABLE_WORDS: &str = "They are signed out everywhere and can't sign in until you enable them again. What they wrote stays.";
pub const ENABLE_WORDS: &str = "They may sign in again, with the groups and the powers they had.";
pub const DISABLE_OWN_WORDS: &str =
    "You are signed out at once, and only another admin can let you back in.";

pub const SIGNING_IN_OF: &str = "Signing in";
pub const SIGNING_IN_HELP: &str =
    "A password link lets them choose a new password. It works once, for 7 days.";
pub const PASSWORD_LINK: &str = "New password link";
pub const PASSWORD_LINK_MADE: &str = "A link for a new password";
pub const PASSWORD_LINK_WORDS: &str =
    "Send it to them by a way you trust: whoever follows it signs in as them.";
pub const SIGN_OUT_EVERYWHERE: &str = "Sign out everywhere";
pub const SIGN_OUT_WORDS: &str =
    "Every browser they are signed in with is signed out, in the chat and here.";
pub const SIGNED_IN_NOWHERE: &str = "They are signed in nowhere.";
pub const THEIR_SESSIONS: &str = "Where they are signed in";

pub const INVITE: &str = "Invite somebody";
pub const INVITE_HELP: &str =
    "For agents and admins without a log-in at your site. The link lets them choose a password.";
pub const INVITE_NAME: &str = "Full name";
pub const INVITE_EMAIL: &str = "Email";
pub const INVITE_ADMIN: &str = "Make them an admin";
pub const INVITE_GROUP: &str = "Group";
pub const INVITE_GROUP_HELP: &str = "People of the guest group answer guests.";
pub const NO_GROUP: &str = "None for now";
pub const INVITE_BY_MAIL: &str = "Mail the link to them";
pub const INVITE_BY_MAIL_HELP: &str = "The link is shown here too.";
pub const MAKE_LINK: &str = "Make the link";
pub const INVITATION_MADE: &str = "The invitation is ready";
pub const INVITATION_WORDS: &str =
    "The link works once, for 7 days, and is shown only now. Send it by a way you trust.";
pub const INVITATION_MAILED: &str = "It was mailed too.";
pub const LINK: &str = "Link";
pub const WAITING_INVITATIONS: &str = "Waiting to be followed";
pub const WAITING_EMPTY: &str = "No invitation is waiting.";
pub const REVOKE: &str = "Revoke";
pub const REVOKE_WORDS: &str = "The link stops working at once.";
pub const WORKS_UNTIL: &str = "works until";

pub const EXPORTING: &str = "Export";
pub const EXPORTING_HELP: &str = "For somebody who asks what you hold about them. The file has everything about them, as they may read it. That it was made is recorded in Activity.";
pub const EXPORT: &str = "Export as a file";

pub fn is_exported_now(name: &str) -> String {
    ["The file about ", name, " is saved among your downloads."].concat()
}

pub const ERASING: &str = "Erase";
pub const ERASING_HELP: &str = "For somebody who asks to be forgotten. Nobody can bring it back.";
pub const ERASE: &str = "Erase for ever";
const USER_LOSSES: &[&str] = &[
    "Their name, their address, their password and their groups are gone, and they are signed out everywhere at once.",
    "Every message of their conversations with support is emptied, the answers too.",
    "In conversations with other people, what they wrote is emptied.",
    "Guests who became them are erased as well. Whoever signs up with the same address later finds nothing.",
];
const GUEST_LOSSES: &[&str] = &[
    "Their name and their address are gone, and their browser forgets them at once.",
    "Every message of their conversations with support is emptied, the answers too.",
];

pub const ERASE_FOR_EVER: &str = "Nobody can bring any of it back.";
pub const ERASE_NAME: &str = "Their name";

/// What is lost.
pub const fn erase_losses(is_guest: bool) -> &'static [&'static str] {
    if is_guest { GUEST_LOSSES } else { USER_LOSSES }
}

pub fn erase_question(name: &str) -> String {
    ["Erase ", name, "?"].concat()
}

pub fn erase_name_help(name: &str) -> String {
    ["Type “", name, "” so that nobody is erased by mistake."].concat()
}

pub const ERASE_NAME_WRONG: &str = "That isn't the name above.";

pub fn is_erased_now(name: &str) -> String {
    [name, " is erased."].concat()
}

pub fn enable_question(name: &str) -> String {
    ["Enable ", name, " again?"].concat()
}

pub fn make_admin_question(name: &str) -> String {
    ["Make ", name, " an admin?"].concat()
}

pub fn take_back_question(name: &str) -> String {
    ["Take being an admin back from ", name, "?"].concat()
}

pub fn disable_question(name: &str) -> String {
    ["Disable ", name, "?"].concat()
}

pub fn sign_out_question(name: &str) -> String {
    ["Sign ", name, " out everywhere?"].concat()
}

pub fn revoke_question(name: &str) -> String {
    ["Revoke the invitation of ", name, "?"].concat()
}

/// "Revoke the invitation of Noor Haddad": several buttons say *Revoke*.
pub fn revoke_whom(name: &str) -> String {
    ["Revoke the invitation of ", name].concat()
}

pub fn invitation_revoked(name: &str) -> String {
    ["The invitation of ", name, " doesn't work any more."].concat()
}

pub fn is_admin_now(name: &str) -> String {
    [name, " is an admin now."].concat()
}

pub fn is_no_admin_now(name: &str) -> String {
    [name, " isn't an admin any more."].concat()
}

pub fn is_disabled_now(name: &str) -> String {
    [name, " is disabled and signed out."].concat()
}

pub fn is_enabled_now(name: &str) -> String {
    [name, " may sign in again."].concat()
}

pub fn is_signed_out_now(name: &str) -> String {
    [name, " is signed out everywhere."].concat()
}
