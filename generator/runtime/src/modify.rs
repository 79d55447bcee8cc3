//! Safe partial updates: read, change, and send only what differs. A property that the service replaces as a
//! whole is sent complete, and never if it wasn't read first.

use std::fmt;

use serde_json::{Map, Value};

use crate::difference::{check, difference, misfits, object};
use crate::http::any_error::AnyError;
use crate::http::error::Error;
use crate::http::failure::DeclaredFailure;
use crate::http::invalid_request::InvalidRequest;
use crate::http::operation::{InDocument, Operation, relative};
use crate::json::decode::{FromJson, Mode, convert};
use crate::json::redaction::hiding;
use crate::json::value::JsonObject;
use crate::json::writer::ToJson;
use crate::model::validate::Validate;

/// A pair of operations that read and write the same resource.
pub trait Modification: Clone + Send + Sync {
    /// The operation that reads the resource.
    type Read: Operation<Output: Send> + Send + Sync;
    /// The operation that writes a part of the resource.
    type Write: Operation<Document = DocumentOf<Self>, Output: Send> + Send + Sync;
    /// The body of the write, whose properties are all optional.
    type Body: From<<Self::Read as Operation>::Output> + ToJson + FromJson + Validate;

    /// The properties that need care when they are written.
    const PROPERTIES: Properties;

    /// Whether the read gives an entity tag that the write takes as a condition.
    const CONDITIONAL: bool = false;

    /// Creates the operation that reads the resource.
    fn read(&self) -> Self::Read;

    /// Creates the operation that writes `body`; if [`CONDITIONAL`](Self::CONDITIONAL), only while the resource has this
    /// entity tag.
    fn write(&self, body: Self::Body, tag: Option<&str>) -> Self::Write;
}

/// The names of properties that need care when they are written.
#[derive(Clone, Copy, Debug)]
pub struct Properties {
    /// Properties whose value is replaced as a whole, each with the scope that a token needs to read it, if
    /// known.
    pub replaced: &'static [(&'static str, Option<&'static str>)],
    /// Properties whose members are unchanged if left out and removed by null.
    pub merged: &'static [&'static str],
    /// Properties that are always sent, as they were read, along with any that change.
    pub kept: &'static [&'static str],
}

/// What the closure of a modification returns: nothing, or a `Result` if it may fail.
///
/// ```ignore
/// pets::modify(id, |pet| {
///     let Some(owner) = pet.owner.value_mut() else {
///         return Err("nobody owns it");
///     };
///     owner.is_told = Some(true);
///     Ok(())
/// })
/// ```
pub trait Changed {
    /// Why the change can't be made, if it can't.
    ///
    /// # Errors
    /// It can't be made.
    fn changed(self) -> Result<(), ChangeError>;
}

/// The error of a closure.
pub type ChangeError = Box<dyn std::error::Error + Send + Sync>;

impl Changed for () {
    fn changed(self) -> Result<(), ChangeError> {
        Ok(())
    }
}

impl<E: Into<ChangeError>> Changed for Result<(), E> {
    fn changed(self) -> Result<(), ChangeError> {
        self.map_err(Into::into)
    }
}

/// Why a resource couldn't be modified. Nothing was written, unless the error is [`Write`](Self::Write).
#[derive(Debug)]
#[non_exhaustive]
pub enum ModifyError<R, W> {
    /// The read failed.
    Read(Error<R>),
    /// The write failed, or was invalid and therefore not sent.
    Write(Error<W>),
    /// The closure returned this error.
    Change(ChangeError),
    /// The property is replaced as a whole but was missing from the response, so writing it could erase what
    /// the service didn't return.
    Withheld {
        /// The name of the property.
        property: String,
        /// The scope that a token needs for the service to return the property, if known.
        needs: Option<&'static str>,
    },
    /// The change removes the property, but leaving a property out doesn't remove it.
    NotRemovable {
        /// The name of the property.
        property: String,
    },
    /// Someone else has changed the resource since it was read.
    Conflict {
        /// The names of the properties that differ; empty if the server refused the write and doesn't say which ones do.
        properties: Vec<String>,
    },
    /// The value that was read, or the one to write, can't be converted to or from JSON.
    Form(String),
}

impl<R: fmt::Display, W: fmt::Display> fmt::Display for ModifyError<R, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => {
                f.write_str("the read failed")?;
                if f.alternate() { write!(f, ": {error:#}") } else { Ok(()) }
            }
            Self::Write(error) => error.fmt(f),
            Self::Change(error) => {
                f.write_str("the change failed, and nothing was sent")?;
                if f.alternate() { write!(f, ": {error:#}") } else { Ok(()) }
            }
            Self::Withheld { property, needs } => {
                write!(f, "{property} is replaced as a whole but wasn't in the response")?;
                if let Some(needs) = needs {
                    write!(f, " (the token needs {needs})")?;
                }
                f.write_str("; nothing was sent, since that could erase it")
            }
            Self::NotRemovable { property } => {
                write!(f, "{property} can't be removed by leaving it out; nothing was sent")
            }
            Self::Conflict { properties } if properties.is_empty() => {
                f.write_str("someone else has changed it in the meantime; nothing was written")
            }
            Self::Conflict { properties } => {
                let names = properties.join(", ");
                write!(f, "someone else has changed {names} in the meantime; nothing was sent")
            }
            Self::Form(message) => write!(f, "can't be converted to or from JSON: {message}"),
        }
    }
}

impl<R, W> std::error::Error for ModifyError<R, W>
where
    R: std::error::Error + 'static,
    W: std::error::Error + 'static,
{
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read(error) => Some(error),
            Self::Write(error) => error.source(),
            Self::Change(error) => Some(&**error),
            _ => None,
        }
    }
}

impl<R: DeclaredFailure, W: DeclaredFailure> From<ModifyError<R, W>> for AnyError {
    fn from(error: ModifyError<R, W>) -> Self {
        match error {
            ModifyError::Read(error) => error.into(),
            ModifyError::Write(error) => error.into(),
            other => Self::other(other),
        }
    }
}

/// The error type of a modification.
pub type ErrorOf<M> = ModifyError<
    <<M as Modification>::Read as Operation>::Error,
    <<M as Modification>::Write as Operation>::Error,
>;

/// The document that a modification belongs to.
pub(crate) type DocumentOf<M> = <<M as Modification>::Read as InDocument>::Document;

pub(crate) type ReadOf<M> = <<M as Modification>::Read as Operation>::Output;

/// A change that has been computed but not sent. Its `Debug` and `Display` output shows what it would send,
/// with secrets redacted.
#[derive(Clone)]
#[must_use = "nothing is sent until `send` is called"]
pub struct Change<M> {
    pub(crate) modification: M,
    /// The entity tag of the value that was read, if the write takes one as a condition.
    pub(crate) tag: Option<String>,
    before: JsonObject,
    body: JsonObject,
    /// The method and the URI of the request.
    target: String,
    /// The names that the document declares secret.
    secret_names: &'static [&'static str],
}

impl<M: Modification> Change<M> {
    /// Computes what to send when `change` is applied to the value that was `read`.
    ///
    /// # Errors
    /// The change can't be sent safely, or violates a constraint of the document.
    pub fn new<R: Changed>(
        modification: M,
        read: ReadOf<M>,
        change: impl FnOnce(&mut M::Body) -> R,
    ) -> Result<Self, ErrorOf<M>> {
        Self::computed(modification, read, change, true)
    }

    /// Computes what to send. If `validate` is false, the constraints of the document aren't checked.
    pub(crate) fn computed<R: Changed>(
        modification: M,
        read: ReadOf<M>,
        change: impl FnOnce(&mut M::Body) -> R,
        validate: bool,
    ) -> Result<Self, ErrorOf<M>> {
        let mut value = M::Body::from(read);
        let before = object(&value).map_err(ModifyError::Form)?;
        let misfits = if validate { misfits(&value) } else { Vec::new() };
        change(&mut value).changed().map_err(ModifyError::Change)?;
        let after = object(&value).map_err(ModifyError::Form)?;
        let body = difference(&before, after, &M::PROPERTIES)?;
        if validate {
            check(&value, &body, &misfits).map_err(|violations| {
                ModifyError::Write(InvalidRequest::from(violations).of(M::Write::INFO).into())
            })?;
        }
        let secret_names = M::Write::INFO.facts.secret_names;
        let mut planned = Self { modification, tag: None, before, body, target: String::new(), secret_names };
        if !planned.is_empty() {
            let request = relative(&planned.write()?, validate);
            let request = request.map_err(|error| ModifyError::Write(error.into()))?;
            planned.target = format!("{} {}", request.method(), request.uri());
        }
        Ok(planned)
    }

    /// Whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        self.body.is_empty()
    }

    /// The names of the properties to send.
    pub fn properties(&self) -> impl Iterator<Item = &str> {
        self.body.keys().map(String::as_str)
    }

    /// The body to send, including its secrets.
    pub fn expose_body(&self) -> &Map<String, Value> {
        &self.body
    }

    /// Checks that `read`, a newer response, still has the values that the change is based on.
    ///
    /// # Errors
    /// Someone else has changed a property.
    pub fn check(&self, read: ReadOf<M>) -> Result<(), ErrorOf<M>> {
        let now = object(&M::Body::from(read)).map_err(ModifyError::Form)?;
        let names = self.before.keys().chain(now.keys().filter(|name| !self.before.contains_key(*name)));
        let properties: Vec<String> =
            names.filter(|name| self.before.member(name) != now.member(name)).cloned().collect();
        if properties.is_empty() { Ok(()) } else { Err(ModifyError::Conflict { properties }) }
    }

    /// Creates the operation that writes the change; if it takes a condition and the value that was read had an entity
    /// tag, on the condition that the resource still has it.
    ///
    /// # Errors
    /// The body can't be converted to the type that the operation takes.
    pub fn write(&self) -> Result<M::Write, ErrorOf<M>> {
        let body = convert(&self.body, Mode::Lenient);
        let body = body.map_err(|error| ModifyError::Form(error.to_string()))?;
        Ok(self.modification.write(body, self.tag.as_deref()))
    }
}

impl<M> fmt::Debug for Change<M> {
    /// The same as [`Display`](fmt::Display), so that secrets stay redacted.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<M> fmt::Display for Change<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.body.is_empty() {
            return f.write_str("nothing to send");
        }
        let body = &self.body;
        hiding(self.secret_names, || write!(f, "{} {body:#?}", self.target))
    }
}

/// A modification and the change to make.
#[derive(Clone, Debug)]
#[must_use = "nothing is sent until `send` is called"]
pub struct Modify<M, C> {
    pub(crate) modification: M,
    pub(crate) change: C,
}

impl<M: Modification, R: Changed, C: FnMut(&mut M::Body) -> R> Modify<M, C> {
    /// Creates a modification that will apply `change`.
    pub fn new(modification: M, change: C) -> Self {
        Self { modification, change }
    }

    /// Computes what to send when the change is applied to the value that was `read`. Makes no call.
    ///
    /// # Errors
    /// The change can't be sent safely, or violates a constraint of the document.
    pub fn apply(self, read: ReadOf<M>) -> Result<Change<M>, ErrorOf<M>> {
        Change::new(self.modification, read, self.change)
    }
}
