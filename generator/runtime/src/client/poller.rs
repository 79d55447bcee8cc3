//! Long-running operations: starts the work, and reads how it is going until it has ended.

use std::fmt;
use std::time::Duration;

use backon::ExponentialBackoff;
use http::{HeaderMap, Request, StatusCode, Uri};

use crate::client::client::Client;
use crate::client::followed;
use crate::client::retry::{RetryPolicy, asked_delay};
use crate::client::timer::{Instant, sleep_until, timeout_at};
use crate::http::body::Body;
use crate::http::error::{Error, NoResponse};
use crate::http::invalid_request::InvalidRequest;
use crate::http::operation::{Operation, OperationInfo};
use crate::http::reply::Reply;
use crate::long_running::{LongRunning, PollError, State};

/// What the operation that reads the work returns.
type Output<O> = <<O as LongRunning>::Read as Operation>::Output;

type Failure<O> =
    PollError<<O as Operation>::Error, <<O as LongRunning>::Read as Operation>::Error, Output<O>>;

/// How the work is going.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Progress<T> {
    /// It is going on. This is what the service says about it, if that has the type of the result.
    Running(Option<T>),
    /// It has ended, with this result.
    Succeeded(T),
}

/// The work that a long-running operation starts. Dropping it stops the polling, not the work.
///
/// Between two requests it waits as long as the service asks in `Retry-After`. If the service doesn't ask, the first wait
/// is a second, and each further wait doubles, up to 30 seconds, with jitter. Each request is a call of its own, with the
/// client's retries and time limits. Only URLs of the server that the operation is sent to are requested.
#[must_use = "nothing is sent until it is polled"]
pub struct Poller<O: LongRunning> {
    client: Client<O::Document>,
    operation: O,
    at: At<O::Read>,
    policy: RetryPolicy,
    shortest: Duration,
    delays: Option<ExponentialBackoff>,
    /// When the next request may be sent.
    due: Option<Instant>,
}

/// Where to read how the work is going.
enum At<R> {
    /// It hasn't been started.
    Start,
    /// It isn't known: while the work is being started.
    Unknown,
    /// At this URL.
    Url(Uri),
    /// With this operation.
    Read(R),
    Ended,
}

/// The shortest wait, whatever the service asks for.
const SHORTEST: Duration = Duration::from_millis(100);

/// The longest wait, if the service asks for one that the clock can't represent.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

impl<O: LongRunning> Poller<O> {
    /// The work that `operation` starts. Nothing is sent until it is polled.
    pub fn new(operation: O, client: &Client<O::Document>) -> Self {
        Self {
            client: client.clone(),
            operation,
            at: At::Start,
            policy: RetryPolicy::never().delays(Duration::from_secs(1), Duration::from_secs(30)),
            shortest: SHORTEST,
            delays: None,
            due: None,
        }
    }

    /// Sets the first and the longest wait between two requests, where the service doesn't ask for another one.
    pub fn interval(mut self, first: Duration, longest: Duration) -> Self {
        self.policy = self.policy.delays(first, longest);
        self.shortest = first.min(SHORTEST);
        self
    }

    /// Starts the work if it hasn't been started, otherwise waits and reads how it is going. If the future is dropped, the
    /// work isn't started a second time.
    ///
    /// # Errors
    /// A call failed, the work failed, or the service doesn't say where to read how it is going.
    pub async fn step(&mut self) -> Result<Progress<Output<O>>, Failure<O>> {
        if let Some(due) = self.due {
            sleep_until(due).await;
        }
        match &self.at {
            At::Start => self.start().await,
            At::Unknown => Err(PollError::NoLocation),
            At::Url(_) | At::Read(_) => self.read().await,
            At::Ended => Err(PollError::Ended),
        }
    }

    /// Polls until the work has ended, or `limit` has passed. The work goes on after that, and so can the polling. A wait
    /// that would exceed the limit isn't begun.
    ///
    /// # Errors
    /// See [`step`](Self::step); or the limit has passed.
    pub async fn wait(&mut self, limit: Duration) -> Result<Output<O>, Failure<O>> {
        let deadline = Instant::now().checked_add(limit);
        loop {
            let progress = match deadline {
                Some(deadline) if self.due.is_some_and(|due| due > deadline) => {
                    return Err(PollError::Deadline(limit));
                }
                Some(deadline) => {
                    timeout_at(deadline, self.step()).await.map_err(|_| PollError::Deadline(limit))?
                }
                None => self.step().await,
            };
            if let Progress::Succeeded(result) = progress? {
                return Ok(result);
            }
        }
    }

    async fn start(&mut self) -> Result<Progress<Output<O>>, Failure<O>> {
        self.at = At::Unknown;
        let sent = self.client.respond_at(&self.operation, None).await;
        let (requested, response) = sent.map_err(|error| {
            self.at = At::Start;
            PollError::Start(error)
        })?;
        let (parts, output) = response.into_parts();
        if let Some(url) = location::<O>(&requested, &parts.headers)? {
            self.at = At::Url(url);
        } else if let Some(read) = self.operation.reading(&output) {
            self.at = At::Read(read);
        }
        let progress = match O::result(output) {
            Some(result) => self.judge(parts.status, result)?,
            None => Progress::Running(None),
        };
        if matches!(progress, Progress::Running(_)) {
            if matches!(self.at, At::Unknown) {
                return Err(PollError::NoLocation);
            }
            self.delay(parts.status, &parts.headers);
        }
        Ok(progress)
    }

    async fn read(&mut self) -> Result<Progress<Output<O>>, Failure<O>> {
        let outcome = self.reply().await;
        if outcome.is_err() {
            self.delay(StatusCode::OK, &HeaderMap::new());
        }
        let (requested, reply) = outcome.map_err(PollError::Read)?;
        let (status, headers) = reply.parts();
        let output = O::Read::read(&reply);
        let progress = match output {
            Ok(output) => self.judge(status, output)?,
            // Such a response needn't have the type of the result.
            Err(_) if status == StatusCode::ACCEPTED => Progress::Running(None),
            Err(error) => {
                self.delay(status, headers);
                return Err(PollError::Read(error));
            }
        };
        if matches!(progress, Progress::Running(_)) {
            if let (At::Url(_), Some(url)) = (&self.at, location::<O>(&requested, headers)?) {
                self.at = At::Url(url);
            }
            self.delay(status, headers);
        }
        Ok(progress)
    }

    /// Sends a request that reads how the work is going. Returns the URL that was requested too.
    async fn reply(&self) -> Result<(Uri, Reply), Error<<O::Read as Operation>::Error>> {
        let (calling, info) = (&self.client.calling, O::Read::INFO);
        let server = calling.server::<O::Read>()?;
        let write = || match &self.at {
            At::Read(read) => calling.written(read, server),
            At::Url(url) => Ok(get(url, info)),
            At::Start | At::Unknown | At::Ended => Err(InvalidRequest::new("", "there is no work to read")),
        };
        let mut request = write()?;
        let requested = request.uri().clone();
        let reply = calling.reply(&mut request, &write, info, server).await;
        Ok((requested, reply.map_err(NoResponse::widen)?))
    }

    /// What a response of the operation that reads says about the work.
    fn judge(&mut self, status: StatusCode, output: Output<O>) -> Result<Progress<Output<O>>, Failure<O>> {
        let state = O::MONITOR.state(status.as_u16(), O::status(&output).as_deref());
        if state != State::Running {
            (self.at, self.due) = (At::Ended, None);
        }
        match state {
            State::Running => Ok(Progress::Running(Some(output))),
            State::Succeeded => Ok(Progress::Succeeded(output)),
            State::Failed => Err(PollError::Failed(Box::new(output))),
        }
    }

    /// Sets when the next request may be sent.
    fn delay(&mut self, status: StatusCode, headers: &HeaderMap) {
        let own = || self.delays.get_or_insert_with(|| self.policy.delays_of_a_call()).next();
        let asked = asked_delay(status, headers, O::INFO.facts);
        let delay = asked.or_else(own).unwrap_or_default().max(self.shortest);
        // A wait that the clock can't represent ends no sooner than the longest that it can.
        self.due = Instant::now().checked_add(delay).or_else(|| Instant::now().checked_add(LONGEST));
    }
}

/// A request of the operation `info`, a GET, at `url`.
fn get(url: &Uri, info: &'static OperationInfo) -> Request<Body> {
    let mut request = Request::new(Body::default());
    *request.uri_mut() = url.clone();
    request.extensions_mut().insert(info);
    request
}

/// The URL in the header that tells where to read how the work is going, if the response has it.
fn location<O: LongRunning>(requested: &Uri, headers: &HeaderMap) -> Result<Option<Uri>, Failure<O>> {
    let Some(value) = O::MONITOR.location.and_then(|name| headers.get(name)) else { return Ok(None) };
    let refused = |why: String| PollError::Refused(why);
    let reference = value.to_str().map_err(|_| refused("it has no valid URL".to_owned()))?;
    followed::without_key(requested, reference.trim(), O::INFO.facts).map(Some).map_err(refused)
}

impl<O: LongRunning + fmt::Debug> fmt::Debug for Poller<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_ended = matches!(self.at, At::Ended);
        f.debug_struct("Poller")
            .field("operation", &self.operation)
            .field("ended", &is_ended)
            .finish_non_exhaustive()
    }
}
