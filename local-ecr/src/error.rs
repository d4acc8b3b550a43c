//! Errors as AWS answers them, and the ones that every service shares.

use std::borrow::Cow;

use crate::Refusal;

/// An error answer: an HTTP status, the code that programs read, and the text for people.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct ApiError {
    pub(crate) status: u16,
    pub(crate) code: Cow<'static, str>,
    pub(crate) message: String,
    /// Whether it is about a constraint of ECR's model, of which the code is not certain.
    pub(crate) breaks_constraint: bool,
}

impl ApiError {
    /// An error with HTTP status 400, as nearly all of them have.
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { status: 400, code: Cow::Borrowed(code), message: message.into(), breaks_constraint: false }
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
        let text = format!("Invalid parameter at '{field}' failed to satisfy constraint: '{constraint}'");
        Self { breaks_constraint: true, ..Self::invalid_parameter(text) }
    }

    pub(crate) fn invalid_parameter(message: impl Into<String>) -> Self {
        Self::new("InvalidParameterException", message)
    }

    /// What may be refused with one code or another.
    pub(crate) fn refused(refusal: Refusal, message: impl Into<String>) -> Self {
        Self::new(refusal.code(), message)
    }

    pub(crate) fn access_denied(message: impl Into<String>) -> Self {
        Self::new("AccessDeniedException", message)
    }
}
