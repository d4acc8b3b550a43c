//! Every known behaviour of a rule under Pulumi, one test per case of `CASES.md`.
//!
//! The built plugin is spoken to over its real socket, between a fake engine and a local ECR. A test's name begins with the case
//! that it shows, `a03_…`; what ECR may turn out to do is a [setting](settings), and the cases that it could matter to run under
//! each.

// A test fails by panicking, and so does what it calls.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
#![cfg(unix)]

#[macro_use]
mod table;

mod a_check;
mod answers;
mod b_diff;
mod c_create;
mod cases;
mod d_read;
mod e_update;
mod engine;
mod f_delete;
mod g_drift;
mod settings;
mod steady;
#[path = "../support/mod.rs"]
mod support;
