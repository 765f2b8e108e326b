//! The document that programs read: written from the types and from the handlers, in OpenAPI 3.1.
//!
//! The law: it names the routes of the host's class, all of them and no other; a snapshot shows what a change does to it.

use super::http;
use crate::webhook::payload;
use serde_json::{Value, json};
use shared::{host::WebhookEvent, problem::Problem};
use std::sync::OnceLock;
use utoipa::{
    IntoResponses, Modify, OpenApi,
    openapi::{
        ComponentsBuilder,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

pub(super) const EXTERNAL_ID: &str = "Your own, immutable id of the user: `sub` of your identity tokens. 1 to 128 printable \
    characters, percent-encoded.";

pub(super) const PUT_USER: &str = "What you leave out stays as it is. `email_verified` counts for the address of this very \
    call. With an address that you verified, conversations that somebody began under it as a guest become the user's, \
    under the site's conversion policy. The same call again changes nothing. Needs the scope `users_write`.";

pub(super) const EMAIL_IS_VERIFIED: &str = "Call it when the user has clicked the link in your mail. Another address than the \
    user's becomes the user's. Conversations that somebody began under it as a guest become the user's, under the site's \
    conversion policy. The same call again changes nothing. Needs the scope `users_write`.";

pub(super) const EXPORT_USER: &str = "One JSON file, `porchlight.person` version 1: name, address, sessions, groups, \
    conversations with every message that the user may read, and what the user did. It may be long, and is whole only if \
    the answer ended well. Every call is noted. Needs the scope `users_export`.";

pub(super) const ERASE_USER: &str = "Name, address and sessions go at once, and so do the texts of every conversation that is \
    the user's; guests who became the user are erased with them. What other guests said under the same address is no \
    longer anybody's by that address. It cannot be taken back. Tokens that you sign for this id afterwards make a new \
    user: stop signing first. Needs the scope `users_erase`.";

const ABOUT: &str = "What the server of a host site may call. A key is made on the admin page under Settings; it can be \
    revoked there at once. A call from a browser is refused: a key belongs on your server only.";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Porchlight: the host's server",
        version = "1",
        description = ABOUT,
        license(name = "MIT OR Apache-2.0"),
    ),
    servers((url = "/", description = "Where the chat is")),
    paths(
        http::show_user,
        http::put_user,
        http::email_is_verified,
        http::export_user,
        http::erase_user,
    ),
    components(schemas(
        Problem,
        payload::GuestStarted,
        payload::MessageSent,
        payload::ConversionDone,
        payload::ConversionUndone,
    )),
    security(("host_key" = [])),
    modifiers(&Key),
)]
struct Document;

/// `Authorization: Bearer plhk_…`.
struct Key;

impl Modify for Key {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let key = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("plhk_ and 43 characters")
            .build();
        let components = document.components.take().unwrap_or_default();
        let components = ComponentsBuilder::from(components)
            .security_scheme("host_key", SecurityScheme::Http(key));
        document.components = Some(components.build());
    }
}

/// What every route may answer instead.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "the types are written for the document only")]
pub(super) enum Refusals {
    /// Not the JSON that belongs here.
    #[response(status = 400)]
    Malformed(Problem),
    /// `host_key_refused`: no such key, a revoked one, or one of another scope.
    #[response(status = 401)]
    KeyRefused(Problem),
    /// `foreign_origin`: a browser's call.
    #[response(status = 403)]
    FromABrowser(Problem),
    /// Not `application/json`.
    #[response(status = 415)]
    ContentType(Problem),
    /// A value that cannot be; `field` says which.
    #[response(status = 422)]
    Unprocessable(Problem),
    /// `slow_down`: more than 600 calls of one key in a minute. `Retry-After` says when.
    #[response(status = 429)]
    SlowDown(Problem),
    /// It was not stored. The same call again is safe.
    #[response(status = 503)]
    NotStored(Problem),
}

/// Nobody has this id.
#[derive(IntoResponses)]
#[response(status = 404)]
#[expect(dead_code, reason = "the type is written for the document only")]
pub(super) struct NoSuchUser(Problem);

/// What webhooks are sent, by the name of its type.
const TOLD: [(WebhookEvent, &str, &str); 4] = [
    (
        WebhookEvent::GuestStarted,
        "GuestStarted",
        "Somebody wrote for the first time.",
    ),
    (
        WebhookEvent::MessageSent,
        "MessageSent",
        "A message in a conversation with support, by either side.",
    ),
    (
        WebhookEvent::ConversionDone,
        "ConversionDone",
        "A guest's conversation became somebody's.",
    ),
    (
        WebhookEvent::ConversionUndone,
        "ConversionUndone",
        "A conversion was undone.",
    ),
];

/// OpenAPI 3.1 has a place for webhooks, which the library writes for later versions only.
fn webhooks() -> Value {
    let header = |name: &str, description: &str| {
        json!({
            "name": name,
            "in": "header",
            "required": true,
            "description": description,
            "schema": { "type": "string" },
        })
    };
    let item = |event: WebhookEvent, data: &str, summary: &str| {
        let schema = json!({
            "type": "object",
            "required": ["type", "timestamp", "data"],
            "properties": {
                "type": { "const": event.word() },
                "timestamp": { "type": "string", "format": "date-time" },
                "data": { "$ref": format!("#/components/schemas/{data}") },
            },
        });
        json!({ "post": {
            "tags": ["Webhooks"],
            "summary": summary,
            "operationId": data,
            "security": [],
            "parameters": [
                header("webhook-id", "The same for every try of the same event."),
                header("webhook-timestamp", "Seconds since 1970, of this try."),
                header("webhook-signature", "`v1,` and the signature (Standard Webhooks)."),
            ],
            "requestBody": { "required": true, "content": { "application/json": { "schema": schema } } },
            "responses": {
                "2XX": { "description": "Taken. Anything else is tried again, for three days." },
                "410": { "description": "The receiver wants nothing more: the webhook ends." },
            },
        } })
    };
    let items = TOLD.map(|(event, data, summary)| {
        let word = event.word().to_owned();
        (word, item(event, data, summary))
    });
    Value::Object(items.into_iter().collect())
}

/// As it is served.
pub fn document() -> &'static str {
    static WRITTEN: OnceLock<String> = OnceLock::new();
    WRITTEN.get_or_init(|| {
        let mut document =
            serde_json::to_value(Document::openapi()).expect("a document of texts is JSON");
        document["webhooks"] = webhooks();
        serde_json::to_string_pretty(&document).expect("a document of texts is JSON")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::router::{Callers, routes};
    use std::collections::BTreeSet;

    #[test]
    fn the_document_is_what_it_was() {
        insta::assert_snapshot!(document());
    }

    #[test]
    fn it_is_openapi_3_1_and_every_reference_leads_somewhere() {
        let read = oas3::from_json(document()).unwrap();
        assert!(read.validate_version().is_ok() && read.openapi.starts_with("3.1."));
        let json: Value = serde_json::from_str(document()).unwrap();
        let mut references = Vec::new();
        collect(&json, &mut references);
        assert!(references.len() > 10);
        for reference in references {
            let place = reference.strip_prefix('#').unwrap();
            assert!(json.pointer(place).is_some(), "{reference} leads nowhere");
        }
    }

    #[test]
    fn every_event_of_a_webhook_is_in_it() {
        let told = TOLD.map(|(event, _, _)| event);
        assert_eq!(told, WebhookEvent::ALL);
    }

    fn collect<'a>(json: &'a Value, references: &mut Vec<&'a str>) {
        match json {
            Value::Object(fields) => {
                for (key, value) in fields {
                    match (key.as_str(), value) {
                        ("$ref", Value::String(reference)) => references.push(reference),
                        _ => collect(value, references),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| collect(item, references)),
            _ => {}
        }
    }

    #[test]
    fn it_names_the_routes_of_the_hosts_class_and_no_other() {
        let json: Value = serde_json::from_str(document()).unwrap();
        let mut named = BTreeSet::new();
        for (path, methods) in json["paths"].as_object().unwrap() {
            for method in methods.as_object().unwrap().keys() {
                named.insert(format!("{} {path}", method.to_uppercase()));
            }
        }
        let standing = routes()
            .into_iter()
            .filter(|route| matches!(route.callers, Callers::Host(_)))
            .map(|route| format!("{} {}", route.method, route.path));
        assert_eq!(named, standing.collect());
    }
}
