//! What is wrong with what somebody typed about themselves, before it is sent.
//!
//! The law: the server's own rules, all at once; what only the server knows, it says itself.

use shared::limits;
use shared::problem::{Field, Problem, ProblemCode};
use shared::settings::origin::{OriginFault, OriginPattern};
use shared::text::{Name, check_email_shape};

/// A text, and which field it was typed into.
pub type Typed<'a> = (Field, &'a str);

/// **Shape**: at most one for a field, in the order of the fields.
pub fn mistakes(typed: &[Typed<'_>]) -> Vec<Problem> {
    typed
        .iter()
        .filter_map(|(field, text)| {
            let code = code(*field, text)?;
            Some(Problem::about(code, *field))
        })
        .collect()
}

fn code(field: Field, text: &str) -> Option<ProblemCode> {
    match field {
        Field::Email => check_email_shape(text.trim()).err(),
        Field::Password | Field::NewPassword => password_code(text),
        Field::SiteAddress => origin_code(text.trim()),
        _ => Name::parse(text).err(),
    }
}

fn password_code(text: &str) -> Option<ProblemCode> {
    if text.chars().count() < limits::PASSWORD_CHARACTERS {
        Some(ProblemCode::PasswordShort)
    } else if text.len() > limits::PASSWORD_BYTES {
        Some(ProblemCode::PasswordLong)
    } else {
        None
    }
}

/// One site; a slash behind it is what browsers copy.
fn origin_code(text: &str) -> Option<ProblemCode> {
    match OriginPattern::parse(text.strip_suffix('/').unwrap_or(text)) {
        Ok(pattern) => pattern.has_star().then_some(ProblemCode::OriginHost),
        Err(OriginFault::Scheme) => Some(ProblemCode::OriginScheme),
        Err(OriginFault::Host) => Some(ProblemCode::OriginHost),
        Err(OriginFault::Port) => Some(ProblemCode::OriginPort),
        Err(OriginFault::More) => Some(ProblemCode::OriginMore),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mistake_is_named_at_once() {
        let found = |typed: &[Typed<'_>]| -> Vec<_> {
            mistakes(typed)
                .into_iter()
                .map(|problem| (problem.field, problem.code))
                .collect()
        };
        assert_eq!(
            found(&[
                (Field::Name, " "),
                (Field::Email, "ada"),
                (Field::Password, "lantern"),
                (Field::SiteName, "Lantern & Loom"),
                (Field::SiteAddress, "shop.example"),
            ]),
            [
                (Some(Field::Name), ProblemCode::NameRequired),
                (Some(Field::Email), ProblemCode::EmailNoAt),
                (Some(Field::Password), ProblemCode::PasswordShort),
                (Some(Field::SiteAddress), ProblemCode::OriginScheme),
            ]
        );
        assert!(
            found(&[
                (Field::Name, "Ada Brandt"),
                (Field::Email, " ada@example.com "),
                (Field::Password, "lantern-and-loom"),
                (Field::SiteAddress, "https://shop.example/"),
            ])
            .is_empty()
        );
    }
}
