//! What stands under the tab *Groups*: the groups, the people inside one, and whoever is looked for.
//!
//! The law: arrow keys move, Enter opens, Escape goes back one step and leaves the card alone until there is none.

use super::state::Groups;
use super::{Choice, ChoiceFace, ChoiceList, Finder, group_heading};
use crate::conversation::list_state::Listed;
use crate::frame::draw::{Drawn, Event, Place, draw};
use crate::frame::element::{
    Step, focus, focus_inside, is_from, key, left_below, move_focus, use_up,
};
use crate::frame::page::before_next_frame;
use crate::i18n::{UserText, say, say_count};
use crate::reactive::{Callable, Callback, Effect, Memo, RwSignal, Signal};
use crate::shell::chats::list_waiting;
use crate::shell::{Action, Drawing, empty_state};
use crate::ui::{Weight, button};
use shared::group::{ChatGroup, PeerRow};
use shared::ids::PersonId;

/// Nearer to the end than this asks for the next page. **Units**: CSS pixels.
const NEAR_THE_END: i32 = 400;

/// Everything that arrow keys lead to, from top to bottom.
const STOPS: &str = ".finder-field, .choice";

/// What is needed to show groups and people.
#[derive(Clone, Copy)]
pub struct GroupsHome {
    pub groups: Groups,
    pub on_choose: Callback<PeerRow>,
}

/// What is shown below the field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Groups,
    People,
    /// A group with nobody else in it.
    Nobody,
    /// Nobody of that name.
    NotFound,
    Coming(Listed),
}

impl GroupsHome {
    pub fn draw(self) -> Drawn {
        let groups = self.groups;
        let (field, scroll) = (Place::new(), Place::new());
        let on_type = Callback::new(move |typed| groups.search(typed));
        let finder = Finder {
            typed: groups.typed,
            inside: groups.inside.into(),
            on_type,
            place: field,
        };
        let on_back = Callback::new(move |()| {
            groups.leave();
            give_back(scroll);
        });
        let heading = move || {
            groups
                .inside
                .with(|inside| inside.as_ref().map(|group| group_heading(group, on_back)))
        };
        let list = draw("div")
            .class("groups-list")
            .set("tabindex", "-1")
            .lend(scroll)
            .on("scroll", move |_| self.fetch_near_the_end(scroll))
            .show(self.list(field, scroll));
        self.fill(scroll);
        let home = draw("div").class("groups").child(finder.draw());
        home.show(heading)
            .child(list)
            .on("keydown", move |event| self.hear(&event, field, scroll))
    }

    fn list(self, field: Place, scroll: Place) -> impl Fn() -> Option<Drawn> + 'static {
        let groups = self.groups;
        let shown = Memo::new(move |_| {
            let is_searching = groups.typed.with(|typed| !typed.is_empty());
            let is_inside = groups.inside.with(Option::is_some);
            let is_empty = groups.people.with(|people| people.rows().is_empty());
            let listed = groups.found.get();
            match (groups.question(), listed, is_empty) {
                (None, ..) => Shown::Groups,
                (_, Listed::Ready, false) => Shown::People,
                (_, Listed::Ready, true) if is_searching || !is_inside => Shown::NotFound,
                (_, Listed::Ready, true) => Shown::Nobody,
                (_, listed, _) => Shown::Coming(listed),
            }
        });
        let (of_groups, of_people) = (RwSignal::new(None), RwSignal::new(None));
        move || {
            Some(match shown.get() {
                Shown::Groups => self.group_list(of_groups, scroll),
                Shown::People => self.people_list(of_people),
                Shown::Nobody => {
                    let leave = Callback::new(move |()| {
                        groups.leave();
                        give_back(scroll);
                    });
                    nothing(UserText::NobodyInGroup, UserText::AllGroups, leave)
                }
                Shown::NotFound => {
                    let clear = Callback::new(move |()| {
                        groups.search(String::new());
                        give_to(field);
                    });
                    nothing(UserText::NobodyFound, UserText::ClearSearch, clear)
                }
                Shown::Coming(listed) => {
                    list_waiting(listed, Callback::new(move |()| groups.ask()))
                }
            })
        }
    }

    fn group_list(self, current: RwSignal<Option<String>>, scroll: Place) -> Drawn {
        let groups = self.groups;
        let rows = Memo::new(move |_| {
            groups
                .groups
                .with(|groups| groups.iter().map(group_row).collect::<Vec<_>>())
        });
        let on_choose = Callback::new(move |key: String| {
            let chosen = groups.groups.with_untracked(|groups| {
                groups
                    .iter()
                    .find(|group| group.group_id.as_str() == key)
                    .cloned()
            });
            if let Some(group) = chosen {
                groups.enter(group);
                // Its people are on their way; the keyboard waits where they will stand.
                give_to(scroll);
            }
        });
        let list = ChoiceList {
            rows: rows.into(),
            label: say(UserText::Groups),
            current,
            on_choose,
        };
        list.draw()
    }

    fn people_list(self, current: RwSignal<Option<String>>) -> Drawn {
        let (groups, chosen) = (self.groups, self.on_choose);
        let rows = Memo::new(move |_| {
            groups
                .people
                .with(|people| people.rows().iter().map(person_row).collect::<Vec<_>>())
        });
        let on_choose = Callback::new(move |key: String| {
            let row = PersonId::parse(&key).and_then(|person_id| {
                groups
                    .people
                    .with_untracked(|people| people.find(&person_id).cloned())
            });
            if let Some(row) = row {
                chosen.run(row);
            }
        });
        let list = ChoiceList {
            rows: rows.into(),
            label: say(UserText::People),
            current,
            on_choose,
        };
        let has_more = Memo::new(move |_| groups.people.with(|people| people.cursor.is_some()));
        let on_more = Callback::new(move |()| groups.fetch_more());
        draw("div").child(list.draw()).show(move || {
            let more = || button(say(UserText::ShowMore), Weight::Quiet, on_more);
            has_more
                .get()
                .then(|| draw("div").class("groups-more").child(more()))
        })
    }

    fn fetch_near_the_end(self, scroll: Place) {
        if scroll
            .get()
            .is_some_and(|scroll| left_below(&scroll) < NEAR_THE_END)
        {
            self.groups.fetch_more();
        }
    }

    /// A page that does not fill the screen cannot be scrolled, so it asks for the next one itself. A page that brought
    /// nobody new changes nothing, and so asks no further.
    fn fill(self, scroll: Place) {
        let people = Signal::derive(move || self.groups.people.with(|people| people.rows().len()));
        Effect::new(move |before: Option<usize>| {
            let now = people.get();
            if before != Some(now) {
                before_next_frame(move || self.fetch_near_the_end(scroll));
            }
            now
        });
    }

    fn hear(self, event: &Event, field: Place, scroll: Place) {
        let is_in_field = is_from(event, ".finder-field");
        let step = match (key(event).as_str(), is_in_field) {
            ("ArrowDown", _) => Step::Next,
            ("ArrowUp", _) => Step::Previous,
            ("Home", false) => Step::First,
            ("End", false) => Step::Last,
            ("Escape", _) => {
                let was_typed = self.groups.typed.with_untracked(|typed| !typed.is_empty());
                if self.groups.step_back() {
                    use_up(event);
                    match was_typed {
                        true => give_to(field),
                        false => give_back(scroll),
                    }
                }
                return;
            }
            _ => return,
        };
        // Whoever just came in begins with the first row.
        let is_on_stop = is_from(event, STOPS);
        move_focus(event, if is_on_stop { STOPS } else { ".choice" }, step);
    }
}

fn give_to(place: Place) {
    if let Some(element) = place.get() {
        focus(&element);
    }
}

/// The row that had the keyboard is gone: it goes to the one that Tab leads to, once that is drawn.
fn give_back(scroll: Place) {
    crate::frame::clock::after(0, move || {
        if let Some(scroll) = scroll.get() {
            focus_inside(&scroll, ".choice[tabindex=\"0\"], .button");
        }
    });
}

fn nothing(sentence: UserText, label: UserText, on_press: Callback<()>) -> Drawn {
    let action = Some(Action::Press {
        label: say(label),
        on_press,
    });
    empty_state(Drawing::NOBODY, say(sentence), action)
}

fn group_row(group: &ChatGroup) -> Choice {
    Choice {
        key: group.group_id.as_str().into(),
        face: ChoiceFace::Group,
        title: group.name.clone(),
        line: say_count(UserText::PeopleCount, group.people),
    }
}

fn person_row(row: &PeerRow) -> Choice {
    let face = row.peer.face.clone();
    Choice {
        key: face.person_id.as_str().into(),
        title: face.name.clone(),
        face: ChoiceFace::Person(face),
        line: row.peer.email.clone().unwrap_or_default(),
    }
}
