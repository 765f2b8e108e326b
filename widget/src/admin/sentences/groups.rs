//! *User Groups*: groups, their people, and which may chat with which.
//!
//! The law: what deleting does is said before it is done.

use super::counted;
use shared::group::GroupRow;

pub const USER_GROUPS: &str = "User Groups";
pub const USER_GROUPS_LEAD: &str = "Put people into groups, and decide whose people may chat with whose. Admins may chat with everybody.";
pub const GROUPS_TAB: &str = "Groups";
pub const PERMISSIONS_TAB: &str = "Permissions";
pub const PEOPLE_TAB: &str = "People";
pub const INVITATIONS_TAB: &str = "Invitations";
pub const GROUP_PAGES: &str = "Parts of this page";

pub const GROUPS_SWITCH: &str = "User Groups are on";
pub const GROUPS_SWITCH_HELP: &str =
    "While they are off, nobody sees the Groups tab in the chat, and Guest Mode can't be on.";
pub const GROUPS_TURNED_ON: &str = "User Groups are on.";
pub const GROUPS_TURNED_OFF: &str = "User Groups are off.";
pub const GUEST_MODE_LINK: &str = "Guest Mode in Settings";

pub const NEW_GROUP: &str = "New group";
pub const NEW_GROUP_HELP: &str = "Up to 80 letters. People in it see this name.";
pub const CREATE_GROUP: &str = "Create group";
pub const GROUP_NAME: &str = "Name";
pub const GROUPS_EMPTY: &str = "There are no groups yet. Create the first one above.";
pub const GUEST_GROUP_MARK: &str = "Guest group";
pub const RENAME: &str = "Rename";
pub const DELETE: &str = "Delete";
pub const RENAME_GROUP: &str = "Rename the group";
pub const DELETE_GROUP: &str = "Delete group";
pub const DELETE_KEEPS_PEOPLE: &str = "The people in it stay; they only leave this group.";
pub const DELETE_TAKES_TICKS: &str =
    "Its ticks in Permissions go with it. What was written stays readable for those who wrote it.";
pub const DELETE_GUEST_GROUP: &str = "It is the guest group: until you choose another one in Settings, visitors will see that nobody is here.";

pub const GROUP_GONE: &str = "This group isn't there any more";
pub const GROUP_GONE_WORDS: &str = "Somebody may have deleted it meanwhile.";
pub const ALL_GROUPS: &str = "All groups";
pub const GROUP_ID: &str = "Group Id";
pub const GROUP_ID_HELP: &str = "What Settings asks for as Guest Group Id.";
pub const GROUP_PEOPLE: &str = "People in it";
pub const GROUP_PEOPLE_EMPTY: &str = "Nobody is in this group yet.";
pub const NOBODY_FOUND: &str = "Nobody of that name or address is here.";
pub const SEARCH_PEOPLE: &str = "Search by name or address";
pub const SEARCH_HELP: &str = "From 2 letters on.";
pub const ADD_PEOPLE: &str = "Add people";
pub const ADD: &str = "Add";
pub const IN_IT_ALREADY: &str = "In it already";
pub const BY_TOKEN_MARK: &str = "By the host site's token";
pub const DONE: &str = "Done";
pub const ADD_PEOPLE_FIRST: &str = "Type at least 2 letters of a name or an address.";

pub const MATRIX: &str = "Which groups may chat with each other";
pub const MATRIX_HELP: &str = "A tick joins two groups both ways: whoever may be written to may answer. Each change is saved at once.";
pub const MATRIX_EMPTY: &str =
    "Create a group first; then decide here with whom its people may chat.";
pub const MATRIX_CAPTION: &str = "Ticks join the group of the row with the group of the column";
pub const MATRIX_SEARCH: &str = "Find a group";
pub const MATRIX_CORNER: &str = "Group";
pub const MATRIX_NONE: &str = "No group has that in its name.";
pub const MAY_CHAT_WITH: &str = "May chat with";
pub const MAY_CHAT_WITH_HELP: &str =
    "The same ticks as in Permissions. Each change is saved at once.";

pub const WHO: &str = "Who may chat with whom?";
pub const WHO_HELP: &str = "Pick two groups, or two people, and see why they may or may not chat, and what would change it.";
pub const WHO_OF: &str = "Ask about";
pub const TWO_GROUPS: &str = "Two groups";
pub const TWO_PEOPLE: &str = "Two people";
pub const FIRST_GROUP: &str = "People of";
pub const SECOND_GROUP: &str = "and people of";
pub const FIRST_PERSON: &str = "This person";
pub const SECOND_PERSON: &str = "and this person";
pub const PICK_ONE: &str = "Pick one";
pub const PICK_ANOTHER: &str = "Pick somebody else";
pub const THEY_MAY: &str = "Yes.";
pub const THEY_MAY_NOT: &str = "No.";
pub const WHO_ADMINS: &str = "Admins may chat with everybody, whatever their groups.";

/// "3 people".
pub fn people_count(count: u32) -> String {
    match count {
        0 => "Nobody".into(),
        count => counted(count as usize, "person", "people"),
    }
}

/// "Rename Trial": several buttons of the screen say *Rename*.
pub fn rename_what(name: &str) -> String {
    [RENAME, " ", name].concat()
}

pub fn delete_what(name: &str) -> String {
    [DELETE, " ", name].concat()
}

/// "Delete the group Trial?"
pub fn delete_question(name: &str) -> String {
    ["Delete the group ", name, "?"].concat()
}

/// What deleting a group does, sentence by sentence.
pub fn delete_words(group: &GroupRow, is_guest_group: bool) -> Vec<String> {
    let who = match group.people {
        0 => "Nobody is in it.".to_owned(),
        1 => format!("1 person is in it. {DELETE_KEEPS_PEOPLE}"),
        people => format!("{people} people are in it. {DELETE_KEEPS_PEOPLE}"),
    };
    let guests = is_guest_group.then(|| DELETE_GUEST_GROUP.to_owned());
    [guests, Some(who), Some(DELETE_TAKES_TICKS.into())]
        .into_iter()
        .flatten()
        .collect()
}

pub fn group_created(name: &str) -> String {
    ["The group ", name, " is there."].concat()
}

pub fn group_renamed(name: &str) -> String {
    ["The group is called ", name, " now."].concat()
}

pub fn group_deleted(name: &str) -> String {
    ["The group ", name, " is deleted."].concat()
}

/// "Add people to Trial".
pub fn add_people_to(group: &str) -> String {
    [ADD_PEOPLE, " to ", group].concat()
}

/// "Add Noor Haddad".
pub fn add_whom(name: &str) -> String {
    [ADD, " ", name].concat()
}

pub fn person_added(name: &str, group: &str) -> String {
    [name, " is in ", group, " now."].concat()
}

pub fn person_removed(name: &str, group: &str) -> String {
    [name, " isn't in ", group, " any more."].concat()
}

/// The name of one tick.
pub fn tick_name(one: &str, other: &str) -> String {
    match one == other {
        true => ["People of ", one, " with each other"].concat(),
        false => ["People of ", one, " with people of ", other].concat(),
    }
}

/// What a tick did.
pub fn ticked(one: &str, other: &str, allowed: bool) -> String {
    let may = if allowed {
        " may now chat with "
    } else {
        " may no longer chat with "
    };
    let whom = match one == other {
        true => "each other".to_owned(),
        false => ["people of ", other].concat(),
    };
    ["Saved: people of ", one, may, &whom, "."].concat()
}

/// Why not every group stands in the matrix.
pub fn matrix_part(shown: usize, all: usize) -> String {
    format!(
        "{shown} of {all} groups are shown. Search for others, or open a group: its page has all of its ticks."
    )
}

/// "Pick somebody else than Noor Haddad".
pub fn pick_another_than(name: &str) -> String {
    [PICK_ANOTHER, " than ", name].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::ids::Time;
    use shared::samples::group_id;

    #[test]
    fn what_deleting_does_is_said_whole() {
        let group = |people| GroupRow {
            group_id: group_id(1),
            name: "Support".into(),
            people,
            created_at: Time(0),
        };
        let said = |people, is_guest_group| delete_words(&group(people), is_guest_group).join(" ");
        assert!(said(3, true).starts_with(DELETE_GUEST_GROUP));
        assert!(said(3, true).contains("3 people are in it."));
        assert!(said(1, false).starts_with("1 person is in it."));
        assert!(said(0, false).starts_with("Nobody is in it."));
        assert!(!said(0, false).contains(DELETE_KEEPS_PEOPLE));
    }
}
