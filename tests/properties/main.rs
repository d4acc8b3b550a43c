//! What holds for every input, state and sequence of events: shown on random ones, with the built plugin over its real socket.
//!
//! A property that fails is told with the smallest case that was found for it. That case then becomes a plain test where the defect
//! was, so no seeds are kept in the tree. More cases than usual are tried with `PROPTEST_CASES`.

// A test fails by panicking, and so does what it calls.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
#![cfg(unix)]

mod agreement;
mod calls;
mod check;
mod diff;
mod drift;
mod engine;
mod errors;
mod hostile;
mod inputs;
mod model;
mod preview;
mod program;
mod runner;
#[path = "../support/mod.rs"]
mod support;
mod wire;
