//! English: every key with its sentence.
//!
//! The law: short, in the second person, without exclamation marks or blame; errors say what to do next.
//! `{name}` is a place for a particular. Where a number decides the form, the forms stand side by side with `|`
//! between them, in the order of `plural.rs`.
//! What only users and staff meet stands in `english_users.rs`, which a guest does not download.

macro_rules! texts {
    ($(#[$doc:meta])* $name:ident $($variant:ident $key:literal $english:literal)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum $name { $($variant),* }

        /// What the language files call each of them, in their order.
        pub const KEYS: &[$crate::i18n::Key] = &[$($crate::i18n::key_of($key)),*];

        /// Their English sentences, in their order, one a line.
        pub(super) const ENGLISH: &str = concat!($($english, "\n"),*);

        /// All of them, in order, with their keys in full.
        #[cfg(test)]
        pub(super) const ALL: &[($name, &str)] = &[$(($name::$variant, $key)),*];
    };
}

pub(super) use texts;

texts! {
    /// Names a sentence that everybody may meet.
    Text

    // The door.
    FullName "full_name" "Full name"
    Email "email" "Email"
    StartChat "start_chat" "Start chat"
    Starting "starting" "Starting…"
    SomebodyHere "somebody_here" "Somebody is here now"
    NobodyHere "nobody_here" "Nobody is here to answer right now. Please come back a little later."
    DoorClosed "door_closed" "Please sign in on this site to chat with us."
    Privacy "privacy" "Privacy"
    ContinueEarlier "continue_earlier" "Continue an earlier conversation"
    ContinuedAs "continued_as" "This chat continued in the account of {email}."
    NotSentThere "not_sent_there" "You hadn't sent this; it waits in your next chat: {text}"

    // A thread.
    Conversation "conversation" "Conversation"
    NewMessages "new_messages" "New messages"
    NewBelow "new_below" "{count} new|{count} new"
    JumpToNewest "jump_to_newest" "Jump to the newest message"
    LoadingOlder "loading_older" "Fetching earlier messages…"
    You "you" "You"
    Sending "sending" "Sending"
    Sent "sent" "Sent"
    Seen "seen" "Seen"
    NotSent "not_sent" "Not sent."
    Retry "retry" "Retry"
    Reply "reply" "Reply"
    ReplyingTo "replying_to" "Replying to {name}"
    ReplyingToYourself "replying_to_yourself" "Replying to yourself"
    EarlierMessage "earlier_message" "An earlier message"
    CancelReply "cancel_reply" "Cancel the reply"
    IsTyping "is_typing" "{name} is typing"
    BothTyping "both_typing" "{name} and {other} are typing"
    SeveralTyping "several_typing" "Several people are typing"
    EarlierHere "earlier_here" "Your earlier messages are here."
    CameBack "came_back" "This chat was in an account for a while. It is yours again."
    FirstMessage "first_message" "Write to us. The answer comes right here."
    AboutMessage "about_message" "About this message"
    Report "report" "Report this message"
    ReportReason "report_reason" "What is wrong with it? You can leave this empty."
    Reported "reported" "Thank you. Somebody will look at it."
    Block "block" "Block {name}"
    BlockMeans "block_means" "Messages from {name} won't be delivered any more. {name} isn't told."
    Unblock "unblock_person" "Unblock {name}"
    Cancel "cancel" "Cancel"
    Close "close" "Close"
    HereNow "here_now" "Here now"

    // The composer.
    WriteAMessage "write_a_message" "Write a message"
    Send "send" "Send"
    CharactersLeft "characters_left" "{count} character left|{count} characters left"
    CharactersOver "characters_over" "{count} character too many|{count} characters too many"

    // Around everything.
    Back "back" "Back"
    CloseChat "close_chat" "Close chat"
    More "more" "More"
    ForgetMe "forget_me" "Forget me on this device"
    SoundOff "sound_off" "Turn the sound off"
    SoundOn "sound_on" "Turn the sound on"
    Opening "opening" "Opening the chat…"
    Reconnecting "reconnecting" "Reconnecting…"
    Offline "offline" "You're offline. Messages will be sent when you're back."
    OwnWindowNeeded "own_window_needed" "Your browser doesn't let this chat remember you here."
    OpenOwnWindow "open_own_window" "Open chat in its own window"
    ReloadToContinue "reload_to_continue" "Please reload this page to continue as yourself."
    CouldNotLoad "could_not_load" "We couldn't reach the server. Please try again in a moment."
    TryAgain "try_again" "Try again"

    // Times, as people say them.
    Today "today" "Today"
    Yesterday "yesterday" "Yesterday"

    // Problems.
    ProblemNameRequired "problem_name_required" "Please tell us your name."
    ProblemNameTooLong "problem_name_too_long" "That name is too long. 80 characters fit."
    ProblemNameReserved "problem_name_reserved" "That name belongs to our team. Please use your own."
    ProblemEmailRequired "problem_email_required" "Please tell us your email address."
    ProblemEmailNoAt "problem_email_no_at" "That address is missing its @."
    ProblemEmailShape "problem_email_shape" "That address looks unfinished. It should read like name@example.org."
    ProblemEmailTooLong "problem_email_too_long" "That address is too long. Please use another one."
    ProblemTextEmpty "problem_text_empty" "Write something first."
    ProblemTextTooLong "problem_text_too_long" "That message is too long. Please send it in parts."
    ProblemBadText "problem_bad_text" "It holds characters that can't be sent. Please type it again."
    ProblemUndeliverable "problem_undeliverable" "This message could not be delivered."
    ProblemDuplicateFlood "problem_duplicate_flood" "You have sent that several times. We have it."
    ProblemSlowDown "problem_slow_down" "That was a lot at once. Please wait a moment, then try again."
    ProblemWait "problem_wait" "That was a lot at once. Please try again in {count} second.|That was a lot at once. Please try again in {count} seconds."
    ProblemNotStored "problem_not_stored" "We couldn't keep that just now. Please try again."
    ProblemBroken "problem_broken" "Something went wrong on our side. Please try again."
    ProblemNotFound "problem_not_found" "This conversation isn't available any more."
    ProblemSessionEnded "problem_session_ended" "Your session has ended. Please reload this page."
    ProblemNotConfirmed "problem_not_confirmed" "This site couldn't confirm who you are. Please reload this page."
    ProblemForeignOrigin "problem_foreign_origin" "The chat can't be used from here. Please reload this page."
    ProblemOutdated "problem_outdated" "There is a newer version of this chat. Please reload this page."
    ProblemStale "problem_stale" "Somebody else changed this meanwhile. Please look again."
    ProblemIdReused "problem_id_reused" "That couldn't be sent as it is. Please copy it into a new message."
    ProblemTooBig "problem_too_big" "That is too large to send. Please send it in parts."
    ProblemQuoteGone "problem_quote_gone" "The message you quoted isn't there. Please send it without the quote."
    Unreachable "unreachable" "We couldn't reach the server. Your message is kept and will be sent."
}
