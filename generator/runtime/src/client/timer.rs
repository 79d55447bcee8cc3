//! Points in time, and waits until one.

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
pub(crate) use crate::client::browser::{Instant, Sleep, sleep, sleep_until, timeout, timeout_at};
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub(crate) use tokio::time::{Instant, Sleep, sleep, sleep_until, timeout, timeout_at};
