//! Requests that no browser makes (row F-03): refused, and nobody else notices.

use crate::harness::{Site, scenarios};
use shared::samples::CORA;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Writes bytes, and reads the status of the answer; 0 where the connection was closed without one.
async fn status(site: &Site, request: &[u8]) -> u16 {
    let mut stream = TcpStream::connect(site.address()).await.unwrap();
    // The server may have closed before everything was written.
    let _closed = stream.write_all(request).await;
    let mut answer = Vec::new();
    while !answer.contains(&b'\n') {
        match stream.read_buf(&mut answer).await {
            Ok(0) | Err(_) => break,
            Ok(_) => {}
        }
    }
    let line = String::from_utf8_lossy(&answer).into_owned();
    line.split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .unwrap_or(0)
}

scenarios! {
    async fn what_is_no_request_is_refused(site) {
        let post = "POST /api/guest HTTP/1.1\r\nhost: chat.example\r\n";
        let many: String = (0..200).map(|number| format!("x-{number}: y\r\n")).collect();
        let rows: Vec<(&str, Vec<u8>)> = vec![
            ("two lengths", format!("{post}content-length: 2\r\ncontent-length: 3\r\n\r\n{{}}x").into()),
            ("a length that is none", format!("{post}content-length: -1\r\n\r\n").into()),
            ("a folded header", format!("{post}x-a: b\r\n c\r\n\r\n").into()),
            ("NUL in a header", format!("{post}x-a: b\0c\r\n\r\n").into()),
            ("two hundred headers", format!("{post}{many}\r\n").into()),
            ("100 KiB of header", format!("{post}x-a: {}\r\n\r\n", "b".repeat(100 * 1024)).into()),
            ("no version", b"GET /livez\r\n\r\n".to_vec()),
            ("nonsense", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n".to_vec()),
        ];
        for (what, request) in rows {
            let answered = status(site, &request).await;
            assert!(matches!(answered, 400 | 431), "{what} was answered {answered}");
        }
        assert_eq!(status(site, b"GET /livez HTTP/1.1\r\nhost: chat.example\r\n\r\n").await, 200);
    }

    async fn a_length_and_chunks_together_smuggle_nothing(site) {
        // Whichever of the two counts, the second request inside the first one's body is never answered.
        let request = b"POST /api/guest HTTP/1.1\r\nhost: chat.example\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n\
            0\r\n\r\nGET /version HTTP/1.1\r\nhost: chat.example\r\n\r\n";
        let mut stream = TcpStream::connect(site.address()).await.unwrap();
        stream.write_all(request).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut answer = String::new();
        // A connection that is reset has answered enough.
        let _reset = stream.read_to_string(&mut answer).await;
        assert!(!answer.contains("\"protocol\""), "{answer}");
    }

    async fn a_route_knows_its_methods(site) {
        let mut cora = site.browser(&CORA);
        cora.starts("Hello").await;
        for (method, path, status) in [
            ("PATCH", "/api/session", 403),
            ("GET", "/api/guest", 405),
            ("GET", "/nowhere", 404),
            ("GET", "/api/conversations/%ff", 404),
            ("HEAD", "/livez", 200),
        ] {
            assert_eq!(cora.calls(method, path, |request| request).await.status, status, "{method} {path}");
        }
    }
}
