//! Whom somebody may block: pure decisions.
//!
//! The law: whoever blocks stands in the conversation, and whom they block stands on its other side. Staff block a
//! customer for the whole site; everybody else blocks one person for themself.

use crate::conversation::rules::Place;
use shared::{
    conversation::{ConversationKind, Side},
    ids::PersonId,
    problem::{Problem, ProblemCode},
    safety::BlockScope,
};

/// Somebody who blocks, or takes it back.
#[derive(Clone, Copy)]
pub struct Blocking<'a> {
    pub person_id: &'a PersonId,
    /// On which they stand.
    pub side: Side,
    pub place: Place<'a>,
    /// Whom they mean. `None`: the other side.
    pub named: Option<&'a PersonId>,
    /// Who of the staff has written here; looked at for a customer only.
    pub writers: &'a [PersonId],
}

impl<'a> Blocking<'a> {
    fn scope(&self) -> BlockScope {
        match (self.place.kind, self.side) {
            (ConversationKind::Support, Side::Staff) => BlockScope::Site,
            _ => BlockScope::Person,
        }
    }

    fn other_side(&self) -> Vec<&'a PersonId> {
        match (self.place.kind, self.side) {
            (ConversationKind::Support, Side::Staff) => vec![self.place.owner],
            (ConversationKind::Support, _) => self
                .writers
                .iter()
                .filter(|writer| *writer != self.person_id)
                .collect(),
            (ConversationKind::Direct, Side::Staff) => vec![self.place.owner],
            (ConversationKind::Direct, _) => self.place.peer.into_iter().collect(),
        }
    }

    fn meant(&self) -> Vec<&'a PersonId> {
        let is_meant = |person: &&PersonId| self.named.is_none_or(|named| named == *person);
        self.other_side().into_iter().filter(is_meant).collect()
    }
}

/// Whom a block is about, and for whom it holds.
///
/// **Errors**: `not_found` for whom is not on the other side, or where several could be meant.
pub fn plan_block<'a>(blocking: &Blocking<'a>) -> Result<(&'a PersonId, BlockScope), Problem> {
    match blocking.meant().as_slice() {
        [one] => Ok((one, blocking.scope())),
        _ => Err(ProblemCode::NotFound.into()),
    }
}

/// Whose blocks may be taken back, where they are. **Shape**: everybody on the other side whom they may mean.
///
/// **Errors**: `not_found` for whom is not on the other side.
pub fn plan_unblock<'a>(
    blocking: &Blocking<'a>,
) -> Result<(Vec<&'a PersonId>, BlockScope), Problem> {
    let meant = blocking.meant();
    if meant.is_empty() {
        return Err(ProblemCode::NotFound.into());
    }
    Ok((meant, blocking.scope()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{
        ids::Position,
        samples::{ADA, CORA, IDRIS, MINA, NOOR, Person, TEO},
    };

    #[test]
    fn who_may_block_whom() {
        use BlockScope::{Person as ForPerson, Site};
        let support: (Person, Option<Person>) = (CORA, None);
        let direct = (NOOR, Some(TEO));
        let both = [MINA.person_id(), TEO.person_id()];
        let one = [MINA.person_id()];
        for (who, side, (owner, peer), named, writers, expected) in [
            (
                MINA,
                Side::Staff,
                support,
                None,
                &[][..],
                Some((CORA, Site)),
            ),
            (
                MINA,
                Side::Staff,
                support,
                Some(CORA),
                &[],
                Some((CORA, Site)),
            ),
            (MINA, Side::Staff, support, Some(TEO), &both, None),
            (
                CORA,
                Side::Customer,
                support,
                Some(TEO),
                &both,
                Some((TEO, ForPerson)),
            ),
            (
                CORA,
                Side::Customer,
                support,
                None,
                &one,
                Some((MINA, ForPerson)),
            ),
            (CORA, Side::Customer, support, None, &both, None),
            (CORA, Side::Customer, support, None, &[], None),
            (CORA, Side::Customer, support, Some(ADA), &both, None),
            (CORA, Side::Customer, support, Some(CORA), &both, None),
            (CORA, Side::Customer, support, Some(IDRIS), &both, None),
            (
                NOOR,
                Side::Customer,
                direct,
                None,
                &[],
                Some((TEO, ForPerson)),
            ),
            (TEO, Side::Staff, direct, None, &[], Some((NOOR, ForPerson))),
            (
                TEO,
                Side::Staff,
                direct,
                Some(NOOR),
                &[],
                Some((NOOR, ForPerson)),
            ),
            (TEO, Side::Staff, direct, Some(MINA), &both, None),
        ] {
            let (person_id, owner) = (who.person_id(), owner.person_id());
            let (peer, named) = (
                peer.map(|peer| peer.person_id()),
                named.map(|named| named.person_id()),
            );
            let blocking = Blocking {
                person_id: &person_id,
                side,
                place: Place {
                    kind: match peer {
                        Some(_) => ConversationKind::Direct,
                        None => ConversationKind::Support,
                    },
                    owner: &owner,
                    peer: peer.as_ref(),
                    last_position: Position(3),
                },
                named: named.as_ref(),
                writers,
            };
            let expected =
                expected.map(|(blocked, scope): (Person, _)| (blocked.person_id(), scope));
            let planned = plan_block(&blocking);
            assert_eq!(
                planned
                    .map(|(blocked, scope)| (blocked.clone(), scope))
                    .ok(),
                expected,
                "{} blocks",
                who.key
            );
        }
    }

    #[test]
    fn a_customer_takes_everything_back_at_once_or_one_by_one() {
        let (cora, mina, teo) = (CORA.person_id(), MINA.person_id(), TEO.person_id());
        let writers = [mina.clone(), teo.clone()];
        let blocking = |named| Blocking {
            person_id: &cora,
            side: Side::Customer,
            place: Place {
                kind: ConversationKind::Support,
                owner: &cora,
                peer: None,
                last_position: Position(3),
            },
            named,
            writers: &writers,
        };
        let of = |blocking| plan_unblock(&blocking).map(|planned| planned.0.len());
        assert_eq!(of(blocking(None)), Ok(2));
        assert_eq!(of(blocking(Some(&teo))), Ok(1));
        assert_eq!(of(blocking(Some(&cora))), Err(ProblemCode::NotFound.into()));
    }
}
