//! Response bodies that are saved as files, and downloads that go on where they broke off.

use std::fmt;
use std::io;
use std::path::Path;

use futures_util::StreamExt as _;
use http::header::{ACCEPT_ENCODING, ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, ETAG, IF_RANGE, RANGE};
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::client::client::{Calling, Client};
use crate::client::reconnect::Reconnect;
use crate::client::saved_file::SavedFile;
use crate::client::streams::{BodyStream, StreamError};
use crate::client::timer::sleep;
use crate::facts::Document;
use crate::http::error::{Error, NoResponse};
use crate::http::operation::Operation;
use crate::http::progress::Transferred;
use crate::http::reply::Reply;
use crate::http::transport_error::{TransportError, TransportErrorKind};

/// Why a body wasn't saved. Nothing is left of it, and a file that was there before is unchanged.
#[derive(Debug)]
#[non_exhaustive]
pub enum SaveError {
    /// The body ended early.
    Stream(StreamError),
    /// The file can't be written.
    File(io::Error),
}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stream(error) => error.fmt(f),
            Self::File(error) => write!(f, "the file can't be written: {error}"),
        }
    }
}

impl std::error::Error for SaveError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Stream(error) => Some(error),
            Self::File(error) => Some(error),
        }
    }
}

impl From<StreamError> for SaveError {
    fn from(error: StreamError) -> Self {
        Self::Stream(error)
    }
}

impl From<io::Error> for SaveError {
    fn from(error: io::Error) -> Self {
        Self::File(error)
    }
}

/// Why a download failed. Nothing is left of it, and a file that was there before is unchanged.
#[derive(Debug)]
#[non_exhaustive]
pub enum DownloadError<E> {
    /// The call failed.
    Call(Error<E>),
    /// The body wasn't saved.
    Save(SaveError),
}

impl<E: fmt::Display> fmt::Display for DownloadError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::Save(error) => error.fmt(f),
        }
    }
}

impl<E: std::error::Error + 'static> std::error::Error for DownloadError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error) => Some(error),
            Self::Save(error) => Some(error),
        }
    }
}

impl<E, T: Into<SaveError>> From<T> for DownloadError<E> {
    fn from(error: T) -> Self {
        Self::Save(error.into())
    }
}

impl BodyStream {
    /// Calls `report` after each chunk that arrives. The total is the `Content-Length`, which a body with a content coding
    /// doesn't have.
    #[must_use]
    pub fn on_progress(mut self, mut report: impl FnMut(Transferred) + Send + 'static) -> Self {
        let (mut bytes, total) = (0, length(&self.headers));
        self.source = Box::pin(self.source.inspect(move |chunk| {
            if let Ok(chunk) = chunk {
                bytes += chunk.len() as u64;
                report(Transferred { bytes, total });
            }
        }));
        self
    }

    /// Saves the body at `path`, and returns its size in bytes. It is written to a temporary file in the same folder, which
    /// takes the place of a file that is there once it is complete. After an error, or if the future is dropped, the
    /// temporary file is removed.
    ///
    /// # Errors
    /// The body ends early, or the file can't be written.
    pub async fn save_to(mut self, path: impl AsRef<Path>) -> Result<u64, SaveError> {
        let mut file = SavedFile::create(path.as_ref()).await?;
        let mut bytes = 0;
        while let Some(chunk) = self.chunk().await? {
            bytes += chunk.len() as u64;
            file.write(chunk).await?;
        }
        complete(bytes, length(&self.headers))?;
        file.persist().await?;
        Ok(bytes)
    }
}

type Report = Box<dyn FnMut(Transferred) + Send>;

/// A download of the body of a response. See [`Client::download`].
#[must_use = "nothing is sent until it is saved"]
pub struct Download<O> {
    calling: Calling,
    operation: O,
    resuming: Option<Reconnect>,
    report: Option<Report>,
}

impl<D: Document> Client<D> {
    /// Prepares to save the body of a successful response as a file.
    ///
    /// ```ignore
    /// let download = client.download(reports::get("2026")).resuming(Reconnect::new());
    /// let size = download.on_progress(|so_far| println!("{}", so_far.bytes)).save_to("2026.pdf").await?;
    /// ```
    pub fn download<O: Operation<Document = D>>(&self, operation: O) -> Download<O> {
        Download { calling: self.calling.clone(), operation, resuming: None, report: None }
    }
}

impl<O: Operation> Download<O> {
    /// Goes on where the download broke off, if the server offers ranges (RFC 9110, section 14) and the response has a
    /// strong `ETag` and a `Content-Length`. If the file has changed meanwhile, it is downloaded from the beginning. The
    /// attempts are those in a row without new bytes.
    pub fn resuming(mut self, reconnect: Reconnect) -> Self {
        self.resuming = Some(reconnect);
        self
    }

    /// Calls `report` after each chunk that arrives.
    pub fn on_progress(mut self, report: impl FnMut(Transferred) + Send + 'static) -> Self {
        self.report = Some(Box::new(report));
        self
    }

    /// Sends the request and saves the body at `path`, as [`BodyStream::save_to`] does. Returns its size in bytes. The
    /// timeout applies until the headers have arrived, and again to each chunk.
    ///
    /// # Errors
    /// The call failed, the body ended early, or the file can't be written.
    pub async fn save_to(self, path: impl AsRef<Path>) -> Result<u64, DownloadError<O::Error>> {
        let Self { calling, operation, resuming, mut report } = self;
        let is_resumable = resuming.is_some();
        let mut body = match opened(&calling, &operation, is_resumable, None)
            .await
            .map_err(|error| DownloadError::Call(error.widen()))?
        {
            Ok(body) => body,
            Err(reply) => {
                let error = O::read(&reply).err();
                let unexpected = || Error::Unexpected(Box::new(reply.failure_response()));
                return Err(DownloadError::Call(error.unwrap_or_else(unexpected)));
            }
        };
        let mut file = SavedFile::create(path.as_ref()).await?;
        let mut source = Source::of(&body.headers);
        let (mut bytes, mut most, mut attempts) = (0, 0, 0);
        loop {
            let broken = match take(&mut body, &mut file, source.length, &mut bytes, &mut report).await {
                Ok(()) => break,
                Err(SaveError::Stream(error)) if error.is_passing() => error,
                Err(error) => return Err(error.into()),
            };
            if bytes > most {
                (most, attempts) = (bytes, 0);
            }
            body = loop {
                let wait = resuming.and_then(|resuming| resuming.wait(attempts, None));
                let (Some(wait), Some(tag)) = (wait, source.tag.clone()) else { return Err(broken.into()) };
                attempts += 1;
                sleep(wait).await;
                match opened(&calling, &operation, is_resumable, Some((bytes, &tag))).await {
                    Ok(Ok(body)) => break body,
                    Ok(Err(reply)) => {
                        let refused = StreamError::Refused(Box::new(reply.failure_response()));
                        if !refused.is_passing() {
                            return Err(refused.into());
                        }
                    }
                    Err(error) if error.is_retryable() => {}
                    Err(error) => return Err(StreamError::Reconnect(Box::new(error)).into()),
                }
            };
            if body.status == StatusCode::PARTIAL_CONTENT {
                source.continues(&body.headers, bytes)?;
            } else {
                file.clear().await?;
                source = Source::of(&body.headers);
                bytes = 0;
            }
        }
        file.persist().await?;
        Ok(bytes)
    }
}

impl<O> fmt::Debug for Download<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download").field("resuming", &self.resuming).finish_non_exhaustive()
    }
}

/// Sends the request, for what follows the first bytes of the version with this tag.
async fn opened<O: Operation>(
    calling: &Calling,
    operation: &O,
    is_resumable: bool,
    from: Option<(u64, &HeaderValue)>,
) -> Result<Result<BodyStream, Reply>, NoResponse> {
    let server = calling.server::<O>()?;
    let write = || {
        let mut request = calling.written(operation, server)?;
        let headers = request.headers_mut();
        if is_resumable {
            // The bytes of a file and those of an encoded file are counted differently.
            headers.entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static("identity"));
        }
        // Digits are always a valid value.
        if let Some((bytes, tag)) = from.filter(|(bytes, _)| *bytes > 0)
            && let Ok(range) = HeaderValue::try_from(format!("bytes={bytes}-"))
        {
            headers.insert(RANGE, range);
            headers.insert(IF_RANGE, tag.clone());
        }
        Ok(request)
    };
    calling.coming(&mut write()?, &write, O::INFO, server).await
}

/// Writes the body to the file.
async fn take(
    body: &mut BodyStream,
    file: &mut SavedFile,
    total: Option<u64>,
    bytes: &mut u64,
    report: &mut Option<Report>,
) -> Result<(), SaveError> {
    while let Some(chunk) = body.chunk().await? {
        let count = chunk.len() as u64;
        file.write(chunk).await?;
        *bytes += count;
        if let Some(report) = report {
            report(Transferred { bytes: *bytes, total });
        }
    }
    complete(*bytes, total)
}

/// What is downloaded.
struct Source {
    length: Option<u64>,
    /// The tag of this version, if parts of it can be asked for.
    tag: Option<HeaderValue>,
}

impl Source {
    fn of(headers: &HeaderMap) -> Self {
        let length = length(headers);
        let has_ranges = headers.get_all(ACCEPT_RANGES).iter().any(|value| {
            value
                .to_str()
                .is_ok_and(|units| units.split(',').any(|unit| unit.trim().eq_ignore_ascii_case("bytes")))
        });
        let tag = headers.get(ETAG).filter(|tag| tag.as_bytes().starts_with(b"\""));
        Self { length, tag: tag.filter(|_| has_ranges && length.is_some()).cloned() }
    }

    /// Checks that a response goes on after these bytes of the same version.
    fn continues(&self, headers: &HeaderMap, bytes: u64) -> Result<(), SaveError> {
        let range = headers.get(CONTENT_RANGE).and_then(|range| range.to_str().ok());
        let rest = range.and_then(|range| range.strip_prefix("bytes "));
        let start = rest.and_then(|rest| rest.split('-').next()?.parse().ok());
        let total = rest.and_then(|rest| rest.split_once('/')?.1.parse().ok());
        let is_same = headers.get(ETAG).is_none_or(|tag| Some(tag) == self.tag.as_ref());
        if start == Some(bytes) && is_same && (total.is_none() || total == self.length) {
            return Ok(());
        }
        let message = "the part of the file isn't the one that was asked for";
        Err(StreamError::Transport(TransportError::new(TransportErrorKind::Protocol, message)).into())
    }
}

fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Checks that a body isn't shorter or longer than announced, whatever the transport checks.
fn complete(bytes: u64, length: Option<u64>) -> Result<(), SaveError> {
    if length.is_none_or(|length| length == bytes) {
        return Ok(());
    }
    let message = format!("{bytes} bytes came, and {} were announced", length.unwrap_or_default());
    Err(StreamError::Transport(TransportError::new(TransportErrorKind::Truncated, message)).into())
}
