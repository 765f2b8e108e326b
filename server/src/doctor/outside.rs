//! What browsers meet: the public address, and the proxy in between.
//!
//! The law: only what any browser could ask, by the public address, so that what is found is what people find.

use super::Finding;
use crate::{clock::Clock, config::Config};
use reqwest::{
    Client, Response, StatusCode,
    header::{self, HeaderMap},
    redirect::Policy,
};
use serde::Deserialize;
use shared::{ids::Time, wire};
use std::time::{Duration, UNIX_EPOCH};

const PUBLIC: &str = "public_url";
const FRAME: &str = "frame";
const SOCKET: &str = "websocket";
const CLOCK: &str = "clock";

/// For one answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Identity tokens bear a minute; half of it is ours. **Units**: milliseconds.
const APART_MS: i64 = 30_000;

pub(super) async fn examine(config: &Config, clock: &Clock) -> Vec<Finding> {
    let Ok(client) = Client::builder()
        .timeout(PATIENCE)
        .redirect(Policy::none())
        .no_proxy()
        .http1_only()
        .build()
    else {
        return vec![Finding::wrong(
            PUBLIC,
            "This machine lets nobody make a call by HTTPS, so the public address was not tried.",
        )];
    };
    let origin = &config.public_origin;
    let (readiness, moment) = examine_readiness(&client, origin, clock).await;
    let answers = readiness.verdict != super::Verdict::Wrong;
    let mut findings = vec![readiness];
    findings.extend(moment);
    if answers {
        findings.push(examine_version(&client, origin).await);
        findings.push(examine_frame(&client, origin).await);
        findings.push(examine_socket(&client, origin).await);
    }
    findings
}

async fn examine_readiness(
    client: &Client,
    origin: &str,
    clock: &Clock,
) -> (Finding, Option<Finding>) {
    let answer = match client.get(format!("{origin}/readyz")).send().await {
        Ok(answer) => answer,
        Err(error) => return (Finding::wrong(PUBLIC, unreached(origin, &error)), None),
    };
    let moment = date(answer.headers()).map(|date| judge_date(clock.now(), date));
    let (status, is_elsewhere) = (answer.status(), answer.status().is_redirection());
    let said = answer.text().await.unwrap_or_default();
    let finding = match (status, said.trim()) {
        (StatusCode::OK, "ready") => {
            Finding::fine(PUBLIC, format!("The chat answers at {origin}."))
        }
        (StatusCode::SERVICE_UNAVAILABLE, "cannot store" | "draining") => Finding::wrong(
            PUBLIC,
            format!("The server behind {origin} says that it cannot work: its log says why."),
        ),
        (
            StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT,
            _,
        ) => Finding::wrong(
            PUBLIC,
            format!(
                "The proxy at {origin} answers {}, so it does not reach the server: start it, and compare the proxy's upstream with --listen.",
                status.as_u16()
            ),
        ),
        _ if is_elsewhere => Finding::wrong(
            PUBLIC,
            format!(
                "{origin} sends people elsewhere ({}): give --public-url as browsers end up with it.",
                status.as_u16()
            ),
        ),
        _ => Finding::wrong(
            PUBLIC,
            format!(
                "{origin} is answered by something else than Porchlight ({}): let the proxy pass everything below / on.",
                status.as_u16()
            ),
        ),
    };
    (finding, moment)
}

fn unreached(origin: &str, error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return format!(
            "{origin} does not answer within 10 seconds: look at the firewall and the proxy."
        );
    }
    if is_about_certificate(error) {
        return format!(
            "{origin} has no certificate that browsers believe: renew it, and let the proxy send the whole chain."
        );
    }
    format!(
        "{origin} cannot be reached from here: start the server and the proxy, and see that the name leads to them."
    )
}

fn is_about_certificate(error: &reqwest::Error) -> bool {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(inner) = cause {
        let said = inner.to_string();
        if said.contains("certificate") || said.contains("UnknownIssuer") {
            return true;
        }
        cause = inner.source();
    }
    false
}

/// Of the proxy, or of the server where there is none.
fn date(headers: &HeaderMap) -> Option<Time> {
    let text = headers.get(header::DATE)?.to_str().ok()?;
    let date = httpdate::parse_http_date(text).ok()?;
    let since_1970 = date.duration_since(UNIX_EPOCH).ok()?;
    Some(Time(since_1970.as_millis().try_into().ok()?))
}

fn judge_date(now: Time, outside: Time) -> Finding {
    let apart = (now.0 - outside.0).abs();
    if apart > APART_MS {
        return Finding::wrong(
            CLOCK,
            format!(
                "This machine's clock and that of the public address are {} seconds apart: identity tokens will be refused; set both by NTP.",
                apart / 1_000
            ),
        );
    }
    Finding::fine(CLOCK, "The clock agrees with that of the public address.")
}

async fn examine_version(client: &Client, origin: &str) -> Finding {
    #[derive(Deserialize)]
    struct Told {
        version: String,
        protocol: String,
    }
    const VERSION: &str = "version";
    let read = async {
        let answer = client.get(format!("{origin}/version")).send().await?;
        anyhow::Ok(serde_json::from_str::<Told>(&answer.text().await?)?)
    };
    match read.await {
        Ok(told) if told.protocol == wire::PROTOCOL => {
            Finding::fine(VERSION, format!("Porchlight {} answers.", told.version))
        }
        Ok(told) => Finding::advice(
            VERSION,
            format!(
                "Another build ({}) than this one answers: restart the server after an update.",
                told.version
            ),
        ),
        Err(_) => Finding::wrong(
            VERSION,
            format!(
                "{origin}/version does not say what answers there: let the proxy pass everything below / on."
            ),
        ),
    }
}

/// What the host page needs: the script for anybody, and a frame that our own policy alone decides about.
async fn examine_frame(client: &Client, origin: &str) -> Finding {
    let (script, frame) = tokio::join!(
        client.get(format!("{origin}/embed.js")).send(),
        client.get(format!("{origin}/widget")).send()
    );
    let (Ok(script), Ok(frame)) = (script, frame) else {
        return Finding::wrong(
            FRAME,
            format!("{origin}/embed.js or /widget cannot be loaded."),
        );
    };
    judge_frame(&script, &frame)
}

fn judge_frame(script: &Response, frame: &Response) -> Finding {
    let says = |answer: &Response, name: &str, word: &str| {
        let value = answer
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok());
        value.is_some_and(|value| value.contains(word))
    };
    let policies = frame.headers().get_all(header::CONTENT_SECURITY_POLICY);
    if !script.status().is_success() || !says(script, "content-type", "javascript") {
        return Finding::wrong(
            FRAME,
            "/embed.js does not arrive as a script: let the proxy pass it on unchanged.",
        );
    }
    if !says(script, "cross-origin-resource-policy", "cross-origin") {
        return Finding::wrong(
            FRAME,
            "The proxy changes Cross-Origin-Resource-Policy of /embed.js: other sites cannot load it then.",
        );
    }
    if frame.headers().contains_key(header::X_FRAME_OPTIONS) {
        return Finding::wrong(
            FRAME,
            "The proxy adds X-Frame-Options: browsers then refuse the chat on your site; take the header out for this host.",
        );
    }
    if policies.iter().count() != 1 || !says(frame, "content-security-policy", "frame-ancestors") {
        return Finding::wrong(
            FRAME,
            "The proxy changes Content-Security-Policy: the server's own says who may embed the chat; take the proxy's out for this host.",
        );
    }
    Finding::fine(FRAME, "The script and the frame arrive with their headers.")
}

/// As the frame of a visitor opens it; closed before a word is said.
async fn examine_socket(client: &Client, origin: &str) -> Finding {
    let asked = client
        .get(format!("{origin}/api/socket?as=visitor"))
        .header(header::ORIGIN, origin)
        .header(header::CONNECTION, "Upgrade")
        .header(header::UPGRADE, "websocket")
        .header(header::SEC_WEBSOCKET_VERSION, "13")
        .header(header::SEC_WEBSOCKET_KEY, "cG9yY2hsaWdodC1kb2N0bw==")
        .header(header::SEC_WEBSOCKET_PROTOCOL, wire::SOCKET_JSON)
        .send();
    let Ok(answer) = asked.await else {
        return Finding::wrong(
            SOCKET,
            "The proxy breaks a WebSocket off: let it pass the upgrade on, as docs/operating.md shows.",
        );
    };
    match answer.status().as_u16() {
        101 => Finding::fine(SOCKET, "WebSockets get through."),
        400 | 426 => Finding::wrong(
            SOCKET,
            "The proxy does not pass the upgrade of WebSockets on, so answers arrive late: let it, as docs/operating.md shows.",
        ),
        403 => Finding::wrong(
            SOCKET,
            "The server does not know its own address: the proxy changes Origin, or --public-url is not what browsers see.",
        ),
        429 => Finding::advice(SOCKET, "Too many visitors are connected to try one more."),
        status => Finding::wrong(
            SOCKET,
            format!(
                "A WebSocket is answered {status}: let the proxy pass /api/socket on, as docs/operating.md shows."
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_of_an_answer_is_read() {
        let read = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::DATE, text.parse().unwrap());
            date(&headers)
        };
        assert_eq!(
            read("Sun, 06 Nov 1994 08:49:37 GMT"),
            Some(Time(784_111_777_000))
        );
        for text in [
            "yesterday",
            "Sun, 06 Foo 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
