//! What calls share between threads. Only the files that import this take part in the model in `schedules/`, which puts the
//! checker's types in its place.

pub(crate) use std::sync::atomic::{AtomicU32, Ordering};
pub(crate) use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
