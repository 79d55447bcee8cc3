//! The future of a call.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::client::transport::BoxFuture;
use crate::http::error::Error;

/// A call, which resolves to `Result<T, Error<E>>`. Nothing is sent until it is polled, and dropping it cancels the call.
///
/// The future is boxed in a type of its own, since the builder of each operation names it: a boxed `dyn Future` would take the
/// compiler longer there.
#[must_use = "nothing is sent until it is awaited"]
pub struct ResponseFuture<'a, T, E>(BoxFuture<'a, Result<T, Error<E>>>);

impl<'a, T, E> ResponseFuture<'a, T, E> {
    /// A call that `call` makes.
    pub(crate) fn new(call: impl Future<Output = Result<T, Error<E>>> + Send + 'a) -> Self {
        Self(Box::pin(call))
    }
}

impl<T, E> Future for ResponseFuture<'_, T, E> {
    type Output = Result<T, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl<T, E> fmt::Debug for ResponseFuture<'_, T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::Waker;

    use super::*;

    #[test]
    fn nothing_runs_until_it_is_polled() {
        let mut runs = 0;
        let mut call = pin!(ResponseFuture::<u8, ()>::new(async {
            runs += 1;
            Ok(runs)
        }));
        assert_eq!(format!("{call:?}"), "ResponseFuture { .. }");
        let polled = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        assert!(matches!(polled, Poll::Ready(Ok(1))));
        drop(ResponseFuture::<u8, ()>::new(async { unreachable!("it is dropped before") }));
    }
}
