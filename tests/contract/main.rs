//! The plugin's contract with the engine: the built binary, spoken to over a real socket, between a fake engine and a local ECR.

// A test fails by panicking, and so does what it calls.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
#![cfg(unix)]

mod cancel;
mod config;
mod configure;
mod credentials;
mod incomplete;
mod launch;
mod malformed;
mod proto;
mod protocol;
mod sessions;
mod shutdown;
mod strange_values;
#[path = "../support/mod.rs"]
mod support;
mod timeouts;
