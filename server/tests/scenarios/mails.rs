//! Mails: what leaves, to whom, and what never does.

use crate::harness::{Browser, MAIL_PASSWORD, MAIL_USER, PostOffice, Site, scenarios};
use serde_json::json;
use shared::account::InvitationMade;
use shared::problem::ProblemCode;
use shared::samples::{ADA, CORA};
use shared::settings::{MailSecurity, SettingsPage};

/// Ada at the admin page of a site that sends its mails to this post office.
async fn set_up<'a>(site: &'a Site, post: &PostOffice, security: MailSecurity) -> Browser<'a> {
    let port = u32::from(post.port);
    site.sets(move |settings| {
        settings.site_name = "Lantern & Löom".into();
        settings.mail_host = "localhost".into();
        settings.mail_port = port;
        settings.mail_security = security;
        settings.mail_user = MAIL_USER.into();
        settings.mail_from = "chat@shop.example".into();
    })
    .await;
    let mut ada = site.admin_of(&ADA).await;
    keeps(&mut ada, MAIL_PASSWORD).await;
    ada
}

async fn keeps(ada: &mut Browser<'_>, password: &str) -> SettingsPage {
    let form = json!({ "password": password });
    ada.writes("PUT", "/api/admin/mail-password", &form)
        .await
        .read()
        .unwrap()
}

async fn tries(ada: &mut Browser<'_>, email: &str) -> Option<ProblemCode> {
    let answer = ada
        .writes("POST", "/api/admin/mail-test", &json!({ "email": email }))
        .await;
    match answer.status {
        204 => None,
        _ => Some(answer.read::<()>().err().unwrap().code()),
    }
}

/// Quoted-printable text as it is read.
fn unfolded(heard: &str) -> String {
    heard.replace("=\n", "").replace("=3D", "=")
}

scenarios! {
    async fn an_invitation_goes_out_with_its_link(site) {
        let post = PostOffice::open().await;
        let mut ada = set_up(site, &post, MailSecurity::None).await;
        let form = json!({ "name": CORA.name, "email": CORA.email, "admin": "off", "group_id": null, "by_mail": "on" });
        let made: InvitationMade = ada.writes("POST", "/api/admin/invitations", &form).await.read().unwrap();
        assert!(made.was_mailed);
        let heard = unfolded(&post.heard());
        for part in ["MAIL FROM:<chat@shop.example>", "RCPT TO:<cora@example.org>", &made.link] {
            assert!(heard.contains(part), "{part} is missing:\n{heard}");
        }
        assert!(!heard.contains(CORA.name), "a mail says no more than it has to");
    }

    async fn a_mail_server_that_does_not_take_it_leaves_the_link(site) {
        let post = PostOffice::open().await;
        let mut ada = set_up(site, &post, MailSecurity::None).await;
        assert_eq!(tries(&mut ada, CORA.email).await, None);
        assert_eq!(tries(&mut ada, "refused@example.org").await, Some(ProblemCode::MailRefused));
        assert_eq!(tries(&mut ada, "no address").await, Some(ProblemCode::EmailNoAt));
        assert_eq!(tries(&mut ada, "a@x.org>\r\nRCPT TO:<b@x.org").await, Some(ProblemCode::EmailShape));
        keeps(&mut ada, "another password").await;
        assert_eq!(tries(&mut ada, CORA.email).await, Some(ProblemCode::MailRefused));
        keeps(&mut ada, MAIL_PASSWORD).await;
        assert_eq!(tries(&mut ada, CORA.email).await, None);
        drop(post);
        assert_eq!(tries(&mut ada, CORA.email).await, Some(ProblemCode::MailRefused));
        let form = json!({ "name": CORA.name, "email": CORA.email, "admin": "off", "group_id": null, "by_mail": "on" });
        let made: InvitationMade = ada.writes("POST", "/api/admin/invitations", &form).await.read().unwrap();
        assert!(!made.was_mailed && made.link.contains('#'));
        site.sets(|settings| settings.mail_host = String::new()).await;
        assert_eq!(tries(&mut ada, CORA.email).await, Some(ProblemCode::MailOff));
    }

    async fn nothing_is_said_to_a_mail_server_without_the_encryption_that_was_asked_for(site) {
        let post = PostOffice::open().await;
        for security in [MailSecurity::StartTls, MailSecurity::Tls] {
            let mut ada = set_up(site, &post, security).await;
            assert_eq!(tries(&mut ada, CORA.email).await, Some(ProblemCode::MailRefused), "{security:?}");
        }
        let heard = post.heard();
        for verb in ["AUTH", "MAIL", "RCPT", "DATA"] {
            assert!(!heard.contains(verb), "{verb}:\n{heard}");
        }
    }

    async fn the_mail_servers_password_is_written_and_never_read(site) {
        let mut ada = site.admin_of(&ADA).await;
        for _ in 0..2 {
            let form = json!({ "password": MAIL_PASSWORD });
            let answer = ada.writes("PUT", "/api/admin/mail-password", &form).await;
            assert!(!String::from_utf8(answer.body.clone()).unwrap().contains(MAIL_PASSWORD));
            assert!(answer.read::<SettingsPage>().ok().unwrap().has_mail_password);
        }
        let long = ada.writes("PUT", "/api/admin/mail-password", &json!({ "password": "x".repeat(257) })).await;
        assert_eq!(long.read::<()>().err().unwrap().code(), ProblemCode::PasswordLong);
        for _ in 0..2 {
            assert!(!keeps(&mut ada, "").await.has_mail_password, "empty: forgotten");
        }
    }
}
