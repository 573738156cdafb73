//! A stream that remembers when a byte last moved, so that a connection whose other end neither
//! sends nor reads can be closed.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Instant;

/// A stream under watch.
pub(super) struct Watched<S> {
    stream: S,
    watch: Watch,
}

/// When a byte last moved.
#[derive(Clone)]
pub(super) struct Watch {
    started: Instant,
    /// Milliseconds after `started`.
    last_moved: Arc<AtomicU64>,
}

impl<S> Watched<S> {
    /// Watches a stream.
    pub(super) fn new(stream: S) -> (Self, Watch) {
        let watch = Watch { started: Instant::now(), last_moved: Arc::default() };
        (Self { stream, watch: watch.clone() }, watch)
    }
}

impl Watch {
    /// Ends when no byte has moved for so long.
    pub(super) async fn idle_for(self, patience: Duration) {
        loop {
            let moved = self.started + Duration::from_millis(self.last_moved.load(Ordering::Relaxed));
            let over = moved + patience;
            if Instant::now() >= over {
                return;
            }
            tokio::time::sleep_until(over).await;
        }
    }

    fn note(&self) {
        let milliseconds = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.last_moved.store(milliseconds, Ordering::Relaxed);
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let polled = Pin::new(&mut this.stream).poll_read(cx, buffer);
        if polled.is_ready() {
            this.watch.note();
        }
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let polled = Pin::new(&mut this.stream).poll_write(cx, bytes);
        if polled.is_ready() {
            this.watch.note();
        }
        polled
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let polled = Pin::new(&mut this.stream).poll_write_vectored(cx, bytes);
        if polled.is_ready() {
            this.watch.note();
        }
        polled
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
