//! This plugin takes a stack over from pulumi-aws, works on it, and leaves a state that pulumi-aws can read.
//!
//! The official plugin is not to be had where these tests run: its states are the ones in `tests/checkpoints`, which say where each part
//! of them comes from.

mod checkpoint;
mod life;
mod no_change;
mod readable;
mod ways;
