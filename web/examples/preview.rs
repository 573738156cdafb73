//! Serves made-up articles, to look at the pages: `cargo run -p dateline-web --example preview`.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a tool for whoever works on the pages")]

use std::sync::Arc;

use dateline_index::archive::Archive;
use dateline_web::{Settings, router, serve};

#[path = "../tests/sample.rs"]
#[allow(dead_code, unreachable_pub, clippy::unwrap_used)]
mod sample;

#[tokio::main]
async fn main() {
    let archive = Archive::new(Arc::new(sample::Sample::new(sample::articles())));
    let mut words = std::env::args().skip(1);
    let address = words.next().unwrap_or_else(|| "127.0.0.1:8080".into());
    let base_path = words.next().unwrap_or_default();
    let settings =
        Settings { base_path, beyond_loopback: true, version: "0.1.0".into(), ..Settings::default() };
    let listener = tokio::net::TcpListener::bind(address).await.unwrap();
    println!("Listening on http://{}", listener.local_addr().unwrap());
    serve(listener, router(archive, settings), std::future::pending::<()>()).await;
}
