//! Identity keys and mail.
//!
//! The law: a secret is shown once, and the page says so before and while it is shown.

use shared::settings::KeyAlgorithm;

pub const KEYS: &str = "Identity keys";
pub const KEYS_HELP: &str =
    "With a key your site vouches for its own users, who then chat without giving name and email.";
pub const NO_KEYS: &str = "No key yet. Without one everybody chats as a guest.";
pub const MAKE_KEY: &str = "Create a key";
pub const MAKE_KEY_NOW: &str = "Create";
pub const KEY_ID: &str = "Name of the key";
pub const KEY_ID_HELP: &str =
    "Your site's tokens name it as kid, so that an old and a new key can work side by side.";
pub const ALGORITHM: &str = "Algorithm";
pub const PUBLIC_KEY: &str = "Public key";
pub const PUBLIC_KEY_HELP: &str =
    "The public half as PEM. The private half stays on your site's server.";
pub const KEY_MADE: &str = "Your new key";
pub const KEY_SECRET: &str = "Secret";
pub const KEY_SECRET_ONCE: &str = "Copy it now: it is shown this once and never again. It belongs on your site's server, never into a page.";
pub const KEY_SNIPPET: &str = "What your server signs";
pub const KEY_GUIDE: &str =
    "docs/embedding.md shows the whole of it in Node.js, Python, PHP, Ruby, Go and Rust.";
pub const KEY_PUBLIC_KEPT: &str =
    "The public key is kept. Your site can sign with its private half now.";
pub const KEY_CLOSE: &str = "I have copied it";
pub const RETIRE: &str = "Retire";
pub const RETIRE_WORDS: &str =
    "Tokens that this key signed are refused from now on. People who are signed in stay signed in.";
pub const DELETE_KEY_WORDS: &str = "The key is taken out of the list, and everybody whom it signed in last is signed out. This can't be undone.";
pub const KEY_RETIRED: &str = "The key is retired.";
pub const KEY_DELETED: &str = "The key is deleted.";
pub const OPERATOR_KEY: &str = "set by the operator";
pub const IN_USE: &str = "in use";
pub const CREATED: &str = "created";
pub const RETIRED: &str = "retired";

pub const MAIL: &str = "Mail";
pub const MAIL_HELP: &str = "The server that sends invitations, and codes to guests. Without one, links are shown for you to pass on, and no codes are offered.";
pub const MAIL_HOST: &str = "Server";
pub const MAIL_HOST_HELP: &str = "Its host name, as in smtp.example.com. Empty: no mail is sent.";
pub const MAIL_PORT: &str = "Port";
pub const MAIL_PORT_HELP: &str = "587 for STARTTLS, 465 for TLS.";
pub const MAIL_SECURITY: &str = "Security";
pub const MAIL_SECURITY_HELP: &str = "How listeners are kept out on the way to the server.";
pub const MAIL_USER: &str = "User name";
pub const MAIL_USER_HELP: &str = "Empty: the server asks for none.";
pub const MAIL_FROM: &str = "From";
pub const MAIL_FROM_HELP: &str = "The address that mails come from.";
pub const MAIL_PASSWORD: &str = "Mail password";
pub const MAIL_PASSWORD_HELP: &str = "Kept apart and never shown; it takes effect at once.";
pub const MAIL_PASSWORD_KEPT: &str = "A password is kept.";
pub const MAIL_PASSWORD_NONE: &str = "No password is kept.";
pub const KEEP_PASSWORD: &str = "Keep this password";
pub const FORGET_PASSWORD: &str = "Forget the password";
pub const PASSWORD_KEPT: &str = "The password is kept.";
pub const PASSWORD_FORGOTTEN: &str = "The password is forgotten.";
pub const TEST_MAIL: &str = "Send a test mail";
pub const TEST_MAIL_TO: &str = "Test mail to";
pub const TEST_MAIL_HELP: &str = "Goes out with the settings as they are saved.";
pub const TEST_MAIL_SENT: &str = "The mail server took it. Please look into the mailbox.";
pub const SAVE_FIRST: &str = "Save your changes first: the test uses what is saved.";

/// "Retire shop-2026".
pub fn about_key(action: &str, key_id: &str) -> String {
    [action, " ", key_id].concat()
}

/// "Retire shop-2026?"
pub fn end_key_question(action: &str, key_id: &str) -> String {
    [action, " ", key_id, "?"].concat()
}

pub const fn algorithm(algorithm: KeyAlgorithm) -> &'static str {
    match algorithm {
        KeyAlgorithm::Hs256 => "HS256: one secret that both sides know",
        KeyAlgorithm::Es256 => "ES256: your site keeps a private key (P-256)",
        KeyAlgorithm::EdDsa => "EdDSA: your site keeps a private key (Ed25519)",
    }
}
