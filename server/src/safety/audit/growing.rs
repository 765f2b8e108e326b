//! A line that grows: one for what goes on in many transactions.
//!
//! The law: it stands there as soon as the first of them is committed, and says what all of them did so far.

use super::{AuditId, Done, line::Line};
use crate::{
    database::AnyConnection,
    error::Refusal,
    mint::Mint,
    safety::{
        particulars,
        store::{AuditLine, upsert_audit},
    },
};
use shared::ids::Time;

/// A line that grows while what it tells of goes on, in many transactions: each of them says how far it is.
#[derive(Clone, Debug)]
pub struct GrowingLine {
    audit_id: String,
}

impl GrowingLine {
    /// Nothing is written yet.
    pub fn begin(mint: &Mint) -> Self {
        let AuditId(audit_id) = mint.id();
        Self { audit_id }
    }

    /// Writes the line, in place of what it said before.
    pub async fn record(
        &self,
        connection: &mut AnyConnection,
        done: &Done,
        begun_at: Time,
    ) -> Result<(), Refusal> {
        let Line {
            action,
            subject,
            particulars,
        } = done.line();
        let line = AuditLine {
            audit_id: &self.audit_id,
            actor: None,
            action,
            subject,
            particulars: particulars::write(&particulars),
        };
        Ok(upsert_audit(connection, &line, begun_at).await?)
    }
}
