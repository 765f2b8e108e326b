//! `porchlight doctor`: what is wrong with a deployment, and what helps.
//!
//! The laws: it changes nothing, whatever it finds; each finding is one sentence that says what is so and, where it is
//! wrong, what to do; no sentence holds a secret or anything of anybody. It is run with what `serve` is run with.

/// The database, its backups, the disk they are on.
mod inside;
/// What browsers meet: the public address, the proxy in between.
mod outside;
/// What admins decided, and the keys and mails that go with it.
mod site;

use crate::{
    clock::Clock,
    config::{Config, is_local},
    database::Database,
    policy::Policy,
    webhook::rules::Loopback,
};
use serde::Serialize;
use std::path::PathBuf;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Fine,
    /// Worth a look; nothing is broken.
    Advice,
    /// Something does not work, or will not when it is needed.
    Wrong,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at: a word.
    pub check: &'static str,
    pub verdict: Verdict,
    pub sentence: String,
}

impl Finding {
    fn fine(check: &'static str, sentence: impl Into<String>) -> Self {
        Self::new(check, Verdict::Fine, sentence)
    }

    fn advice(check: &'static str, sentence: impl Into<String>) -> Self {
        Self::new(check, Verdict::Advice, sentence)
    }

    /// Something is wrong.
    pub fn wrong(check: &'static str, sentence: impl Into<String>) -> Self {
        Self::new(check, Verdict::Wrong, sentence)
    }

    fn new(check: &'static str, verdict: Verdict, sentence: impl Into<String>) -> Self {
        Self {
            check,
            verdict,
            sentence: sentence.into(),
        }
    }
}

/// What there is to look at.
pub struct Patient {
    pub config: Config,
    pub identity_key_file: Option<PathBuf>,
    pub clock: Clock,
}

/// Looks at everything. **Shape**: in the order in which an operator mends.
pub async fn examine(patient: &Patient) -> Vec<Finding> {
    let mut findings = vec![start(&patient.config)];
    findings.extend(site::examine_key_file(patient.identity_key_file.as_deref()));
    findings.extend(inside::examine(patient).await);
    let is_usable = !findings
        .iter()
        .any(|finding| finding.check == inside::DATABASE && finding.verdict == Verdict::Wrong);
    if is_usable {
        findings.extend(examine_site(patient).await);
    }
    findings.extend(outside::examine(&patient.config, &patient.clock).await);
    findings
}

/// Opened like a server's, but only when nothing would be brought up to date by it.
async fn examine_site(patient: &Patient) -> Vec<Finding> {
    let database = match Database::open(&patient.config.database_url).await {
        Ok(database) => database,
        Err(refused) => return vec![Finding::wrong(inside::DATABASE, refused.to_string())],
    };
    let read = async {
        let mut connection = database.read().await?;
        Policy::read(&mut connection).await
    };
    let findings = match read.await {
        Ok(policy) => site::examine(patient, &database, &policy).await,
        Err(refusal) => vec![Finding::wrong(
            site::SETTINGS,
            format!(
                "The site cannot be read ({refusal}): start the server once, it founds the site."
            ),
        )],
    };
    database.close().await;
    findings
}

/// What can be seen from the flags alone.
fn start(config: &Config) -> Finding {
    const START: &str = "start";
    let is_public = !is_local(&config.public_origin);
    if is_public && config.webhook_loopback == Loopback::Allowed {
        return Finding::wrong(
            START,
            "Webhooks may call this very machine on a server that others reach: take --webhook-loopback away.",
        );
    }
    if is_public && config.listen.ip().is_loopback() && config.trusted_proxies.is_empty() {
        return Finding::wrong(
            START,
            "The server listens behind a proxy on this machine and trusts none, so all visitors share one limit: name the proxy with --trusted-proxy 127.0.0.1.",
        );
    }
    if !is_public {
        return Finding::advice(
            START,
            format!(
                "{} is this very machine: nobody else can open the chat; give --public-url when others should.",
                config.public_origin
            ),
        );
    }
    Finding::fine(
        START,
        format!("The chat is to be reached at {}.", config.public_origin),
    )
}
