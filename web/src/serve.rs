//! Answers a listener's connections within [`limits`], and stops when asked.

mod watched;

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::limits;
use watched::Watched;

/// Answers every connection that a listener accepts until `shutdown` is done; then lets requests in
/// progress end, but not for longer than five seconds.
///
/// The archive is asked on threads of the runtime that may block: whoever ends the runtime after
/// this should not wait for them without a limit.
pub async fn serve(listener: TcpListener, router: Router, shutdown: impl Future) {
    serve_within(listener, router, shutdown, Limits::default()).await;
}

/// The limits that tests make smaller.
#[derive(Clone, Copy)]
struct Limits {
    header_read: Duration,
    idle: Duration,
    shutdown: Duration,
    connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            header_read: limits::HEADER_READ,
            idle: limits::IDLE,
            shutdown: limits::SHUTDOWN,
            connections: limits::CONNECTIONS,
        }
    }
}

async fn serve_within(listener: TcpListener, router: Router, shutdown: impl Future, limits: Limits) {
    let graceful = GracefulShutdown::new();
    let free = Arc::new(Semaphore::new(limits.connections));
    let mut shutdown = pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            _ = &mut shutdown => break,
            accepted = accept(&listener, &free) => accepted,
        };
        if let Some((stream, permit)) = accepted {
            converse(stream, permit, router.clone(), &graceful, limits);
        }
    }
    drop(listener);
    let _ = tokio::time::timeout(limits.shutdown, graceful.shutdown()).await;
}

/// The next connection, once there is room for it.
async fn accept(listener: &TcpListener, free: &Arc<Semaphore>) -> Option<(TcpStream, OwnedSemaphorePermit)> {
    let permit = Arc::clone(free).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, _)) => Some((stream, permit)),
        Err(_) => {
            // A client that left at once, or no file descriptor left: the next may fare better.
            tokio::time::sleep(limits::ACCEPT_PAUSE).await;
            None
        }
    }
}

fn converse(
    stream: TcpStream,
    permit: OwnedSemaphorePermit,
    router: Router,
    graceful: &GracefulShutdown,
    limits: Limits,
) {
    // Answers are small and written at once; waiting for more only delays them.
    let _ = stream.set_nodelay(true);
    let (stream, watch) = Watched::new(stream);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_read)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        let _permit = permit;
        tokio::select! {
            _ = connection => {}
            () = watch.idle_for(limits.idle) => {}
        }
    });
}

#[cfg(test)]
mod tests;
