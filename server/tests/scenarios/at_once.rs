//! What an admin changes takes effect at once (decision D9): on HTTP with the next call, on open sockets within two
//! seconds, also when the command line did it, which is another process.
//!
//! These wait for the server's own watch, so they measure true time.

use crate::harness::{Browser, IN_TIME, Site, Socket, scenarios};
use shared::{
    account::{AdminSession, Warning},
    identity::Role,
    realtime::{Event, close},
    samples::{ADA, CORA, IDRIS, MINA, NOOR, TEO},
    settings::{GuestDoor, SaveSettings, Settings, SettingsPage, Switch},
};
use std::time::Instant;

/// What a socket learns of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Learns {
    /// That it has to look again.
    Again,
    /// That it may no longer listen.
    Forbidden,
}
use Learns::{Again, Forbidden};

/// Everybody who may have the chat open, each with an open socket.
struct Everybody<'a> {
    visitor: Browser<'a>,
    guest: Browser<'a>,
    user: Browser<'a>,
    /// Mina.
    agent: Browser<'a>,
    /// Ada, in the widget.
    admin: Browser<'a>,
    /// Of these five, in this order.
    sockets: [Socket; 5],
}

impl<'a> Everybody<'a> {
    async fn on(site: &'a Site) -> Self {
        site.settles().await;
        let mut guest = site.browser(&CORA);
        guest.starts("Hello").await;
        let visitor = site.browser(&IDRIS);
        let user = site.signed_in(&NOOR).await;
        let agent = site.signed_in(&MINA).await;
        let admin = site.signed_in(&ADA).await;
        let sockets = [
            visitor.listens().await,
            guest.listens().await,
            user.listens().await,
            agent.listens().await,
            admin.listens().await,
        ];
        Self {
            visitor,
            guest,
            user,
            agent,
            admin,
            sockets,
        }
    }

    /// Each socket learns what it should, in time.
    async fn learn(&mut self, expected: [Learns; 5]) {
        #[expect(clippy::disallowed_methods, reason = "the promise is about true time")]
        let started = Instant::now();
        for (socket, expected) in self.sockets.iter_mut().zip(expected) {
            socket.learns(expected).await;
        }
        assert!(started.elapsed() < IN_TIME, "after {:?}", started.elapsed());
    }
}

impl Socket {
    async fn learns(&mut self, expected: Learns) {
        match expected {
            Again => {
                self.hears_of(|event| matches!(event, Event::SessionChanged(_)).then_some(()))
                    .await;
            }
            // On the way there it may be told of an earlier change.
            Forbidden => assert_eq!(self.is_closed().await.1, Some(close::FORBIDDEN)),
        }
    }
}

async fn typed(site: &Site, words: &[&str]) {
    let output = site.types(words).await;
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words:?}: {complained}");
}

async fn door(browser: &Browser<'_>) -> GuestDoor {
    browser.session().await.site.door
}

async fn inbox_status(browser: &Browser<'_>) -> u16 {
    browser
        .calls("GET", "/api/inbox", |request| request)
        .await
        .status
}

/// Somebody new at the door: whether it takes them.
async fn start_status(site: &Site) -> u16 {
    let form = serde_json::json!({"name": IDRIS.name, "email": IDRIS.email});
    let newcomer = site.browser(&IDRIS);
    newcomer
        .posts("POST", "/api/guest", form.to_string())
        .await
        .status
}

async fn warnings(site: &Site) -> Vec<Warning> {
    let session: AdminSession = site
        .admin_of(&ADA)
        .await
        .gets("/api/admin/session")
        .await
        .unwrap();
    session.warnings
}

/// Changes the settings on the admin page.
pub async fn saves(admin: &Browser<'_>, edit: impl FnOnce(&mut Settings)) {
    let page: SettingsPage = admin.gets("/api/admin/settings").await.unwrap();
    let mut save = SaveSettings {
        version: page.version,
        settings: page.settings,
    };
    edit(&mut save.settings);
    let body = serde_json::to_vec(&save).unwrap();
    let answer = admin.posts("PUT", "/api/admin/settings", body).await;
    assert_eq!(answer.status, 200);
}

scenarios! {
    async fn guest_mode_off_and_on_by_the_command_line(site) {
        let mut all = Everybody::on(site).await;
        typed(site, &["settings", "set", "guest_mode", "off"]).await;
        // At once, before the server's own watch has noticed.
        assert_eq!(start_status(site).await, 403);
        assert_eq!(door(&all.visitor).await, GuestDoor::Closed);
        all.learn([Again; 5]).await;
        assert!(all.visitor.session().await.site.faces.is_empty());
        assert_eq!(inbox_status(&all.agent).await, 200, "who wrote before is still answered");
        let hall = all.guest.session().await.conversation_id.unwrap();
        all.guest.says(&hall, "Still here").await;
        typed(site, &["settings", "set", "guest_mode", "on"]).await;
        // Nobody calls: the server notices by itself.
        all.learn([Again; 5]).await;
        assert_eq!(start_status(site).await, 204);
        assert_eq!(door(&all.visitor).await, GuestDoor::Open);
    }

    async fn guest_mode_off_and_on_by_the_admin_page(site) {
        let mut all = Everybody::on(site).await;
        let ada = site.admin_of(&ADA).await;
        saves(&ada, |settings| settings.guest_mode = Switch::Off).await;
        assert_eq!(start_status(site).await, 403);
        all.learn([Again; 5]).await;
        saves(&ada, |settings| settings.guest_mode = Switch::On).await;
        assert_eq!(start_status(site).await, 204);
        all.learn([Again; 5]).await;
    }

    async fn a_newcomer_on_the_way_in_is_stopped_when_the_door_closes(site) {
        let mut newcomer = site.browser(&IDRIS);
        newcomer.presses_start().await;
        typed(site, &["settings", "set", "guest_mode", "off"]).await;
        let client_id = newcomer.client_id();
        assert_eq!(newcomer.starts_as(&client_id, "Hello").await.err().unwrap().status, 403);
        assert_eq!(site.count("conversation").await, 0);
    }

    async fn another_group_answers_guests(site) {
        typed(site, &["group", "create", "Night shift"]).await;
        typed(site, &["group", "add", "Night shift", NOOR.key]).await;
        let mut all = Everybody::on(site).await;
        typed(site, &["settings", "set", "guest_group_id", "Night shift"]).await;
        assert_eq!((inbox_status(&all.agent).await, inbox_status(&all.user).await), (404, 200));
        all.learn([Again, Again, Again, Forbidden, Again]).await;
        assert_eq!((all.user.session().await.role, all.agent.session().await.role), (Role::Agent, Role::User));
        let face = all.visitor.session().await.site.faces.remove(0).name;
        assert!(NOOR.name.starts_with(&face));
        let hall = all.guest.session().await.conversation_id.unwrap();
        all.guest.says(&hall, "Good evening").await;
        all.sockets[2].hears_of(|event| matches!(event, Event::MessageSent(_)).then_some(())).await;
    }

    async fn somebody_leaves_the_guest_group(site) {
        let mut all = Everybody::on(site).await;
        typed(site, &["group", "remove", "Support", MINA.key]).await;
        assert_eq!(inbox_status(&all.agent).await, 404);
        all.learn([Again, Again, Again, Forbidden, Again]).await;
        assert_eq!(all.agent.session().await.role, Role::User);
        assert_eq!(all.visitor.session().await.site.faces.len(), 1, "her face is gone from the door");
        assert_eq!(start_status(site).await, 204, "Teo is still there");
    }

    async fn the_guest_group_is_emptied(site) {
        let mut all = Everybody::on(site).await;
        typed(site, &["group", "remove", "Support", TEO.key]).await;
        typed(site, &["group", "remove", "Support", MINA.key]).await;
        assert_eq!((start_status(site).await, inbox_status(&all.agent).await), (403, 404));
        assert_eq!(door(&all.visitor).await, GuestDoor::NobodyHere);
        assert_eq!(warnings(site).await.first(), Some(&Warning::GuestGroupEmpty));
        all.learn([Again, Again, Again, Forbidden, Again]).await;
        assert_eq!(inbox_status(&all.admin).await, 200, "admins answer whatever happens to groups");
        typed(site, &["group", "add", "Support", TEO.key]).await;
        assert_eq!((start_status(site).await, door(&all.visitor).await), (204, GuestDoor::Open));
    }

    async fn the_guest_group_is_deleted(site) {
        let mut all = Everybody::on(site).await;
        typed(site, &["group", "delete", "Support"]).await;
        assert_eq!((start_status(site).await, inbox_status(&all.agent).await), (403, 404));
        all.learn([Again, Again, Again, Forbidden, Again]).await;
        assert_eq!(door(&all.visitor).await, GuestDoor::NobodyHere);
        assert_eq!(warnings(site).await.first(), Some(&Warning::GuestGroupGone));
    }

    async fn user_groups_go_off(site) {
        let mut all = Everybody::on(site).await;
        let ada = site.admin_of(&ADA).await;
        saves(&ada, |settings| {
            settings.guest_mode = Switch::Off;
            settings.user_groups = Switch::Off;
        }).await;
        assert_eq!(inbox_status(&all.agent).await, 404);
        all.learn([Again, Again, Again, Forbidden, Again]).await;
        assert_eq!(all.user.session().await.site.user_groups, Switch::Off);
        assert_eq!(all.agent.session().await.role, Role::User);
    }
}
