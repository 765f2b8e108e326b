//! What must be true after all stories.
//!
//! The law: the ledgers, which outlived the servers, and the rows must tell the same story.

use super::{
    rows::{Conversion, Message, Rows},
    story::{Acknowledged, Ledger, Story, Who, World},
};
use shared::ids::ClientId;
use std::collections::HashMap;

/// What went on, so that a run in which nothing met proves nothing.
#[derive(Debug, Default)]
pub struct Counted {
    pub converted: usize,
    pub taken_back: usize,
    pub carried_on: usize,
    pub messages: usize,
    /// Tried, and never acknowledged.
    pub unknown: usize,
}

impl Counted {
    pub fn is_a_race(&self) {
        assert!(self.converted > 0 && self.taken_back > 0, "{self:?}");
        assert!(self.carried_on > 0 && self.messages > 0, "{self:?}");
    }
}

pub async fn judge(world: &World<'_>, stories: &[Story<'_>]) -> Counted {
    let rows = Rows::read(world).await;
    let mut counted = Counted::default();
    let mut conversations = 0;
    for story in stories {
        let verdict = Case::new(&rows, story).judge(&mut counted);
        if let Err(broken) = verdict {
            panic!("story {} ({:?}): {broken}", story.number, story.plan);
        }
        conversations += 1;
    }
    let carried = rows.conversations.len() - conversations;
    assert_eq!(carried, counted.carried_on, "conversations of nobody's");
    counted
}

/// One story before the rows.
struct Case<'a> {
    rows: &'a Rows,
    story: &'a Story<'a>,
    id: String,
}

type Verdict = Result<(), String>;

fn must(holds: bool, otherwise: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(otherwise()) }
}

impl<'a> Case<'a> {
    fn new(rows: &'a Rows, story: &'a Story<'a>) -> Self {
        let id = story.conversation_id.as_str().to_owned();
        Self { rows, story, id }
    }

    fn judge(&self, counted: &mut Counted) -> Verdict {
        let conversion = self.converted_once()?;
        self.has_one_owner(conversion)?;
        self.is_gapless(&self.id)?;
        if let Some(carried_to) = &conversion.carried_to {
            self.is_gapless(carried_to)?;
            counted.carried_on += 1;
        }
        let ledger = self.story.ledger();
        let stored = self.stored(conversion);
        self.is_neither_lost_nor_doubled(&ledger, &stored, conversion)?;
        self.is_in_order(&ledger, &stored)?;
        self.was_shown_no_more(&ledger, conversion)?;
        counted.converted += 1;
        counted.taken_back += usize::from(conversion.is_undone);
        counted.messages += ledger.acknowledged.len();
        counted.unknown += ledger.tried.len() - acknowledged(&ledger).len().min(ledger.tried.len());
        Ok(())
    }

    fn thread(&self, id: &str) -> impl Iterator<Item = &'a Message> {
        self.rows.messages.get(id).into_iter().flatten()
    }

    fn converted_once(&self) -> Result<&'a Conversion, String> {
        let of_story = self.rows.conversions.get(&self.id);
        let [conversion] = of_story.map_or(&[][..], Vec::as_slice) else {
            return Err(format!("converted: {of_story:?}"));
        };
        let lines = |action: &str| {
            let key = (self.id.clone(), action.to_owned());
            self.rows.audited.get(&key).copied().unwrap_or_default()
        };
        let expected = (1, usize::from(conversion.is_undone));
        let found = (lines("conversion_done"), lines("conversion_undone"));
        must(found == expected, || {
            format!("lines in the audit log: {found:?}")
        })?;
        must(
            conversion.is_undone == self.story.ledger().is_taken_back,
            || format!("acknowledged and stored differ: {conversion:?}"),
        )?;
        Ok(conversion)
    }

    fn has_one_owner(&self, conversion: &Conversion) -> Verdict {
        let conversation = &self.rows.conversations[&self.id];
        let user = self.rows.users.get(self.story.person.key);
        must(user == Some(&conversion.became), || "became another".into())?;
        must(conversation.opened_by == conversion.guest, || {
            "of another".into()
        })?;
        let (owner, kind, sessions) = match conversion.is_undone {
            true => (&conversion.guest, "guest", 1),
            false => (&conversion.became, "user", 0),
        };
        must(
            conversation.owner == *owner && conversation.owner_kind == kind,
            || format!("{conversation:?} {conversion:?}"),
        )?;
        let of_guest = self.rows.guests.get(&conversion.guest).copied();
        must(of_guest.unwrap_or_default() == sessions, || {
            format!("{of_guest:?} sessions of the guest")
        })?;
        match &conversion.carried_to {
            Some(carried) => must(
                self.rows.conversations[carried].owner == conversion.became,
                || "carried on for another".into(),
            ),
            None => Ok(()),
        }
    }

    /// Positions without gaps, and counters that say what is there.
    fn is_gapless(&self, id: &str) -> Verdict {
        let head = &self.rows.conversations[id];
        let positions: Vec<i64> = self.thread(id).map(|message| message.position).collect();
        let gapless: Vec<i64> = (1..=head.last_position).collect();
        must(positions == gapless, || {
            format!("{positions:?} under {head:?}")
        })?;
        let last = |side: &str| {
            let of_side = self.thread(id).filter(|message| message.side == side);
            of_side
                .map(|message| message.position)
                .max()
                .unwrap_or_default()
        };
        let counted = (last("customer"), last("staff"));
        must(counted == (head.last_customer, head.last_staff), || {
            format!("{counted:?} under {head:?}")
        })?;
        for ((_, person), (written, seen)) in self
            .rows
            .participants
            .iter()
            .filter(|((conversation, _), _)| conversation == id)
        {
            let own = self
                .thread(id)
                .filter(|message| message.author.as_ref() == Some(person));
            let last = own
                .map(|message| message.position)
                .max()
                .unwrap_or_default();
            must(*written == last && *seen <= head.last_position, || {
                format!("{person} wrote up to {last} and stands at {written}, seen {seen}")
            })?;
        }
        Ok(())
    }

    /// By client id: where each message of the story is. Several places: it is doubled.
    fn stored(&self, conversion: &Conversion) -> HashMap<ClientId, Vec<&'a Message>> {
        let mut stored: HashMap<ClientId, Vec<&Message>> = HashMap::new();
        let carried = conversion.carried_to.iter().flat_map(|id| self.thread(id));
        for message in self.thread(&self.id).chain(carried) {
            let client_id = message.client_id.as_deref().and_then(ClientId::parse);
            if let Some(client_id) = client_id {
                stored.entry(client_id).or_default().push(message);
            }
        }
        stored
    }

    fn is_neither_lost_nor_doubled(
        &self,
        ledger: &Ledger,
        stored: &HashMap<ClientId, Vec<&Message>>,
        conversion: &Conversion,
    ) -> Verdict {
        for said in &ledger.tried {
            let places = stored.get(&said.client_id).map_or(0, Vec::len);
            must(places <= 1, || format!("DOUBLED: {said:?}"))?;
        }
        for told in &ledger.acknowledged {
            let Acknowledged {
                said,
                position,
                message_id,
                moved_to,
            } = told;
            let Some([found]) = stored.get(&said.client_id).map(Vec::as_slice) else {
                return Err(format!("LOST: {said:?} at {position:?}"));
            };
            let position = i64::try_from(position.0).unwrap();
            let is_carried = found.conversation_id != self.id;
            let is_there = match moved_to {
                None if is_carried => position > conversion.cut,
                None => found.position == position,
                // Written for the user, so it went with them; asked for again, it was told from where it is now.
                Some(there) => {
                    is_carried
                        && found.conversation_id == there.as_str()
                        && found.position == position
                }
            };
            must(
                is_there && found.message_id == message_id.as_str() && found.body == said.text,
                || {
                    format!(
                        "{said:?} was acknowledged at {position} of {moved_to:?} and is {found:?}"
                    )
                },
            )?;
        }
        let opening = self
            .thread(&self.id)
            .next()
            .and_then(|first| first.client_id.as_deref());
        let strange = stored.keys().find(|id| {
            Some(id.as_str()) != opening && !ledger.tried.iter().any(|said| said.client_id == **id)
        });
        must(strange.is_none(), || format!("nobody wrote {strange:?}"))
    }

    /// What somebody was told first stands first.
    fn is_in_order(&self, ledger: &Ledger, stored: &HashMap<ClientId, Vec<&Message>>) -> Verdict {
        let mut last: HashMap<(Who, &str), i64> = HashMap::new();
        for Acknowledged { said, .. } in &ledger.acknowledged {
            // Two tabs are one user; what the outbox sent again stands where it stood.
            if matches!(said.who, Who::User) {
                continue;
            }
            let found = stored[&said.client_id][0];
            let before = last.entry((said.who, &found.conversation_id)).or_default();
            must(found.position > *before, || format!("REORDERED: {said:?}"))?;
            *before = found.position;
        }
        Ok(())
    }

    /// Everything that the guest's cookie was ever shown is the guest's, and stands where it was shown.
    fn was_shown_no_more(&self, ledger: &Ledger, conversion: &Conversion) -> Verdict {
        let by_id: HashMap<&str, &Message> = self
            .thread(&self.id)
            .map(|message| (message.message_id.as_str(), message))
            .collect();
        for (message_id, (position, text)) in &ledger.shown {
            let found = by_id.get(message_id.as_str());
            let position = i64::try_from(position.0).unwrap();
            let is_theirs = found.is_some_and(|found| {
                found.position == position
                    && (conversion.is_undone || position <= conversion.cut)
                    && found.author.as_ref() != Some(&conversion.became)
            });
            must(is_theirs, || {
                format!("the guest was shown {text:?} at {position}")
            })?;
        }
        // And what is the guest's again, the user did not write.
        let own = self
            .thread(&self.id)
            .filter(|message| message.author.as_ref() == Some(&conversion.became));
        must(!conversion.is_undone || own.count() == 0, || {
            "the user's words are in the guest's conversation".into()
        })
    }
}

fn acknowledged(ledger: &Ledger) -> Vec<&ClientId> {
    let mut ids: Vec<&ClientId> = ledger
        .acknowledged
        .iter()
        .map(|told| &told.said.client_id)
        .collect();
    ids.sort();
    ids.dedup();
    ids
}
