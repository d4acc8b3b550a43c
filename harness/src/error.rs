//! One error type: what was being attempted, and what stood in the way.

use std::error::Error as StdError;
use std::fmt;

/// What the harness's own functions return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What was being attempted, with its cause.
pub struct Error {
    attempt: String,
    cause: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// An error with no further cause.
    pub fn new(message: impl Into<String>) -> Self {
        Self { attempt: message.into(), cause: None }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.cause {
            Some(cause) => write!(out, "{}: {cause}", self.attempt),
            None => out.write_str(&self.attempt),
        }
    }
}

/// The same text as [`fmt::Display`]: a test or a `main` that returns the error prints it with `{:?}`.
impl fmt::Debug for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

// No `source`: `Display` already tells the whole chain.
impl StdError for Error {}

/// Says what was being attempted when an error came up.
pub trait Context<T> {
    /// Wraps an error into one that starts with `attempt`.
    fn context<S: Into<String>>(self, attempt: impl FnOnce() -> S) -> Result<T>;
}

impl<T, E: StdError + Send + Sync + 'static> Context<T> for std::result::Result<T, E> {
    fn context<S: Into<String>>(self, attempt: impl FnOnce() -> S) -> Result<T> {
        self.map_err(|cause| Error { attempt: attempt().into(), cause: Some(Box::new(cause)) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_tells_the_whole_chain() {
        let cause: Result<()> = Err(Error::new("disk full"));
        let error = cause.context(|| "cannot write a.txt").context(|| "cannot set up").unwrap_err();
        assert_eq!(error.to_string(), "cannot set up: cannot write a.txt: disk full");
        assert_eq!(format!("{error:?}"), error.to_string());
    }
}
