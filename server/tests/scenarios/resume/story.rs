//! One conversation and those who take part in it.
//!
//! The law: whoever is no longer anybody does nothing more.

use super::{
    house::House,
    plan::{Deed, Step},
    reader::Reader,
};
use crate::harness::{Browser, user_path};
use serde_json::Value;
use shared::{
    conversation::Side,
    ids::{ConversationId, PersonId},
    realtime::close,
};
use std::sync::atomic::Ordering;

/// Who Cora is meanwhile.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// A user, and never anybody else: a direct conversation.
    Settled,
    Guest,
    User,
    /// A guest who was a user for a while.
    GuestAgain,
    Erased,
}

pub struct Story<'a> {
    house: &'a House<'a>,
    conversation_id: ConversationId,
    /// The customer first.
    readers: Vec<Reader<'a>>,
    standing: Standing,
    /// Who the customer was in the beginning.
    customer: PersonId,
}

impl<'a> Story<'a> {
    /// Cora asks; Mina and Teo answer.
    pub async fn with_support(
        house: &'a House<'a>,
        mut guest: Browser<'a>,
        desk: &[Browser<'a>; 2],
    ) -> Self {
        let hall = guest.starts("Hello").await;
        let [mina, teo] = desk.clone();
        Self::of(house, hall, [guest, mina, teo], Standing::Guest).await
    }

    /// Two users who have not met write to each other; one of them has two tabs.
    pub async fn among_two(house: &'a House<'a>, [one, other]: [Browser<'a>; 2]) -> Self {
        let started = one.writes_to(&other.person_id().await, "Hello").await;
        let place = started.unwrap().conversation.conversation_id;
        Self::of(house, place, [one, other.clone(), other], Standing::Settled).await
    }

    async fn of(
        house: &'a House<'a>,
        conversation_id: ConversationId,
        [customer, one, other]: [Browser<'a>; 3],
        standing: Standing,
    ) -> Self {
        let readers = vec![
            Reader::new(customer, Side::Customer, &conversation_id).await,
            Reader::new(one, Side::Staff, &conversation_id).await,
            Reader::new(other, Side::Staff, &conversation_id).await,
        ];
        Self {
            customer: readers[0].person_id.clone(),
            house,
            conversation_id,
            readers,
            standing,
        }
    }

    pub async fn goes_on(&mut self, step: Step, number: usize) {
        match step {
            Step::Does(0, _) if self.standing == Standing::Erased => {}
            Step::Does(who, deed) => self.does(who, deed, number).await,
            Step::SignsIn => self.signs_in().await,
            Step::IsUndone => self.is_undone().await,
            Step::IsErased => self.is_erased().await,
        }
        for reader in &mut self.readers {
            reader.hears_what_came().await;
        }
    }

    async fn does(&mut self, who: usize, deed: Deed, number: usize) {
        let reader = &mut self.readers[who];
        match deed {
            Deed::Says => reader.says(&number.to_string()).await,
            Deed::Retries => reader.says_again().await,
            Deed::Looks => reader.looks().await,
            Deed::Drops => reader.drops(),
            Deed::Returns => reader.returns().await,
        }
    }

    /// What the guest's tab knows goes on as the user's; what it said last, it says again as the user.
    async fn signs_in(&mut self) {
        if self.standing != Standing::Guest {
            return;
        }
        let cora = &mut self.readers[0];
        let mut browser = cora.browser.clone().on_behalf_of_user();
        browser.signs_in().await;
        cora.is_closed(close::SIGNED_OUT).await;
        let person_id = browser.person_id().await;
        assert_ne!(person_id, self.customer, "a guest who signs in is a user");
        cora.is_now(browser, person_id);
        self.standing = Standing::User;
        self.house.counts.signed_in.fetch_add(1, Ordering::Relaxed);
    }

    async fn is_undone(&mut self) {
        if self.standing != Standing::User {
            return;
        }
        self.house.ada.undoes_latest(&self.conversation_id).await;
        let cora = &mut self.readers[0];
        let browser = cora.browser.clone().on_behalf_of_visitor();
        cora.is_now(browser, self.customer.clone());
        // What the user said is elsewhere now.
        cora.last_said = None;
        self.standing = Standing::GuestAgain;
        self.house.counts.undone.fetch_add(1, Ordering::Relaxed);
    }

    async fn is_erased(&mut self) {
        if self.standing != Standing::User {
            return;
        }
        let cora = &mut self.readers[0];
        let path = user_path(cora.browser.person);
        let erased = self.house.host.asks("DELETE", &path, &Value::Null).await;
        assert_eq!(erased.status, 204);
        cora.is_closed(close::SIGNED_OUT).await;
        self.standing = Standing::Erased;
        self.house.counts.erased.fetch_add(1, Ordering::Relaxed);
    }

    /// The server is gone, and every connection with it.
    pub fn is_cut_off(&mut self) {
        self.readers.iter_mut().for_each(Reader::drops);
    }

    pub async fn ends(mut self) {
        if self.standing == Standing::Erased {
            let cora = self.readers.remove(0);
            let refused = cora.browser.reads(&self.conversation_id).await.err();
            assert_eq!(refused.unwrap().status, 401, "who is erased reads nothing");
        }
        for reader in &mut self.readers {
            reader.knows_what_is_so().await;
        }
    }
}
