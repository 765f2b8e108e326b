//! What a frame says, and what comes of it.
//!
//! The law: a signal changes nothing that is stored, and about a conversation that is not the speaker's nothing is
//! heard at all.

use super::{
    delivery::{Audience, Delivery},
    hub::{Listener, SocketId},
};
use crate::{
    app::App,
    conversation::{
        announce::audience,
        rules::{Asker, may_reach, may_see},
        store,
    },
    error::Refusal,
};
use shared::{
    conversation::Typist,
    ids::ConversationId,
    limits::PAGE_PATH_BYTES,
    problem::{Problem, ProblemCode},
    realtime::{CustomerMoved, Event, Known, Page, Resume, Resumed, Signal, Typing, TypingSignal},
};

/// Threads that one frame can have open.
const RESUMED: usize = 50;

/// Does what a frame says. Some signals have an answer.
///
/// **Errors**: `bad_frame` for what our frame would never say; `broken`, `not_stored` when the database cannot.
pub(super) async fn obey(
    app: &App,
    listener: &Listener,
    socket_id: SocketId,
    signal: Signal,
) -> Result<Option<Event>, Problem> {
    match signal {
        Signal::Pong(_) => Ok(None),
        Signal::Look(look) => {
            app.hub.look(socket_id, look.visibility);
            Ok(None)
        }
        Signal::Resume(resume) => answer(resume_threads(app, listener, resume).await),
        Signal::Typing(typing) => answer(relay_typing(app, listener, typing).await),
        Signal::Page(page) => answer(note_page(app, listener, socket_id, page).await),
    }
}

/// Whether it needs nobody behind it: about conversations and pages a visitor has nothing to say.
pub(super) const fn is_a_visitors(signal: &Signal) -> bool {
    matches!(signal, Signal::Pong(_) | Signal::Look(_))
}

fn answer(done: Result<Option<Event>, Refusal>) -> Result<Option<Event>, Problem> {
    done.map_err(Refusal::into_problem)
}

async fn resume_threads(
    app: &App,
    listener: &Listener,
    resume: Resume,
) -> Result<Option<Event>, Refusal> {
    if resume.conversations.len() > RESUMED {
        return Err(ProblemCode::BadFrame.into());
    }
    let mut resumed = Resumed {
        behind: Vec::new(),
        gone: Vec::new(),
    };
    let mut snapshot = app.database.snapshot().await?;
    for Known {
        conversation_id,
        revision,
    } in resume.conversations
    {
        match store::find_standing(&mut snapshot, &conversation_id).await? {
            Some(standing) if may_see(asker(listener), standing.place()).is_ok() => {
                if standing.revision != revision {
                    resumed.behind.push(conversation_id);
                }
            }
            _ => resumed.gone.push(conversation_id),
        }
    }
    Ok(Some(Event::Resumed(resumed)))
}

async fn relay_typing(
    app: &App,
    listener: &Listener,
    typing: TypingSignal,
) -> Result<Option<Event>, Refusal> {
    let TypingSignal { conversation_id } = typing;
    let terms = app.policy().terms();
    let reader = {
        let mut connection = app.database.read().await?;
        store::find_reader(
            &mut connection,
            &conversation_id,
            &listener.person_id,
            terms.guest_group.as_ref(),
        )
        .await?
    };
    // Somebody else's conversation: as if nothing had been said.
    let Some(reader) = reader else {
        return Ok(None);
    };
    let place = reader.standing.place();
    // Nor from somebody whose words would not arrive.
    let Ok(side) = may_reach(asker(listener), place, reader.between(&terms)) else {
        return Ok(None);
    };
    let typist = Typist {
        person_id: listener.person_id.clone(),
        name: reader.name,
        side,
    };
    let audience = audience(reader.standing.owner, reader.standing.peer);
    let event = Event::Typing(Typing {
        conversation_id,
        typist,
    });
    app.hub
        .deliver(&[Delivery::to(audience, event).except(listener.person_id.clone())]);
    Ok(None)
}

async fn note_page(
    app: &App,
    listener: &Listener,
    socket_id: SocketId,
    page: Page,
) -> Result<Option<Event>, Refusal> {
    let page = path_only(&page.path).ok_or(ProblemCode::BadFrame)?;
    if !app.policy().settings.agents_see_pages.is_on() {
        // Nobody may see it, so it is not kept either.
        app.hub.move_to(socket_id, None);
        return Ok(None);
    }
    if !app.hub.move_to(socket_id, Some(page.clone())) {
        return Ok(None);
    }
    if let Some(conversation_id) = latest_conversation(app, listener).await? {
        let event = Event::CustomerMoved(CustomerMoved {
            conversation_id,
            page: Some(page.clone()),
        });
        app.hub
            .deliver(&[Delivery::to(Audience::Staff, event).except(listener.person_id.clone())]);
    }
    Ok(None)
}

/// Where staff would look for a customer: their latest conversation.
async fn latest_conversation(
    app: &App,
    listener: &Listener,
) -> Result<Option<ConversationId>, Refusal> {
    if listener.role.is_staff() {
        return Ok(None);
    }
    let mut connection = app.database.read().await?;
    Ok(store::find_latest_of_owner(&mut connection, &listener.person_id).await?)
}

/// The path without query and fragment, which may hold what nobody should read; `None` for what is no path.
fn path_only(page: &str) -> Option<String> {
    let path = page.split(['?', '#']).next()?;
    let is_path = path.starts_with('/')
        && path.len() <= PAGE_PATH_BYTES
        && !path.chars().any(char::is_control);
    is_path.then(|| path.to_owned())
}

fn asker(listener: &Listener) -> Asker<'_> {
    Asker {
        person_id: &listener.person_id,
        role: listener.role,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_path_of_a_page_is_kept() {
        for (page, kept) in [
            ("/lamps/blue", Some("/lamps/blue")),
            ("/reset?token=abc#x", Some("/reset")),
            ("/", Some("/")),
            ("https://shop.example/x", None),
            ("", None),
            ("/a\nb", None),
        ] {
            assert_eq!(path_only(page).as_deref(), kept, "{page:?}");
        }
        assert_eq!(
            path_only(&format!("/{}", "x".repeat(PAGE_PATH_BYTES))),
            None
        );
    }
}
