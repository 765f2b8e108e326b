//! What `docs/host-api.md` tells receivers of webhooks to write, run here against true calls.
//!
//! A language that this machine does not have is skipped by name, in one sentence.

use crate::harness::{Engine, Receiver, Site};
use porchlight::clock::Clock;
use serde_json::{Value, json};
use shared::{
    host::WebhookEvent::MessageSent,
    samples::{ADA, CORA},
};
use std::{
    io::Write,
    process::{Command, Stdio},
};

/// The guide's example in a language, as a program that prints whether it believes a call.
fn example(language: &str) -> String {
    const GUIDE: &str = include_str!("../../../docs/host-api.md");
    let (_, code) = GUIDE.split_once(&format!("\n```{language}\n")).unwrap();
    let (code, _) = code.split_once("\n```").unwrap();
    let rest = match language {
        "js" => {
            "import { readFileSync } from 'node:fs';
const { headers, body, secret } = JSON.parse(readFileSync(0));
console.log(isFromPorchlight(headers, body, secret));"
        }
        _ => {
            "import json, sys
told = json.load(sys.stdin)
print(str(is_from_porchlight(told['headers'], told['body'].encode(), told['secret'])).lower())"
        }
    };
    format!("{code}\n{rest}")
}

/// What the guide's example says of a call. `None`, and a sentence, where the machine does not have the language.
fn believes(program: &str, language: &str, told: &Value) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(if language == "js" {
        "host.mjs"
    } else {
        "host.py"
    });
    std::fs::write(&file, example(language)).unwrap();
    let mut child = match Command::new(program)
        .arg(&file)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
    {
        Ok(child) => child,
        Err(_) => {
            println!("skipped: {program} is not on this machine, so its example was not run");
            return None;
        }
    };
    let mut input = child.stdin.take().unwrap();
    input.write_all(told.to_string().as_bytes()).unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    Some(String::from_utf8(output.stdout).unwrap().trim().to_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_guides_receivers_believe_us_and_nobody_else() {
    Site::tell(Engine::Sqlite, async |site| {
        let ada = site.admin_of(&ADA).await;
        let receiver = Receiver::open().await;
        let made = ada.points_at(&receiver, &[MessageSent]).await;
        // A receiver looks at its own clock.
        let ahead = Clock::system().now().0 - site.clock.now().0;
        site.clock.advance(ahead);
        site.browser(&CORA).starts("Grüße, ليلى \"quoted\" \u{1f4a1}").await;
        let told = receiver.hears().await;
        let headers: serde_json::Map<String, Value> = told
            .headers
            .iter()
            .map(|(name, value)| (name.to_string(), json!(value.to_str().unwrap())))
            .collect();
        let call = |body: &str, secret: &str| json!({ "headers": headers, "body": body, "secret": secret });
        let mut old = call(&told.body, &made.secret);
        old["headers"]["webhook-timestamp"] = json!("1614265330");
        for (told, answer) in [
            (call(&told.body, &made.secret), "true"),
            (call(&told.body.replace("message.sent", "message.sont"), &made.secret), "false"),
            (call(&told.body, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), "false"),
            (old, "false"),
        ] {
            for (program, language) in [("node", "js"), ("python3", "python")] {
                if let Some(said) = believes(program, language, &told) {
                    assert_eq!(said, answer, "{program}");
                }
            }
        }
    })
    .await;
}
