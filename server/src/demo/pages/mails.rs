//! Everybody's mailbox: what the chat mailed, as each of them would have it before them.
//!
//! The law: a mail is shown as text.

use super::layout::{View, page};
use crate::demo::mailbox::Mail;
use maud::{Markup, html};

/// `/mails`.
pub fn mails(view: &View<'_>, mails: &[Mail]) -> Markup {
    let content = html! {
        div.wrap { div.page {
            h1 { "Everybody's mailbox" }
            p.page-lead { "What the chat mails to anybody arrives here instead of leaving this machine, the newest first." }
            p { a.button.is-quiet href="/mails" { "Look again" } }
            @if mails.is_empty() {
                p { "No mail has come yet. Ask the chat for a code, and it is here." }
            }
            @for mail in mails {
                article.mail {
                    h2.mail-subject { (mail.subject) }
                    p.mail-to { "To " b { (mail.to) } }
                    pre.mail-text dir="auto" { (mail.text) }
                }
            }
        } }
    };
    page(view, "Everybody's mailbox", &content)
}
