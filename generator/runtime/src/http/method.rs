//! The method of an operation, in a constant.

use std::fmt::{Debug, Display};

use http::Method;
use http::method::InvalidMethod;

/// The method of an operation. A [`Method`] can only be made at run time unless it is one of the usual ones, so others
/// are text.
pub trait OperationMethod: Debug + Display + Send + Sync {
    /// The method as it is sent.
    fn as_str(&self) -> &str;

    /// The method.
    ///
    /// # Errors
    /// It isn't a token (RFC 9110, section 9.1).
    fn method(&self) -> Result<Method, InvalidMethod> {
        Method::from_bytes(self.as_str().as_bytes())
    }
}

impl OperationMethod for Method {
    fn as_str(&self) -> &str {
        Self::as_str(self)
    }
}

impl OperationMethod for &'static str {
    fn as_str(&self) -> &str {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_is_what_is_sent() {
        let methods: [(&dyn OperationMethod, Method); 3] = [
            (&Method::GET, Method::GET),
            (&"PUT", Method::PUT),
            (&"copy", Method::from_bytes(b"copy").unwrap()),
        ];
        for (method, expected) in methods {
            assert_eq!(method.method().unwrap(), expected);
            assert_eq!(method.as_str(), expected.as_str());
        }
        assert!((&"A B" as &dyn OperationMethod).method().is_err());
    }
}
