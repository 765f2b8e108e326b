//! Somebody's export: what stands in it, what others keep to themselves, and how it leaves.

/// A history so long that it would be felt.
mod long;

use crate::harness::{Browser, ORIGIN, Office, PostOffice, Receiver, Site, scenarios, user_path};
use serde_json::{Value, json};
use shared::{
    host::{HostScope, WebhookEvent},
    ids::{ConversationId, PersonId},
    safety::{Action, BlockScope},
    samples::{ADA, CORA, IDRIS, MINA, NOOR, TEO},
};

fn path(person_id: &PersonId) -> String {
    format!("/api/admin/people/{person_id}/export")
}

/// The file as it was written, and what it says.
async fn exported(ada: &mut Browser<'_>, person_id: &PersonId) -> (String, Value) {
    let answer = ada.asks("POST", &path(person_id)).await;
    assert_eq!(answer.status, 200);
    let text = String::from_utf8(answer.body).unwrap();
    let file = serde_json::from_str(&text).unwrap();
    (text, file)
}

/// The conversation of an id in a file.
fn conversation<'a>(file: &'a Value, conversation_id: &ConversationId) -> &'a Value {
    let of_id = |one: &&Value| one["conversation_id"] == conversation_id.as_str();
    file["conversations"]
        .as_array()
        .unwrap()
        .iter()
        .find(of_id)
        .unwrap()
}

/// Who wrote what in it, in its order.
fn written(conversation: &Value) -> Vec<(u64, &str, &str, &str)> {
    let messages = conversation["messages"].as_array().unwrap().iter();
    let line = |message: &'_ Value| message["position"].as_u64().unwrap();
    let mut all: Vec<_> = Vec::new();
    for message in messages {
        let text = |field: &str| message[field].as_str().unwrap_or("nobody");
        all.push((line(message), text("by"), text("author"), text("text")));
    }
    all
}

/// Every value of a column that holds a hash, a key or a secret, of whatever table.
async fn secrets(site: &Site) -> Vec<String> {
    let mut secrets = Vec::new();
    for (table, columns) in SECRET_COLUMNS {
        for column in *columns {
            let statement = format!("select {column} from {table} where {column} is not null");
            secrets.extend(site.texts(statement.leak()).await);
        }
    }
    secrets.retain(|secret| secret.len() > 7);
    secrets
}

const SECRET_COLUMNS: &[(&str, &[&str])] = &[
    ("session", &["token_hash"]),
    ("ended_session", &["token_hash"]),
    ("ended_guest_session", &["token_hash"]),
    ("awaited_guest", &["token_hash", "beside"]),
    ("account", &["password_hash"]),
    ("setup_link", &["token_hash"]),
    ("invitation", &["token_hash"]),
    ("mail_code", &["token_hash", "code_hash"]),
    ("mail_code_request", &["email_hash"]),
    ("host_key", &["key_hash"]),
    ("identity_key", &["key_text"]),
    ("identity_token_use", &["token_id"]),
    ("webhook", &["secret"]),
    ("site_secret", &["secret_value"]),
];

/// Columns of the migrations whose names say that they hold something of the kind.
fn columns_that_sound_secret() -> Vec<String> {
    let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations")).unwrap();
    let texts = folder.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    let sounds = |word: &str| {
        word.ends_with("_hash") || matches!(word, "secret" | "secret_value" | "key_text")
    };
    let mut columns = Vec::new();
    for text in texts {
        let words = text
            .lines()
            .filter_map(|line| line.split_whitespace().next());
        columns.extend(words.filter(|word| sounds(word)).map(str::to_owned));
    }
    columns
}

scenarios! {
    async fn one_file_holds_what_is_held_about_a_user(site) {
        let (receiver, post) = (Receiver::open().await, PostOffice::open().await);
        site.mails_by(&post).await;
        let Office { mut ada, mut noor, mina, .. } = Office::open(site).await;
        ada.points_at(&receiver, &[WebhookEvent::GuestStarted, WebhookEvent::MessageSent, WebhookEvent::ConversionDone]).await;
        let mut browser = site.browser(&NOOR);
        let hall = browser.starts("Is the lamp in stock?").await;
        mina.says(&hall, "It is.").await;
        let mut browser = browser.on_behalf_of_user();
        browser.signs_in_verified().await;
        noor.says(&hall, "Then I take it.").await;
        noor.sees(&hall, 3).await.unwrap();
        let mina_id = mina.person_id().await;
        let pair = noor.writes_to(&mina_id, "Lunch?").await.unwrap().conversation.conversation_id;
        mina.says(&pair, "At noon").await;
        assert_eq!(noor.reports(&pair, 2, "She is late").await.status, 204);
        let noor_id = noor.person_id().await;
        site.blocks(&noor_id, &mina_id, BlockScope::Person, &pair).await;
        noor.asks_for_code(NOOR.email).await;

        let answer = ada.asks("POST", &path(&noor_id)).await;
        let header = |name: &str| answer.headers.get(name).unwrap().to_str().unwrap().to_owned();
        assert_eq!(header("content-disposition"), format!("attachment; filename=\"porchlight-person-{noor_id}.json\""));
        assert_eq!([header("content-type"), header("cache-control"), header("x-content-type-options")], ["application/json", "no-store", "nosniff"]);
        let file: Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!((&file["format"], &file["version"]), (&json!("porchlight.person"), &json!(1)));
        assert!(file["exported_at"].as_str().unwrap().ends_with('Z'));
        let person = &file["person"];
        assert_eq!((&person["name"], &person["external_id"], &person["email_verified"]), (&json!(NOOR.name), &json!(NOOR.key), &json!(true)));
        let mut sessions: Vec<(&str, bool)> = file["sessions"].as_array().unwrap().iter().map(|session| (session["kind"].as_str().unwrap(), session["ended_at"].is_string())).collect();
        sessions.sort_unstable();
        assert_eq!(sessions, [("guest", true), ("user", false), ("user", false)]);
        assert_eq!((&file["groups"][0]["name"], &file["permissions"][0]), (&json!("Trial"), &json!({ "group": "Trial", "other": "Billing" })));
        let guest = &file["former_guests"][0];
        assert_eq!((&guest["name"], &guest["proof"], &guest["conversation_id"]), (&json!(NOOR.name), &json!("same_browser"), &json!(hall)));
        assert_eq!((&file["blocks"][0]["blocked"], &file["reports"][0]["reason"]), (&json!(MINA.name), &json!("She is late")));
        assert_eq!(file["codes_requested"].as_array().unwrap().len(), 1);
        // The beginning, three messages, one conversion.
        assert_eq!(file["webhook_deliveries"], 5);

        let support = conversation(&file, &hall);
        assert_eq!(written(support), [
            (1, "they", NOOR.name, "Is the lamp in stock?"),
            (2, "another", MINA.name, "It is."),
            (3, "nobody", "nobody", "converted same_browser"),
            (4, "they", NOOR.name, "Then I take it."),
        ]);
        assert_eq!((&support["kind"], &support["with"], &support["seen_position"]), (&json!("support"), &Value::Null, &json!(4)));
        let direct = conversation(&file, &pair);
        assert_eq!(written(direct), [(1, "they", NOOR.name, "Lunch?"), (2, "another", MINA.name, "At noon")]);
        assert_eq!((&direct["kind"], &direct["with"]), (&json!("direct"), &json!(MINA.name)));
        let did: Vec<(&str, &str)> = file["activity"].as_array().unwrap().iter().map(|line| (line["action"].as_str().unwrap(), line["by"].as_str().unwrap())).collect();
        for line in [("member_added", "another"), ("message_reported", "they"), ("person_blocked", "they"), ("person_exported", "another")] {
            assert_eq!(did.iter().filter(|did| **did == line).count(), 1, "{line:?} of {did:?}");
        }
        let line = ada.reads_activity("?action=person_exported").await.lines.remove(0);
        assert_eq!((line.action, line.actor.as_deref(), line.subject.as_deref()), (Action::PersonExported, Some(ADA.name), Some(NOOR.name)));
    }

    async fn what_others_keep_to_themselves_stays_theirs(site) {
        let Office { mut ada, mut noor, mina, .. } = Office::open(site).await;
        let hall = noor.starts("Hello").await;
        mina.says(&hall, "Good morning").await;
        let mut namesake = site.browser(&NOOR);
        namesake.starts("canary-namesake").await;
        let mut cora = site.browser(&CORA);
        let shed = cora.starts("canary-guest").await;
        mina.says(&shed, "canary-answer").await;
        let (noor_id, mina_id) = (noor.person_id().await, mina.person_id().await);
        let pair = mina.writes_to(&noor_id, "Lunch?").await.unwrap().conversation.conversation_id;
        noor.says(&pair, "No").await;
        assert_eq!(mina.reports(&pair, 2, "canary-reason").await.status, 204);
        site.blocks(&mina_id, &noor_id, BlockScope::Person, &pair).await;
        ada.reads_along(&hall).await.unwrap();

        let (text, file) = exported(&mut ada, &noor_id).await;
        for word in ["canary", MINA.email, ADA.email, ADA.name, mina_id.as_str(), CORA.name, "person_blocked", "message_reported", "conversation_read"] {
            assert!(!text.contains(word), "{word}");
        }
        assert_eq!(file["conversations"].as_array().unwrap().len(), 2);
        // The other side of the same: what Mina did is hers, and what she wrote to customers is the customers'.
        let (text, file) = exported(&mut ada, &mina_id).await;
        assert!(text.contains("canary-reason") && text.contains("person_blocked"));
        for word in ["canary-guest", "canary-answer", "canary-namesake", NOOR.email] {
            assert!(!text.contains(word), "{word}");
        }
        assert_eq!(written(conversation(&file, &pair)), [(1, "they", MINA.name, "Lunch?"), (2, "another", NOOR.name, "No")]);
    }

    async fn a_guest_is_exported_like_anybody_and_what_became_a_users_is_the_users(site) {
        let mut ada = site.admin_of(&ADA).await;
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let guest = cora.session().await.person.unwrap().person_id;
        let (_, file) = exported(&mut ada, &guest).await;
        assert_eq!((&file["person"]["kind"], &file["person"]["email_as_typed"], &file["person"]["email_verified"]), (&json!("guest"), &json!(CORA.email), &json!(false)));
        assert_eq!(written(conversation(&file, &hall)), [(1, "they", CORA.name, "Hello")]);
        assert_eq!(file["account"], Value::Null);
        let mut user = cora.clone().on_behalf_of_user();
        user.signs_in_verified().await;
        let (_, file) = exported(&mut ada, &guest).await;
        assert_eq!((file["conversations"].as_array().unwrap().len(), &file["became"][0]["proof"]), (0, &json!("same_browser")));
        let user_id = user.person_id().await;
        assert_eq!(file["became"][0]["person_id"], user_id.as_str());
        let (_, file) = exported(&mut ada, &user_id).await;
        assert_eq!(written(conversation(&file, &hall))[0], (1, "they", CORA.name, "Hello"));
        // Given back, it is the guest's again.
        ada.undoes_latest(&hall).await;
        let (_, file) = exported(&mut ada, &user_id).await;
        assert_eq!((file["conversations"].as_array().unwrap().len(), file["former_guests"].as_array().unwrap().len()), (0, 0));
        let (_, file) = exported(&mut ada, &guest).await;
        assert_eq!(written(conversation(&file, &hall))[0], (1, "they", CORA.name, "Hello"));
    }

    async fn whoever_is_not_there_is_not_exported_and_nothing_is_noted(site) {
        let mut ada = site.admin_of(&ADA).await;
        let mut cora = site.browser(&CORA);
        let hall = cora.starts("Hello").await;
        let guest = cora.session().await.person.unwrap().person_id;
        for nobody in ["nobody", "%00", hall.as_str(), "01900000-0000-7000-8000-00000000ffff"] {
            assert_eq!(ada.asks("POST", &format!("/api/admin/people/{nobody}/export")).await.status, 404, "{nobody}");
        }
        assert_eq!(ada.asks("POST", &format!("/api/admin/people/{guest}/erase")).await.status, 204);
        assert_eq!(ada.asks("POST", &path(&guest)).await.status, 404);
        assert!(ada.reads_activity("?action=person_exported").await.lines.is_empty());
        // Every time leaves a line.
        let mut idris = site.browser(&IDRIS);
        idris.starts("Hello").await;
        let guest = idris.session().await.person.unwrap().person_id;
        for _ in 0..2 {
            exported(&mut ada, &guest).await;
        }
        assert_eq!(ada.reads_activity("?action=person_exported").await.lines.len(), 2);
    }

    async fn nobody_but_an_admin_at_the_admin_page_is_handed_anybody(site) {
        let noor = site.signed_in(&NOOR).await;
        let noor_id = noor.person_id().await;
        let mut cora = site.browser(&CORA);
        cora.starts("Hello").await;
        let ada = site.admin_of(&ADA).await;
        let callers = [
            (401, site.browser(&IDRIS)),
            (404, cora),
            (404, noor),
            (404, site.signed_in(&MINA).await),
            (404, site.signed_in(&ADA).await),
            (404, site.admin_of(&TEO).await),
        ];
        let path = path(&noor_id);
        for (status, browser) in &callers {
            let answer = browser.calls("POST", &path, |request| request.header("origin", ORIGIN)).await;
            assert_eq!(answer.status, *status);
        }
        // By the right cookie, from the wrong place, or by a link.
        for origin in ["https://shop.example", "null", ""] {
            assert_eq!(ada.calls("POST", &path, |request| request.header("origin", origin)).await.status, 403, "{origin}");
        }
        assert_eq!(ada.calls("POST", &path, |request| request).await.status, 403);
        assert_eq!(ada.calls("GET", &path, |request| request).await.status, 405);
        assert!(ada.reads_activity("?action=person_exported").await.lines.is_empty());
    }

    async fn what_was_written_stays_text_and_no_name_is_in_the_files(site) {
        let mut ada = site.admin_of(&ADA).await;
        let name = "=cmd|' /C calc'!A0 \"\\../..";
        let words = "</script><img src=x onerror=1>\u{2028}\"},{\"by\":\"they\"\n\u{0}end".replace('\u{0}', "");
        let mut cora = site.browser(&CORA);
        cora.presses_start().await;
        let client_id = cora.client_id();
        let form = json!({ "client_id": client_id, "text": words, "guest": { "name": name, "email": CORA.email } });
        assert_eq!(cora.writes("POST", "/api/conversations", &form).await.status, 200);
        let guest = cora.session().await.person.unwrap().person_id;
        let answer = ada.asks("POST", &path(&guest)).await;
        let disposition = answer.headers.get("content-disposition").unwrap().to_str().unwrap();
        assert_eq!(disposition, format!("attachment; filename=\"porchlight-person-{guest}.json\""));
        let file: Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(file["person"]["name"], name);
        let conversation = &file["conversations"][0];
        assert_eq!(written(conversation), [(1, "they", name, words.as_str())]);
    }

    async fn no_hash_and_no_secret_of_any_table_is_in_it(site) {
        for column in columns_that_sound_secret() {
            assert!(SECRET_COLUMNS.iter().any(|(_, columns)| columns.contains(&column.as_str())), "{column} is looked for");
        }
        let (receiver, post) = (Receiver::open().await, PostOffice::open().await);
        site.mails_by(&post).await;
        let mut ada = site.admin_of(&ADA).await;
        ada.points_at(&receiver, &[WebhookEvent::MessageSent]).await;
        ada.makes_host_key("The shop", &crate::harness::EVERYTHING).await.unwrap();
        let mut noor = site.browser(&NOOR);
        noor.starts("Hello").await;
        let mut noor = noor.on_behalf_of_user();
        noor.signs_in_verified().await;
        noor.asks_for_code(NOOR.email).await;
        let noor_id = noor.person_id().await;
        let ada_id = site.signed_in(&ADA).await.person_id().await;
        assert_eq!(ada.asks("POST", &format!("/api/admin/people/{noor_id}/password-link")).await.status, 200);
        site.happened("update conversation set revision = revision").await;
        let secrets = secrets(site).await;
        assert!(secrets.len() > 10, "{} of them", secrets.len());
        for person in [&noor_id, &ada_id] {
            let (text, _) = exported(&mut ada, person).await;
            for secret in &secrets {
                assert!(!text.contains(secret.as_str()), "a hash or a secret is in the file");
            }
            assert!(!text.contains("hash") && !text.contains("secret"));
        }
    }

    async fn only_a_key_made_for_it_is_handed_a_user(site) {
        let noor = site.signed_in(&NOOR).await;
        let noor_id = noor.person_id().await;
        let exports = async |scopes: &[HostScope], id: &str| {
            let host = site.host(scopes).await;
            host.asks("POST", &format!("/api/host/users/{id}/export"), &Value::Null).await
        };
        for scopes in [&[HostScope::UsersWrite][..], &[HostScope::UsersErase], &[HostScope::UsersWrite, HostScope::UsersErase]] {
            assert_eq!(exports(scopes, NOOR.key).await.status, 401);
        }
        let scopes = [HostScope::UsersExport];
        for (id, status) in [("nobody", 404), ("%00", 422), (noor_id.as_str(), 404)] {
            assert_eq!(exports(&scopes, id).await.status, status, "{id}");
        }
        let ada = site.admin_of(&ADA).await;
        assert!(ada.reads_activity("?action=person_exported").await.lines.is_empty());
        let host = site.host(&scopes).await;
        let asked = format!("{}/export", user_path(&NOOR));
        let by_a_browser = host.calls("POST", &asked, |request| request.bearer_auth(&host.made.key).header("origin", ORIGIN)).await;
        assert_eq!(by_a_browser.status, 403);
        let answer = host.asks("POST", &asked, &Value::Null).await;
        assert_eq!(answer.headers.get("content-disposition").unwrap().to_str().unwrap(), format!("attachment; filename=\"porchlight-person-{noor_id}.json\""));
        let file: Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(file["person"]["external_id"], NOOR.key);
        let line = ada.reads_activity("?action=person_exported").await.lines.remove(0);
        assert!(line.actor.is_none() && line.particulars.contains(&("key".into(), "The shop".into())));
        let erases = site.host(&[HostScope::UsersErase]).await;
        assert_eq!(erases.asks("DELETE", &user_path(&NOOR), &Value::Null).await.status, 204);
        assert_eq!(host.asks("POST", &asked, &Value::Null).await.status, 404);
    }
}
