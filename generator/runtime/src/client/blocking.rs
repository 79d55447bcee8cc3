//! The client for code that isn't async.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::Arc;

use futures_core::Stream;
use tokio::runtime::{Builder, Runtime};

use crate::client::options::CallOptions;
use crate::client::origin::ClientError;
use crate::facts::Document;
use crate::http::error::Error;
use crate::http::operation::Operation;

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
compile_error!("a browser's thread can't be blocked: turn the feature `blocking` off for wasm32");

/// A [`Client`](crate::client::client::Client) whose calls block the thread. Cheap to clone; clones share
/// their connections.
///
/// # Panics
/// Its methods panic on a thread that runs async code, which they would block.
///
/// ```ignore
/// let client = blocking::Client::new(runtime::Client::new("https://api.example.com", token)?)?;
/// let found = connections::get("con_0000000000000001").send_blocking(&client)?;
/// ```
pub struct Client<D> {
    client: crate::client::client::Client<D>,
    pub(crate) executor: Arc<Executor>,
}

#[derive(Debug)]
pub(crate) struct Executor(Option<Runtime>);

impl Drop for Executor {
    /// Shuts down without waiting, so that the last clone may be dropped anywhere.
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl<D> Clone for Client<D> {
    fn clone(&self) -> Self {
        Self { client: self.client.clone(), executor: self.executor.clone() }
    }
}

impl<D> fmt::Debug for Client<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("client", &self.client).finish_non_exhaustive()
    }
}

impl<D: Document> Client<D> {
    /// A blocking client that makes its calls with `client`, on a separate thread.
    ///
    /// # Errors
    /// The thread can't be spawned.
    pub fn new(client: crate::client::client::Client<D>) -> io::Result<Self> {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        Ok(Self { client, executor: Arc::new(Executor(Some(runtime))) })
    }

    /// Returns this client with other options, for some of the calls.
    #[must_use]
    pub fn with(&self, options: CallOptions) -> Self {
        Self { client: self.client.with(options), executor: self.executor.clone() }
    }

    /// Returns this client with another base URL, for some of the calls. See
    /// [`Client::at`](crate::client::client::Client::at).
    ///
    /// # Errors
    /// The URL is invalid or isn't `https:`.
    pub fn at(&self, base_url: impl AsRef<str>) -> Result<Self, ClientError> {
        Ok(Self { client: self.client.at(base_url)?, executor: self.executor.clone() })
    }

    /// Sends an operation and reads the response.
    ///
    /// # Errors
    /// The request is invalid and wasn't sent, or the call failed.
    pub fn send<O: Operation<Document = D>>(&self, operation: &O) -> Result<O::Output, Error<O::Error>> {
        self.wait(|client| client.send(operation))
    }

    /// Like [`send`](Self::send), but returns the status and the headers too.
    ///
    /// # Errors
    /// The request is invalid and wasn't sent, or the call failed.
    pub fn respond<O: Operation<Document = D>>(
        &self,
        operation: &O,
    ) -> Result<http::Response<O::Output>, Error<O::Error>> {
        self.wait(|client| client.respond(operation))
    }

    /// What a stream yields, such as the items of a list, as an iterator that blocks.
    ///
    /// ```ignore
    /// for connection in client.iter(|client| connections::list().items(client)) {
    ///     println!("{:?}", connection?.name);
    /// }
    /// ```
    pub fn iter<S: Stream + Unpin>(
        &self,
        stream: impl FnOnce(&crate::client::client::Client<D>) -> S,
    ) -> Iter<S> {
        Iter { stream: stream(&self.client), executor: self.executor.clone() }
    }

    /// Blocks on a future of the async client, such as a stream's next item.
    pub fn wait<'a, R: Future>(
        &'a self,
        work: impl FnOnce(&'a crate::client::client::Client<D>) -> R,
    ) -> R::Output {
        self.executor.wait(work(&self.client))
    }
}

/// A stream as an iterator that blocks the thread. See [`Client::iter`].
#[must_use = "nothing is sent until it is iterated over"]
pub struct Iter<S> {
    stream: S,
    executor: Arc<Executor>,
}

impl<S: Stream + Unpin> Iterator for Iter<S> {
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        let stream = &mut self.stream;
        self.executor.wait(std::future::poll_fn(|context| Pin::new(&mut *stream).poll_next(context)))
    }
}

impl<S: fmt::Debug> fmt::Debug for Iter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Iter").field("stream", &self.stream).finish_non_exhaustive()
    }
}

impl Executor {
    pub(crate) fn wait<F: Future>(&self, work: F) -> F::Output {
        match &self.0 {
            Some(runtime) => runtime.block_on(work),
            None => unreachable!("the runtime is there until the last clone is dropped"),
        }
    }
}
