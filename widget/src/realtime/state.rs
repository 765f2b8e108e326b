//! The one socket and what is said on it.
//!
//! The law: listeners are told every event once, in the order it came; after every gap they are told to catch up.

use super::Banner;
use super::connection::{Connection, Missed, Task};
use crate::frame::socket::{Socket, SocketEvent};
use crate::frame::{clock, page};
use crate::net::{Vouched, vouched};
use crate::reactive::{Kept, RwSignal};
use shared::realtime::{Event, Pong, Signal as UpSignal};
use shared::wire;
use std::cell::RefCell;
use std::rc::Rc;

/// What happened, for whoever keeps something current.
pub enum Told<'a> {
    Event(&'a Event),
    /// Something may have been missed: ask for what is on screen.
    CatchUp(Missed),
    /// Ask who is in front of the screen.
    AskSession,
}

type Listener = Rc<dyn Fn(&Told)>;

/// The socket.
#[derive(Clone, Copy)]
pub struct Realtime {
    pub banner: RwSignal<Banner>,
    inner: Kept<Rc<Inner>>,
}

#[derive(Default)]
struct Inner {
    connection: RefCell<Connection>,
    socket: RefCell<Option<Socket>>,
    listener: RefCell<Option<Listener>>,
}

impl Realtime {
    pub fn new() -> Self {
        Self {
            banner: RwSignal::new(Banner::Quiet),
            inner: Kept::new(Rc::default()),
        }
    }

    /// Who is told. There is one: the shell, which knows everybody.
    pub fn listen(self, listener: Listener) {
        self.inner().listener.replace(Some(listener));
    }

    /// There is something to hear.
    pub fn want(self) {
        let task = self.inner().connection.borrow_mut().want(clock::now());
        self.run(task);
    }

    /// There is nobody any more who could hear.
    pub fn leave(self) {
        let task = self.inner().connection.borrow_mut().leave();
        self.run(task);
        self.show_banner();
    }

    /// Somebody looks, or the network is back.
    pub fn nudge(self) {
        let task = self.inner().connection.borrow_mut().nudge(clock::now());
        self.run(task);
        self.show_banner();
    }

    /// Time passed.
    pub fn tick(self) {
        let task = self.inner().connection.borrow_mut().tick(clock::now());
        self.run(task);
        self.show_banner();
    }

    pub fn is_open(self) -> bool {
        self.inner().connection.borrow().is_open()
    }

    /// Says something on the socket, if there is one. What is said is never stored, so it may be lost.
    pub fn say(self, signal: &UpSignal) {
        let inner = self.inner();
        if let (Some(socket), Ok(bytes)) = (&*inner.socket.borrow(), postcard::to_allocvec(signal))
        {
            socket.send(&bytes);
        }
    }

    fn inner(self) -> Rc<Inner> {
        self.inner.get_value()
    }

    fn show_banner(self) {
        let banner = self
            .inner()
            .connection
            .borrow()
            .banner(clock::now(), page::is_online());
        if self.banner.get_untracked() != banner {
            self.banner.set(banner);
        }
    }

    fn run(self, task: Task) {
        match task {
            Task::Nothing => {}
            Task::Drop => drop(self.inner().socket.take()),
            Task::Open => self.open(),
            Task::CatchUp(missed) => self.tell(&Told::CatchUp(missed)),
            Task::AskSession => self.tell(&Told::AskSession),
            Task::Reload => {
                page::reload_once();
            }
        }
    }

    fn open(self) {
        drop(self.inner().socket.take());
        let path = match vouched() {
            // The admin page holds no socket.
            Vouched::Visitor | Vouched::Admin => "/api/socket?as=visitor",
            Vouched::User => "/api/socket?as=user",
        };
        let socket = Socket::open(path, wire::SOCKET_POSTCARD, move |event| self.hear(event));
        if socket.is_none() {
            self.hear(SocketEvent::Closed(1006));
        }
        self.inner().socket.replace(socket);
    }

    fn hear(self, event: SocketEvent) {
        match event {
            SocketEvent::Message(bytes) => {
                self.inner().connection.borrow_mut().heard(clock::now());
                // A frame of another build is closed with its own code; what cannot be read is nothing.
                if let Ok(event) = postcard::from_bytes::<Event>(&bytes) {
                    self.event(&event);
                }
            }
            SocketEvent::Closed(code) => {
                let task = self.inner().connection.borrow_mut().closed(
                    clock::now(),
                    code,
                    clock::chance(),
                );
                self.inner().socket.take();
                self.run(task);
            }
        }
        self.show_banner();
    }

    fn event(self, event: &Event) {
        match event {
            // Answered here and not by a timer, which sleeps in hidden frames.
            Event::Pinged(pinged) => {
                clock::server_says(pinged.server_time);
                self.say(&UpSignal::Pong(Pong {}));
            }
            Event::Welcomed(welcomed) => {
                clock::server_says(welcomed.server_time);
                let task = self
                    .inner()
                    .connection
                    .borrow_mut()
                    .welcomed(clock::now(), welcomed.ping_s);
                self.run(task);
            }
            Event::GoingAway(going) => self
                .inner()
                .connection
                .borrow_mut()
                .going_away(going.retry_after_ms),
            Event::SessionChanged(_) => self.tell(&Told::AskSession),
            event => self.tell(&Told::Event(event)),
        }
    }

    fn tell(self, told: &Told) {
        let listener = self.inner().listener.borrow().clone();
        if let Some(listener) = listener {
            listener(told);
        }
    }
}

impl Default for Realtime {
    fn default() -> Self {
        Self::new()
    }
}
