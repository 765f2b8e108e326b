//! What the shop tells the chat: where it is embedded, where mails go, who is signed in.
//!
//! The law: a change of ports changes only what is the demonstration's own.

use crate::demo::store::SignedIn;
use serde::Serialize;
use shared::{
    ids::Time,
    settings::{MailSecurity, Settings},
};

/// How long an identity token lives. **Units**: seconds. **Source**: the chat takes no more than 600.
const TOKEN_SECONDS: i64 = 300;
/// Where the mailbox is: mails go in the clear to this machine only.
const MAILBOX: &str = "localhost";

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
