//! Which guests become somebody, and why the others do not: pure decisions, C1 to C14.
//!
//! The laws: a typed address alone proves nothing; what was decided once (converted, or undone) is not decided again by
//! itself; a block stays on the guest. The same function decides at a sign-in, for the host's server, for a code that
//! was entered, and for the dry run.

/// What becomes of a conversation whose conversion is taken back.
pub mod undoing;

use shared::{
    conversion::{ConversionPolicy, Proof},
    ids::{PersonId, Time},
    limits::{CONVERTED_AT_ONCE, CONVERTIBLE_DAYS, UNDO_DAYS},
};

const DAY_MS: i64 = 86_400_000;

/// What is known of the user whom guests might become.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a row or a column that is there or not"
)]
pub struct UserFacts {
    pub person_id: PersonId,
    /// Normalised.
    pub email: Option<String>,
    /// The host says that it verified it, now.
    pub is_verified: bool,
    /// The host named another address before, and has not verified this one (C11).
    pub is_changed: bool,
    /// An admin, or of the guest group, whether or not groups are on.
    pub is_staff: bool,
    /// Somebody else is signed in as them (C9).
    pub is_acted: bool,
    /// Other users, neither disabled nor erased, have the same address (C8).
    pub is_shared: bool,
}

/// What is known of a guest who owns a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a row or a column that is there or not"
)]
pub struct GuestFacts {
    pub person_id: PersonId,
    /// Normalised. `None`: it was taken away from them.
    pub email: Option<String>,
    /// They entered a code that was mailed to the address.
    pub is_proven: bool,
    pub is_blocked: bool,
    /// Somebody reported a message of theirs, and no admin dismissed it.
    pub is_reported: bool,
    /// They became somebody before (C7), be it undone or not.
    pub is_settled: bool,
    /// When they last wrote something. `None`: never.
    pub wrote_at: Option<Time>,
}

/// Where the guest's session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    /// In the very browser in which somebody signs in.
    Here,
    Elsewhere,
}

/// Why we would believe anything.
#[derive(Clone, Copy, Debug)]
pub enum Evidence<'a> {
    /// The host vouches for this user.
    Host(&'a UserFacts),
    /// No user has the guests' address: what the dry run finds out.
    Nobody,
    /// A code that was mailed to the guests' address was entered. C8 does not apply: it is a proof.
    Code {
        /// By somebody who is signed in as somebody else (C9).
        is_acted: bool,
    },
}

/// Under which circumstances.
#[derive(Clone, Copy, Debug)]
pub struct Occasion<'a> {
    pub policy: ConversionPolicy,
    pub evidence: Evidence<'a>,
    pub now: Time,
}

/// What becomes of one guest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They become the user.
    Convert(Proof),
    /// The user is asked once (C2).
    Ask,
    /// They stay who they are.
    Stay(Reason),
}

/// Why a guest stays a guest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Wrote nothing, so there is nothing to bring.
    Silent,
    /// C6.
    Blocked,
    /// C7, and what was undone.
    Settled,
    /// C9.
    Acted,
    /// No user has their address.
    Unclaimed,
    /// Their address is not the user's.
    OtherAddress,
    /// G5: nobody becomes an agent or an admin by an address.
    OfStaff,
    /// The site's setting.
    Policy,
    /// C5, C11: the host did not verify the address.
    Unverified,
    /// C8.
    Ambiguous,
    /// C10: wrote nothing for too long.
    Old,
    /// C10: beyond the newest of the address.
    Beyond,
}

/// Says of each guest what becomes of them. **Shape**: one verdict for each, in their order.
pub fn plan_conversion(
    occasion: Occasion<'_>,
    guests: &[(GuestFacts, Whereabouts)],
) -> Vec<Verdict> {
    let mut verdicts: Vec<Verdict> = guests
        .iter()
        .map(|(guest, whereabouts)| plan_one(occasion, guest, *whereabouts))
        .collect();
    let mut by_address: Vec<usize> = (0..guests.len())
        .filter(|place| {
            let is_by_address =
                matches!(verdicts[*place], Verdict::Convert(proof) if proof != Proof::SameBrowser);
            is_by_address
        })
        .collect();
    by_address.sort_by(|one, other| {
        let (one, other) = (&guests[*one].0, &guests[*other].0);
        (other.wrote_at, &other.person_id).cmp(&(one.wrote_at, &one.person_id))
    });
    for place in by_address.into_iter().skip(CONVERTED_AT_ONCE) {
        verdicts[place] = Verdict::Stay(Reason::Beyond);
    }
    verdicts
}

/// One guest, as if there were no other. What is wrong with the guest is said before what is wrong with the user.
fn plan_one(occasion: Occasion<'_>, guest: &GuestFacts, whereabouts: Whereabouts) -> Verdict {
    if guest.wrote_at.is_none() {
        return Verdict::Stay(Reason::Silent);
    }
    if guest.is_blocked || guest.is_reported {
        return Verdict::Stay(Reason::Blocked);
    }
    if guest.is_settled {
        return Verdict::Stay(Reason::Settled);
    }
    match occasion.evidence {
        Evidence::Code { is_acted } => by_code(occasion, guest, is_acted),
        Evidence::Nobody => Verdict::Stay(Reason::Unclaimed),
        Evidence::Host(user) if user.is_acted => Verdict::Stay(Reason::Acted),
        Evidence::Host(user) => match whereabouts {
            Whereabouts::Here => in_this_browser(occasion.policy, user, guest),
            Whereabouts::Elsewhere => by_address(occasion, user, guest),
        },
    }
}

/// C3 and G3, when a code is entered.
fn by_code(occasion: Occasion<'_>, guest: &GuestFacts, is_acted: bool) -> Verdict {
    if is_acted {
        Verdict::Stay(Reason::Acted)
    } else if occasion.policy == ConversionPolicy::Off {
        Verdict::Stay(Reason::Policy)
    } else if is_old(guest, occasion.now) {
        Verdict::Stay(Reason::Old)
    } else {
        Verdict::Convert(Proof::Mailbox)
    }
}

/// C1 and C2. An address that the host changed counts only once it is verified (C11).
fn in_this_browser(policy: ConversionPolicy, user: &UserFacts, guest: &GuestFacts) -> Verdict {
    if policy == ConversionPolicy::Off {
        Verdict::Stay(Reason::Policy)
    } else if has_same_address(user, guest) && !user.is_changed {
        Verdict::Convert(Proof::SameBrowser)
    } else {
        Verdict::Ask
    }
}

/// C3, C4, C5, C8, C10.
fn by_address(occasion: Occasion<'_>, user: &UserFacts, guest: &GuestFacts) -> Verdict {
    let is_believed = match occasion.policy {
        _ if !has_same_address(user, guest) => return Verdict::Stay(Reason::OtherAddress),
        _ if user.is_staff => return Verdict::Stay(Reason::OfStaff),
        ConversionPolicy::Off | ConversionPolicy::SameBrowser => {
            return Verdict::Stay(Reason::Policy);
        }
        ConversionPolicy::AutoVerified => user.is_verified,
        ConversionPolicy::AutoAny => user.is_verified || !user.is_changed,
    };
    if !is_believed {
        Verdict::Stay(Reason::Unverified)
    } else if user.is_shared {
        Verdict::Stay(Reason::Ambiguous)
    } else if is_old(guest, occasion.now) {
        Verdict::Stay(Reason::Old)
    } else if guest.is_proven && user.is_verified {
        Verdict::Convert(Proof::Mailbox)
    } else {
        Verdict::Convert(Proof::AddressOnly)
    }
}

fn has_same_address(user: &UserFacts, guest: &GuestFacts) -> bool {
    user.email.is_some() && user.email == guest.email
}

fn is_old(guest: &GuestFacts, now: Time) -> bool {
    guest
        .wrote_at
        .is_none_or(|wrote_at| wrote_at.0 < now.0 - CONVERTIBLE_DAYS * DAY_MS)
}

/// Somebody who would take a conversion back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undoer<'a> {
    /// Guests, agents, and whoever is signed in as somebody else.
    Nobody,
    /// By *Not me*.
    User(&'a PersonId),
    /// By *Undo*.
    Admin,
}

/// A conversion that holds, as far as taking it back cares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    pub became: PersonId,
    pub at: Time,
    /// Somebody of it was erased: nothing is given back of them.
    pub is_final: bool,
}

/// Whether somebody may take it back now. It must be the latest of its conversation that holds.
pub fn may_undo(undoer: Undoer<'_>, holding: &Holding, now: Time) -> bool {
    let is_theirs = match undoer {
        Undoer::Nobody => false,
        Undoer::User(user) => *user == holding.became,
        Undoer::Admin => true,
    };
    is_theirs && !holding.is_final && now.0 <= holding.at.0 + UNDO_DAYS * DAY_MS
}

#[cfg(test)]
mod tests;
