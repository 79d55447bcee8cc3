//! Verifies the signatures of webhooks: that of [Standard Webhooks](https://www.standardwebhooks.com), and HMACs in a
//! header as many services send them.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret as _, SecretSlice};

use crate::http::clock;
use crate::signed::{Hash, Signed};

/// How far a timestamp may be from the present by default, in either direction.
const TOLERANCE: Duration = Duration::from_secs(5 * 60);

/// What the secrets of Standard Webhooks begin with.
const STANDARD_PREFIX: &str = "whsec_";

/// Verifies that a request comes from someone who knows the secret, and that it isn't an old one.
///
/// Verify the bytes of the body as they were received, before they are decoded: decoding and encoding again can change
/// them.
///
/// ```
/// # use openapi_rust_runtime as runtime;
/// use runtime::webhooks::{HmacSignature, Verifier};
///
/// static SIGNATURE: HmacSignature = HmacSignature::new("X-Hub-Signature-256").prefix("sha256=");
/// let verifier = Verifier::hmac(&SIGNATURE, "It's a Secret to Everybody")?;
/// let mut headers = http::HeaderMap::new();
/// let signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
/// headers.insert("X-Hub-Signature-256", http::HeaderValue::from_static(signature));
/// assert!(verifier.verify(&headers, b"Hello, World!").is_ok());
/// assert!(verifier.verify(&headers, b"Hello, Mallory!").is_err());
/// # Ok::<(), runtime::webhooks::InvalidSecret>(())
/// ```
#[derive(Clone, Debug)]
pub struct Verifier {
    scheme: Scheme,
    /// Several while a secret is being replaced.
    secrets: Vec<Arc<SecretSlice<u8>>>,
    tolerance: Duration,
}

#[derive(Clone, Copy, Debug)]
enum Scheme {
    Standard,
    Hmac(&'static HmacSignature),
}

impl Verifier {
    /// A verifier for signatures as [Standard Webhooks](https://github.com/standard-webhooks/standard-webhooks) describes
    /// them, version `v1`. The secret is base64, with or without `whsec_` before it. Asymmetric signatures (`v1a`) are
    /// ignored.
    ///
    /// # Errors
    /// The secret isn't base64, or is empty.
    pub fn standard(secret: &str) -> Result<Self, InvalidSecret> {
        let verifier = Self { scheme: Scheme::Standard, secrets: Vec::new(), tolerance: TOLERANCE };
        verifier.or_secret(secret)
    }

    /// A verifier for an HMAC with `secret`, whose bytes are the key.
    ///
    /// # Errors
    /// The secret is empty.
    pub fn hmac(signature: &'static HmacSignature, secret: &str) -> Result<Self, InvalidSecret> {
        let verifier = Self { scheme: Scheme::Hmac(signature), secrets: Vec::new(), tolerance: TOLERANCE };
        verifier.or_secret(secret)
    }

    /// Accepts another secret too, so that secrets can be replaced without losing requests.
    ///
    /// # Errors
    /// The secret is empty, or isn't base64 where it must be.
    pub fn or_secret(mut self, secret: &str) -> Result<Self, InvalidSecret> {
        let key = match self.scheme {
            Scheme::Standard => {
                let text = secret.strip_prefix(STANDARD_PREFIX).unwrap_or(secret);
                STANDARD.decode(text).map_err(|_| InvalidSecret)?
            }
            Scheme::Hmac(_) => secret.as_bytes().to_vec(),
        };
        if key.is_empty() {
            return Err(InvalidSecret);
        }
        self.secrets.push(Arc::new(key.into()));
        Ok(self)
    }

    /// Sets how far a timestamp may be from the present, in either direction: five minutes by default.
    #[must_use]
    pub fn with_tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// Verifies a request that has just been received.
    ///
    /// # Errors
    /// A header is missing, no signature matches, or the timestamp isn't of the present.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), SignatureError> {
        self.verify_at(headers, body, clock::now())
    }

    /// Verifies a request that was received at `now`.
    ///
    /// # Errors
    /// As for [`verify`](Self::verify).
    pub fn verify_at(&self, headers: &HeaderMap, body: &[u8], now: SystemTime) -> Result<(), SignatureError> {
        let received = match self.scheme {
            Scheme::Standard => Received::standard(headers)?,
            Scheme::Hmac(signature) => Received::hmac(signature, headers)?,
        };
        // The signature comes first, so that only those who know the secret learn more.
        let Received { signed, signatures } = &received;
        if !self.secrets.iter().any(|secret| signed.is_by(secret.expose_secret(), body, signatures)) {
            return Err(SignatureError::Mismatch);
        }
        signed.timestamp.map_or(Ok(()), |timestamp| self.is_current(timestamp, now))
    }

    /// The headers of a request with `body` that is signed at `now`, for tests of a receiver. `id` is that of the message,
    /// which only Standard Webhooks has.
    pub fn sign(&self, id: &str, body: &[u8], now: SystemTime) -> HeaderMap {
        let seconds = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs().to_string();
        let key = self.secrets.first().map_or(&[][..], |secret| secret.expose_secret());
        let written: Vec<(&str, String)> = match self.scheme {
            Scheme::Standard => {
                let signature = STANDARD.encode(Signed::standard(id, &seconds).by(key, body));
                vec![
                    ("webhook-id", id.to_owned()),
                    ("webhook-timestamp", seconds),
                    ("webhook-signature", format!("v1,{signature}")),
                ]
            }
            Scheme::Hmac(declared) => {
                let signature = declared.write(&declared.signed(Some(&seconds)).by(key, body));
                match declared.timestamp {
                    Timestamp::None => vec![(declared.header, signature)],
                    Timestamp::Header(name) => vec![(declared.header, signature), (name, seconds)],
                    Timestamp::Fields(timestamp, name) => {
                        vec![(declared.header, format!("{timestamp}={seconds},{name}={signature}"))]
                    }
                }
            }
        };
        let header = |(name, value): (&str, String)| {
            Some((HeaderName::try_from(name).ok()?, HeaderValue::try_from(value).ok()?))
        };
        written.into_iter().filter_map(header).collect()
    }

    fn is_current(&self, timestamp: &str, now: SystemTime) -> Result<(), SignatureError> {
        let seconds: u64 = timestamp.trim().parse().map_err(|_| SignatureError::InvalidTimestamp)?;
        let now = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let distance = now.abs_diff(Duration::from_secs(seconds));
        if distance > self.tolerance { Err(SignatureError::Stale) } else { Ok(()) }
    }
}

/// An HMAC in a header: where it is, how it is written and what is signed.
#[derive(Debug)]
pub struct HmacSignature {
    header: &'static str,
    prefix: &'static str,
    is_base64: bool,
    hash: Hash,
    content: &'static str,
    timestamp: Timestamp,
}

#[derive(Clone, Copy, Debug)]
enum Timestamp {
    None,
    Header(&'static str),
    /// The keys of the timestamp and of the signatures.
    Fields(&'static str, &'static str),
}

impl HmacSignature {
    /// A signature of the body in `header`, in hexadecimal digits, with SHA-256.
    pub const fn new(header: &'static str) -> Self {
        Self {
            header,
            prefix: "",
            is_base64: false,
            hash: Hash::Sha256,
            content: "{body}",
            timestamp: Timestamp::None,
        }
    }

    /// The signature stands behind `prefix`, such as `sha256=`.
    #[must_use]
    pub const fn prefix(mut self, prefix: &'static str) -> Self {
        self.prefix = prefix;
        self
    }

    /// The signature is written in base64.
    #[must_use]
    pub const fn base64(mut self) -> Self {
        self.is_base64 = true;
        self
    }

    /// The hash function is SHA-1.
    #[must_use]
    pub const fn sha1(mut self) -> Self {
        self.hash = Hash::Sha1;
        self
    }

    /// The hash function is SHA-512.
    #[must_use]
    pub const fn sha512(mut self) -> Self {
        self.hash = Hash::Sha512;
        self
    }

    /// What is signed is `content`, with the timestamp for `{timestamp}` and the body for `{body}`.
    #[must_use]
    pub const fn content(mut self, content: &'static str) -> Self {
        self.content = content;
        self
    }

    /// The timestamp, in Unix seconds, is in the header `name`.
    #[must_use]
    pub const fn timestamp_header(mut self, name: &'static str) -> Self {
        self.timestamp = Timestamp::Header(name);
        self
    }

    /// The header has pairs such as `t=1492774577,v1=5257a8`: the timestamp, in Unix seconds, and one or more signatures.
    #[must_use]
    pub const fn fields(mut self, timestamp: &'static str, signature: &'static str) -> Self {
        self.timestamp = Timestamp::Fields(timestamp, signature);
        self
    }

    fn signed<'r>(&self, timestamp: Option<&'r str>) -> Signed<'r> {
        Signed { id: "", timestamp, content: self.content, hash: self.hash }
    }

    /// The signature as it stands in the header.
    fn write(&self, signature: &[u8]) -> String {
        let digits = || signature.iter().map(|byte| format!("{byte:02x}")).collect();
        let text: String = if self.is_base64 { STANDARD.encode(signature) } else { digits() };
        format!("{}{text}", self.prefix)
    }

    /// The signature that stands in the header as `text`.
    fn read(&self, text: &str) -> Option<Vec<u8>> {
        let text = text.trim().strip_prefix(self.prefix)?;
        if self.is_base64 { STANDARD.decode(text).ok() } else { hexadecimal(text) }
    }
}

/// What a request says about its signature.
struct Received<'r> {
    signed: Signed<'r>,
    /// The signatures, any of which may match, decoded.
    signatures: Vec<Vec<u8>>,
}

impl<'r> Received<'r> {
    fn standard(headers: &'r HeaderMap) -> Result<Self, SignatureError> {
        let id = header(headers, "webhook-id")?;
        let timestamp = header(headers, "webhook-timestamp")?;
        let versions = header(headers, "webhook-signature")?.split_whitespace();
        let signatures = versions.filter_map(|one| one.strip_prefix("v1,"));
        let signatures = signatures.filter_map(|text| STANDARD.decode(text).ok()).collect();
        Ok(Self { signed: Signed::standard(id, timestamp), signatures })
    }

    fn hmac(declared: &'static HmacSignature, headers: &'r HeaderMap) -> Result<Self, SignatureError> {
        let value = header(headers, declared.header)?;
        let pairs = || value.split(',').filter_map(|pair| pair.trim().split_once('='));
        let (timestamp, written): (Option<&str>, Vec<&str>) = match declared.timestamp {
            Timestamp::None => (None, vec![value]),
            Timestamp::Header(name) => (Some(header(headers, name)?), vec![value]),
            Timestamp::Fields(timestamp, signature) => {
                let found = pairs().find(|(key, _)| *key == timestamp).map(|(_, value)| value);
                let signatures = pairs().filter(|(key, _)| *key == signature).map(|(_, value)| value);
                (Some(found.ok_or(SignatureError::InvalidTimestamp)?), signatures.collect())
            }
        };
        let signatures = written.into_iter().filter_map(|text| declared.read(text)).collect();
        Ok(Self { signed: declared.signed(timestamp), signatures })
    }
}

/// The value of the header `name`.
fn header<'h>(headers: &'h HeaderMap, name: &'static str) -> Result<&'h str, SignatureError> {
    let value = headers.get(name).ok_or(SignatureError::MissingHeader(name))?;
    value.to_str().map_err(|_| SignatureError::MissingHeader(name))
}

/// The bytes that hexadecimal digits stand for.
fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = text.as_bytes().chunks(2).map(|pair| match pair {
        [high, low] => Some(digit(high)? * 16 + digit(low)?),
        _ => None,
    });
    pairs.collect()
}

/// Why a request isn't accepted. It doesn't say what the signature should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureError {
    /// The header is missing, or isn't text.
    MissingHeader(&'static str),
    /// No signature matches: the secret is another, or the request was changed.
    Mismatch,
    /// The timestamp is missing, or isn't a number of seconds.
    InvalidTimestamp,
    /// The signature is right, but the timestamp is too far from the present: the request may have been recorded and
    /// sent again.
    Stale,
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingHeader(name) => write!(f, "the header {name} is missing"),
            Self::Mismatch => f.write_str("the signature doesn't match"),
            Self::InvalidTimestamp => f.write_str("the timestamp isn't a number of seconds"),
            Self::Stale => f.write_str("the timestamp is too far from the present"),
        }
    }
}

impl std::error::Error for SignatureError {}

/// The secret can't be one: it is empty, or isn't base64 where it must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidSecret;

impl fmt::Display for InvalidSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the webhook secret is empty or isn't base64")
    }
}

impl std::error::Error for InvalidSecret {}
