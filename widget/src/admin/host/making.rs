//! Making a key of the site's server, and what was made.
//!
//! The law: the key is in this dialog and nowhere else; closing it is the end of it.

use super::api;
use crate::admin::errand::Errand;
use crate::admin::sentences as say;
use crate::admin::session::use_session;
use crate::admin::ui::{Button, CopyBlock, CopyLine, Dialog, Mistake, Pick, PickAny, TextField};
use crate::frame::navigation;
use leptos::prelude::*;
use shared::host::{HostKeyMade, HostScope, MakeHostKey};
use shared::problem::Field;

const SCOPES: [HostScope; 3] = [
    HostScope::UsersWrite,
    HostScope::UsersErase,
    HostScope::UsersExport,
];

/// What was made, and what it may do.
type Made = (HostKeyMade, Vec<HostScope>);

#[component]
pub fn MakingKey(open: RwSignal<bool>, #[prop(into)] on_made: Callback<()>) -> impl IntoView {
    let made: RwSignal<Option<Made>> = RwSignal::new(None);
    // Closed: forgotten.
    Effect::new(move |_| {
        if !open.get() {
            made.set(None);
        }
    });
    let title = Signal::derive(move || match made.with(Option::is_some) {
        true => say::HOST_KEY_MADE.into(),
        false => String::from(say::MAKE_HOST_KEY),
    });
    view! {
        <Dialog title open>
            {move || match made.get() {
                Some((key, scopes)) => view! { <Shown key scopes open/> }.into_any(),
                None => view! { <Form made on_made/> }.into_any(),
            }}
        </Dialog>
    }
}

#[component]
fn Form(made: RwSignal<Option<Made>>, on_made: Callback<()>) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let scopes = RwSignal::new(vec![HostScope::UsersWrite]);
    let tried = RwSignal::new(false);
    let errand = Errand::new();
    let refused = errand.words_about(Field::Scopes);
    let mistake = Signal::derive(move || {
        let is_empty = tried.get() && scopes.with(Vec::is_empty);
        let own = is_empty.then(|| say::HOST_KEY_SCOPES_NEEDED.to_owned());
        own.or_else(|| refused.get())
    });
    let name_refused = errand.words_about(Field::Name);
    let name_mistake = Signal::derive(move || {
        let is_empty = tried.get() && name.with(|name| name.trim().is_empty());
        let own = is_empty.then(|| say::HOST_KEY_NAME_NEEDED.to_owned());
        own.or_else(|| name_refused.get())
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let chosen = scopes.get_untracked();
        if chosen.is_empty() || name.with_untracked(|name| name.trim().is_empty()) {
            return navigation::focus_on_mistake();
        }
        let command = MakeHostKey {
            name: name.get_untracked().trim().into(),
            scopes: chosen.clone(),
        };
        errand.run(api::make_key(command), move |key| {
            made.set(Some((key, chosen)));
            // The form goes away with the press.
            navigation::focus_on_first("dialog[open] h2");
            on_made.run(());
        });
    };
    let picks = SCOPES
        .map(|scope| Pick::new(scope, say::host_scope(scope), say::host_scope_help(scope)))
        .to_vec();
    view! {
        <form class="card-form" on:submit=send novalidate=true>
            <TextField
                label=say::HOST_KEY_NAME
                value=name
                help=say::HOST_KEY_NAME_HELP
                mistake=name_mistake
            />
            <PickAny label=say::HOST_KEY_SCOPES value=scopes picks mistake/>
            <Mistake words=errand.words_besides(&[Field::Name, Field::Scopes])/>
            <div class="card-actions">
                <Button label=say::MAKE_KEY_NOW submits=true busy=errand.busy()/>
            </div>
        </form>
    }
}

#[component]
fn Shown(key: HostKeyMade, scopes: Vec<HostScope>, open: RwSignal<bool>) -> impl IntoView {
    let origin = use_session().part(|admin| admin.public_origin.clone());
    let secret = key.key.clone();
    let text = Signal::derive(move || example(&origin.get(), &key.key, &scopes));
    view! {
        <p>{say::KEY_SECRET_ONCE}</p>
        <CopyLine label=say::HOST_KEY_SHOWN text=secret/>
        <CopyBlock label=say::HOST_KEY_EXAMPLE text/>
        <div class="card-actions">
            <Button label=say::KEY_CLOSE on_press=move |()| open.set(false)/>
        </div>
    }
}

/// A first call, to be pasted into a shell: one that the key may make.
fn example(origin: &str, key: &str, scopes: &[HostScope]) -> String {
    let user = [origin, "/api/host/users/1042"].concat();
    let bearer = "  -H \"Authorization: Bearer $PORCHLIGHT_KEY\"";
    let call = match scopes {
        _ if scopes.contains(&HostScope::UsersWrite) => [
            "curl -X PUT ",
            &user,
            " \\\n",
            bearer,
            " \\\n  -H \"Content-Type: application/json\" \\\n  -d '",
            r#"{"name": "Noor Haddad","#,
            "\n       ",
            r#""email": "noor@example.org", "email_verified": true}"#,
            "'",
        ]
        .concat(),
        [HostScope::UsersExport] => ["curl -X POST ", &user, "/export \\\n", bearer].concat(),
        _ => ["curl -X DELETE ", &user, " \\\n", bearer].concat(),
    };
    ["PORCHLIGHT_KEY='", key, "'\n", &call].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_is_a_call_that_the_key_may_make() {
        let origin = "https://chat.example";
        let writes = example(origin, "plhk_a", &SCOPES);
        assert!(writes.starts_with(
            "PORCHLIGHT_KEY='plhk_a'\ncurl -X PUT https://chat.example/api/host/users/"
        ));
        assert!(writes.contains("Bearer $PORCHLIGHT_KEY") && writes.ends_with("true}'"));
        let erases = example(origin, "plhk_a", &[HostScope::UsersErase]);
        assert!(erases.contains("curl -X DELETE ") && !erases.contains("-d "));
        let exports = example(origin, "plhk_a", &[HostScope::UsersExport]);
        assert!(exports.contains("curl -X POST https://chat.example/api/host/users/1042/export "));
    }
}
