//! What would happen if everybody signed in now, elsewhere, under a policy.
//!
//! The laws: the same rule decides as at a sign-in; nothing is written; guests are read in pages, so memory holds one
//! page and the guests of one address.

use super::{
    change::ConversionTerms,
    rules::{
        Evidence, GuestFacts, Occasion, Reason, UserFacts, Verdict, Whereabouts, plan_conversion,
    },
    store::{self, AddressPlace},
};
use crate::{database::AnyConnection, error::Refusal};
use shared::{
    conversion::{DryRunOutcome, Proof},
    ids::{PersonId, Time},
};
use std::collections::{HashMap, HashSet};

/// Counts what would become of every guest who wrote something and is nobody's yet. Nobody has the address of those whose
/// address was taken away.
pub async fn dry_run(
    connection: &mut AnyConnection,
    terms: &ConversionTerms,
    now: Time,
) -> Result<DryRunOutcome, Refusal> {
    let mut count = Count::new(terms, now);
    let mut behind = String::new();
    loop {
        let guests = store::list_guests_without_address(connection, &behind).await?;
        let Some(last) = guests.last() else { break };
        behind = last.person_id.as_str().to_owned();
        for guest in guests {
            count.guest(guest);
        }
    }
    let mut place = AddressPlace::first();
    loop {
        let guests = store::list_guests_by_address(connection, &place).await?;
        let Some(last) = guests.last() else { break };
        place = AddressPlace::of(last);
        let users =
            store::list_users_of_addresses(connection, &guests, terms.guest_group.as_ref()).await?;
        count.take_up(users);
        for guest in guests {
            count.guest(guest);
        }
    }
    Ok(count.finish())
}

struct Count<'a> {
    terms: &'a ConversionTerms,
    now: Time,
    outcome: DryRunOutcome,
    /// Who would get any.
    users: HashSet<PersonId>,
    /// By address, for the addresses at hand. Where several have one: any of them who is not staff.
    by_address: HashMap<String, UserFacts>,
    /// The guests of one address, until another comes.
    waiting: Vec<(GuestFacts, Whereabouts)>,
}

impl<'a> Count<'a> {
    fn new(terms: &'a ConversionTerms, now: Time) -> Self {
        Self {
            terms,
            now,
            outcome: DryRunOutcome::default(),
            users: HashSet::new(),
            by_address: HashMap::new(),
            waiting: Vec::new(),
        }
    }

    /// The users of another page. Those of the address that is still waiting stay.
    fn take_up(&mut self, users: Vec<UserFacts>) {
        let waiting = self.waiting.first().and_then(|guest| guest.0.email.clone());
        self.by_address
            .retain(|email, _| Some(email) == waiting.as_ref());
        for user in users {
            let Some(email) = user.email.clone() else {
                continue;
            };
            match self.by_address.get_mut(&email) {
                Some(known) if known.is_staff && !user.is_staff => *known = user,
                Some(_) => {}
                None => {
                    self.by_address.insert(email, user);
                }
            }
        }
    }

    fn guest(&mut self, guest: GuestFacts) {
        let is_another = self
            .waiting
            .first()
            .is_some_and(|waiting| waiting.0.email != guest.email);
        if is_another || guest.email.is_none() {
            self.settle();
        }
        self.waiting.push((guest, Whereabouts::Elsewhere));
    }

    /// Decides about the guests of one address.
    fn settle(&mut self) {
        let guests = std::mem::take(&mut self.waiting);
        let Some((first, _)) = guests.first() else {
            return;
        };
        let user = first
            .email
            .as_ref()
            .and_then(|email| self.by_address.get(email));
        let occasion = Occasion {
            policy: self.terms.policy,
            evidence: user.map_or(Evidence::Nobody, Evidence::Host),
            now: self.now,
        };
        let user = user.map(|user| user.person_id.clone());
        for verdict in plan_conversion(occasion, &guests) {
            add(&mut self.outcome, verdict);
            if let (Verdict::Convert(_), Some(user)) = (verdict, &user) {
                self.users.insert(user.clone());
            }
        }
    }

    fn finish(mut self) -> DryRunOutcome {
        self.settle();
        self.outcome.users = self.users.len() as u64;
        self.outcome
    }
}

/// Counts one guest, once. Who wrote nothing has nothing to bring and is not counted.
fn add(outcome: &mut DryRunOutcome, verdict: Verdict) {
    let place = match verdict {
        Verdict::Stay(Reason::Silent) => return,
        Verdict::Convert(Proof::Mailbox) => &mut outcome.by_mailbox,
        Verdict::Convert(Proof::AddressOnly) => &mut outcome.by_address,
        Verdict::Stay(Reason::Blocked) => &mut outcome.blocked,
        Verdict::Stay(Reason::Settled) => &mut outcome.settled,
        Verdict::Stay(Reason::OfStaff) => &mut outcome.of_staff,
        Verdict::Stay(Reason::Policy) => &mut outcome.by_policy,
        Verdict::Stay(Reason::Unverified) => &mut outcome.unverified,
        Verdict::Stay(Reason::Ambiguous) => &mut outcome.ambiguous,
        Verdict::Stay(Reason::Old | Reason::Beyond) => &mut outcome.old,
        // Nobody is looked at in their own browser here, and nobody is signed in as somebody else.
        Verdict::Stay(Reason::Unclaimed | Reason::OtherAddress | Reason::Acted)
        | Verdict::Convert(Proof::SameBrowser)
        | Verdict::Ask => &mut outcome.unclaimed,
    };
    *place += 1;
    outcome.guests += 1;
}
