//! English: what only users and staff meet.
//!
//! The law: as in `english.rs`; and nothing here is in what a guest downloads (D10), which is why it is a list of its own.

use super::english::texts;

texts! {
    /// Names a sentence that only users and staff meet.
    UserText

    // Lists of conversations.
    CustomerSupport "customer_support" "Customer Support"
    Chats "chats" "Chats"
    NewConversation "new_conversation" "New conversation"
    NoConversations "no_conversations" "Nothing here yet. Write to us whenever you like."
    InboxEmpty "inbox_empty" "Nobody has written yet. New conversations appear here."
    AllAnswered "all_answered" "Everybody has an answer."
    ShowAll "show_all" "Show all"
    FilterAll "filter_all" "All"
    FilterUnanswered "filter_unanswered" "Unanswered"
    Filter "filter" "Which conversations"
    Unread "unread" "{count} unread|{count} unread"
    OwnSnippet "own_snippet" "You: {text}"
    ShowMore "show_more" "Show more"

    // Groups and the people in them.
    Groups "groups" "Groups"
    People "people" "People"
    PeopleCount "people_count" "{count} person|{count} people"
    FindSomebody "find_somebody" "Find somebody by name"
    FindInGroup "find_in_group" "Find somebody in {group}"
    ClearSearch "clear_search" "Clear the search"
    AllGroups "all_groups" "All groups"
    NobodyInGroup "nobody_in_group" "Nobody else is in this group yet."
    NobodyFound "nobody_found" "Nobody here goes by that name."
    FirstDirect "first_direct" "Nothing here yet. The first word is yours."

    // A thread with a customer, or with another of them.
    Guest "guest" "Guest"
    OnPage "on_page" "On {page}"
    ProofClaimed "proof_claimed" "Not verified"
    ProofMailbox "proof_mailbox" "Address confirmed"
    ProofHost "proof_host" "Signed in on the site"
    ReportPerson "report_person" "Report {name}"
    YouBlocked "you_blocked" "You blocked {name}."
    IsBlocked "is_blocked" "{name} is blocked on this site."
    Unblock "unblock" "Unblock"
    WritingEnded "writing_ended" "You can't write to each other any more. What was written stays here."

    // Around everything.
    SignOut "sign_out" "Sign out"

    // Times in a list.
    Now "now" "now"
    MinutesAgo "minutes_ago" "{count} min|{count} min"
    YesterdayInRow "yesterday_in_row" "yesterday"
}
