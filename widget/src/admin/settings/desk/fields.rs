//! The settings as fields show and change them, and what is wrong with each.
//!
//! The law: a mistake is said once somebody left its field or tried to save, not while it is being typed.

use super::Desk;
use crate::admin::problem_words::problem_words;
use crate::admin::settings::faults::Draft;
use crate::admin::ui::Value;
use leptos::prelude::*;
use shared::ids::GroupId;
use shared::problem::Field;
use shared::settings::{Settings, SettingsPage};

impl Desk {
    /// What the draft was begun from, for who compares.
    pub fn read(self) -> RwSignal<Option<SettingsPage>> {
        self.read
    }

    /// The settings as typed; the stored ones' default before they are there.
    pub fn settings<Part>(self, read: impl FnOnce(&Settings) -> Part) -> Part {
        self.draft.with(|draft| match draft {
            Some(draft) => read(&draft.settings),
            None => read(&Settings::default()),
        })
    }

    fn edit(self, write: impl FnOnce(&mut Draft)) {
        self.saving.forget_failure();
        self.draft.update(|draft| {
            if let Some(draft) = draft {
                write(draft);
            }
        });
    }

    /// A setting as a field shows and changes it.
    pub fn part<Part: Clone + Send + Sync + 'static>(
        self,
        read: fn(&Settings) -> Part,
        write: fn(&mut Settings, Part),
    ) -> Value<Part> {
        Value::new(
            move || self.settings(read),
            move |part| self.edit(|draft| write(&mut draft.settings, part)),
        )
    }

    /// The id of the guest group, as typed.
    pub fn group_text(self) -> Value<String> {
        Value::new(
            move || {
                self.draft.with(|draft| {
                    draft
                        .as_ref()
                        .map(|draft| draft.group_text.clone())
                        .unwrap_or_default()
                })
            },
            move |text: String| {
                self.edit(|draft| {
                    draft.settings.guest_group_id = GroupId::parse(text.trim());
                    draft.group_text = text;
                });
            },
        )
    }

    /// Somebody left a field.
    pub fn leaves(self, field: Field) -> Callback<()> {
        Callback::new(move |()| {
            if self.left.with_untracked(|left| !left.contains(&field)) {
                self.left.update(|left| left.push(field));
            }
        })
    }

    /// What is wrong with a field: what the server said, or what the rules say once somebody left it.
    pub fn mistake(self, field: Field) -> Signal<Option<String>> {
        let refused = self.saving.words_about(field);
        Signal::derive(move || refused.get().or_else(|| self.own_mistake(field, None)))
    }

    /// The same for fields that are changed with one press.
    pub fn mistake_at_once(self, field: Field) -> Signal<Option<String>> {
        let refused = self.saving.words_about(field);
        Signal::derive(move || refused.get().or_else(|| self.words(field, None)))
    }

    /// What is wrong with the entries of a list. **Shape**: by place.
    pub fn entry_mistakes(
        self,
        field: Field,
        read: fn(&Settings) -> &Vec<String>,
    ) -> Signal<Vec<Option<String>>> {
        Signal::derive(move || {
            let count = self.settings(|settings| read(settings).len());
            (0..count)
                .map(|place| self.own_mistake(field, Some(place)))
                .collect()
        })
    }

    fn own_mistake(self, field: Field, entry: Option<usize>) -> Option<String> {
        let is_due = self.tried.get() || self.left.with(|left| left.contains(&field));
        is_due.then(|| self.words(field, entry)).flatten()
    }

    fn words(self, field: Field, entry: Option<usize>) -> Option<String> {
        self.faults.with(|faults| {
            let fault = faults
                .iter()
                .find(|fault| (fault.field, fault.entry) == (field, entry))?;
            Some(problem_words((*fault).into()))
        })
    }

    /// How many mistakes are said after somebody tried to save.
    pub fn mistakes(self) -> usize {
        if self.tried.get() {
            self.faults.with(Vec::len)
        } else {
            0
        }
    }
}
