//! A soak: many calls for a long time, over TLS, with tokens that expire, faults, slow readers and calls that are given up.
//! At the end every call is accounted for, memory is what it was after the warm-up, and no task or connection is left.

mod account;
mod reader;
mod server;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use auth0_connections::runtime::{ClientCredentials, DeclaredFailure, Error, RetryPolicy};
use auth0_connections::{Client, connections};
use tokio::runtime::Handle;

use super::memory::{allocated, resident};
use account::{Account, CALL, Counting};
use reader::SlowReader;
use server::Server;

/// How much memory may grow once the run has warmed up.
const GROWTH: f64 = 0.02;

/// How long a run warms up: a tenth of it, this at least, and until each worker has made so many calls. Meanwhile buffers,
/// pools and the allocator's arenas grow.
const WARM_UP: Duration = Duration::from_secs(30);
const CALLS_OF_WARM_UP: usize = 200;

/// How long connections and tasks may take to end once nothing uses them.
const ENDING: Duration = Duration::from_secs(10);

/// The clients of a run: one reads what comes at once, the other takes its time.
#[derive(Clone)]
struct Clients {
    quick: Client,
    slow: Client,
}

impl Clients {
    fn new(server: &Server, account: &Arc<Account>) -> Self {
        let builder = || {
            Client::builder()
                .base_url(&server.url)
                .client_credentials(ClientCredentials::new("soak", "secret"))
                .retry(RetryPolicy::new(4).delays(Duration::from_millis(1), Duration::from_millis(20)))
                .hooks(Counting(account.clone()))
        };
        let quick = builder().root_certificates(server.certificate.clone()).only_root_certificates();
        let slow = builder().transport(SlowReader::new(&server.certificate));
        Self { quick: quick.build().unwrap(), slow: slow.build().unwrap() }
    }
}

pub async fn run(duration: Duration, in_flight: usize) -> bool {
    let account = Arc::new(Account::new(in_flight));
    let server = Server::start(account.clone());
    let clients = Clients::new(&server, &account);
    let end = Instant::now() + duration;
    let workers =
        (0..in_flight).map(|number| tokio::spawn(work(number, end, clients.clone(), account.clone())));
    let workers: Vec<_> = workers.collect();
    tokio::time::sleep(WARM_UP.max(duration / 10)).await;
    while account.started.load(Ordering::Relaxed) < CALLS_OF_WARM_UP * in_flight && Instant::now() < end {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let samples = sample(duration, end).await;
    for worker in workers {
        worker.await.unwrap();
    }
    drop(clients);
    server.stop().await;
    let is_quiet = is_quiet(&account).await;
    let is_complete = account.is_complete();
    is_flat(&samples) && is_quiet && is_complete
}

/// Makes one call after another.
async fn work(worker: usize, end: Instant, clients: Clients, account: Arc<Account>) {
    let id = "con_0000000000000001";
    while Instant::now() < end {
        let call = account.begin(worker);
        match fastrand::u32(..) % 16 {
            0..4 => {
                let update = connections::update(id).display_name("Staff").header(CALL, &call);
                account.end(worker, Some(update.send(&clients.quick).await));
            }
            4 => {
                let get = connections::get(server::LARGE).header(CALL, &call);
                account.end(worker, Some(get.send(&clients.slow).await));
            }
            5 => {
                let get = connections::get(server::LARGE).header(CALL, &call);
                account.end(worker, given_up(get.send(&clients.slow)).await);
            }
            6 => {
                let get = connections::get(id).header(CALL, &call);
                account.end(worker, given_up(get.send(&clients.quick)).await);
            }
            _ => {
                let get = connections::get(id).header(CALL, &call);
                account.end(worker, Some(get.send(&clients.quick).await));
            }
        }
    }
}

/// Drops a call at any moment; most of them before they end.
async fn given_up<T, E: DeclaredFailure>(
    call: impl Future<Output = Result<T, Error<E>>>,
) -> Option<Result<T, Error<E>>> {
    let limit = Duration::from_micros(fastrand::u64(..200_000));
    tokio::time::timeout(limit, call).await.ok()
}

/// The memory in KiB at one moment.
struct Sample {
    allocated: usize,
    /// None where the system doesn't report it.
    resident: Option<usize>,
}

/// The memory, at equal distances.
async fn sample(duration: Duration, end: Instant) -> Vec<Sample> {
    let interval = (duration / 6000).max(Duration::from_millis(20));
    let mut samples = Vec::new();
    while Instant::now() < end {
        samples.push(Sample { allocated: allocated(), resident: resident() });
        tokio::time::sleep(interval).await;
    }
    samples
}

/// Whether memory grew no more than it may. The allocator keeps what the largest burst so far needed, so the resident
/// memory is looked at in the second half alone.
fn is_flat(samples: &[Sample]) -> bool {
    let allocated: Vec<usize> = samples.iter().map(|sample| sample.allocated).collect();
    let later = &samples[samples.len() / 2..];
    let resident: Vec<usize> = later.iter().filter_map(|sample| sample.resident).collect();
    let mut is_flat = grows_little("allocated memory", &allocated);
    if resident.is_empty() {
        println!("resident memory: not checked, since this system doesn't report it");
    } else {
        is_flat &= grows_little("resident memory, second half", &resident);
    }
    is_flat
}

/// Whether the line through the samples rises by no more than the growth that is allowed, from the first to the last.
fn grows_little(what: &str, samples: &[usize]) -> bool {
    let tenth = samples.len() / 10;
    if tenth == 0 {
        println!("{what}: too few samples after the warm-up");
        return false;
    }
    let mean = |samples: &[usize]| samples.iter().sum::<usize>() as f64 / samples.len() as f64;
    let means: Vec<usize> =
        samples.chunks_exact(tenth).take(10).map(|samples| mean(samples) as usize).collect();
    println!("{what}, mean of each tenth in KiB: {means:?}");
    let (middle, mean) = ((samples.len() - 1) as f64 / 2.0, mean(samples));
    let (mut rise, mut square) = (0.0, 0.0);
    for (index, sample) in samples.iter().enumerate() {
        let distance = index as f64 - middle;
        rise += distance * (*sample as f64 - mean);
        square += distance * distance;
    }
    let growth = rise / square * (samples.len() - 1) as f64 / mean;
    println!("{what} grew by {:.2} %, at most {:.0} %", 100.0 * growth, 100.0 * GROWTH);
    growth <= GROWTH
}

/// Whether all connections and tasks end.
async fn is_quiet(account: &Account) -> bool {
    let left = || (account.open.load(Ordering::SeqCst), Handle::current().metrics().num_alive_tasks());
    let start = Instant::now();
    while left() != (0, 0) && start.elapsed() < ENDING {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let (connections, tasks) = left();
    println!("{connections} connections and {tasks} tasks are left");
    (connections, tasks) == (0, 0)
}
