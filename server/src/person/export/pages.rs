//! An export, page by page.
//!
//! The law: between two pages nothing is held but the place that was reached and the ids of the conversations to come.

use super::document::{
    ActivityPart, ConversationPart, Doer, FORMAT, MessagePart, Opening, Stamp, VERSION,
};
use super::rules::may_tell;
use crate::{
    account::store::{find_account_part, list_link_parts},
    conversation::store::{find_conversation_part, list_conversation_ids, list_message_parts},
    conversion::store::{list_became, list_former_guests},
    database::{AnyConnection, Database, DatabaseError},
    group::store::{list_group_parts, list_permission_parts},
    identity::store::list_session_parts,
    mail_code::store::list_times_asked,
    person::{
        store::{Person, get_particulars},
        whom::{list_addresses, list_everybody},
    },
    safety::{
        activity::store::list_lines_of, block::store::list_block_parts,
        report::store::list_report_parts, store::Moment,
    },
    webhook::store::count_deliveries_about,
};
use serde::Serialize;
use shared::ids::{ConversationId, PersonId, Position, Time};
use std::{collections::VecDeque, mem};

/// Messages, or lines of the log, that are read at once.
const PAGE: u32 = 100;

/// An export on its way out.
pub struct Export {
    database: Database,
    person: Person,
    now: Time,
    /// They, and every guest who became them.
    everybody: Vec<PersonId>,
    /// Those that were not begun.
    conversations: VecDeque<ConversationId>,
    stage: Stage,
    /// Whether the list that is being written holds something already.
    has_items: bool,
}

/// What comes next.
enum Stage {
    Opening,
    /// Lines about one of everybody, after there.
    Activity {
        whose: usize,
        after: Moment,
    },
    /// The next conversation.
    Conversation,
    /// Messages of one, after there.
    Messages {
        conversation_id: ConversationId,
        after: Position,
        until: Position,
    },
    Done,
}

/// Before everything.
fn beginning() -> Moment {
    Moment {
        at: Time(i64::MIN),
        id: String::new(),
    }
}

impl Export {
    pub fn new(database: Database, person: Person, now: Time) -> Self {
        Self {
            database,
            person,
            now,
            everybody: Vec::new(),
            conversations: VecDeque::new(),
            stage: Stage::Opening,
            has_items: false,
        }
    }

    /// The next piece of the file, never an empty one. `None`: it is whole.
    pub async fn next(&mut self) -> Result<Option<String>, DatabaseError> {
        loop {
            match self.step().await? {
                Some(piece) if piece.is_empty() => {}
                piece => return Ok(piece),
            }
        }
    }

    async fn step(&mut self) -> Result<Option<String>, DatabaseError> {
        let database = self.database.clone();
        let stage = mem::replace(&mut self.stage, Stage::Done);
        let mut connection = match stage {
            Stage::Done => return Ok(None),
            _ => database.read().await?,
        };
        let piece = match stage {
            Stage::Opening => self.opening(&mut connection).await?,
            Stage::Activity { whose, after } => {
                self.activity(&mut connection, whose, &after).await?
            }
            Stage::Conversation => self.conversation(&mut connection).await?,
            Stage::Messages {
                conversation_id,
                after,
                until,
            } => {
                self.messages(&mut connection, conversation_id, after, until)
                    .await?
            }
            Stage::Done => return Ok(None),
        };
        Ok(Some(piece))
    }

    async fn opening(&mut self, connection: &mut AnyConnection) -> Result<String, DatabaseError> {
        let person_id = &self.person.person_id;
        self.everybody = list_everybody(connection, person_id).await?;
        self.conversations = list_conversation_ids(connection, person_id).await?.into();
        let mut opening = Opening {
            format: FORMAT,
            version: VERSION,
            exported_at: Stamp(self.now),
            person: get_particulars(connection, person_id).await?,
            account: find_account_part(connection, person_id).await?,
            password_links: list_link_parts(connection, person_id).await?,
            sessions: Vec::new(),
            groups: list_group_parts(connection, person_id).await?,
            permissions: list_permission_parts(connection, person_id).await?,
            former_guests: Vec::new(),
            became: list_became(connection, person_id).await?,
            blocks: Vec::new(),
            reports: Vec::new(),
            codes_requested: Vec::new(),
            webhook_deliveries: count_deliveries_about(connection, person_id).await?,
        };
        for address in list_addresses(connection, &self.person).await? {
            let asked = list_times_asked(connection, &address).await?;
            opening.codes_requested.extend(asked);
        }
        self.add_of_everybody(connection, &mut opening).await?;
        self.stage = Stage::Activity {
            whose: 0,
            after: beginning(),
        };
        self.has_items = false;
        Ok(format!("{},\n\"activity\":[", begun(&opening)))
    }

    /// What they did, also as the guests who became them.
    async fn add_of_everybody(
        &self,
        connection: &mut AnyConnection,
        opening: &mut Opening,
    ) -> Result<(), DatabaseError> {
        for one in &self.everybody {
            let sessions = list_session_parts(connection, one).await?;
            opening.sessions.extend(sessions);
            let guests = list_former_guests(connection, one).await?;
            opening.former_guests.extend(guests);
            opening
                .blocks
                .extend(list_block_parts(connection, one).await?);
            opening
                .reports
                .extend(list_report_parts(connection, one).await?);
        }
        opening.sessions.sort_by_key(|session| session.created_at.0);
        Ok(())
    }

    async fn activity(
        &mut self,
        connection: &mut AnyConnection,
        whose: usize,
        after: &Moment,
    ) -> Result<String, DatabaseError> {
        let Some(one) = self.everybody.get(whose) else {
            self.stage = Stage::Conversation;
            self.has_items = false;
            return Ok("],\n\"conversations\":[".into());
        };
        let lines = list_lines_of(connection, one, after, PAGE).await?;
        self.stage = match lines.last() {
            Some(last) => Stage::Activity {
                whose,
                after: last.moment.clone(),
            },
            None => Stage::Activity {
                whose: whose + 1,
                after: beginning(),
            },
        };
        let mut piece = String::new();
        for line in lines {
            let by = self.doer(line.actor.as_ref());
            // What one of them did stands with that one, once.
            let is_anothers = by == Doer::They && line.actor.as_ref() != self.everybody.get(whose);
            if may_tell(line.action, by) && !is_anothers {
                let part = ActivityPart {
                    at: Stamp(line.moment.at),
                    action: line.action,
                    by,
                };
                self.item(&mut piece, &written(&part));
            }
        }
        Ok(piece)
    }

    async fn conversation(
        &mut self,
        connection: &mut AnyConnection,
    ) -> Result<String, DatabaseError> {
        let Some(conversation_id) = self.conversations.pop_front() else {
            self.stage = Stage::Done;
            return Ok("]\n}\n".into());
        };
        let person_id = &self.person.person_id;
        let part = find_conversation_part(connection, &conversation_id, person_id).await?;
        let Some(part) = part else {
            // It went elsewhere since.
            self.stage = Stage::Conversation;
            return Ok(String::new());
        };
        let mut piece = String::new();
        self.item(&mut piece, &begun::<ConversationPart>(&part));
        piece.push_str(",\"messages\":[");
        self.has_items = false;
        self.stage = Stage::Messages {
            conversation_id,
            after: Position::NONE,
            until: part.last_position,
        };
        Ok(piece)
    }

    async fn messages(
        &mut self,
        connection: &mut AnyConnection,
        conversation_id: ConversationId,
        after: Position,
        until: Position,
    ) -> Result<String, DatabaseError> {
        let person_id = &self.person.person_id;
        let stretch = (after, until);
        let found =
            list_message_parts(connection, &conversation_id, person_id, stretch, PAGE).await?;
        let Some(last) = found.last().map(|(_, part)| part.position) else {
            self.stage = Stage::Conversation;
            self.has_items = true;
            return Ok("]}".into());
        };
        self.stage = Stage::Messages {
            conversation_id,
            after: last,
            until,
        };
        let mut piece = String::new();
        for (author, part) in found {
            let by = self.doer(author.as_ref());
            self.item(&mut piece, &written(&MessagePart { by, ..part }));
        }
        Ok(piece)
    }

    fn doer(&self, person: Option<&PersonId>) -> Doer {
        match person {
            Some(person) if self.everybody.contains(person) => Doer::They,
            Some(_) => Doer::Another,
            None => Doer::Nobody,
        }
    }

    /// One more in the list that is being written, on a line of its own.
    fn item(&mut self, piece: &mut String, text: &str) {
        piece.push_str(if self.has_items { ",\n" } else { "\n" });
        piece.push_str(text);
        self.has_items = true;
    }
}

/// An object that goes on.
fn begun<Part: Serialize>(part: &Part) -> String {
    let mut text = written(part);
    text.pop();
    text
}

fn written<Part: Serialize>(part: &Part) -> String {
    serde_json::to_string(part).expect("parts have text keys only, so they are JSON")
}
