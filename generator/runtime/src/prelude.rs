//! The items that generated files import.

pub use std::collections::BTreeMap;

#[cfg(feature = "http")]
pub use crate::http::body::Body;
#[cfg(feature = "http")]
pub use crate::http::error::Error;
#[cfg(feature = "http")]
pub use crate::http::external::bytes::Bytes;
#[cfg(feature = "http")]
pub use crate::http::external::http;
#[cfg(feature = "http")]
pub use crate::http::failure::Failure;
#[cfg(feature = "http")]
pub use crate::http::headers;
#[cfg(feature = "http")]
pub use crate::http::incoming;
#[cfg(feature = "http")]
pub use crate::http::invalid_request::InvalidRequest;
#[cfg(feature = "http")]
pub use crate::http::items;
#[cfg(feature = "http")]
pub use crate::http::multipart::FilePart;
#[cfg(feature = "http")]
pub use crate::http::operation::{Operation, OperationInfo};
#[cfg(feature = "http")]
pub use crate::http::operation_macros::{operation, operation_error};
#[cfg(feature = "http")]
pub use crate::http::reply::Reply;
#[cfg(feature = "http")]
pub use crate::http::request::{PropertyEncoding, RequestWriter};
#[cfg(feature = "http")]
pub use crate::http::shortcuts::shortcuts;
#[cfg(feature = "http")]
pub use crate::http::style::Style;
pub use crate::json::number::Number;
pub use crate::json::value::{Json, JsonObject};
#[cfg(feature = "http")]
pub use crate::long_running;
#[cfg(feature = "test-util")]
pub use crate::mock;
pub use crate::model::alternatives::alternatives;
pub use crate::model::base64_text::Base64;
pub use crate::model::collections::collection_setters;
pub use crate::model::convert;
pub use crate::model::discriminated::{Untyped, discriminated_union};
pub use crate::model::enums::{integer_enum, json_enum, string_enum};
pub use crate::model::formats::{Date, DateTime, Uuid};
pub use crate::model::gather::{IntoList, IntoListOf, IntoMap, IntoMapOf};
pub use crate::model::inferred::Inferred;
pub use crate::model::macros::object;
pub use crate::model::patch::Patch;
#[cfg(feature = "http")]
pub use crate::model::presence;
pub use crate::model::rules::Limit;
pub use crate::model::rules::Rule::*;
pub use crate::model::secret::Secret;
pub use crate::model::setters::setters;
pub use crate::model::shared_tags::shared_tags_union;
pub use crate::model::unions::{tagged_union, untagged_union};
pub use crate::model::validate::Validate;
#[cfg(feature = "http")]
pub use crate::modify;
#[cfg(feature = "http")]
pub use crate::paging;
#[cfg(feature = "xml")]
pub use crate::xml::nodes;
#[cfg(feature = "xml")]
pub use crate::xml::nodes::xml_model;
