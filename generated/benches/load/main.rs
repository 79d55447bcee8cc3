//! A load test on this machine, in two parts: how many calls per second the crate makes, compared to the same
//! requests written by hand with `reqwest` and `serde`, and whether every call is accounted for when one
//! answer in twenty is a fault.
//!
//! `cargo xtask load` runs it. With the argument `soak` it is `cargo xtask soak`: see [`soak`].
#![allow(clippy::unwrap_used, clippy::panic, reason = "a run may fail")]

mod faults;
mod hand;
mod memory;
mod server;
mod soak;
mod throughput;

use std::process::ExitCode;
use std::time::Duration;

/// The size of the load.
pub struct Load {
    /// Calls in the run with faults; the throughput run makes as many of each kind.
    pub calls: usize,
    /// Concurrent calls.
    pub in_flight: usize,
    /// The minimum throughput, as a fraction of that of the requests written by hand.
    pub least_ratio: f64,
}

fn main() -> ExitCode {
    let number = |name: &str, default: f64| {
        let mut arguments = std::env::args().skip_while(|argument| argument != name);
        arguments.nth(1).map_or(default, |text| {
            text.parse().unwrap_or_else(|_| panic!("{name}: {text:?} isn't a number"))
        })
    };
    let in_flight = number("--in-flight", 256.0) as usize;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    if std::env::args().any(|argument| argument == "soak") {
        let duration = Duration::from_secs(number("--seconds", 1800.0) as u64);
        let is_well = runtime.block_on(soak::run(duration, in_flight));
        return if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let load = Load {
        calls: number("--calls", 100_000.0) as usize,
        in_flight,
        least_ratio: number("--least-ratio", 0.9),
    };
    let fast = runtime.block_on(throughput::run(&load));
    let complete = runtime.block_on(faults::run(&load));
    if fast && complete { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Makes `calls` calls, keeping the set number in flight; `call` receives its number.
pub async fn drive<F: Future<Output = ()> + Send + 'static>(
    load: &Load,
    calls: usize,
    call: impl Fn(usize) -> F + Clone + Send + 'static,
) {
    let next = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let workers = (0..load.in_flight).map(|_| {
        let (next, call) = (next.clone(), call.clone());
        tokio::spawn(async move {
            loop {
                let number = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                if number >= calls {
                    return;
                }
                call(number).await;
            }
        })
    });
    for worker in workers.collect::<Vec<_>>() {
        worker.await.unwrap();
    }
}
