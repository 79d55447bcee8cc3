//! The clock of a schedule.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::task::{Poll, Waker};
use std::time::Duration;

/// Seconds since the schedule began. To look at a clock isn't a step of a schedule, so these are the standard library's types;
/// and all threads of a schedule are one thread of the system.
static NOW: AtomicU64 = AtomicU64::new(0);

/// What is to be polled when the clock moves.
static WAITING: Mutex<Vec<Waker>> = Mutex::new(Vec::new());

/// A point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Instant(u64);

impl Instant {
    pub(crate) fn now() -> Self {
        Self(NOW.load(Ordering::SeqCst))
    }

    pub(crate) fn checked_add(self, duration: Duration) -> Option<Self> {
        self.0.checked_add(duration.as_secs()).map(Self)
    }
}

/// The work took too long.
#[derive(Debug)]
pub(crate) struct Elapsed;

/// Does `work` while the clock is less than `limit` from now.
pub(crate) async fn timeout<T>(limit: Duration, work: impl Future<Output = T>) -> Result<T, Elapsed> {
    let end = Instant::now().checked_add(limit);
    let mut work = pin!(work);
    poll_fn(|context| {
        if let Poll::Ready(output) = work.as_mut().poll(context) {
            return Poll::Ready(Ok(output));
        }
        if end.is_some_and(|end| end <= Instant::now()) {
            return Poll::Ready(Err(Elapsed));
        }
        waiting().push(context.waker().clone());
        Poll::Pending
    })
    .await
}

/// Sets the clock back, before a schedule.
pub(crate) fn reset() {
    NOW.store(0, Ordering::SeqCst);
    waiting().clear();
}

/// Moves the clock.
pub(crate) fn advance(seconds: u64) {
    NOW.fetch_add(seconds, Ordering::SeqCst);
    let woken = std::mem::take(&mut *waiting());
    woken.into_iter().for_each(Waker::wake);
}

fn waiting() -> std::sync::MutexGuard<'static, Vec<Waker>> {
    WAITING.lock().unwrap_or_else(PoisonError::into_inner)
}
