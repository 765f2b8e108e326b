//! Receivers that hang, babble, redirect and lie, at the other end of a true connection.

use super::*;
use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// A receiver, and how often it was called.
async fn receiver<Serving: Future<Output = ()> + Send>(
    serve: impl Fn(TcpStream) -> Serving + Send + 'static,
) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::SeqCst);
            serve(stream).await;
        }
    });
    (address, calls)
}

fn courier(names: Names) -> Courier {
    Courier::patient(names, Loopback::Allowed, Duration::from_millis(400))
}

async fn call(courier: &Courier, url: &str) -> Outcome {
    courier
        .call(Call {
            url,
            secret: &Secret::new("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            delivery_id: &DeliveryId::parse("019aaf00-1234-7abc-8def-0123456789ab").unwrap(),
            timestamp_s: 1_614_265_330,
            payload: "{}".into(),
        })
        .await
}

async fn reads_head(stream: &mut TcpStream) {
    let mut head = vec![0; 4_096];
    let _read = stream.read(&mut head).await;
}

#[tokio::test]
async fn whatever_a_receiver_does_the_call_ends_in_time() {
    let courier = courier(Names::System);
    let (hanging, _) = receiver(|stream| async move {
        tokio::time::sleep(Duration::from_secs(60)).await;
        drop(stream);
    })
    .await;
    let (endless, _) = receiver(|mut stream| async move {
        reads_head(&mut stream).await;
        while stream
            .write_all(b"HTTP/1.1 100 Continue\r\n\r\n")
            .await
            .is_ok()
        {}
    })
    .await;
    let (dribbling, _) = receiver(|mut stream| async move {
        reads_head(&mut stream).await;
        while stream.write_all(b"H").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    })
    .await;
    let (garbage, _) = receiver(|mut stream| async move {
        reads_head(&mut stream).await;
        let _gone = stream.write_all(b"\0\0\0 not HTTP \r\n\r\n").await;
    })
    .await;
    let (silent, _) = receiver(|stream| async move { drop(stream) }).await;
    for address in [hanging, endless, dribbling, garbage, silent] {
        let outcome = call(&courier, &format!("http://{address}/hook")).await;
        assert!(
            matches!(
                outcome,
                Outcome::Failed(Failure::Timeout | Failure::Connection)
            ),
            "{outcome:?}"
        );
    }
    assert_eq!(
        call(&courier, &format!("http://{hanging}")).await,
        Outcome::Failed(Failure::Timeout)
    );
}

#[tokio::test]
async fn no_connection_is_kept_for_the_next_call() {
    let courier = courier(Names::System);
    let (patient, calls) = receiver(|mut stream| async move {
        tokio::spawn(async move {
            loop {
                reads_head(&mut stream).await;
                let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
                if stream.write_all(answer).await.is_err() {
                    return;
                }
            }
        });
    })
    .await;
    // What the name leads to is looked at before each call, so each call makes its own way.
    for number in 1..4 {
        let outcome = call(&courier, &format!("http://{patient}/hook")).await;
        assert_eq!(outcome, Outcome::Answered(200));
        assert_eq!(calls.load(Ordering::SeqCst), number);
    }
}

#[tokio::test]
async fn of_an_answer_only_the_status_is_read() {
    let courier = courier(Names::System);
    let (huge, _) = receiver(|mut stream| async move {
        reads_head(&mut stream).await;
        let _gone = stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n")
            .await;
        // As long as anybody reads: nobody does.
        while stream.write_all(&[b'x'; 65_536]).await.is_ok() {}
    })
    .await;
    assert_eq!(
        call(&courier, &format!("http://{huge}/hook")).await,
        Outcome::Answered(200)
    );
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_nobody_goes_there() {
    let courier = courier(Names::System);
    let (secret, asked) = receiver(|stream| async move { drop(stream) }).await;
    for status in [301, 302, 303, 307, 308] {
        let (redirecting, _) = receiver(move |mut stream| async move {
            reads_head(&mut stream).await;
            let answer = format!("HTTP/1.1 {status} Go\r\nlocation: http://{secret}/admin\r\ncontent-length: 0\r\n\r\n");
            let _gone = stream.write_all(answer.as_bytes()).await;
        })
        .await;
        assert_eq!(
            call(&courier, &format!("http://{redirecting}/hook")).await,
            Outcome::Answered(status)
        );
    }
    assert_eq!(asked.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_name_that_leads_to_a_private_address_is_not_connected_to() {
    let (secret, asked) = receiver(|stream| async move { drop(stream) }).await;
    let told = HashMap::from([(
        "hooks.example".to_owned(),
        vec![IpAddr::from([127, 0, 0, 1])],
    )]);
    let courier = courier(Names::Told(Arc::new(Mutex::new(told))));
    let by_name = format!("https://hooks.example:{}/", secret.port());
    assert_eq!(
        call(&courier, &by_name).await,
        Outcome::Failed(Failure::AddressPrivate)
    );
    assert_eq!(
        call(&courier, "https://nobody.example/").await,
        Outcome::Failed(Failure::NameUnknown)
    );
    // What was saved by an older rule, or by hand, is looked at too.
    for url in [
        format!("https://127.0.0.1:{}/", secret.port()),
        "https://[::1]/".into(),
    ] {
        assert_eq!(
            call(&courier, &url).await,
            Outcome::Failed(Failure::AddressPrivate),
            "{url}"
        );
    }
    for url in ["http://localhost/", "file:///etc/passwd", ""] {
        assert_eq!(
            call(&courier, url).await,
            Outcome::Failed(Failure::Connection),
            "{url}"
        );
    }
    assert_eq!(asked.load(Ordering::SeqCst), 0);
}
