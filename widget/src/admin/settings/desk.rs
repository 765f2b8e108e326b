//! The settings as somebody works on them.
//!
//! The laws: what is typed is kept until it is saved or discarded, also while another screen is shown; a save names the
//! version that was read, and never overwrites what somebody else saved meanwhile.

/// Fields and their mistakes.
mod fields;

use super::entries::{count_changes, do_overlap, on_top};
use super::faults::{Draft, faults, to_save};
use crate::admin::errand::Errand;
use crate::admin::load::Loaded;
use crate::admin::session::{Session, use_session};
use crate::admin::shell::HEADING;
use crate::admin::{api, notices, sentences as say, unsaved};
use crate::frame::text::compose;
use crate::frame::{clock, navigation};
use crate::net::Failure;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::group::{GroupBoard, GroupRow};
use shared::ids::GroupId;
use shared::problem::{Field, ProblemCode};
use shared::settings::rules::{Fault, Surroundings};
use shared::settings::{GuestGroup, SaveSettings, SettingsPage};

/// The path of this screen.
pub const SCREEN: &str = "settings";
const SETTINGS: &str = "/api/admin/settings";
const GROUPS: &str = "/api/admin/groups";

/// A handle: copied into whoever needs it.
#[derive(Clone, Copy)]
pub struct Desk {
    /// As the server has them now.
    pub page: Loaded<SettingsPage>,
    pub groups: Loaded<GroupBoard>,
    /// What the draft was begun from.
    read: RwSignal<Option<SettingsPage>>,
    draft: RwSignal<Option<Draft>>,
    faults: Memo<Vec<Fault>>,
    /// Fields that somebody left: their mistakes are said.
    left: RwSignal<Vec<Field>>,
    /// Somebody tried to save: all mistakes are said.
    tried: RwSignal<bool>,
    /// What somebody else saved meanwhile.
    pub conflict: RwSignal<Option<SettingsPage>>,
    pub saving: Errand,
    session: Session,
    done: Callback<String>,
    /// The section that had the keyboard last: it gets it back when the bar goes.
    section: RwSignal<String>,
}

pub fn use_desk() -> Desk {
    expect_context()
}

/// Makes the desk, above all screens.
pub fn provide() {
    let (read, draft) = (RwSignal::new(None), RwSignal::new(None));
    let groups = Loaded::later(|| api::get(GROUPS));
    let desk = Desk {
        page: Loaded::later(|| api::get(SETTINGS)),
        groups,
        read,
        draft,
        faults: Memo::new(move |_| judge(read, draft, groups)),
        left: RwSignal::new(Vec::new()),
        tried: RwSignal::new(false),
        conflict: RwSignal::new(None),
        saving: Errand::new(),
        session: use_session(),
        done: notices::speaker(),
        section: RwSignal::new(HEADING.into()),
    };
    provide_context(desk);
    Effect::new(move |_| {
        if let Some(page) = desk.page.value().get() {
            untrack(move || desk.arrived(page));
        }
    });
    Effect::new(move |_| unsaved::set(SCREEN, desk.changes() > 0));
}

/// What is wrong with the draft now.
fn judge(
    read: RwSignal<Option<SettingsPage>>,
    draft: RwSignal<Option<Draft>>,
    groups: Loaded<GroupBoard>,
) -> Vec<Fault> {
    let (Some(page), Some(draft)) = (read.get(), draft.get()) else {
        return Vec::new();
    };
    let chosen = draft.settings.guest_group_id.as_ref();
    let guest_group = groups
        .value()
        .with(|board| board.as_ref().map(|board| standing(&board.groups, chosen)));
    let languages: Vec<&str> = page.languages.iter().map(String::as_str).collect();
    let surroundings = Surroundings {
        languages: &languages,
        guest_group: guest_group.unwrap_or(page.guest_group),
        // A logo is there from the moment it was uploaded.
        has_logo: true,
        compose,
    };
    faults(&page, &draft, surroundings)
}

/// How a chosen group stands.
pub fn standing(groups: &[GroupRow], chosen: Option<&GroupId>) -> GuestGroup {
    let Some(chosen) = chosen else {
        return GuestGroup::NotChosen;
    };
    match groups.iter().find(|group| group.group_id == *chosen) {
        None => GuestGroup::Gone,
        Some(group) if group.people == 0 => GuestGroup::Empty,
        Some(_) => GuestGroup::Staffed,
    }
}

impl Desk {
    /// The screen was opened: groups and others' changes may be new.
    pub fn open(self) {
        self.page.again();
        self.groups.again();
    }

    /// The server's newest. What is typed stays; where both changed the same setting, it stays begun from what was
    /// read, and the next save asks.
    fn arrived(self, page: SettingsPage) {
        let (read, draft) = (self.read.get_untracked(), self.draft.get_untracked());
        let (Some(read), Some(draft)) = (read, draft) else {
            return self.begin(page);
        };
        if read.version == page.version {
            self.read.set(Some(page));
        } else if untrack(move || self.changes()) == 0 {
            self.begin(page);
        } else if !do_overlap(&read.settings, &draft.settings, &page.settings) {
            self.continue_from(page, &read, draft);
        }
    }

    /// One's own changes on top of a newer version.
    fn continue_from(self, page: SettingsPage, read: &SettingsPage, draft: Draft) {
        let settings = on_top(&read.settings, &draft.settings, &page.settings);
        self.draft.set(Some(Draft { settings, ..draft }));
        self.read.set(Some(page));
    }

    fn begin(self, page: SettingsPage) {
        self.draft.set(Some(Draft::of(&page.settings)));
        self.read.set(Some(page));
        self.left.set(Vec::new());
        self.tried.set(false);
        self.saving.forget_failure();
    }

    /// The answer to a change of one's own that is not saved with the rest: logo, keys, mail password.
    pub fn changed_apart(self, page: SettingsPage) {
        self.page.put(page);
        self.session.refresh();
    }

    /// How many settings are not as they are stored.
    pub fn changes(self) -> usize {
        self.read.with(|read| {
            self.draft.with(|draft| match (read, draft) {
                (Some(read), Some(draft)) => {
                    let is_typing = Draft::of(&draft.settings).group_text != draft.group_text;
                    count_changes(&read.settings, &draft.settings) + usize::from(is_typing)
                }
                _ => 0,
            })
        })
    }

    /// Back to what is stored.
    pub fn discard(self) {
        if let Some(page) = self.page.value().get_untracked() {
            self.begin(page);
        }
        self.stay();
    }

    /// Somebody is at work in a section.
    pub fn enters(self, section: String) {
        self.section.set(section);
    }

    /// What was pressed goes away; whoever pressed it stays where they worked.
    fn stay(self) {
        navigation::focus_in_place(self.section.get_untracked());
    }

    /// Saves, unless something is wrong; then the keyboard goes there.
    pub fn save(self) {
        self.tried.set(true);
        let (Some(read), Some(draft)) = (self.read.get_untracked(), self.draft.get_untracked())
        else {
            return;
        };
        if !self.faults.with_untracked(Vec::is_empty) {
            return navigation::focus_on_mistake();
        }
        let save = SaveSettings {
            version: read.version,
            settings: to_save(&read, &draft),
        };
        self.saving.run(
            async move {
                match api::put(SETTINGS, &save).await {
                    Err(failure) if failure.is(ProblemCode::StaleVersion) => {
                        self.meet_the_other().await.map(|()| None)
                    }
                    answer => answer.map(Some),
                }
            },
            move |page| {
                if let Some(page) = page {
                    self.saved(page);
                }
            },
        );
    }

    fn saved(self, page: SettingsPage) {
        self.begin(page.clone());
        self.page.put(page);
        self.groups.again();
        self.session.refresh();
        self.done.run(say::SAVED.into());
        self.stay();
    }

    /// Somebody else saved meanwhile: who, and what.
    async fn meet_the_other(self) -> Result<(), Failure> {
        let theirs: SettingsPage = api::get(SETTINGS).await?;
        self.conflict.set(Some(theirs));
        Ok(())
    }

    /// Leaves one's own changes.
    pub fn load_theirs(self) {
        if let Some(theirs) = self.conflict.get_untracked() {
            self.conflict.set(None);
            self.begin(theirs.clone());
            self.page.put(theirs);
            self.stay();
        }
    }

    /// One's own changes on top of theirs.
    pub fn keep_mine(self) {
        let theirs = self.conflict.get_untracked();
        let (read, draft) = (self.read.get_untracked(), self.draft.get_untracked());
        if let (Some(theirs), Some(read), Some(draft)) = (theirs, read, draft) {
            let settings = on_top(&read.settings, &draft.settings, &theirs.settings);
            self.conflict.set(None);
            self.draft.set(Some(Draft::of(&settings)));
            self.read.set(Some(theirs));
            // The errand that met the other ends first.
            spawn_local(async move {
                clock::pause(0).await;
                self.save();
            });
        }
    }
}
