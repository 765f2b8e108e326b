//! What the owner of an account meets at the desk.

use super::script::LONG_WORD;
use super::story::{Stage, nowhere, story};
use crate::account::{PasswordForm, SessionList, SessionsShown, SignIn, SignInForm, password_form};
use crate::frame::clock;
use crate::frame::draw::Drawn;
use crate::i18n::{UserText, say};
use crate::shell::{Header, header_title, screen, screen_body};
use shared::account::{SessionDoor, SessionRow};
use shared::ids::Time;
use shared::problem::{Field, Problem, ProblemCode};
use shared::samples::{self, MINA};
use shared::settings::Site;

pub fn stories() -> Vec<Option<Drawn>> {
    vec![
        story("Desk, sign in", Stage::Card, || {
            sign_in(samples::site(), SignInForm::new())
        }),
        story("Desk, sign in, mistakes", Stage::Card, || {
            let form = SignInForm::new();
            form.say_mistakes();
            sign_in(samples::site(), form)
        }),
        story("Desk, signing in", Stage::Card, || {
            let form = SignInForm::new();
            form.email.set(MINA.email.into());
            form.is_busy.set(true);
            sign_in(samples::site(), form)
        }),
        story("Desk, sign in, refused", Stage::Card, || {
            let problem = Problem::about(ProblemCode::SignInRefused, Field::Password);
            sign_in(samples::site(), refused(problem))
        }),
        story("Desk, sign in, must wait", Stage::Card, || {
            sign_in(
                samples::site(),
                refused(Problem::retry_after(ProblemCode::SlowDown, 8)),
            )
        }),
        story("Desk, signed out, long words", Stage::Narrow, || {
            let form = SignInForm::new();
            form.was_ended.set(true);
            let site = Site {
                site_name: LONG_WORD.into(),
                ..samples::site()
            };
            sign_in(site, form)
        }),
        story("Desk, password", Stage::Card, || {
            password(PasswordForm::new())
        }),
        story("Desk, password, mistakes", Stage::Card, || {
            let form = PasswordForm::new();
            form.new.set("lantern".into());
            form.say_mistakes();
            password(form)
        }),
        story("Desk, password, changed", Stage::Card, || {
            let form = PasswordForm::new();
            form.is_done.set(true);
            password(form)
        }),
        story("Desk, sessions", Stage::Card, || {
            sessions(SessionsShown::Here(many()))
        }),
        story("Desk, one session, long words", Stage::Narrow, || {
            let mut only = row("a", LONG_WORD, 0);
            only.is_own = true;
            sessions(SessionsShown::Here(vec![only, row("b", "", 2)]))
        }),
        story("Desk, sessions, unreachable", Stage::Card, || {
            sessions(SessionsShown::Unreachable)
        }),
    ]
}

fn refused(problem: Problem) -> SignInForm {
    let form = SignInForm::new();
    form.email.set(MINA.email.into());
    form.refused.set(Some(problem));
    form
}

fn sign_in(site: Site, form: SignInForm) -> Option<Drawn> {
    let sign_in = SignIn {
        site: site.into(),
        form,
        on_sign_in: nowhere(),
    };
    Some(screen([sign_in.draw()]))
}

fn password(form: PasswordForm) -> Option<Drawn> {
    titled(UserText::ChangePassword, password_form(form, nowhere()))
}

fn sessions(shown: SessionsShown) -> Option<Drawn> {
    let list = SessionList {
        sessions: shown.into(),
        on_end: nowhere(),
        on_again: nowhere(),
    };
    titled(UserText::Sessions, list.draw())
}

fn titled(title: UserText, body: Drawn) -> Option<Drawn> {
    let header = Header {
        on_back: Some(nowhere()),
        ..Header::default()
    };
    let header = header.draw([header_title(say(title).into(), [])]);
    Some(screen([header, screen_body(body)]))
}

fn many() -> Vec<SessionRow> {
    let mut own = row("a", "Firefox on Linux", 0);
    own.is_own = true;
    let mut admin = row("b", "Firefox on Linux", 30);
    admin.door = SessionDoor::Admin;
    vec![own, admin, row("c", "Safari on iPhone", 60 * 26)]
}

fn row(name: &str, device: &str, minutes_ago: i64) -> SessionRow {
    let used = Time(clock::now().0 - minutes_ago * 60_000);
    SessionRow {
        name: name.into(),
        door: SessionDoor::Chat,
        device: device.into(),
        created_at: used,
        last_used_at: used,
        is_own: false,
    }
}
