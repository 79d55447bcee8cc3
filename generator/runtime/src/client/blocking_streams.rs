//! Streams of items for code that isn't async.

use std::sync::Arc;

use crate::client::blocking::{Client, Executor};
use crate::client::item_streams::ItemStream;
use crate::client::streams::StreamError;
use crate::facts::Document;
use crate::http::error::Error;
use crate::http::items::{StreamItem, Streamed};

impl<D: Document> Client<D> {
    /// Sends an operation and returns the items of the response, each as it arrives. See
    /// [`Client::stream_items`](crate::client::client::Client::stream_items).
    ///
    /// # Errors
    /// The request is invalid and wasn't sent, or the call failed.
    pub fn stream_items<O>(&self, operation: O) -> Result<BlockingItems<O::Item>, Error<O::Error>>
    where
        O: Streamed<Document = D> + Send + 'static,
    {
        let stream = self.wait(|client| client.stream_items(operation))?;
        Ok(BlockingItems { stream, executor: self.executor.clone() })
    }
}

/// The items of a response, each as it arrives. Dropping it closes the connection.
#[derive(Debug)]
#[must_use = "items are read one by one"]
pub struct BlockingItems<T> {
    /// The stream that they come from.
    pub stream: ItemStream<T>,
    executor: Arc<Executor>,
}

impl<T> BlockingItems<T> {
    /// Changes the stream, for example to reconnect or to limit the size of items.
    pub fn with(self, change: impl FnOnce(ItemStream<T>) -> ItemStream<T>) -> Self {
        Self { stream: change(self.stream), executor: self.executor }
    }
}

impl<T: StreamItem> Iterator for BlockingItems<T> {
    type Item = Result<T, StreamError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.executor.wait(self.stream.try_next()).transpose()
    }
}
