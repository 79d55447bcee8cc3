//! The runtime's own files, on the checker's types instead of the standard library's and on a clock that stands still until a
//! schedule moves it.

#[path = "../../../src/client/retry_budget.rs"]
pub(crate) mod retry_budget;
pub(crate) mod timer;
#[path = "../../../src/client/token.rs"]
pub(crate) mod token;

/// What `sync.rs` of the runtime has.
pub(crate) mod sync {
    pub(crate) use std::sync::PoisonError;

    pub(crate) use shuttle::sync::atomic::{AtomicU32, Ordering};
    pub(crate) use shuttle::sync::{Arc, Mutex, MutexGuard};
}

/// What the runtime's file of this name has for other files.
pub(crate) mod transport {
    use std::pin::Pin;

    pub(crate) type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
}
