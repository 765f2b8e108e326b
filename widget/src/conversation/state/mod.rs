//! The open thread: what views show of it and what they can do.
//!
//! The law: one thread at a time. An answer that belongs to a thread which is no longer open is thrown away, so
//! nothing of one conversation ever appears in another.

/// What arrives.
mod events;
/// What is asked for: the newest page, older ones, what was missed.
mod fetching;
/// What was really on screen.
mod seen;
/// Drafts, sending, replying.
mod writing;

use super::drafts::Destination;
use super::head;
use super::labels::BrowserLabels;
use super::list_state::{Partner, Viewing};
use super::message_list::Older;
use super::message_log::{KeyedRow, MessageLog, Showing, Viewer};
use super::outgoing::Outgoing;
use super::revision::KnownRevisions;
use super::rows::Quote;
use crate::frame::clock;
use crate::identity::host::Host;
use crate::reactive::Track;
use crate::reactive::{Effect, Kept, RwSignal};
use crate::realtime::state::Realtime;
use crate::safety::state::{About, Step};
use shared::conversation::{Conversation, Side};
use shared::ids::{Position, Time};
use shared::realtime::Known;

/// How much of the thread is here.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum Loaded {
    /// Nothing yet.
    #[default]
    Loading,
    Ready,
    /// The server cannot be asked just now.
    Unreachable,
    /// Not there, or no longer the viewer's.
    Gone,
}

/// The open thread.
#[derive(Clone, Copy)]
pub struct Thread {
    /// `None`: no thread is open.
    pub destination: RwSignal<Option<Destination>>,
    /// Another number for each time a thread is opened: its view is made anew.
    pub opened: RwSignal<u32>,
    pub loaded: RwSignal<Loaded>,
    pub head: RwSignal<Option<Conversation>>,
    pub rows: RwSignal<Vec<KeyedRow>>,
    pub older: RwSignal<Older>,
    /// Written by the view: whether the newest message is on screen.
    pub at_newest: RwSignal<bool>,
    pub draft: RwSignal<String>,
    pub reply: RwSignal<Option<Quote>>,
    /// One sentence above the composer; empty for none.
    pub note: RwSignal<String>,
    model: Kept<Model>,
    outgoing: Outgoing,
    realtime: Realtime,
    host: Host,
}

/// What the thread knows and no view needs.
struct Model {
    log: MessageLog,
    revisions: KnownRevisions,
    viewer: Viewer,
    partner: Partner,
    /// Where the "new messages" line stands; decided once, at the first page.
    new_after: Option<Position>,
    /// Whether there is a draft, and the last message that was here when it was begun.
    has_draft: bool,
    draft_since: Position,
    /// How far the server was told that the viewer has seen.
    told_seen: Position,
    /// When the socket last said that the viewer is typing.
    said_typing_at: Time,
    /// Name and address of somebody who has not sent a message yet.
    particulars: Option<(String, String)>,
}

impl Default for Model {
    fn default() -> Self {
        Self {
            log: MessageLog::default(),
            revisions: KnownRevisions::default(),
            viewer: Viewer {
                person_id: None,
                side: Side::Customer,
            },
            partner: Partner::Team,
            new_after: None,
            has_draft: false,
            draft_since: Position::NONE,
            told_seen: Position::NONE,
            said_typing_at: Time::default(),
            particulars: None,
        }
    }
}

impl Thread {
    pub fn new(outgoing: Outgoing, realtime: Realtime, host: Host) -> Self {
        let thread = Self {
            destination: RwSignal::new(None),
            opened: RwSignal::new(0),
            loaded: RwSignal::new(Loaded::Loading),
            head: RwSignal::new(None),
            rows: RwSignal::new(Vec::new()),
            older: RwSignal::new(Older::None),
            at_newest: RwSignal::new(true),
            draft: RwSignal::new(String::new()),
            reply: RwSignal::new(None),
            note: RwSignal::new(String::new()),
            model: Kept::new(Model::default()),
            outgoing,
            realtime,
            host,
        };
        Effect::new(move |_| {
            outgoing.changed.track();
            thread.show();
        });
        thread.watch_seen();
        thread
    }

    /// Opens a thread for a viewer, with what a list knows of it already.
    pub fn open(self, destination: Destination, viewing: &Viewing, known: Option<Conversation>) {
        self.reset();
        self.model.update_value(|model| {
            model.viewer = viewing.viewer();
            model.partner = viewing.partner;
        });
        self.destination.set(Some(destination.clone()));
        self.restore_draft();
        match destination {
            Destination::New | Destination::With(_) => self.loaded.set(Loaded::Ready),
            Destination::In(_) => {
                if let Some(known) = &known {
                    self.see_as_in(known);
                }
                self.head.set(known);
                self.fetch_newest();
            }
        }
        self.show();
    }

    /// A message, as a question is asked about it.
    pub fn about(self, position: Position) -> Option<About> {
        self.model.with_value(|model| {
            let message = model.log.message(position)?;
            Some(About {
                author: message.author.clone()?,
                position,
                text: message.text.clone(),
                step: Step::Choose,
            })
        })
    }

    /// What the other side wrote last.
    pub fn newest_of_other(self) -> Option<About> {
        let newest = self.model.with_value(|model| {
            let newest = model.log.newest_of_other(&model.viewer);
            newest.map(|newest| newest.position)
        });
        self.about(newest?)
    }

    /// The head says from which side its viewer sees it.
    fn see_as_in(self, known: &Conversation) {
        self.model
            .update_value(|model| model.viewer = head::viewer_in(known, &model.viewer));
    }

    /// Opens an empty thread of somebody who has said who they are, and stored nothing yet.
    pub fn open_as_guest(self, viewing: &Viewing, name: String, email: String) {
        self.open(Destination::New, viewing, None);
        self.model
            .update_value(|model| model.particulars = Some((name, email)));
    }

    /// Closes it; nothing of it stays on screen.
    pub fn close(self) {
        self.reset();
    }

    pub fn partner(self) -> Partner {
        self.model.with_value(|model| model.partner)
    }

    /// Whether its reader is the customer, seen from a view.
    pub fn is_of_team(self) -> bool {
        self.opened.track();
        self.partner() == Partner::Team
    }

    pub fn is_open(self) -> bool {
        self.destination.with_untracked(Option::is_some)
    }

    /// What a resuming socket is told.
    pub fn known(self) -> Option<Known> {
        let conversation_id = self
            .head
            .with_untracked(|head| Some(head.as_ref()?.conversation_id.clone()))?;
        let revision = self.model.with_value(|model| model.revisions.upto());
        (self.loaded.get_untracked() == Loaded::Ready).then_some(Known {
            conversation_id,
            revision,
        })
    }

    /// Shows what is known now. Also when only the time passed: "Today" becomes "Yesterday".
    pub fn show(self) {
        let Some(destination) = self.destination.get_untracked() else {
            return;
        };
        let writer = self.outgoing.writer();
        let rows = self.head.with_untracked(|head| {
            self.model.with_value(|model| {
                let showing = Showing {
                    viewer: &model.viewer,
                    other_seen: head.as_ref().map_or(Position::NONE, |known| {
                        head::other_seen(known, &model.viewer)
                    }),
                    new_after: model.new_after,
                    now: clock::server_now(),
                    head: head.as_ref(),
                };
                self.outgoing.with(|outbox| {
                    let unsent = outbox.of(&writer, &destination);
                    model.log.rows(unsent, &showing, &BrowserLabels)
                })
            })
        });
        if self.rows.with_untracked(|shown| *shown != rows) {
            self.rows.set(rows);
        }
    }

    fn reset(self) {
        self.opened.update(|opened| *opened += 1);
        self.destination.set(None);
        self.model.set_value(Model::default());
        self.loaded.set(Loaded::Loading);
        self.head.set(None);
        self.rows.set(Vec::new());
        self.older.set(Older::None);
        self.at_newest.set(true);
        self.draft.set(String::new());
        self.reply.set(None);
        self.note.set(String::new());
    }

    /// Whether this is still the thread that a question was asked for.
    fn is_same(self, opened: u32) -> bool {
        self.opened.get_untracked() == opened
    }
}
