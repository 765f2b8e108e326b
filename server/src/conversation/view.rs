//! A conversation as somebody sees it.
//!
//! The laws: who the customer is, only staff see, and of them only what the site lets them see; an address of the other one stands only where the site shows
//! addresses; whoever is blocked sees nothing of it.

use super::{
    rules::{Place, Sight, Terms, writing},
    store::Head,
};
use crate::conversion::rules::{Undoer, may_undo};
use shared::{
    conversation::{Conversation, Customer},
    group::Peer,
    ids::{PersonId, Time},
    settings::Switch,
};

impl Head {
    /// As far as permission cares.
    pub fn place(&self) -> Place<'_> {
        let direct = self.direct.as_ref();
        Place {
            kind: self.conversation.kind,
            owner: &self.owner,
            peer: direct.map(|direct| &direct.peer.face.person_id),
            last_position: self.conversation.last_position,
        }
    }

    /// For the customer of a support conversation, or one of the two of a direct one.
    pub fn for_participant(self, viewer: &PersonId, terms: &Terms) -> Conversation {
        let is_owner = *viewer == self.owner;
        let Some(direct) = self.direct else {
            return self.for_customer();
        };
        let other = if is_owner { direct.peer } else { direct.owner };
        let email = other.email.filter(|_| terms.show_addresses.is_on());
        let has_blocked = !self.conversation.blocked.is_empty();
        Conversation {
            customer: None,
            writing: writing(Some(&direct.bond), terms.user_groups, has_blocked),
            peer: Some(Peer { email, ..other }),
            ..self.conversation
        }
    }

    /// For the customer of a support conversation.
    pub fn for_customer(self) -> Conversation {
        Conversation {
            customer: None,
            ..self.conversation
        }
    }

    /// Says whether whoever reads it may take back what made it its owner's.
    #[must_use]
    pub fn undoable(mut self, undoer: Undoer<'_>, now: Time) -> Self {
        if let Some((converted, holding)) = self
            .conversation
            .converted
            .as_mut()
            .zip(self.holding.as_ref())
        {
            converted.may_undo = may_undo(undoer, holding, now);
        }
        self
    }

    /// For staff, with the page that the customer is on, where known.
    pub fn for_staff(mut self, page: Option<String>, sight: Sight, now: Time) -> Conversation {
        let acted = self.acted.filter(|acted| acted.until > now);
        if let Some(customer) = &mut self.conversation.customer {
            customer.page = page;
            customer.acted_by = acted.map(|acted| acted.by);
            sight.cover(customer);
        }
        let has_blocked = !self.conversation.blocked.is_empty();
        Conversation {
            writing: writing(None, Switch::On, has_blocked),
            ..self.conversation
        }
    }
}

impl Sight {
    /// Takes away what is not to be seen.
    pub fn cover(self, customer: &mut Customer) {
        if !self.addresses.is_on() {
            customer.email = None;
        }
        if !self.pages.is_on() {
            customer.page = None;
        }
    }
}
