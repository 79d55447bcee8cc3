//! How many retries a client may make, over all of its calls.

use crate::client::sync::{AtomicU32, Ordering};

/// Keeps retries from overloading a failing server: each retry takes from the budget, and each successful
/// call gives back a little. The clones of a client share it.
#[derive(Debug)]
pub(crate) struct RetryBudget(AtomicU32);

/// Allows 100 retries in a burst and, in the long run, one for every five successful calls.
const BUDGET: u32 = 500;
const COST_OF_RETRY: u32 = 5;

impl RetryBudget {
    pub(crate) fn new() -> Self {
        Self(AtomicU32::new(BUDGET))
    }

    /// Takes the cost of a retry, if the budget allows it.
    pub(crate) fn take(&self) -> bool {
        self.change(|left| left.checked_sub(COST_OF_RETRY))
    }

    pub(crate) fn give_back(&self) {
        self.change(|left| (left < BUDGET).then_some(left + 1));
    }

    /// Whether `to` changed the budget. A full budget isn't written to, so that calls don't contend for it.
    fn change(&self, to: impl Fn(u32) -> Option<u32>) -> bool {
        let mut left = self.0.load(Ordering::Relaxed);
        while let Some(next) = to(left) {
            match self.0.compare_exchange_weak(left, next, Ordering::Relaxed, Ordering::Relaxed) {
                Ok(_) => return true,
                Err(other) => left = other,
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_ends_and_comes_back() {
        let budget = RetryBudget::new();
        assert_eq!((0..1000).filter(|_| budget.take()).count(), 100);
        (0..4).for_each(|_| budget.give_back());
        assert!(!budget.take());
        budget.give_back();
        assert!(budget.take() && !budget.take());
    }
}
