//! Who may call what, as one table.

use super::{class::may_enter, service::OF_THE_HOST, *};
use crate::host::key::rules::may_use;
use crate::identity::{
    caller::{Caller, Known},
    store::SessionKind,
    token::TokenHash,
};
use shared::identity::Role;
use shared::problem::ProblemCode;
use shared::samples::{ADA, CORA, MINA, NOOR, Person};

fn known(person: &Person, role: Role, kind: SessionKind) -> Caller {
    let own = person.own();
    let token_hash = TokenHash::of(person.key.as_bytes());
    Caller::Known(Known {
        person_id: own.person_id,
        name: own.name,
        email: own.email,
        role,
        kind,
        token_hash,
        acted_by: None,
    })
}

/// Everybody who can ask. The last two hold the admin page's cookie: an admin, and one who is no admin any more.
fn everybody() -> [(&'static str, Caller); 9] {
    use SessionKind::{Admin, Guest, User};
    [
        ("visitor", Caller::Visitor),
        ("anonymous", Caller::Anonymous(TokenHash::of(b"anonymous"))),
        ("was guest", Caller::Former(TokenHash::of(b"was a guest's"))),
        ("guest", known(&CORA, Role::Guest, Guest)),
        ("user", known(&NOOR, Role::User, User)),
        ("agent", known(&MINA, Role::Agent, User)),
        ("admin", known(&ADA, Role::Admin, User)),
        ("at /admin", known(&ADA, Role::Admin, Admin)),
        ("former", known(&ADA, Role::Agent, Admin)),
    ]
}

/// The host's server: by keys of one scope each.
const KEYS: [(&str, HostScope); 3] = [
    ("key: write", HostScope::UsersWrite),
    ("key: erase", HostScope::UsersErase),
    ("key: export", HostScope::UsersExport),
];

/// A key opens what it is for. Elsewhere it is not looked at, and whoever brings it is a visitor.
fn may_call(callers: Callers, scope: HostScope) -> Result<(), ProblemCode> {
    match callers {
        Callers::Host(asked) => may_use(asked, &[scope]),
        other => may_enter(other, &Caller::Visitor),
    }
}

#[test]
fn what_the_hosts_server_calls_stands_apart() {
    for route in routes() {
        let is_of_host = matches!(route.callers, Callers::Host(_));
        assert_eq!(
            route.path.starts_with(OF_THE_HOST),
            is_of_host,
            "{}: no browser calls it, and nobody else's guard watches it",
            route.path
        );
    }
}

#[test]
fn who_may_call_what() {
    let callers = everybody();
    let mut table = format!("{:<55}", "route");
    let names = callers.iter().map(|(name, _)| *name);
    for name in names.chain(KEYS.map(|(name, _)| name)) {
        table += &format!("{name:<12}");
    }
    for route in routes() {
        table += &format!("\n{:<55}", format!("{} {}", route.method, route.path));
        let by_cookie = callers
            .iter()
            .map(|(_, caller)| may_enter(route.callers, caller));
        let by_key = KEYS.map(|(_, scope)| may_call(route.callers, scope));
        for may in by_cookie.chain(by_key) {
            let word = match may {
                Ok(()) => "may".to_owned(),
                Err(code) => code.status().to_string(),
            };
            table += &format!("{word:<12}");
        }
    }
    let table: Vec<&str> = table.lines().map(str::trim_end).collect();
    insta::assert_snapshot!(table.join("\n"));
}
