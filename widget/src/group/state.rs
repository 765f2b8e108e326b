//! Groups and people as signals.
//!
//! The law: an answer that was overtaken by a newer question is thrown away.

use super::api::{list_groups, list_people};
use super::finding::{People, Question, StepBack};
use crate::conversation::list_state::Listed;
use crate::frame::{clock, spawn_local};
use crate::net::Failure;
use crate::reactive::{Kept, RwSignal};
use shared::group::{ChatGroup, Peer};
use shared::problem::ProblemCode;

/// Whoever types is asked for after this pause. **Units**: milliseconds.
const PAUSE_MS: u32 = 250;

/// What is done where there is no answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum WithoutAnswer {
    /// What is shown stays: it answers the same question.
    Stay,
    Say,
}

/// Groups, the people in them, and whom somebody chose.
#[derive(Clone, Copy)]
pub struct Groups {
    /// Those that the viewer may chat with; none, and there is no tab.
    pub groups: RwSignal<Vec<ChatGroup>>,
    /// The group that is open.
    pub inside: RwSignal<Option<ChatGroup>>,
    /// What is typed into the search.
    pub typed: RwSignal<String>,
    pub people: RwSignal<People>,
    /// How much of `people` is here.
    pub found: RwSignal<Listed>,
    /// Whom somebody chose to write to; known before their conversation is.
    pub chosen: RwSignal<Option<Peer>>,
    /// Counts questions: only the newest one's answer counts.
    asked: Kept<u32>,
    is_asking_more: Kept<bool>,
    asked_groups: Kept<u32>,
}

impl Groups {
    pub fn new() -> Self {
        Self {
            groups: RwSignal::new(Vec::new()),
            inside: RwSignal::new(None),
            typed: RwSignal::new(String::new()),
            people: RwSignal::new(People::default()),
            found: RwSignal::new(Listed::Loading),
            chosen: RwSignal::new(None),
            asked: Kept::new(0),
            is_asking_more: Kept::new(false),
            asked_groups: Kept::new(0),
        }
    }

    /// Nothing of anybody stays.
    pub fn wipe(self) {
        self.asked_groups.update_value(|asked| *asked += 1);
        self.groups.set(Vec::new());
        self.chosen.set(None);
        self.typed.set(String::new());
        self.inside.set(None);
        self.ask();
    }

    /// Asks for the groups, for the first time or again.
    pub fn fetch(self) {
        self.asked_groups.update_value(|asked| *asked += 1);
        let asked = self.asked_groups.get_value();
        spawn_local(async move {
            let answer = list_groups().await;
            if self.asked_groups.get_value() != asked {
                return;
            }
            match answer {
                Ok(list) => self.show(list.groups),
                // User Groups are off.
                Err(Failure::Refused(_)) => self.show(Vec::new()),
                Err(_) => {}
            }
        });
    }

    /// The groups, as they are now; who is in the one that is open may have changed too.
    fn show(self, groups: Vec<ChatGroup>) {
        let inside = self.inside.get_untracked();
        if let Some(inside) = inside {
            let now = groups
                .iter()
                .find(|group| group.group_id == inside.group_id);
            self.inside.set(now.cloned());
            if now.is_none() {
                self.typed.set(String::new());
            }
        }
        if self.groups.with_untracked(|known| *known != groups) {
            self.groups.set(groups);
        }
        self.fetch_first(WithoutAnswer::Stay);
    }

    /// Goes into a group.
    pub fn enter(self, group: ChatGroup) {
        self.typed.set(String::new());
        self.inside.set(Some(group));
        self.ask();
    }

    /// One step back. **Shape**: `false` if there is none left in here.
    pub fn step_back(self) -> bool {
        let is_inside = self.inside.with_untracked(Option::is_some);
        match self
            .typed
            .with_untracked(|typed| StepBack::from(is_inside, typed))
        {
            StepBack::Out => return false,
            StepBack::ClearSearch => self.typed.set(String::new()),
            StepBack::LeaveGroup => self.inside.set(None),
        }
        self.ask();
        true
    }

    /// Back to the groups, whatever is typed.
    pub fn leave(self) {
        self.typed.set(String::new());
        self.inside.set(None);
        self.ask();
    }

    /// A key changed what is looked for. It is asked for when the keys rest.
    pub fn search(self, typed: String) {
        let before = self.question();
        self.typed.set(typed);
        if self.question() == before {
            return;
        }
        if before.is_none() {
            self.forget_found();
        }
        let asked = self.next();
        clock::after(PAUSE_MS, move || {
            if self.asked.get_value() == asked {
                self.fetch_first(WithoutAnswer::Say);
            }
        });
    }

    /// What is asked now; `None`: the groups themselves are shown.
    pub fn question(self) -> Option<Question> {
        self.inside.with_untracked(|inside| {
            self.typed
                .with_untracked(|typed| Question::of(inside.as_ref(), typed))
        })
    }

    /// Asks for the first page; what is shown goes.
    pub fn ask(self) {
        self.forget_found();
        self.fetch_first(WithoutAnswer::Say);
    }

    fn forget_found(self) {
        self.found.set(Listed::Loading);
        self.people.set(People::default());
    }

    /// What is shown stays until the answer is there.
    fn fetch_first(self, without_answer: WithoutAnswer) {
        let asked = self.next();
        let Some(question) = self.question() else {
            return;
        };
        spawn_local(async move {
            let answer = list_people(&question, None).await;
            if self.asked.get_value() != asked {
                return;
            }
            match answer {
                Ok(page) => {
                    let mut people = People::default();
                    people.next_page(page.people, page.cursor);
                    self.people.set(people);
                    self.found.set(Listed::Ready);
                }
                // Not there any more: the groups say which are.
                Err(failure)
                    if failure.is(ProblemCode::NotFound) && question.group_id.is_some() =>
                {
                    self.leave();
                    self.fetch();
                }
                Err(_)
                    if without_answer == WithoutAnswer::Stay
                        && self.found.get_untracked() == Listed::Ready => {}
                Err(_) => self.found.set(Listed::Unreachable),
            }
        });
    }

    /// Asks for the page after those that are here.
    pub fn fetch_more(self) {
        let cursor = self.people.with_untracked(|people| people.cursor.clone());
        let (Some(question), Some(cursor), false) =
            (self.question(), cursor, self.is_asking_more.get_value())
        else {
            return;
        };
        self.is_asking_more.set_value(true);
        let asked = self.asked.get_value();
        spawn_local(async move {
            let page = list_people(&question, Some(cursor)).await;
            self.is_asking_more.set_value(false);
            if let (Ok(page), true) = (page, self.asked.get_value() == asked) {
                self.people
                    .update(|people| people.next_page(page.people, page.cursor));
            }
        });
    }

    fn next(self) -> u32 {
        self.asked.update_value(|asked| *asked += 1);
        self.asked.get_value()
    }
}

impl Default for Groups {
    fn default() -> Self {
        Self::new()
    }
}
