//! With whom a thread is: the support team towards customers, the customer towards staff.
//!
//! The law: a customer sees names and faces, never an address; staff see how sure we are of whom they talk to, in
//! words.

use crate::i18n::{Text, say, say_with};
use crate::shell::{Header, HeaderTitle};
use crate::ui::{FaceStack, FaceView, MenuItem};
use crate::reactive::{Memo, Signal};
use leptos::prelude::*;
use shared::conversation::{Customer, CustomerKind};
use shared::identity::ProofLevel;
use shared::settings::{Presence, Site};

/// Whether somebody is there, as a dot and in words; when somebody usually answers, where nobody is.
#[component]
pub fn PresenceLine(#[prop(into)] site: Signal<Site>) -> impl IntoView {
    let is_there = Memo::new(move |_| site.with(|site| site.presence == Presence::There));
    let words = move || {
        if is_there.get() {
            say(Text::HereNow).into()
        } else {
            site.with(|site| site.usual_answer.clone())
        }
    };
    view! {
        <p class="presence" class:is-there=move || is_there.get()>
            <span class="presence-dot" aria-hidden="true"></span>
            <span class="presence-words" dir="auto">{words}</span>
        </p>
    }
}

/// The header of a customer's thread.
#[component]
pub fn SupportHeader(
    #[prop(into)] site: Signal<Site>,
    #[prop(optional_no_strip)] on_back: Option<Callback<()>>,
    #[prop(optional_no_strip)] on_close: Option<Callback<()>>,
    #[prop(optional)] menu: Vec<MenuItem>,
) -> impl IntoView {
    let faces = Memo::new(move |_| {
        site.with(|site| site.faces.iter().take(3).cloned().collect::<Vec<_>>())
    });
    let title = Signal::derive(move || site.with(|site| site.support_name.clone()));
    view! {
        <Header on_back on_close menu>
            <FaceStack faces />
            <HeaderTitle title>
                <PresenceLine site />
            </HeaderTitle>
        </Header>
    }
}

/// The header of a thread as staff see it: name, address, proof, page.
#[component]
pub fn CustomerHeader(
    #[prop(into)] customer: Signal<Customer>,
    #[prop(optional_no_strip)] on_back: Option<Callback<()>>,
    #[prop(optional_no_strip)] on_close: Option<Callback<()>>,
    #[prop(optional)] menu: Vec<MenuItem>,
) -> impl IntoView {
    let face =
        Memo::new(move |_| customer.with(|customer| (customer.face.clone(), customer.proof)));
    let title = Signal::derive(move || customer.with(|customer| customer.face.name.clone()));
    view! {
        <Header on_back on_close menu>
            {move || {
                let (face, proof) = face.get();
                view! { <FaceView face proof=Some(proof) /> }
            }}
            <HeaderTitle title>
                <p dir="auto">{move || customer.with(|customer| customer.email.clone())}</p>
                // What does not fit on a phone is still there for the pointer.
                <p title=move || customer.with(about)>{move || customer.with(about)}</p>
            </HeaderTitle>
        </Header>
    }
}

/// "Guest · Not verified · On /lamps/blue".
fn about(customer: &Customer) -> String {
    let mut parts = Vec::new();
    if customer.kind == CustomerKind::Guest {
        parts.push(say(Text::Guest).to_owned());
    }
    parts.push(say(proof_words(customer.proof)).to_owned());
    if let Some(page) = &customer.page {
        // A path runs from left to right, whatever stands around it.
        parts.push(say_with(
            Text::OnPage,
            &[("page", &format!("\u{2066}{page}\u{2069}"))],
        ));
    }
    parts.join(" · ")
}

/// How sure we are, in words.
pub const fn proof_words(proof: ProofLevel) -> Text {
    match proof {
        ProofLevel::Claimed => Text::ProofClaimed,
        ProofLevel::Mailbox => Text::ProofMailbox,
        ProofLevel::Host => Text::ProofHost,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::samples;

    #[test]
    fn staff_read_how_sure_we_are() {
        let mut customer = samples::conversation().customer.unwrap();
        assert_eq!(
            about(&customer),
            "Guest · Not verified · On \u{2066}/lamps/blue\u{2069}"
        );
        customer.kind = CustomerKind::User;
        customer.proof = ProofLevel::Host;
        customer.page = None;
        assert_eq!(about(&customer), "Signed in on the site");
    }
}
