//! The public items, re-exported at the root of the crate.

#[cfg(feature = "blocking")]
pub use crate::client::blocking;
#[cfg(feature = "blocking")]
pub use crate::client::blocking_streams::BlockingItems;
#[cfg(feature = "client")]
pub use crate::client::builder::ClientBuilder;
#[cfg(feature = "client")]
pub use crate::client::client::Client;
#[cfg(feature = "client")]
pub use crate::client::client_credentials::ClientCredentials;
#[cfg(feature = "client")]
pub use crate::client::download::{Download, DownloadError, SaveError};
#[cfg(feature = "client")]
pub use crate::client::event_streams::EventStream;
#[cfg(feature = "reqwest")]
pub use crate::client::external::reqwest;
#[cfg(feature = "tower")]
pub use crate::client::external::tower_service;
#[cfg(feature = "client")]
pub use crate::client::external::{futures_core, secrecy};
#[cfg(feature = "client")]
pub use crate::client::hooks::{Attempt, AttemptOutcome, Hooks};
#[cfg(feature = "client")]
pub use crate::client::item_streams::{ItemStream, StreamCall};
#[cfg(feature = "client")]
pub use crate::client::options::CallOptions;
#[cfg(feature = "client")]
pub use crate::client::origin::ClientError;
#[cfg(feature = "client")]
pub use crate::client::pages::{Items, Pages};
#[cfg(feature = "client")]
pub use crate::client::per_call::WithOptions;
#[cfg(feature = "client")]
pub use crate::client::poller::{Poller, Progress};
#[cfg(feature = "client")]
pub use crate::client::reconnect::Reconnect;
#[cfg(feature = "client")]
pub use crate::client::response_future::ResponseFuture;
#[cfg(feature = "client")]
pub use crate::client::retry::RetryPolicy;
#[cfg(feature = "client")]
pub use crate::client::streams::{BodyStream, StreamError, UnreadItem};
#[cfg(feature = "client")]
pub use crate::client::token::{AccessToken, TokenProvider};
#[cfg(feature = "tower")]
pub use crate::client::tower_transport::{ServiceBody, ServiceTransport};
#[cfg(feature = "client")]
pub use crate::client::transport::{BoxFuture, ResponseBody, Transport, transport_fn};
pub use crate::facts::{Document, Facts, SecurityScheme};
#[cfg(feature = "http")]
pub use crate::http::any_error::{AnyError, AnyFailure};
#[cfg(feature = "http")]
pub use crate::http::body::{Body, ByteStream};
#[cfg(feature = "http")]
pub use crate::http::error::{AuthenticationError, Error, NoResponse, TimeoutError};
#[cfg(feature = "http")]
pub use crate::http::events::{Event, EventParser};
#[cfg(feature = "http")]
pub use crate::http::external;
#[cfg(feature = "http")]
pub use crate::http::failure::{DeclaredFailure, Failure, FailureResponse, RateLimit};
#[cfg(feature = "http")]
pub use crate::http::invalid_request::InvalidRequest;
#[cfg(feature = "http")]
pub use crate::http::items::{EventData, ItemFormat, StreamItem, Streamed};
#[cfg(feature = "http")]
pub use crate::http::method::OperationMethod;
#[cfg(feature = "http")]
pub use crate::http::multipart::FilePart;
#[cfg(feature = "http")]
pub use crate::http::operation::{InDocument, Operation, OperationInfo, build_unchecked};
#[cfg(feature = "http")]
pub use crate::http::page_error::PageError;
#[cfg(feature = "http")]
pub use crate::http::positions::{Checkpoint, NextUrl, Offset, PageNumber};
#[cfg(feature = "client")]
pub use crate::http::progress::Transferred;
#[cfg(feature = "http")]
pub use crate::http::reply::Reply;
#[cfg(feature = "http")]
pub use crate::http::request::{PropertyEncoding, RequestWriter};
#[cfg(feature = "http")]
pub use crate::http::server_url::InvalidServerVariable;
#[cfg(feature = "http")]
pub use crate::http::style::Style;
#[cfg(feature = "http")]
pub use crate::http::transport_error::{TransportError, TransportErrorKind};
pub use crate::json::decode::{self, FromJson, Mode};
pub use crate::json::decode_error::DecodeError;
pub use crate::json::kinds::Kinds;
pub use crate::json::number::Number;
pub use crate::json::value::{Json, JsonObject};
pub use crate::json::writer::{self as encode, ToJson};
#[cfg(feature = "http")]
pub use crate::long_running::{LongRunning, PollError};
pub use crate::model::base64_text::{Base64, InvalidBase64};
pub use crate::model::convert;
pub use crate::model::discriminated::Untyped;
pub use crate::model::formats::{Date, DateTime, Uuid};
pub use crate::model::inferred::Inferred;
pub use crate::model::own::Own;
pub use crate::model::patch::Patch;
pub use crate::model::quoted::Quoted;
pub use crate::model::rules::{Checker, Limit, Rule, Violation, Violations};
pub use crate::model::secret::Secret;
pub use crate::model::validate::{Validate, check_names};
#[cfg(feature = "http")]
pub use crate::modify::{Change, Changed, Modify, ModifyError};
#[cfg(feature = "http")]
pub use crate::paging::{Page, Paged};
