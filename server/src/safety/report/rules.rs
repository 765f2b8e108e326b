//! Which message may be reported, and in which words: pure decisions.

use shared::{
    conversation::{MessageKind, Side},
    ids::PersonId,
    limits::REASON_CHARACTERS,
    problem::{Field, Problem, ProblemCode},
    text::MessageText,
};

/// A message, as far as a report cares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub kind: MessageKind,
    pub side: Side,
    /// `None` for notices.
    pub author: Option<PersonId>,
}

/// Whose message is reported by somebody who stands on `own_side`.
///
/// **Errors**: `no_such_position` where there is no message; `out_of_range` for one of the own side, and for notices.
pub fn may_report(
    reporter: &PersonId,
    own_side: Side,
    written: Option<Written>,
) -> Result<PersonId, Problem> {
    let written = written.ok_or(Problem::about(ProblemCode::NoSuchPosition, Field::Position))?;
    let is_others = written.kind == MessageKind::Text && written.side != own_side;
    match written.author {
        Some(author) if is_others && author != *reporter => Ok(author),
        _ => Err(Problem::about(ProblemCode::OutOfRange, Field::Position)),
    }
}

/// What is wrong with it, in the reporter's words, which may be none.
///
/// **Errors**: about the reason: `bad_text`, `text_too_long`.
pub fn read_reason(typed: &str) -> Result<String, Problem> {
    let reason = match MessageText::parse(typed) {
        Ok(text) => String::from(text).trim().to_owned(),
        Err(ProblemCode::TextEmpty) => String::new(),
        Err(code) => return Err(Problem::about(code, Field::Reason)),
    };
    if reason.chars().count() > REASON_CHARACTERS {
        return Err(Problem::about(ProblemCode::TextTooLong, Field::Reason));
    }
    Ok(reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::samples::{CORA, MINA, TEO};

    #[test]
    fn only_what_the_other_side_wrote_is_reported() {
        let (cora, mina, teo) = (CORA.person_id(), MINA.person_id(), TEO.person_id());
        let by = |author: &PersonId, side| {
            Some(Written {
                kind: MessageKind::Text,
                side,
                author: Some(author.clone()),
            })
        };
        let notice = Some(Written {
            kind: MessageKind::Notice,
            side: Side::System,
            author: None,
        });
        let about = |code| Err(Problem::about(code, Field::Position));
        let own = || about(ProblemCode::OutOfRange);
        for (reporter, side, written, expected) in [
            (
                &cora,
                Side::Customer,
                by(&mina, Side::Staff),
                Ok(mina.clone()),
            ),
            (
                &mina,
                Side::Staff,
                by(&cora, Side::Customer),
                Ok(cora.clone()),
            ),
            (&cora, Side::Customer, by(&cora, Side::Customer), own()),
            (&mina, Side::Staff, by(&mina, Side::Staff), own()),
            (&mina, Side::Staff, by(&teo, Side::Staff), own()),
            // Somebody who wrote on the other side before they changed sides.
            (&mina, Side::Staff, by(&mina, Side::Customer), own()),
            (&cora, Side::Customer, notice, own()),
            (
                &cora,
                Side::Customer,
                None,
                about(ProblemCode::NoSuchPosition),
            ),
        ] {
            assert_eq!(
                may_report(reporter, side, written.clone()),
                expected,
                "{written:?}"
            );
        }
    }

    #[test]
    fn a_reason_is_a_short_text_or_none() {
        for (typed, expected) in [
            ("", ""),
            (" \n\u{200b}", ""),
            (" Rude \r\n and loud ", "Rude \n and loud"),
            ("<b>' or 1=1", "<b>' or 1=1"),
        ] {
            assert_eq!(read_reason(typed).as_deref(), Ok(expected), "{typed:?}");
        }
        assert!(read_reason(&"ж".repeat(REASON_CHARACTERS)).is_ok());
        for (typed, code) in [
            ("a\0b".to_owned(), ProblemCode::BadText),
            ("\u{ffff}".to_owned(), ProblemCode::BadText),
            ("ж".repeat(REASON_CHARACTERS + 1), ProblemCode::TextTooLong),
            ("x".repeat(40_000), ProblemCode::TextTooLong),
        ] {
            let refused = read_reason(&typed).unwrap_err();
            assert_eq!(refused, Problem::about(code, Field::Reason), "{typed:.9?}");
        }
    }
}
