//! Home, the products, about, privacy, and the page for what is not there.

use super::layout::{View, page};
use crate::demo::{
    assets::asset_url,
    catalogue::{PRODUCTS, Product, Shelf},
};
use maud::{Markup, html};

/// `/`.
pub fn home(view: &View<'_>) -> Markup {
    let content = html! {
        div.wrap.hero {
            div.hero-words {
                h1 { "Things to come home to" }
                p.hero-lead { "Lamps that stay on for somebody, and textiles that take the chill off the evening. Made slowly, by people we know by name." }
                p.hero-actions {
                    a.button href="#lamps" { "See the lamps" }
                    button.button.is-quiet type="button" data-ask hidden { "Ask us anything" }
                }
            }
            img.hero-picture src=(asset_url("porch.svg")) width="960" height="640" alt="A house at dusk: a lantern is lit on the porch beside an orange door";
        }
        div.wrap {
            @for shelf in Shelf::ALL {
                section.shelf id=(shelf.slug()) {
                    div.shelf-words {
                        h2 { (shelf.title()) }
                        p { (shelf.sentence()) }
                    }
                    ul.shelf-goods {
                        @for product in PRODUCTS.iter().filter(|product| product.shelf == shelf) {
                            li.good {
                                img.good-picture src=(asset_url(product.picture)) width="400" height="400" loading="lazy" alt=(product.picture_words);
                                h3.good-name { a.good-link href=(product.path()) { (product.name) } }
                                p.good-price { (product.price) }
                            }
                        }
                    }
                }
            }
        }
        (promises())
    };
    page(view, "Things to come home to", &content)
}

fn promises() -> Markup {
    html! {
        section.promise aria-label="What we promise" {
            div.wrap.promise-row {
                div.promise-part { h2 { "Mended, not replaced" } p { "Shades, cables and panes can be had one by one, for as long as we are here." } }
                div.promise-part { h2 { "Thirty evenings" } p { "Live with it for thirty evenings. If it isn't yours by then, send it back." } }
                div.promise-part { h2 { "Somebody is there" } p { "Write to us from the lower corner of any page. A person answers." } }
            }
        }
    }
}

/// `/lamps/blue` and the others.
pub fn product(view: &View<'_>, product: &Product) -> Markup {
    let content = html! {
        nav.wrap.crumbs aria-label="Where you are" {
            a href={ "/#" (product.shelf.slug()) } { (product.shelf.title()) }
        }
        article.wrap.product {
            img.product-picture src=(asset_url(product.picture)) width="400" height="400" alt=(product.picture_words);
            div.product-words {
                h1 { (product.name) }
                p.product-price { (product.price) }
                p.product-stock { (product.stock) }
                p { (product.story) }
                dl.product-facts {
                    @for (what, how) in product.facts { dt { (what) } dd { (how) } }
                }
                p.product-actions {
                    button.button type="button" data-ask hidden { "Ask about it" }
                    a.button.is-quiet href={ "/#" (product.shelf.slug()) } { "See the others" }
                }
            }
        }
    };
    page(view, product.name, &content)
}

/// `/about`.
pub fn about(view: &View<'_>) -> Markup {
    let content = html! {
        div.wrap { div.page {
            h1 { "About us" }
            p.page-lead { "Two workshops share a yard: one smells of hot brass, the other of wet wool." }
            p { "The lantern side began with a single lamp by the door, lit for whoever came home late. The loom side began with the neighbour who came home late and was cold. We have made both ever since, in runs small enough to know each piece." }
            h2 { "Who answers" }
            p { "Mina and Teo look after your questions. Ada keeps the shop running. You reach all three from the lower corner of any page, and you don't need an account for it." }
            p { button.button type="button" data-ask hidden { "Ask us anything" } }
            h2 { "What this page is" }
            p { "A demonstration. Lantern & Loom is made up: it is here to show how a site carries Porchlight. It has its own accounts and its own sign-in; the chat comes from another origin, by one script tag." }
        } }
    };
    page(view, "About us", &content)
}

/// `/privacy`.
pub fn privacy(view: &View<'_>) -> Markup {
    let content = html! {
        div.wrap { div.page {
            h1 { "Privacy" }
            p.page-lead { "What this shop keeps, in full." }
            h2 { "When you look around" }
            p { "Nothing. The chat keeps nothing either, until you start one." }
            h2 { "When you chat" }
            ul {
                li { "The name and the address you type, and what you write." }
                li { "One cookie of the chat, so that you find your conversation again tomorrow." }
                li { "Whoever answers sees the path of the page you are on." }
            }
            h2 { "When you have an account" }
            ul {
                li { "Your name, your address and a hash of your password, in a file on this machine." }
                li { "One cookie of the shop. When you open the chat, the shop tells it who you are, so you needn't say it again." }
            }
            p { "Nothing leaves this machine. Starting the demonstration with " code { "--fresh" } " forgets all of it." }
        } }
    };
    page(view, "Privacy", &content)
}

/// A page that is not there.
pub fn not_found(view: &View<'_>) -> Markup {
    let content = html! {
        div.wrap { div.page {
            h1 { "There is nothing on this shelf" }
            p.page-lead { "The page may have moved, or the address has a slip in it." }
            p { a.button href="/" { "Back to the shop" } }
        } }
    };
    page(view, "Not here", &content)
}

/// Something broke on our side.
pub fn broken(view: &View<'_>) -> Markup {
    let content = html! {
        div.wrap { div.page {
            h1 { "That didn't work" }
            p.page-lead { "Something broke on our side. Please try again in a moment." }
            p { a.button href="/" { "Back to the shop" } }
        } }
    };
    page(view, "That didn't work", &content)
}
