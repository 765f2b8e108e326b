//! What the shop decides, as pure functions: who may sign up, where to go afterwards, what a token says.
//!
//! The law: no database, no clock, no chance. Times and ids are handed in.

use super::store::SignedIn;
use serde::{Deserialize, Serialize};
use shared::{
    ids::Time,
    problem::ProblemCode,
    samples::ADA,
    settings::{MailSecurity, Settings},
    text::{Name, check_email_shape},
};

/// The fewest characters of a password.
pub const PASSWORD_CHARACTERS: usize = 8;
/// The most bytes of a password: hashing an endless one would keep the machine busy.
const PASSWORD_BYTES: usize = 512;
/// How long an identity token lives. **Units**: seconds. **Source**: the chat takes no more than 600.
const TOKEN_SECONDS: i64 = 300;
/// How long somebody stays signed in to the shop. **Units**: milliseconds.
pub const SESSION_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// Where the mailbox is: mails go in the clear to this machine only.
const MAILBOX: &str = "localhost";
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

/// The origins that may embed the chat, with the shop at `port` among them.
///
/// Those of the shop at a former port go; what an admin added stays.
pub fn plan_origins(current: &[String], port: u16) -> Vec<String> {
    const SHOP: &str = "http://shop.localhost:";
    let former: Vec<&str> = current
        .iter()
        .filter_map(|origin| origin.strip_prefix(SHOP))
        .collect();
    let is_former = |origin: &str| {
        origin.starts_with(SHOP)
            || origin
                .strip_prefix("http://127.0.0.1:")
                .is_some_and(|port| former.contains(&port))
    };
    let kept = current.iter().filter(|origin| !is_former(origin)).cloned();
    kept.chain([format!("{SHOP}{port}"), format!("http://127.0.0.1:{port}")])
        .collect()
}

/// Lets the chat mail into the demonstration's mailbox at `port`, unless an admin chose another mail server.
pub fn plan_mail(settings: &mut Settings, port: u16) {
    let is_ours = settings.mail_host == MAILBOX && settings.mail_security == MailSecurity::None;
    if !settings.mail_host.is_empty() && !is_ours {
        return;
    }
    settings.mail_host = MAILBOX.into();
    settings.mail_port = port.into();
    settings.mail_security = MailSecurity::None;
    if settings.mail_from.is_empty() {
        settings.mail_from = "support@lantern-and-loom.example".into();
    }
}

/// What an identity token says: the shop's word for who somebody is.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Claims<'a> {
    pub iss: &'a str,
    pub aud: String,
    /// The shop's own, never-changing account id.
    pub sub: &'a str,
    pub iat: i64,
    pub exp: i64,
    pub jti: String,
    pub email: &'a str,
    pub email_verified: bool,
    pub name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<Actor<'a>>,
}

/// Somebody of the shop who is signed in as an account. **Source**: RFC 8693, section 4.1.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Actor<'a> {
    pub sub: &'a str,
}

/// The claims about one account, for a token that is used once and soon.
pub fn plan_claims<'a>(
    signed_in: &'a SignedIn,
    site_id: &'a str,
    now: Time,
    token_id: String,
) -> Claims<'a> {
    let issued_at = now.0.div_euclid(1000);
    let account = &signed_in.account;
    Claims {
        iss: site_id,
        aud: format!("porchlight:{site_id}"),
        sub: &account.account_id,
        iat: issued_at,
        exp: issued_at + TOKEN_SECONDS,
        jti: token_id,
        email: account.chat_email(),
        email_verified: account.email_verified,
        name: &account.name,
        act: signed_in.acted_by.as_deref().map(|sub| Actor { sub }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::store::Account;

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

    #[test]
    fn the_shop_s_origins_follow_its_port_and_an_admin_s_stay() {
        let own = |port: u16| {
            [
                format!("http://shop.localhost:{port}"),
                format!("http://127.0.0.1:{port}"),
            ]
        };
        assert_eq!(plan_origins(&[], 8081), own(8081));
        assert_eq!(plan_origins(&own(8081), 8081), own(8081));
        let added = [
            "https://shop.example".to_owned(),
            "http://127.0.0.1:3000".to_owned(),
        ];
        let before: Vec<String> = own(8081).into_iter().chain(added.clone()).collect();
        let after: Vec<String> = added.into_iter().chain(own(9000)).collect();
        assert_eq!(plan_origins(&before, 9000), after);
    }

    #[test]
    fn mails_go_into_the_mailbox_unless_an_admin_chose_another_server() {
        let mut settings = Settings::default();
        for port in [2_525, 4_000] {
            plan_mail(&mut settings, port);
            assert_eq!(
                (settings.mail_host.as_str(), settings.mail_port),
                ("localhost", u32::from(port))
            );
        }
        settings.mail_from = "ada@example.com".into();
        plan_mail(&mut settings, 5_000);
        assert_eq!(settings.mail_from, "ada@example.com");
        settings.mail_host = "smtp.example.com".into();
        let chosen = settings.clone();
        plan_mail(&mut settings, 6_000);
        assert!(settings == chosen);
    }

    #[test]
    fn a_token_is_about_the_account_and_lives_at_most_ten_minutes() {
        let mut signed_in = SignedIn {
            account: Account {
                account_id: "noor".into(),
                name: "Noor Haddad".into(),
                email: "noor@example.org".into(),
                email_verified: true,
                password_hash: None,
                told_email: None,
            },
            acted_by: None,
        };
        let claims = plan_claims(&signed_in, "site", Time(1_795_183_500_999), "one".into());
        assert_eq!(
            (claims.sub, claims.iat, claims.exp),
            ("noor", 1_795_183_500, 1_795_183_800)
        );
        assert_eq!(
            (claims.iss, claims.aud.as_str()),
            ("site", "porchlight:site")
        );
        assert_eq!((claims.email, claims.act), ("noor@example.org", None));
        signed_in.account.told_email = Some("house@example.org".into());
        signed_in.acted_by = Some("ada".into());
        let claims = plan_claims(&signed_in, "site", Time(1_795_183_500_999), "two".into());
        assert_eq!(
            (claims.email, claims.act),
            ("house@example.org", Some(Actor { sub: "ada" }))
        );
    }
}
