//! What somebody has had on screen, noted inside the writer's transaction.
//!
//! The law: it never goes back, and it is noted for the side on which they stand right now.

use super::super::{
    announce::Fact,
    rules::{Asker, Hand, Terms, may_advance_seen, role_of},
    store::{self, Seen},
};
use crate::{database::writer::Tx, error::Refusal};
use shared::{
    conversation::SeenAdvanced,
    ids::{ConversationId, PersonId, Position},
    problem::{Problem, ProblemCode},
};

/// `AdvanceSeen`, with who asks.
pub struct Advance {
    pub conversation_id: ConversationId,
    pub person_id: PersonId,
    pub hand: Hand,
    pub terms: Terms,
    pub position: Position,
}

/// Notes what somebody has had on screen. It never goes back; what is no news changes nothing, and what another hand
/// had on screen is none (C9).
///
/// **Errors**: `not_found`; `out_of_range`.
pub async fn advance_seen(tx: &mut Tx<'_>, advance: &Advance) -> Result<SeenAdvanced, Refusal> {
    let Advance {
        conversation_id,
        person_id,
        hand,
        terms,
        position,
    } = advance;
    let reader = store::find_reader(
        tx.connection(),
        conversation_id,
        person_id,
        terms.guest_group.as_ref(),
    )
    .await?;
    let reader = reader.ok_or(ProblemCode::NotFound)?;
    let role = role_of(reader.facts).ok_or(ProblemCode::NotFound)?;
    let standing = &reader.standing;
    let asker = Asker { person_id, role };
    let side = may_advance_seen(asker, standing.place(), *position)?;
    if *position <= reader.own_seen || *hand == Hand::Another {
        return Ok(SeenAdvanced {
            position: reader.own_seen,
            revision: standing.revision,
        });
    }
    let seen = Seen {
        conversation_id,
        owner: &standing.owner,
        person_id,
        side,
        position: *position,
    };
    let revision = store::update_seen(tx.connection(), &seen).await?;
    // Another process was quicker: whoever comes again is decided about anew.
    let revision = revision.ok_or(Problem::retry_after(ProblemCode::NotStored, 1))?;
    tx.tell(Fact::SeenAdvanced {
        conversation_id: conversation_id.clone(),
        owner: reader.standing.owner,
        peer: reader.standing.peer,
        revision,
        side,
        person_id: person_id.clone(),
        position: *position,
    });
    Ok(SeenAdvanced {
        position: *position,
        revision,
    })
}
