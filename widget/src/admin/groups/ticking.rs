//! Ticks that are saved one after the other, for everything on the screen that shows them.
//!
//! The law: what was pressed is saved even when the screen is left meanwhile; what failed says so and shows what is true.

use super::api;
use super::ticks::Ticks;
use crate::admin::load::Loaded;
use crate::admin::problem_words::failure_words;
use crate::admin::sentences as say;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::group::{ChangePermission, GroupBoard, GroupRow};
use shared::ids::GroupId;
use shared::settings::Switch;

#[derive(Clone)]
pub struct Ticking {
    ticks: ArcRwSignal<Ticks>,
    /// What was saved last, in a sentence.
    status: ArcRwSignal<String>,
    failure: ArcRwSignal<Option<String>>,
    board: Loaded<GroupBoard>,
}

pub fn use_ticking() -> Ticking {
    expect_context()
}

impl Ticking {
    pub fn new(board: Loaded<GroupBoard>) -> Self {
        let ticks = ArcRwSignal::new(Ticks::default());
        let hearing = ticks.clone();
        Effect::new(move |_| {
            board.value().with(|board| {
                if let Some(board) = board {
                    hearing.update(|ticks| ticks.heard(board));
                }
            });
        });
        Self {
            ticks,
            status: ArcRwSignal::new(String::new()),
            failure: ArcRwSignal::new(None),
            board,
        }
    }

    pub fn is_ticked(&self, one: &GroupId, other: &GroupId) -> bool {
        self.ticks.with(|ticks| ticks.is_ticked(one, other))
    }

    /// Somebody pressed a tick.
    pub fn press(&self, one: &GroupRow, other: &GroupRow, allowed: Switch) {
        self.failure.set(None);
        let mut begins = false;
        self.ticks
            .update(|ticks| begins = ticks.press(&one.group_id, &other.group_id, allowed));
        if begins {
            spawn_local(self.clone().save_all());
        }
    }

    async fn save_all(self) {
        while let Some(change) = self.ticks.with_untracked(Ticks::next) {
            match api::change_permission(&change).await {
                Ok(board) => {
                    self.ticks.update(|ticks| ticks.saved(&board));
                    self.status.set(words(&change, &board));
                    self.board.put(board);
                }
                Err(failure) => {
                    self.ticks.update(Ticks::failed);
                    self.failure.set(Some(failure_words(failure)));
                }
            }
        }
    }

    pub fn status(&self) -> Signal<String> {
        self.status.clone().into()
    }

    pub fn failure(&self) -> Signal<Option<String>> {
        self.failure.clone().into()
    }
}

fn words(change: &ChangePermission, board: &GroupBoard) -> String {
    let name = |group_id: &GroupId| {
        let found = board
            .groups
            .iter()
            .find(|group| group.group_id == *group_id);
        found.map(|group| group.name.as_str()).unwrap_or_default()
    };
    say::ticked(
        name(&change.group_id),
        name(&change.other_group_id),
        change.allowed.is_on(),
    )
}
