//! What generated files use.

pub(crate) use std::collections::BTreeMap;

pub(crate) use bytes::Bytes;

#[cfg(feature = "test-util")]
pub(crate) use super::double;
pub(crate) use super::macros::{
    integer_enum, json_enum, object, setters, string_enum, tagged_union, untagged_union,
};
pub(crate) use super::operation::{operation, operation_error};
pub(crate) use super::siblings::sibling_union;
pub(crate) use super::starts::starts;
pub(crate) use super::{
    Base64, Body, Date, DateTime, Error, Failure, FilePart, InvalidRequest, Json, JsonObject, Limit, Number,
    Operation, OperationInfo, Patch, PropertyEncoding, Reply, RequestWriter, Rule::*, Secret, Style, Untyped,
    Uuid, Validate, convert, headers, modify, paging,
};
