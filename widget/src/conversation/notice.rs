//! What a thread says besides messages: how it came to whom it belongs, and that something was erased.
//!
//! The law: one short sentence, said to the reader's own side; a word that a newer server says is left out, never shown.

use super::message_log::Told;
use crate::i18n::{Text, UserText, say, say_with};
use shared::conversation::Side;
use shared::conversion::{Notice, Proof};

/// A notice in one sentence. `None`: nothing for whoever reads it.
pub fn notice_sentence(told: &Told) -> Option<String> {
    if cfg!(feature = "users") {
        return Notice::parse(told.word).and_then(|notice| sentence(notice, told));
    }
    // The program of guests: a conversation that goes on here, or that came back.
    match told.word {
        _ if told.is_live => Some(say(Text::EarlierHere).into()),
        "undone" => Some(say(Text::CameBack).into()),
        _ => None,
    }
}

fn sentence(notice: Notice, told: &Told) -> Option<String> {
    if told.side == Side::Staff {
        return Some(to_staff(notice, told));
    }
    let text = match notice {
        Notice::Converted(_) | Notice::Continued if told.is_live => Text::EarlierHere,
        // It was taken back since; the sentence about that says it all.
        Notice::Converted(_) | Notice::Continued => return None,
        Notice::Undone => Text::CameBack,
        Notice::CarriedOn => return Some(say(UserText::CarriedOn).into()),
    };
    Some(say(text).into())
}

fn to_staff(notice: Notice, told: &Told) -> String {
    // "Cora is now Cora" would say nothing.
    let is_renamed = told.name.is_none() || told.guest != told.name;
    let text = match notice {
        Notice::Converted(proof) => became(proof, is_renamed),
        Notice::Continued => UserText::ContinuedElsewhere,
        Notice::Undone => UserText::TakenBack,
        Notice::CarriedOn => UserText::CarriedOnHere,
    };
    let guest = told.guest.unwrap_or(say(UserText::Guest));
    let name = told.name.unwrap_or(say(UserText::SomebodySignedIn));
    // Names are parted from a sentence that runs the other way.
    let [guest, name] = [guest, name].map(|name| ["\u{2068}", name, "\u{2069}"].concat());
    say_with(text, &[("guest", &guest), ("name", &name)])
}

/// That a guest became somebody, and why we believe it.
pub const fn became(proof: Proof, is_renamed: bool) -> UserText {
    match (proof, is_renamed) {
        (Proof::SameBrowser, true) => UserText::BecameByBrowser,
        (Proof::SameBrowser, false) => UserText::NoGuestByBrowser,
        (Proof::Mailbox, true) => UserText::BecameByMailbox,
        (Proof::Mailbox, false) => UserText::NoGuestByMailbox,
        (Proof::AddressOnly, true) => UserText::BecameByAddress,
        (Proof::AddressOnly, false) => UserText::NoGuestByAddress,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told<'a>(notice: Notice, side: Side, is_live: bool) -> Told<'a> {
        Told {
            word: notice.word(),
            side,
            is_live,
            guest: None,
            name: None,
        }
    }

    #[test]
    fn a_customer_reads_where_the_chat_is_and_nobodys_name() {
        for (notice, is_live, sentence) in [
            (
                Notice::Converted(Proof::SameBrowser),
                true,
                Some("Your earlier messages are here."),
            ),
            (
                Notice::Converted(Proof::AddressOnly),
                true,
                Some("Your earlier messages are here."),
            ),
            (
                Notice::Continued,
                true,
                Some("Your earlier messages are here."),
            ),
            (Notice::Converted(Proof::Mailbox), false, None),
            (
                Notice::Undone,
                false,
                Some("This chat was in an account for a while. It is yours again."),
            ),
            (
                Notice::CarriedOn,
                false,
                Some("The chat before this one was not yours. What you wrote since goes on here."),
            ),
        ] {
            let said = notice_sentence(&told(notice, Side::Customer, is_live));
            assert_eq!(said.as_deref(), sentence, "{notice:?}");
        }
    }

    #[test]
    fn staff_read_who_became_who_and_why_we_believe_it() {
        let with_names = Told {
            guest: Some("Cora"),
            name: Some("Alice"),
            ..told(Notice::Converted(Proof::AddressOnly), Side::Staff, true)
        };
        assert_eq!(
            notice_sentence(&with_names).unwrap(),
            "\u{2068}Cora\u{2069} is now \u{2068}Alice\u{2069}: the same address, not proven."
        );
        let without = told(Notice::Converted(Proof::Mailbox), Side::Staff, false);
        assert_eq!(
            notice_sentence(&without).unwrap(),
            "\u{2068}Guest\u{2069} is now \u{2068}somebody signed in\u{2069}: confirmed by a mailed code."
        );
    }

    #[test]
    fn whoever_kept_their_name_is_not_said_to_be_themselves() {
        for (proof, sentence) in [
            (
                Proof::SameBrowser,
                "is no longer a guest: signed in in the same browser.",
            ),
            (
                Proof::Mailbox,
                "is no longer a guest: confirmed by a mailed code.",
            ),
            (
                Proof::AddressOnly,
                "is no longer a guest: the same address, not proven.",
            ),
        ] {
            let same = Told {
                guest: Some("Cora"),
                name: Some("Cora"),
                ..told(Notice::Converted(proof), Side::Staff, true)
            };
            assert_eq!(
                notice_sentence(&same).unwrap(),
                format!("\u{2068}Cora\u{2069} {sentence}")
            );
        }
    }

    #[test]
    fn a_word_of_a_newer_server_is_left_out() {
        for side in [Side::Customer, Side::Staff] {
            let newer = Told {
                word: "became a lighthouse",
                ..told(Notice::Undone, side, true)
            };
            assert_eq!(notice_sentence(&newer), None);
        }
    }
}
