//! When a request is retried, and how long to wait first.

use std::time::{Duration, SystemTime};

use backon::{BackoffBuilder as _, ExponentialBackoff, ExponentialBuilder};
use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, StatusCode};

use crate::facts::Facts;
use crate::http::clock;
use crate::http::random::random;

/// How often a request is sent, and how long to wait in between.
///
/// After a 429, a request is retried whatever its method, since the server didn't act on it. The client waits
/// as long as the server asks, in `Retry-After` or in the document's header for the end of the rate limit
/// window, and up to a tenth longer, or up to a second if that is more, so that clients don't all retry at once.
///
/// After a 408, a 5xx, a timeout of an attempt or a failed connection, the server may have acted on the
/// request. It is retried only if the method is idempotent (RFC 9110, section 9.2.2), or if
/// [`CallOptions::idempotent`](crate::client::options::CallOptions::idempotent) declares that the call is.
///
/// No wait exceeds the call's timeout: the call fails immediately instead.
#[derive(Clone, Debug)]
pub struct RetryPolicy {
    attempts: u32,
    backoff: ExponentialBuilder,
}

impl RetryPolicy {
    /// Makes at most `attempts` attempts, including the first. The first wait is half a second; each further
    /// wait doubles, up to 20 seconds. A random part is added to each, so that clients don't all retry at
    /// once.
    pub fn new(attempts: u32) -> Self {
        let backoff = ExponentialBuilder::new()
            .with_min_delay(Duration::from_millis(500))
            .with_max_delay(Duration::from_secs(20))
            .with_factor(2.0)
            .with_jitter()
            .without_max_times();
        Self { attempts: attempts.max(1), backoff }
    }

    /// Never retries, except once with a new token if the server refused the old one.
    pub fn never() -> Self {
        Self::new(1)
    }

    /// Sets the first and the longest wait, where the server doesn't ask for a longer one.
    #[must_use]
    pub fn delays(mut self, first: Duration, longest: Duration) -> Self {
        self.backoff = self.backoff.with_min_delay(first).with_max_delay(longest);
        self
    }

    /// Whether another attempt may follow the one with this number.
    pub(crate) fn allows_after(&self, attempt: u32) -> bool {
        attempt < self.attempts
    }

    pub(crate) fn delays_of_a_call(&self) -> ExponentialBackoff {
        self.backoff.with_jitter_seed(random()).build()
    }
}

impl Default for RetryPolicy {
    /// Up to four attempts.
    fn default() -> Self {
        Self::new(4)
    }
}

/// Whether sending a request twice has the same effect as sending it once (RFC 9110, section 9.2.2; RFC 10008 for
/// `QUERY`).
pub(crate) fn is_idempotent(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "OPTIONS" | "TRACE" | "QUERY" | "PUT" | "DELETE")
}

/// How long the server asks to wait. Absolute times are compared to the server's clock, from the response's
/// `Date` header: the local clock may be wrong.
pub(crate) fn asked_delay(status: StatusCode, headers: &HeaderMap, facts: &Facts) -> Option<Duration> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let now = text(DATE.as_str()).and_then(|date| httpdate::parse_http_date(date).ok());
    let now = now.unwrap_or_else(clock::now);
    let until = |time: SystemTime| time.duration_since(now).unwrap_or_default();
    if let Some(after) = text(RETRY_AFTER.as_str()) {
        let seconds = after.parse().ok().map(Duration::from_secs);
        let asked = seconds.or_else(|| httpdate::parse_http_date(after).ok().map(until));
        if asked.is_some() {
            return asked;
        }
    }
    if status != StatusCode::TOO_MANY_REQUESTS {
        return None;
    }
    let reset = text(facts.rate_limit_reset_header?)?.parse().ok()?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(reset)).map(until)
}

/// A wait that the server asks for, with a random part of up to a tenth of it, and at least of up to a second: without it,
/// all clients that were told the same would come back at the same moment.
pub(crate) fn spread(asked: Duration) -> Duration {
    let most = (asked / 10).max(Duration::from_secs(1));
    let share = (random() >> 32) as u32;
    asked.saturating_add(most.mul_f64(f64::from(share) / f64::from(u32::MAX)))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn asked(status: u16, headers: &[(&'static str, &str)]) -> Option<u64> {
        let pairs = headers.iter().map(|(name, value)| {
            (http::HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
        });
        let status = StatusCode::from_u16(status).unwrap();
        asked_delay(status, &pairs.collect(), &crate::document::FACTS).map(|delay| delay.as_secs())
    }

    #[test]
    fn the_server_says_how_long_to_wait_on_its_own_clock() {
        // 784111777 in Unix time: thirty years behind the local clock.
        let date = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(asked(429, &[("retry-after", "7")]), Some(7));
        assert_eq!(asked(503, &[date, ("retry-after", "Sun, 06 Nov 1994 08:50:00 GMT")]), Some(23));
        assert_eq!(asked(429, &[date, ("x-ratelimit-reset", "784111787")]), Some(10));
        assert_eq!(asked(429, &[date, ("x-ratelimit-reset", "1")]), Some(0), "the window has ended");
        assert_eq!(asked(500, &[date, ("x-ratelimit-reset", "784111787")]), None, "no rate limit was hit");
        assert_eq!(
            asked(429, &[date, ("retry-after", "soon"), ("x-ratelimit-reset", "784111787")]),
            Some(10)
        );
        assert_eq!(asked(429, &[("retry-after", "-1")]), None);
        assert_eq!(asked(429, &[("x-ratelimit-reset", "99999999999999999999")]), None);
        assert_eq!(asked(429, &[("x-ratelimit-reset", "18446744073709551615")]), None);
    }

    #[test]
    fn clients_that_are_told_the_same_do_not_come_back_together() {
        for (asked, most) in [(1, 2), (7, 8), (100, 110)] {
            let waits: Vec<Duration> = (0..40).map(|_| spread(Duration::from_secs(asked))).collect();
            let (first, last) = (waits.iter().min().unwrap(), waits.iter().max().unwrap());
            assert!(*first >= Duration::from_secs(asked) && *last <= Duration::from_secs(most), "{waits:?}");
            assert!(*last - *first > Duration::from_millis(500), "{waits:?}");
        }
        assert!(spread(Duration::MAX) == Duration::MAX);
    }

    #[test]
    fn waits_grow_to_the_longest() {
        let policy = RetryPolicy::new(9).delays(Duration::from_millis(10), Duration::from_millis(50));
        let waits: Vec<u128> = policy.delays_of_a_call().take(6).map(|wait| wait.as_millis()).collect();
        for (wait, at_least) in waits.iter().zip([10, 20, 40, 50, 50, 50]) {
            assert!((at_least..=2 * at_least).contains(wait), "{waits:?}");
        }
    }
}
