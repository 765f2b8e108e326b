//! The session as its caller sees it: what the frame starts from.
//!
//! The law: one answer says who somebody is, what they may do, what the site looks like and what is unread, so that the
//! first screen costs one request.

use super::caller::{Caller, Known};
use super::store::SessionKind;
use super::token::TokenHash;
use crate::account::store::find_account;
use crate::app::App;
use crate::conversation::rules::Hand;
use crate::conversation::store::{
    Viewer, count_unread_chats, count_unread_of_person, find_latest_of_owner, list_support_of,
};
use crate::conversion::change::ConversionTerms;
use crate::conversion::view::{Asked, find_continued_as, find_question};
use crate::error::Refusal;
use crate::inbox::store::count_unread;
use crate::settings::site_view::site;
use shared::conversion::Question;
use shared::identity::{Program, Role, Session};
use shared::ids::{ConversationId, Time};
use shared::limits::UNREAD_COUNTED;

/// What the frame starts from. `guest_cookie`: of the guest's cookie that the browser holds, whoever the page vouches
/// for.
///
/// **Errors**: the database's.
pub async fn session_of(
    app: &App,
    caller: &Caller,
    guest_cookie: Option<&TokenHash>,
) -> Result<Session, Refusal> {
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
    let is_own_hand = caller
        .known()
        .is_some_and(|known| known.hand() == Hand::Own);
    let site = site(&app.policy(), app.hub.presence(), role);
    Ok(Session {
        role,
        person: caller.known().map(Known::own),
        program: program_of(app, caller).await?,
        conversation_id,
        has_account,
        question: question(app, caller, guest_cookie).await?,
        may_bring_chats: role == Role::User && is_own_hand && site.codes.is_on(),
        continued_as: continued_as(app, caller, guest_cookie).await?,
        unread,
        site,
    })
}

/// What a user is asked about the guest of their browser (C2).
async fn question(
    app: &App,
    caller: &Caller,
    guest_cookie: Option<&TokenHash>,
) -> Result<Option<Question>, Refusal> {
    let (Some(known), Some(guest_cookie)) = (caller.known(), guest_cookie) else {
        return Ok(None);
    };
    if known.kind != SessionKind::User {
        return Ok(None);
    }
    let asked = Asked {
        user: &known.person_id,
        guest_cookie,
        is_acted: known.hand() == Hand::Another,
        terms: ConversionTerms::of(&app.policy().settings),
        now: app.clock.now(),
    };
    let mut connection = app.database.read().await?;
    find_question(&mut connection, &asked).await
}

/// What a visitor is told of the conversation that they had here (C4).
async fn continued_as(
    app: &App,
    caller: &Caller,
    guest_cookie: Option<&TokenHash>,
) -> Result<Option<String>, Refusal> {
    match (caller, guest_cookie) {
        (Caller::Visitor | Caller::Former(_), Some(guest_cookie)) => {
            let mut connection = app.database.read().await?;
            find_continued_as(&mut connection, guest_cookie).await
        }
        _ => Ok(None),
    }
}

/// The program that the caller belongs in. A guest who continued an earlier conversation has several, and needs lists.
///
/// **Errors**: the database's.
pub async fn program_of(app: &App, caller: &Caller) -> Result<Program, Refusal> {
    let has_several = match caller {
        Caller::Known(known) if known.kind == SessionKind::Guest => {
            let mut connection = app.database.read().await?;
            let own = list_support_of(&mut connection, &known.person_id).await?;
            own.len() > 1
        }
        _ => false,
    };
    Ok(if has_several {
        Program::Agent
    } else {
        program(caller.role())
    })
}

/// The program that somebody in this role belongs in (D10): who may have several conversations needs lists.
const fn program(role: Role) -> Program {
    match role {
        Role::Visitor | Role::Guest => Program::Widget,
        Role::User | Role::Agent | Role::Admin => Program::Agent,
    }
}

/// A guest's newest conversation, and what is unread: messages for a customer, conversations for staff.
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
