//! How much may be in flight: the reader waits here when the others fall behind.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// What every record costs beside its bytes: its origin, its place in the queues.
pub(super) const RECORD: usize = 4 << 10;

/// A number of bytes that are lent and given back.
pub(super) struct Budget {
    limit: usize,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    used: usize,
    peak: usize,
    is_closed: bool,
}

impl Budget {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, state: Mutex::default(), changed: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until so much is free, or everything is: one record may be larger than the limit.
    /// False if nothing more is wanted.
    pub(super) fn acquire(&self, amount: usize) -> bool {
        let is_full =
            |state: &mut State| !state.is_closed && state.used > 0 && state.used + amount > self.limit;
        let waited = self.changed.wait_while(self.lock(), is_full);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        state.used += amount;
        state.peak = state.peak.max(state.used);
        !state.is_closed
    }

    pub(super) fn release(&self, amount: usize) {
        self.lock().used -= amount;
        self.changed.notify_all();
    }

    /// Lets everybody through: the run is over.
    pub(super) fn close(&self) {
        self.lock().is_closed = true;
        self.changed.notify_all();
    }

    /// The most that was ever in flight.
    pub(super) fn peak(&self) -> usize {
        self.lock().peak
    }
}
