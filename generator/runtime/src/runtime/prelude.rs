//! What generated files use.

pub(crate) use std::collections::BTreeMap;

pub(crate) use bytes::Bytes;

pub(crate) use super::binary::Base64;
#[cfg(feature = "test-util")]
pub(crate) use super::double;
pub(crate) use super::headers;
pub(crate) use super::macros::{
    integer_enum, json_enum, object, setters, string_enum, tagged_union, untagged_union,
};
pub(crate) use super::modify;
pub(crate) use super::multipart::FilePart;
pub(crate) use super::number::Number;
pub(crate) use super::operation::{operation, operation_error};
pub(crate) use super::paging;
pub(crate) use super::siblings::sibling_union;
pub(crate) use super::starts::starts;
pub(crate) use super::{
    Body, Date, DateTime, Error, Failure, InvalidRequest, Json, JsonObject, Limit, Operation, OperationInfo,
    Patch, PropertyEncoding, Reply, RequestWriter, Rule::*, Secret, Style, Untyped, Uuid, Validate, convert,
};
