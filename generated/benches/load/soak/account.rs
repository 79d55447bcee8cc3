//! What became of every call, and whether both sides counted the same.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use auth0_connections::runtime::{Attempt, AttemptOutcome, DeclaredFailure, Error, Hooks};
use http::{HeaderMap, StatusCode};

use crate::faults::{fault, index, of_status};
use crate::server::{FAULTS, Fault};

/// The header that says which call a request belongs to: its worker, a dot, and its number there.
pub const CALL: &str = "x-soak-call";

/// The kinds of failures: the faults, and a token that is refused.
const KINDS: usize = FAULTS.len() + 1;
pub const REFUSED: usize = FAULTS.len();

/// The call that a worker is making.
#[derive(Clone, Copy, Default)]
struct Slot {
    number: u64,
    is_under_way: bool,
    attempts: usize,
    requests: usize,
}

#[derive(Default)]
pub struct Account {
    slots: Vec<Mutex<Slot>>,
    pub started: AtomicUsize,
    succeeded: AtomicUsize,
    cancelled: AtomicUsize,
    /// Calls that failed, by kind.
    failed: [AtomicUsize; KINDS],
    /// Calls and attempts that failed in another way, which no fault explains.
    strange: AtomicUsize,
    begun: AtomicUsize,
    ended: AtomicUsize,
    retries: AtomicUsize,
    /// Attempts that met a fault, by kind.
    met: [AtomicUsize; KINDS],
    /// Calls that ended, and whose attempts aren't the requests that the server saw.
    unequal: AtomicUsize,
    /// What the server did, by kind.
    pub done: [AtomicUsize; KINDS],
    requests: AtomicUsize,
    /// The requests of calls that ended, of those that were cancelled, and what came after the call was cancelled.
    of_ended: AtomicUsize,
    of_cancelled: AtomicUsize,
    late: AtomicUsize,
    pub tokens: AtomicUsize,
    pub connections: AtomicUsize,
    pub open: AtomicUsize,
}

impl Account {
    pub fn new(workers: usize) -> Self {
        Self { slots: (0..workers).map(|_| Mutex::default()).collect(), ..Self::default() }
    }

    /// Begins a call; returns the value of its header.
    pub fn begin(&self, worker: usize) -> String {
        self.started.fetch_add(1, Ordering::Relaxed);
        let mut slot = self.slots[worker].lock().unwrap();
        *slot = Slot { number: slot.number + 1, is_under_way: true, ..Slot::default() };
        format!("{worker}.{}", slot.number)
    }

    /// Ends a call; `None` if it was cancelled.
    pub fn end<T, E: DeclaredFailure>(&self, worker: usize, result: Option<Result<T, Error<E>>>) {
        let slot = {
            let mut slot = self.slots[worker].lock().unwrap();
            slot.is_under_way = false;
            *slot
        };
        let is_equal = if result.is_some() {
            self.of_ended.fetch_add(slot.requests, Ordering::Relaxed);
            slot.requests == slot.attempts
        } else {
            self.of_cancelled.fetch_add(slot.requests, Ordering::Relaxed);
            slot.requests <= slot.attempts
        };
        self.unequal.fetch_add(usize::from(!is_equal), Ordering::Relaxed);
        let count = match &result {
            None => &self.cancelled,
            Some(Ok(_)) => &self.succeeded,
            Some(Err(error)) => match kind(error) {
                Some(kind) => &self.failed[kind],
                None => self.is_strange(&error.to_string()),
            },
        };
        count.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a request that arrived at the server; returns how many there are.
    pub fn arrived(&self, call: &str) -> usize {
        match self.slot(call) {
            Some(mut slot) => slot.requests += 1,
            None => {
                self.late.fetch_add(1, Ordering::Relaxed);
            }
        }
        self.requests.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// The slot of a call that is under way.
    fn slot(&self, call: &str) -> Option<MutexGuard<'_, Slot>> {
        let (worker, number) = call.split_once('.')?;
        let slot = self.slots.get(worker.parse::<usize>().ok()?)?.lock().unwrap();
        (slot.is_under_way && number.parse() == Ok(slot.number)).then_some(slot)
    }

    fn is_strange(&self, message: &str) -> &AtomicUsize {
        if self.strange.load(Ordering::Relaxed) < 10 {
            println!("no fault explains: {message}");
        }
        &self.strange
    }

    /// Prints the counts; returns whether they agree. Nothing may be under way.
    pub fn is_complete(&self) -> bool {
        let read = |count: &AtomicUsize| count.load(Ordering::SeqCst);
        let (started, succeeded, cancelled) =
            (read(&self.started), read(&self.succeeded), read(&self.cancelled));
        let failed: usize = self.failed.iter().map(read).sum();
        let (begun, ended, retries) = (read(&self.begun), read(&self.ended), read(&self.retries));
        let (requests, late) = (read(&self.requests), read(&self.late));
        let (of_ended, of_cancelled) = (read(&self.of_ended), read(&self.of_cancelled));
        println!("{started} calls: {succeeded} succeeded, {failed} failed, {cancelled} were cancelled");
        println!("{begun} attempts: {ended} ended, {retries} with a retry after them");
        println!(
            "{requests} requests at the server: {of_ended} of calls that ended, {of_cancelled} of calls that were \
             cancelled, {late} that came after that"
        );
        println!("{} tokens, {} connections", read(&self.tokens), read(&self.connections));
        let mut wrong = Vec::new();
        let mut check = |holds: bool, what: &str| {
            if !holds {
                wrong.push(what.to_owned());
            }
        };
        check(started == succeeded + failed + cancelled, "calls are missing");
        check(read(&self.strange) == 0, "no fault explains some failures");
        check(read(&self.unequal) == 0, "the attempts of some calls aren't the requests that the server saw");
        check(ended == succeeded + failed + retries, "an attempt ends the call or is followed by another");
        check(begun >= ended && begun - ended <= cancelled, "attempts didn't end, and no call was cancelled");
        check(requests == of_ended + of_cancelled + late, "requests are missing");
        check(late <= cancelled, "requests came late, and no call was cancelled");
        let mut unmet = 0;
        for kind in 0..KINDS {
            let name = FAULTS.get(kind).map_or("Refused".to_owned(), |fault| format!("{fault:?}"));
            let (done, met, failed) =
                (read(&self.done[kind]), read(&self.met[kind]), read(&self.failed[kind]));
            println!("  {name}: {done} done, {met} attempts met it, {failed} calls failed of it");
            let counted = match FAULTS.get(kind) {
                // A whole answer, which the call finds out about when it decodes it.
                Some(Fault::Malformed) => {
                    check(met == 0, "an answer was whole");
                    failed
                }
                Some(Fault::Close) => {
                    check(met + failed == 0, "a right answer is no fault");
                    done
                }
                _ => met,
            };
            check(done >= counted, &format!("{name}: calls met what the server didn't do"));
            check(done == 0 || counted > 0, &format!("{name}: no call met it"));
            unmet += done.saturating_sub(counted);
        }
        check(unmet <= cancelled, "faults that no call met, and no call was cancelled");
        wrong.iter().for_each(|what| println!("wrong: {what}"));
        wrong.is_empty()
    }
}

fn kind<E: DeclaredFailure>(error: &Error<E>) -> Option<usize> {
    if error.status() == Some(StatusCode::UNAUTHORIZED) {
        return Some(REFUSED);
    }
    fault(error).map(index)
}

pub struct Counting(pub Arc<Account>);

impl Hooks for Counting {
    fn before_attempt(&self, _: &Attempt, headers: &mut HeaderMap) {
        self.0.begun.fetch_add(1, Ordering::Relaxed);
        let call = headers.get(CALL).and_then(|call| call.to_str().ok()).unwrap_or_default();
        match self.0.slot(call) {
            Some(mut slot) => slot.attempts += 1,
            None => {
                self.0.is_strange("an attempt of no call").fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    fn after_attempt(&self, _: &Attempt, outcome: &AttemptOutcome<'_>) {
        self.0.ended.fetch_add(1, Ordering::Relaxed);
        self.0.retries.fetch_add(usize::from(outcome.retry_in.is_some()), Ordering::Relaxed);
        let met = match outcome.result {
            Ok((status, _)) if status.is_success() => return,
            Ok((StatusCode::UNAUTHORIZED, _)) => Some(REFUSED),
            Ok((status, _)) => of_status(status).map(index),
            Err(error) => kind(error),
        };
        let count = match (met, outcome.result) {
            (Some(met), _) => &self.0.met[met],
            (None, Err(error)) => self.0.is_strange(&error.to_string()),
            (None, Ok((status, _))) => self.0.is_strange(status.as_str()),
        };
        count.fetch_add(1, Ordering::Relaxed);
    }
}
