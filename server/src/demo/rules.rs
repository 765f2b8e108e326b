//! What the shop decides, as pure functions: who may sign up, who may do what, where to go afterwards.
//!
//! The law: no database, no clock, no chance. Times and ids are handed in.

/// What the shop tells the chat.
pub mod chat;

use super::store::SignedIn;
use serde::Deserialize;
use shared::{
    problem::ProblemCode,
    samples::ADA,
    text::{Name, check_email_shape},
};

/// The fewest characters of a password.
pub const PASSWORD_CHARACTERS: usize = 8;
/// The most bytes of a password: hashing an endless one would keep the machine busy.
const PASSWORD_BYTES: usize = 512;
/// How long somebody stays signed in to the shop. **Units**: milliseconds.
pub const SESSION_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// The one sentence for an unknown address and for a wrong password.
pub const SIGN_IN_REFUSED: &str = "That address and password don't belong to an account here.";
/// What a second sign-up with the same address is told.
pub const EMAIL_TAKEN: &str =
    "There is already an account with that address. You can sign in instead.";

/// The sign-up form as it arrives.
#[derive(Default, Deserialize)]
pub struct SignUpForm {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub password: String,
    /// Present when the switch is on.
    pub verified: Option<String>,
}

/// The sign-in form as it arrives.
#[derive(Default, Deserialize)]
pub struct SignInForm {
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub password: String,
}

/// A form that may become an account.
pub struct SignUp {
    pub name: String,
    pub email: String,
    pub email_verified: bool,
}

/// What is wrong with a form, a sentence for each field.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct SignUpMistakes {
    pub name: Option<&'static str>,
    pub email: Option<&'static str>,
    pub password: Option<&'static str>,
}

/// Whether the form may become an account.
///
/// **Errors**: a sentence for every field that needs another look.
pub fn check_sign_up(form: &SignUpForm) -> Result<SignUp, SignUpMistakes> {
    let name = Name::parse(&form.name).map_err(|code| match code {
        ProblemCode::NameTooLong => "Please use at most 80 characters.",
        ProblemCode::BadText => "That name holds a character we can't show.",
        _ => "Please tell us your name.",
    });
    let email = check_address(&form.email);
    let password = match form.password.chars().count() {
        0..PASSWORD_CHARACTERS => Err("Please use at least 8 characters."),
        _ if form.password.len() > PASSWORD_BYTES => Err("Please use a shorter password."),
        _ => Ok(()),
    };
    match (name, email, password) {
        (Ok(name), Ok(email), Ok(())) => Ok(SignUp {
            name: name.into(),
            email,
            email_verified: form.verified.is_some(),
        }),
        (name, email, password) => Err(SignUpMistakes {
            name: name.err(),
            email: email.err(),
            password: password.err(),
        }),
    }
}

/// The form of an address that the shop compares.
pub fn email_key(typed: &str) -> String {
    typed.trim().to_lowercase()
}

/// Whether a password may be tried at all.
pub fn may_try_password(password: &str) -> bool {
    password.len() <= PASSWORD_BYTES
}

/// Whether somebody may sign in as a customer: the shop's admin, as themselves.
pub fn may_act(signed_in: Option<&SignedIn>) -> bool {
    signed_in.is_some_and(|signed_in| {
        signed_in.account.account_id == ADA.key && signed_in.acted_by.is_none()
    })
}

/// Whether somebody may delete the account: whose it is, and not the cast, whom the next visitor wants to be.
pub fn may_delete(signed_in: &SignedIn) -> bool {
    signed_in.acted_by.is_none() && signed_in.account.password_hash.is_some()
}

/// The form about what the shop tells the chat, as it arrives.
#[derive(Default, Deserialize)]
pub struct AddressForm {
    #[serde(default)]
    pub email: String,
    /// Present when the switch is on.
    pub verified: Option<String>,
}

/// The address of the form, as the shop keeps it.
///
/// **Errors**: the sentence beneath the field.
pub fn check_address(typed: &str) -> Result<String, &'static str> {
    match check_email_shape(typed) {
        Ok(()) => Ok(email_key(typed)),
        Err(ProblemCode::EmailRequired) => Err("Please tell us your address."),
        Err(ProblemCode::EmailNoAt) => Err("That address is missing its @."),
        Err(ProblemCode::EmailTooLong) => Err("That address is too long."),
        Err(_) => Err("That address doesn't look complete."),
    }
}

/// Where to go after signing in or out: a path of the shop, never another site, and not a form that has done its work.
pub fn plan_return(asked: Option<&str>) -> &str {
    asked
        .filter(|path| {
            path.starts_with('/')
                && !path.starts_with("//")
                && path
                    .bytes()
                    .all(|byte| byte.is_ascii_graphic() && byte != b'\\')
                && !matches!(*path, "/sign-in" | "/sign-up")
        })
        .unwrap_or("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(name: &str, email: &str, password: &str) -> SignUpForm {
        SignUpForm {
            name: name.into(),
            email: email.into(),
            password: password.into(),
            verified: None,
        }
    }

    #[test]
    fn every_wrong_field_gets_its_own_sentence() {
        let mistakes = check_sign_up(&form(" ", "cora.example.org", "short"))
            .err()
            .unwrap();
        assert_eq!(
            mistakes,
            SignUpMistakes {
                name: Some("Please tell us your name."),
                email: Some("That address is missing its @."),
                password: Some("Please use at least 8 characters."),
            }
        );
        let sign_up = check_sign_up(&form("Cora Lindqvist", " Cora@Example.org ", "porch-light"))
            .ok()
            .unwrap();
        assert_eq!(
            (sign_up.email.as_str(), sign_up.email_verified),
            ("cora@example.org", false)
        );
        assert!(check_sign_up(&form("Cora", "cora@example.org", &"x".repeat(513))).is_err());
    }

    #[test]
    fn the_way_back_never_leaves_the_shop() {
        for (asked, path) in [
            (None, "/"),
            (Some("/lamps/blue"), "/lamps/blue"),
            (Some("//evil.example"), "/"),
            (Some("/\\evil.example"), "/"),
            (Some("/sign-up"), "/"),
            (Some("https://evil.example"), "/"),
            (Some("/a\r\nset-cookie: b"), "/"),
            (Some(""), "/"),
        ] {
            assert_eq!(plan_return(asked), path, "{asked:?}");
        }
    }
}
