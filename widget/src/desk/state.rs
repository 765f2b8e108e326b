//! What a desk keeps.
//!
//! The law: alerts are a choice of this browser; nothing of it is anybody's particulars.

use crate::account::state::AccountState;
use crate::frame::notification::{self, Permission};
use crate::frame::{page, spawn_local, storage};
use crate::reactive::RwSignal;

/// Whether this browser shows alerts.
const ALERTS: &str = "porchlight.alerts";

/// From here on list and thread stand side by side.
const WIDE: &str = "(min-width: 900px)";

/// The desk.
#[derive(Clone, Copy)]
pub struct DeskState {
    pub account: AccountState,
    /// Whether list and thread stand side by side.
    pub is_wide: RwSignal<bool>,
    /// What the browser allows; `None` where it has no alerts.
    pub permission: RwSignal<Option<Permission>>,
    pub wants_alerts: RwSignal<bool>,
}

impl DeskState {
    pub fn new() -> Self {
        Self {
            account: AccountState::new(),
            is_wide: RwSignal::new(page::matches(WIDE)),
            permission: RwSignal::new(notification::permission()),
            wants_alerts: RwSignal::new(storage::get(ALERTS).is_some()),
        }
    }

    /// Listens to the window, for the page's whole life.
    pub fn start(self) {
        page::on_match(WIDE, move |is_wide| self.is_wide.set(is_wide));
    }

    /// Whether alerts are shown.
    pub fn has_alerts(self) -> bool {
        self.wants_alerts.get() && self.permission.get() == Some(Permission::Granted)
    }

    /// Turns them on, asking the browser where it was never asked, or off.
    pub fn toggle_alerts(self) {
        if self.wants_alerts.get_untracked()
            && self.permission.get_untracked() == Some(Permission::Granted)
        {
            self.wants_alerts.set(false);
            storage::remove(ALERTS);
            return;
        }
        spawn_local(async move {
            let permission = notification::ask().await;
            self.permission.set(permission);
            if permission == Some(Permission::Granted) {
                self.wants_alerts.set(true);
                storage::put(ALERTS, "1");
            }
        });
    }
}

impl Default for DeskState {
    fn default() -> Self {
        Self::new()
    }
}
