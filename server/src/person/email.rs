//! The same address: one function for the form, the token, the command line and the tests.
//!
//! The law: an address is a label, never a key (D7). Two addresses are the same when their normalised bytes are; no
//! dot or plus is stripped, because only the mailbox's own server knows what they mean.

use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
use shared::limits;
use shared::problem::ProblemCode;
use shared::text::check_email_shape;
use unicode_normalization::UnicodeNormalization;

/// What stands behind the last `@`, as A-labels. **Units**: bytes.
const DOMAIN_BYTES: usize = limits::EMAIL_BYTES;

/// An address, as typed and as compared.
#[derive(Clone, PartialEq, Eq)]
pub struct Email {
    as_typed: String,
    normalised: String,
}

impl Email {
    /// Reads an address as somebody typed it.
    ///
    /// **Errors**: `email_required`, `email_no_at`, `email_shape`, `email_too_long`.
    pub fn parse(typed: &str) -> Result<Self, ProblemCode> {
        check_email_shape(typed)?;
        let as_typed = typed.trim();
        let composed: String = as_typed.nfc().collect();
        // Composing can bring forth what the shape forbids: U+037E becomes a semicolon.
        check_email_shape(&composed)?;
        let (local, domain) = composed.rsplit_once('@').ok_or(ProblemCode::EmailNoAt)?;
        let local = local.to_ascii_lowercase();
        let domain = Uts46::new()
            .to_ascii(
                domain.as_bytes(),
                AsciiDenyList::STD3,
                Hyphens::CheckFirstLast,
                DnsLength::Verify,
            )
            .map_err(|_| ProblemCode::EmailShape)?;
        if local.len() > limits::EMAIL_LOCAL_BYTES || domain.len() > DOMAIN_BYTES {
            return Err(ProblemCode::EmailTooLong);
        }
        // So can mapping: full-width digits become the digits of a network address, an ideographic stop a dot.
        let is_numeric = domain
            .rsplit('.')
            .next()
            .is_some_and(|label| label.bytes().all(|byte| byte.is_ascii_digit()));
        if is_numeric || !domain.contains('.') || domain.ends_with('.') {
            return Err(ProblemCode::EmailShape);
        }
        Ok(Self {
            as_typed: as_typed.to_owned(),
            normalised: format!("{local}@{domain}"),
        })
    }

    /// What people are shown: their own spelling, without the space around it.
    pub fn as_typed(&self) -> &str {
        &self.as_typed
    }

    /// What is compared, byte by byte.
    pub fn normalised(&self) -> &str {
        &self.normalised
    }
}

impl std::fmt::Debug for Email {
    /// Redacted: an address never reaches a log.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Email(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_address_has_the_same_bytes() {
        for (typed, normalised) in [
            ("cora@example.org", "cora@example.org"),
            (" Victim@X.ORG ", "victim@x.org"),
            ("\u{a0}Cora@Example.Org\u{2003}", "cora@example.org"),
            ("Cora.Lind+shop@example.org", "cora.lind+shop@example.org"),
            ("cora@Bücher.example", "cora@xn--bcher-kva.example"),
            ("cora@bu\u{308}cher.example", "cora@xn--bcher-kva.example"),
            ("cora@XN--BCHER-KVA.example", "cora@xn--bcher-kva.example"),
            ("cora@ｅｘａｍｐｌｅ.org", "cora@example.org"),
            ("cora@shop.example。org", "cora@shop.example.org"),
            ("cafe\u{301}@example.org", "café@example.org"),
            // Only ASCII is lower-cased in the local part: what else its letters mean is the mailbox's business.
            ("ÉVA@example.org", "Éva@example.org"),
            ("жора@почта.рф", "жора@xn--80a1acny.xn--p1ai"),
        ] {
            assert_eq!(
                Email::parse(typed).unwrap().normalised(),
                normalised,
                "{typed:?}"
            );
        }
        assert_eq!(
            Email::parse(" Victim@X.ORG ").unwrap().as_typed(),
            "Victim@X.ORG"
        );
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long_domain = format!("a@{}org", "ü.".repeat(60));
        for bad in [
            "victim@x.org.",
            "a@x.org,b@x.org",
            "a@x.org\nBcc:b@x.org",
            "\"a b\"@x.org",
            "a@[127.0.0.1]",
            "a@１２７.0.0.1",
            "a@x.123",
            "a\u{37e}b@x.org",
            "a\u{200d}b@x.org",
            "a\u{202e}b@x.org",
            "a\0@x.org",
            "a@x.org。",
            "a@x。。org",
            "a@-x.org",
            "a@x_y.org",
            "a@xn--x.org",
            "a@xn--a.org",
            "a@x／y.org",
            long_domain.as_str(),
        ] {
            assert!(Email::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn normalising_twice_changes_nothing() {
        for typed in [
            "Cora@Bücher.example",
            "cafe\u{301}@EXAMPLE.org",
            "жора@почта.рф",
            "a@ｅｘ.org",
        ] {
            let once = Email::parse(typed).unwrap();
            assert_eq!(
                Email::parse(once.normalised()).unwrap().normalised(),
                once.normalised(),
                "{typed:?}"
            );
        }
    }

    #[test]
    fn an_address_is_never_printed() {
        assert_eq!(
            format!("{:?}", Email::parse("cora@example.org").unwrap()),
            "Email(…)"
        );
    }
}
