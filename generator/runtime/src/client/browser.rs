//! What the client needs of a browser, or of another JavaScript engine: waits, and futures of JavaScript as ones that can
//! be sent between threads, as those of a [`Transport`](crate::client::transport::Transport) are.

use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_channel::{mpsc, oneshot};
use futures_core::Stream;
use futures_util::StreamExt as _;
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;
pub(crate) use web_time::Instant;

/// The longest wait of `setTimeout`, in milliseconds. It doesn't wait at all if it is asked for a longer one.
const LONGEST: u32 = i32::MAX as u32;

/// Waits until a point in time. Dropping it ends the wait.
pub(crate) struct Sleep(Local<()>);

/// Waits that long.
pub(crate) fn sleep(wait: Duration) -> Sleep {
    until(Instant::now().checked_add(wait))
}

/// Waits until then.
pub(crate) fn sleep_until(end: Instant) -> Sleep {
    until(Some(end))
}

/// Waits until then; forever, if the clock can't represent it.
fn until(end: Option<Instant>) -> Sleep {
    Sleep(local(async move {
        loop {
            let left = end.map_or(Duration::MAX, |end| end.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                return;
            }
            // Rounded up: it must not end early.
            let millis = left.as_nanos().div_ceil(1_000_000);
            TimeoutFuture::new(u32::try_from(millis).unwrap_or(LONGEST).min(LONGEST)).await;
        }
    }))
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut self.0).poll(context).map(|_| ())
    }
}

/// The time was up.
#[derive(Debug)]
pub(crate) struct Elapsed;

/// The result of `work`, if it comes before `end`.
pub(crate) async fn timeout_at<F: Future>(end: Instant, work: F) -> Result<F::Output, Elapsed> {
    in_time(work, sleep_until(end)).await
}

/// The result of `work`, if it takes no longer than `limit`.
pub(crate) async fn timeout<F: Future>(limit: Duration, work: F) -> Result<F::Output, Elapsed> {
    in_time(work, sleep(limit)).await
}

async fn in_time<F: Future>(work: F, wait: Sleep) -> Result<F::Output, Elapsed> {
    match select(pin!(work), wait).await {
        Either::Left((result, _)) => Ok(result),
        Either::Right(_) => Err(Elapsed),
    }
}

/// The result of a future of JavaScript. Dropping it cancels that future.
pub(crate) struct Local<T>(oneshot::Receiver<T>);

/// Starts `work`, which can't be sent between threads.
pub(crate) fn local<T: 'static>(work: impl Future<Output = T> + 'static) -> Local<T> {
    let (mut result, receiver) = oneshot::channel();
    spawn_local(async move {
        let done = match select(pin!(work), result.cancellation()).await {
            Either::Left((done, _)) => done,
            Either::Right(_) => return,
        };
        // Nobody may wait for it any more.
        let _ = result.send(done);
    });
    Local(receiver)
}

impl<T> Future for Local<T> {
    /// `None` if the work came to no end.
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(context).map(Result::ok)
    }
}

/// The items of a stream of JavaScript. Dropping it cancels that stream.
pub(crate) struct LocalStream<T> {
    items: mpsc::Receiver<T>,
    /// Tells the other side when it is dropped.
    _wanted: oneshot::Sender<()>,
}

/// The items of `stream`, which can't be sent between threads. No more than one is read ahead.
pub(crate) fn local_stream<T: 'static>(
    mut stream: impl Stream<Item = T> + Unpin + 'static,
) -> LocalStream<T> {
    let (mut sender, items) = mpsc::channel(0);
    let (wanted, mut dropped) = oneshot::channel::<()>();
    spawn_local(async move {
        while let Either::Left((Some(item), _)) = select(stream.next(), &mut dropped).await {
            let is_room = std::future::poll_fn(|context| sender.poll_ready(context)).await.is_ok();
            if !is_room || sender.start_send(item).is_err() {
                return;
            }
        }
    });
    LocalStream { items, _wanted: wanted }
}

impl<T> Stream for LocalStream<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        Poll::Ready(ready!(Pin::new(&mut self.items).poll_next(context)))
    }
}
