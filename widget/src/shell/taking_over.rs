//! What a guest of this browser had not sent when they signed in: it goes on as the user's, with the same client ids.
//!
//! The law: the server says whose the conversation is; what was written into one that did not become the user's stays
//! the guest's.

use super::app::App;
use crate::conversation::api::get_conversation;
use crate::conversation::drafts::{DRAFT_KEYS, Destination, Writer, draft_key, whose_draft};
use crate::conversation::outbox::{Entry, Standing};
use crate::frame::{spawn_local, storage};
use crate::reactive::untrack;
use shared::conversation::Conversation;
use shared::identity::Role;
use shared::ids::{ConversationId, PersonId};
use shared::problem::ProblemCode;

/// Asks, of each conversation in which somebody else left something, whether it is this user's now.
pub fn take_over(app: App) {
    let Some(user) = app
        .person_id()
        .filter(|_| untrack(|| app.role()) > Role::Guest)
    else {
        return;
    };
    let email = app.identity.session.with_untracked(|session| {
        let person = session.as_ref()?.person.as_ref()?;
        person.email.clone()
    });
    if let Some(email) = email {
        app.outgoing.inherit(&user, &email);
    }
    let mut asked: Vec<ConversationId> = Vec::new();
    for (_, id) in left(app) {
        if asked.contains(&id) {
            continue;
        }
        asked.push(id.clone());
        let user = user.clone();
        spawn_local(async move {
            let head = get_conversation(&id).await;
            let is_still = app.person_id().as_ref() == Some(&user);
            if head.is_ok_and(|head| is_converted_to(&head, &user)) && is_still {
                go_on(app, &user, &id);
            }
        });
    }
}

/// Who left something unsent, or half written, and where.
fn left(app: App) -> Vec<(PersonId, ConversationId)> {
    let writer = app.outgoing.writer();
    let unsent = app.outgoing.with(|outbox| {
        let others = outbox.of_others(&writer);
        others
            .map(|(person_id, id)| (person_id.clone(), id.clone()))
            .collect::<Vec<_>>()
    });
    let drafts = storage::keys(DRAFT_KEYS).into_iter();
    let drafts = drafts.filter_map(|key| whose_draft(&key));
    let is_others = |(person_id, _): &(PersonId, _)| Writer::new(Some(person_id.clone())) != writer;
    unsent.into_iter().chain(drafts.filter(is_others)).collect()
}

fn is_converted_to(head: &Conversation, user: &PersonId) -> bool {
    let customer = head.customer.as_ref();
    // Only staff see a customer; theirs are not this user's.
    let is_own = customer.is_none_or(|customer| customer.face.person_id == *user);
    is_own && head.converted.is_some()
}

fn go_on(app: App, user: &PersonId, id: &ConversationId) {
    let place = Destination::In(id.clone());
    for (former, _) in left(app).into_iter().filter(|(_, left)| left == id) {
        let former = Writer::new(Some(former));
        app.outgoing.went_into(&former, &place, user, id);
        take_draft(app, &former, user, &place);
    }
    let ended = |entry: &&Entry| entry.standing == Standing::Refused(ProblemCode::NoIdentity);
    let writer = Writer::new(Some(user.clone()));
    let refused = app.outgoing.with(|outbox| {
        let refused = outbox.of(&writer, &place).filter(ended);
        refused
            .map(|entry| entry.unsent.client_id.clone())
            .collect::<Vec<_>>()
    });
    for client_id in refused {
        app.outgoing.retry(&client_id);
    }
    app.outgoing.pump();
}

/// What was half written, unless the user has begun something of their own there.
fn take_draft(app: App, former: &Writer, user: &PersonId, place: &Destination) {
    let (was, is) = (
        draft_key(former, place),
        draft_key(&Writer::new(Some(user.clone())), place),
    );
    let Some(draft) = storage::get(&was) else {
        return;
    };
    storage::remove(&was);
    if storage::get(&is).is_none() {
        storage::put(&is, &draft);
        app.thread.drafted_elsewhere(&is, &draft);
    }
}
