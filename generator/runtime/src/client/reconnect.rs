//! When a stream of events that broke off is opened again.

use std::time::Duration;

/// How a stream of events reconnects. See [`ItemStream::reconnecting`](crate::client::item_streams::ItemStream::reconnecting).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reconnect {
    attempts: u32,
    delay: Duration,
    max_delay: Duration,
}

impl Default for Reconnect {
    /// Five attempts in a row without an item. The wait is what the server asks for, otherwise three seconds; it doubles
    /// with each attempt, up to a minute.
    fn default() -> Self {
        Self { attempts: 5, delay: Duration::from_secs(3), max_delay: Duration::from_secs(60) }
    }
}

impl Reconnect {
    /// The defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets after how many attempts in a row without an item the stream ends.
    #[must_use]
    pub fn attempts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// Sets the first wait, unless the server asks for another.
    #[must_use]
    pub fn delay(self, delay: Duration) -> Self {
        Self { delay, ..self }
    }

    /// Sets the longest wait, whatever the server asks for.
    #[must_use]
    pub fn max_delay(self, max_delay: Duration) -> Self {
        Self { max_delay, ..self }
    }

    /// The wait after this many attempts in a row, if there is to be another. `asked` is in milliseconds.
    pub(crate) fn wait(self, attempts: u32, asked: Option<u64>) -> Option<Duration> {
        let first = asked.map_or(self.delay, Duration::from_millis);
        let wait = first.saturating_mul(2_u32.saturating_pow(attempts));
        (attempts < self.attempts).then(|| wait.min(self.max_delay))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_within_the_limit() {
        let reconnect = Reconnect::new().attempts(3).max_delay(Duration::from_secs(7));
        let waits = [0, 1, 2, 3].map(|attempts| reconnect.wait(attempts, None).map(|wait| wait.as_secs()));
        assert_eq!(waits, [Some(3), Some(6), Some(7), None]);
        assert_eq!(reconnect.wait(0, Some(10)), Some(Duration::from_millis(10)));
        assert_eq!(reconnect.wait(1, Some(u64::MAX)), Some(Duration::from_secs(7)));
    }
}
