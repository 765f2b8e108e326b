//! An account's own page: what the shop tells the chat about it, and for whoever runs the shop, whose page they may see.
//!
//! The law: each button says what it does to the chat, because that is what this shop is there to show.

use super::{
    account::Field,
    layout::{View, page},
};
use crate::demo::store::Account;
use maud::{Markup, html};

/// What the page shows.
pub struct OwnAccount<'a> {
    pub account: &'a Account,
    /// What has just been done, or could not be.
    pub done: Option<&'a str>,
    pub mistake: Option<&'a str>,
    /// In the box, where there is a mistake in it.
    pub typed: Option<&'a str>,
    pub may_delete: bool,
    /// As whom they may look at the shop.
    pub customers: &'a [Account],
}

/// `/account`.
pub fn own_account(view: &View<'_>, own: &OwnAccount<'_>) -> Markup {
    let content = html! {
        div.wrap.sheet {
            div.sheet-card {
                h1 { "Your account" }
                @if let Some(done) = own.done { p.note role="status" { (done) } }
                (told(own))
                (tell())
                @if own.may_delete { (deleting()) }
            }
            @if !own.customers.is_empty() { (customers(own.customers)) }
        }
    };
    page(view, "Your account", &content)
}

fn told(own: &OwnAccount<'_>) -> Markup {
    let value = own.typed.unwrap_or_else(|| own.account.chat_email());
    let hint = "Two accounts of this shop may share an address.";
    html! {
        form.sheet-form method="post" action="/account/address" novalidate {
            h2 { "What the shop tells the chat" }
            (Field { name: "email", label: "E-mail address", kind: "email", autocomplete: "email", value, hint: Some(hint), mistake: own.mistake })
            div.switch {
                input.switch-box #verified type="checkbox" role="switch" name="verified" value="on" checked[own.account.email_verified] aria-describedby="verified-hint";
                label.switch-label for="verified" { "Address verified" }
                p.field-hint #verified-hint { "Whether the shop says that the mailbox is yours." }
            }
            button.button type="submit" { "Save" }
        }
    }
}

fn tell() -> Markup {
    html! {
        form.sheet-form method="post" action="/account/tell" {
            h2 { "From server to server" }
            p.field-hint { "A shop may tell the chat who you are without waiting until you open it." }
            button.button.is-quiet type="submit" { "Tell the chat now" }
        }
    }
}

fn deleting() -> Markup {
    html! {
        form.sheet-form method="post" action="/account/delete" {
            h2 { "Leave" }
            p.field-hint { "The chat erases your name, your address and what was written. It cannot be taken back." }
            button.button.is-quiet type="submit" { "Delete my account" }
        }
    }
}

fn customers(customers: &[Account]) -> Markup {
    html! {
        div.sheet-card {
            h2 { "Look at the shop as a customer" }
            p.field-hint { "The chat is told that it is you, so nothing of theirs changes." }
            ul.customers {
                @for customer in customers {
                    li.customer {
                        span.customer-words {
                            b { bdi { (customer.name) } }
                            span.field-hint { (customer.chat_email()) }
                        }
                        form method="post" action={ "/act-as/" (customer.account_id) } {
                            button.button.is-quiet type="submit" aria-label={ "Act for " (customer.name) } { "Act for them" }
                        }
                    }
                }
            }
        }
    }
}
