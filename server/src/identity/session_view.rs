//! The session as its caller sees it: what the frame starts from.
//!
//! The law: one answer says who somebody is, what they may do, what the site looks like and what is unread, so that the
//! first screen costs one request.

use super::caller::{Caller, Known};
use super::store::SessionKind;
use crate::account::store::find_account;
use crate::app::App;
use crate::conversation::store::{
    Viewer, count_unread_chats, count_unread_of_person, find_latest_of_owner,
};
use crate::error::Refusal;
use crate::inbox::store::count_unread;
use crate::settings::site_view::site;
use shared::identity::{Program, Role, Session};
use shared::ids::{ConversationId, Time};
use shared::limits::UNREAD_COUNTED;

/// What the frame starts from.
///
/// **Errors**: the database's.
pub async fn session_of(app: &App, caller: &Caller) -> Result<Session, Refusal> {
    let role = caller.role();
    let (conversation_id, unread) = match caller.known() {
        Some(known) => what_waits(app, known).await?,
        None => (None, 0),
    };
    let has_account = match caller.known() {
        Some(known) if known.kind == SessionKind::User => {
            let mut connection = app.database.read().await?;
            find_account(&mut connection, &known.person_id)
                .await?
                .is_some()
        }
        _ => false,
    };
    Ok(Session {
        role,
        person: caller.known().map(Known::own),
        program: program(role),
        site: site(&app.policy(), app.hub.presence(), role),
        conversation_id,
        has_account,
        question: None,
        may_bring_chats: false,
        continued_as: None,
        unread,
    })
}

/// The program that somebody in this role belongs in (D10): who may have several conversations needs lists.
pub const fn program(role: Role) -> Program {
    match role {
        Role::Visitor | Role::Guest => Program::Widget,
        Role::User | Role::Agent | Role::Admin => Program::Agent,
    }
}

/// A guest's one conversation, and what is unread: messages for a customer, conversations for staff.
async fn what_waits(app: &App, known: &Known) -> Result<(Option<ConversationId>, u32), Refusal> {
    let policy = app.policy();
    let mut connection = app.database.read().await?;
    if known.role.is_staff() {
        let since = policy.staff_since(&known.person_id).unwrap_or(Time(0));
        let viewer = Viewer {
            person_id: &known.person_id,
            since,
        };
        let unread = count_unread(&mut connection, viewer, policy.guest_group()).await?
            + count_unread_chats(&mut connection, &known.person_id).await?;
        return Ok((None, unread.min(UNREAD_COUNTED)));
    }
    let unread = count_unread_of_person(&mut connection, &known.person_id).await?;
    let conversation_id = match known.role {
        Role::Guest => find_latest_of_owner(&mut connection, &known.person_id).await?,
        _ => None,
    };
    Ok((conversation_id, unread))
}
