//! `porchlight doctor`: one line for each thing that was looked at; exit code 1 where something is wrong.

use super::arguments::DoctorArguments;
use super::{Stop, say, serve};
use crate::clock::Clock;
use crate::doctor::{Finding, Patient, Verdict, examine};
use serde_json::json;

pub async fn run(arguments: DoctorArguments) -> Result<(), Stop> {
    let findings = match serve::read(&arguments.serve) {
        Ok(config) => {
            let patient = Patient {
                config,
                identity_key_file: arguments.serve.identity_key_file.clone(),
                clock: Clock::system(),
            };
            examine(&patient).await
        }
        // What would stop the start.
        Err(Stop::Refused(sentence) | Stop::Failed(sentence)) => {
            vec![Finding::wrong("start", sentence)]
        }
        Err(Stop::Said) => Vec::new(),
    };
    let is_healthy = findings
        .iter()
        .all(|finding| finding.verdict != Verdict::Wrong);
    if arguments.json {
        let told = json!({ "healthy": is_healthy, "findings": findings });
        say(&format!("{told:#}"));
    } else {
        tell(&findings, is_healthy);
    }
    if is_healthy { Ok(()) } else { Err(Stop::Said) }
}

fn tell(findings: &[Finding], is_healthy: bool) {
    for finding in findings {
        let verdict = match finding.verdict {
            Verdict::Fine => "fine  ",
            Verdict::Advice => "look  ",
            Verdict::Wrong => "WRONG ",
        };
        say(&format!(
            "{verdict} {:17} {}",
            finding.check, finding.sentence
        ));
    }
    if is_healthy {
        say("Nothing is wrong.");
    } else {
        say("Something is wrong: the lines above say what helps.");
    }
}
