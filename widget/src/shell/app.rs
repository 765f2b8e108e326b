//! Everything that is kept while the frame lives, and what happens when somebody else comes in front of it.
//!
//! The law: one owner of all states; the states do not know each other, the shell tells them.

use super::attention::Attention;
use super::choice::{Place, Showing, Surface, choose};
use super::desk::{Desk, DeskParts};
use super::lists::{ListParts, Reader, Several};
use super::returning::PLACE_KEYS;
use super::tabs::Tab;
use crate::conversation::drafts::DRAFT_KEYS;
use crate::conversation::list_state::{Partner, Viewing};
use crate::conversation::outgoing::Outgoing;
use crate::conversation::state::Thread;
use crate::conversation::typists::Typists;
use crate::frame::spawn_local;
use crate::frame::tabs::{self, TabWord};
use crate::frame::{clock, page, storage};
use crate::guest::state::DoorState;
use crate::identity::host::Host;
use crate::identity::state::{Identity, Known};
use crate::net::Method;
use crate::reactive::untrack;
use crate::reactive::{Memo, RwSignal};
use crate::realtime::state::Realtime;
use crate::safety::Deed;
use crate::safety::api::{Order, block};
use crate::safety::state::{Safety, Step};
use crate::settings::state::{learn, unknown_site};
use shared::identity::{Program, Role, Session};
use shared::ids::PersonId;
use shared::settings::Site;

/// Which program runs.
#[derive(Clone, Copy)]
pub struct Edition {
    pub program: Program,
    /// What only those with several conversations have: not in what a guest downloads (D10).
    pub lists: Option<&'static ListParts>,
    /// What only a page of its own has (`/agent`).
    pub desk: Option<&'static DeskParts>,
}

/// Everything.
#[derive(Clone, Copy)]
pub struct App {
    program: Program,
    pub host: Host,
    pub identity: Identity,
    pub realtime: Realtime,
    pub outgoing: Outgoing,
    pub thread: Thread,
    /// `None` in the program of guests.
    pub several: Option<Several>,
    /// `None` wherever this is not the desk.
    pub desk: Option<Desk>,
    /// How the own conversations are looked at.
    pub viewing: RwSignal<Viewing>,
    pub typists: RwSignal<Typists>,
    pub door: DoorState,
    pub attention: Attention,
    pub site: RwSignal<Site>,
    pub place: RwSignal<Place>,
    pub tab: RwSignal<Tab>,
    pub safety: Safety,
    pub is_cookie_lost: RwSignal<bool>,
    pub minute: RwSignal<u32>,
    pub showing: Memo<Showing>,
}

impl App {
    pub fn new(edition: Edition) -> Self {
        let host = Host::new();
        let identity = Identity::new(host);
        let realtime = Realtime::new();
        let outgoing = Outgoing::new();
        let typists = RwSignal::new(Typists::default());
        let minute = RwSignal::new(0);
        let place = RwSignal::new(Place::Home);
        let is_cookie_lost = RwSignal::new(false);
        let desk = edition.desk.filter(|_| host.is_desk()).and_then(Desk::new);
        Self {
            program: edition.program,
            desk,
            host,
            identity,
            realtime,
            outgoing,
            thread: Thread::new(outgoing, realtime, host),
            several: edition
                .lists
                .and_then(|parts| Several::new(parts, typists, minute)),
            viewing: RwSignal::new(Viewing::default()),
            typists,
            door: DoorState::new(),
            attention: Attention::new(),
            site: RwSignal::new(unknown_site()),
            place,
            tab: RwSignal::new(Tab::default()),
            safety: Safety::new(),
            is_cookie_lost,
            minute,
            showing: Memo::new(move |_| {
                let told = |session: &Session| (session.role, session.program);
                let who = identity.session.with(|session| session.as_ref().map(told));
                choose(
                    surface(desk),
                    identity.known.get(),
                    who.unwrap_or((Role::Visitor, Program::Widget)),
                    place.get(),
                    is_cookie_lost.get(),
                )
            }),
        }
    }

    pub fn role(self) -> Role {
        self.identity.session.with(|session| {
            session
                .as_ref()
                .map_or(Role::Visitor, |session| session.role)
        })
    }

    /// The lists, where this person has any: users and staff, and guests with several conversations.
    pub fn lists(self) -> Option<Several> {
        let several = self.several?;
        let has_lists = self.identity.session.with(|session| {
            session
                .as_ref()
                .is_some_and(|session| session.program == Program::Agent)
        });
        has_lists.then_some(several)
    }

    /// Whoever looks, as the lists know them.
    pub fn reader(self) -> Reader {
        Reader {
            role: untrack(|| self.role()),
            person_id: self.person_id(),
            support_name: self
                .viewing
                .with_untracked(|viewing| viewing.support_name.clone()),
        }
    }

    pub fn person_id(self) -> Option<PersonId> {
        self.identity
            .session
            .with_untracked(|session| person_of(session.as_ref()))
    }

    /// A session was told: by the server, to whoever asked.
    pub fn met(self, session: Session) {
        // The program with lists can do all that the other one can, so only the way up needs another page.
        if self.program == Program::Widget
            && session.program == Program::Agent
            && page::reload_once()
        {
            return;
        }
        spawn_local(async move {
            learn(&session.site.language).await;
            self.settle(session);
        });
    }

    fn settle(self, session: Session) {
        self.keep_unsent(&session);
        let is_first = self.identity.session.with_untracked(Option::is_none);
        let is_other = self.is_somebody_else(&session);
        let person_id = person_of(Some(&session));
        let (role, former) = (session.role, untrack(|| self.role()));
        if is_other || is_first {
            self.wipe_screen();
        }
        // A visitor's socket hears nothing of anybody's conversations.
        if is_other || is_first || (former == Role::Visitor && role != former) {
            self.realtime.leave();
        }
        self.site.set(session.site.clone());
        if let (Role::Guest, Some(person_id), Some(conversation_id)) =
            (role, &person_id, &session.conversation_id)
        {
            self.outgoing.became(person_id, conversation_id);
        }
        self.outgoing.belongs_to(person_id.clone());
        self.viewing.set(Viewing {
            person_id: person_id.clone(),
            partner: Partner::Team,
            support_name: session.site.support_name.clone(),
        });
        self.identity.session.set(Some(session));
        if let Some(several) = self.several {
            several.read_by(&self.reader());
        }
        if is_other || is_first {
            self.begin();
        } else {
            self.may_otherwise(role);
        }
        self.identity.known.set(Known::Somebody);
        if role != Role::Visitor {
            self.realtime.want();
        }
        if let Some(several) = self.several {
            several.take_over(self);
        }
        page::settled();
    }

    /// The same person, who may now do more, or less, or find other people: shows what they may now. What they typed is kept.
    fn may_otherwise(self, role: Role) {
        let is_in_thread = self.place.get_untracked() == Place::Thread;
        if is_in_thread && self.thread.partner() == Partner::Customer && !role.is_staff() {
            self.go_home();
        }
        self.fetch_lists();
        if is_in_thread {
            self.thread.catch_up();
        }
    }

    /// Somebody else, unless a visitor just became the guest whose first message this very screen sent.
    fn is_somebody_else(self, session: &Session) -> bool {
        let is_same = self.person_id() == person_of(Some(session));
        let is_own_first_message = session.role == Role::Guest
            && self.thread.is_open()
            && self.thread.conversation_id() == session.conversation_id
            && session.conversation_id.is_some();
        !is_same && !is_own_first_message
    }

    /// Nothing of a former person stays on screen.
    fn wipe_screen(self) {
        self.place.set(Place::Home);
        self.thread.close();
        self.safety.close();
        if let Some(several) = self.several {
            several.wipe();
        }
        self.typists.set(Typists::default());
        self.is_cookie_lost.set(false);
        self.tab.set(Tab::default());
        self.host.unread(0);
    }

    /// Does what was confirmed: blocks or unblocks (the author, where the other side is a team), or reports.
    pub fn act(self, deed: Deed, is_blocked: bool) {
        let about = self.safety.about.get_untracked();
        let (Some(id), Some(about)) = (self.thread.conversation_id(), about) else {
            return;
        };
        let is_report = deed == Deed::Report;
        let order = if is_report {
            self.safety.report(&id, about.position)
        } else {
            let method = match is_blocked {
                true => Method::Delete,
                false => Method::Post,
            };
            let is_team = self.thread.partner() == Partner::Team;
            block(method, &id, is_team.then_some(about.author.person_id))
        };
        self.carry_out(order, is_report);
    }

    /// Waits for a command against somebody, and shows what came of it.
    pub fn carry_out(self, order: Order, is_report: bool) {
        spawn_local(async move {
            if !self.safety.is_done(order).await {
                return;
            }
            if is_report {
                return self.safety.go_on(Step::Reported);
            }
            self.safety.close();
            self.thread.catch_up();
            // What had the keyboard is gone.
            clock::after(0, page::focus_typing);
        });
    }

    /// Signs out, here and in the other tabs.
    pub fn sign_out(self) {
        self.wipe_everything();
        tabs::tell(&TabWord::SignedOut);
        self.identity.sign_out();
    }

    /// "Forget me on this device".
    pub fn forget(self) {
        self.wipe_everything();
        tabs::tell(&TabWord::SignedOut);
        self.identity.forget();
    }

    /// Sign-out: nothing of anybody stays in this browser either.
    pub fn wipe_everything(self) {
        self.wipe_screen();
        if let Some(desk) = self.desk {
            (desk.parts.went)(None);
        }
        self.door.wipe();
        self.outgoing.wipe();
        for beginning in [DRAFT_KEYS, PLACE_KEYS] {
            storage::keys(beginning)
                .iter()
                .for_each(|key| storage::remove(key));
        }
        self.identity.session.set(None);
        self.realtime.leave();
    }

    /// Time passed: a second.
    pub fn tick(self, seconds: u32) {
        self.realtime.tick();
        self.outgoing.pump();
        if !self.typists.with_untracked(Typists::is_empty) {
            let mut typists = self.typists.get_untracked();
            if typists.forget(clock::now()) {
                self.typists.set(typists);
            }
        }
        // Without a socket, ask now and then: some networks let no socket through.
        let is_deaf = !self.realtime.is_open() && untrack(|| self.role()) != Role::Visitor;
        if is_deaf
            && seconds.is_multiple_of(ASK_EVERY_S)
            && self.host.is_seen_now()
            && page::is_online()
        {
            self.thread.catch_up();
        }
        if seconds.is_multiple_of(60) {
            self.minute.update(|minute| *minute += 1);
            self.thread.show();
            self.outgoing.expire();
        }
    }
}

fn surface(desk: Option<Desk>) -> Surface {
    match desk {
        None => Surface::Card,
        Some(desk) if desk.is_wide() => Surface::WideDesk,
        Some(_) => Surface::NarrowDesk,
    }
}

/// Between two questions while there is no socket. **Units**: seconds.
const ASK_EVERY_S: u32 = 15;

fn person_of(session: Option<&Session>) -> Option<PersonId> {
    session
        .and_then(|session| session.person.as_ref())
        .map(|person| person.person_id.clone())
}
