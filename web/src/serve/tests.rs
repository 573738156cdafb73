//! Clients that misbehave, on real sockets.

use axum::routing::get;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::oneshot;

use super::*;

const SMALL: Limits = Limits {
    header_read: Duration::from_millis(100),
    idle: Duration::from_secs(20),
    shutdown: Duration::from_millis(300),
    connections: 2,
};

struct Server {
    address: std::net::SocketAddr,
    stop: oneshot::Sender<()>,
    ended: tokio::task::JoinHandle<()>,
}

async fn start(limits: Limits) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new()
        .route("/", get(|| async { "here" }))
        .route("/slow", get(|| async { tokio::time::sleep(Duration::from_secs(3600)).await }))
        .route("/large", get(|| async { vec![b'x'; 64 << 20] }));
    let (stop, stopped) = oneshot::channel();
    let ended = tokio::spawn(serve_within(listener, router, stopped, limits));
    Server { address, stop, ended }
}

async fn send(server: &Server, bytes: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    stream
}

async fn rest(mut stream: TcpStream) -> String {
    let mut text = Vec::new();
    let _ = stream.read_to_end(&mut text).await;
    String::from_utf8_lossy(&text).into_owned()
}

#[tokio::test]
async fn a_head_that_never_ends_is_hung_up_on() {
    let server = start(SMALL).await;
    let answer = rest(send(&server, b"GET / HTTP/1.1\r\nHost: loc").await).await;
    assert!(!answer.contains("200 OK"), "{answer}");
}

#[tokio::test]
async fn a_connection_that_falls_silent_between_requests_is_closed() {
    let server = start(SMALL).await;
    let answer = rest(send(&server, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await).await;
    assert!(answer.ends_with("here"), "{answer}");
}

#[tokio::test]
async fn a_client_that_does_not_read_its_answer_is_left() {
    let server = start(Limits { idle: Duration::from_millis(200), ..SMALL }).await;
    let stalled: Vec<_> = [
        send(&server, b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n").await,
        send(&server, b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n").await,
    ]
    .into();
    // Both places are taken; the third client is served once the others have been given up.
    let answer =
        rest(send(&server, b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await).await;
    assert!(answer.ends_with("here"), "{answer}");
    drop(stalled);
}

#[tokio::test]
async fn more_connections_than_there_is_room_for_wait_their_turn() {
    let server = start(SMALL).await;
    let request = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let mut streams = Vec::new();
    for _ in 0..10 {
        streams.push(send(&server, request).await);
    }
    for stream in streams {
        assert!(rest(stream).await.ends_with("here"));
    }
}

#[tokio::test]
async fn stopping_does_not_wait_for_ever_for_a_request_in_progress() {
    let server = start(SMALL).await;
    let stream = send(&server, b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    server.stop.send(()).unwrap();
    server.ended.await.unwrap();
    drop(stream);
}
