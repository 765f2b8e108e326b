//! What every page has around it: the ribbon with the cast, the header with the account, the foot.
//!
//! The law: the names of the buttons ("Sign in as Mina", "Sign out") are promised to tests and to screen readers.

use crate::demo::{assets::asset_url, store::Account};
use maud::{DOCTYPE, Markup, html};

/// Who looks at which page of which shop.
pub struct View<'a> {
    /// Where the chat lives.
    pub chat_origin: &'a str,
    /// Who is signed in.
    pub account: Option<&'a Account>,
    /// The account of somebody of the shop who is signed in as them.
    pub acted_by: Option<&'a str>,
    /// The page's path, to come back to after signing in.
    pub path: &'a str,
}

/// Somebody to be, on the ribbon.
pub struct Role {
    /// The account of the cast.
    pub account_id: &'static str,
    pub first_name: &'static str,
    /// What they do, in a few words.
    pub part: &'static str,
}

/// In the order of the ribbon.
pub const ROLES: [Role; 4] = [
    Role {
        account_id: "noor",
        first_name: "Noor",
        part: "has an account",
    },
    Role {
        account_id: "mina",
        first_name: "Mina",
        part: "answers guests",
    },
    Role {
        account_id: "teo",
        first_name: "Teo",
        part: "answers guests",
    },
    Role {
        account_id: "ada",
        first_name: "Ada",
        part: "runs the site",
    },
];

/// A whole page. `title` is what the tab says, before the shop's name.
pub fn page(view: &View<'_>, title: &str, content: &Markup) -> Markup {
    let embed = format!("{}/embed.js", view.chat_origin);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                title { (title) " · Lantern & Loom" }
                meta name="description" content="Lantern & Loom: lamps and textiles for the evening. The demonstration shop of Porchlight.";
                meta name="color-scheme" content="light dark";
                link rel="icon" href=(asset_url("mark.svg")) type="image/svg+xml";
                link rel="stylesheet" href=(asset_url("shop.css"));
                script src=(asset_url("shop.js")) defer {}
                // The whole embedding: one tag.
                script src=(embed) async data-identity-url="/chat-token" {}
            }
            body {
                a.skip href="#content" { "Skip to the content" }
                (ribbon(view))
                (top(view))
                main #content { (content) }
                (foot())
            }
        }
    }
}

fn ribbon(view: &View<'_>) -> Markup {
    let you = view.account.map(|account| account.account_id.as_str());
    let signed_in = view.acted_by.or(you);
    html! {
        section.try aria-labelledby="try-title" {
            div.wrap.try-row {
                div.try-words {
                    p.try-title #try-title { "Try it as" }
                    p.try-hint { "Just look around to be a visitor. Use a private window for the second person." }
                    p.try-hint { "What the chat mails comes to " a.try-link href="/mails" { "everybody's mailbox" } "." }
                }
                ul.try-people {
                    @for role in &ROLES {
                        @let is_you = signed_in == Some(role.account_id);
                        @let part_id = format!("part-{}", role.account_id);
                        li.try-person.is-you[is_you] {
                            form method="post" action={ "/sign-in-as/" (role.account_id) } {
                                input type="hidden" name="back" value=(view.path);
                                button.try-button type="submit" aria-describedby=(part_id) {
                                    "Sign in as " (role.first_name)
                                    // Hidden, so that the button's name stays what is promised; it is the description instead.
                                    span.try-part #(part_id) aria-hidden="true" { @if is_you { "this is you" } @else { (role.part) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn top(view: &View<'_>) -> Markup {
    html! {
        header.top {
            div.wrap.top-row {
                a.brand href="/" {
                    img.brand-mark src=(asset_url("mark.svg")) width="36" height="36" alt="";
                    "Lantern & Loom"
                }
                nav.menu aria-label="Shop" {
                    @for (path, words) in [("/#lamps", "Lamps"), ("/#textiles", "Textiles"), ("/about", "About us")] {
                        @let is_here = path == view.path;
                        a.menu-link.is-here[is_here] href=(path) aria-current=[is_here.then_some("page")] { (words) }
                    }
                }
                (account(view))
            }
        }
    }
}

fn account(view: &View<'_>) -> Markup {
    html! {
        div.account {
            @if let Some(account) = view.account {
                span.account-name {
                    @if view.acted_by.is_some() { "Acting for " } @else { "Signed in as " }
                    a href="/account" { bdi { (account.name) } }
                }
                form method="post" action="/sign-out" data-sign-out {
                    input type="hidden" name="back" value=(view.path);
                    button.button.is-quiet type="submit" { "Sign out" }
                }
            } @else {
                a.button.is-quiet href="/sign-in" { "Sign in" }
                a.button href="/sign-up" { "Sign up" }
            }
        }
    }
}

fn foot() -> Markup {
    html! {
        footer.foot {
            div.wrap.foot-row {
                p { "Lantern & Loom is a demonstration. Nothing is sold, nothing leaves this machine." }
                a href="/about" { "About us" }
                a href="/privacy" { "Privacy" }
            }
        }
    }
}
