//! Lists of what was done, the newest first, and which page of them.
//!
//! The law: a cursor of one list is none of another's.

use super::page::{limit, sealed, unsealed};
use crate::{policy::Policy, safety::store::Moment};
use serde::Deserialize;
use shared::{
    ids::{MessageId, SiteId, Time},
    problem::{Field, Problem, ProblemCode},
};

/// `?cursor=…&limit=…`, besides whatever else a list asks.
#[derive(Deserialize)]
pub struct OlderQuery {
    cursor: Option<String>,
    limit: Option<String>,
}

/// A page as it was asked for.
pub struct Older {
    list: &'static str,
    rows: u32,
    /// What is shown stands below this.
    pub below: Moment,
}

impl Older {
    /// **Errors**: those of [`limit`]; `bad_cursor`.
    pub fn read(list: &'static str, query: &OlderQuery, policy: &Policy) -> Result<Self, Problem> {
        let rows = limit(query.limit.as_deref(), policy.settings.page_size)?;
        let top = Moment {
            at: Time(i64::MAX),
            id: String::new(),
        };
        let below = match query.cursor.as_deref() {
            None => top,
            Some(text) => read_cursor(&policy.site_id, list, text)
                .ok_or(Problem::about(ProblemCode::BadCursor, Field::Cursor))?,
        };
        Ok(Self { list, rows, below })
    }

    /// One more than is shown says whether there is another page.
    pub const fn limit(&self) -> u32 {
        self.rows + 1
    }

    /// Cuts a page to its length, and says where the next one begins, if there is one.
    pub fn cut<Row>(
        &self,
        rows: &mut Vec<Row>,
        policy: &Policy,
        moment: impl Fn(&Row) -> Moment,
    ) -> Option<String> {
        if rows.len() <= self.rows as usize {
            return None;
        }
        rows.truncate(self.rows as usize);
        let Moment { at, id } = moment(rows.last()?);
        Some(sealed(
            &policy.site_id,
            &format!("{}.{}.{id}", self.list, at.0),
        ))
    }
}

fn read_cursor(site_id: &SiteId, list: &str, text: &str) -> Option<Moment> {
    let place = unsealed(site_id, text)?;
    let (at, id) = place
        .strip_prefix(list)?
        .strip_prefix('.')?
        .split_once('.')?;
    // Ids of all kinds are written alike.
    let id = MessageId::parse(id)?;
    Some(Moment {
        at: Time(at.parse().ok()?),
        id: id.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::samples::{NOON_ISH, client_id, site_id};

    #[test]
    fn a_cursor_comes_back_as_it_went_and_to_its_own_list_only() {
        let place = format!("blocks.{}.{}", NOON_ISH.0, client_id(1));
        let made = sealed(&site_id(), &place);
        let moment = Moment {
            at: NOON_ISH,
            id: client_id(1).into(),
        };
        assert_eq!(read_cursor(&site_id(), "blocks", &made), Some(moment));
        assert_eq!(read_cursor(&site_id(), "reports", &made), None);
        assert_eq!(read_cursor(&site_id(), "block", &made), None);
        for place in ["blocks.x.y", "blocks..", "blocks.1.", "blocks.1.' or 1=1"] {
            let forged = sealed(&site_id(), place);
            assert_eq!(read_cursor(&site_id(), "blocks", &forged), None, "{place}");
        }
    }
}
