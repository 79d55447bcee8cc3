//! When one answer in twenty is a fault, every call is accounted for, memory stays flat and connections are
//! reused.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use auth0_connections::runtime::{
    Attempt, AttemptOutcome, DeclaredFailure, Error, Hooks, RetryPolicy, TransportErrorKind,
};
use auth0_connections::{Client, connections};
use http::{HeaderMap, StatusCode};

use super::server::{FAULTS, Fault, Seen};
use super::{Load, drive, memory::resident, server};

const EVERY: usize = 20;

/// The outcomes of the calls, and the attempts that they took.
#[derive(Default)]
struct Account {
    succeeded: AtomicUsize,
    failed: AtomicUsize,
    /// The faults that attempts met and that calls ended in, in the order of [`FAULTS`].
    met: [AtomicUsize; FAULTS.len()],
    ended: [AtomicUsize; FAULTS.len()],
    attempts: AtomicUsize,
    attempts_ended: AtomicUsize,
    retries: AtomicUsize,
    strange: AtomicUsize,
}

/// The place of a fault in [`FAULTS`].
pub fn index(fault: Fault) -> usize {
    FAULTS.iter().position(|known| *known == fault).unwrap()
}

/// The fault that an error is due to.
pub fn fault<E: DeclaredFailure>(error: &Error<E>) -> Option<Fault> {
    match error {
        Error::Transport(error) if error.kind() == TransportErrorKind::Reset => Some(Fault::Reset),
        Error::Transport(error) if error.kind() == TransportErrorKind::Truncated => Some(Fault::Truncated),
        Error::Transport(error) if error.kind() == TransportErrorKind::Protocol => Some(Fault::Garbage),
        Error::Decode(..) => Some(Fault::Malformed),
        other => of_status(other.status()?),
    }
}

pub fn of_status(status: StatusCode) -> Option<Fault> {
    match status.as_u16() {
        500 => Some(Fault::Internal),
        503 => Some(Fault::Unavailable),
        429 => Some(Fault::TooManyRequests),
        _ => None,
    }
}

struct Counting(Arc<Account>);

impl Hooks for Counting {
    fn before_attempt(&self, _: &Attempt, _: &mut HeaderMap) {
        self.0.attempts.fetch_add(1, Ordering::Relaxed);
    }

    fn after_attempt(&self, _: &Attempt, outcome: &AttemptOutcome<'_>) {
        self.0.attempts_ended.fetch_add(1, Ordering::Relaxed);
        if outcome.retry_in.is_some() {
            self.0.retries.fetch_add(1, Ordering::Relaxed);
        }
        let met = match outcome.result {
            Ok((status, _)) if status.is_success() => return,
            Ok((status, _)) => of_status(status),
            Err(error) => fault(error),
        };
        match met {
            Some(met) => self.0.met[index(met)].fetch_add(1, Ordering::Relaxed),
            None => self.0.strange.fetch_add(1, Ordering::Relaxed),
        };
    }
}

impl Account {
    fn end<T, E: DeclaredFailure>(&self, result: Result<T, Error<E>>) {
        match result {
            Ok(_) => self.succeeded.fetch_add(1, Ordering::Relaxed),
            Err(error) => {
                self.failed.fetch_add(1, Ordering::Relaxed);
                match fault(&error) {
                    Some(fault) => self.ended[index(fault)].fetch_add(1, Ordering::Relaxed),
                    None => self.strange.fetch_add(1, Ordering::Relaxed),
                }
            }
        };
    }
}

pub async fn run(load: &Load) -> bool {
    let (url, seen) = server::start(EVERY).await;
    let account = Arc::new(Account::default());
    let client = Client::builder()
        .base_url(url)
        .bearer_token("token")
        .retry(RetryPolicy::new(4).delays(Duration::from_millis(1), Duration::from_millis(20)))
        .hooks(Counting(account.clone()))
        .build()
        .unwrap();
    let start = Instant::now();
    let (before, early) = (calls(load, load.calls / 5, &client, &account).await, resident());
    let after = calls(load, load.calls - before, &client, &account).await;
    let seconds = start.elapsed().as_secs_f64();
    let late = resident();
    let mut all_is_well = complete(load, &account, &seen, before + after);
    println!("{:.0} calls a second, {} in flight", load.calls as f64 / seconds, load.in_flight);
    let connections = seen.connections.load(Ordering::Relaxed);
    // Four of the faults close the connection. A call opens a connection if none is idle, but uses another
    // that becomes idle first, so there can be two for each call in flight.
    let ended: usize = [Fault::Reset, Fault::Truncated, Fault::Garbage, Fault::Close]
        .map(|fault| seen.faults[index(fault)].load(Ordering::Relaxed))
        .iter()
        .sum();
    let most = 2 * load.in_flight + ended;
    println!(
        "{connections} connections, at most {most}: two for each in flight and one for each that a fault ended"
    );
    all_is_well &= connections <= most;
    if let (Some(early), Some(late)) = (early, late) {
        println!("memory: {early} KiB after a fifth of the calls, {late} KiB at the end");
        all_is_well &= late <= early + early / 10 + 4096;
    }
    all_is_well
}

async fn calls(load: &Load, calls: usize, client: &Client, account: &Arc<Account>) -> usize {
    let (client, account) = (client.clone(), account.clone());
    drive(load, calls, move |number| {
        let (client, account) = (client.clone(), account.clone());
        async move {
            match number % 4 {
                0 => {
                    account.end(
                        connections::update("con_0000000000000001").display_name("Staff").send(&client).await,
                    );
                }
                _ => account.end(connections::get("con_0000000000000001").send(&client).await),
            }
        }
    })
    .await;
    calls
}

/// Whether the counts agree.
fn complete(load: &Load, account: &Account, seen: &Seen, made: usize) -> bool {
    let read = |count: &AtomicUsize| count.load(Ordering::Relaxed);
    let (succeeded, failed) = (read(&account.succeeded), read(&account.failed));
    let (attempts, retries, requests) =
        (read(&account.attempts), read(&account.retries), read(&seen.requests));
    println!(
        "{made} calls: {succeeded} succeeded, {failed} failed; {attempts} attempts, {retries} of them retries"
    );
    let mut rows = vec![
        ("calls that ended", succeeded + failed, load.calls),
        ("attempts and calls with retries", attempts, load.calls + retries),
        ("attempts that ended", read(&account.attempts_ended), attempts),
        ("requests at the server", requests, attempts),
        ("faults of no known kind", read(&account.strange), 0),
    ];
    for (index, fault) in FAULTS.into_iter().enumerate() {
        let (done, met, ended) =
            (read(&seen.faults[index]), read(&account.met[index]), read(&account.ended[index]));
        println!("{fault:?}: {done} done, {met} attempts met it, {ended} calls ended in it");
        match fault {
            // A complete response that doesn't decode.
            Fault::Malformed => rows.push(("malformed answers and calls that ended in one", ended, done)),
            Fault::Close => rows.push(("right answers are no faults", met + ended, 0)),
            _ => rows.push(("faults and attempts that met one", met, done)),
        }
    }
    let wrong: Vec<_> = rows.into_iter().filter(|(_, found, expected)| found != expected).collect();
    for (what, found, expected) in &wrong {
        println!("{what}: {found}, not {expected}");
    }
    wrong.is_empty()
}
