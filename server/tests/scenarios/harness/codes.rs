//! Codes by mail: what whoever asks and enters does, and a site that mails them.

use super::{Answer, Browser, Letter, PostOffice, Refused, Site};
use shared::{
    conversion::{AskForCode, EnterCode},
    identity::Session,
    settings::MailSecurity,
};

impl Site {
    /// Sends its mails to this post office.
    pub async fn mails_by(&self, post: &PostOffice) {
        let port = u32::from(post.port);
        self.sets(move |settings| {
            settings.site_name = "Lantern & Loom".into();
            settings.mail_host = "localhost".into();
            settings.mail_port = port;
            settings.mail_security = MailSecurity::None;
            settings.mail_from = "chat@shop.example".into();
        })
        .await;
    }

    /// What has come to an address, once everything that was asked for is done with.
    pub async fn letters_to(&self, post: &PostOffice, email: &str) -> Vec<Letter> {
        self.app().codes.settled().await;
        let letters = post.letters().into_iter();
        letters.filter(|letter| letter.to == email).collect()
    }
}

impl Browser<'_> {
    pub async fn asks_for_code(&mut self, email: &str) -> Answer {
        let command = AskForCode {
            email: email.into(),
        };
        self.writes("POST", "/api/code", &command).await
    }

    /// Asks, and finds the code in the mailbox.
    pub async fn fetches_code(&mut self, post: &PostOffice, email: &str) -> String {
        let before = self.site.letters_to(post, email).await.len();
        assert_eq!(self.asks_for_code(email).await.status, 204);
        let letters = self.site.letters_to(post, email).await;
        assert_eq!(letters.len(), before + 1, "one mail came");
        letters[before].code()
    }

    pub async fn enters_code(&mut self, code: &str) -> Result<Session, Refused> {
        let command = EnterCode { code: code.into() };
        self.writes("POST", "/api/code/enter", &command)
            .await
            .read()
    }
}
