//! Who is signed in at the admin page.
//!
//! The laws: the server says who; this page only remembers its answer. A session that ended is asked for in place, so
//! that nothing typed is lost.

use super::api;
use super::shell::HEADING;
use crate::frame::{navigation, page};
use crate::net::{self, Failure, Method, Vouched};
use crate::reactive::RwSignal as AccentSignal;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::account::{AdminSession, SignInWithPassword};
use shared::identity::Session as VisitorSession;
use shared::problem::ProblemCode;
use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

const SESSION: &str = "/api/admin/session";

/// Where we stand.
#[derive(Clone, PartialEq)]
pub enum Standing {
    /// The server was asked.
    Asking,
    /// Nobody is signed in; the site's name, as far as it is known.
    SignedOut(Option<String>),
    SignedIn,
    Failed(Failure),
}

/// A handle: copied into whoever needs it.
#[derive(Clone, Copy)]
pub struct Session {
    standing: RwSignal<Standing>,
    admin: RwSignal<Option<AdminSession>>,
    /// The session ended while somebody was at work.
    has_ended: RwSignal<bool>,
    /// Somebody stands before a door, and what they pressed there goes with it.
    is_at_door: RwSignal<bool>,
    accent: StoredValue<AccentSignal<String>, LocalStorage>,
}

thread_local! {
    /// Calls that wait for somebody to sign in again.
    static WAITING: RefCell<Vec<Waker>> = const { RefCell::new(Vec::new()) };
}

pub fn use_session() -> Session {
    expect_context()
}

impl Session {
    pub fn new(accent: AccentSignal<String>) -> Self {
        Self {
            standing: RwSignal::new(Standing::Asking),
            admin: RwSignal::new(None),
            has_ended: RwSignal::new(false),
            is_at_door: RwSignal::new(false),
            accent: StoredValue::new_local(accent),
        }
    }

    /// Asks who is there.
    pub fn start(self) {
        net::on_stale_identity(Rc::new(move || Box::pin(self.renewed())));
        self.ask();
    }

    /// Asks again: "Try again".
    pub fn ask(self) {
        self.standing.set(Standing::Asking);
        spawn_local(async move {
            net::vouch(Vouched::Admin);
            match api::get::<AdminSession>(SESSION).await {
                Ok(admin) => self.arrived(admin),
                Err(failure) if is_nobody(failure) => self.show_door().await,
                Err(failure) => self.standing.set(Standing::Failed(failure)),
            }
        });
    }

    /// Asks for somebody who followed an invitation.
    pub fn ask_at_door(self) {
        self.is_at_door.set(true);
        self.ask();
    }

    /// The door names the site, as anybody may see it.
    async fn show_door(self) {
        self.is_at_door.set(true);
        net::vouch(Vouched::Visitor);
        let site = api::get::<VisitorSession>("/api/session").await;
        net::vouch(Vouched::Admin);
        let site = site.ok().map(|session| session.site);
        if let Some(site) = &site {
            self.accent
                .with_value(|accent| accent.set(site.accent.clone()));
        }
        self.standing
            .set(Standing::SignedOut(site.map(|site| site.site_name)));
    }

    /// Somebody signed in, set the site up, or follows an invitation.
    pub fn arrived(self, admin: AdminSession) {
        let before = self.admin.with_untracked(|admin| {
            let admin = admin.as_ref()?;
            Some(admin.person.person_id.clone())
        });
        if before.is_some_and(|before| before != admin.person.person_id) {
            // Somebody else sat down; what the one before them typed is not theirs.
            return page::reload();
        }
        net::vouch(Vouched::Admin);
        self.accent
            .with_value(|accent| accent.set(admin.site.accent.clone()));
        self.admin.set(Some(admin));
        self.has_ended.set(false);
        // Whoever is at work stays where they are: setting the same again would draw the whole page anew.
        if self.standing.get_untracked() != Standing::SignedIn {
            self.standing.set(Standing::SignedIn);
        }
        if self.is_at_door.get_untracked() {
            self.is_at_door.set(false);
            navigation::focus_in_place(HEADING);
        }
        WAITING.take().into_iter().for_each(Waker::wake);
    }

    /// Asks for warnings and counts again, without hiding anything.
    pub fn refresh(self) {
        if self.standing.get_untracked() != Standing::SignedIn {
            return;
        }
        spawn_local(async move {
            if let Ok(admin) = api::get::<AdminSession>(SESSION).await {
                self.arrived(admin);
            }
        });
    }

    /// Signs in.
    pub async fn sign_in(email: String, password: String) -> Result<AdminSession, Failure> {
        net::vouch(Vouched::Admin);
        api::post(SESSION, &SignInWithPassword { email, password }).await
    }

    /// Signs out here and, as the same person, in `/agent`.
    pub fn sign_out(self) {
        spawn_local(async move {
            match api::order(Method::Delete, SESSION).await {
                Ok(()) => page::reload(),
                Err(failure) if is_nobody(failure) => page::reload(),
                Err(failure) => self.standing.set(Standing::Failed(failure)),
            }
        });
    }

    /// A call was told that nobody is signed in: waits until somebody is.
    async fn renewed(self) -> bool {
        if self.standing.get_untracked() != Standing::SignedIn {
            return false;
        }
        self.has_ended.set(true);
        poll_fn(|context| {
            if self.has_ended.get_untracked() {
                WAITING.with_borrow_mut(|waiting| waiting.push(context.waker().clone()));
                Poll::Pending
            } else {
                Poll::Ready(true)
            }
        })
        .await
    }

    pub fn standing(self) -> Standing {
        self.standing.get()
    }

    pub fn has_ended(self) -> RwSignal<bool> {
        self.has_ended
    }

    /// What the server said last. Only below the shell, which is drawn for somebody signed in.
    pub fn admin(self) -> RwSignal<Option<AdminSession>> {
        self.admin
    }

    /// A part of it.
    pub fn part<Part: Send + Sync + Clone + PartialEq + Default + 'static>(
        self,
        read: impl Fn(&AdminSession) -> Part + Send + Sync + 'static,
    ) -> Memo<Part> {
        Memo::new(move |_| {
            self.admin
                .with(|admin| admin.as_ref().map(&read).unwrap_or_default())
        })
    }
}

/// Nobody is signed in here, or nobody who may be.
fn is_nobody(failure: Failure) -> bool {
    failure.is(ProblemCode::NoIdentity) || failure.is(ProblemCode::NotFound)
}
