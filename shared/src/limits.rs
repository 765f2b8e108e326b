//! Every limit, in one place. Source: what we promise to bound; shown in `docs/operating.md`.
//!
//! The law: code names a limit from here, never a bare number. Characters are Unicode scalar values.

/// A person's name. **Units**: characters.
pub const NAME_CHARACTERS: usize = 80;
/// A person's name. **Units**: UTF-8 bytes.
pub const NAME_BYTES: usize = 320;
/// An e-mail address, whole. **Units**: bytes.
pub const EMAIL_BYTES: usize = 254;
/// What stands before the last `@`. **Units**: bytes.
pub const EMAIL_LOCAL_BYTES: usize = 64;
/// A message's text. **Units**: characters.
pub const MESSAGE_CHARACTERS: usize = 8_000;
/// A message's text. **Units**: UTF-8 bytes.
pub const MESSAGE_BYTES: usize = 32 * 1024;
/// The composer counts aloud once this many characters are left.
pub const MESSAGE_COUNTER_FROM: usize = 500;
/// One socket frame from outside. **Units**: bytes.
pub const SOCKET_FRAME_BYTES: usize = 16 * 1024;
/// One request body. **Units**: bytes.
pub const BODY_BYTES: usize = 64 * 1024;
/// Nesting of a JSON body.
pub const JSON_DEPTH: usize = 8;
/// Rows a page may hold: from 1 to this.
pub const PAGE_ROWS: u32 = 100;
/// Rows a page holds when nobody says.
pub const PAGE_ROWS_DEFAULT: u32 = 30;
/// An identity token in compact form. **Units**: bytes.
pub const IDENTITY_TOKEN_BYTES: usize = 4_096;
/// The host's id of a user (`sub`). **Units**: characters.
pub const SUBJECT_CHARACTERS: usize = 128;
/// The longest life an identity token may claim. **Units**: seconds.
pub const IDENTITY_TOKEN_SECONDS: i64 = 600;
/// How far clocks may differ. **Units**: seconds.
pub const IDENTITY_LEEWAY_SECONDS: i64 = 60;
/// Origins that may embed us.
pub const ALLOWED_ORIGINS: usize = 50;
/// The `frame-ancestors` directive. **Units**: bytes.
pub const FRAME_ANCESTORS_BYTES: usize = 2_000;
/// Conversations begun by one anonymous cookie in `STARTS_WINDOW_SECONDS`.
pub const STARTS_PER_COOKIE: u32 = 5;
/// Conversations begun from one peer in `STARTS_WINDOW_SECONDS`: an office behind one NAT is many people.
pub const STARTS_PER_PEER: u32 = 60;
/// **Units**: seconds.
pub const STARTS_WINDOW_SECONDS: u32 = 600;
/// Messages by one sender in `MESSAGES_WINDOW_SECONDS`.
pub const MESSAGES_PER_SENDER: u32 = 20;
/// **Units**: seconds.
pub const MESSAGES_WINDOW_SECONDS: u32 = 10;
/// The same text this often in a row is a flood.
pub const IDENTICAL_MESSAGES: u32 = 10;
/// Sockets of one session; the oldest hidden one is closed for the next.
pub const SOCKETS_PER_SESSION: usize = 20;
/// Sockets of visitors from one peer: an office behind one NAT is many people.
pub const VISITOR_SOCKETS_PER_PEER: usize = 50;
/// Sockets of visitors.
pub const VISITOR_SOCKETS: usize = 2_000;
/// Frames a socket may send in a second before it is told to slow down.
pub const SOCKET_FRAMES_PER_SECOND: u32 = 20;
/// Frames that cannot be read, in a minute, before the socket is closed (1008).
pub const BAD_FRAMES_PER_MINUTE: u32 = 3;
/// The path of the page a customer is on, as shown to agents. **Units**: bytes.
pub const PAGE_PATH_BYTES: usize = 200;
/// Unread is counted up to here and shown as "99+".
pub const UNREAD_COUNTED: u32 = 100;
/// Of so many unanswered conversations, the newest, the inbox counts the unread ones.
pub const UNANSWERED_LOOKED_AT: u32 = 500;
/// Faces on the visitor's door.
pub const DOOR_FACES: usize = 4;
/// Between two pings of the server. **Units**: seconds.
pub const PING_SECONDS: u32 = 25;
/// Commands that one transaction of the writer may hold (D4).
pub const WRITER_BATCH: usize = 128;
/// A guest's session that nobody used. **Units**: days.
pub const GUEST_IDLE_DAYS: u32 = 30;
/// A guest's session, used or not. **Units**: days.
pub const GUEST_ABSOLUTE_DAYS: u32 = 180;
/// A user's session, renewed by use and by tokens. **Units**: hours.
pub const USER_SESSION_HOURS: u32 = 12;
/// A session of the admin page, used or not. **Units**: days.
pub const ADMIN_SESSION_DAYS: u32 = 7;
/// The most that an admin may set for [`GUEST_IDLE_DAYS`].
pub const GUEST_IDLE_DAYS_MOST: u32 = 180;
/// The most that an admin may set for [`GUEST_ABSOLUTE_DAYS`].
pub const GUEST_ABSOLUTE_DAYS_MOST: u32 = 365;
/// What is kept for some time is kept for at least this long, or for ever. **Units**: days. **Source**: a month's holiday
/// is no reason to find nothing.
pub const KEEP_DAYS_LEAST: u32 = 30;
/// The longest time that something is kept, if not for ever. **Units**: days.
pub const KEEP_DAYS_MOST: u32 = 3_650;
/// A guest's conversations in which nobody wrote, while their sessions still live. **Units**: days.
pub const KEEP_GUEST_CONVERSATIONS_DAYS: u32 = 365;
/// Those of a guest whose sessions have all ended. **Units**: days. **Source**: as long as a sign-in can still bring them
/// along ([`CONVERTIBLE_DAYS`]).
pub const KEEP_ENDED_CONVERSATIONS_DAYS: u32 = 180;
/// Lines of the audit log. **Units**: days.
pub const KEEP_AUDIT_DAYS: u32 = 365;
/// A sentence on the door or at the foot. **Units**: characters.
pub const SENTENCE_CHARACTERS: usize = 200;
/// A link to a page of the host site. **Units**: bytes.
pub const LINK_BYTES: usize = 1_000;
/// Names that no guest may take, besides the support group's and its people's.
pub const RESERVED_NAMES: usize = 100;
/// A password. **Units**: characters. **Source**: NIST SP 800-63B section 5.1.1.2 asks for at least 8; ours opens every
/// customer's chat.
pub const PASSWORD_CHARACTERS: usize = 10;
/// A password. **Units**: bytes.
pub const PASSWORD_BYTES: usize = 256;
/// The set-up link that `porchlight serve` prints. **Units**: minutes.
pub const SETUP_LINK_MINUTES: i64 = 60;
/// An invitation's link. **Units**: days.
pub const INVITATION_DAYS: i64 = 7;
/// Invitations that wait to be followed.
pub const INVITATIONS: usize = 100;
/// Groups of a site.
pub const GROUPS: usize = 200;
/// The shortest search. **Units**: characters.
pub const SEARCH_CHARACTERS: usize = 2;
/// The longest search. **Units**: bytes.
pub const SEARCH_BYTES: usize = 200;
/// What a reporter says. **Units**: characters.
pub const REASON_CHARACTERS: usize = 500;
/// Blocks and their ends by one person in an hour.
pub const BLOCKS_PER_HOUR: u32 = 60;
/// Reports by one person in an hour.
pub const REPORTS_PER_HOUR: u32 = 20;
/// Rules in a list of URLs.
pub const URL_RULES: usize = 100;
/// One URL rule. **Units**: bytes.
pub const URL_RULE_BYTES: usize = 200;
/// An uploaded logo, as it comes. **Units**: bytes.
pub const PICTURE_BYTES: usize = 2 * 1024 * 1024;
/// An uploaded logo, as it is kept: no side is longer. **Units**: pixels.
pub const PICTURE_PIXELS: u32 = 256;
/// Identity keys that may sign at once: the old and the new one, while keys are changed.
pub const KEYS_AT_ONCE: usize = 2;
/// Digits of a mailed code.
pub const CODE_DIGITS: usize = 8;
/// A mailed code's life. **Units**: minutes.
pub const CODE_MINUTES: i64 = 10;
/// Wrong tries after which a mailed code is burned.
pub const CODE_TRIES: u32 = 5;
/// Codes mailed to one address in an hour.
pub const CODES_PER_HOUR: u32 = 3;
/// Codes mailed to one address in a day.
pub const CODES_PER_DAY: u32 = 8;
/// Codes asked for by one peer in `STARTS_WINDOW_SECONDS`: an office behind one NAT is many people.
pub const CODES_PER_PEER: u32 = 60;
/// Guests of one address that come along at once (C10).
pub const CONVERTED_AT_ONCE: usize = 20;
/// A guest who wrote nothing for longer stays a guest (C10). **Units**: days.
pub const CONVERTIBLE_DAYS: i64 = 180;
/// How long a first message that is under way while its guest signs in still counts as sent before. **Units**: minutes.
pub const AWAITED_MINUTES: i64 = 10;
/// How long a conversion can be undone. **Units**: days.
pub const UNDO_DAYS: i64 = 90;
/// Keys of the host's server.
pub const HOST_KEYS: usize = 20;
/// Webhooks of a site.
pub const WEBHOOKS: usize = 20;
/// A webhook's address. **Units**: bytes.
pub const WEBHOOK_URL_BYTES: usize = 1_000;
/// Calls of one key of the host's server in a minute.
pub const HOST_CALLS_PER_MINUTE: u32 = 600;
/// How long a delivery to a webhook is kept that is delivered or given up. **Units**: days.
pub const DELIVERIES_KEPT_DAYS: i64 = 30;
