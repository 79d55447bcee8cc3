//! Runs what the runtime shares between threads, its cache of tokens and its budget of retries, under many schedules: shuttle
//! decides at every lock, atomic and wait which thread goes on. The files are the runtime's own, on other types.
//!
//! `schedules [COUNT] [SEED]`: how many schedules to draw for each check and scheduler, and the seed.

mod budget;
mod client;
mod faulty;
mod provider;
mod tokens;

/// What the runtime's files take from its module of this name.
mod http {
    pub(crate) mod error {
        pub(crate) use openapi_rust_runtime::AuthenticationError;
    }
}

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Command, ExitCode, Stdio};

use shuttle::scheduler::{DfsScheduler, PctScheduler, RandomScheduler, Scheduler};
use shuttle::{Config, FailurePersistence, Runner};

use client::retry_budget::RetryBudget;
use client::token::TokenCache;

/// What must hold, or must not hold of something with a fault.
type Check = (&'static str, fn());

const HOLDS: &[Check] = &[
    ("one request for each expiry", tokens::one_request_for_each_expiry::<TokenCache>),
    ("no expired token", tokens::no_expired_token::<TokenCache>),
    ("one request for a refused token", tokens::one_request_for_a_refused_token::<TokenCache>),
    (
        "a call that is given up leaves none waiting",
        tokens::a_call_that_is_given_up_leaves_none_waiting::<TokenCache>,
    ),
    ("a failure leaves none waiting", tokens::a_failure_leaves_none_waiting::<TokenCache>),
    ("silence leaves none waiting", tokens::silence_leaves_none_waiting::<TokenCache>),
    ("a budget is never below zero", budget::never_below_zero::<RetryBudget>),
    ("a budget is never over the most", budget::never_over_the_most::<RetryBudget>),
    ("nothing of a budget is lost", budget::nothing_is_lost::<RetryBudget>),
];

const FAULTS: &[Check] = &[
    ("a request that isn't announced", tokens::one_request_for_each_expiry::<faulty::Unannounced>),
    (
        "a call that takes the request along",
        tokens::a_call_that_is_given_up_leaves_none_waiting::<faulty::Abandoning>,
    ),
    ("a failure that only one call hears of", tokens::a_failure_leaves_none_waiting::<faulty::Abandoning>),
    ("silence that only one call hears of", tokens::silence_leaves_none_waiting::<faulty::Abandoning>),
    ("a new token that is dropped for an old one", tokens::one_request_for_a_refused_token::<faulty::Hasty>),
    ("taking in two steps", budget::never_below_zero::<faulty::TwoSteps>),
    ("giving back in two steps", budget::nothing_is_lost::<faulty::TwoSteps>),
    ("giving back after a look", budget::never_over_the_most::<faulty::LooksFirst>),
];

/// How many changes of thread at arbitrary steps the second scheduler puts in.
const CHANGES: usize = 3;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (planted, numbers) = match arguments.split_first() {
        Some((first, rest)) if first == PLANTED => (true, rest),
        _ => (false, &arguments[..]),
    };
    let numbers: Result<Vec<u64>, _> = numbers.iter().map(|number| number.parse()).collect();
    let (count, seed) = match numbers.as_deref() {
        Ok([]) => (2000, 1),
        Ok([count]) => (*count, 1),
        Ok([count, seed]) => (*count, *seed),
        _ => {
            eprintln!("usage: schedules [COUNT] [SEED]");
            return ExitCode::from(2);
        }
    };
    let count_of_each = usize::try_from(count).unwrap_or(usize::MAX);
    if planted {
        return find_planted(count_of_each, seed);
    }
    check(count_of_each, seed);
    // The checker writes much about each failure that it finds, and these are wanted.
    let again = std::env::current_exe().and_then(|program| {
        Command::new(program)
            .args([PLANTED, &count.to_string(), &seed.to_string()])
            .stderr(Stdio::null())
            .status()
    });
    if again.is_ok_and(|status| status.success()) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The argument that asks for the planted faults.
const PLANTED: &str = "planted";

/// Checks what must hold. A check that fails prints the schedule and ends the program.
fn check(count: usize, seed: u64) {
    let mut total = 0;
    println!("| what must hold | schedules |\n| --- | ---: |");
    for (what, check) in HOLDS {
        let explored: usize = schedulers(count, seed).into_iter().map(|one| run(one, *check, true)).sum();
        println!("| {what} | {explored} |");
        total += explored;
    }
    println!("| all | {total} |\n");
}

/// Looks for what is planted.
fn find_planted(count: usize, seed: u64) -> ExitCode {
    println!("| planted fault | found by |\n| --- | ---: |");
    let mut missed = 0;
    for (what, check) in FAULTS {
        let finds = |one| catch_unwind(AssertUnwindSafe(|| run(one, *check, false))).is_err();
        let by = schedulers(count, seed).into_iter().map(finds).filter(|found| *found).count();
        println!("| {what} | {by} of 3 schedulers |");
        missed += usize::from(by == 0);
    }
    println!("\n{missed} of {} planted faults were missed", FAULTS.len());
    if missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Threads at random, threads by priorities that change at random steps, and as many schedules one after the other.
fn schedulers(count: usize, seed: u64) -> [Box<dyn Scheduler + Send>; 3] {
    [
        Box::new(RandomScheduler::new_from_seed(seed, count)),
        Box::new(PctScheduler::new_from_seed(seed, CHANGES, count)),
        Box::new(DfsScheduler::new(Some(count), false)),
    ]
}

/// How many schedules were explored.
fn run(scheduler: Box<dyn Scheduler + Send>, check: fn(), is_printed: bool) -> usize {
    let mut config = Config::new();
    // The runtime's atomics are relaxed; the checker takes them as ordered.
    config.silence_warnings = true;
    if !is_printed {
        config.failure_persistence = FailurePersistence::None;
    }
    Runner::new(scheduler, config).run(check)
}
