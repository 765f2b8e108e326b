//! The document that programs read: written from the types and from the handlers, in OpenAPI 3.1.
//!
//! The law: it names the routes of the host's class, all of them and no other; a snapshot shows what a change does to it.

use super::http;
use shared::problem::Problem;
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
    paths(http::show_user, http::put_user, http::email_is_verified),
    components(schemas(Problem)),
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

/// As it is served.
pub fn document() -> &'static str {
    static WRITTEN: OnceLock<String> = OnceLock::new();
    WRITTEN.get_or_init(|| {
        Document::openapi()
            .to_pretty_json()
            .expect("a document of texts is JSON")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::router::{Callers, routes};
    use serde_json::Value;
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
