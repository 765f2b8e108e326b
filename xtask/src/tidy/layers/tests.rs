//! Each law of the layers sees its violation, and lets pass what is allowed.

use super::*;
use crate::tidy::breaks;

#[test]
fn every_law_of_the_layers_sees_its_violation() {
    let violations: &[(&Law, &str, &str)] = &[
        (
            &RULES_ARE_PURE,
            "server/src/guest/rules.rs",
            "let row = find().await;",
        ),
        (
            &RULES_ARE_PURE,
            "server/src/guest/rules.rs",
            "use axum::Json;",
        ),
        (
            &HANDLERS_HOLD_NO_SQL,
            "server/src/guest/http.rs",
            "let sql = \"select name from person\";",
        ),
        (
            &HANDLERS_HOLD_NO_SQL,
            "server/src/guest/http.rs",
            "    delete from person",
        ),
        (
            &RULES_ARE_PURE,
            "server/src/guest/rules/leaving.rs",
            "let row = find().await;",
        ),
        (
            &HANDLERS_HOLD_NO_SQL,
            "server/src/guest/change/leaving.rs",
            "    delete from person",
        ),
        (
            &STORES_KNOW_NO_WEB,
            "server/src/guest/store/leaving.rs",
            "use axum::http::StatusCode;",
        ),
        (
            &ONLY_THE_FRAME_TOUCHES_THE_BROWSER,
            "widget/src/net/call.rs",
            "js_sys::Date::now();",
        ),
        (
            &STORES_KNOW_NO_WEB,
            "server/src/guest/store.rs",
            "use axum::http::StatusCode;",
        ),
        (&SQLX_STAYS_BELOW, "server/src/router.rs", "use sqlx::Row;"),
        (&SHARED_HAS_NO_IO, "shared/src/text.rs", "use std::fs;"),
        (
            &VIEWS_SET_NO_HTML,
            "widget/src/conversation/bubble.rs",
            "view! { <p inner_html=text/> }",
        ),
        (
            &VIEWS_HAVE_NO_STYLE_ATTRIBUTE,
            "widget/src/ui/face.rs",
            "draw(\"p\").set(\"style\", \"color:red\")",
        ),
        (
            &VIEWS_HAVE_NO_STYLE_ATTRIBUTE,
            "widget/src/ui/avatar.rs",
            "view! { <p style=\"color:red\"/> }",
        ),
        (
            &ONLY_THE_FRAME_TOUCHES_THE_BROWSER,
            "widget/src/guest/door.rs",
            "web_sys::window();",
        ),
        (
            &MODELS_ARE_PLAIN,
            "widget/src/conversation/message_log.rs",
            "use leptos::prelude::*;",
        ),
    ];
    for (law, path, text) in violations {
        assert!(breaks(law, path, text), "{path} got through: {text}");
    }
}

#[test]
fn what_the_layers_allow_passes() {
    let fine = [
        (
            "server/src/guest/rules.rs",
            "// the store does sqlx and .await\npub fn may_send() -> bool { true }",
        ),
        (
            "server/src/guest/http.rs",
            "let chosen = \"select a topic\"; store::update_person(tx).await?;",
        ),
        (
            "server/src/guest/store.rs",
            "sqlx::query(\"select name from person\")",
        ),
        ("server/src/database/writer.rs", "use sqlx::Row;"),
        ("widget/src/frame/window.rs", "web_sys::window();"),
        (
            "widget/src/conversation/bubble.rs",
            "#[component]\nview! { <p style:color=\"red\"/> } leptos",
        ),
        (
            "widget/src/conversation/state.rs",
            "use leptos::prelude::*;",
        ),
    ];
    for (path, text) in fine {
        for law in LAWS {
            assert!(
                !breaks(law, path, text),
                "{path} was refused: {}",
                law.sentence
            );
        }
    }
}
