//! The visitor's door as it is filled in.
//!
//! The law: what was typed stays until it is sent; a mistake is the server's word, the form's own is the view's.

use super::api::start_chat;
use super::door::DoorForm;
use crate::conversation::drafts::DRAFT_KEYS;
use crate::frame::spawn_local;
use crate::frame::storage;
use crate::reactive::RwSignal;
use shared::problem::Problem;

/// The door.
#[derive(Clone, Copy)]
pub struct DoorState {
    pub form: DoorForm,
    pub refused: RwSignal<Option<Problem>>,
    pub is_starting: RwSignal<bool>,
}

fn key() -> String {
    [DRAFT_KEYS, "anonymous.door"].concat()
}

impl DoorState {
    /// With what was typed before, if anything was.
    pub fn new() -> Self {
        let kept = storage::get(&key()).unwrap_or_default();
        let (name, email) = kept.split_once('\n').unwrap_or_default();
        Self {
            form: DoorForm::new(name.into(), email.into()),
            refused: RwSignal::new(None),
            is_starting: RwSignal::new(false),
        }
    }

    /// *Start chat*: `on_started` is handed name and address once the server took them.
    pub fn start(self, on_started: impl FnOnce(String, String) + 'static) {
        let (name, email) = (
            self.form.name.get_untracked(),
            self.form.email.get_untracked(),
        );
        self.refused.set(None);
        self.is_starting.set(true);
        spawn_local(async move {
            let answer = start_chat(&name, &email).await;
            self.is_starting.set(false);
            match answer {
                Ok(()) => {
                    self.keep();
                    on_started(name, email);
                }
                Err(failure) => self.refused.set(Some(failure.problem())),
            }
        });
    }

    /// What was typed outlives this page.
    pub fn keep(self) {
        let (name, email) = (
            self.form.name.get_untracked(),
            self.form.email.get_untracked(),
        );
        storage::put(&key(), &[&name, "\n", &email].concat());
    }

    /// Nothing of what was typed stays.
    pub fn wipe(self) {
        storage::remove(&key());
        self.form.clear();
        self.refused.set(None);
    }
}

impl Default for DoorState {
    fn default() -> Self {
        Self::new()
    }
}
