//! What `docs/embedding.md` tells host developers to write, run here against the true verifier.
//!
//! A language that this machine does not have is skipped by name, in one sentence.

use crate::harness::{Browser, Engine, Site};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::json;
use shared::identity::Role;
use shared::samples::{ADA, NOOR};
use shared::settings::KeyMade;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The guide's example in Rust.
#[expect(
    clippy::disallowed_methods,
    reason = "a host site asks its own operating system what time it is"
)]
mod rust;

const GUIDE: &str = include_str!("../../../docs/embedding.md");

/// What Noor calls herself today: what makes encodings fail.
const NAME: &str = "Nóor \"Lamp\" Haddad / ليلى";

/// The guide's code blocks in a language, in their order.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("\n```{language}\n");
    let mut rest = GUIDE;
    let mut found = Vec::new();
    while let Some((_, after)) = rest.split_once(fence.as_str()) {
        let (code, after) = after.split_once("\n```").expect("a block ends");
        found.push(code);
        rest = after;
    }
    found
}

/// The one that holds these words.
fn block(language: &str, words: &str) -> &'static str {
    let mut found = blocks(language)
        .into_iter()
        .filter(|code| code.contains(words));
    let code = found
        .next()
        .unwrap_or_else(|| panic!("the guide says {words} in {language}"));
    assert!(found.next().is_none(), "twice in {language}: {words}");
    code
}

/// `None`, and a sentence, where the machine does not have the language.
fn runs(folder: &Path, words: &[&str]) -> Option<Output> {
    let [program, rest @ ..] = words else {
        panic!("a program is named")
    };
    let asked = Command::new(program)
        .args(rest)
        .current_dir(folder)
        .env("GO111MODULE", "off")
        .stdin(Stdio::null())
        .output();
    match asked {
        Ok(output) => Some(output),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            println!("skipped: {program} is not on this machine, so its example was not run");
            None
        }
        Err(error) => panic!("{program}: {error}"),
    }
}

/// What a program that ended well has said.
fn said(output: Output) -> String {
    let Output {
        status,
        stdout,
        stderr,
    } = output;
    assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).unwrap().trim().to_owned()
}

/// A host site in some language.
struct Host {
    language: &'static str,
    /// What the example is called by.
    words: &'static str,
    file: &'static str,
    command: &'static [&'static str],
    /// The whole program: prints the token that it makes of its three arguments.
    whole: fn(&str) -> String,
}

const HOSTS: [Host; 5] = [
    Host {
        language: "js",
        words: "export function chatToken",
        file: "host.mjs",
        command: &["node", "host.mjs"],
        whole: |code| {
            format!(
                "{code}\nconst [site, keyId, secret] = process.argv.slice(2);\nconst user = {};\n\
                 console.log(chatToken(user, {{ site, keyId, secret }}));",
                json!({ "id": NOOR.key, "name": NAME, "email": NOOR.email, "emailVerified": true })
            )
        },
    },
    Host {
        language: "python",
        words: "def chat_token",
        file: "host.py",
        command: &["python3", "host.py"],
        whole: |code| {
            format!(
                "{code}\n\nimport sys\nuser = json.loads({:?})\nprint(chat_token(user, *sys.argv[1:]))",
                user()
            )
        },
    },
    Host {
        language: "php",
        words: "function chat_token",
        file: "host.php",
        command: &["php", "host.php"],
        whole: |code| {
            format!(
                "{code}\n$user = json_decode('{}', true);\necho chat_token($user, ...array_slice($argv, 1));",
                user().replace('\\', "\\\\")
            )
        },
    },
    Host {
        language: "ruby",
        words: "def chat_token",
        file: "host.rb",
        command: &["ruby", "host.rb"],
        whole: |code| {
            format!(
                "{code}\nuser = JSON.parse('{}', symbolize_names: true)\nsite, key_id, secret = ARGV\n\
                 puts chat_token(user, site: site, key_id: key_id, secret: secret)",
                user().replace('\\', "\\\\")
            )
        },
    },
    Host {
        language: "go",
        words: "func Token",
        file: "host.go",
        command: &["go", "run", "host.go"],
        whole: |code| {
            let code = code
                .replace("package chat", "package main")
                .replace("import (", "import (\n\t\"fmt\"\n\t\"os\"");
            format!(
                "{code}\n\nfunc main() {{\n\tuser := User{{{:?}, `{}`, {:?}, true}}\n\
                 \ttoken, err := Token(user, os.Args[1], os.Args[2], os.Args[3])\n\
                 \tif err != nil {{\n\t\tpanic(err)\n\t}}\n\tfmt.Println(token)\n}}\n",
                NOOR.key, NAME, NOOR.email
            )
        },
    },
];

fn user() -> String {
    json!({ "id": NOOR.key, "name": NAME, "email": NOOR.email, "email_verified": true }).to_string()
}

/// A site whose clock shows the true time, as host sites' do, and a key of its admin page's.
async fn with_a_key(story: impl AsyncFnOnce(&Site, &KeyMade)) {
    Site::tell(Engine::Sqlite, async |site| {
        let now = porchlight::clock::Clock::system().now();
        site.clock.advance(now.0 - site.clock.now().0);
        let mut ada = site.admin_of(&ADA).await;
        let form = json!({ "key_id": "shop-1", "algorithm": "HS256", "public_key": "" });
        let made: KeyMade = ada
            .writes("POST", "/api/admin/keys", &form)
            .await
            .read()
            .unwrap();
        story(site, &made).await;
    })
    .await;
}

/// A token of an example signs its user in, once, and not with another signature.
async fn is_believed(site: &Site, what: &str, token: &str) {
    let mut forged = token.to_owned();
    let place = forged.len() - 4..forged.len() - 3;
    let other = if &forged[place.clone()] == "A" {
        "E"
    } else {
        "A"
    };
    forged.replace_range(place, other);
    let bring = async |token: &str| {
        let mut browser = Browser::user(site, &NOOR);
        let command = json!({ "token": token });
        browser.writes("POST", "/api/session", &command).await
    };
    assert_eq!(bring(&forged).await.status, 401, "{what}: forged");
    let session: shared::identity::Session = bring(token)
        .await
        .read()
        .unwrap_or_else(|refused| panic!("{what}: {refused:?} {token}"));
    let person = session.person.unwrap();
    assert_eq!(
        (session.role, person.name.as_str()),
        (Role::User, NAME),
        "{what}"
    );
    assert_eq!(person.email.as_deref(), Some(NOOR.email), "{what}");
    assert_eq!(bring(token).await.status, 401, "{what}: a second time");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_examples_of_the_guide_sign_tokens_that_are_believed() {
    with_a_key(async |site, made| {
        let site_id = site.app().policy().site_id.to_string();
        let secret = made.secret.as_deref().unwrap();
        for host in &HOSTS {
            let folder = tempfile::tempdir().unwrap();
            let program = (host.whole)(block(host.language, host.words));
            std::fs::write(folder.path().join(host.file), program).unwrap();
            let words = [host.command, &[&site_id, "shop-1", secret]].concat();
            if let Some(output) = runs(folder.path(), &words) {
                is_believed(site, host.language, &said(output)).await;
            }
        }
        let user = rust::User {
            id: NOOR.key,
            name: NAME,
            email: NOOR.email,
            email_verified: true,
        };
        let token = rust::chat_token(&user, &site_id, "shop-1", secret).unwrap();
        is_believed(site, "rust", &token).await;
    })
    .await;
}

#[test]
fn the_example_in_rust_is_the_guide_s() {
    let source = include_str!("host_examples/rust.rs");
    let (_, example) = source.split_once("\n\n").unwrap();
    assert_eq!(example.trim_end(), block("rust", "pub fn chat_token"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_example_without_a_shared_secret_is_believed() {
    with_a_key(async |site, _| {
        let folder = tempfile::tempdir().unwrap();
        let pair = "openssl genpkey -algorithm ed25519 -out chat-key.pem";
        assert!(block("sh", "openssl genpkey").contains(pair));
        let Some(made) = runs(folder.path(), &["sh", "-c", block("sh", "openssl genpkey")]) else {
            return;
        };
        let public_key = said(made);
        let mut ada = site.admin_of(&ADA).await;
        let form = json!({ "key_id": "pair", "algorithm": "EdDSA", "public_key": public_key });
        // Two sign at once: the operator's makes way for none, so the other does.
        ada.asks("DELETE", "/api/admin/keys/shop-1").await;
        assert_eq!(
            ada.writes("POST", "/api/admin/keys", &form).await.status,
            200
        );
        let mut claims = site.claims(&NOOR);
        claims["name"] = NAME.into();
        let part = |value: &serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!(
            "{}.{}",
            part(&json!({ "alg": "EdDSA", "kid": "pair" })),
            part(&claims)
        );
        let program = format!(
            "{}\nimport {{ readFileSync }} from \"node:fs\";\n\
             console.log(chatSignature(process.argv[2], readFileSync(\"chat-key.pem\")));",
            block("js", "export function chatSignature")
        );
        std::fs::write(folder.path().join("host.mjs"), program).unwrap();
        if let Some(output) = runs(folder.path(), &["node", "host.mjs", &signed]) {
            is_believed(site, "EdDSA", &format!("{signed}.{}", said(output))).await;
        }
    })
    .await;
}

/// Recipes need their frameworks; that they can be read is what a machine without them can say.
#[test]
fn the_recipes_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let reads = |file: &str, code: &str, words: &[&str]| {
        std::fs::write(folder.path().join(file), code).unwrap();
        if let Some(output) = runs(folder.path(), words) {
            let words = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "{code}\n{words}");
        }
    };
    for code in blocks("php") {
        // A line of a configuration stands in an array.
        let whole = match code {
            code if code.starts_with("<?php") => code.to_owned(),
            code if code.starts_with('\'') => format!("<?php return [\n{code}\n];"),
            code => format!("<?php\n{code}"),
        };
        reads("recipe.php", &whole, &["php", "-l", "recipe.php"]);
    }
    for code in blocks("python") {
        reads(
            "recipe.py",
            code,
            &["python3", "-m", "py_compile", "recipe.py"],
        );
    }
    for code in blocks("ruby") {
        reads("recipe.rb", code, &["ruby", "-c", "recipe.rb"]);
    }
    for code in blocks("js")
        .into_iter()
        .filter(|code| code.contains("import "))
    {
        reads("recipe.mjs", code, &["node", "--check", "recipe.mjs"]);
    }
    for (framework, count) in [
        ("Laravel", 2),
        ("Django", 2),
        ("Rails", 2),
        ("Express", 1),
        ("WordPress", 1),
    ] {
        let (_, recipe) = GUIDE
            .split_once(&format!("\n### {framework}\n"))
            .expect("there is a recipe");
        let recipe = recipe
            .split("\n## ")
            .next()
            .unwrap()
            .split("\n### ")
            .next()
            .unwrap();
        let tags = recipe
            .matches("<script src=\"https://chat.example/embed.js\"")
            .count();
        let blocks = ["php", "python", "ruby", "js"]
            .map(|language| recipe.matches(&format!("```{language}\n")).count());
        assert_eq!(
            (tags, blocks.iter().sum::<usize>()),
            (1, count),
            "{framework}"
        );
        assert!(
            recipe.contains("no-store") || recipe.contains("never_cache"),
            "{framework}"
        );
    }
}
