//! With whom a thread is: the support team towards customers, the customer towards staff.
//!
//! The law: a customer sees names and faces, never an address; staff see how sure we are of whom they talk to, in
//! words.

use crate::frame::draw::{Drawn, draw};
use crate::i18n::{Text, UserText, say, say_with};
use crate::reactive::{Memo, Signal};
use crate::shell::{Header, header_title};
use crate::ui::{FaceSize, face_stack, face_view};
use shared::conversation::{Customer, CustomerKind};
use shared::conversion::Proof;
use shared::group::Peer;
use shared::identity::ProofLevel;
use shared::settings::{Presence, Site};

/// Whether somebody is there, as a dot and in words; when somebody usually answers, where nobody is.
fn presence_line(site: Signal<Site>) -> Drawn {
    let is_there = Memo::new(move |_| site.with(|site| site.presence == Presence::There));
    let words = draw("span")
        .class("presence-words")
        .set("dir", "auto")
        .text_with(move || match is_there.get() {
            true => say(Text::HereNow).to_owned(),
            false => site.with(|site| site.usual_answer.clone()),
        });
    let line = draw("p")
        .class("presence")
        .class_while("is-there", move || is_there.get());
    line.child(
        draw("span")
            .class("presence-dot")
            .set("aria-hidden", "true"),
    )
    .child(words)
}

/// The header of a customer's thread.
pub fn support_header(site: Signal<Site>, header: Header) -> Drawn {
    let faces = Memo::new(move |_| {
        site.with(|site| site.faces.iter().take(3).cloned().collect::<Vec<_>>())
    });
    let title = Signal::derive(move || site.with(|site| site.support_name.clone()));
    header.draw([
        face_stack(faces.into()),
        header_title(title, [presence_line(site)]),
    ])
}

/// The header of a thread as staff see it: name, address, proof, page. `became`: why we believe that a guest of then is
/// the customer of now.
pub fn customer_header(
    customer: Signal<Customer>,
    became: Signal<Option<Proof>>,
    header: Header,
) -> Drawn {
    let face =
        Memo::new(move |_| customer.with(|customer| (customer.face.clone(), customer.proof)));
    let title = Signal::derive(move || customer.with(|customer| customer.face.name.clone()));
    let shown = draw("span").show(move || {
        face.with(|(face, proof)| Some(face_view(face, FaceSize::Usual, Some(*proof))))
    });
    let address = move || {
        customer
            .with(|customer| customer.email.clone())
            .unwrap_or_default()
    };
    let address = draw("p").set("dir", "auto").text_with(address);
    // What does not fit on a phone is still there for the pointer.
    let about = move || customer.with(|customer| about(customer, became.get()));
    let details = draw("p")
        .class("thread-about")
        .set_with("title", move || Some(about()))
        .text_with(about);
    header.draw([shown, header_title(title, [address, details])])
}

/// The header of a thread with another user: name, and address where the site shows it.
pub fn peer_header(peer: Signal<Peer>, header: Header) -> Drawn {
    let face = Memo::new(move |_| peer.with(|peer| peer.face.clone()));
    let title = Signal::derive(move || face.with(|face| face.name.clone()));
    let shown =
        draw("span").show(move || Some(face.with(|face| face_view(face, FaceSize::Usual, None))));
    let address = move || peer.with(|peer| peer.email.clone()).unwrap_or_default();
    let address = draw("p").set("dir", "auto").text_with(address);
    header.draw([shown, header_title(title, [address])])
}

/// "Guest · Not verified · On /lamps/blue"; "Signed in on the site · Was a guest in the same browser".
fn about(customer: &Customer, became: Option<Proof>) -> String {
    let mut parts = Vec::new();
    if customer.kind == CustomerKind::Guest {
        parts.push(say(UserText::Guest).to_owned());
    }
    parts.push(say(proof_words(customer.proof)).to_owned());
    // A guest who goes on elsewhere is a guest still, and says so by their own proof.
    let became = became.filter(|_| customer.kind == CustomerKind::User);
    parts.extend(became.map(|proof| say(became_words(proof)).to_owned()));
    if let Some(page) = &customer.page {
        // A path runs from left to right, whatever stands around it.
        parts.push(say_with(
            UserText::OnPage,
            &[("page", &["\u{2066}", page.as_str(), "\u{2069}"].concat())],
        ));
    }
    parts.join(" · ")
}

/// Why we believe that a guest became this user, in words.
const fn became_words(proof: Proof) -> UserText {
    match proof {
        Proof::SameBrowser => UserText::WasGuestHere,
        Proof::Mailbox => UserText::WasGuestMailbox,
        Proof::AddressOnly => UserText::WasGuestAddress,
    }
}

/// How sure we are, in words.
pub const fn proof_words(proof: ProofLevel) -> UserText {
    match proof {
        ProofLevel::Claimed => UserText::ProofClaimed,
        ProofLevel::Mailbox => UserText::ProofMailbox,
        ProofLevel::Host => UserText::ProofHost,
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
            about(&customer, Some(Proof::Mailbox)),
            "Guest · Not verified · On \u{2066}/lamps/blue\u{2069}"
        );
        customer.kind = CustomerKind::User;
        customer.proof = ProofLevel::Host;
        customer.page = None;
        assert_eq!(about(&customer, None), "Signed in on the site");
        for (proof, words) in [
            (Proof::SameBrowser, "Was a guest in the same browser"),
            (Proof::Mailbox, "Was a guest, address confirmed by mail"),
            (Proof::AddressOnly, "Was a guest, address not proven"),
        ] {
            let said = about(&customer, Some(proof));
            assert_eq!(said, ["Signed in on the site", words].join(" · "));
        }
    }
}
