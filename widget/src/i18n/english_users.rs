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

    // The desk.
    SignIn "sign_in" "Sign in"
    SigningIn "signing_in" "Signing in…"
    SignInTitle "sign_in_title" "Sign in to your chats"
    SignInHelp "sign_in_help" "No password yet, or forgotten it? An admin of this site can send you a link."
    SignInRefused "sign_in_refused" "That address and that password don't belong together."
    SessionEnded "session_ended" "You were signed out. Please sign in again."
    Password "password" "Password"
    PasswordMissing "password_missing" "Please type your password."
    PasswordNow "password_now" "Password now"
    PasswordNew "password_new" "New password"
    PasswordHelp "password_help" "At least 10 characters. Everywhere else you will be signed out."
    PasswordChanged "password_changed" "Your password is changed. Everywhere else you are signed out."
    PasswordWrong "password_wrong" "That isn't your password."
    PasswordShort "password_short" "A password needs at least 10 characters."
    PasswordLong "password_long" "That password is too long. Please use a shorter one."
    PasswordWeak "password_weak" "Many people would guess that one. Please think of another."
    ChangePassword "change_password" "Change password"
    Changing "changing" "Changing…"
    Sessions "sessions" "Where you are signed in"
    SignOutThere "sign_out_there" "Sign out there"
    ThisOne "this_one" "here, now"
    LastUsed "last_used" "last used: {time}"
    DoorChat "door_chat" "Chat"
    DoorAdmin "door_admin" "Admin page"
    UnknownDevice "unknown_device" "A browser that doesn't say its name"
    OpenAdmin "open_admin" "Open the admin page"
    AlertsOn "alerts_on" "Turn desktop alerts on"
    AlertsOff "alerts_off" "Turn desktop alerts off"
    AlertsDenied "alerts_denied" "Your browser blocks desktop alerts"
    Conversations "conversations" "Conversations"
    ChooseConversation "choose_conversation" "Choose a conversation, and it opens here."
    NobodyForGuests "nobody_for_guests" "Guests can't reach anybody: nobody is in the guest group."
}
