//! What arrives for the open thread: by socket, and as answers to own commands.
//!
//! The law: an event of another conversation changes nothing here.

use super::{Loaded, Thread};
use crate::conversation::drafts::Destination;
use crate::conversation::head;
use crate::conversation::revision::Step;
use shared::conversation::{Conversation, Message, MessageKind, Sent, Started};
use shared::ids::{ConversationId, Position, Revision};
use shared::realtime::Event;

impl Thread {
    /// What the socket says.
    pub fn event(self, event: &Event) {
        match event {
            Event::MessageSent(sent) if self.is_here(&sent.conversation_id) => {
                self.change(sent.revision, Some(&sent.message), |_| {});
                // Something about the conversation itself changed: the head says what. A guest's never does so here:
                // their session ends with it.
                if cfg!(feature = "users") && sent.message.kind == MessageKind::Notice {
                    self.catch_up();
                }
            }
            Event::SeenAdvanced(seen) if self.is_here(&seen.conversation_id) => {
                let viewer = self.model.with_value(|model| model.viewer.clone());
                self.change(seen.revision, None, |known| {
                    head::seen_advanced(
                        known,
                        seen.side,
                        seen.person_id.as_ref(),
                        seen.position,
                        &viewer,
                    );
                });
            }
            // A block, or who may write: the head says.
            Event::ConversationChanged(changed) if self.is_here(&changed.conversation_id) => {
                let upto = self.model.with_value(|model| model.revisions.upto());
                if changed.revision > upto {
                    self.catch_up();
                }
            }
            Event::CustomerMoved(moved) if self.is_here(&moved.conversation_id) => {
                self.head.update(|known| {
                    if let Some(customer) = known.as_mut().and_then(|known| known.customer.as_mut())
                    {
                        customer.page.clone_from(&moved.page);
                    }
                })
            }
            Event::Resumed(resumed) => {
                let Some(id) = self.conversation_id() else {
                    return;
                };
                if resumed.gone.contains(&id) {
                    self.gone(&id);
                } else if resumed.behind.contains(&id) {
                    self.catch_up();
                }
            }
            // The socket closes after it; the next welcome resumes, but what is on screen need not wait.
            Event::Resync(_) => self.catch_up(),
            _ => {}
        }
    }

    /// The first message of the thread at this place was stored: from now on it is a conversation.
    pub fn started(self, place: &Destination, started: Started) {
        if self.destination.get_untracked().as_ref() != Some(place) {
            return;
        }
        let (conversation, message) = (started.conversation, started.message);
        let (last, position) = (conversation.last_position, message.position);
        self.go_on_in(conversation.conversation_id.clone());
        self.model.update_value(|model| {
            model.viewer.person_id = message
                .author
                .as_ref()
                .map(|author| author.person_id.clone());
            model.viewer = head::viewer_in(&conversation, &model.viewer);
            model.particulars = None;
            model.told_seen = conversation.own_seen;
            model.log.merge([message]);
            model.revisions.fetched(conversation.revision);
        });
        self.head.set(Some(conversation));
        self.show();
        // A retry finds a conversation that went on meanwhile; two who begin at once find one conversation.
        if position > Position(1) {
            self.fetch_newest();
        } else {
            self.fill_hole(last);
        }
    }

    /// The place became a conversation: what is written below the messages stays.
    pub fn go_on_in(self, id: ConversationId) {
        let draft = self.draft.get_untracked();
        self.keep_draft("");
        self.destination.set(Some(Destination::In(id)));
        self.keep_draft(&draft);
    }

    /// A message of the viewer's was stored.
    pub fn sent(self, id: &ConversationId, sent: &Sent) {
        if self.is_here(id) {
            self.answer(sent.revision, Some(&sent.message), |_| {});
        }
    }

    pub fn conversation_id(self) -> Option<ConversationId> {
        self.destination.with_untracked(|open| {
            open.as_ref()
                .and_then(Destination::conversation_id)
                .cloned()
        })
    }

    fn is_here(self, id: &ConversationId) -> bool {
        let is_ready = self.loaded.get_untracked() == Loaded::Ready;
        is_ready
            && self.destination.with_untracked(|open| {
                open.as_ref().and_then(Destination::conversation_id) == Some(id)
            })
    }

    /// A durable change came by socket.
    fn change(
        self,
        revision: Revision,
        message: Option<&Message>,
        what: impl FnOnce(&mut Conversation),
    ) {
        let step = self
            .model
            .update_value(|model| model.revisions.event(revision));
        if step != Step::Ignore {
            self.apply(message, what);
        }
        if step == Step::Fetch {
            self.catch_up();
        }
    }

    /// A durable change came as the answer to an own command.
    pub(super) fn answer(
        self,
        revision: Revision,
        message: Option<&Message>,
        what: impl FnOnce(&mut Conversation),
    ) {
        let step = self
            .model
            .update_value(|model| model.revisions.answer(revision));
        if step != Step::Ignore {
            self.apply(message, what);
        }
    }

    fn apply(self, message: Option<&Message>, what: impl FnOnce(&mut Conversation)) {
        let viewer = self.model.with_value(|model| model.viewer.clone());
        self.head.update(|known| {
            if let Some(known) = known {
                known.revision = self
                    .model
                    .with_value(|model| model.revisions.upto())
                    .max(known.revision);
                if let Some(message) = message {
                    head::message_sent(known, message, &viewer);
                }
                what(known);
            }
        });
        if let Some(message) = message {
            self.model.update_value(|model| {
                model.log.merge([message.clone()]);
            });
            if let Some(client_id) = &message.client_id {
                self.outgoing.acknowledged(client_id);
            }
            self.fill_hole(message.position);
        }
        self.show();
    }
}
