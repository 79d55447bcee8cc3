//! Why a request wasn't sent.

use std::fmt;

use crate::http::operation::OperationInfo;
use crate::model::rules::Violations;

/// The request breaks constraints of the document, or can't be encoded. It wasn't sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidRequest {
    violations: Violations,
    operation: Option<&'static OperationInfo>,
}

impl InvalidRequest {
    /// Everything that is wrong with the request.
    pub fn violations(&self) -> &Violations {
        &self.violations
    }

    pub(crate) fn new(path: &str, message: impl Into<String>) -> Self {
        Violations(vec![crate::model::rules::Violation { path: path.to_owned(), message: message.into() }])
            .into()
    }

    /// Attaches the operation that the request is for.
    pub(crate) fn of(self, operation: &'static OperationInfo) -> Self {
        Self { operation: Some(operation), ..self }
    }
}

impl fmt::Display for InvalidRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(OperationInfo { method, path, .. }) = self.operation {
            write!(f, "{method} {path}: ")?;
        }
        write!(f, "the request is not valid: {}", self.violations)
    }
}

/// The message has all that is wrong, so there is no source.
impl std::error::Error for InvalidRequest {}

impl From<Violations> for InvalidRequest {
    fn from(violations: Violations) -> Self {
        Self { violations, operation: None }
    }
}
