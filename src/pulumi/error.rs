//! What goes wrong, and how the engine is told.

use std::{fmt, time::Duration};

use prost::Message;
pub use tonic::Code;
use tonic::Status;

use super::{
    rpc::{ConfigureErrorMissingKeys, configure_error_missing_keys::MissingKey, google_rpc},
    text::printable,
};

/// The longest text of an error, in bytes: it travels as HTTP metadata.
const MAX_MESSAGE: usize = 4000;

/// How much of the end of a longer one is kept.
const KEPT_END: usize = 1500;

/// An operation's failure.
///
/// The code matters to the engine: `Unknown`, `Internal` and `DataLoss` make it treat the resource's state as uncertain, so they
/// are for the cases where what happened is truly not known.
#[derive(Clone, Debug)]
pub struct Error {
    /// The kind of failure.
    pub code: Code,
    /// What the user reads: what failed, why, and what to do.
    pub message: String,
    /// Configuration keys that have to be set, with what each is for.
    pub missing_keys: Vec<(&'static str, String)>,
}

impl Error {
    /// A failure of some kind.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), missing_keys: Vec::new() }
    }

    /// A request that makes no sense.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(Code::InvalidArgument, message)
    }

    /// A wait that ended because the user cancelled.
    pub fn cancelled(what: impl fmt::Display) -> Self {
        Self::new(Code::Aborted, format!("{what}: cancelled"))
    }

    /// An operation that did not end in the time it had.
    pub fn timed_out(what: impl fmt::Display, limit: Duration) -> Self {
        let limit = limit.as_secs_f64();
        let message = format!(
            "{what}: not done within {limit} s; the resource option `customTimeouts` gives an operation more time"
        );
        Self::new(Code::DeadlineExceeded, message)
    }

    /// Configuration that has to be set before anything works.
    pub fn missing_key(key: &'static str, description: impl Into<String>) -> Self {
        let description = description.into();
        let message = format!("missing configuration key `{key}`: {description}");
        Self { missing_keys: vec![(key, description)], ..Self::new(Code::InvalidArgument, message) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl From<Error> for Status {
    fn from(error: Error) -> Self {
        let message = shortened(printable(&error.message));
        if error.missing_keys.is_empty() {
            return Self::new(error.code, message);
        }
        let missing_keys = error.missing_keys.into_iter();
        let missing_keys = missing_keys.map(|(name, description)| MissingKey { name: name.to_owned(), description });
        let detail = ConfigureErrorMissingKeys { missing_keys: missing_keys.collect() };
        with_detail(error.code, message, "pulumirpc.ConfigureErrorMissingKeys", &detail)
    }
}

/// A status with a typed detail (`grpc-status-details-bin`).
fn with_detail(code: Code, message: String, name: &str, detail: &impl Message) -> Status {
    let status = google_rpc::Status {
        code: code as i32,
        message: message.clone(),
        details: vec![prost_types::Any {
            type_url: format!("type.googleapis.com/{name}"),
            value: detail.encode_to_vec(),
        }],
    };
    Status::with_details(code, message, status.encode_to_vec().into())
}

/// A text that fits, with its beginning, which says what failed, and its end, which says what to do.
fn shortened(message: String) -> String {
    if message.len() <= MAX_MESSAGE {
        return message;
    }
    let beginning = message.get(..message.floor_char_boundary(MAX_MESSAGE - KEPT_END)).unwrap_or_default();
    let end = message.get(message.ceil_char_boundary(message.len() - KEPT_END)..).unwrap_or_default();
    format!("{beginning} … (shortened) … {end}")
}

#[cfg(test)]
mod tests;
