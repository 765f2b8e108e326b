//! What the shell asks of the lists, in the program that has any.
//!
//! The law: nothing is decided here; each question goes to the part that a program handed in.

use super::super::app::App;
use super::{ListParts, Reader, Several};
use crate::conversation::rows::Offer;
use crate::conversation::typists::Typists;
use crate::frame::draw::Drawn;
#[cfg(feature = "users")]
use crate::i18n::also_knows;
use crate::reactive::{Callback, Memo, RwSignal};
use crate::ui::MenuItem;
use shared::conversation::{Conversation, Message, Side};
use shared::identity::Role;
use shared::ids::ConversationId;
use shared::realtime::Event;

impl Several {
    pub fn new(
        parts: &'static ListParts,
        typists: RwSignal<Typists>,
        minute: RwSignal<u32>,
    ) -> Option<Self> {
        #[cfg(feature = "users")]
        {
            also_knows(parts.keys);
            let lists = (parts.make)(typists, minute);
            Some(Self { lists, parts })
        }
        #[cfg(not(feature = "users"))]
        {
            let _ = (parts, typists, minute);
            None
        }
    }

    /// Listens to its lists, for the frame's whole life.
    pub fn start(self, app: App) {
        (self.parts.start)(app, self.lists);
    }

    /// Somebody else looks.
    pub fn read_by(self, reader: &Reader) {
        (self.parts.read_by)(self.lists, reader);
    }

    /// Asks for the first page of each list that this role has.
    pub fn fetch(self, role: Role) {
        (self.parts.fetch)(self.lists, role);
    }

    /// Nothing of anybody stays.
    pub fn wipe(self) {
        (self.parts.wipe)(self.lists);
    }

    /// What the socket says.
    pub fn told(self, reader: &Reader, event: &Event) {
        (self.parts.told)(self.lists, reader, event);
    }

    /// A conversation, as an answer told it.
    pub fn put(self, conversation: Conversation) {
        (self.parts.put)(self.lists, conversation);
    }

    /// What the list of this side knows of a conversation.
    pub fn known(self, id: &ConversationId, side: Side) -> Option<Conversation> {
        (self.parts.known)(self.lists, id, side)
    }

    /// The number on the launcher; `None` before the first page.
    pub fn unread(self, role: Role) -> Option<u32> {
        (self.parts.unread)(self.lists, role)
    }

    /// Whether there is an own conversation.
    pub fn has_own(self) -> bool {
        (self.parts.has_own)(self.lists)
    }

    /// The screen with the lists.
    pub fn home(self, app: App) -> Drawn {
        (self.parts.home)(app, self.lists)
    }

    /// The header of a thread with somebody else than the support team.
    pub fn header(self, app: App) -> Option<Drawn> {
        (self.parts.header)(app, self.lists)
    }

    /// What stands below the messages of a thread.
    pub fn below(self, app: App) -> Drawn {
        (self.parts.below)(app, self.lists)
    }

    /// Somebody else began a conversation.
    pub fn began_meanwhile(self, app: App, conversation: &Conversation) {
        (self.parts.began_meanwhile)(app, conversation);
    }

    /// Whether a message is one of the other side's.
    pub fn is_of_other(self, reader: &Reader, id: &ConversationId, message: &Message) -> bool {
        (self.parts.is_of_other)(self.lists, reader, id, message)
    }

    /// What stands in a direct conversation before the first word.
    pub fn welcome(self) -> fn() -> Option<Drawn> {
        self.parts.welcome
    }

    /// So that the host's next page shows the same.
    pub fn remember(self, app: App) {
        (self.parts.remember)(app, self.lists);
    }

    /// Back to where they were.
    pub fn return_to(self, app: App) {
        (self.parts.return_to)(app, self.lists);
    }

    /// The screen on which earlier chats are brought by a mailed code.
    pub fn code(self, app: App) -> Drawn {
        (self.parts.code)(app, self.lists)
    }

    /// To that screen.
    pub fn enter_code(self, app: App) {
        (self.parts.enter_code)(app, self.lists);
    }

    /// What a guest of this browser had not sent goes on as this user's.
    pub fn take_over(self, app: App) {
        (self.parts.take_over)(app);
    }

    /// Whether the open thread's earlier part can be said to be somebody else's.
    pub fn may_say_not_me(self, app: App) -> Memo<bool> {
        (self.parts.may_say_not_me)(app)
    }

    /// The way to say it.
    pub fn not_me_item(self, app: App) -> Option<MenuItem> {
        (self.parts.not_me_item)(app, self.lists)
    }

    /// What stands beside a line about a conversion.
    pub fn on_offer(self, app: App) -> Callback<Offer> {
        (self.parts.on_offer)(app, self.lists)
    }
}
