//! What is asked about people, and who was found.
//!
//! The law: a person stands in a list once, however many pages named them; what is too short to be a search asks nothing.

use shared::group::{ChatGroup, PeerRow};
use shared::ids::{GroupId, PersonId};
use shared::limits::{SEARCH_BYTES, SEARCH_CHARACTERS};

/// What is asked.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub struct Question {
    /// `None`: all groups.
    pub group_id: Option<GroupId>,
    /// `None`: everybody in there.
    pub search: Option<String>,
}

impl Question {
    /// `None`: nothing is asked, the groups themselves are shown.
    pub fn of(inside: Option<&ChatGroup>, typed: &str) -> Option<Self> {
        let search = search(typed);
        (inside.is_some() || search.is_some()).then(|| Self {
            group_id: inside.map(|group| group.group_id.clone()),
            search,
        })
    }
}

/// What is typed, as a search; `None` while it is too short for one. What is too long for one is cut.
fn search(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let is_long_enough = typed.chars().count() >= SEARCH_CHARACTERS;
    is_long_enough.then(|| typed[..typed.floor_char_boundary(SEARCH_BYTES)].to_owned())
}

/// Where Escape leads: one step, the nearest first.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum StepBack {
    /// Takes back what is typed.
    ClearSearch,
    /// Back to the groups.
    LeaveGroup,
    /// There is no step left in here.
    Out,
}

impl StepBack {
    pub const fn from(is_inside: bool, typed: &str) -> Self {
        match (typed.is_empty(), is_inside) {
            (false, _) => Self::ClearSearch,
            (true, true) => Self::LeaveGroup,
            (true, false) => Self::Out,
        }
    }
}

/// Who was found, as far as the pages were fetched.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct People {
    rows: Vec<PeerRow>,
    /// Where the next page begins; `None` on the last.
    pub cursor: Option<String>,
}

impl People {
    pub fn rows(&self) -> &[PeerRow] {
        &self.rows
    }

    pub fn find(&self, person_id: &PersonId) -> Option<&PeerRow> {
        self.rows
            .iter()
            .find(|row| row.peer.face.person_id == *person_id)
    }

    /// A page after the ones known; who was known already is shown as they are now.
    pub fn next_page(&mut self, page: Vec<PeerRow>, cursor: Option<String>) {
        self.cursor = cursor;
        for row in page {
            let is_same =
                |known: &&mut PeerRow| known.peer.face.person_id == row.peer.face.person_id;
            match self.rows.iter_mut().find(is_same) {
                Some(known) => *known = row,
                None => self.rows.push(row),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::group::Peer;
    use shared::samples::{MINA, NOOR, Person, TEO, conversation_id, group_id};

    fn group() -> ChatGroup {
        ChatGroup {
            group_id: group_id(1),
            name: "Trial".into(),
            people: 3,
        }
    }

    fn row(person: &Person) -> PeerRow {
        PeerRow {
            peer: Peer {
                face: person.face(),
                email: None,
            },
            conversation_id: None,
        }
    }

    #[test]
    fn a_search_has_two_characters_wherever_it_is_typed() {
        for (typed, searched) in [
            ("", None),
            (" n ", None),
            ("no", Some("no")),
            ("  noor h", Some("noor h")),
            ("ل", None),
            ("لي", Some("لي")),
        ] {
            let everywhere = Question::of(None, typed);
            assert_eq!(
                everywhere.and_then(|question| question.search).as_deref(),
                searched,
                "{typed:?}"
            );
            let inside = Question::of(Some(&group()), typed);
            assert_eq!(
                inside,
                Some(Question {
                    group_id: Some(group_id(1)),
                    search: searched.map(Into::into),
                }),
                "{typed:?}"
            );
        }
        let long = Question::of(None, &"ж".repeat(400))
            .unwrap()
            .search
            .unwrap();
        assert_eq!(long, "ж".repeat(SEARCH_BYTES / 2));
    }

    #[test]
    fn escape_goes_one_step() {
        assert_eq!(StepBack::from(true, "no"), StepBack::ClearSearch);
        assert_eq!(StepBack::from(false, "n"), StepBack::ClearSearch);
        assert_eq!(StepBack::from(true, ""), StepBack::LeaveGroup);
        assert_eq!(StepBack::from(false, ""), StepBack::Out);
    }

    #[test]
    fn somebody_on_two_pages_stands_there_once() {
        let mut people = People::default();
        people.next_page(vec![row(&MINA), row(&NOOR)], Some("a".into()));
        // Somebody joined meanwhile, so the next page begins with one who was on the last; they have written since.
        let written = PeerRow {
            conversation_id: Some(conversation_id(1)),
            ..row(&NOOR)
        };
        people.next_page(vec![written, row(&TEO)], None);
        let names: Vec<&str> = people
            .rows()
            .iter()
            .map(|row| row.peer.face.name.as_str())
            .collect();
        assert_eq!(names, [MINA.name, NOOR.name, TEO.name]);
        assert!(
            people
                .find(&NOOR.person_id())
                .unwrap()
                .conversation_id
                .is_some()
        );
        assert_eq!(people.cursor, None);
    }
}
