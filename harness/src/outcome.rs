//! What came out of a command that ran.

use std::process::ExitStatus;
use std::time::Duration;

use crate::error::{Error, Result};

/// What came out of a command that ran.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The command as a person would type it.
    pub command: String,
    /// How it ended.
    pub status: ExitStatus,
    /// All it wrote to standard output.
    pub stdout: String,
    /// All it wrote to standard error.
    pub stderr: String,
    /// How long it ran.
    pub took: Duration,
}

impl Outcome {
    /// Whether the exit status was zero.
    pub fn success(&self) -> bool {
        self.status.success()
    }

    /// Whether either stream holds `text`.
    pub fn contains(&self, text: &str) -> bool {
        self.stdout.contains(text) || self.stderr.contains(text)
    }

    /// Itself, or an error that tells all if the exit status was not zero.
    pub fn checked(self) -> Result<Self> {
        if self.success() { Ok(self) } else { Err(Error::new(self.report("failed"))) }
    }

    fn report(&self, what: &str) -> String {
        let Self { command, status, stdout, stderr, took } = self;
        format!("`{command}` {what} ({status}, {took:.1?})\n--- stdout\n{stdout}\n--- stderr\n{stderr}")
    }
}

/// For tests.
#[allow(clippy::missing_panics_doc, reason = "each says when it panics, which is all it does")]
impl Outcome {
    /// Panics, with all that the command wrote, unless it succeeded.
    #[track_caller]
    pub fn assert_success(&self) -> &Self {
        assert!(self.success(), "{}", self.report("was to succeed"));
        self
    }

    /// Panics, with all that the command wrote, unless it failed.
    #[track_caller]
    pub fn assert_failure(&self) -> &Self {
        assert!(!self.success(), "{}", self.report("was to fail"));
        self
    }

    /// Panics, with all that the command wrote, unless either stream holds `text`.
    #[track_caller]
    pub fn assert_contains(&self, text: &str) -> &Self {
        assert!(self.contains(text), "{}", self.report(&format!("was to write {text:?}")));
        self
    }

    /// Panics, with all that the command wrote, if either stream holds `text`.
    #[track_caller]
    pub fn assert_lacks(&self, text: &str) -> &Self {
        assert!(!self.contains(text), "{}", self.report(&format!("was not to write {text:?}")));
        self
    }
}
