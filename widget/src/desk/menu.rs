//! What stands behind the menu of the desk: the own account, alerts, and the way out.
//!
//! The law: what somebody may not do does not stand there.

use super::state::DeskState;
use crate::frame::notification::Permission;
use crate::frame::page;
use crate::i18n::{UserText, say};
use crate::reactive::{Callback, Signal, untrack};
use crate::shell::app::App;
use crate::shell::choice::Place;
use crate::ui::MenuItem;
use shared::identity::Role;

/// The items, from the commonest to the way out.
pub fn menu(app: App, desk: DeskState) -> Vec<MenuItem> {
    let item = |text, act: fn(App, DeskState)| MenuItem {
        label: say(text).into(),
        on_choose: Callback::new(move |()| act(app, desk)),
    };
    let has_account = app
        .identity
        .session
        .with_untracked(|session| session.as_ref().is_some_and(|session| session.has_account));
    let is_admin = untrack(|| app.role()) == Role::Admin;
    let password = has_account.then(|| {
        item(UserText::ChangePassword, |app, desk| {
            desk.account.password.wipe();
            app.go_to(Place::Password);
        })
    });
    let sessions = item(UserText::Sessions, |app, desk| {
        desk.account.fetch_sessions();
        app.go_to(Place::Sessions);
    });
    let admin = is_admin.then(|| item(UserText::OpenAdmin, |_, _| page::open("/admin")));
    let leave = item(UserText::SignOut, |app, _| app.sign_out());
    let items = [
        password,
        Some(sessions),
        admin,
        alerts(desk),
        app.sound_item(),
        Some(leave),
    ];
    items.into_iter().flatten().collect()
}

/// Alerts, where the browser has any.
fn alerts(desk: DeskState) -> Option<MenuItem> {
    desk.permission.get_untracked()?;
    let label = Signal::derive(move || {
        let text = match (desk.permission.get(), desk.has_alerts()) {
            (Some(Permission::Denied), _) => UserText::AlertsDenied,
            (_, true) => UserText::AlertsOff,
            (_, false) => UserText::AlertsOn,
        };
        say(text).to_owned()
    });
    Some(MenuItem {
        label,
        on_choose: Callback::new(move |()| desk.toggle_alerts()),
    })
}
