//! How long the processor worked for this thread: other programs on a busy machine don't count.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// The processor's time of this thread since it began, as the kernel of Linux tells it (`schedstat`, its first
/// number, in nanoseconds); elsewhere the time that has passed.
#[must_use]
pub fn processor_time() -> Duration {
    static BEGIN: OnceLock<Instant> = OnceLock::new();
    let worked = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let worked = worked.as_deref().and_then(|line| line.split(' ').next()?.parse().ok());
    worked.map_or_else(|| BEGIN.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}
