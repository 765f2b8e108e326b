//! Opening a socket (rows W-01): who may, and how it is refused.

use crate::harness::{ORIGIN, Socket, scenarios};
use shared::{
    realtime::close,
    samples::{CORA, MINA},
    wire,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Writes an upgrade by hand, and reads the status of its answer.
async fn status(
    site: &crate::harness::Site,
    version: &str,
    query: &str,
    headers: &[(&str, &str)],
) -> u16 {
    let mut stream = TcpStream::connect(site.address()).await.unwrap();
    let mut request = format!("GET /api/socket?{query} HTTP/{version}\r\nhost: chat.example\r\n");
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    stream
        .write_all((request + "\r\n").as_bytes())
        .await
        .unwrap();
    let mut answer = vec![0; 64];
    let length = stream.read(&mut answer).await.unwrap();
    let line = String::from_utf8_lossy(&answer[..length]).into_owned();
    line.split(' ')
        .nth(1)
        .unwrap_or_else(|| panic!("no status in {line:?}"))
        .parse()
        .unwrap()
}

scenarios! {
    async fn a_socket_is_opened_by_our_own_frame_with_a_session(site) {
        let mut cora = site.browser(&CORA);
        cora.starts("Hello").await;
        let cookie = cora.cookie();
        let good: Vec<(&str, &str)> = vec![
            ("connection", "Upgrade"),
            ("upgrade", "websocket"),
            ("sec-websocket-version", "13"),
            ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
            ("sec-websocket-protocol", wire::SOCKET_JSON),
            ("origin", ORIGIN),
            ("cookie", &cookie),
        ];
        let without = |name: &str| good.iter().copied().filter(|(other, _)| *other != name).collect::<Vec<_>>();
        let with = |name: &'static str, value: &'static str| {
            let mut headers = without(name);
            headers.push((name, value));
            headers
        };
        assert_eq!(status(site, "1.1", "as=visitor", &good).await, 101);
        // What a host page's own script would send: the same cookie, its own origin.
        for foreign in ["https://shop.example", "null", "", "https://chat.example.evil.com"] {
            assert_eq!(status(site, "1.1", "as=visitor", &with("origin", foreign)).await, 403, "{foreign}");
        }
        assert_eq!(status(site, "1.1", "as=visitor", &without("origin")).await, 403);
        let mut twice = good.clone();
        twice.push(("origin", ORIGIN));
        assert_eq!(status(site, "1.1", "as=visitor", &twice).await, 403);
        assert_eq!(status(site, "1.1", "as=visitor", &without("cookie")).await, 101, "a visitor who looks at the door");
        assert_eq!(status(site, "1.1", "as=user", &without("cookie")).await, 401);
        assert_eq!(status(site, "1.1", "as=user", &good).await, 401, "a guest's cookie is no user's");
        assert_eq!(status(site, "1.1", "as=visitor", &without("sec-websocket-protocol")).await, 400);
        assert_eq!(status(site, "1.1", "as=visitor", &with("sec-websocket-protocol", "chat")).await, 400);
        assert_eq!(status(site, "1.0", "as=visitor", &good).await, 400);
        assert_eq!(status(site, "1.1", "as=visitor", &without("upgrade")).await, 400);
        assert_eq!(status(site, "1.1", "as=visitor", &without("sec-websocket-key")).await, 400);
        assert_eq!(status(site, "1.1", "as=visitor", &with("sec-websocket-version", "8")).await, 426);
        assert_eq!(status(site, "1.1", "", &good).await, 400, "on whose behalf is not said");
        assert_eq!(status(site, "1.1", "as=admin", &good).await, 401, "a guest's cookie is no admin's");
        assert_eq!(status(site, "1.1", "as=everybody", &good).await, 400);
        assert_eq!(status(site, "1.1", "as=visitor&token=x", &good).await, 101, "what else is asked is not looked at");
        // The welcome may still be on its way to those that were let in; they are gone with their connections.
    }

    async fn a_frame_of_another_build_is_told_to_reload(site) {
        let mina = site.signed_in(&MINA).await;
        let another = format!("{}+0000000000000000", wire::SOCKET_JSON);
        let mut socket = Socket::connect(&mina, &another).await;
        assert_eq!(socket.protocol.as_deref(), Some(another.as_str()), "else the browser would drop it without a word");
        assert_eq!(socket.is_closed().await.1, Some(close::OUTDATED));
        let both = format!("{another}, {}", wire::SOCKET_JSON);
        let mut socket = Socket::connect(&mina, &both).await;
        assert_eq!(socket.is_closed().await.1, Some(close::OUTDATED), "the first that is ours counts");
    }
}
