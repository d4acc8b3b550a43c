//! Errors as AWS answers them, and the ones that every service shares.

use std::borrow::Cow;

/// An error answer: an HTTP status, the code that programs read, and the text for people.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct ApiError {
    pub(crate) status: u16,
    pub(crate) code: Cow<'static, str>,
    pub(crate) message: String,
}

impl ApiError {
    /// An error with HTTP status 400, as nearly all of them have.
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { status: 400, code: Cow::Borrowed(code), message: message.into() }
    }

    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// The request names nothing that is served.
    pub(crate) fn unknown_operation(message: impl Into<String>) -> Self {
        Self::new("UnknownOperationException", message)
    }

    /// The body is not JSON, or a field of it has another type than the model says.
    pub(crate) fn serialization(message: impl Into<String>) -> Self {
        Self::new("SerializationException", message)
    }

    /// A field breaks a constraint of ECR's model.
    pub(crate) fn constraint(field: &str, constraint: &str) -> Self {
        Self::invalid_parameter(format!("Invalid parameter at '{field}' failed to satisfy constraint: '{constraint}'"))
    }

    pub(crate) fn invalid_parameter(message: impl Into<String>) -> Self {
        Self::new("InvalidParameterException", message)
    }

    pub(crate) fn access_denied(message: impl Into<String>) -> Self {
        Self::new("AccessDeniedException", message)
    }
}
