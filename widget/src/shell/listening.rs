//! Who is told what: the host page, the socket, other tabs, the page itself.
//!
//! The law: every word that comes in is answered here, in one `match` for each place that it comes from.

use super::app::App;
use super::choice::{Place, Showing};
use super::lists::Several;
use crate::conversation::outgoing::Delivered;
use crate::conversation::state::Loaded;
use crate::frame::bridge::{CardLook, FromLoader, ToLoader};
use crate::frame::page::PageEvent;
use crate::frame::tabs::{self, TabWord};
use crate::frame::{clock, page};
use crate::identity::state::Known;
use crate::reactive::untrack;
use crate::reactive::{Effect, Kept};
use crate::realtime::connection::Missed;
use crate::realtime::state::Told;
use shared::conversation::{Message, Side};
use shared::identity::Role;
use shared::ids::ConversationId;
use shared::realtime::{Event, Look, Page, Resume, Signal as UpSignal, Visibility};
use std::rc::Rc;

/// **Units**: milliseconds.
const SOON_MS: u32 = 50;

impl App {
    /// Listens to everybody, for the frame's whole life.
    pub fn start(self) {
        self.realtime.listen(Rc::new(move |told| self.told(told)));
        self.outgoing
            .listen(Rc::new(move |delivered| self.delivered(delivered)));
        self.host.listen(move |word| self.hear_loader(word));
        tabs::listen(move |word| self.hear_tab(&word));
        page::on_event(move |event| self.hear_page(event));
        page::start_guard();
        self.outgoing.load();
        self.watch();
        if let Some(several) = self.several {
            several.start(self);
        }
        if let Some(desk) = self.desk {
            (desk.parts.start)(self, desk.state);
        }
        let seconds = Kept::new(0u32);
        clock::every(1_000, move || {
            seconds.update_value(|seconds| *seconds = seconds.wrapping_add(1));
            self.tick(seconds.get_value());
        });
        self.identity
            .start(Rc::new(move |session| self.met(session)));
    }

    /// What is said whenever it changes.
    fn watch(self) {
        Effect::new(move |_| self.host.unread(self.unread()));
        Effect::new(move |_| self.host.keep(self.is_worth_keeping()));
        Effect::new(move |_| {
            let is_seen = self.host.is_seen();
            self.say_look(is_seen);
            if is_seen {
                self.realtime.nudge();
            }
        });
        Effect::new(move |_| {
            self.host.path.track();
            self.say_page();
        });
        // Whoever looks at the door sees it change; nobody else of the visitors holds a socket.
        Effect::new(move |_| {
            let is_door_seen = self.showing.get() == Showing::Door && self.host.is_seen();
            if is_door_seen {
                self.realtime.want();
            } else if untrack(|| self.role()) == Role::Visitor {
                self.realtime.leave();
            }
        });
        // Whoever just opened the card, or another screen in it, wants to type.
        Effect::new(move |before: Option<(Showing, u32, bool)>| {
            let is_ready = self.thread.loaded.get() == Loaded::Ready;
            let now = (self.showing.get(), self.thread.opened.get(), is_ready);
            if before.is_some_and(|before| before != now)
                && self.host.look.get_untracked() == CardLook::Open
            {
                clock::after(0, page::focus_typing);
            }
            now
        });
    }

    /// The number on the launcher. Customers count messages, staff conversations.
    pub fn unread(self) -> u32 {
        let Some((role, told)) = self.identity.session.with(|session| {
            session
                .as_ref()
                .map(|session| (session.role, session.unread))
        }) else {
            return 0;
        };
        match role {
            Role::Visitor => 0,
            role => match self.lists() {
                Some(several) => several.unread(role).unwrap_or(told),
                None => self
                    .thread
                    .head
                    .with(|head| head.as_ref().map_or(told, |head| head.unread)),
            },
        }
    }

    /// Whether the host's later pages should open the frame unseen: only where there is something to hear.
    fn is_worth_keeping(self) -> bool {
        match self.role() {
            Role::Visitor => false,
            Role::Guest | Role::Agent | Role::Admin => true,
            Role::User => self.several.is_some_and(Several::has_own),
        }
    }

    fn hear_loader(self, word: FromLoader) {
        self.attention.looks(self.host.look.get_untracked(), &word);
        match &word {
            FromLoader::Hello { path, look, .. } => {
                self.host.path.set(path.clone());
                self.host.look.set(*look);
            }
            FromLoader::Look(look) => self.host.look.set(*look),
            FromLoader::Path(path) => self.host.path.set(path.clone()),
            FromLoader::Focus => clock::after(0, page::focus_typing),
            FromLoader::Logout => {
                self.wipe_everything();
                tabs::tell(&TabWord::SignedOut);
            }
            // Whoever signs in has said before what they had to say as a guest.
            FromLoader::Identity(_) => self.outgoing.hurry(),
        }
        self.identity.hear(&word);
    }

    fn hear_tab(self, word: &TabWord) {
        match word {
            TabWord::Drafted { key, text } => self.thread.drafted_elsewhere(key, text),
            TabWord::SessionChanged => self.identity.changed_elsewhere(),
            TabWord::SignedOut => {
                self.wipe_everything();
                self.identity.signed_out_elsewhere();
            }
            word => self.outgoing.hear(word),
        }
    }

    fn hear_page(self, event: PageEvent) {
        self.host.is_page_visible.set(page::is_visible());
        match event {
            PageEvent::Back => {
                self.realtime.nudge();
                self.outgoing.hurry();
            }
            PageEvent::Away => self.realtime.tick(),
            // What waits goes out now; a small command outlives the page.
            PageEvent::Leaving => self.outgoing.hurry(),
            PageEvent::Escape => self.host.say(ToLoader::Close),
        }
        self.outgoing.guard();
    }

    fn told(self, told: &Told) {
        match told {
            Told::Event(event) => self.event(event),
            Told::AskSession => self.identity.ask_again(),
            Told::CatchUp(missed) => {
                let is_visitor = untrack(|| self.role()) == Role::Visitor;
                // What the door said may have changed while nobody looked at it.
                if is_visitor || *missed == Missed::Anything {
                    self.identity.ask_again();
                }
                if is_visitor {
                    return;
                }
                self.say_look(self.host.is_seen_now());
                self.say_page();
                let conversations = self.thread.known().into_iter().collect();
                self.realtime
                    .say(&UpSignal::Resume(Resume { conversations }));
                if self.thread.known().is_none() {
                    self.thread.catch_up();
                }
                self.fetch_lists();
                self.outgoing.hurry();
            }
        }
    }

    /// The first page of each list that this person has.
    pub fn fetch_lists(self) {
        if let Some(several) = untrack(|| self.lists()) {
            several.fetch(untrack(|| self.role()));
        }
    }

    fn event(self, event: &Event) {
        match event {
            Event::Typing(typing) => {
                if Some(&typing.typist.person_id) != self.person_id().as_ref() {
                    let (place, typist) = (typing.conversation_id.clone(), typing.typist.clone());
                    self.typists
                        .update(|typists| typists.typing(place, typist, clock::now()));
                }
            }
            Event::PresenceChanged(changed) => {
                self.site.update(|site| site.presence = changed.presence)
            }
            Event::MessageSent(sent) => {
                if let Some(author) = &sent.message.author {
                    self.typists.update(|typists| {
                        typists.stopped(&sent.conversation_id, &author.person_id)
                    });
                }
                self.thread.event(event);
                self.to_lists(event);
                self.tell_host(&sent.conversation_id, &sent.message);
            }
            Event::ConversationStarted(started) => {
                // Another tab of the same browser sent the first message.
                if untrack(|| self.role()) == Role::Visitor {
                    self.identity.ask_again();
                }
                self.to_lists(event);
                if let Some(several) = self.several {
                    several.began_meanwhile(self, &started.conversation);
                }
                self.tell_host(&started.conversation.conversation_id, &started.message);
            }
            Event::SeenAdvanced(_) | Event::CustomerMoved(_) | Event::ConversationChanged(_) => {
                self.thread.event(event);
                self.to_lists(event);
            }
            event => self.thread.event(event),
        }
    }

    fn to_lists(self, event: &Event) {
        if let Some(several) = untrack(|| self.lists()) {
            several.told(&self.reader(), event);
        }
    }

    /// Tells the host page of a message from the other side.
    fn tell_host(self, id: &ConversationId, message: &Message) {
        let is_of_other = match self.several {
            Some(several) => several.is_of_other(&self.reader(), id, message),
            None => message.side == Side::Staff,
        };
        if is_of_other {
            self.host.say(ToLoader::Message);
            self.call(message);
            if let Some(desk) = self.desk {
                (desk.parts.alert)(self, desk.state, id, message);
            }
        }
    }

    fn delivered(self, delivered: Delivered) {
        let is_known = self.identity.known.get_untracked() != Known::Nobody;
        match delivered {
            Delivered::Sent(id, sent) => self.thread.sent(&id, &sent),
            // What it means depends on who is there, and that is being asked.
            started @ Delivered::Started(..) if cfg!(feature = "users") && !is_known => {
                clock::after(SOON_MS, move || self.delivered(started));
            }
            Delivered::Started(place, started) => {
                let author = started.message.author.as_ref();
                let author = author.map(|author| author.person_id.clone());
                let role = untrack(|| self.role());
                let is_first = role == Role::Visitor;
                if let Some(several) = self.several.filter(|_| !is_first) {
                    // Whoever was a guest when they wrote it has signed in since.
                    if role > Role::Guest && author != self.person_id() {
                        return self.identity.vouch_again();
                    }
                    several.put(started.conversation.clone());
                }
                self.outgoing.belongs_to(author);
                self.thread.started(&place, *started);
                if is_first {
                    self.door.wipe();
                    // A question that waits for its answer is not overtaken: somebody may be signing in.
                    if is_known {
                        self.identity.ask_again();
                    }
                    tabs::tell(&TabWord::SessionChanged);
                }
            }
            Delivered::CookieLost => {
                self.is_cookie_lost.set(true);
                self.place.set(Place::Home);
            }
            Delivered::SessionEnded => self.identity.ask_again(),
            Delivered::WentOn if untrack(|| self.role()) <= Role::Guest => self.identity.went_on(),
            Delivered::WentOn => {
                if let Some(several) = self.several {
                    several.take_over(self);
                }
            }
        }
    }

    fn say_look(self, is_seen: bool) {
        let visibility = if is_seen {
            Visibility::Visible
        } else {
            Visibility::Hidden
        };
        if untrack(|| self.role()) != Role::Visitor {
            self.realtime.say(&UpSignal::Look(Look { visibility }));
        }
    }

    /// Where on the host site the customer is. Staff are not followed, and nothing is known of visitors.
    fn say_page(self) {
        let path = self.host.path.get_untracked();
        let is_customer = matches!(untrack(|| self.role()), Role::Guest | Role::User);
        if is_customer && !path.is_empty() && path.len() <= shared::limits::PAGE_PATH_BYTES {
            self.realtime.say(&UpSignal::Page(Page { path }));
        }
    }
}
