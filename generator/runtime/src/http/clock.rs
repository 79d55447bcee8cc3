//! The time of day.

use std::time::SystemTime;

/// What the clock says now.
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub(crate) fn now() -> SystemTime {
    SystemTime::now()
}

/// What the browser's clock says now: the standard library has none there.
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
pub(crate) fn now() -> SystemTime {
    web_time::web::SystemTimeExt::to_std(web_time::SystemTime::now())
}
