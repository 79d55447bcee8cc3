//! What must hold of the budget of retries, whatever the order of events.

use std::sync::Arc;

use shuttle::thread::spawn;

use crate::client::retry_budget::RetryBudget;

/// How many retries a full budget allows, and how many successful calls give one back.
const FULL: usize = 100;
const FOR_ONE: usize = 5;

/// What a call asks of a budget; the one of the runtime, or one with a fault.
pub(crate) trait Budget: Send + Sync + 'static {
    fn full() -> Self;
    fn take(&self) -> bool;
    fn give_back(&self);
}

impl Budget for RetryBudget {
    fn full() -> Self {
        Self::new()
    }

    fn take(&self) -> bool {
        Self::take(self)
    }

    fn give_back(&self) {
        Self::give_back(self);
    }
}

/// How many retries are left, which are taken.
fn drain(budget: &impl Budget) -> usize {
    // A budget below zero would never end.
    (0..=10 * FULL).take_while(|_| budget.take()).count()
}

fn in_threads<B: Budget>(budget: &Arc<B>, work: &[fn(&B) -> usize]) -> usize {
    let threads: Vec<_> = work
        .iter()
        .map(|&work| {
            let budget = budget.clone();
            spawn(move || work(&budget))
        })
        .collect();
    threads.into_iter().map(|thread| thread.join().expect("no thread panics")).sum()
}

fn take<B: Budget>(budget: &B) -> usize {
    usize::from(budget.take())
}

fn give_back<B: Budget>(budget: &B) -> usize {
    budget.give_back();
    0
}

/// There is enough for one retry, and three calls want one.
pub(crate) fn never_below_zero<B: Budget>() {
    let budget = Arc::new(B::full());
    assert_eq!(drain(&*budget), FULL);
    (0..FOR_ONE + 2).for_each(|_| budget.give_back());
    assert_eq!(in_threads(&budget, &[take, take, take]), 1, "retries");
    assert_eq!(drain(&*budget), 0, "retries that are left");
    // What was left of it isn't lost.
    (0..FOR_ONE - 2).for_each(|_| budget.give_back());
    assert_eq!(drain(&*budget), 1);
}

/// Calls succeed and fail at once, close to the most that the budget may have.
pub(crate) fn never_over_the_most<B: Budget>() {
    let budget = Arc::new(B::full());
    assert!(budget.take());
    (0..FOR_ONE - 1).for_each(|_| budget.give_back());
    // One less than the most: of three that give back one counts, and none is kept for later.
    in_threads(&budget, &[give_back, give_back, give_back]);
    assert!(budget.take());
    (0..FOR_ONE - 1).for_each(|_| budget.give_back());
    assert_eq!(drain(&*budget), FULL - 1, "more was given back than there is room for");
    (0..FOR_ONE).for_each(|_| budget.give_back());
    assert_eq!(drain(&*budget), 1);
}

/// What is given back isn't lost, nor what is taken counted twice.
pub(crate) fn nothing_is_lost<B: Budget>() {
    let budget = Arc::new(B::full());
    assert_eq!(drain(&*budget), FULL);
    (0..2 * FOR_ONE - 2).for_each(|_| budget.give_back());
    let taken = in_threads(&budget, &[take, give_back, give_back]);
    assert_eq!(taken, 1, "retries");
    assert_eq!(drain(&*budget), 1, "retries that are left");
}
