//! Every route on one page, each with who may call it (D9).
//!
//! The law: a route without a class does not compile, and a class is enforced (`router/service.rs`) before its handler runs. *Which*
//! conversation somebody may see is a pure rule of that domain. What is not yours is not there: whoever may not call a
//! route gets 404, and 401 where nobody is known at all.

use crate::{
    account::{
        http as account, invitation::http as invitation, people::http as people,
        set_up::http as set_up,
    },
    app::App,
    conversation::http as conversation,
    conversion::http as conversion,
    group::{admin as groups, http as group},
    host::{http as host, key::http as host_keys},
    http::{assets, pages},
    identity::{http as identity, keys::http as keys},
    inbox::{http as inbox, oversight::http as oversight},
    mail::http as mail,
    mail_code::http as code,
    person::http as person,
    picture::http as picture,
    realtime::http as realtime,
    safety::{activity::http as activity, block::http as block, report::http as report},
    settings::http as settings,
    webhook::http as webhook,
};
use axum::{
    handler::Handler,
    http::Method,
    routing::{MethodFilter, MethodRouter, on},
};
use class::Said;
use shared::host::HostScope;
use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};

/// Who may call a route.
mod class;
/// The page as a service.
mod service;

pub use class::Callers;
pub use service::router;

/// One line of the page.
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub callers: Callers,
    said: Said,
    handler: MethodRouter<Arc<App>>,
}

impl Route {
    fn new(
        method: Method,
        path: &'static str,
        callers: Callers,
        handler: MethodRouter<Arc<App>>,
    ) -> Self {
        Self {
            method,
            path,
            callers,
            said: Said::InHeader,
            handler,
        }
    }

    fn said_in_query(self) -> Self {
        Self {
            said: Said::InQuery,
            ..self
        }
    }
}

/// The page.
#[rustfmt::skip]
pub fn routes() -> Vec<Route> {
    use Callers::{Account, Admin, Anyone, Arrived, Host, Known, Listeners, Staff, Users, Writers};
    use HostScope::{UsersErase, UsersExport, UsersWrite};
    vec![
        get("/embed.js",                            Anyone,  settings::show_loader),
        get("/widget",                              Anyone,  pages::show_widget),
        get("/chat",                                Anyone,  pages::show_chat),
        get("/agent",                               Anyone,  pages::show_agent),
        get("/admin",                               Anyone,  pages::show_admin),
        get("/admin/preview",                       Anyone,  pages::show_preview),
        get("/admin/{*path}",                       Anyone,  pages::show_admin_path),
        get("/assets/{name}",                       Anyone,  assets::show_asset),
        get("/livez",                               Anyone,  pages::show_life),
        get("/readyz",                              Anyone,  pages::show_readiness),
        get("/version",                             Anyone,  pages::show_version),
        get("/pictures/{id}",                       Anyone,  picture::show_picture),

        get("/api/session",                         Anyone,  identity::show_session),
        get("/api/session/early",                   Anyone,  identity::show_session_early),
        post("/api/session",                        Anyone,  identity::begin_session),
        delete("/api/session",                      Anyone,  identity::end_session),
        post("/api/guest",                          Anyone,  identity::start_chat),
        delete("/api/guest",                        Anyone,  identity::forget_guest),

        post("/api/conversations",                  Writers, conversation::start_conversation),
        get("/api/conversations",                   Known,   conversation::list_conversations),
        get("/api/conversations/{id}",              Known,   conversation::show_conversation),
        get("/api/conversations/{id}/messages",     Known,   conversation::show_thread),
        post("/api/conversations/{id}/messages",    Known,   conversation::send_message),
        put("/api/conversations/{id}/seen",         Known,   conversation::advance_seen),
        post("/api/conversations/{id}/block",       Known,   conversation::block_person),
        delete("/api/conversations/{id}/block",     Known,   conversation::unblock_person),
        post("/api/conversations/{id}/report",      Known,   report::report_message),
        post("/api/conversations/{id}/not-me",      Users,   conversion::say_not_me),
        get("/api/conversations/{id}/same-address", Staff,   conversion::show_same_address),
        post("/api/conversion/answer",              Users,   conversion::answer_question),
        get("/api/inbox",                           Staff,   inbox::show_inbox),

        post("/api/code",                           Listeners, code::ask_for_code),
        post("/api/code/enter",                     Arrived, code::enter_code),

        get("/api/groups",                          Users,   group::show_groups),
        get("/api/groups/{id}/people",              Users,   group::show_people_of_group),
        get("/api/people",                          Users,   group::search_people),

        get("/api/admin/groups",                    Admin,   groups::show_board),
        post("/api/admin/groups",                   Admin,   groups::create_group),
        put("/api/admin/groups/{id}",               Admin,   groups::rename_group),
        delete("/api/admin/groups/{id}",            Admin,   groups::delete_group),
        get("/api/admin/groups/{id}/members",       Admin,   groups::show_members),
        put("/api/admin/groups/{id}/members/{person_id}",    Admin, groups::put_member_in),
        delete("/api/admin/groups/{id}/members/{person_id}", Admin, groups::take_member_out),
        put("/api/admin/permissions",               Admin,   groups::change_permission),
        get("/api/admin/people",                    Admin,   person::list_everybody),
        get("/api/admin/conversations",             Admin,   oversight::list_conversations),
        get("/api/admin/conversations/{id}/messages", Admin, oversight::show_thread),
        get("/api/admin/conversations/{id}/conversions", Admin, conversion::list_conversions),
        get("/api/admin/conversations/{id}/same-address", Admin, conversion::list_same_address),
        post("/api/admin/conversions/plan",         Admin,   conversion::plan_conversions),
        post("/api/admin/conversions/{id}/undo",    Admin,   conversion::undo_conversion),
        get("/api/admin/blocks",                    Admin,   block::list_blocks),
        delete("/api/admin/blocks/{id}",            Admin,   block::end_block),
        get("/api/admin/reports",                   Admin,   report::list_reports),
        post("/api/admin/reports/{id}/dismiss",     Admin,   report::dismiss_report),
        get("/api/admin/activity",                  Admin,   activity::show_activity),
        post("/api/setup/check",                              Anyone,  set_up::check_link),
        post("/api/setup",                                    Anyone,  set_up::follow_link),
        post("/api/invitations/check",                        Anyone,  invitation::check_invitation),
        post("/api/invitations",                              Anyone,  invitation::take_invitation),
        post("/api/account/session",                Anyone,  account::begin_session),
        post("/api/account/password",               Account, account::change_password),
        get("/api/account/sessions",                Account, account::list_sessions),
        delete("/api/account/sessions/{name}",      Account, account::end_session),

        get("/api/admin/session",                   Admin,   account::show_admin_session),
        post("/api/admin/session",                  Anyone,  account::begin_admin_session),
        delete("/api/admin/session",                Anyone,  account::end_admin_session),
        get("/api/admin/settings",                  Admin,   settings::show_settings),
        put("/api/admin/settings",                  Admin,   settings::save_settings),
        put("/api/admin/logo",                      Admin,   picture::upload_logo),
        delete("/api/admin/logo",                   Admin,   picture::take_logo_away),
        post("/api/admin/keys",                     Admin,   keys::create_key),
        post("/api/admin/keys/{kid}/retire",        Admin,   keys::retire),
        delete("/api/admin/keys/{kid}",             Admin,   keys::kill),
        put("/api/admin/mail-password",             Admin,   mail::keep_password),
        post("/api/admin/mail-test",                Admin,   mail::send_test),
        get("/api/admin/invitations",               Admin,   invitation::show_invitations),
        post("/api/admin/invitations",              Admin,   invitation::make_invitation),
        delete("/api/admin/invitations/{id}",       Admin,   invitation::revoke_invitation),
        get("/api/admin/people/{id}",               Admin,   people::show_person),
        put("/api/admin/people/{id}/powers",        Admin,   people::put_powers),
        post("/api/admin/people/{id}/password-link", Admin,  people::make_password_link),
        delete("/api/admin/people/{id}/sessions",   Admin,   people::end_all_sessions),

        post("/api/admin/people/{id}/erase",        Admin,   people::erase_person),
        post("/api/admin/people/{id}/export",       Admin,   people::export_person),
        get("/api/admin/host-keys",                 Admin,   host_keys::show_host_keys),
        post("/api/admin/host-keys",                Admin,   host_keys::make_host_key),
        delete("/api/admin/host-keys/{id}",         Admin,   host_keys::revoke_host_key),

        get("/api/admin/webhooks",                  Admin,   webhook::show_webhooks),
        post("/api/admin/webhooks",                 Admin,   webhook::make),
        delete("/api/admin/webhooks/{id}",          Admin,   webhook::end),
        get("/api/admin/webhooks/{id}/deliveries",  Admin,   webhook::show_deliveries),
        post("/api/admin/webhooks/{id}/deliveries/{delivery_id}/repeat", Admin, webhook::repeat_delivery),

        get("/api/host/users/{external_id}",        Host(UsersWrite), host::show_user),
        put("/api/host/users/{external_id}",        Host(UsersWrite), host::put_user),
        post("/api/host/users/{external_id}/email-verified", Host(UsersWrite), host::email_is_verified),
        post("/api/host/users/{external_id}/export", Host(UsersExport), host::export_user),
        delete("/api/host/users/{external_id}",     Host(UsersErase), host::erase_user),
        get("/api/openapi.json",                    Anyone,  host::show_openapi),

        // A browser's socket has no headers of ours.
        get("/api/socket",                          Listeners, realtime::open_socket).said_in_query(),
    ]
}

fn get<T: 'static>(
    path: &'static str,
    callers: Callers,
    handler: impl Handler<T, Arc<App>>,
) -> Route {
    Route::new(Method::GET, path, callers, on(MethodFilter::GET, handler))
}

fn post<T: 'static>(
    path: &'static str,
    callers: Callers,
    handler: impl Handler<T, Arc<App>>,
) -> Route {
    Route::new(Method::POST, path, callers, on(MethodFilter::POST, handler))
}

fn put<T: 'static>(
    path: &'static str,
    callers: Callers,
    handler: impl Handler<T, Arc<App>>,
) -> Route {
    Route::new(Method::PUT, path, callers, on(MethodFilter::PUT, handler))
}

fn delete<T: 'static>(
    path: &'static str,
    callers: Callers,
    handler: impl Handler<T, Arc<App>>,
) -> Route {
    Route::new(
        Method::DELETE,
        path,
        callers,
        on(MethodFilter::DELETE, handler),
    )
}

/// Who may call a route, as a word for figures; `none`: nothing is there.
pub fn class_word(method: &Method, path: &str) -> &'static str {
    static CLASSES: LazyLock<HashMap<&'static str, Vec<(Method, Callers)>>> = LazyLock::new(|| {
        let mut classes: HashMap<_, Vec<_>> = HashMap::new();
        for route in routes() {
            let of_path = classes.entry(route.path).or_default();
            of_path.push((route.method, route.callers));
        }
        classes
    });
    let mut of_path = CLASSES.get(path).into_iter().flatten();
    of_path
        .find(|(of, _)| of == method)
        .map_or("none", |(_, callers)| callers.word())
}

#[cfg(test)]
mod tests;
