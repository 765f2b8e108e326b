//! The laws of the layers: which file may know what (the tables in `ARCHITECTURE.md`).
//! Law: calls go down the layers, never up, so each layer can be read, tested and replaced alone.

use super::Law;

/// Every law of this file.
pub const LAWS: &[&Law] = &[
    &RULES_ARE_PURE,
    &HANDLERS_HOLD_NO_SQL,
    &STORES_KNOW_NO_WEB,
    &SQLX_STAYS_BELOW,
    &SHARED_HAS_NO_IO,
    &VIEWS_SET_NO_HTML,
    &VIEWS_HAVE_NO_STYLE_ATTRIBUTE,
    &ONLY_THE_FRAME_TOUCHES_THE_BROWSER,
    &MODELS_ARE_PLAIN,
];

const RULES_ARE_PURE: Law = Law {
    sentence: "A rules file decides and does nothing else: no `await`, no database, no web, no clock.",
    reason: "a decision without side effects is tested in a table and read in a minute",
    broken_at: |source| match source.is_rust_in("server/src/") && source.is_layer("rules") {
        true => source.code_with(&[
            ".await",
            "async ",
            "sqlx",
            "axum",
            "dyn Clock",
            "&Clock",
            "crate::database",
        ]),
        false => Vec::new(),
    },
};

const HANDLERS_HOLD_NO_SQL: Law = Law {
    sentence: "A handler, a change or a view holds no SQL; `store.rs` beside it does.",
    reason: "a statement is found where its tables live, and a handler reads as what happens",
    broken_at: |source| {
        let layers = ["http", "change", "view"];
        // The demonstration's shop is a program of its own.
        let is_ours = source.is_rust_in("server/src/") && !source.is_rust_in("server/src/demo/");
        match is_ours && layers.iter().any(|layer| source.is_layer(layer)) {
            true => source.code_where(|code| code.contains("sqlx") || is_sql(code)),
            false => Vec::new(),
        }
    },
};

const STORES_KNOW_NO_WEB: Law = Law {
    sentence: "A store knows nothing of HTTP.",
    reason: "the commands of the terminal and the writer use it too",
    broken_at: |source| match source.is_rust_in("server/src/") && source.is_layer("store") {
        true => source.code_with(&["axum", "http::"]),
        false => Vec::new(),
    },
};

const SQLX_STAYS_BELOW: Law = Law {
    sentence: "Only `server/src/database`, stores, the demo and tests talk to sqlx.",
    reason: "two database engines stay one text only while few files know of them (D5)",
    broken_at: |source| {
        let may = source.path.starts_with("server/src/database/")
            || source.path.starts_with("server/src/demo/")
            || source.path.starts_with("server/tests/")
            || source.is_layer("store");
        let ours = ["server/", "shared/", "widget/"]
            .iter()
            .any(|folder| source.is_rust_in(folder));
        if ours && !may {
            source.code_with(&["sqlx"])
        } else {
            Vec::new()
        }
    },
};

const SHARED_HAS_NO_IO: Law = Law {
    sentence: "The shared crate does no input or output.",
    reason: "the same code runs in the browser, where there is none",
    broken_at: |source| match source.is_rust_in("shared/src/") {
        true => source.code_with(&[
            "std::fs",
            "std::net",
            "std::env",
            "std::time::",
            "tokio",
            "web_sys",
        ]),
        false => Vec::new(),
    },
};

const VIEWS_SET_NO_HTML: Law = Law {
    sentence: "No view sets HTML from a string.",
    reason: "a customer's message must never become markup in an agent's browser",
    broken_at: |source| match source.is_rust_in("widget/") {
        true => source.code_with(&[
            "inner_html",
            "set_inner_html",
            "insert_adjacent_html",
            "outer_html",
        ]),
        false => Vec::new(),
    },
};

const VIEWS_HAVE_NO_STYLE_ATTRIBUTE: Law = Law {
    sentence: "No view writes a style attribute; `style:name=…` sets one property.",
    reason: "our content security policy blocks the attribute, so it would silently do nothing",
    broken_at: |source| match source.is_rust_in("widget/") {
        true => source.code_where(|code| {
            code.contains("style=\"")
                || code.contains("(\"style\"")
                || code.contains(" style={")
                || code.contains(" style=move")
        }),
        false => Vec::new(),
    },
};

const ONLY_THE_FRAME_TOUCHES_THE_BROWSER: Law = Law {
    sentence: "Only `widget/src/frame` touches the browser's own interfaces.",
    reason: "views and state stay testable without a browser, and what may fail there is in one place",
    broken_at: |source| {
        let may = source.path.starts_with("widget/src/frame");
        if source.is_rust_in("widget/src/") && !may {
            source.code_with(&["web_sys", "js_sys", "gloo"])
        } else {
            Vec::new()
        }
    },
};

const MODELS_ARE_PLAIN: Law = Law {
    sentence: "A model is plain structs and methods: no Leptos, no signals, no browser.",
    reason: "it is tested natively, state by state, without a page",
    broken_at: |source| {
        let is_model = MODELS
            .iter()
            .any(|model| source.path == format!("widget/src/{model}.rs"));
        if !is_model {
            return Vec::new();
        }
        source.code_with(&[
            "leptos",
            "crate::reactive",
            "RwSignal",
            "web_sys",
            "frame::draw",
        ])
    },
};

/// The plain models of the widget. Whatever holds a rule about what is shown belongs here, apart from what shows it.
const MODELS: &[&str] = &[
    "admin/groups/place",
    "admin/groups/ticks",
    "admin/oversight/summary",
    "admin/oversight/thread_lines",
    "admin/sentences/activity",
    "admin/sentences/activity/names",
    "admin/sentences/permission",
    "admin/sentences/permission/people",
    "admin/account/particulars",
    "admin/path",
    "admin/problem_words",
    "admin/settings/faults",
    "admin/settings/entries",
    "admin/preview/word",
    "conversation/drafts",
    "conversation/head",
    "conversation/links",
    "conversation/list_row",
    "conversation/listing",
    "conversation/message_log",
    "conversation/outbox",
    "conversation/revision",
    "conversation/rows",
    "conversation/typists",
    "group/finding",
    "i18n/plural",
    "i18n/problem_words",
    "i18n/strings",
    "net/backoff",
    "realtime/connection",
    "shell/choice",
    "theme/accent",
];

/// Whether a line starts a statement, or a string with one.
fn is_sql(code: &str) -> bool {
    let code = code.trim_start().trim_start_matches(['r', '#']);
    let quoted = code.split('"').skip(1).any(starts_statement);
    quoted || starts_statement(code)
}

fn starts_statement(text: &str) -> bool {
    let text = text.trim_start();
    let follows = |first: &str, then: &str| text.starts_with(first) && text.contains(then);
    follows("select ", " from ")
        || text.starts_with("insert into ")
        || follows("update ", " set ")
        || text.starts_with("delete from ")
}

#[cfg(test)]
mod tests;
